"""`citygraph up`. In: settings. Out: a running server with its database, which gets the seeds if it was empty."""

import asyncio
from datetime import date
from functools import partial
from typing import Annotated

from rich.markup import escape

from app.cli.progress import bar, console
from app.cli.serve import PORT, WORKERS, given
from app.cli.settings import local_settings
from app.cli.starting import started
from app.cli.welcome import welcome
from app.start import boot
from app.start.logs import set_up_logs
from app.start.port import bound_socket
from app.start.serving import serve
from app.start.settings import Settings
from graph.bolt.connect import Address
from graph.load.run import FileReport
from graph.managed import java, server

SHOWN = 20
"""Most refused rows of a file that are listed."""


def up(
    port: Annotated[int | None, PORT] = None,
    workers: Annotated[int | None, WORKERS] = None,
) -> None:
    """Start everything: Neo4j, constraints and indexes, the seeds if the database is empty, and the server."""
    settings = local_settings(**given(port=port, workers=workers))
    set_up_logs(settings)
    with (
        bound_socket(settings) as socket,
        boot.building(settings) as built,
        started(settings) as address,
    ):
        console.print(f"Neo4j answers at {address.uri}")
        if not settings.neo4j_uri and (warning := java.warning(server.java(), date.today())):
            console.print(f"[yellow]{warning}[/yellow]", soft_wrap=True)
        asyncio.run(_fill(address, settings))
        service = asyncio.run(boot.service(address, settings, built.result()))
        serve(service, socket, partial(welcome, settings, socket.getsockname()[1], service.viewers.token))
    console.print("Stopped.")


async def _fill(address: Address, settings: Settings) -> None:
    """Make constraints and indexes, and load the seeds if they belong here."""
    with console.status("Making constraints and indexes"):
        await boot.prepare(address, settings)
    if await boot.wants_seeds(address):
        await _load_seeds(address, settings)


async def _load_seeds(address: Address, settings: Settings) -> None:
    """Load the seed files that are new or changed, with a progress bar."""
    files = boot.seed_files()
    with bar("Loading seeds", len(files)) as advance:
        reports = await boot.load_files(address, settings, files, lambda report: advance(report.file))
    loaded = [report for report in reports if not report.unchanged]
    if loaded:
        console.print(f"Loaded {sum(report.diff.created for report in loaded):,} facts from {len(loaded)} files")
    _complain(reports)


def _complain(reports: list[FileReport]) -> None:
    for report in reports:
        problems = report.diff.problems
        for problem in problems[:SHOWN]:
            console.print(f"[yellow]not loaded[/yellow] {escape(str(problem))}", highlight=False, soft_wrap=True)
        if len(problems) > SHOWN:
            console.print(f"and {len(problems) - SHOWN:,} more in {report.file}; `citygraph load` lists all of them")
