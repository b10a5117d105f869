"""A filled database that is made once and then copied. In: settings and how to fill it. Out: a filled data folder.

It is kept in the cache, under a hash of every file that decides what a load writes, and of every version.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from app.start.boot import seed_files
from graph.bolt.connect import Address, change_password, check
from graph.managed import control, state
from graph.managed.home import Home, home_of
from graph.managed.lease import acquire
from graph.managed.settings import ManagedSettings
from tests.kit.paths import ROOT

Fill = Callable[[Address], None]
CODE = (*(f"graph/{part}" for part in ("access", "bolt", "cypher", "events", "facts", "load", "managed")), "schema")
"""What a load uses: a change of the compiler of questions fills no database anew."""
OTHERS = (
    "app/start/boot.py",
    "graph/managed/jars.json",
    "requirements/test.lock",
    "tests/conftest.py",
    "tests/kit/filled.py",
)
WORLDS = ROOT / "tests" / "kit" / "worlds"
UNFINISHED = "filling "
KEPT = 4
"""How many filled databases the cache keeps: those that were used last. Each takes about 60 MB."""
PATIENCE = 600


def copy_filled(settings: ManagedSettings, fill: Fill) -> None:
    """Put a copy of the filled database into the data folder of these settings; fill one first if the cache has none."""
    folder = settings.cache / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    with state.held(state.Lock(folder / "filled.lock")) as lock:
        if not lock.take_within(PATIENCE):
            raise AssertionError(f"another run of the tests is filling a database since {PATIENCE} s")
        kept = folder / f"filled-{key()}"
        if not kept.is_dir():
            _make(replace(settings, data=folder), fill, kept)
        kept.touch()
        forget(folder)
        shutil.copytree(kept, settings.home, dirs_exist_ok=True)


def key() -> str:
    """Return a hash of the rows, the code that loads them and the versions of what it uses."""
    every = hashlib.sha256()
    for file in files():
        every.update(file.relative_to(ROOT).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    return every.hexdigest()[:16]


def files() -> Iterator[Path]:
    """Yield the files that decide what a load writes."""
    for package in CODE:
        yield from sorted((ROOT / package).rglob("*.py"))
    yield from (ROOT / name for name in OTHERS)
    yield from sorted(WORLDS.iterdir())
    yield from seed_files()


def _make(settings: ManagedSettings, fill: Fill, kept: Path) -> None:
    """Fill the database of a server of its own, stop it, and keep what a copy needs: the data and the password."""
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=settings.data) as folder:
        own = replace(settings, data=Path(folder))
        try:
            with acquire(own, check, change_password) as lease:
                fill(Address(lease.uri, lease.username, lease.password))
        finally:
            control.stop(own, force=True)
        _keep(home_of(own), Path(folder, "kept")).rename(kept)


def _keep(home: Home, to: Path) -> Path:
    to.mkdir()
    (home.root / "data").rename(to / "data")
    home.password_file.rename(to / home.password_file.name)
    return to


def forget(folder: Path) -> None:
    """Remove the databases that were not used for longest, and what a killed run left of one. The caller has the lock."""
    newest = sorted(folder.glob("filled-*"), key=lambda kept: kept.stat().st_mtime, reverse=True)
    for old in (*newest[KEPT:], *folder.glob(f"{UNFINISHED}*")):
        shutil.rmtree(old, ignore_errors=True)  # a server of a killed run may still be stopping
