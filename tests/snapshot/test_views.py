"""A snapshot has what the oracle says that its viewer sees, fact by fact and value by value, in each of its formats."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import polars
import pytest

from graph.access.rights import Rights
from graph.cypher.fragments import Fragment
from graph.snapshot.views import of_analyst
from tests.conftest import NOW_TEXT
from tests.kit.audiences import audiences_of
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter
from tests.snapshot.kit import EVERY, Named, Snapshots, csv_rows, different, expected, parquet_rows, stated, wishes

TURIN = Rights(1, ("2:it-12-turin", "2:it-12-turin+us-wa-seattle"))
LIVE = Fragment(
    "CALL () { MATCH (n:Fact) RETURN n.id AS id, properties(n) AS stored "
    "UNION ALL MATCH (:Fact)-[r]->(:Fact) RETURN r.id AS id, properties(r) AS stored } RETURN id, stored"
)
INTERNAL = {"key", "_digest"}


def rights_of(viewer: str, world: World) -> Rights:
    steward = Rights(1, audiences_of(world))
    return {"anonymous": Rights(), "turin": TURIN, "steward": steward, "analyst": of_analyst(steward)}[viewer]


CASES = [
    ("anonymous", False, None),
    ("anonymous", True, date(1950, 12, 31)),
    ("turin", True, None),
    ("steward", False, date(2015, 12, 31)),
    ("steward", True, None),
    ("analyst", True, date(2024, 6, 30)),
]


@pytest.mark.parametrize(("viewer", "synthetic", "day"), CASES)
def test_a_snapshot_is_what_its_viewer_sees(
    snapshots: Snapshots,
    seeded: BlockingWriter,
    world: World,
    tmp_path: Path,
    viewer: str,
    synthetic: bool,
    day: date | None,
) -> None:
    rights, folder = rights_of(viewer, world), tmp_path / "taken"
    kind = Named if viewer == "analyst" else View
    # An analyst's rights are written anew here: all that a steward has but RED.
    audiences = frozenset(each for each in rights_of("steward", world).audiences if each[0] != "3")
    seen = Viewer(1, audiences) if viewer == "analyst" else Viewer(rights.open, frozenset(rights.audiences))
    wanted = expected(world, kind(world, seen, day, synthetic))
    made = snapshots.make(
        folder,
        wishes(rights.with_synthetic() if synthetic else rights, day=day, pseudonymous=viewer != "analyst"),
    )
    given = parquet_rows(folder)
    told = {name: {id_: stated(EVERY[name], row) for id_, row in rows.items()} for name, rows in given.items()}
    assert different(told, wanted) == []
    assert different(csv_rows(folder), given) == []
    counted = {name: rows for each in made.counts.values() for name, rows in each.items()}
    assert counted == {name: len(rows) for name, rows in wanted.items() if rows}


def test_what_a_viewer_sees_differs(world: World, seeded: BlockingWriter) -> None:
    """The test above would prove little if all viewers saw the same."""
    steward = rights_of("steward", world)
    views = {
        "anonymous": View(world, Viewer(), None, True),
        "turin": View(world, Viewer(1, frozenset(TURIN.audiences)), None, True),
        "steward": View(world, Viewer(1, frozenset(steward.audiences)), None, True),
        "as of": View(world, Viewer(1, frozenset(steward.audiences)), date(1950, 12, 31), True),
        "named": Named(world, Viewer(1, frozenset(steward.audiences)), None, True),
    }
    sizes = {name: sum(map(len, expected(world, view).values())) for name, view in views.items()}
    assert len(set(sizes.values())) == len(views), sizes


def test_columns_that_the_oracle_does_not_have_are_those_of_the_database(
    snapshots: Snapshots, seeded: BlockingWriter, world: World, tmp_path: Path
) -> None:
    """Days, folded words, levels and moments are stored columns: each is taken as it is stored, and none is left out."""
    snapshots.make(tmp_path / "taken", wishes(rights_of("steward", world).with_synthetic()))
    taken = {id_: row for rows in parquet_rows(tmp_path / "taken").values() for id_, row in rows.items()}
    references = {prop.name for dataset in EVERY.values() for prop in dataset.references}
    live = {each["id"]: each["stored"] for each in seeded.read(LIVE) if each["id"] in taken}
    for id_, stored in live.items():
        row = taken[id_]
        for name, value in stored.items():
            if name not in references | INTERNAL | {"location"}:
                assert row[name] == (value.to_native() if hasattr(value, "to_native") else value), (id_, name)
        extra = set(row) - set(stored) - {"from", "to", "locationLatitude", "locationLongitude"}
        assert not extra, (id_, extra)
    assert len(live) == len(taken) > 20_000


def test_the_manifest_tells_of_the_files(snapshots: Snapshots, world: World, tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    made = snapshots.make(folder, wishes(Rights()))
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    paths = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(told["files"]) == paths
    for path, about in told["files"].items():
        content = (folder / path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (about["bytes"], about["sha256"])
    assert told["viewer"] == {"as": "test", "key": None, "synthetic": False, "pseudonymous": True}
    assert told["log"]["until"] == NOW_TEXT, "the last change is that of the load"
    seen = [each for rows in expected(world, View(world, Viewer())).values() for each in rows.values()]
    counted: dict[str, int] = {}
    for row in seen:
        for source in row.get("sources", ["none"]):
            fact = world.nodes.get(source)
            text = str(fact.values.get("licence", "unknown")) if fact else "unknown"
            counted[text] = counted.get(text, 0) + 1
    assert {each["text"]: each["facts"] for each in told["licences"]} == counted
    assert made.facts == len(seen) > 15_000
    assert (folder.stat().st_mode & 0o777, (folder / "manifest.json").stat().st_mode & 0o777) == (0o700, 0o600)

    polars_reads_the_types(folder)


def polars_reads_the_types(folder: Path) -> None:
    cities = polars.read_parquet(folder / "parquet" / "nodes" / "City.parquet")
    seattle: dict[str, Any] = cities.filter(polars.col("id") == "city/us-wa-seattle").to_dicts()[0]
    assert seattle["name"] == "Seattle"
    assert isinstance(seattle["sources"], list)
    assert cities.schema["population"] == polars.Int64
    assert cities.schema["sinceDay"] == polars.Date
