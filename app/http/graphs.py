"""`/export/KIND.ENDING`: networks as files. In: arguments in the address, an Authorization header. Out: what the viewer sees.

The names do not meet those of data sets, which are at `/datasets` and the same for everybody.
"""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.http.answering import Answering
from app.http.exporting import FileResponse
from app.http.figures import made, nothing_for
from app.http.headers import ALWAYS
from app.http.networks import ServerNetworks
from app.http.places import Places
from app.http.viewing import Viewing
from graph.errors import BadUserInput, NotFound, Unavailable

ROOT = "/export"
POLICY = {"content-security-policy": "default-src 'none'; sandbox"}
LONGEST = 500
"""Most characters of an argument."""
SENT, SENT_TO_ONE = 40, 10
"""Files that are sent at the same time, and those of one client. They take room on the disk until they are sent."""


@dataclass(frozen=True)
class NetworkFileRoutes:
    """Answers with networks as files. They are made in the processes that measure, in the turn of the client."""

    answering: Answering
    viewing: Viewing
    networks: ServerNetworks
    sending: Places = field(default_factory=lambda: Places(SENT, SENT_TO_ONE))

    def routes(self) -> list[BaseRoute]:
        """Return the routes, also of a server that only answers trusted documents.

        They are fixed questions with arguments, as figures are, and `/figures/network.json` has the same people and ties.
        """
        return [Route(f"{ROOT}/{{name}}", self.answer)]

    async def answer(self, request: Request) -> Response:
        """Return a file or an error."""
        return await made(request, ROOT, self.answering, self._file)

    async def _file(self, request: Request) -> Response:
        # A start should not wait for what few requests need, and no client for the import.
        clouds = await self.networks.ready()
        for each in ("asked", "formats"):
            await asyncio.to_thread(import_module, f"graph.export.graphs.{each}")
        from graph.export.graphs.asked import KINDS, NetworkFiles
        from graph.export.graphs.formats import FORMATS
        from graph.export.graphs.jobs import File

        name = request.path_params["name"]
        kind, _, ending = name.partition(".")
        if kind not in KINDS or ending not in FORMATS:
            raise NotFound(
                f"There is no such file; there are {' and '.join(KINDS)}, with the endings {', '.join(FORMATS)}."
            )
        asked = dict(request.query_params)
        if len(asked) != len(request.query_params.multi_items()) or any(len(each) > LONGEST for each in asked.values()):
            raise BadUserInput(f"Give each argument once, in at most {LONGEST} characters.")
        viewer, client = await self.viewing.viewer(request.scope, request.headers.get("authorization"))
        with _draft() as path:
            files = NetworkFiles(clouds, viewer.rights, self.answering.settings.synthetic)
            job = files.job(kind, asked, File(ending, path))
            async with self.answering.queues.turns(client).to_measure():
                done = await clouds.workers.do(job, clouds.began)
            if done.data is None:
                raise NotFound(nothing_for(viewer, asked, "export", synthetic=files.synthetic))
            made = await asyncio.to_thread(path.open, "rb")
        headers = {
            **ALWAYS,
            **POLICY,
            "content-type": FORMATS[ending].media,
            "content-disposition": f'attachment; filename="{name}"',
        }
        return FileResponse(made, os.fstat(made.fileno()).st_size, headers, sent=self.sending.place(client))


@contextmanager
def _draft() -> Iterator[Path]:
    """Make a file that only this user may read, and remove it at the end; whoever has opened it can read it to its end."""
    try:
        handle, name = tempfile.mkstemp(prefix="citygraph-network-")
    except OSError as error:
        raise Unavailable("The server has no room to make this file now.") from error
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()
