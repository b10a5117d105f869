"""`citygraph serve`. In: settings. Out: a server on a database that has data already."""

import asyncio
from typing import Annotated

import typer

from app.cli.starting import started
from app.start import boot
from app.start.logs import set_up_logs
from app.start.port import bound_socket
from app.start.serving import serve as serve_on
from app.start.settings import read_settings

PORT = typer.Option(min=0, max=65535, help="Port on which the server listens, 0 for a free one; by default 8000.")
WORKERS = typer.Option(min=1, max=64, help="Processes that answer, 1 to 64; by default CITYGRAPH_WORKERS or 1.")


def serve(port: Annotated[int | None, PORT] = None, workers: Annotated[int | None, WORKERS] = None) -> None:
    """Serve a database that has data already, with profile `hardened` unless CITYGRAPH_PROFILE says `local`."""
    settings = read_settings(**given(port=port, workers=workers))
    set_up_logs(settings)
    with (
        bound_socket(settings) as socket,
        boot.building(settings) as built,
        started(settings) as address,
    ):
        asyncio.run(boot.prepare(address, settings))
        serve_on(asyncio.run(boot.service(address, settings, built.result())), socket)


def given(**options: object) -> dict[str, object]:
    """Return the options that were given; the settings decide on the others."""
    return {name: value for name, value in options.items() if value is not None}
