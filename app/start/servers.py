"""The servers that run on a data folder. In: settings and a port. Out: a file for each, by which `citygraph ask` finds one."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.start.secrets import data_folder
from app.start.settings import Settings
from graph.managed.files import make_private, write_private
from graph.managed.processes import lives, mark

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # a server on every address is asked on this machine
FOLDER = "servers"


@contextmanager
def announced(settings: Settings, port: int) -> Iterator[None]:
    """Keep a file about this server until the end of the block; a folder that cannot be written is no reason to fail."""
    file = data_folder(settings) / FOLDER / f"{os.getpid()}.json"
    about = {"url": url_of(settings.host, port), "process": mark(os.getpid()), "database": _database(settings)}
    with suppress(OSError):
        make_private(file.parent)
        write_private(file, json.dumps(about))
    try:
        yield
    finally:
        with suppress(OSError):
            file.unlink()


def url_of(host: str, port: int) -> str:
    """Return the address at which this machine reaches a server."""
    reached = ANYWHERE.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def running_server(settings: Settings) -> str | None:
    """Return the address of the server that was started last on this data folder and this database; None if none runs."""
    with suppress(OSError):
        files = sorted((data_folder(settings) / FOLDER).glob("*.json"), key=lambda file: -file.stat().st_mtime)
        urls = (_url(file, _database(settings)) for file in files)
        return next((url for url in urls if url is not None), None)
    return None


def _url(file: Path, database: list[str]) -> str | None:
    """Return the address of a server; None if it has ended or has another database. The file of a killed one is removed."""
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
        process, url = about["process"], str(about["url"])
        if not lives((int(process[0]), str(process[1]))):
            file.unlink(missing_ok=True)
            return None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
    return url if about.get("database") == database else None


def _database(settings: Settings) -> list[str]:
    return [settings.neo4j_uri or "", settings.neo4j_database]
