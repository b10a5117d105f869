"""The wheel is the product: installed into an empty environment, `citygraph up` works there without the checkout."""

import json
import os
import re
import shutil
import subprocess
import tomllib
import venv
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import psutil
import pytest
from packaging.utils import canonicalize_name

from app.start.boot import seed_files
from seeds import QUESTIONS
from tests.architecture.code import PRODUCT
from tests.architecture.test_image import SOURCES, admitted
from tests.kit.oracle.world import World
from tests.kit.paths import ROOT
from tests.kit.wheel import build, names, pip
from tests.recovery.platform import LOADS, Platform, counts

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
ID = "who-says-so"
QUESTION = '{ city(id: "city/us-tx-san-antonio") { name country { name } } }'
SLOWEST = 60
"""Seconds for one answer: the trusted documents are planned at the same time, just after the start."""
NOT_SEEN = ("PYTHON", "VIRTUAL_ENV", "NEO4J_", "CITYGRAPH_")
"""What begins the names of variables that could lead a process back to the checkout or to another database."""
WHERE = "import app, graph, json, schema, seeds; print(json.dumps([m.__file__ for m in (app, graph, schema, seeds)]))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("built"))


def runs(path: str) -> bool:
    """Whether a file of the checkout belongs to what runs: the seeds are loaded there, but not made."""
    made_with = path.startswith(("seeds/curate/", "seeds/sources/")) or path in (
        "seeds/practices.csv",
        "seeds/chains.json",
    )
    return "__pycache__" not in path and (not made_with or path.startswith("seeds/sources/LICENSE."))


def test_the_wheel_holds_what_runs_and_the_licences(wheel: Path) -> None:
    files = [path for package in PRODUCT for path in (ROOT / package).rglob("*") if path.is_file()]
    about = f"citygraph-{VERSION}.dist-info"
    expected = {name for name in (path.relative_to(ROOT).as_posix() for path in files) if runs(name)}
    assert {name for name in names(wheel) if not name.startswith(about)} == expected
    assert {
        f"{about}/licenses/{name}" for name in ("LICENSE", "seeds/sources/LICENSE.brt", "seeds/sources/LICENSE.gbfs")
    } <= names(wheel)


def test_the_image_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    for source in SOURCES:
        given = [ROOT / source] if (ROOT / source).is_file() else (ROOT / source).rglob("*")
        for path in given:
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and admitted(name):
                (sent / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, sent / name)
    assert names(build(sent, tmp_path / "built")) == names(wheel)


def constraints(of: str = "run.lock") -> str:
    """Return the versions of the lock without their hashes: with hashes pip would ask for that of the wheel too."""
    lock = (ROOT / "requirements" / of).read_text(encoding="utf-8")
    return "\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", lock, re.MULTILINE))


@pytest.fixture(scope="module")
def installed(neo4j: None, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An environment with the wheel and what its metadata ask for, and nothing else; yields its programs' folder."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "constraints.txt").write_text(constraints(), encoding="utf-8")
    venv.create(folder / "venv", with_pip=True, symlinks=True)
    programs = folder / "venv" / "bin"
    pip(programs / "python", "install", "--quiet", "--constraint", folder / "constraints.txt", wheel)
    yield programs
    shutil.rmtree(folder)


@pytest.fixture
def platform(installed: Path, tmp_path: Path) -> Iterator[Platform]:
    home, empty, data = (tmp_path / name for name in ("home", "empty", "data"))
    for folder in (home, empty, data):
        folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(NOT_SEEN)}
    made = Platform(
        data,
        command=(str(installed / "citygraph"),),
        folder=empty,
        environment=environment | {"HOME": str(home), "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}"},
    )
    yield made
    if made.process and made.process.poll() is None:
        made.kill()
    made.until_no_server()


def test_what_is_installed_is_the_wheel(platform: Platform, installed: Path) -> None:
    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=platform.folder, env=dict(platform.environment), capture_output=True, text=True, check=True
        )
        return done.stdout

    files = [Path(file) for file in json.loads(run(installed / "python", "-c", WHERE))]
    assert all(file.is_relative_to(installed.parent) for file in files)
    assert run(installed / "citygraph", "--version") == f"citygraph {VERSION}\n"
    pinned = {canonicalize_name(line.partition("==")[0]) for line in constraints().splitlines()}
    there = {canonicalize_name(each.name) for each in distributions(path=[str(files[0].parents[1])])}
    assert "fastapi" in there
    assert there - {"citygraph", "pip", "setuptools"} <= pinned - {"hatchling", "editables"}


def test_it_starts_in_an_empty_folder(platform: Platform) -> None:
    platform.start()
    platform.until_ready()
    world = World.read(seed_files(), "2026-01-31T12:00:00.000Z")
    with platform.writer() as writer:
        assert counts(writer) == (len(world.nodes), len(world.relationships))
        assert {record["file"] for record in writer.read(LOADS)} == {path.name for path in seed_files()}
    assert platform.ask(QUESTION, SLOWEST) == (
        200,
        {"data": {"city": {"name": "San Antonio", "country": {"name": "United States"}}}},
    )
    status, answer = platform.post({"documentId": ID}, SLOWEST)
    assert status == 200
    assert answer == platform.ask((QUESTIONS / f"{ID}.graphql").read_text(encoding="utf-8"), SLOWEST)[1]
    assert answer["data"]["node"]["__typename"] == "Lesson"
    assert platform.folder is not None
    assert list(platform.folder.iterdir()) == []
    assert platform.stop() == 0
    platform.until_no_server()
    assert processes_of(platform.data.parent) == []


def processes_of(folder: Path) -> list[list[str]]:
    """Return the commands of all processes that name a folder."""
    found = [process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])]
    return [command for command in found if any(str(folder) in word for word in command)]
