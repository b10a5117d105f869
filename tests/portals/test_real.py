"""Real servers: koop (an ArcGIS Feature service) and pygeoapi (OGC API Features); `make portals` adds CKAN and Fuseki."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.portals.dialects import last_number
from tests.portals.reading import Reading, reading, run
from tests.portals.real import Server, running

ROWS, SECONDS, LONG = 3_000, 150, 1_500
SITES = ("Köln", "Łódź", "東京")


def read(**options: Any) -> Reading:
    """Read a server once."""
    found: list[Reading] = []

    async def work() -> None:
        found.append(await reading({"allow_private": True, **options}))

    run(work)
    return found[0]


def visits(found: Reading, name: str = "visit") -> dict[int, str]:
    """Return the site of each visit by its number."""
    assert found.outcome == "whole", (found.failure, found.told)
    return {last_number(each.values[name]): each.values["site"] for each in found.records}


def expected() -> dict[int, str]:
    return {number: SITES[number % 3] for number in range(1, ROWS + 1)}


@pytest.fixture(scope="module")
def servers() -> Iterator[list[str]]:
    """Koop and pygeoapi, installed and started at the same time."""
    with ExitStack() as stack, ThreadPoolExecutor() as threads:
        starting = [running(name, SECONDS) for name in ("koop", "pygeoapi")]
        started = [threads.submit(each.__enter__) for each in starting]
        for each, server in zip(starting, started, strict=True):
            if server.exception() is None:
                stack.push(each)
        yield [server.result().url for server in started]


@pytest.fixture(scope="module")
def koop(servers: list[str]) -> str:
    return f"{servers[0]}/file-geojson/rest/services/visits/FeatureServer"


@pytest.fixture(scope="module")
def pygeoapi(servers: list[str]) -> str:
    return servers[1]


@pytest.mark.parametrize("size", [7_777, 999, 450])
def test_koop_gives_every_visit_once(koop: str, size: int) -> None:
    found = read(kind="arcgis", url=f"{koop}/0", page_size=size)
    assert visits(found) == expected()
    assert len(found.records) == ROWS
    assert set(found.records[0].values["geometry"]) == {"type", "coordinates", "lon", "lat"}


def test_koop_answers_for_a_layer_that_it_has_not(koop: str) -> None:
    assert "layer 9 was asked for, and layer 0 answers" in read(kind="arcgis", url=f"{koop}/9").failure


def test_koop_goes_by_a_condition(koop: str) -> None:
    found = read(kind="arcgis", url=f"{koop}/0", where="site = 'Köln'")
    assert visits(found) == {number: site for number, site in expected().items() if site == "Köln"}


@pytest.mark.parametrize(("collection", "name"), [("visitsgj", "visit"), ("visitscsv", "id")])
@pytest.mark.parametrize("size", [500, 3_000, 10_000])
def test_pygeoapi_gives_every_visit_once(pygeoapi: str, collection: str, name: str, size: int) -> None:
    """Its limit of 1,000 cuts pages in silence, and the last full page links to an empty one."""
    found = read(kind="ogc-features", url=pygeoapi, collection=collection, page_size=size)
    assert visits(found, name) == expected()
    assert len(found.records) == ROWS


def test_pygeoapi_has_no_such_collection(pygeoapi: str) -> None:
    assert "status 404" in read(kind="ogc-features", url=pygeoapi, collection="nothing").failure


@pytest.fixture(scope="module")
def ckan() -> Iterator[Server]:
    with running("ckan", LONG, ports=4) as server:
        yield server


@pytest.fixture(scope="module")
def fuseki() -> Iterator[str]:
    with running("fuseki", LONG) as server:
        yield server.url


def call(server: Server, action: str, **values: Any) -> Any:
    """Call an action of CKAN as its administrator."""
    headers = {"Authorization": (server.folder / "token").read_text().strip(), "Content-Type": "application/json"}
    asked = Request(f"{server.url}/api/3/action/{action}", json.dumps(values).encode(), headers)
    with urlopen(asked) as answer:
        return json.load(answer)["result"]


@pytest.mark.portals
@pytest.mark.parametrize("size", [32_000, 450])
def test_ckan_gives_every_row_once(ckan: Server, size: int) -> None:
    resource = (ckan.folder / "rid").read_text()
    found = read(kind="ckan-datastore", url=ckan.url, resource=resource, page_size=size)
    assert visits(found) == expected()
    assert len(found.records) == ROWS


@pytest.mark.portals
def test_ckan_rows_change_and_go(ckan: Server) -> None:
    resource = (ckan.folder / "rid").read_text()
    call(
        ckan,
        "datastore_upsert",
        resource_id=resource,
        method="upsert",
        records=[{"visit": "V-00003", "site": "Brno"}],
        force=True,
    )
    call(ckan, "datastore_delete", resource_id=resource, filters={"visit": "V-00007"}, force=True)
    found = visits(read(kind="ckan-datastore", url=ckan.url, resource=resource))
    assert found == {number: site for number, site in {**expected(), 3: "Brno"}.items() if number != 7}


@pytest.mark.portals
def test_ckan_lists_its_data_sets_in_its_api_and_as_dcat(ckan: Server) -> None:
    for number in range(12):
        name = f"made-{number:02d}"
        call(ckan, "package_create", name=name, title=f"Besuche {number}", owner_org="klinik")
    names = {"visits", *(f"made-{number:02d}" for number in range(12))}
    found = read(kind="ckan", url=ckan.url, page_size=5)
    assert (found.outcome, {each.values["name"] for each in found.records}) == ("whole", names)
    titles = {each.values["title"] for each in found.records}
    for form in ("ttl", "jsonld", "rdf"):
        found = read(kind="dcat", url=f"{ckan.url}/catalog.{form}")
        assert (found.outcome, {each.values["title"] for each in found.records}) == ("whole", titles), form
    call(ckan, "package_delete", id="made-03")
    assert "made-03" not in {each.values["name"] for each in read(kind="ckan", url=ckan.url).records}


@pytest.mark.portals
@pytest.mark.parametrize(("languages", "title"), [("de", "Besuche Köln 1"), ("fr", "Visits 1")])
@pytest.mark.parametrize("form", [None, "jsonld", "turtle", "rdfxml", "ntriples"])
def test_fuseki_gives_its_catalogue(fuseki: str, form: str | None, languages: str, title: str) -> None:
    options = {} if form is None else {"format": form}
    found = read(kind="dcat", url=f"{fuseki}/ds/data?default", languages=languages, **options)
    assert (found.outcome, len(found.records)) == ("whole", 300)
    values = {each.values["uri"]: each.values for each in found.records}["http://e.example/d/1"]
    assert values["title"] == title
    assert values["modified"] == "2026-05-02T10:00:00"
    assert values["distribution"][0]["downloadURL"] == "http://e.example/d/1.csv"
