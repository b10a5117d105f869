"""The catalogue and its files over HTTP. In: requests to /catalog and /datasets. Out: DCAT-AP, CSV, JSON Lines and Parquet."""

import os
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.http.exporting import PUBLIC, Asking, FileResponse, Shared, Version, answered, document
from app.http.negotiate import accepted, takes_gzip
from graph.errors import BadUserInput, NotFound
from graph.export.datasets import Dataset, datasets
from graph.export.dcat import JSON_LD, TURTLE, Published, catalogue, description
from graph.export.formats import MEDIA
from graph.export.publish import GZIP, Publisher
from graph.export.store import Entry

ENDINGS = {"jsonld": JSON_LD, "ttl": TURTLE}
KEPT = 16
"""Catalogues that are kept in memory, in each form and for each address under which the server is reached."""


class NotAcceptable(BadUserInput):
    """The client accepts none of the forms that there are."""

    status = 406


@dataclass(frozen=True)
class ServerAddresses:
    """Where a server has things."""

    base: str

    @property
    def catalogue(self) -> str:
        """Address of the catalogue."""
        return f"{self.base}/catalog"

    @property
    def entities(self) -> str:
        """Address of the NGSI-LD interface."""
        return f"{self.base}/ngsi-ld/v1"

    def dataset(self, dataset: Dataset) -> str:
        """Return the address of a data set."""
        return f"{self.base}/datasets/{dataset.name}"

    def distribution(self, dataset: Dataset, format_: str) -> str:
        """Return the address that names a data set in one format."""
        return f"{self.dataset(dataset)}#{format_}"

    def file(self, dataset: Dataset, format_: str) -> str:
        """Return the address of a file."""
        return f"{self.dataset(dataset)}.{format_}"


@dataclass
class Catalogue:
    """The catalogue of a server."""

    shared: Shared
    publisher: Publisher
    _written: OrderedDict[tuple[object, ...], bytes] = field(default_factory=OrderedDict, init=False)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        every = {
            "/catalog": self.catalogue,
            "/catalog.{ending}": self.catalogue,
            "/datasets/{name}.{format}": self.file,
            "/datasets/{name}": self.dataset,
        }
        return [
            Route(path, answered(path, self.shared, endpoint), methods=["GET", "HEAD"])
            for path, endpoint in every.items()
        ]

    async def catalogue(self, request: Request) -> Response:
        """Answer with the whole catalogue."""
        media, base = _media(request), self.shared.base(request)
        wanted = list(datasets(self.publisher.model).values())
        asking = self.shared.asking(request)
        entries = await self.publisher.entries(wanted, asking, former=True)
        published = self._published(base, list(zip(wanted, entries, strict=True)))
        body = await self._document(published, media, asking, whole=True)
        return document(request, body, media, published.modified)

    async def dataset(self, request: Request) -> Response:
        """Answer with what the catalogue says of one data set."""
        dataset, base = self._named(request), self.shared.base(request)
        media = _media(request)
        asking = self.shared.asking(request)
        entry = await self.publisher.entry(dataset, asking)
        published = self._published(base, [(dataset, entry)])
        body = await self._document(published, media, asking, whole=False)
        return document(request, body, media, published.modified)

    async def file(self, request: Request) -> Response:
        """Answer with a file of a data set, compressed if the client takes that."""
        dataset, format_ = self._named(request), request.path_params["format"]
        if format_ not in MEDIA:
            raise NotFound(f"There is no format {format_[:20]!r}; there are {', '.join(MEDIA)}.")
        asking = self.shared.asking(request)
        packed = takes_gzip(request.headers.get("accept-encoding")) and format_ != "parquet"
        ending = format_ + (GZIP if packed else "")
        media = MEDIA[format_] + ("; charset=utf-8" if format_ != "parquet" else "")
        headers = {
            **PUBLIC,
            "content-type": media,
            "content-disposition": f'inline; filename="{dataset.name}.{format_}"',
        }
        entry = await self.publisher.entry(dataset, asking)
        if (version := _version(entry, ending)).is_held(request.headers):
            return Response(status_code=304, headers={**PUBLIC, **version.headers()})
        entry, file = await self.publisher.file(dataset, ending, asking)
        headers |= _version(entry, ending).headers() | ({"content-encoding": "gzip"} if packed else {})
        sent = self.shared.sending.place(asking.client)
        return FileResponse(file, os.fstat(file.fileno()).st_size, headers, sent=sent)

    def _named(self, request: Request) -> Dataset:
        name = request.path_params["name"]
        found = datasets(self.publisher.model).get(name)
        if found is None:
            raise NotFound(f"There is no data set {name[:100]!r}. /catalog lists those that there are.")
        return found

    def _published(self, base: str, entries: list[tuple[Dataset, Entry]]) -> Published:
        return Published(entries, ServerAddresses(base), self.shared.answering.settings.publisher)

    async def _document(self, published: Published, media: str, asking: Asking, *, whole: bool) -> bytes:
        """Write a document in the turn of who asks, or take the one that was written last of the same entries.

        Who asks chooses the port in its addresses. So many ports cost him his turns, and not those in which files are made.
        """
        seen = tuple((entry.name, entry.digest, entry.modified, entry.terms) for _, entry in published.entries)
        key = published.addresses.catalogue, media, whole, seen
        if key not in self._written:
            write = catalogue if whole else description
            self._written[key] = await asking.write(partial(write, published, media))
        self._written.move_to_end(key)
        while len(self._written) > KEPT:
            self._written.popitem(last=False)
        return self._written[key]


def _version(entry: Entry, ending: str) -> Version:
    return Version(f"{entry.digest}.{ending}", entry.modified)


def _media(request: Request) -> str:
    """Return the form that is asked for, by the end of the path or else by the header Accept."""
    ending = request.path_params.get("ending")
    if ending is not None:
        if ending not in ENDINGS:
            raise NotFound("There is no such form of the catalogue; there are /catalog.jsonld and /catalog.ttl.")
        return ENDINGS[ending]
    for name, _ in accepted(request.headers.get("accept")):
        if name in (TURTLE, "text/*"):
            return TURTLE
        if name in (JSON_LD, "application/json", "application/*", "*/*", "text/html"):
            return JSON_LD
    raise NotAcceptable(f"Accepted are {JSON_LD} and {TURTLE}.")
