"""The event log over HTTP. In: requests to /events. Out: a JSON feed with a cursor, an Atom feed for a city, a stream.

Each shows what its viewer may see at that moment. The viewer is read from the header Authorization, as for questions.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.http.answering import Answering, refusal
from app.http.atom import MEDIA, atom
from app.http.clients import Client
from app.http.following import Follower, Followers
from app.http.headers import ALWAYS
from app.http.log import LOGGED
from app.http.stream import Feed, Stream
from app.http.viewing import Viewing
from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.errors import BadUserInput, QuestionError, Unauthenticated, Unavailable
from graph.events.cursor import LogCursors, Position
from graph.events.delivery import Delivery
from graph.events.read import Page, Wanted, head, read, read_latest, require_near
from graph.question.turns import Pace
from schema.model import model

FIRST, MOST = 20, 100
"""Events of a page of the JSON feed: by default, and at most."""
MOST_DIGITS = 9
"""Digits from which on a number is not read."""
ENTRIES = 50
"""Entries of an Atom feed."""
KEPT = 200
"""Atom feeds that are kept until the log grows."""
NOW = "now"
"""A cursor that stands for the end of the log."""
CITY = "city/"
PARAMETERS = ("after", "first", "city", "type", "synthetic")


@dataclass(frozen=True)
class Asked:
    """Who asks for events, and for which."""

    rights: Rights
    name: str | None
    client: Client
    wanted: Wanted


@dataclass
class Events:
    """The feeds of a server."""

    answering: Answering
    followers: Followers
    cursors: LogCursors
    _feeds: OrderedDict[tuple[Rights, Wanted], tuple[Position, bytes]] = field(default_factory=OrderedDict, init=False)

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        every: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "/events": self.feed,
            "/events/stream": self.stream,
            "/events/{city:path}.atom": self.atom,
        }
        return [Route(path, _answered(path, endpoint), methods=["GET"]) for path, endpoint in every.items()]

    @property
    def viewing(self) -> Viewing:
        """What builds the viewers of requests."""
        return self.followers.viewing

    @property
    def delivery(self) -> Delivery:
        """What reads the log for streams."""
        return self.followers.delivery

    @property
    def reader(self) -> Reader:
        """What reads the log for requests."""
        return self.answering.reader

    async def feed(self, request: Request) -> Response:
        """Answer with a page of events, the oldest first, and the cursor after them."""
        asked, first = await self._asked(request), _first(request.query_params.get("first"))
        after = request.query_params.get("after")
        async with self.answering.queues.turns(asked.client).at_database(Pace()):
            await require_near(self.reader, asked.rights, asked.wanted)
            if after == NOW:
                page = Page((), await head(self.reader))
            else:
                start = Position() if after is None else self.cursors.open(after, asked.name)
                page = await read(self.reader, asked.rights, start, first, asked.wanted)
        cursor = self.cursors.seal(page.position, asked.name)
        shown = {"events": [event.shown() for event in page.events], "cursor": cursor}
        return Response(orjson.dumps(shown), headers=ALWAYS, media_type="application/json; charset=utf-8")

    async def atom(self, request: Request) -> Response:
        """Answer with the latest events near a city, as an Atom feed."""
        asked = await self._asked(request, city=request.path_params["city"])
        key = asked.rights, asked.wanted
        async with self.answering.queues.turns(asked.client).at_database(Pace()):
            kept, end = self._feeds.get(key), await head(self.reader)
            if kept is None or kept[0] != end:
                await require_near(self.reader, asked.rights, asked.wanted)
                events = await read_latest(self.reader, asked.rights, ENTRIES, asked.wanted)
                kept = self._feeds[key] = end, atom(asked.wanted.near or "", events)
        self._feeds.move_to_end(key)
        while len(self._feeds) > KEPT:
            self._feeds.popitem(last=False)
        return Response(kept[1], headers=ALWAYS, media_type=MEDIA)

    async def stream(self, request: Request) -> Response:
        """Answer with a stream of server-sent events, which goes on after the one that `Last-Event-ID` names."""
        asked = await self._asked(request)
        after = request.headers.get("last-event-id") or request.query_params.get("after", NOW)
        async with self.answering.queues.turns(asked.client).at_database(Pace()):
            await require_near(self.reader, asked.rights, asked.wanted)
            start = await head(self.reader) if after == NOW else self.cursors.open(after, asked.name)
        authorization = request.headers.get("authorization")

        async def page(after: Position) -> Page:
            rights = await self.followers.rights(request.scope, authorization)
            return await self.delivery.read(rights, after, asked.wanted)

        feed = Feed(self.delivery, Follower(start, page), lambda at: self.cursors.seal(at, asked.name))
        address = self.viewing.clients.address(request.scope)
        return Stream(self.answering.queues.connections, address, feed.chunks, self.delivery.ending)

    async def _asked(self, request: Request, city: str | None = None) -> Asked:
        given, authorization = request.query_params, request.headers.get("authorization")
        if unknown := sorted(set(given) - {*PARAMETERS}):
            raise BadUserInput(f"{unknown[0]} is not accepted here; accepted are {', '.join(PARAMETERS)}.")
        viewer, client = await self.viewing.viewer(request.scope, authorization)
        synthetic = _truth(given.get("synthetic"), default=self.answering.settings.synthetic)
        wanted = Wanted(_known(given.get("type")), _city(city or given.get("city")), synthetic)
        return Asked(viewer.rights, viewer.actor, client, wanted)


def _answered(
    path: str, endpoint: Callable[[Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    """Turn errors into responses of the form that GraphQL has, and keep the id in a path out of the log of requests."""

    async def answered(request: Request) -> Response:
        request.scope[LOGGED] = path
        try:
            return await endpoint(request)
        except QuestionError as error:
            return refused(error)

    return answered


def refused(error: QuestionError) -> Response:
    """Return an error as a response."""
    more = {"www-authenticate": "Bearer"} if isinstance(error, Unauthenticated) else {}
    again = {"retry-after": "1"} if isinstance(error, Unavailable) else {}
    return Response(refusal(error).body, error.status, {**ALWAYS, **more, **again}, "application/json; charset=utf-8")


def _first(given: str | None) -> int:
    if given is None:
        return FIRST
    if not (given.isascii() and given.isdecimal() and len(given) < MOST_DIGITS and 1 <= int(given) <= MOST):
        raise BadUserInput(f"`first` is {given[:40]!r}; accepted is a number from 1 to {MOST}.")
    return int(given)


def _truth(given: str | None, *, default: bool) -> bool:
    if given is None:
        return default
    if given not in ("true", "false"):
        raise BadUserInput(f"`synthetic` is {given!r}; accepted are true and false.")
    return given == "true"


def _known(given: str | None) -> str | None:
    """Return a label or a type; refuse one that is not in the model."""
    types = {spec.type for spec in model().relationships.values()}
    if given is not None and given not in types and given not in model().concepts:
        raise BadUserInput(f"`type` is {given!r}; accepted are labels such as Visit and types such as HOSTED_BY.")
    return given


def _city(given: str | None) -> str | None:
    """Return the id of a city, which may be given without its prefix."""
    return given if given is None or given.startswith(CITY) else CITY + given
