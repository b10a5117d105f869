"""Uploads: each row once, problems by row, and on again after a loss."""

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from citygraph_client import AsyncClient, BadDocument, Progress, Retries, Uploaded, UploadStopped
from citygraph_client.shapes import read_sdl
from citygraph_client.tables import read
from graph.cypher.fragments import Fragment
from tests.events.log import SOURCE
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.paths import DOCS
from tests.kit.writer import BlockingWriter
from tests.python_client.conftest import Connect
from tests.python_client.proxy import Proxy

STORED = Fragment(
    "MATCH (n:Fact) WHERE n.name STARTS WITH 'Client upload' OR n.title STARTS WITH 'Client upload' "
    "RETURN coalesce(n.name, n.title) AS name, properties(n) AS fact ORDER BY name"
)
FORGET = Fragment(
    "MATCH (n:Fact) WHERE n.name STARTS WITH 'Client upload' OR n.title STARTS WITH 'Client upload' DETACH DELETE n"
)
STATED = {"confidence": "VERIFIED", "sources": [SOURCE]}
SDL = DOCS / "schema.graphql"


@pytest.fixture
def stored(seeded: BlockingWriter) -> Iterator[Any]:
    """Return the names of the facts that were written; they are deleted afterwards."""
    yield lambda: [record["name"] for record in seeded.read(STORED)]
    seeded.read(FORGET)


def topics(count: int, **wrong: Any) -> list[dict[str, Any]]:
    return [{"name": f"Client upload {at:04}", **STATED} | wrong.get(f"r{at}", {}) for at in range(1, count + 1)]


def test_rows_are_written_in_batches(client: Any, stored: Any) -> None:
    told: list[Progress] = []
    done = client.upload("upsertTopics", topics(25), batch=10, progress=told.append)
    assert (done.rows, done.created, done.changed, done.same, done.problems) == (25, 25, 0, 0, [])
    assert told == [Progress(10, 0), Progress(20, 0), Progress(25, 0)]
    assert stored() == [row["name"] for row in topics(25)]


def test_problems_say_the_row(client: Any, stored: Any) -> None:
    rows = topics(12, r3={"sources": ["source/none"]}, r12={"confidence": None})
    done = client.upload("upsertTopics", rows, batch=5)
    assert [(each.row, each.field, each.code, each.line) for each in done.problems] == [
        (3, "sources", "NOT_FOUND", None),
        (12, "confidence", "MISSING", None),
    ]
    assert (done.rows, done.created) == (12, 10)
    assert len(stored()) == 10


def test_without_partial_a_batch_is_whole(client: Any, stored: Any) -> None:
    done = client.upload("upsertTopics", topics(10, r3={"sources": []}), batch=5, partial=False)
    assert (done.created, [each.row for each in done.problems]) == (5, [3])
    assert stored() == [f"Client upload {at:04}" for at in range(6, 11)]


def test_a_value_of_the_wrong_type_is_the_problem_of_its_row(client: Any, stored: Any) -> None:
    """The server refuses a whole request for it."""
    rows = topics(6, r2={"confidence": "SURE"}, r3={"sources": {"to": 1}}, r5={"nothing": 1})
    done = client.upload("upsertTopics", rows)
    assert [(each.row, each.code) for each in done.problems] == [(2, "INVALID"), (3, "INVALID"), (5, "INVALID")]
    assert [done.problems[0].field, "SURE" in done.problems[0].message, done.created] == ["confidence", True, 3]
    assert stored() == [f"Client upload {at:04}" for at in (1, 4, 6)]
    done = client.upload("upsertTopics", topics(2, r2={"confidence": "SURE"}), partial=False)
    assert (done.rows, done.created, [each.row for each in done.problems]) == (2, 0, [2])


def test_lost_answers_write_nothing_twice(connect: Connect, proxy: Proxy, stored: Any) -> None:
    client = connect(proxy.port, TOKEN)

    def lose(_: Progress) -> None:
        proxy.lose = 1

    done = client.upload("upsertTopics", topics(20), batch=5, progress=lose)
    assert (done.created, done.problems) == (20, [])
    assert len(stored()) == 20


def test_it_goes_on_after_it_has_stopped(connect: Connect, proxy: Proxy, stored: Any) -> None:
    """The second call counts what the first has stored, and its last batch, whose answer was lost, is stored once."""
    client = connect(proxy.port, TOKEN, retries=Retries(tries=2, first=0.01))

    def lose(done: Progress) -> None:
        proxy.lose = 2 if done.rows == 10 else 0

    with pytest.raises(UploadStopped, match="stopped after 10 rows") as stopped:
        client.upload("upsertTopics", topics(20), batch=5, progress=lose)
    assert (stopped.value.result.created, len(stored())) == (10, 15)
    proxy.lose = 0
    done = client.upload("upsertTopics", topics(20), batch=5, upload_id=stopped.value.upload_id)
    assert (done.created, done.rows) == (20, 20)
    assert len(stored()) == 20


def test_a_corrected_row_under_the_same_id_is_written(client: Any, stored: Any) -> None:
    id_ = str(uuid4())
    wrong = client.upload("upsertTopics", topics(4, r2={"sources": []}), batch=2, upload_id=id_)
    right = client.upload("upsertTopics", topics(4), batch=2, upload_id=id_)
    assert ([each.row for each in wrong.problems], right.problems) == ([2], [])
    assert {*stored()} == {row["name"] for row in topics(4)}


CSV = f"""key.title,title,kind,status,since,delegates,costPerDelegate,hosts,sources,confidence
Client upload A,Client upload A,STUDY_TOUR,HELD,2031-05,24,900 EUR,city/no-12-oslo;city/it-12-turin,{SOURCE},VERIFIED
"Client upload
B","Client upload
B",STUDY_TOUR,HELD,1991~,,,,{SOURCE},VERIFIED

Client upload C,Client upload C,STUDY_TOUR,HELD,2031,many,,,{SOURCE},VERIFIED
Client upload D,Client upload D,STUDY_TOUR,HELD,2031-13,3,,,{SOURCE},VERIFIED
"""


@pytest.mark.parametrize("schema", [None, SDL, SDL.read_text("utf-8")], ids=["asked", "path", "text"])
def test_a_table_is_written(client: Any, stored: Any, tmp_path: Path, schema: Any) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    done = client.upload("upsertVisits", path, schema=schema)
    assert [(each.row, each.line, each.field, each.code) for each in done.problems] == [
        (3, 7, "delegates", "INVALID"),
        (4, 8, "since", "INVALID"),
    ]
    assert str(done.problems[0]) == "row 3 (line 7), delegates: 'many' is no whole number. [INVALID]"
    assert stored() == ["Client upload\nB", "Client upload A"]
    text = """query ($w: VisitWhere) { visits(where: $w) { nodes {
      kind since { text } delegates costPerDelegate { amount currency } hosts { nodes { id } } } } }"""
    (visit,) = client.query(text, {"w": {"title": {"eq": "Client upload A"}}})["visits"]["nodes"]
    assert {each["id"] for each in visit.pop("hosts")["nodes"]} == {"city/no-12-oslo", "city/it-12-turin"}
    assert visit == {
        "kind": "STUDY_TOUR",
        "since": {"text": "2031-05"},
        "delegates": 24,
        "costPerDelegate": {"amount": 900, "currency": "EUR"},
    }


def test_lines_of_json_are_written(client: Any, stored: Any, tmp_path: Path) -> None:
    path = tmp_path / "topics.jsonl"
    lines = [json.dumps(row) for row in topics(3)]
    path.write_text("\n".join([lines[0], "", "{broken", "[]", *lines[1:]]), encoding="utf-8")
    done = client.upload("upsertTopics", path)
    assert [(each.row, each.line, each.code) for each in done.problems] == [(2, 3, "INVALID"), (3, 4, "INVALID")]
    assert (done.rows, done.created, len(stored())) == (5, 3, 3)


def test_a_relationship_is_written(client: Any, stored: Any) -> None:
    client.upload("upsertTopics", topics(2))
    text = "query ($w: TopicWhere) { topics(where: $w) { nodes { id sameAs { nodes { id } } } } }"
    names = {"w": {"name": {"startsWith": "Client upload"}}}
    one, other = (each["id"] for each in client.query(text, names)["topics"]["nodes"])
    done = client.upload("upsertSameAs", [{"from": one, "to": other, **STATED}])
    assert (done.created, done.problems) == (1, [])
    nodes = client.query(text, names)["topics"]["nodes"]
    assert [[each["id"] for each in node["sameAs"]["nodes"]] for node in nodes] == [[other], [one]]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("x.csv", "titel\nA\n", "column 'titel' is no field of these rows; there are key, title"),
        ("x.csv", "key.nothing\nA\n", "no field of these rows; there are key.id"),
        ("x.csv", 'title\n"A\n', "x.csv, line 2"),
        ("x.xlsx", "", "ends in none of .csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(client: Any, tmp_path: Path, name: str, text: str, says: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(BadDocument, match=says):
        client.upload("upsertVisits", tmp_path / name)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("x.csv", "frequency\n%s\n1.5\n", "frequency: '%s' is no number."),
        ("x.jsonl", '{"frequency": %s}\n{"frequency": 1.5}\n', "This is no JSON: %s is no number of JSON"),
    ],
)
@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_the_problem_of_its_row(
    tmp_path: Path, name: str, text: str, says: str, word: str
) -> None:
    """JSON cannot hold it, so it would stop the whole upload."""
    (tmp_path / name).write_text(text % word)
    wrong, right = read(tmp_path / name, "upsertTrusts", read_sdl(SDL.read_text("utf-8")))
    assert says % word in str(wrong.problem)
    assert (right.value, right.problem) == ({"frequency": 1.5}, None)


def test_what_cannot_be_uploaded_is_told(client: Any, connect: Connect, server: Running) -> None:
    with pytest.raises(BadDocument, match=r"no mutation 'upsertTopic' that takes rows; there are .*upsertTopics"):
        client.upload("upsertTopic", [])
    with pytest.raises(BadDocument, match="`batch` is 0"):
        client.upload("upsertTopics", [], batch=0)
    with pytest.raises(FileNotFoundError):
        client.upload("upsertTopics", "nowhere.csv")
    with pytest.raises(UploadStopped, match="FORBIDDEN"):
        connect(server.port).upload("upsertTopics", topics(1))


def test_batches_are_no_larger_than_a_server_takes(client: Any, stored: Any) -> None:
    """Eight rows of 300 kB make two requests, because one takes 2 MB; nested facts count too, of which one takes 1,000."""
    told: list[Progress] = []
    done = client.upload("upsertTopics", [{**row, "note": "n" * 300_000} for row in topics(8)], progress=told.append)
    assert (done.rows, [each.rows for each in told]) == (8, [5, 8])
    told.clear()
    nested = {"sameAs": [{"to": "topic/none", **STATED}] * 399}
    done = client.upload("upsertTopics", [{**row, **nested} for row in topics(5)], progress=told.append)
    assert (done.created, [each.rows for each in told]) == (5, [2, 4, 5])


def test_a_file_is_read_beside_the_event_loop(tmp_path: Path) -> None:
    """A file that comes only later, and the loop goes on meanwhile. Its one row is no object, so no server is asked."""
    path, ticks = tmp_path / "late.jsonl", 0
    os.mkfifo(path)

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    async def uploaded() -> Uploaded:
        async with AsyncClient("http://127.0.0.1:1") as client:
            ticking = asyncio.create_task(tick())
            threading.Timer(0.5, path.write_text, ("[]\n",)).start()
            done = await client.upload("upsertVisits", path, schema=DOCS / "schema.graphql")
            ticking.cancel()
            return done

    done = asyncio.run(uploaded())
    assert [problem.row for problem in done.problems] == [1]
    assert ticks > 5
