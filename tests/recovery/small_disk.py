"""A service on a small disk. In: a folder and a size. Out: a mounted disk that can be filled, and the service that runs on it."""

import contextlib
import json
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.kit.paths import ONE_DOCUMENT
from tests.recovery.platform import Platform

MIB = 2**20
STATED = {"confidence": "REPORTED", "marking": "CLEAR"}


@dataclass
class SmallDisk:
    """A tmpfs that is filled and emptied."""

    folder: Path

    def free(self) -> int:
        return shutil.disk_usage(self.folder).free

    def fill(self) -> None:
        """Take every free byte."""
        with (self.folder / "filler").open("ab", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(max(1, min(self.free(), MIB))))

    def empty(self) -> None:
        (self.folder / "filler").unlink(missing_ok=True)

    @contextlib.contextmanager
    def filled(self, after: float = 0) -> Iterator[None]:
        """Fill the disk after so many seconds, and again as soon as something is free, until the end of the block."""
        ended = threading.Event()

        def keep_full() -> None:
            ended.wait(after)
            while not ended.wait(0.02):
                self.fill()

        filling = threading.Thread(target=keep_full)
        filling.start()
        try:
            yield
        finally:
            ended.set()
            filling.join()
            self.empty()


def mount(folder: Path | str, size: int) -> None:
    """Mount a disk of so many MiB."""
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)], check=True, stderr=subprocess.DEVNULL
    )


def unmount(folder: Path | str) -> None:
    """Unmount it, even if a process still uses it."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[SmallDisk]:
    """Mount a disk of so many MiB until the end of the block."""
    folder.mkdir()
    mount(folder, size)
    try:
        yield SmallDisk(folder)
    finally:
        unmount(folder)


class Service(Platform):
    """`citygraph serve`, and loads beside it."""

    def run(self, *arguments: str, seconds: float = 150) -> tuple[int, str]:
        """Run a command that must end within so many seconds; return its exit code and what it said."""
        done = subprocess.run(
            [*self.command, *arguments],
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )
        return done.returncode, done.stdout

    def begin(self, command: str) -> None:
        """Begin a start; it goes on in the background."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*self.command, command], env=self._environment(), stdout=log, stderr=log)

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in self.environment.items() if not k.startswith(("NEO4J_", "CITYGRAPH_"))}
        return kept | {
            "CITYGRAPH_DATA_DIR": str(self.data),
            "CITYGRAPH_CACHE_DIR": str(self.cache),
            "CITYGRAPH_PORT": str(self.port),
            "CITYGRAPH_TRUSTED_DIR": str(ONE_DOCUMENT),
            "CITYGRAPH_PROFILE": "local",
            "COLUMNS": "200",
        }

    def people(self) -> int:
        """Count the people by a question; -1 if it is not answered."""
        status, body = self.ask("{ people { totalCount } }")
        if status not in (0, 200):
            assert {error["extensions"]["code"] for error in body["errors"]} <= {"UNAVAILABLE", "TIMEOUT"}, body
        return int(body["data"]["people"]["totalCount"]) if status == 200 else -1

    def until_answers(self, seconds: float = 180) -> int:
        """Wait until a question is answered, and return how many people there are."""
        deadline = time.monotonic() + seconds
        while (counted := self.people()) < 0:
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.2)
        return counted

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)
        self.until_no_server()


def people(path: Path, tag: str, number: int) -> Path:
    """Write a file with a source and so many people."""
    source = {"label": "Source", "id": f"source/{tag}", "title": "S", "sources": [f"source/{tag}"], **STATED}
    rows = [
        {"label": "Person", "id": f"person/{tag}-{at}", "name": f"{tag} {at}", "kind": "NAMED", "note": "x" * 200}
        | {"sources": [f"source/{tag}"], **STATED}
        for at in range(number)
    ]
    del source["marking"]
    path.write_text("".join(json.dumps(row) + "\n" for row in [source, *rows]), encoding="utf-8")
    return path
