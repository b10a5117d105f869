"""ArcGIS: the features of a layer of a Feature service, and the items of a Hub by its DCAT feed. In: Asked. Out: records.

Offset and count are always sent together. Layers without paging are read by lists of object ids.
"""

import re
from collections.abc import Mapping
from typing import Any

from graph.load.records import Known, Record, Take, Told
from graph.portals.answers import ask_json, below, member, shown, whole_number
from graph.portals.fetch import Client
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_numbered, row_key
from graph.portals.shapes import esri_geometry

AT_ONCE = 100
"""Most object ids in one address."""
LAYER = re.compile(r"/(?:FeatureServer|MapServer)/(\d+)$", re.IGNORECASE)
ITEM = re.compile(r"(?:[?&]id=|/datasets/(?:[^/]*::)?)([0-9a-f]{32})(?:[&?]sublayer=|_)?(\d+)?")
"""The id of an item of ArcGIS Online, with the number of its layer, as identifiers of Hub have them."""


class Layer:
    """One layer. `url` ends in its number, such as `.../FeatureServer/0`."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all features once."""
        asked = self._asked
        async with Client(asked) as client:
            about = await _described(client, asked)
            by_offset = _pages_by_offset(about)
            pages = (_ByOffset if by_offset else _ById)(asked, client, about)
            return await read_numbered(pages, asked.url, asked.limits.pages, known, take)


async def _ask(client: Client, url: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Ask; the service writes errors into answers with status 200."""
    got = await ask_json(client, url, {"f": "json", **parameters})
    if not isinstance(got.value, dict) or "error" in got.value:
        raise client.failed(url, f"the service answers with an error: {shown(got.value)}")
    return got.value


async def _described(client: Client, asked: Asked) -> dict[str, Any]:
    """Return the metadata of the layer; fail if another layer answers."""
    url = below(asked.url, "")
    about = await _ask(client, url, {})
    number = LAYER.search(url)
    if number is not None and about.get("id") is not None and str(about["id"]) != number[1]:
        raise client.failed(url, f"layer {number[1]} was asked for, and layer {about['id']} answers")
    return about


def _pages_by_offset(about: Mapping[str, Any]) -> bool:
    capable = about.get("advancedQueryCapabilities")
    paged = isinstance(capable, dict) and capable.get("supportsPagination")
    return bool(paged or about.get("supportsPagination"))


class _ByOffset:
    def __init__(self, asked: Asked, client: Client, about: Mapping[str, Any]) -> None:
        self._asked, self._client = asked, client
        self._url = below(asked.url, "/query")
        self._id = asked.option("key") or _id_field(about)
        most = whole_number(about.get("maxRecordCount")) or asked.size
        self.size = min(asked.size, most)
        self.ordered = self.resumes = self._id is not None

    @property
    def _parameters(self) -> dict[str, Any]:
        return {"where": self._asked.text("where", "1=1")}

    async def count(self) -> int | None:
        found = await _ask(self._client, self._url, {**self._parameters, "returnCountOnly": "true"})
        total = whole_number(found.get("count"))
        if total is None:
            raise self._client.failed(self._url, f"no count is in the answer: {shown(found)}")
        return total

    async def page(self, offset: int, count: int) -> Page:
        found = await _ask(
            self._client,
            self._url,
            {
                **self._parameters,
                **_all_fields(self._asked),
                "orderByFields": self._id,
                "resultOffset": offset,
                "resultRecordCount": count,
            },
        )
        rows = [_values(each) for each in member(self._client, self._url, found, "features", list)]
        more = True if found.get("exceededTransferLimit") is True else None
        return _page(self._asked.url, rows, self._id, more)


class _ById:
    """Lists the object ids first, and asks for some of them at a time: old servers have no offsets."""

    ordered = resumes = False

    def __init__(self, asked: Asked, client: Client, about: Mapping[str, Any]) -> None:
        self._asked, self._client = asked, client
        self._url = below(asked.url, "/query")
        self._id = _id_field(about)
        self._ids: list[int] = []
        self.size = min(asked.size, AT_ONCE, whole_number(about.get("maxRecordCount")) or AT_ONCE)

    async def count(self) -> int | None:
        asked = {"where": self._asked.text("where", "1=1"), "returnIdsOnly": "true"}
        found = await _ask(self._client, self._url, asked)
        # An empty layer gives null.
        ids = found.get("objectIds") or []
        if not isinstance(ids, list) or not all(isinstance(each, int) for each in ids):
            raise self._client.failed(self._url, f"no object ids are in the answer: {shown(found)}")
        self._id = found.get("objectIdFieldName") or self._id
        self._ids = sorted(ids)
        return len(self._ids)

    async def page(self, offset: int, count: int) -> Page:
        ids = self._ids[offset : offset + count]
        if not ids:
            return Page([], [])
        listed = ",".join(map(str, ids))
        found = await _ask(self._client, self._url, {"objectIds": listed, **_all_fields(self._asked)})
        rows = [_values(each) for each in member(self._client, self._url, found, "features", list)]
        return _page(self._asked.url, rows, self._id, more=offset + count < len(self._ids))


def _all_fields(asked: Asked) -> dict[str, Any]:
    return {"outFields": asked.text("fields", "*"), "returnGeometry": "true", "outSR": 4326}


def _id_field(about: Mapping[str, Any]) -> str | None:
    """Return the name of the field with the object id."""
    named = about.get("objectIdField") or about.get("objectIdFieldName")
    if isinstance(named, str) and named:
        return named
    fields = about.get("fields")
    listed = [each for each in fields if isinstance(each, dict)] if isinstance(fields, list) else []
    return next((each["name"] for each in listed if each.get("type") == "esriFieldTypeOID" and "name" in each), None)


def _values(feature: Any) -> dict[str, Any]:
    """Return attributes and geometry of a feature; an attribute called geometry comes first."""
    attributes = feature.get("attributes") if isinstance(feature, dict) else None
    values = dict(attributes) if isinstance(attributes, dict) else {}
    geometry = esri_geometry(feature.get("geometry")) if isinstance(feature, dict) else None
    return {"geometry": geometry, **values} if geometry is not None else values


def _page(url: str, rows: list[dict[str, Any]], field: str | None, more: bool | None) -> Page:
    keys = [str(row[field]) if field and row.get(field) is not None else row_key(row) for row in rows]
    named = field or "row"
    return Page([Record(f"{url} {named} {key}", row) for key, row in zip(keys, rows, strict=True)], keys, None, more)


class Hub:
    """The items of a Hub site, as its feed in DCAT-US 1.1 lists them: one answer with everything."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all items once."""
        url = below(self._asked.url, "/api/feed/dcat-us/1.1.json")
        async with Client(self._asked) as client:
            got = await ask_json(client, url)
            found = member(client, url, got.value, "dataset", list)
        if known.position is not None:
            await take((), None)
        records = [_item(url, each) for each in found if isinstance(each, dict)]
        if records:
            await take(records, None)
        return Told()


def _item(url: str, values: dict[str, Any]) -> Record:
    """Make a record with `id`, the item and layer, which stays when the address of the item changes."""
    identifier = str(values.get("identifier") or values.get("landingPage") or "")
    known = ITEM.search(identifier)
    own = f"{known[1]}_{known[2] or 0}" if known else identifier
    return Record(f"{url} {identifier}", {"id": own, **{name: each for name, each in values.items() if name != "id"}})
