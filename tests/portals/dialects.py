"""How portals answer, over the table of tests/portals/server.py. In: a request. Out: an answer as documented.

CKAN: docs.ckan.org, API guide and DataStore extension. Socrata: dev.socrata.com, paging and system fields. ArcGIS: Esri's REST
reference, Query (Feature Service/Layer). OGC: 17-069r4. The others are in more_dialects.py.
"""

import json
import random
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.portals.server import PAGE, Dialect, Portal, number

CAP = 20
"""Most rows of a page of CKAN, Socrata and ArcGIS, whatever is asked for."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def answered(value: Any, kind: str = "application/json", headers: Mapping[str, str] | None = None) -> web.Response:
    """Answer JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return web.Response(body=body, headers={"Content-Type": kind, **(headers or {})})


def shuffled(portal: Portal, ordered: bool) -> list[int] | None:
    """Return ids in an order of its own for each request, as databases give rows that nobody ordered."""
    ids = sorted(portal.rows)
    return None if ordered else random.Random(portal.pages).sample(ids, len(ids))


def ckan(portal: Portal, request: web.Request) -> web.Response:
    """package_search: an unknown sort field is ignored; rows are cut at a maximum."""
    query = request.query
    ids = portal.window(
        number(request, "start", 0),
        min(number(request, "rows", 10), CAP),
        shuffled(portal, query.get("sort") == "id asc"),
    )
    results = [
        {"id": f"{each:05d}", "name": f"visit-{each}", "notes": portal.rows[each], "license_id": "cc-by"}
        for each in ids
    ]
    return answered({"help": "", "success": True, "result": {"count": portal.total(), "results": results}})


def datastore(portal: Portal, request: web.Request) -> web.Response:
    """datastore_search, resource_show and package_show; offsets count from 0, and the total comes with each page."""
    action = request.path.rpartition("/")[2]
    if action == "resource_show":
        return answered({"success": True, "result": {"id": "r", "package_id": "p"}})
    if action == "package_show":
        return answered({"success": True, "result": {"id": "p", "license_id": "cc-by", "license_url": LICENCE}})
    if request.query.get("resource_id") != "r":
        error = {"__type": "Not Found Error", "message": "Resource was not found."}
        return web.json_response({"success": False, "error": error}, status=404)
    assert action == "datastore_search", request.path
    order = request.query.get("sort", "").endswith("_id")
    ids = portal.window(number(request, "offset", 0), min(number(request, "limit", 100), CAP), shuffled(portal, order))
    records = [{"_id": each, "visit": f"V-{each}", "note": portal.rows[each]} for each in ids]
    return answered(
        {"success": True, "result": {"records": records, "total": portal.total(), "total_was_estimated": False}}
    )


def socrata(portal: Portal, request: web.Request) -> web.Response:
    """SODA 2.1: without $order the order is not stable; system fields come when they are selected."""
    if request.path.startswith("/api/views/"):
        return answered({"id": "abcd-1234", "license": {"name": "CC BY 4.0", "termsLink": LICENCE}})
    if "count(" in request.query.get("$select", ""):
        return answered([{"count": str(portal.total())}])
    offset, count = number(request, "$offset", 0), min(number(request, "$limit", 1_000), CAP)
    ids = portal.window(offset, count, shuffled(portal, request.query.get("$order") == ":id"))
    system = ":*" in request.query.get("$select", "")
    rows = [{"visit": f"V-{each}", "note": portal.rows[each]} for each in ids]
    return answered([{":id": f"row-{each:05d}", **row} if system else row for each, row in zip(ids, rows, strict=True)])


def arcgis(portal: Portal, request: web.Request) -> web.Response:
    """A layer that pages: an offset without a count begins anew; exceededTransferLimit says that there is more."""
    return _layer(portal, request, pages=True)


def arcgis_old(portal: Portal, request: web.Request) -> web.Response:
    """A layer of a server before 10.3: no offsets; errors are in answers with status 200."""
    return _layer(portal, request, pages=False)


def _layer(portal: Portal, request: web.Request, *, pages: bool) -> web.Response:
    query = request.query
    if not request.path.endswith("/query"):
        fields = [{"name": "OBJECTID", "type": "esriFieldTypeOID"}, {"name": "note", "type": "esriFieldTypeString"}]
        about = {
            "id": 0,
            "maxRecordCount": CAP,
            "advancedQueryCapabilities": {"supportsPagination": pages},
            "fields": fields,
        }
        return answered(about, "text/plain;charset=utf-8")
    if query.get("returnCountOnly") == "true":
        return answered({"count": portal.total()}, "text/plain;charset=utf-8")
    if query.get("returnIdsOnly") == "true":
        ids = sorted(portal.rows) if len(portal.rows) - portal.total() <= 0 else sorted(portal.rows)[: -portal.totals]
        return answered({"objectIdFieldName": "OBJECTID", "objectIds": ids or None})
    if "resultOffset" in query and not pages:
        return answered({"error": {"code": 400, "message": "Pagination is not supported.", "details": []}})
    if "objectIds" in query:
        listed = [int(each) for each in query["objectIds"].split(",")]
        found = portal.window(
            0, CAP, sorted(portal.rows)[: len(listed)] if portal.fault and portal.fault.stuck else listed
        )
        return answered({"features": [_feature(portal, each) for each in found]})
    offset = number(request, "resultOffset", 0) if "resultRecordCount" in query else 0
    count = min(number(request, "resultRecordCount", CAP), CAP)
    found = portal.window(offset, count, shuffled(portal, query.get("orderByFields") == "OBJECTID"))
    more = {"exceededTransferLimit": True} if offset + len(found) < len(portal.rows) else {}
    return answered({"objectIdFieldName": "OBJECTID", "features": [_feature(portal, each) for each in found], **more})


def _feature(portal: Portal, each: int) -> dict[str, Any]:
    return {"attributes": {"OBJECTID": each, "note": portal.rows[each]}, "geometry": {"x": 6.95, "y": 50.94}}


def ogc(portal: Portal, request: web.Request) -> web.Response:
    """Items of a collection: the next page is a link; its parameters are the server's own."""
    if not request.path.endswith("/items"):
        return answered({"id": "visits", "links": [{"rel": "license", "href": LICENCE, "type": "text/html"}]})
    offset, count = number(request, "offset", 0), number(request, "limit", 10)
    ids = portal.window(offset, count)
    point = {"type": "Point", "coordinates": [6.95, 50.94]}
    features = [
        {"type": "Feature", "id": each, "geometry": point, "properties": {"note": portal.rows[each]}} for each in ids
    ]
    links = [{"rel": "self", "href": f"{portal.said}{request.path_qs}"}]
    if offset + count < len(portal.rows):
        following = f"{portal.said}{request.path}?offset={offset + count}&limit={count}"
        links += [
            {"rel": "next", "type": "text/html", "href": following + "&f=html"},
            {"rel": "next", "type": "application/geo+json", "href": following},
        ]
    return answered(
        {"type": "FeatureCollection", "features": features, "links": links, "numberMatched": portal.total()},
        "application/geo+json",
    )


def last_number(text: Any) -> int:
    """Return the number at the end of an id."""
    found = re.findall(r"\d+", str(text))
    return int(found[-1])


DIALECTS = (
    Dialect("ckan", {"kind": "ckan", "page_size": PAGE}, ckan, lambda v: (int(v["id"]), v["notes"])),
    Dialect(
        "ckan-datastore", {"kind": "ckan-datastore", "page_size": PAGE, "resource": "r"}, datastore,
        lambda v: (v["_id"], v["note"]),
    ),
    Dialect(
        "socrata", {"kind": "socrata", "page_size": PAGE, "dataset": "abcd-1234"}, socrata,
        lambda v: (last_number(v[":id"]), v["note"]),
    ),
    Dialect(
        "arcgis", {"kind": "arcgis", "page_size": PAGE}, arcgis, lambda v: (v["OBJECTID"], v["note"]),
        path="/arcgis/rest/services/visits/FeatureServer/0",
    ),
    Dialect(
        "arcgis without offsets", {"kind": "arcgis", "page_size": PAGE}, arcgis_old, lambda v: (v["OBJECTID"], v["note"]),
        path="/arcgis/rest/services/visits/MapServer/0",
    ),
    Dialect(
        "ogc-features", {"kind": "ogc-features", "page_size": PAGE, "collection": "visits"}, ogc,
        lambda v: (v["id"], v["note"]), path="/ogc", linked=True,
    ),
)  # fmt: skip
