"""Pages for browsers. In: trusted documents. Out: the routes of the pages and of their files."""

import os
from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import web
from app.start.trusted import Trusted
from app.web.data import counts, questions
from app.web.forms import forms_json
from app.web.measures import measures_json
from app.web.shell import shell_page, views

SELF = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
COMMON = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "content-security-policy": SELF}
# The style sheet of GraphiQL has its fonts in it. Its dialogs would stop the page from scrolling by a style element of their
# own, which is refused: the page with the editor does not scroll.
EDITOR = COMMON | {"content-security-policy": f"{SELF}; font-src 'self' data:"}
SERVED = (".js", ".css", ".svg", ".graphql")
FIRST = "/explore/start"


class Files(StaticFiles):
    """The files of app/web that browsers may read: scripts, styles and the icon."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Find a file; nothing is found for a file of another kind."""
        return super().lookup_path(path) if path.endswith(SERVED) else ("", None)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file; a browser asks each time whether it has changed."""
        response = await super().get_response(path, scope)
        response.headers.update(COMMON | {"cache-control": "no-cache"})
        return response


def page_routes(trusted: Trusted) -> list[BaseRoute]:
    """Make the routes. A page, or a file of its data, is made when it is first asked for, because that takes a moment."""
    made: dict[str, bytes] = {}
    known = frozenset(views())
    data = {"counts": counts, "measures": measures_json, "model": forms_json, "questions": lambda: questions(trusted)}

    async def made_once(name: str, make: Callable[[], bytes]) -> bytes:
        if name not in made:
            made[name] = await run_in_threadpool(make)
        return made[name]

    async def explorer(request: Request) -> HTMLResponse:
        view = request.path_params["view"] if request.path_params["view"] in known else ""
        shown = await made_once(f"page {view}", lambda: shell_page(view).encode())
        return HTMLResponse(shown, headers=COMMON | {"cache-control": "no-cache"})

    async def first(_: Request) -> RedirectResponse:
        return RedirectResponse(FIRST, headers=COMMON)

    def file(name: str, make: Callable[[], bytes]) -> Route:
        async def answer(_: Request) -> Response:
            told = await made_once(name, make)
            return Response(told, headers=COMMON | {"cache-control": "no-cache"}, media_type="application/json")

        return Route(f"/{name}.json", answer)

    files = [*(file(name, make) for name, make in data.items()), Mount("/", Files(directory=Path(web.__file__).parent))]
    return [
        Route("/", first),
        Route("/explore", first),
        Route("/explore/{view}", explorer),
        Mount("/web", GZipMiddleware(Router(files), minimum_size=1_000)),
    ]
