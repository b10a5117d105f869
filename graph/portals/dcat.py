"""DCAT catalogues in JSON-LD, Turtle, RDF/XML or N-Triples, with Hydra paging. In: Asked. Out: a record for each data set.

Contexts of JSON-LD that lie elsewhere are not loaded.
"""

import asyncio
from urllib.parse import urljoin, urlsplit

from graph.load.records import Known, Record, Take, Told
from graph.portals.answers import bound
from graph.portals.fetch import Client, Wanted, memory
from graph.portals.limits import Asked
from graph.portals.paging import Page, read_linked, row_key
from graph.portals.rdf import Listed, format_of, listed

TYPES = ("json", "turtle", "rdf", "xml", "n-triples", "text/n3")
MEDIA = {
    "jsonld": "application/ld+json", "turtle": "text/turtle", "rdfxml": "application/rdf+xml",
    "ntriples": "application/n-triples",
}  # fmt: skip
ACCEPT = "application/ld+json, text/turtle;q=0.9, application/rdf+xml;q=0.8, application/n-triples;q=0.7, */*;q=0.1"


class Catalogue:
    """One catalogue. `url` is its first page."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all data sets once. A catalogue of a single page may say that it has not changed."""
        asked = self._asked
        async with Client(asked) as client:
            validators = known.validators if known.validators.get("url") == asked.url else {}
            pages = _Pages(asked, client, validators)
            if await pages.is_unchanged():
                return Told(unchanged=True, validators=known.validators)
            told = await read_linked(pages, asked.url, asked.limits.pages, known, take)
        single = pages.validators if pages.count == 1 and not told.incomplete else {}
        return Told(told.total, told.incomplete, licence=pages.licence, validators=single)


class _Pages:
    def __init__(self, asked: Asked, client: Client, validators: "dict[str, str] | object") -> None:
        self.first = asked.url
        self.licence: str | None = None
        self.validators: dict[str, str] = {}
        self.count = 0
        self._asked, self._client = asked, client
        self._known = validators if isinstance(validators, dict) else {}
        self._held: Listed | None = None

    async def is_unchanged(self) -> bool:
        """Ask for the first page, with the validators of the last reading; keep what comes."""
        self._held = await self._ask(self.first, self._known)
        return self._held is None

    async def page(self, url: str) -> Page:
        found = self._held if url == self.first and self._held is not None else await self._ask(url, {})
        self._held = None
        if found is None:
            raise self._client.failed(url, "the server says that nothing has changed, which was not asked")
        self.count = 1 if url == self.first else self.count + 1
        self.licence = found.licence or self.licence
        keys = [str(each.get("uri") or each.get("identifier") or row_key(each)) for each in found.datasets]
        records = [Record(f"{url} {key}", each) for key, each in zip(keys, found.datasets, strict=True)]
        link = None if found.link is None else bound(urljoin(url, found.link), self._asked.url)
        return Page(records, keys, found.total, None, link)

    async def _ask(self, url: str, known: dict[str, str]) -> Listed | None:
        asked, client, limits = self._asked, self._client, self._client.limits
        sink = memory()
        accept = MEDIA.get(asked.text("format"), ACCEPT)
        answer = await client.get(url, sink, Wanted(TYPES, limits.page_bytes, limits.seconds, accept, known))
        if answer.is_unchanged:
            return None
        if url == self.first:
            self.validators = answer.validators(url)
        sink.seek(0)
        body = sink.read()
        kind = answer.headers.get("content-type", "")
        form = format_of(kind, urlsplit(url).path, asked.option("format"))
        if form is None:
            raise client.failed(url, f"the format of the answer is not known from its type {kind!r}; `format` says it")
        languages = tuple(asked.text("languages", "en").replace(",", " ").lower().split())
        if not body.strip():
            raise client.failed(url, "the body is empty, which no catalogue is")
        try:
            return await asyncio.to_thread(listed, body, form, url, languages)
        except (ValueError, SyntaxError) as error:
            seen = repr(body[:120].decode("utf-8", "replace"))
            raise client.failed(url, f"the answer cannot be read as {form} ({error}). It begins with: {seen}") from None
