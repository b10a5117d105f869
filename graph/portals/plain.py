"""Files over HTTP, and pages of JSON by link or by number. In: Asked. Out: records.

A file is streamed to disk, and read from there.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from graph.load.files import UnreadableFile
from graph.load.formats import FileOptions, open_file
from graph.load.formats.open import BINARY
from graph.load.formats.options import WrongOption, file_options
from graph.load.records import Known, Record, SourceFailed, Take, Told
from graph.portals.answers import ask_json, bound, download, shown, with_parameters
from graph.portals.fetch import Client, Wanted
from graph.portals.limits import Asked, BadOptions
from graph.portals.paging import Page, read_linked, row_key
from graph.portals.unpacked import Weighed, too_large

TYPES = {
    "csv": ("csv", "tab-separated", "excel"),
    "json": ("json",),
    "excel": ("spreadsheetml", "excel", "zip"),
    "parquet": ("parquet",),
}
"""Parts of the content types of each kind of file."""
OPTIONS = {
    "csv": ("delimiter", "encoding", "quote", "header"),
    "json": ("items",),
    "excel": ("sheet", "header"),
    "parquet": (),
}
NAMES = {"items": "records"}
"""Options that files on this machine have under another name."""


class File:
    """One file, in CSV, JSON, JSON Lines, Excel or Parquet."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._options = _options(asked)

    async def read(self, known: Known, take: Take) -> Told:
        """Read all its records once, or none if the server says that it has not changed, or if it has not."""
        asked, limits = self._asked, self._asked.limits
        validators = known.validators if known.validators.get("url") == asked.url else {}
        wanted = Wanted(TYPES[asked.kind], limits.file_bytes, limits.file_seconds, known=validators)
        with TemporaryDirectory(prefix="citygraph-") as folder:
            path = Path(folder, "body")
            async with Client(asked) as client:
                answer = await download(client, asked.url, path, wanted)
                if answer.is_unchanged:
                    return Told(unchanged=True, validators=known.validators)
                if not await asyncio.to_thread(lambda: path.stat().st_size):
                    raise client.failed(asked.url, "the body is empty")
                if problem := await asyncio.to_thread(too_large, path, self._options.kind, limits):
                    raise client.failed(asked.url, problem)
            told, broken = await self._records(path, Known(validators), take)
        if incomplete := told.incomplete or broken:
            # Without validators the next run reads it again.
            return Told(incomplete=incomplete)
        validators = {**answer.validators(asked.url), **told.validators, "url": asked.url}
        return Told(unchanged=told.unchanged, validators=validators)

    async def _records(self, path: Path, known: Known, take: Take) -> tuple[Told, str]:
        """Give the records of the file; return also what is wrong with the last one, where an answer may have been cut."""
        last: list[Record] = []
        weighed = Weighed(self._asked.limits)

        async def but_the_last(records: Sequence[Record], position: str | None) -> None:
            if self._options.kind == "parquet" and (problem := weighed.add(records)):
                raise SourceFailed(f"{self._asked.url}: {problem}.")
            given = [*last, *records]
            last[:] = given[-1:]
            if given[:-1]:
                await take(given[:-1], position)

        try:
            told = await open_file(path, self._options, self._asked.url).read(known, but_the_last)
        except UnreadableFile as error:
            said = str(error).replace(str(path), self._asked.url)
            for name, of_files in NAMES.items():
                said = said.replace(f"{of_files}: ", f"{name}: ")
            raise SourceFailed(said) from error
        if last and last[0].problem and self._options.kind not in BINARY:
            return told, f"{last[0].where} {last[0].problem}; the answer may have ended before it was whole"
        if last:
            await take(last, None)
        return told, ""


def _options(asked: Asked) -> FileOptions:
    """Return how the file is read; raise BadOptions."""
    kind = "jsonl" if asked.text("form") == "lines" else asked.kind
    found = {name: asked.option(name) for name in OPTIONS.get(kind, ())}
    given = {NAMES.get(name, name): value for name, value in found.items() if value is not None}
    try:
        return file_options({"kind": kind, **given})
    except WrongOption as wrong:
        accepted = f" Accepted are {', '.join(map(repr, wrong.accepted))}." if wrong.accepted else ""
        raise BadOptions([f"{wrong.option}: {wrong.reason}.{accepted}"]) from wrong


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
