"""Public facts as NGSI-LD entities over HTTP. In: requests to /ngsi-ld. Out: entities in pages, one entity, types, the @context.

It is the reading half of the interface of ETSI GS CIM 009 that a harvester needs; the errors are those that it names.
"""

from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.http.exporting import PUBLIC, Shared, answered, document
from app.http.negotiate import accepted
from graph.access.rights import Rights
from graph.errors import BadUserInput, NotFound, PayloadTooLarge, QuestionError, Unavailable
from graph.export import entities
from graph.export.entities import Asked, Found
from graph.export.ngsi import CORE, Entity, context, fact_id, key_values
from graph.question.turns import Pace
from schema.model import Model

FIRST, MOST, MOST_IDS, MOST_OFFSET, MOST_DIGITS = 20, 1_000, 100, 10_000_000, 9
"""Entities of an answer by default and at most; ids that may be asked for; entities that may be left out before the first."""
PARAMETERS = ("type", "id", "limit", "offset", "options", "count")
OPTIONS = ("keyValues", "simplified", "normalized", "count")
JSON, JSON_LD = "application/json", "application/ld+json"
CONTEXT = "/ngsi-ld/context.jsonld"
ROOT = "/ngsi-ld/v1"
ERRORS = "https://uri.etsi.org/ngsi-ld/errors/"
NAMED = {400: "BadRequestData", 404: "ResourceNotFound"}


@dataclass(frozen=True)
class Entities:
    """The NGSI-LD interface of a server. Everybody gets what an anonymous viewer sees."""

    shared: Shared
    model: Model
    rights: Rights = field(default_factory=Rights)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        every = {
            ROOT: self.root,
            f"{ROOT}/types": self.types,
            f"{ROOT}/entities": self.page,
            f"{ROOT}/entities/{{id:path}}": self.one,
            CONTEXT: self.context,
        }
        return [
            Route(path, answered(path, self.shared, endpoint, problem), methods=["GET", "HEAD"])
            for path, endpoint in every.items()
        ]

    async def root(self, request: Request) -> Response:
        """Answer with the addresses of the interface."""
        base = self.shared.base(request)
        named = {each: f"{base}{ROOT}/{each}" for each in ("entities", "types")}
        return document(request, orjson.dumps({**named, "context": base + CONTEXT}), JSON)

    async def context(self, request: Request) -> Response:
        """Answer with what each name of an entity means."""
        made = context(self.model, self.shared.base(request) + CONTEXT)
        return document(request, orjson.dumps(made), JSON_LD)

    async def types(self, request: Request) -> Response:
        """Answer with the types of which there are entities."""
        base = self.shared.base(request)
        async with self._place(request), self.shared.answering.reader.chained() as chain:
            found = await entities.types(chain, self.rights, self.model)
        listed = {"id": f"{base}{ROOT}/types", "type": "EntityTypeList", "typeList": found}
        return self._answer(request, listed)

    async def page(self, request: Request) -> Response:
        """Answer with a page of entities; the header Link leads to the next one."""
        given = _given(request)
        options = _options(given)
        asked = Asked(
            label=self._label(given.get("type")),
            ids=self._ids(given.get("id")),
            first=_number(given, "limit", FIRST, MOST),
            offset=_number(given, "offset", 0, MOST_OFFSET),
            count="count" in options or given.get("count") == "true",
        )
        if asked.label is None and asked.ids is None:
            raise BadUserInput("Give `type` or `id`. /ngsi-ld/v1/types lists the types.")
        found = await self._read(request, asked)
        shown = [key_values(each) for each in found.entities] if _is_simple(options) else found.entities
        more = {} if found.count is None else {"NGSILD-Results-Count": str(found.count)}
        links = self._links(request, asked, given, found)
        return self._answer(request, shown, more, links)

    async def one(self, request: Request) -> Response:
        """Answer with one entity. What is hidden looks like what does not exist."""
        given = _given(request, ("options",))
        id_ = fact_id(request.path_params["id"], self.model)
        found = await self._read(request, Asked(None, (id_,), 1)) if id_ else Found([], None, False)
        if not found.entities:
            raise NotFound("There is no such entity.")
        (shown,) = found.entities
        return self._answer(request, key_values(shown) if _is_simple(_options(given)) else shown)

    async def _read(self, request: Request, asked: Asked) -> Found:
        async with self._place(request), self.shared.answering.reader.chained() as chain:
            return await entities.read(chain, self.rights, self.model, asked)

    def _place(self, request: Request) -> Any:
        asking = self.shared.asking(request)
        return self.shared.answering.queues.turns(asking.client).at_database(Pace())

    def _label(self, given: str | None) -> str | None:
        """Return the label of a type, which may be given as the address that the @context gives it."""
        if given is None:
            return None
        label = given.rpartition("#")[2]
        if label not in self.model.concepts:
            raise BadUserInput(f"`type` is {given[:100]!r}; accepted is one of {', '.join(self.model.concepts)}."[:300])
        return label

    def _ids(self, given: str | None) -> tuple[str, ...] | None:
        if given is None:
            return None
        asked = given.split(",")
        if len(asked) > MOST_IDS:
            raise BadUserInput(f"`id` has {len(asked)} ids; accepted are at most {MOST_IDS}.")
        return tuple(id_ for each in asked if (id_ := fact_id(each, self.model)))

    def _links(self, request: Request, asked: Asked, given: dict[str, str], found: Found) -> list[str]:
        media, path = _media(request), f"{self.shared.base(request)}{ROOT}/entities"
        places = {"prev": max(0, asked.offset - asked.first)} if asked.offset else {}
        places |= {"next": asked.offset + asked.first} if found.more else {}
        others = {name: value for name, value in given.items() if name not in ("offset", "limit")}
        return [
            f'<{path}?{urlencode({**others, "limit": asked.first, "offset": offset})}>; rel="{rel}"; type="{media}"'
            for rel, offset in places.items()
        ]

    def _answer(
        self, request: Request, shown: Any, more: dict[str, str] | None = None, links: list[str] | None = None
    ) -> Response:
        """Write an answer: with the @context in it, or with a link to it, as the client accepts."""
        media, address = _media(request), self.shared.base(request) + CONTEXT
        every = list(links or ())
        if media == JSON:
            every.append(f'<{address}>; rel="http://www.w3.org/ns/json-ld#context"; type="{JSON_LD}"')
        else:
            with_context = partial(_with_context, address)
            shown = [with_context(each) for each in shown] if isinstance(shown, list) else with_context(shown)
        body, most = orjson.dumps(shown), self.shared.answering.settings.max_result
        if len(body) > most:
            raise PayloadTooLarge(f"The answer has {len(body):,} bytes; at most {most:,} are allowed. Ask for fewer.")
        headers = {**(more or {}), **({"link": ", ".join(every)} if every else {})}
        return document(request, body, media, more=headers)


def problem(error: QuestionError) -> Response:
    """Return an error in the form that NGSI-LD has for errors."""
    kind = NAMED.get(error.status, "InternalError")
    again = {"retry-after": "1"} if isinstance(error, Unavailable) else {}
    body = {"type": ERRORS + kind, "title": kind, "detail": error.message, "status": error.status}
    headers = {**PUBLIC, "cache-control": "no-store", **again}
    return Response(orjson.dumps(body), error.status, headers, "application/problem+json")


def _with_context(address: str, entity: Entity) -> Entity:
    return {"@context": [address, CORE], **entity}


def _media(request: Request) -> str:
    """Return the form that the client prefers; JSON unless it asks for JSON-LD."""
    for name, _ in accepted(request.headers.get("accept")):
        if name in (JSON, JSON_LD):
            return name
    return JSON


def _given(request: Request, accepts: tuple[str, ...] = PARAMETERS) -> dict[str, str]:
    given = dict(request.query_params)
    if unknown := sorted(set(given) - {*accepts}):
        raise BadUserInput(f"{unknown[0][:50]} is not accepted here; accepted are {', '.join(accepts)}.")
    return given


def _options(given: dict[str, str]) -> set[str]:
    options = {option for option in given.get("options", "").split(",") if option}
    if unknown := sorted(options - {*OPTIONS}):
        raise BadUserInput(f"`options` has {unknown[0][:50]!r}; accepted are {', '.join(OPTIONS)}.")
    return options


def _is_simple(options: set[str]) -> bool:
    return bool(options & {"keyValues", "simplified"})


def _number(given: dict[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name, str(default))
    least = 0 if name == "offset" else 1
    if not (text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS and least <= int(text) <= most):
        raise BadUserInput(f"`{name}` is {text[:20]!r}; accepted is a number from {least} to {most:,}.")
    return int(text)
