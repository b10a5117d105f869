"""The web application. In: a Service. Out: a FastAPI app with the GraphQL endpoint, WebSocket and health checks."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from fastapi import FastAPI
from starlette.types import Lifespan, Receive, Scope, Send

from app.feeds.schedule import Schedule
from app.http.admission import Admission
from app.http.answering import Answering, Encoded
from app.http.clients import OWN, Clients
from app.http.crowd import MOST_UNREAD, Crowd
from app.http.events import Events
from app.http.every import has_many_parameters, refuse_parameters, refuse_unread, with_headers
from app.http.exports import export_routes
from app.http.faults import fault, is_told
from app.http.figures import FigureRoutes
from app.http.following import Followers
from app.http.graphql import GraphQLEndpoint
from app.http.graphs import NetworkFileRoutes
from app.http.health import health_routes
from app.http.hosts import allowed_hosts
from app.http.log import RequestLog, note
from app.http.mcp import McpEndpoint
from app.http.networks import ServerNetworks
from app.http.pages import page_routes
from app.http.plain import Plain
from app.http.sockets import Sockets, check_fields
from app.http.subscribing import Subscribing
from app.http.turns import Queues, statements
from app.http.viewing import Viewing
from app.start.files import most_connections
from app.start.settings import Bolt, Settings
from app.start.tidying import tidying
from app.start.trusted import Trusted
from app.start.warm import Turn, Warming, warm_in
from app.viewers.audiences import follow
from app.viewers.stored import StoredKeys
from app.viewers.tokens import Viewers
from app.webhooks.one import Means
from app.webhooks.post import Sender
from app.webhooks.sending import LEASE, Webhooks, new_name
from graph.answers.kept import Answers
from graph.answers.look import Look
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.lane.lane import open_lane
from graph.bolt.read import Reader, Sessions
from graph.bolt.write import Writer
from graph.events.cursor import LogCursors
from graph.events.delivery import STATEMENTS, Delivery
from graph.mutations.run import Mutations
from graph.question.engine import Engine
from graph.subscriptions.run import Subscriptions
from graph.webhooks.store import Store
from schema.derived.graphql.build import schema

GRAPHQL_PATH = "/graphql"
WITH_SLASH = "/graphql/"
"""Some clients write it so. They get the same answer, because a redirect would need to trust the header Host."""
SPARE = 7 + STATEMENTS
"""Connections to the database for what the server itself asks: whether it is ready, its audiences, the event log, webhooks."""
LOOK_SECONDS = 5.0
"""Time limit of the queries that read the audiences of the database, a key, and the event log for streams."""


@dataclass(frozen=True)
class Service:
    """What the web application needs: an engine, the address of a database, the viewers, settings and trusted documents.

    Cursors of the event log are made with a secret; without it, they are accepted until the server ends. Of several workers,
    which are counted from 1, the first does what one of them must do: it sends to webhooks and runs feeds.
    """

    engine: Engine
    address: Address
    viewers: Viewers
    settings: Settings
    trusted: Trusted = field(default_factory=Trusted)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    worker: int = 1


class App(FastAPI):
    """A FastAPI app that passes requests for /graphql directly to the endpoint.

    The middleware and the router of FastAPI would add a fifth to the time of a small question.
    """

    def at_once(self, scope: Scope, body: bytes) -> Plain | None:
        """Return the response to a whole request if nothing must be waited for; None if it is to be called."""
        begun, state = time.perf_counter(), self.state
        if scope["path"] != GRAPHQL_PATH or state.answering.draining or not state.hosts.allow(scope["headers"]):
            return None
        try:
            response: Plain | None = state.graphql.app.at_once(scope, body)
        except Exception:
            # The call that follows meets the same fault, and tells the client.
            return None
        if response is not None:
            note(scope, response.status, begun)
        return response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a question over HTTP; leave every other request to FastAPI. Refuse a host that is not allowed."""
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        if scope["path"] == WITH_SLASH:
            scope = {**scope, "path": GRAPHQL_PATH}
        if not self.state.hosts.allow(scope["headers"]):
            await self.state.refused(scope, receive, send)
        elif has_many_parameters(scope) and scope["type"] == "http":
            await self.state.many(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == GRAPHQL_PATH:
            await self.state.graphql(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.state.admission.serve(super().__call__, scope, receive, send)
        else:
            await self._routed(scope, receive, send)

    async def _routed(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, with_headers(send))
        except Exception:
            # The exception of a fault ends here: its client and the log know of it.
            if not is_told(scope):
                raise


def web_app(service: Service, turn: Turn | None = None) -> App:
    """Make the application; it opens the database's driver, and its tasks run while the server runs. It warms in a turn."""
    settings, trusted = service.settings, service.trusted
    check_fields(schema())
    sessions = _sessions(service)
    reader = Reader(sessions, settings.statement_seconds)
    looking = Reader(sessions, LOOK_SECONDS)
    queues, clients = Queues(settings), Clients(settings.proxies)
    viewers = replace(service.viewers, keys=StoredKeys(looking))
    viewing = Viewing(viewers, clients, queues.lookups)
    mutations = Mutations(service.engine, service.secret, learn=viewers.learn)
    writer = Writer(sessions.driver, service.address.database, lane=sessions.lane)
    networks = ServerNetworks(service.address, settings)
    answering = _answering(service, reader, queues, mutations, writer, networks=networks)
    delivery = Delivery(looking)
    followers, cursors = Followers(viewing, delivery), LogCursors(service.secret)
    events = Events(answering, followers, cursors)
    subscriptions = Subscriptions(service.engine, reader, delivery, cursors, settings.max_result)
    subscribing = Subscribing(answering, followers, subscriptions)
    webhooks = _webhooks(service, replace(writer, tries=3, seconds=3.0), delivery, viewers)
    figures, files = FigureRoutes(answering, viewing, networks), NetworkFileRoutes(answering, viewing, networks)
    assistants = McpEndpoint(answering, viewing, trusted, figures)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(sessions)
            stack.callback(queues.close)
            stack.push_async_callback(networks.close)
            stack.push_async_callback(assistants.close)
            # Of several workers, one measures when nobody asks: what measures is a process of its own in each.
            measured = networks if service.worker == 1 else None
            asker = Warming(service.engine, reader, queues.turns(OWN), lambda: answering.under_way > 0, measured)
            app.state.warming = asyncio.create_task(warm_in(turn, asker, viewers, trusted))
            stack.push_async_callback(_cancel, app.state.warming)
            app.state.following = asyncio.create_task(follow(looking, viewers))
            stack.push_async_callback(_cancel, app.state.following)
            stack.push_async_callback(_cancel, asyncio.create_task(_look(looking, answering.answers)))
            delivering = asyncio.create_task(delivery.follow(lambda: answering.draining))
            stack.push_async_callback(_cancel, delivering)
            for task in _of_one_worker(service, webhooks, writer) if service.worker == 1 else ():
                stack.push_async_callback(_cancel, task)
            yield

    app = _app(settings, lifespan)
    app.state.answering = answering
    app.state.hosts = allowed_hosts(settings)
    app.state.graphql = RequestLog(GraphQLEndpoint(answering, viewing, trusted, subscribing))
    app.state.events = events
    app.state.admission = Admission(answering, clients)
    _bounded(app, clients, settings)
    app.include_router(health_routes(answering))
    app.router.routes.extend([*events.routes(), *figures.routes(), *files.routes(), *assistants.routes()])
    app.router.routes.extend(export_routes(answering, clients, app.state.hosts))
    app.include_router(Sockets(schema(), answering, viewing, subscribing))
    app.router.routes.extend(page_routes(trusted))
    app.add_middleware(RequestLog)
    return app


def _sessions(service: Service) -> Sessions:
    """Make what reads. The lane has as many connections as the driver, which has few in use if there is a lane."""
    settings = service.settings
    connections = statements(settings) + SPARE
    driver = open_async_driver(service.address, connections)
    lane = open_lane(service.address, connections) if settings.bolt is Bolt.LANE else None
    return Sessions(driver, service.address.database, lane)


def _bounded(app: App, clients: Clients, settings: Settings) -> None:
    """Give an application what bounds connections and requests; there is room for connections to the database, by either way."""
    most = most_connections(settings, 2 * (statements(settings) + SPARE))
    app.state.clients, app.state.crowd = clients, Crowd(most, settings.share(most), settings.part(MOST_UNREAD))
    app.state.refused = RequestLog(app.state.hosts.refuse)
    app.state.many, app.state.full = RequestLog(refuse_parameters), RequestLog(refuse_unread)


def _of_one_worker(service: Service, webhooks: Webhooks, writer: Writer) -> list[asyncio.Task[None]]:
    """Begin what only one worker of a server does: it sends to webhooks, tidies, and runs feeds."""
    settings = service.settings
    tasks = [asyncio.create_task(webhooks.run()), asyncio.create_task(tidying(writer, settings))]
    if settings.feeds:
        tasks.append(asyncio.create_task(Schedule(replace(writer, tries=3, seconds=3.0)).run()))
    return tasks


def _app(settings: Settings, lifespan: Lifespan[App]) -> App:
    """Make an application without routes."""
    return App(
        title="citygraph",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/openapi.json" if settings.local else None,
        exception_handlers={Exception: fault},
    )


def _answering(
    service: Service,
    reader: Reader,
    queues: Queues,
    mutations: Mutations,
    writer: Writer,
    *,
    networks: ServerNetworks,
) -> Answering:
    """Make what answers questions; it keeps answers until the writer's changes outdate them, if the settings say so."""
    settings = service.settings
    kept = Answers[Encoded](writer.changes, settings.answer_bytes) if settings.answer_bytes else None
    return Answering(service.engine, reader, settings, queues, service.trusted, mutations, writer, networks, kept)


async def _look(reader: Reader, kept: Answers[Encoded] | None) -> None:
    """See what other processes write, if answers are kept."""
    if kept is not None:
        await Look(reader, kept).follow()


def _webhooks(service: Service, writer: Writer, delivery: Delivery, viewers: Viewers) -> Webhooks:
    """Make what sends the events of the log to webhooks."""
    sender = Sender(private=service.settings.webhook_private)
    store = Store(writer, new_name(), LEASE)
    return Webhooks(Means(delivery, store, sender, viewers, service.secret, service.settings.retries))


async def _cancel(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait for its end; raise the error with which it ended before, if any."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
