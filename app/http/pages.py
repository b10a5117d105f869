"""Pages for browsers. In: trusted documents. Out: the routes of the pages and of their files."""

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from app import web
from app.http.files import Folder, Packed
from app.start.trusted import Trusted
from app.web.data import counts, questions
from app.web.forms import forms_json
from app.web.measures import measures_json
from app.web.shell import STYLES, shell_page, styles, views

# A page makes a picture that only it has, such as that of a lesson, into a PNG: it shows it to itself from a `blob:` address.
SELF = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
COMMON = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "content-security-policy": SELF}
# The style sheet of GraphiQL has its fonts in it. Its dialogs would stop the page from scrolling by a style element of their
# own, which is refused: the page with the editor does not scroll.
EDITOR = COMMON | {"content-security-policy": f"{SELF}; font-src 'self' data:"}
SERVED = (".js", ".css", ".svg", ".graphql")
FIRST = "/explore/start"
# A browser asks each time whether a file has changed.
ASKED = COMMON | {"cache-control": "no-cache"}


def page_routes(trusted: Trusted) -> list[BaseRoute]:
    """Make the routes. A page, or a file of its data, is made when it is first asked for, because that takes a moment."""
    made: dict[str, Packed] = {}
    known = frozenset(views())
    files = Folder.of(Path(web.__file__).parent, SERVED)

    async def made_once(name: str, make: Callable[[], bytes]) -> Packed:
        if name not in made:
            made[name] = Packed.of(name, await run_in_threadpool(make))
        return made[name]

    async def explorer(request: Request) -> Response:
        view = request.path_params["view"] if request.path_params["view"] in known else ""
        shown = await made_once(f"explore-{view}.html", lambda: shell_page(view).encode())
        return shown.response(request, ASKED)

    async def served(request: Request) -> Response:
        found = files.file(request.path_params["path"])
        if found is None:
            raise HTTPException(404)
        return found.response(request, ASKED)

    async def first(_: Request) -> RedirectResponse:
        return RedirectResponse(FIRST, headers=COMMON)

    def file(name: str, make: Callable[[], bytes]) -> Route:
        async def answer(request: Request) -> Response:
            return (await made_once(name, make)).response(request, ASKED)

        return Route(f"/web/{name}", answer)

    data: dict[str, Callable[[], bytes]] = {
        "counts.json": counts,
        "measures.json": measures_json,
        "model.json": forms_json,
        "questions.json": lambda: questions(trusted),
        STYLES: styles,
    }
    return [
        Route("/", first),
        Route("/explore", first),
        Route("/explore/{view}", explorer),
        *(file(name, make) for name, make in data.items()),
        Route("/web/{path:path}", served),
    ]
