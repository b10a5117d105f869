"""Noninterference: facts that a viewer may not see change no byte of a snapshot but its date, and a refresh leaves it alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.access.rights import Rights
from graph.facts.write import Stamp
from graph.snapshot import manifest
from graph.snapshot.make import Wishes
from tests.access.test_noninterference import (
    FORGET,
    FORGET_AUDIENCE,
    FORGET_LOAD,
    FORGET_TIES,
    HIDDEN,
    SYNTHETIC,
    hidden_rows,
)
from tests.conftest import NOW, SECRET
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter
from tests.snapshot.kit import Snapshots, wishes

PORTLAND = Rights(1, ("2:us-or-portland",))
TURIN = Rights(1, ("2:it-12-turin", "2:it-12-turin+us-wa-seattle"))


@pytest.fixture
def hide(seeded: BlockingWriter, world: World, tmp_path: Path) -> Iterator[Any]:
    """Add facts that most viewers do not see; take them away in the end."""

    def add(stated: dict[str, Any]) -> None:
        path = tmp_path / "hidden.jsonl"
        path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in hidden_rows(world, stated)))
        (report,) = seeded.load([path], Stamp(SECRET, NOW))
        assert report.diff.problems == ()

    yield add
    for statement in (FORGET_TIES, FORGET, FORGET_LOAD, FORGET_AUDIENCE):
        seeded.alone(statement)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a snapshot by its path; the manifest without its date."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    told = json.loads(found["manifest.json"])
    assert told.pop("made")
    return found | {"manifest.json": orjson.dumps(told)}


def test_hidden_facts_change_no_byte(snapshots: Snapshots, hide: Any, tmp_path: Path) -> None:
    """Hidden are facts of another city, which are synthetic too: to a viewer of these the synthetic ones are open."""
    seen = {
        "anonymous": wishes(Rights()),
        "turin": wishes(TURIN.with_synthetic()),
        "analyst": wishes(TURIN.with_synthetic(), pseudonymous=False),
    }
    taken = {name: snapshots.make(tmp_path / name, wish) for name, wish in seen.items()}
    before = {name: content(tmp_path / name) for name in seen}
    hide(HIDDEN)
    for name, wish in seen.items():
        assert snapshots.refresh(tmp_path / name, wish, taken[name]) is None, "a refresh has nothing to bring"
        snapshots.make(tmp_path / name, wish)
        assert content(tmp_path / name) == before[name], name
        assert manifest.read(tmp_path / name).made > taken[name].made


def test_the_edit_is_one_that_others_see_and_that_a_refresh_brings(
    snapshots: Snapshots, hide: Any, tmp_path: Path
) -> None:
    """The test above would prove nothing if nobody could see the difference."""
    wish = wishes(PORTLAND.with_synthetic())
    known = snapshots.make(tmp_path / "portland", wish)
    open_ = wishes(Rights())
    everybody = snapshots.make(tmp_path / "everybody", open_)
    hide(HIDDEN)
    brought = snapshots.refresh(tmp_path / "portland", wish, known)
    assert brought is not None
    assert brought.facts > known.facts + 300
    assert brought == replace(manifest.read(tmp_path / "portland"), made=brought.made)
    assert snapshots.refresh(tmp_path / "everybody", open_, everybody) is None
    assert is_fresh(snapshots, tmp_path, wish, content(tmp_path / "portland"))


def is_fresh(snapshots: Snapshots, folder: Path, wish: Wishes, refreshed: dict[str, bytes]) -> bool:
    """Whether what a refresh brought is what a new snapshot has."""
    snapshots.make(folder / "anew", wish)
    return content(folder / "anew") == refreshed


def test_made_up_facts_change_no_byte_of_a_snapshot_without_them(
    snapshots: Snapshots, hide: Any, tmp_path: Path
) -> None:
    snapshots.make(tmp_path / "taken", wishes(TURIN))
    before = content(tmp_path / "taken")
    hide(SYNTHETIC)
    snapshots.make(tmp_path / "taken", wishes(TURIN))
    assert content(tmp_path / "taken") == before
