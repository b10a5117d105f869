"""A disk that fills under the managed server: nothing that was acknowledged is lost, and it is back when there is room.

`make test` fills one disk at one moment of a load and breaks a database by force; `make soak` has all sizes and moments.
"""

import random
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.start.boot import seed_files
from app.start.secrets import TOKEN_FILE
from graph.bolt.connect import DatabaseUnavailable
from graph.cypher.fragments import Fragment
from graph.managed import space
from tests.kit.random.documents import random_seed
from tests.recovery.platform import LOADS
from tests.recovery.small_disk import MIB, Service, SmallDisk, people, small_disk

SIZES, MOMENTS = (40, 60, 80), 5
LAST_MOMENT = 5.0
"""Seconds; by then the two files of a load are loaded."""
FEW = 1_200
PEOPLE, MOST_WRITES = 200, 60
CITED = {"sources": ["source/first"], "confidence": "REPORTED"}
UPSERT = """mutation People($rows: [PersonInput!]!, $id: ID) {
  done: upsertPeople(rows: $rows, requestId: $id) { created problems { path message } } }"""
LARGE = Fragment(
    "UNWIND range(1, 30000) AS i CREATE (:Large {text: 'a text that is long enough, number ' + toString(i)})"
)


@contextmanager
def service(folder: Path) -> Iterator[Service]:
    """Run the service on the small disk of a folder, with one file loaded."""
    made = Service(folder / "disk")
    try:
        made.begin("serve")
        made.until_ready()
        assert made.run("load", str(people(folder / "first.jsonl", "first", FEW)))[0] == 0
        assert made.people() == FEW
        yield made
    finally:
        made.end()


def stored(path: Path, said: str) -> bool:
    """Whether the table of a load has a row for a file, which begins with a number. A refusal names the file too."""
    return re.search(rf"{path.name}\W+\d", said) is not None


def files(made: Service) -> set[str]:
    """Return the names of the files that the database has."""
    with made.writer() as writer:
        return {record["file"] for record in writer.read(LOADS)}


def refused(made: Service, disk: SmallDisk, path: Path) -> None:
    """A load that does not fit is refused before it writes, and questions are answered."""
    (disk.folder / "filler").write_bytes(bytes(disk.free() - space.MARGIN - MIB))
    code, said = made.run("load", str(path), seconds=60)
    assert code == 1
    assert "the disk is nearly full: " in said
    assert f"{path.name} needs about" in said
    assert made.people() == FEW
    disk.empty()


def breaks(made: Service, server: int) -> bool:
    """Write what has no room; return whether a question is told that the database is broken, or its server was replaced."""
    with pytest.raises(DatabaseUnavailable), made.writer() as writer:
        writer.read(LARGE)
    return made.people() == -1 or made.server().pid != server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    dice, soak = random.Random(random_seed()), metafunc.config.getoption("soak")
    if "moment" in metafunc.fixturenames:
        sizes = SIZES if soak else (60,)
        cases = [
            (size, round(dice.uniform(1.0, LAST_MOMENT), 2)) for size in sizes for _ in range(MOMENTS if soak else 1)
        ]
        metafunc.parametrize(("size", "moment"), cases)
    elif "size" in metafunc.fixturenames:
        metafunc.parametrize("size", SIZES if soak else ())


@pytest.mark.soak
def test_a_disk_that_fills_during_a_load_loses_nothing(neo4j: None, tmp_path: Path, size: int, moment: float) -> None:
    """A load that does not fit is refused; one under way ends; a database that is broken by force is restarted."""
    with small_disk(tmp_path / "disk", size) as disk, service(tmp_path) as made:
        paths = [people(tmp_path / f"{tag}.jsonl", tag, FEW) for tag in ("second", "third")]
        refused(made, disk, paths[0])
        with disk.filled(after=moment):
            code, said = made.run("load", *map(str, paths), seconds=120)
            acknowledged = {path.name for path in paths if stored(path, said)}
            assert (code == 0) == (len(acknowledged) == 2)
            assert code == 0 or "the disk is " in said, said
        with disk.filled():
            # The load may have ended before the moment; by now the reserve is used up too.
            time.sleep(1)
            server = made.server().pid
            made.until(lambda: breaks(made, server), "the database is broken, and a question is told so")
        counted = made.until_answers()
        made.until(lambda: bool(made.server().uri), "the server that started on the full disk is known")
        known = files(made)
        assert known >= {"first.jsonl", *acknowledged}
        assert counted == FEW * len(known)
        code, said = made.run("load", *map(str, paths))
        assert code == 0, said
        assert made.people() == FEW * 3


def test_a_mutation_on_a_full_disk_is_refused_clearly_and_succeeds_when_it_is_repeated(
    neo4j: None, tmp_path: Path
) -> None:
    """Each mutation has an id of its own, and is sent again when there is room: all are stored, and none twice."""
    with small_disk(tmp_path / "disk", 60) as disk, service(tmp_path) as made:
        token = (made.data / TOKEN_FILE).read_text().strip()

        def write(number: int) -> tuple[int, dict[str, Any]]:
            rows = [{"name": f"M {number} {at}", "kind": "NAMED", "note": "x" * 2_000, **CITED} for at in range(PEOPLE)]
            return made.post({"query": UPSERT, "variables": {"rows": rows, "id": f"full-{number}"}}, 60, token)

        told = [write(0)]
        with disk.filled():
            while "errors" not in told[-1][1] and len(told) < MOST_WRITES:
                told.append(write(len(told)))
        status, refused = told[-1]
        assert status in (200, 503, 504)
        assert {error["extensions"]["code"] for error in refused["errors"]} <= {"UNAVAILABLE", "TIMEOUT"}, refused
        assert "requestId" in refused["errors"][0]["message"]
        made.until_answers(400)
        for number, (status, first) in enumerate(told):
            again = write(number)
            assert again[1]["data"]["done"] == {"created": PEOPLE, "problems": []}, again
            assert status != 200 or first.get("errors") or again[1] == first
        assert made.until_answers() == FEW + PEOPLE * len(told)


@pytest.mark.soak
def test_a_disk_that_fills_before_the_logs_are_compacted_loses_nothing(neo4j: None, tmp_path: Path, size: int) -> None:
    """A load is followed by a checkpoint within ten seconds, because its log is larger than 2 MiB."""
    with small_disk(tmp_path / "disk", size) as disk, service(tmp_path) as made:
        path = people(tmp_path / "large.jsonl", "large", 2_500)
        assert made.run("load", str(path))[0] == 0
        with disk.filled():
            until = time.monotonic() + 15
            while time.monotonic() < until:
                made.people()
                time.sleep(0.5)
        assert made.until_answers() == FEW + 2_500


@pytest.mark.soak
def test_a_disk_that_fills_during_a_first_start_is_named_and_the_next_start_completes(
    neo4j: None, tmp_path: Path, size: int
) -> None:
    moment = random.Random(random_seed() + size).uniform(1, 40)
    with small_disk(tmp_path / "disk", size + 40) as disk:
        made = Service(tmp_path / "disk")
        try:
            made.begin("up")
            assert made.process is not None
            with disk.filled(after=moment):
                assert made.process.wait(200) == 1
            assert "the disk is " in made.log.read_text()
            made.until_no_server()
            made.begin("up")
            made.until_ready()
            assert files(made) == {path.name for path in seed_files()}
        finally:
            made.end()


def test_a_first_start_without_room_ends_at_once(neo4j: None, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 20):
        code, said = Service(tmp_path / "disk").run("up", seconds=30)
        assert code == 1
        assert "the disk is full: " in said
        assert "28 MiB are needed" in said
