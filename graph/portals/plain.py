"""CSV and JSON over HTTP: one file, or pages of JSON by link or by number. In: Asked. Out: records.

A file is streamed to disk, and read from there.
"""

import asyncio
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.portals.answers import ask_json, bound, download, shown, with_parameters
from graph.portals.fetch import Client, Wanted
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_linked, row_key

AT_ONCE = 1_000
CSV_TYPES, JSON_TYPES = ("csv", "tab-separated", "excel"), ("json",)


class File:
    """One file, in CSV, JSON or JSON Lines."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all its records once, or none if the server says that it has not changed."""
        asked, limits = self._asked, self._asked.limits
        types = CSV_TYPES if asked.kind == "csv" else JSON_TYPES
        validators = known.validators if known.validators.get("url") == asked.url else {}
        wanted = Wanted(types, limits.file_bytes, limits.file_seconds, known=validators)
        with TemporaryDirectory(prefix="citygraph-") as folder:
            path = Path(folder, "body")
            async with Client(asked) as client:
                answer = await download(client, asked.url, path, wanted)
                if answer.is_unchanged:
                    return Told(unchanged=True, validators=known.validators)
                if not await asyncio.to_thread(lambda: path.stat().st_size):
                    raise client.failed(asked.url, "the body is empty")
            records: list[Record] = []
            for number, values in enumerate(parse(path, asked), 1):
                records.append(Record(f"{asked.url} record {number}", values))
                if len(records) == AT_ONCE:
                    await take(records, None)
                    records = []
            if records:
                await take(records, None)
        return Told(validators=answer.validators(asked.url))


def parse(path: Path, asked: Asked) -> Iterator[Mapping[str, Any]]:
    """Read a file as what the kind of the feed says; raise SourceFailed."""
    yield from _csv(path, asked) if asked.kind == "csv" else _json(path, asked)


def _csv(path: Path, asked: Asked) -> Iterator[Mapping[str, Any]]:
    encoding = asked.text("encoding", "utf-8-sig")
    try:
        with path.open(newline="", encoding=encoding) as file:
            reader = csv.DictReader(file, delimiter=asked.text("delimiter", ","), strict=True)
            for row in reader:
                if None in row or None in row.values():
                    raise SourceFailed(
                        f"{asked.url}: line {reader.line_num} has not as many cells as the head has names. The answer may "
                        "have ended before it was whole."
                    )
                yield row
    except (csv.Error, UnicodeError) as error:
        raise SourceFailed(f"{asked.url}: this is no CSV in {encoding} ({error}).") from None


def _json(path: Path, asked: Asked) -> Iterator[Mapping[str, Any]]:
    """Read the objects of a list, at a dotted path, without holding the whole file."""
    import ijson

    items = asked.text("items")
    try:
        with path.open("rb") as file:
            lines = asked.text("form") == "lines"
            prefix = "" if lines else ".".join(filter(None, (items, "item")))
            for number, value in enumerate(ijson.items(file, prefix, multiple_values=lines), 1):
                if not isinstance(value, dict):
                    raise SourceFailed(f"{asked.url}: record {number} is no object: {shown(value)}")
                yield value
    except (ijson.JSONError, UnicodeError) as error:
        raise SourceFailed(f"{asked.url}: the answer is no JSON, or has ended too early ({error}).") from None


class Paged:
    """JSON in pages: each names the next one, or has a number."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all records once."""
        asked = self._asked
        async with Client(asked) as client:
            return await read_linked(_Pages(asked, client), asked.url, asked.limits.pages, known, take)


class _Pages:
    def __init__(self, asked: Asked, client: Client) -> None:
        self._asked, self._client = asked, client
        self._parameter = asked.option("page_parameter")
        self._number = int(asked.option("first_page", 1))
        self.first = self._numbered() if self._parameter else asked.url

    def _numbered(self) -> str:
        return with_parameters(self._asked.url, {str(self._parameter): self._number})

    async def page(self, url: str) -> Page:
        asked = self._asked
        if url == self.first:
            self._number = int(asked.option("first_page", 1))
        got = await ask_json(self._client, url)
        rows = at_path(got.value, asked.text("items"))
        if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
            what = f"at {asked.text('items')!r}" if asked.text("items") else "as a whole"
            raise self._client.failed(url, f"the answer has no list of objects {what}: {shown(got.value)}")
        named = asked.option("key")
        keys = [str(each[named]) if named and each.get(named) is not None else row_key(each) for each in rows]
        records = [Record(f"{url} record {at}", each) for at, each in enumerate(rows, 1)]
        total = at_path(got.value, asked.text("total")) if asked.option("total") else None
        return Page(records, keys, total if isinstance(total, int) else None, None, self._next(url, got.value))

    def _next(self, url: str, value: Any) -> str | None:
        if self._parameter:
            self._number += 1
            return self._numbered()
        link = at_path(value, self._asked.text("next"))
        return bound(urljoin(url, link), self._asked.url) if isinstance(link, str) and link else None


def at_path(value: Any, path: str) -> Any:
    """Return what lies at a dotted path; None if nothing does."""
    for name in filter(None, path.split(".")):
        value = value.get(name) if isinstance(value, dict) else None
    return value
