"""Socrata (SODA 2.1): the rows of a data set, in the order of `:id`, which is unique. In: Asked. Out: records.

See dev.socrata.com/docs/paging.html and /docs/system-fields.html.
"""

from typing import Any

from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.portals.answers import ask_json, below, shown, whole_number
from graph.portals.fetch import Client
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_numbered, row_key


class Socrata:
    """One data set, such as `nwrr-3nqz`. The system fields `:id`, `:created_at` and `:updated_at` are values too."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all rows once."""
        asked = self._asked
        async with Client(asked) as client:
            pages = _Rows(asked, client)
            told = await read_numbered(pages, pages.url, asked.limits.pages, known, take)
            return Told(told.total, told.incomplete, licence=await _licence(client, asked))


class _Rows:
    ordered, resumes = True, True

    def __init__(self, asked: Asked, client: Client) -> None:
        self._asked, self._client, self.size = asked, client, asked.size
        self.url = below(asked.url, f"/resource/{asked.text('dataset')}.json")

    async def count(self) -> int | None:
        got = await self._ask({"$select": "count(*) as count", "$where": self._asked.option("where")})
        total = whole_number(got[0].get("count")) if got and isinstance(got[0], dict) else None
        if total is None:
            raise self._client.failed(self.url, f"no count is in the answer: {shown(got)}")
        return total

    async def page(self, offset: int, count: int) -> Page:
        select = self._asked.text("select", "*")
        rows = await self._ask(
            {
                "$select": f":*, {select}",
                "$where": self._asked.option("where"),
                "$order": ":id",
                "$limit": count,
                "$offset": offset,
            }
        )
        records = [Record(f"{self.url} row {each.get(':id')}", each) for each in rows]
        return Page(records, [str(each.get(":id") or row_key(each)) for each in rows])

    async def _ask(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        got = await ask_json(self._client, self.url, parameters)
        if not isinstance(got.value, list) or not all(isinstance(each, dict) for each in got.value):
            raise self._client.failed(self.url, f"the answer is no list of rows: {shown(got.value)}")
        return got.value


async def _licence(client: Client, asked: Asked) -> str | None:
    """Return the licence that the metadata of the data set state."""
    try:
        got = await ask_json(client, below(asked.url, f"/api/views/{asked.text('dataset')}.json"))
    except SourceFailed:
        return None
    view = got.value if isinstance(got.value, dict) else {}
    named = view.get("license")
    licence = named if isinstance(named, dict) else {}
    found = (licence.get("termsLink"), licence.get("name"), view.get("licenseId"))
    return next((text for text in found if isinstance(text, str) and text.strip()), None)
