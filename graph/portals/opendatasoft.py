"""Opendatasoft Explore 2.1: the records of a data set, exported whole as JSON Lines, or in pages of 100. In: Asked.

Pages end at 10,000 records, which is the server's limit; the export has none.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.portals.answers import ask_json, below, download, parsed, shown, whole_number, with_parameters
from graph.portals.fetch import Client, Wanted
from graph.portals.limits import Asked
from graph.portals.paging import Page, Tally, read_numbered, row_key

DEEPEST, MOST_ROWS = 10_000, 100
AT_ONCE = 1_000
LINES = ("json", "ndjson", "text/")


class Opendatasoft:
    """One data set of a domain."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all records once."""
        asked = self._asked
        async with Client(asked) as client:
            pages = _Records(asked, client)
            if asked.text("mode", "export") == "records":
                told = await _paged(pages, asked, known, take)
            else:
                told = await _exported(pages, asked, client, take)
            return Told(told.total, told.incomplete, licence=await _licence(client, pages.dataset))


class _Records:
    """Rows have no id in this API, so a row is told from others by what it says."""

    ordered = resumes = False

    def __init__(self, asked: Asked, client: Client) -> None:
        self._asked, self._client, self.size = asked, client, min(asked.size, MOST_ROWS)
        self.dataset = below(asked.url, f"/api/explore/v2.1/catalog/datasets/{quote(asked.text('dataset'), safe='')}")
        self.ordered = asked.option("order_by") is not None

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the parameters that choose and order records."""
        return {name: self._asked.option(name) for name in ("where", "select", "order_by")}

    async def total(self) -> int:
        """Ask how many records there are."""
        url = f"{self.dataset}/records"
        got = await ask_json(self._client, url, {"limit": 0, "where": self._asked.option("where")})
        total = whole_number(got.value.get("total_count")) if isinstance(got.value, dict) else None
        if total is None:
            raise self._client.failed(url, f"no total_count is in the answer: {shown(got.value)}")
        return total

    async def count(self) -> int | None:
        return None

    async def page(self, offset: int, count: int) -> Page:
        url = f"{self.dataset}/records"
        asked = {**self.chosen, "limit": min(count, DEEPEST - offset), "offset": offset}
        if offset >= DEEPEST:
            return Page([], [])
        got = await ask_json(self._client, url, asked)
        rows = got.value.get("results") if isinstance(got.value, dict) else None
        if not isinstance(rows, list):
            raise self._client.failed(url, f"no results are in the answer: {shown(got.value)}")
        records = [Record(f"{self.dataset} record {offset + at}", row) for at, row in enumerate(rows)]
        return Page(records, [row_key(row) for row in rows], whole_number(got.value.get("total_count")))


async def _paged(pages: _Records, asked: Asked, known: Known, take: Take) -> Told:
    total = await pages.total()
    if total > DEEPEST:
        raise SourceFailed(
            f"{pages.dataset}: it has {total:,} records, and pages end at {DEEPEST:,}. `mode: export` has no such limit."
        )
    return await read_numbered(pages, pages.dataset, asked.limits.pages, known, take)


async def _exported(pages: _Records, asked: Asked, client: Client, take: Take) -> Told:
    """Read the export, and compare its lines with the number of records before and after."""
    url = with_parameters(f"{pages.dataset}/exports/jsonl", pages.chosen) if any(pages.chosen.values()) else (
        f"{pages.dataset}/exports/jsonl"
    )  # fmt: skip
    tally = Tally(pages.dataset, asked.limits.pages)
    tally.say(await pages.total())
    with TemporaryDirectory(prefix="citygraph-") as folder:
        path = Path(folder, "export.jsonl")
        await download(client, url, path, Wanted(LINES, asked.limits.file_bytes, asked.limits.file_seconds))
        lines = await _lines(path, pages.dataset, client, take)
    tally.say(await pages.total())
    incomplete = ""
    if lines not in (tally.first, tally.total):
        incomplete = f"{pages.dataset}: it says that it has {tally.total:,} records, and the export has {lines:,}."
    return Told(total=lines if not incomplete else tally.total, incomplete=incomplete)


async def _lines(path: Path, where: str, client: Client, take: Take) -> int:
    """Give the lines of a file to `take`; return how many there are."""
    number, records = 0, []
    with path.open("rb") as file:
        for line in file:
            if not line.strip():
                continue
            number += 1
            try:
                row = parsed(line)
            except (ValueError, RecursionError) as error:
                raise client.failed(where, f"record {number} of the export is no JSON ({error})") from None
            if not isinstance(row, dict):
                raise client.failed(where, f"record {number} of the export is no object: {shown(row)}")
            records.append(Record(f"{where} record {number}", row))
            if len(records) == AT_ONCE:
                await take(records, None)
                records = []
    if records:
        await take(records, None)
    return number


async def _licence(client: Client, dataset: str) -> str | None:
    """Return the licence that the metadata of the data set state."""
    try:
        got = await ask_json(client, dataset)
    except SourceFailed:
        return None
    metas = got.value.get("metas") if isinstance(got.value, dict) else None
    default = metas.get("default") if isinstance(metas, dict) else None
    found = [default.get(name) for name in ("license_url", "license")] if isinstance(default, dict) else []
    return next((text for text in found if isinstance(text, str) and text.strip()), None)
