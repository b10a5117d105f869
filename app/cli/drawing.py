"""What `figure` and `network` share. In: arguments as in an address, a job. Out: the job done, a file that is whole."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.settings import local_settings
from app.cli.starting import started
from app.start.secrets import local_token
from app.start.settings import Settings, SettingsError
from app.viewers.tokens import Viewers
from graph.access.rights import Rights
from graph.bolt.connect import Address
from graph.bolt.write import open_writer
from graph.cypher.facts import READ_AUDIENCES
from graph.errors import QuestionError
from graph.measures.clouds import Clouds
from graph.measures.worker import Done, Job
from graph.measures.workers import Workers
from schema.model import model

JobOf = Callable[[Clouds, Rights, bool], Job]
"""Makes a job for a viewer with these rights; the flag is the setting CITYGRAPH_SYNTHETIC."""


def arguments_of(given: list[str] | None) -> dict[str, str]:
    """Read arguments such as `city=city/us-wa-seattle`. Raise SettingsError."""
    asked = {"synthetic": "true"}
    for each in given or []:
        name, equals, value = each.partition("=")
        if not equals:
            raise SettingsError(f"{each} is no argument; one looks like city=city/us-wa-seattle.")
        asked[name] = value
    return asked


def done_for(job_of: JobOf, *, steward: bool) -> Done:
    """Do a job for the local steward or for everybody, in a process of its own. Raise SettingsError if it is refused."""
    settings = local_settings()

    async def work(address: Address) -> Done:
        workers = Workers(address, settings.measure_seconds)
        clouds = Clouds(model(), workers)
        rights = await _rights(settings, address, steward=steward)
        try:
            return await workers.do(job_of(clouds, rights, settings.synthetic), clouds.began)
        finally:
            await workers.close()

    try:
        with started(settings) as address:
            return asyncio.run(work(address))
    except QuestionError as error:
        raise SettingsError(error.message) from error


async def _rights(settings: Settings, address: Address, *, steward: bool) -> Rights:
    """Return what the local steward sees, or what everybody sees."""
    if not steward:
        return Rights()
    async with open_writer(address) as writer:
        audiences = tuple((await writer.read(READ_AUDIENCES))[0]["audiences"])
    return Viewers(local_token(settings), audiences).local().rights


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """Yield a draft beside a file, which replaces it at the end of the block; if the block fails, what is there stays.

    Raise SettingsError if the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}-", suffix=".draft", dir=out.resolve().parent)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}.") from error
    umask = os.umask(0)
    os.umask(umask)
    os.fchmod(handle, 0o666 & ~umask)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(out)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
