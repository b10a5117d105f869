"""More answers, over the table of tests/portals/server.py. In: a request. Out: an answer as documented.

Opendatasoft: help.opendatasoft.com, Explore API v2.1. NGSI-LD: ETSI GS CIM 009, 6.4 and 6.3.13. DCAT-US 1.1: resources.data.gov.
DCAT 3 and Hydra: w3.org. RSS 2.0: rssboard.org. CSV: RFC 4180. HTTP: RFC 9110, conditional requests.
"""

import hashlib
import io
import json
from typing import Any

from aiohttp import web

from tests.portals.dialects import CAP, LICENCE, answered, last_number
from tests.portals.server import PAGE, Dialect, Portal, number

DCAT = "http://www.w3.org/ns/dcat#"
ITEM = "0123456789abcdef0123456789abc"


def opendatasoft(portal: Portal, request: web.Request) -> web.Response:
    """Explore 2.1: at most 100 rows in a page, offset and limit within 10,000; exports have no limit."""
    if request.path.endswith("/visits"):
        return answered({"dataset_id": "visits", "metas": {"default": {"license": "CC BY", "license_url": LICENCE}}})
    if request.path.endswith("/exports/jsonl"):
        rows = [{"visit": each, "note": portal.rows[each]} for each in portal.window(0, 10**9)]
        body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return web.Response(body=body.encode(), headers={"Content-Type": "application/json; charset=utf-8"})
    limit, offset = number(request, "limit", 10), number(request, "offset", 0)
    if limit > 100 or offset + limit > 10_000:
        return web.json_response({"error_code": "InvalidRESTParameterError", "message": "limit"}, status=400)
    ids = portal.window(offset, limit) if limit else []
    return answered(
        {"total_count": portal.total(), "results": [{"visit": each, "note": portal.rows[each]} for each in ids]}
    )


def ngsi_ld(portal: Portal, request: web.Request) -> web.Response:
    """Entities of a type; the count is a header, if it is asked for."""
    ids = portal.window(number(request, "offset", 0), min(number(request, "limit", 20), CAP))
    entities = [{"id": f"urn:ngsi-ld:Visit:{each}", "type": "Visit", "note": portal.rows[each]} for each in ids]
    headers = {"NGSILD-Results-Count": str(portal.total())} if request.query.get("count") == "true" else {}
    return answered(entities, "application/json", headers)


def hub(portal: Portal, request: web.Request) -> web.Response:
    """The feed of a Hub site: one answer."""
    assert request.path == "/api/feed/dcat-us/1.1.json"
    item = "https://www.arcgis.com/home/item.html?id=%s%03d&sublayer=0"
    found = [{"identifier": item % (ITEM, each), "title": portal.rows[each]} for each in portal.window(0, 10**9)]
    return answered({"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": found})


def dcat_paged(portal: Portal, request: web.Request) -> web.Response:
    """A catalogue in JSON-LD, expanded, in pages as Hydra describes them."""
    page = number(request, "page", 1)
    ids = portal.window((page - 1) * PAGE, PAGE)
    graph: list[dict[str, Any]] = [_dataset(portal, each) for each in ids]
    hydra = "http://www.w3.org/ns/hydra/core#"
    view: dict[str, Any] = {"@id": f"{portal.said}{request.path_qs}", "@type": [f"{hydra}PagedCollection"]}
    view[f"{hydra}totalItems"] = [{"@value": portal.total()}]
    if page * PAGE < len(portal.rows):
        view[f"{hydra}next"] = [{"@id": f"{portal.said}{request.path}?page={page + 1}"}]
    catalogue = {"@id": "http://data.example/catalog", "@type": [f"{DCAT}Catalog"]}
    return answered([*graph, view, catalogue], "application/ld+json")


def _dataset(portal: Portal, each: int) -> dict[str, Any]:
    title = [{"@value": portal.rows[each], "@language": "de"}, {"@value": f"English {each}", "@language": "en"}]
    file = {"@type": [f"{DCAT}Distribution"], f"{DCAT}downloadURL": [{"@id": f"http://data.example/{each}.csv"}]}
    return {
        "@id": f"http://data.example/d/{each}",
        "@type": [f"{DCAT}Dataset"],
        "http://purl.org/dc/terms/title": title,
        f"{DCAT}distribution": [file],
    }


def dcat_turtle(portal: Portal, request: web.Request) -> web.Response:
    """A catalogue in Turtle, in one answer, with a validator."""
    lines = [f"@prefix dcat: <{DCAT}> . @prefix dct: <http://purl.org/dc/terms/> ."]
    lines += [
        f'<http://data.example/d/{each}> a dcat:Dataset ; dct:title "{portal.rows[each]}" .'
        for each in portal.window(0, 10**9)
    ]
    return conditional(request, "\n".join(lines), "text/turtle")


def csv_file(portal: Portal, request: web.Request) -> web.Response:
    """A CSV file with a validator."""
    lines = [f'{each},"{portal.rows[each]}"' for each in portal.window(0, 10**9)]
    return conditional(request, "\r\n".join(["visit,note", *lines, ""]), "text/csv; charset=utf-8")


def excel_file(portal: Portal, request: web.Request) -> web.Response:
    """An Excel file with a validator. Its bytes differ each time, because it says when it was written."""
    from openpyxl import Workbook

    book, rows = Workbook(), [(each, portal.rows[each]) for each in portal.window(0, 10**9)]
    for row in (("visit", "note"), *rows):
        book.worksheets[0].append(row)
    body = io.BytesIO()
    book.save(body)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return conditional(request, repr(rows), kind, body.getvalue())


def parquet_file(portal: Portal, request: web.Request) -> web.Response:
    """A Parquet file with a validator."""
    import pyarrow
    from pyarrow import parquet

    rows, body = [(each, portal.rows[each]) for each in portal.window(0, 10**9)], pyarrow.BufferOutputStream()
    table = pyarrow.table({"visit": [each for each, _ in rows], "note": [note for _, note in rows]})
    parquet.write_table(table, body)
    return conditional(request, repr(rows), "application/vnd.apache.parquet", body.getvalue().to_pybytes())


def json_file(portal: Portal, request: web.Request) -> web.Response:
    """A JSON file with a validator."""
    found = [{"visit": each, "note": portal.rows[each]} for each in portal.window(0, 10**9)]
    return conditional(request, json.dumps({"data": {"visits": found}}, ensure_ascii=False), "application/json")


def json_pages(portal: Portal, request: web.Request) -> web.Response:
    """JSON in pages that link to the next one, as datasette and Django REST framework give them."""
    offset = number(request, "after", 0)
    found = [{"visit": each, "note": portal.rows[each]} for each in portal.window(offset, PAGE)]
    more = offset + PAGE < len(portal.rows)
    following = f"{portal.said}{request.path}?after={offset + PAGE}" if more else None
    return answered({"count": portal.total(), "next": following, "results": found})


def rss(portal: Portal, request: web.Request) -> web.Response:
    """An RSS 2.0 feed with a validator."""
    items = [
        f"<item><guid isPermaLink='false'>visit-{each}</guid><title>{portal.rows[each]}</title>"
        f"<pubDate>Mon, 01 Jun 2026 10:00:00 +0200</pubDate></item>"
        for each in portal.window(0, 10**9)
    ]
    channel = f"<channel><title>Visits</title>{''.join(items)}</channel>"
    body = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'>{channel}</rss>"
    return conditional(request, body, "application/rss+xml")


def conditional(request: web.Request, text: str, kind: str, body: bytes | None = None) -> web.Response:
    """Answer a text, or bytes that say the same, or say that nothing has changed since the validator that was sent."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers={"ETag": etag})
    return web.Response(body=text.encode() if body is None else body, headers={"Content-Type": kind, "ETag": etag})


MORE = (
    Dialect(
        "opendatasoft", {"kind": "opendatasoft", "dataset": "visits"}, opendatasoft, lambda v: (v["visit"], v["note"]),
        single=True,
    ),
    Dialect(
        "opendatasoft records",
        {"kind": "opendatasoft", "dataset": "visits", "mode": "records", "order_by": "visit", "page_size": PAGE},
        opendatasoft, lambda v: (v["visit"], v["note"]),
    ),
    Dialect(
        "ngsi-ld", {"kind": "ngsi-ld", "type": "Visit", "page_size": PAGE}, ngsi_ld,
        lambda v: (last_number(v["id"]), v["note"]),
    ),
    Dialect("arcgis-hub", {"kind": "arcgis-hub"}, hub, lambda v: (int(v["id"][29:32]), v["title"]), single=True),
    Dialect(
        "dcat pages", {"kind": "dcat", "languages": "de"}, dcat_paged, lambda v: (last_number(v["uri"]), v["title"]),
        path="/catalog.jsonld", linked=True,
    ),
    Dialect(
        "dcat", {"kind": "dcat"}, dcat_turtle, lambda v: (last_number(v["uri"]), v["title"]), path="/catalog.ttl", single=True,
    ),
    Dialect(
        "excel", {"kind": "excel"}, excel_file, lambda v: (int(v["visit"]), v["note"]), path="/visits.xlsx", single=True,
    ),
    Dialect(
        "parquet", {"kind": "parquet"}, parquet_file, lambda v: (v["visit"], v["note"]), path="/download?id=7", single=True,
    ),
    Dialect("csv", {"kind": "csv"}, csv_file, lambda v: (int(v["visit"]), v["note"]), path="/visits.csv", single=True),
    Dialect(
        "json", {"kind": "json", "items": "data.visits"}, json_file, lambda v: (v["visit"], v["note"]), path="/visits.json",
        single=True,
    ),
    Dialect(
        "json pages", {"kind": "json", "items": "results", "next": "next", "total": "count", "key": "visit"}, json_pages,
        lambda v: (v["visit"], v["note"]), path="/api/visits", linked=True,
    ),
    Dialect(
        "feed", {"kind": "feed", "whole": True}, rss, lambda v: (last_number(v["id"]), v["title"]), path="/rss.xml", single=True,
    ),
)  # fmt: skip
