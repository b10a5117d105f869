"""Downloading Neo4j. In: the manifest and a cache folder. Out: every jar in the folder, verified, or an error that names one."""

import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from graph.managed import manifest, repository
from graph.managed.files import why
from graph.managed.manifest import Jar
from graph.managed.settings import ManagedServerError

Progress = Callable[[int, int, int], None]
"""Called with the number of jars in place, the number of all jars, and the bytes in place."""
_THREADS = 8
_ATTEMPTS = 3
_DAY = 24 * 3600


def no_progress(done: int, total: int, size: int) -> None:
    """Report nothing."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_sound(jar: Jar, path: Path) -> bool:
    """Return whether the file at `path` has the size and the SHA-256 of the jar."""
    try:
        return path.stat().st_size == jar.size and digest(path) == jar.sha256
    except OSError:
        return False


def missing(jars: Iterable[Jar], folder: Path) -> list[Jar]:
    """Return the jars that are absent from `folder` or differ from the manifest."""
    wanted = list(jars)
    with ThreadPoolExecutor(_THREADS) as pool:
        sound = list(pool.map(lambda jar: is_sound(jar, folder / jar.filename), wanted))
    return [jar for jar, good in zip(wanted, sound, strict=True) if not good]


def fetch(
    folder: Path,
    progress: Progress = no_progress,
    jars: list[Jar] | None = None,
    resolve: repository.Resolve | None = None,
) -> list[Path]:
    """Download the missing jars into `folder` and return the paths of all jars, in the order of the manifest.

    `progress` is called in the calling thread, and only if a jar is missing. `resolve` downloads one jar into a private
    folder (default: with jgo). Raise ManagedServerError if a jar cannot be downloaded or differs from the manifest.
    """
    wanted = manifest.load() if jars is None else jars
    _make_folder(folder)
    absent = missing(wanted, folder)
    present = len(wanted) - len(absent)
    size = sum(jar.size for jar in wanted) - sum(jar.size for jar in absent)
    if absent:
        progress(present, len(wanted), size)
        _remove_leftovers(folder)
        incoming = Path(tempfile.mkdtemp(prefix="incoming-", dir=folder))
        try:
            for done, jar in enumerate(_fetch_all(absent, incoming, resolve), present + 1):
                size += jar.size
                progress(done, len(wanted), size)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
    return [folder / jar.filename for jar in wanted]


def _fetch_all(jars: list[Jar], incoming: Path, resolve: repository.Resolve | None) -> Iterable[Jar]:
    pool = ThreadPoolExecutor(_THREADS)
    stopped = threading.Event()
    try:
        tasks = [pool.submit(_fetch_one, jar, incoming, resolve, stopped) for jar in jars]
        for task in as_completed(tasks):
            yield task.result()
    finally:
        stopped.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _fetch_one(jar: Jar, incoming: Path, resolve: repository.Resolve | None, stopped: threading.Event) -> Jar:
    resolvers = [resolve] if resolve else [repository.resolver(local=True), repository.resolver(local=False)]
    problem = ""
    for attempt in range(_ATTEMPTS):
        if stopped.is_set():
            break
        private = Path(tempfile.mkdtemp(prefix="jar-", dir=incoming))
        try:
            path = _own(resolvers[min(attempt, len(resolvers) - 1)](jar, private), private)
        except Exception as error:  # jgo raises RuntimeError, AssertionError and the errors of requests
            check = "Free some space" if "No space left" in str(error) else "Check the network"
            problem = f"{jar.coordinate} could not be downloaded: {error}. {check}, then try again."
            stopped.wait(attempt)
            continue
        if is_sound(jar, path):
            path.chmod(0o600)
            path.replace(incoming.parent / jar.filename)
            return jar
        problem = (
            f"{jar.coordinate} is refused: expected SHA-256 {jar.sha256}, got {digest(path)} "
            f"({path.stat().st_size} bytes instead of {jar.size}). The repository or a proxy sent a different file."
        )
    raise ManagedServerError(problem or f"{jar.coordinate} was not fetched")


def _own(path: Path, private: Path) -> Path:
    """Return a path in the private folder, where nobody else writes: the file itself, or a copy if it is elsewhere."""
    return path if private in path.parents else Path(shutil.copyfile(path, private / path.name))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ManagedServerError(
            f"the cache folder {folder} cannot be made: {why(error)}. Set CITYGRAPH_CACHE_DIR to another folder."
        ) from error


def _remove_leftovers(folder: Path) -> None:
    """Remove folders of killed downloads: those older than a day, because a running download is younger."""
    for old in folder.glob("incoming-*"):
        if time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)
