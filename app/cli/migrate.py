"""`citygraph migrate`. In: settings. Out: a database with the constraints and indexes of the model."""

import asyncio

from app.cli.progress import console, fetching
from app.cli.settings import local_settings
from app.start import boot
from app.start.database import database


def migrate() -> None:
    """Make the constraints and indexes of the model."""
    settings = local_settings()
    with fetching() as fetched, database(settings, fetched) as address:
        done = asyncio.run(boot.prepare(address, settings))
    console.print(f"Ran {done} statements." if done else "Nothing to do: the constraints and indexes are there.")
