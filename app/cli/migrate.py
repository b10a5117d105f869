"""`citygraph migrate`. In: settings. Out: a database with the constraints and indexes of the model."""

import asyncio

from app.cli.progress import console
from app.cli.settings import local_settings
from app.cli.starting import started
from app.start import boot


def migrate() -> None:
    """Make the constraints and indexes of the model."""
    settings = local_settings()
    with started(settings) as address:
        done = asyncio.run(boot.prepare(address, settings))
    console.print(f"Ran {done} statements." if done else "Nothing to do: the constraints and indexes are there.")
