"""`citygraph serve`. In: settings. Out: a server on a database that has data already."""

import asyncio
from typing import Annotated

import typer

from app.cli.progress import fetching
from app.start import boot
from app.start.database import database
from app.start.logs import set_up_logs
from app.start.port import bound_socket
from app.start.serving import serve as serve_on
from app.start.settings import read_settings

WORKERS = typer.Option(min=1, max=64, help="Processes that answer, 1 to 64; by default CITYGRAPH_WORKERS or 1.")


def serve(workers: Annotated[int | None, WORKERS] = None) -> None:
    """Serve a database that has data already, with profile `hardened` unless CITYGRAPH_PROFILE says `local`."""
    settings = read_settings(**({} if workers is None else {"workers": workers}))
    set_up_logs(settings)
    with (
        bound_socket(settings) as socket,
        boot.building(settings) as built,
        fetching() as fetched,
        database(settings, fetched) as address,
    ):
        asyncio.run(boot.prepare(address, settings))
        serve_on(asyncio.run(boot.service(address, settings, built.result())), socket)
