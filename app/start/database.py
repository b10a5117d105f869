"""The database to use. In: settings. Out: the Address of the configured Neo4j, or of a managed server that is started."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from app.start.secrets import KEY_FILE, data_folder, kept_secret
from app.start.settings import Settings, SettingsError
from graph.bolt.connect import Address, DatabaseUnavailable, change_password, check
from graph.managed.causes import cause
from graph.managed.home import home_of
from graph.managed.lease import acquire
from graph.managed.settings import ManagedServerError, ManagedSettings

Made = TypeVar("Made")
LOOK_SECONDS = 0.25
"""Seconds between two looks at the disk and the logs of the managed server, while something is written."""
PATIENCE_SECONDS = 1.0
"""Seconds that cancelled work has to end."""
Fetched = Callable[[int, int, int], None]
"""Called with the number of files fetched, their total and the bytes so far."""


def managed_settings(settings: Settings) -> ManagedSettings:
    """Return the settings of the managed server; folders default to those of the user."""
    return ManagedSettings(
        cache=settings.cache_dir or Path(platformdirs.user_cache_dir("citygraph")),
        data=data_folder(settings),
        neo4j_home=settings.neo4j_home,
        heap=settings.neo4j_heap,
        page_cache=settings.neo4j_page_cache,
        start_seconds=settings.neo4j_start_seconds,
    )


@contextmanager
def database(settings: Settings, fetched: Fetched) -> Iterator[Address]:
    """Yield the address of the database; a managed server runs at least until the end of the block.

    Raise DatabaseUnavailable or ManagedServerError if there is no such database.
    """
    if settings.neo4j_uri and settings.neo4j_password:
        password = settings.neo4j_password.get_secret_value()
        address = Address(settings.neo4j_uri, settings.neo4j_username, password, settings.neo4j_database)
        check(address)
        yield address
        return
    managed = managed_settings(settings)
    with acquire(managed, check, change_password, fetched) as lease:
        try:
            yield Address(lease.uri, lease.username, lease.password)
        except DatabaseUnavailable as error:
            known = cause(home_of(managed))
            if known is None:
                raise
            raise ManagedServerError(known) from error


async def unless_it_fails(
    settings: Settings, work: Coroutine[Any, Any, Made], other: Callable[[], str | None] = lambda: None
) -> Made:
    """Do work on the database; raise ManagedServerError as soon as the managed server cannot go on with it.

    `other` gives another reason to end the work, if there is one. With a full disk Neo4j may wait for ever and say nothing.
    """
    working = asyncio.ensure_future(work)
    while not working.done():
        await asyncio.wait({working}, timeout=LOOK_SECONDS)
        if working.done() or settings.neo4j_uri:
            continue
        known = cause(home_of(managed_settings(settings))) or other()
        if known is not None:
            working.cancel()
            await asyncio.wait({working}, timeout=PATIENCE_SECONDS)
            _abandon(asyncio.all_tasks() - {asyncio.current_task()})
            raise ManagedServerError(known)
    return working.result()


def _abandon(tasks: Iterable[asyncio.Task[Any] | None]) -> None:
    """Let the event loop end without these tasks: to end they would wait for the server, for example to close a connection."""
    for task in filter(None, tasks):
        task._log_destroy_pending = False  # type: ignore[attr-defined]  # how asyncio itself says so
        asyncio.tasks._unregister_task(task)


def key_secret(settings: Settings) -> bytes:
    """Return the secret of keys and cursors; raise SettingsError if it must be set and is not."""
    if settings.key_secret is not None:
        return settings.key_secret.get_secret_value().encode()
    if settings.neo4j_uri and not settings.local:
        raise SettingsError(
            "CITYGRAPH_KEY_SECRET is missing. Outside local mode it has no default: set it to 32 characters or more."
        )
    return kept_secret(data_folder(settings), KEY_FILE).encode()
