"""Start-up, one function for each step. In: settings and an address. Out: a filled database and a Service."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.http.api import Service
from app.start.database import key_secret, unless_it_fails
from app.start.disk import Disk
from app.start.secrets import local_token
from app.start.settings import Settings, SettingsError
from app.start.trusted import Trusted, page_documents, trusted_documents, trusted_folder
from app.viewers.tokens import Viewers
from graph.bolt.connect import Address, DatabaseUnavailable
from graph.bolt.write import open_writer
from graph.cypher.facts import ANY_FACT, READ_AUDIENCES
from graph.cypher.loads import RECORDS
from graph.facts.migrate import migrate
from graph.facts.write import Stamp, now
from graph.load.run import FileReport, load, preview_files
from graph.question.cursor import Cursors
from graph.question.decode.native import installed
from graph.question.document.read import read
from graph.question.engine import Engine
from schema.derived.graphql.build import core, schema
from schema.model import model
from seeds import QUESTIONS, ROWS

LEARN_SECONDS = 3.0
"""Seconds in which the database must tell its audiences to a worker that replaces another one."""


def seed_files() -> list[Path]:
    """List the files of the seeds in the order of loading."""
    return sorted(ROWS.glob("*.jsonl"))


async def prepare(address: Address, settings: Settings) -> int:
    """Make constraints and indexes; return how many statements that took."""

    async def work() -> int:
        async with open_writer(address) as writer:
            return await migrate(writer, model(), key_secret(settings))

    return await unless_it_fails(settings, work())


async def load_files(
    address: Address, settings: Settings, paths: list[Path], progress: Callable[[FileReport], None]
) -> list[FileReport]:
    """Load files into a prepared database; what the managed server has loaded is noted, see `citygraph db reset`."""
    disk, by_name = Disk(settings), {path.name: path for path in paths}

    def report(loaded: FileReport) -> None:
        disk.note([by_name[loaded.file]])
        progress(loaded)

    async def work() -> list[FileReport]:
        async with open_writer(address) as writer:
            stamp = Stamp(key_secret(settings), now())
            return await load(paths, writer, model(), stamp, report, room=disk.require)

    return await unless_it_fails(settings, work(), disk.nearly_full)


async def try_files(
    address: Address, settings: Settings, paths: list[Path], progress: Callable[[FileReport], None]
) -> None:
    """Tell what loading files would change now. Each is taken by itself, so a row needs what the database has already."""

    async def work() -> None:
        async with open_writer(address) as writer:
            stamp = Stamp(key_secret(settings), now())
            await preview_files(paths, writer, model(), stamp, progress)

    await unless_it_fails(settings, work())


async def wants_seeds(address: Address) -> bool:
    """Whether the seeds belong here: the database has no fact, or it has some of the files of the seeds already."""
    seeds = {path.name for path in seed_files()}
    async with open_writer(address) as writer:
        files = {record["file"] for record in await writer.read(RECORDS)}
        return bool(files & seeds) or not await writer.read(ANY_FACT)


@dataclass(frozen=True)
class Built:
    """The parts of a service that need no database; they take seconds to build."""

    engine: Engine
    trusted: Trusted


@contextmanager
def building(settings: Settings) -> Iterator[Future[Built]]:
    """Build in a thread while the database starts; the result raises SettingsError if a trusted document is not accepted."""
    with ThreadPoolExecutor(1) as worker:
        built = worker.submit(_build, settings)
        # The thread ends with its work: a process that starts copies of itself must have no other thread.
        worker.shutdown(wait=False)
        yield built


def _build(settings: Settings) -> Built:
    # What is built stays as long as the process; to look it through again and again takes a fifth of the time.
    gc.disable()
    try:
        return _parts(settings)
    finally:
        gc.enable()


def _parts(settings: Settings) -> Built:
    native = installed() if settings.native else None
    engine = Engine(core(schema()), model(), settings.limits(), Cursors(key_secret(settings)), native)
    return Built(engine, trusted(settings, engine))


async def service(address: Address, settings: Settings, built: Built) -> Service:
    """Make the service over a prepared database."""
    async with open_writer(address) as writer:
        audiences = tuple((await writer.read(READ_AUDIENCES))[0]["audiences"])
    viewers = Viewers(local_token(settings), audiences)
    return Service(built.engine, address, viewers, settings, built.trusted, key_secret(settings))


def learned(service: Service) -> Service:
    """Return a service that knows the audiences of now; one that knows those of before, if the database does not answer."""

    async def work() -> None:
        with suppress(DatabaseUnavailable, TimeoutError):
            async with asyncio.timeout(LEARN_SECONDS), open_writer(service.address) as writer:
                service.viewers.learn((await writer.read(READ_AUDIENCES))[0]["audiences"])

    asyncio.run(work())
    return service


def trusted(settings: Settings, engine: Engine) -> Trusted:
    """Read the trusted documents; each must be valid by the schema and within the limits of a document.

    Those that come with citygraph are, within the limits by default: tests ask them, so a start does not validate them.
    """
    folder, compiler = trusted_folder(settings), engine.compiler
    tested = folder == QUESTIONS and not any(name.startswith("max_") for name in settings.model_fields_set)

    def check(text: str) -> None:
        if not tested:
            read(text, compiler.schema, compiler.limits.document, compiler.model)

    documents = trusted_documents(folder, check)
    if settings.trusted_only and not documents:
        raise SettingsError(
            f"CITYGRAPH_TRUSTED_ONLY: {folder} has no trusted document, so no question would be answered."
        )
    return Trusted(documents, settings.trusted_only, page_documents())
