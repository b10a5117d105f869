"""OGC API Features (OGC 17-069r4): the features of a collection, by the links to the next page. In: Asked. Out: records.

Links are led to the configured server. What a server may ignore with status 200, such as `limit`, is not relied on.
"""

from typing import Any
from urllib.parse import quote, urljoin

from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.portals.answers import ask_json, below, bound, member, whole_number, with_parameters
from graph.portals.fetch import Client
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_linked, row_key
from graph.portals.shapes import geo_json


class Collection:
    """One collection."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all features once."""
        asked = self._asked
        async with Client(asked) as client:
            pages = _Items(asked, client)
            told = await read_linked(pages, pages.items, asked.limits.pages, known, take)
            return Told(told.total, told.incomplete, licence=await _licence(client, pages.collection))


class _Items:
    def __init__(self, asked: Asked, client: Client) -> None:
        self._client = client
        self.collection = below(asked.url, f"/collections/{quote(asked.text('collection'), safe='')}")
        self.items = f"{self.collection}/items"
        chosen = {name: asked.option(name) for name in ("bbox", "datetime")}
        self.first = with_parameters(self.items, {"f": "json", "limit": asked.size, **chosen})

    async def page(self, url: str) -> Page:
        got = await ask_json(self._client, url, None, {"Accept": "application/geo+json, application/json"})
        rows = [_values(each) for each in member(self._client, url, got.value, "features", list)]
        keys = [str(row["id"]) if row.get("id") is not None else row_key(row) for row in rows]
        records = [Record(f"{self.items}/{key}", row) for key, row in zip(keys, rows, strict=True)]
        link = linked(got.value, "next")
        following = None if link is None else bound(urljoin(url, link), self.items)
        return Page(records, keys, whole_number(got.value.get("numberMatched")), None, following)


def linked(value: Any, relation: str) -> str | None:
    """Return where a link of the answer leads that has a relation; JSON is preferred."""
    links = value.get("links") if isinstance(value, dict) else None
    found = [each for each in links if isinstance(each, dict)] if isinstance(links, list) else []
    found = [each for each in found if each.get("rel") == relation and isinstance(each.get("href"), str)]
    found.sort(key=lambda each: "json" not in str(each.get("type", "json")))
    return str(found[0]["href"]) if found and found[0]["href"] else None


def _values(feature: Any) -> dict[str, Any]:
    """Return properties, id and geometry of a feature. A property of such a name gets the prefix `property_`."""
    given = feature if isinstance(feature, dict) else {}
    properties = given.get("properties")
    values = dict(properties) if isinstance(properties, dict) else {}
    for name, value in (("id", given.get("id")), ("geometry", geo_json(given.get("geometry")))):
        if name in values and values[name] != value and value is not None:
            values[f"property_{name}"] = values[name]
        if value is not None or name not in values:
            values[name] = value
    return values


async def _licence(client: Client, url: str) -> str | None:
    """Return the licence to which the description of the collection links."""
    try:
        got = await ask_json(client, url, {"f": "json"})
    except SourceFailed:
        return None
    return linked(got.value, "license")
