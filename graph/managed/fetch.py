"""Fill the cache. In: the manifest and a cache folder. Out: every jar in place and verified, or an error that names it."""

import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from graph.managed import manifest, repository
from graph.managed.manifest import Jar
from graph.managed.settings import ManagedServerError

Progress = Callable[[int, int, int], None]
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
    """Say whether the file at `path` is that jar, byte for byte."""
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
    """Bring every jar of the manifest into `folder` and return their paths in the manifest's order.

    `progress(done, total, bytes)` is called from the calling thread, and only when something is missing. `resolve`
    brings one jar into a private folder (default: through jgo). Raises ManagedServerError when a jar cannot be had or
    is not the pinned one.
    """
    wanted = manifest.load() if jars is None else jars
    _make_folder(folder)
    lacking = missing(wanted, folder)
    have = len(wanted) - len(lacking)
    size = sum(jar.size for jar in wanted) - sum(jar.size for jar in lacking)
    if lacking:
        progress(have, len(wanted), size)
        _remove_leftovers(folder)
        incoming = Path(tempfile.mkdtemp(prefix="incoming-", dir=folder))
        try:
            for done, jar in enumerate(_bring_all(lacking, incoming, resolve), have + 1):
                size += jar.size
                progress(done, len(wanted), size)
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
    return [folder / jar.filename for jar in wanted]


def _bring_all(jars: list[Jar], incoming: Path, resolve: repository.Resolve | None) -> Iterable[Jar]:
    pool = ThreadPoolExecutor(_THREADS)
    stopped = threading.Event()
    try:
        tasks = [pool.submit(_bring, jar, incoming, resolve, stopped) for jar in jars]
        for task in as_completed(tasks):
            yield task.result()
    finally:
        stopped.set()
        pool.shutdown(wait=True, cancel_futures=True)


def _bring(jar: Jar, incoming: Path, resolve: repository.Resolve | None, stopped: threading.Event) -> Jar:
    ways = [resolve] if resolve else [repository.resolver(local=True), repository.resolver(local=False)]
    problem = ""
    for attempt in range(_ATTEMPTS):
        if stopped.is_set():
            break
        private = Path(tempfile.mkdtemp(prefix="jar-", dir=incoming))
        try:
            path = _own(ways[min(attempt, len(ways) - 1)](jar, private), private)
        except Exception as error:  # jgo raises RuntimeError, AssertionError and the errors of requests
            problem = f"{jar.coordinate} could not be downloaded: {error}. Check the network, then try again."
            stopped.wait(attempt)
            continue
        if is_sound(jar, path):
            path.chmod(0o600)
            path.replace(incoming.parent / jar.filename)
            return jar
        problem = (
            f"{jar.coordinate} is refused: expected SHA-256 {jar.sha256}, got {digest(path)} "
            f"({path.stat().st_size} bytes instead of {jar.size}). The repository or a proxy gave another file."
        )
    raise ManagedServerError(problem or f"{jar.coordinate} was not fetched")


def _own(path: Path, private: Path) -> Path:
    """Return a copy that nobody else writes to, where the file lies outside the private folder."""
    return path if private in path.parents else Path(shutil.copyfile(path, private / path.name))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ManagedServerError(
            f"the cache folder {folder} cannot be made: {error.strerror}. CITYGRAPH_CACHE_DIR names another one."
        ) from error


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed download left behind; a running one is younger than a day."""
    for old in folder.glob("incoming-*"):
        if time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)
