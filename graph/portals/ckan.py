"""CKAN: the data sets of a catalogue (package_search), and the rows of a resource (datastore_search). In: Asked. Out: records.

The SQL endpoint of the DataStore is never asked.
"""

import json
from collections.abc import Mapping
from typing import Any

from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.portals.answers import ask_json, below, member, shown, whole_number
from graph.portals.fetch import Client, Refused
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_numbered, row_key

ACTION = "/api/3/action/"


async def action(client: Client, url: str, name: str, parameters: Mapping[str, Any]) -> Any:
    """Call a read action of CKAN's API; return its result."""
    address = below(url, ACTION + name)
    got = await ask_json(client, address, parameters)
    if not isinstance(got.value, dict) or got.value.get("success") is not True:
        raise client.failed(address, f"CKAN answers without success: {shown(got.value)}")
    return got.value.get("result")


class Catalogue:
    """The data sets of a CKAN, ordered by id."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all data sets once."""
        async with Client(self._asked) as client:
            pages = _Packages(self._asked, client)
            return await read_numbered(pages, self._asked.url, self._asked.limits.pages, known, take)


class _Packages:
    ordered, resumes = True, False

    def __init__(self, asked: Asked, client: Client) -> None:
        self._asked, self._client, self.size = asked, client, asked.size

    async def count(self) -> int | None:
        return None

    async def page(self, offset: int, count: int) -> Page:
        asked, url = self._asked, self._asked.url
        parameters = {"q": asked.text("query", "*:*"), "fq": asked.option("filter"), "sort": "id asc"}
        result = await action(self._client, url, "package_search", {**parameters, "rows": count, "start": offset})
        found = member(self._client, url, result, "results", list)
        total = whole_number(member(self._client, url, result, "count", int))
        records = [Record(below(url, f"/dataset/{each.get('name', each.get('id'))}"), each) for each in found]
        return Page(records, [str(each.get("id") or row_key(each)) for each in found], total)


class Rows:
    """The rows of a resource in the DataStore, in the order of `_id`, which is unique."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all rows once."""
        asked = self._asked
        async with Client(asked) as client:
            told = await read_numbered(_DataStore(asked, client), _resource(asked), asked.limits.pages, known, take)
            licence = await _licence(client, asked)
        return Told(told.total, told.incomplete, licence=licence)


class _DataStore:
    ordered, resumes = True, True

    def __init__(self, asked: Asked, client: Client) -> None:
        self._asked, self._client, self.size = asked, client, asked.size

    async def count(self) -> int | None:
        return None

    async def page(self, offset: int, count: int) -> Page:
        asked, where = self._asked, _resource(self._asked)
        filters = asked.option("filters")
        result = await action(
            self._client,
            asked.url,
            "datastore_search",
            {
                "resource_id": asked.text("resource"),
                "filters": None if filters is None else json.dumps(filters, ensure_ascii=False),
                "sort": "_id",
                "limit": count,
                "offset": offset,
            },
        )
        found = member(self._client, where, result, "records", list)
        # A total that CKAN estimates is no total.
        said = None if result.get("total_was_estimated") is True else whole_number(result.get("total"))
        records = [Record(f"{where} _id {each.get('_id')}", each) for each in found]
        return Page(records, [str(each["_id"]) if "_id" in each else row_key(each) for each in found], said)


def _resource(asked: Asked) -> str:
    return f"{asked.url} resource {asked.text('resource')}"


async def _licence(client: Client, asked: Asked) -> str | None:
    """Return the licence of the data set that has the resource, if CKAN tells; a link is clearer than a title."""
    try:
        resource = await action(client, asked.url, "resource_show", {"id": asked.text("resource")})
        package = await action(client, asked.url, "package_show", {"id": (resource or {}).get("package_id")})
    except Refused:
        return None
    except SourceFailed:
        return None
    found = [package.get(name) for name in ("license_url", "license_title", "license_id")] if package else []
    stated = [text for text in found if isinstance(text, str) and text.strip() and text != "notspecified"]
    return stated[0] if stated and package.get("license_id") != "notspecified" else None
