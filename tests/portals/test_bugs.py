"""Bugs that other harvesters had, by their numbers in public trackers: each is a portal that behaves so, read by ours."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from aiohttp import web

import graph.portals
from graph.portals.answers import bound
from tests.portals.dialects import DIALECTS, answered, arcgis_old
from tests.portals.more_dialects import MORE, dcat_paged
from tests.portals.reading import QUICK, reading, run
from tests.portals.server import Dialect, Fault, Portal

NAMED = {each.name: each for each in (*DIALECTS, *MORE)}
BROKER = NAMED["ngsi-ld"]


def other(name: str, answer: Any, **options: Any) -> Dialect:
    """A kind that answers otherwise, or is asked otherwise."""
    return replace(NAMED[name], answer=answer or NAMED[name].answer, options={**NAMED[name].options, **options})


def test_only_page_1_was_read() -> None:
    """GSA/data.gov#3379: pages have a number, and no links."""

    def answer(portal: Portal, request: web.Request) -> web.Response:
        page = int(request.query["page"])
        found = [{"visit": each, "note": portal.rows[each]} for each in portal.window((page - 1) * 5, 5)]
        return answered({"dataset": found})

    dialect = replace(
        NAMED["json pages"], answer=answer, options={"kind": "json", "items": "dataset", "page_parameter": "page"}
    )

    async def work() -> None:
        async with Portal(dialect) as portal:
            read = await reading(portal.options)
            assert sorted(map(dialect.back, (each.values for each in read.records))) == sorted(portal.rows.items())
            assert [each.rpartition("=")[2] for each in portal.asked] == ["1", "2", "3", "4", "5", "6"]

    run(work)


def test_the_next_page_led_back_for_ever() -> None:
    """ckan/ckanext-dcat#260: nextPage points back. Also to pages that are never the same: the cap ends it."""

    def back(portal: Portal, request: web.Request) -> web.Response:
        page = len(portal.asked)
        return answered({"results": [{"visit": page}], "next": "/p?a=1" if page % 2 else "/p?a=2", "count": 9})

    def onward(portal: Portal, request: web.Request) -> web.Response:
        page = len(portal.asked)
        return answered({"results": [{"visit": page}], "next": f"/p?a={page}"})

    async def work() -> None:
        async with Portal(other("json pages", back)) as portal:
            assert "leads back to" in (await reading(portal.options)).failure
            assert len(portal.asked) == 3
        async with Portal(other("json pages", onward, max_pages=7)) as portal:
            assert "more than 7 pages" in (await reading(portal.options)).failure
            assert len(portal.asked) == 7

    run(work)


@pytest.mark.parametrize(
    ("link", "configured", "led"),
    [
        ("http://10.0.0.5:8080/catalog?page=2", "https://data.example/catalog", "https://data.example/catalog?page=2"),
        (
            "http://inner/catalog?page=2",
            "https://data.example/portal/catalog",
            "https://data.example/portal/catalog?page=2",
        ),
        ("https://data.example/other?page=2", "https://data.example/catalog", "https://data.example/other?page=2"),
        ("http://data.example/catalog?page=2", "https://data.example/catalog", "https://data.example/catalog?page=2"),
        ("http://inner/elsewhere?page=2", "https://data.example/catalog", "https://data.example/elsewhere?page=2"),
    ],
)
def test_next_links_carried_the_inner_host(link: str, configured: str, led: str) -> None:
    """geosolutions-it/ckanext-dcatapit#37: what is asked is always the configured server."""
    assert bound(link, configured) == led


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("ckan", "sort=id asc"),
        ("ckan-datastore", "sort=_id"),
        ("socrata", "$order=:id"),
        ("arcgis", "orderByFields=OBJECTID"),
    ],
)
def test_pages_without_a_unique_order_overlapped(name: str, order: str) -> None:
    """afeld/sodapy#85, socrata/dev.socrata.com#644: our server gives rows that nobody ordered in another order each time."""

    async def work() -> None:
        async with Portal(NAMED[name]) as portal:
            assert (await reading(portal.options)).outcome == "whole"
            pages = [text for text in map(unquote_plus, portal.asked) if "ffset=" in text or "start=" in text]
            assert len(pages) == portal.pages == 6
            assert all(text.endswith(order) or f"{order}&" in text for text in pages)

    run(work)


def test_a_feature_service_gave_2000_of_4186_in_silence() -> None:
    """opengeos/GeoLibre PR#1747, OSGeo/gdal#10094: it says nothing of more. Ours pages on, up to the count."""

    def silent(portal: Portal, request: web.Request) -> web.Response:
        response = NAMED["arcgis"].answer(portal, request)
        assert response.text is not None
        return web.Response(
            text=response.text.replace('"exceededTransferLimit": true', '"x": 1'), content_type="application/json"
        )

    def ends(portal: Portal, request: web.Request) -> web.Response:
        if int(request.query.get("resultOffset", 0)) >= 12:
            return answered({"features": []})
        return NAMED["arcgis"].answer(portal, request)

    async def work() -> None:
        async with Portal(other("arcgis", silent)) as portal:
            read = await reading(portal.options)
            assert (read.outcome, len(read.records)) == ("whole", 25)
        async with Portal(other("arcgis", ends)) as portal:
            read = await reading(portal.options)
            assert read.told is not None
            assert "it has 25 records, and gave" in read.told.incomplete or "moved" in read.told.incomplete

    run(work)


@pytest.mark.parametrize("name", ["ckan", "ckan-datastore", "socrata", "arcgis", "ngsi-ld"])
def test_a_server_capped_pages_below_the_asked_size(name: str) -> None:
    """mjorden/cyclelanes#1: it gives 20 rows, 500 were asked for, and the loop took that for the end."""

    async def work() -> None:
        async with Portal(other(name, None, page_size=500)) as portal:
            read = await reading(portal.options)
            assert (read.outcome, len(read.records)) == ("whole", 25)
            counts = [text for text in portal.asked if "resultRecordCount" in text]
            assert all("resultRecordCount=20" in text for text in counts)

    run(work)


def test_ranges_of_object_ids_gave_each_feature_26_times() -> None:
    """openaddresses/pyesridump#39: the server does not look at the ids that are asked for."""

    def everything(portal: Portal, request: web.Request) -> web.Response:
        if "objectIds" in request.query:
            rows = sorted(portal.rows.items(), reverse=len(portal.asked) % 2 == 0)
            return answered({"features": [{"attributes": {"OBJECTID": key, "note": note}} for key, note in rows]})
        return arcgis_old(portal, request)

    async def work() -> None:
        async with Portal(other("arcgis without offsets", everything)) as portal:
            read = await reading(portal.options)
            assert (read.outcome, len(read.records)) == ("whole", 25)
            assert len({each.where for each in read.records}) == 25

    run(work)


def broker(give: Any) -> Dialect:
    """A broker whose pages are made by `give` from its entities, an offset and a limit; its count is always true."""

    def answer(portal: Portal, request: web.Request) -> web.Response:
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        portal.window(0, 0)
        entities = [{"id": f"urn:{each}", "type": "Visit"} for each in sorted(portal.rows)]
        return answered(give(entities, offset, limit), headers={"NGSILD-Results-Count": str(len(entities))})

    return replace(BROKER, answer=answer)


@pytest.mark.parametrize(
    ("give", "words"),
    [
        (lambda all_, at, size: all_[max(at - 1, 0) :][:size], "came twice"),
        (lambda all_, at, size: all_[at + (at > 0) :][:size], "it has 25 records, and gave"),
        (lambda all_, at, size: all_[at:][:size] if at < 15 else [], "it has 25 records, and gave 15 different ones"),
    ],
    ids=["Orion-LD#1573 double", "Orion-LD#1573 missing", "Orion-LD#1407 and #1654 nothing past some offset"],
)
def test_a_broker_gave_other_entities_than_it_counted(give: Any, words: str) -> None:
    """FIWARE/context.Orion-LD: such a reading is incomplete, so nothing ends because of it."""

    async def work() -> None:
        async with Portal(broker(give)) as portal:
            read = await reading(portal.options)
            assert read.told is not None
            assert words in read.told.incomplete
            assert read.told.total == 25
            assert portal.pages <= 16

    run(work)


def test_a_broker_always_gave_the_first_two() -> None:
    """ScorpioBroker/ScorpioBroker#316."""

    async def work() -> None:
        async with Portal(broker(lambda all_, at, size: all_[:2])) as portal:
            assert "gives the same page again and again" in (await reading(portal.options)).failure

    run(work)


@pytest.mark.parametrize(
    "identifier",
    ["https://www.arcgis.com/home/item.html?id={id}&sublayer=3", "https://hub.example/datasets/{id}_3",
     "https://hub.example/datasets/city::{id}_3"],
)  # fmt: skip
def test_a_hub_renamed_its_data_sets(identifier: str) -> None:
    """datagouv/data.gouv.fr#680: the inner id stays."""
    item = "a" * 31 + "1"

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return answered({"dataset": [{"identifier": identifier.format(id=item), "id": "x", "title": "Visits"}]})

    async def work() -> None:
        async with Portal(other("arcgis-hub", answer)) as portal:
            assert (await reading(portal.options)).records[0].values["id"] == f"{item}_3"

    run(work)


def test_dates_and_numbers_stay_as_they_are_written() -> None:
    """ckan/ckanext-spatial#16, GetDKAN/dkan PR#2627: a zone is kept, none is added; decimals keep their digits."""
    number, when = "12345678901234567890.1234567890", "2026-05-01T10:00:00"

    def answer(portal: Portal, request: web.Request) -> web.Response:
        text = '{"results": [{"visit": 1, "x": %s, "at": "%s"}], "next": null, "count": 1}' % (number, when)
        return web.Response(text=text, content_type="application/json")

    async def work() -> None:
        async with Portal(other("json pages", answer)) as portal:
            values = (await reading(portal.options)).records[0].values
            assert (str(values["x"]), values["at"]) == (number, when)

    run(work)


@pytest.mark.parametrize(
    ("encoded", "options"),
    [
        ("\ufeffvisit,note\r\n10,Łódź\r\n".encode(), {}),
        ("visit,note\r\n10,Köln\r\n".encode("latin-1"), {"encoding": "latin-1"}),
        ("visit;note\r\n10;Köln\r\n".encode("utf-16"), {"encoding": "utf-16", "delimiter": ";"}),
    ],
    ids=["BOM", "Latin-1", "UTF-16"],
)
def test_a_mark_became_part_of_a_name(encoded: bytes, options: dict[str, Any]) -> None:
    """ckan/ckan PR#2420, GSA/datagov-ckan-multi#113: no charset is stated."""
    page = web.Response

    async def work() -> None:
        async with Portal(other("csv", lambda p, r: page(body=encoded, content_type="text/csv"), **options)) as portal:
            read = await reading(portal.options)
            assert [list(each.values) for each in read.records] == [["visit", "note"]]
            assert read.records[0].values["note"] in ("Łódź", "Köln")
        async with Portal(other("csv", lambda p, r: page(body=b"a\n\xff\n", content_type="text/csv"))) as portal:
            assert "visits.csv:2 is not UTF-8 (byte 0xff)" in (await reading(portal.options)).failure

    run(work)


def test_an_id_that_is_not_ascii_ended_the_run() -> None:
    """GSA/data.gov#3532."""

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return answered([{"id": "urn:Łódź:1", "type": "Visit"}], headers={"NGSILD-Results-Count": "1"})

    async def work() -> None:
        async with Portal(other("ngsi-ld", answer)) as portal:
            assert [each.values["id"] for each in (await reading(portal.options)).records] == ["urn:Łódź:1"]

    run(work)


def test_an_unknown_licence_stays_unknown() -> None:
    """opendatateam/udata#2618, GSA/datagov-wptheme#606: stated ones are told, as they are stated."""
    stated = "https://creativecommons.org/licenses/by/4.0/"

    def silent(answer: Any) -> Any:
        def wrapped(portal: Portal, request: web.Request) -> web.Response:
            last = request.path.rpartition("/")[2]
            if last in ("package_show", "abcd-1234.json") and "resource/" not in request.path:
                return answered({"success": True, "result": {"license_id": "notspecified", "license_title": "Unknown"}})
            return web.json_response({}, status=404) if last == "visits" else answer(portal, request)

        return wrapped

    async def work() -> None:
        for name in ("ckan-datastore", "socrata", "opendatasoft", "ogc-features"):
            async with Portal(NAMED[name]) as portal:
                told = (await reading(portal.options)).told
                assert told is not None
                assert told.licence == stated
            async with Portal(other(name, silent(NAMED[name].answer))) as portal:
                told = (await reading(portal.options)).told
                assert told is not None
                assert told.licence is None

    run(work)


def test_the_sql_endpoint_of_a_portal_is_never_asked() -> None:
    """CVE-2026-42031, CVE-2026-42032."""
    folder = Path(graph.portals.__file__).parent
    assert not [path for path in folder.glob("*.py") if "search_sql" in path.read_text()]


def test_links_of_the_catalogue_lead_through_all_pages() -> None:
    """With inner hosts, as in the catalogue of dcatapit."""

    async def work() -> None:
        async with Portal(other("dcat pages", dcat_paged), fault=Fault("inner", inner=True)) as portal:
            read = await reading(portal.options, QUICK)
            assert (read.outcome, len(read.records), portal.pages) == ("whole", 25, 5)

    run(work)
