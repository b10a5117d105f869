"""`/figures/KIND.svg` and `.png`. In: arguments in the address, an Authorization header. Out: what the viewer sees, drawn."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.http.answering import Answering
from app.http.clients import Client
from app.http.events import refused
from app.http.graphql import until_gone
from app.http.headers import ALWAYS
from app.http.log import LOGGED
from app.http.networks import ServerNetworks
from app.http.viewing import Viewing
from graph.access.viewer import Viewer
from graph.errors import BadUserInput, NotFound, QuestionError, Unavailable

ROOT = "/figures"
TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png", "json": "application/json"}
POLICY = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""A figure needs nothing from anywhere."""
LONGEST = 2_000
"""Most characters of an argument, such as the ids of some people."""


@dataclass(frozen=True)
class FigureRoutes:
    """Answers with figures. They are made in the processes that measure, in the turn of the client."""

    answering: Answering
    viewing: Viewing
    networks: ServerNetworks

    def routes(self) -> list[BaseRoute]:
        """Return the routes. Figures are fixed questions with arguments, as trusted documents are."""
        return [Route(f"{ROOT}/{{name}}", self.answer)]

    async def answer(self, request: Request) -> Response:
        """Return a figure or an error."""
        return await made(request, ROOT, self.answering, self._figure)

    async def _figure(self, request: Request) -> Response:
        await self.networks.ready()  # imports what follows
        from graph.measures.figured import FORMATS

        kind, _, suffix = request.path_params["name"].partition(".")
        if suffix not in FORMATS.get(kind, ()):
            every = ", ".join(f"{each}.{ending}" for each, endings in FORMATS.items() for ending in endings)
            raise NotFound(f"There is no such figure; there are {every}.")
        asked = dict(request.query_params)
        if len(asked) != len(request.query_params.multi_items()) or any(len(each) > LONGEST for each in asked.values()):
            raise BadUserInput(f"Give each argument once, in at most {LONGEST} characters.")
        viewer, client = await self.viewing.viewer(request.scope, request.headers.get("authorization"))
        drawn = await self.drawn(kind, asked, viewer, client, as_png=suffix == "png")
        return Response(drawn, headers=ALWAYS | POLICY, media_type=TYPES[suffix])

    async def drawn(
        self, kind: str, asked: Mapping[str, str], viewer: Viewer, client: Client, *, as_png: bool
    ) -> bytes:
        """Draw a figure of what a viewer sees, in the turn of a client. Raise QuestionError, NotFound if there is nothing."""
        clouds = await self.networks.ready()
        from graph.measures.figured import Figures

        job = Figures(clouds, viewer.rights, self.answering.settings.synthetic).job(kind, asked, as_png=as_png)
        async with self.answering.queues.turns(client).to_measure():
            done = await clouds.workers.do(job, clouds.began)
        if done.data is None:
            raise NotFound(nothing_for(viewer, asked, "draw", synthetic=self.answering.settings.synthetic))
        drawn: bytes = done.data
        return drawn


def nothing_for(viewer: Viewer, asked: Mapping[str, str], to: str, *, synthetic: bool) -> str:
    """Say that there is nothing for a viewer, and what is accepted; `synthetic` is the default of that argument."""
    from graph.measures.figured import nothing, with_synthetic

    says = nothing(asked, to, "you", synthetic=with_synthetic(asked, synthetic))
    if viewer.actor is None:
        says += " Without a token you see what everybody sees."
    return says


async def made(
    request: Request, root: str, answering: Answering, making: Callable[[Request], Coroutine[Any, Any, Response]]
) -> Response:
    """Return what is made for a request, or an error. If the client leaves, the making ends; the log has the root alone."""
    request.scope[LOGGED] = root
    try:
        if answering.draining:
            raise Unavailable("The server is about to stop. Ask again in a moment.")
        with answering.busy():
            return await until_gone(request.receive, making(request)) or Response(status_code=499)
    except QuestionError as error:
        return refused(error)
