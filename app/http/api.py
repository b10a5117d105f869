"""The web application. In: a Service, ready to answer. Out: a FastAPI app; nothing happens when this module is read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.routing import Route

from app.http.graphql import GraphQLEndpoint
from app.http.health import health_routes
from app.http.log import RequestLog
from app.settings import Settings
from app.viewers import Viewers
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader
from graph.engine import Engine


@dataclass(frozen=True)
class Service:
    """What the web application serves: an engine over a database, for these viewers."""

    engine: Engine
    address: Address
    viewers: Viewers
    settings: Settings


def web_app(service: Service) -> FastAPI:
    """Make the application; the GraphQL endpoint stands first, before FastAPI's own routing work."""
    settings = service.settings
    driver = open_async_driver(service.address, settings.max_in_flight + 4)
    reader = Reader(driver, service.address.database, settings.statement_seconds)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await reader.close()
        await driver.close()

    app = FastAPI(
        title="citygraph",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json" if settings.local else None,
    )
    endpoint = GraphQLEndpoint(service.engine, reader, service.viewers, settings)
    app.router.routes.insert(0, Route("/graphql", endpoint, methods=None))
    app.include_router(health_routes(reader))
    app.add_middleware(RequestLog)
    return app
