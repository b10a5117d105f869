"""The filled database that is copied: it has the facts of the files, and is filled anew after a change that could matter."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.start.boot import seed_files
from graph.cypher.fragments import Fragment
from tests.kit import filled
from tests.kit.oracle.world import World
from tests.kit.paths import ROOT
from tests.kit.writer import BlockingWriter

CHANGED = (seed_files()[0], ROOT / "graph" / "load" / "run.py", ROOT / "tests" / "kit" / "worlds" / "edges.jsonl")


IMPORTED = (
    "import sys, graph.bolt.write, graph.facts.check, graph.facts.migrate, graph.load.run, schema.model\n"
    "schema.model.model()\n"
    "print(*(each.__file__ for name, each in sys.modules.items() if name.startswith(('graph.', 'schema.'))), sep='\\n')"
)
"""Prints the files that a load imports."""
NODES = Fragment("MATCH (n:Fact) WHERE n.id IN $q.ids RETURN count(n) AS count")
RELATIONSHIPS = Fragment("MATCH (:Fact)-[r]->(:Fact) WHERE r.id IN $q.ids RETURN count(r) AS count")


def test_a_copy_has_the_facts_of_the_files(seeded: BlockingWriter, world: World) -> None:
    assert seeded.read(NODES, ids=list(world.nodes)) == [{"count": len(world.nodes)}]
    assert seeded.read(RELATIONSHIPS, ids=list(world.relationships)) == [{"count": len(world.relationships)}]


@pytest.mark.parametrize("changed", CHANGED, ids=lambda file: file.name)
def test_a_change_of_a_row_or_of_the_code_gives_another_key(monkeypatch: pytest.MonkeyPatch, changed: Path) -> None:
    before, read = filled.key(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: read(file) + (b" " if file == changed else b""))
    assert filled.key() != before


def test_the_key_has_every_file_that_a_load_imports() -> None:
    shown = subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    files = {Path(line) for line in shown.stdout.splitlines()}
    assert len(files) > 40
    assert files <= set(filled.files())


def test_only_the_databases_used_last_are_kept(tmp_path: Path) -> None:
    for number in range(filled.KEPT + 2):
        (tmp_path / f"filled-{number}").mkdir()
    (tmp_path / f"{filled.UNFINISHED}0" / "neo4j").mkdir(parents=True)
    for number in range(2):
        (tmp_path / f"filled-{number}").touch()
    filled.forget(tmp_path)
    assert len(list(tmp_path.iterdir())) == filled.KEPT
    assert {"filled-0", "filled-1"} <= {kept.name for kept in tmp_path.iterdir()}
