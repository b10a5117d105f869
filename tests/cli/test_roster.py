"""`citygraph roster`: a graph file becomes a roster that is measured, and what is wrong is said before anything is written."""

import json
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest

from graph.cypher.fragments import Fragment
from tests.cli.conftest import Run
from tests.kit.writer import BlockingWriter

TITLE = "A survey of Petersen's graph"
FORGET = Fragment("MATCH (s:Source {title: $q.title}) MATCH (n:Fact) WHERE s.id IN n.sources OR n = s DETACH DELETE n")
FORGET_LOADS = Fragment("MATCH (l:_Load) WHERE l.file STARTS WITH 'roster-' DETACH DELETE l")
GIVEN = {"city": "city/us-wa-seattle", "name": "Petersen", "wave": "2025-05", "source": TITLE, "consent": "NAMED"}
PETERSEN = """{ rosters(where: {name: {eq: "Petersen"}}, synthetic: true) { nodes { id } } }"""


def options(**more: str) -> list[str]:
    return [
        part for name, value in (GIVEN | {"confidence": "SYNTHETIC"} | more).items() for part in (f"--{name}", value)
    ]


@pytest.fixture
def file(tmp_path: Path, seeded: BlockingWriter) -> Iterator[str]:
    """Write Petersen's graph; what was loaded of it is deleted at the end."""
    path = tmp_path / "petersen.graphml"
    networkx.write_graphml(networkx.relabel_nodes(networkx.petersen_graph(), lambda at: f"p{at}"), path)
    yield str(path)
    seeded.read(FORGET, title=TITLE)
    seeded.read(FORGET_LOADS)


def test_a_network_that_is_known_has_its_known_measures(run: Run, file: str) -> None:
    """Ten people with three ties each, diameter 2, no triangle. A second load writes nothing."""
    code, out, err = run("roster", file, *options())
    assert (code, err) == (0, "")
    assert "2025-05: 10 people, of whom 10 named somebody, and 30 ties" in out
    again = run("roster", file, *options())
    assert again[0] == 0
    assert "Nothing was loaded" in again[1]
    (roster,) = json.loads(run("ask", PETERSEN, "--as", "steward")[1])["data"]["rosters"]["nodes"]
    asked = f"""{{ cloud(roster: "{roster["id"]}", direction: UNION, synthetic: true) {{ on {{ people ties }} density
      meanDegree transitivity distances {{ mean diameter }} components {{ sizes }} cutPoints {{ name }} kCores {{ k }} }} }}"""
    measured = json.loads(run("ask", asked, "--as", "steward")[1])["data"]["cloud"]
    assert measured["on"] == {"people": 10, "ties": 15}
    assert [measured[name] for name in ("density", "meanDegree", "transitivity")] == pytest.approx([1 / 3, 3, 0])
    assert measured["distances"] == {"mean": pytest.approx(5 / 3), "diameter": 2}
    assert measured["components"]["sizes"] == [10]
    assert measured["cutPoints"] == []
    assert max(each["k"] for each in measured["kCores"]) == 3


def test_a_dry_run_writes_nothing(run: Run, file: str) -> None:
    code, out, _ = run("roster", file, *options(), "--dry-run")
    assert code == 0
    assert "Nothing was written" in out
    assert json.loads(run("ask", PETERSEN, "--as", "steward")[1])["data"]["rosters"]["nodes"] == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("city", "Seattle", "'Seattle' is no id of a city"),
        ("name", " ", "--name is empty"),
        ("source", "", "--source is empty"),
        ("consent", "MAYBE", "accepted are NAMED, PSEUDONYM"),
        ("confidence", "SURE", "accepted are VERIFIED, PARTLY"),
        ("layer", "LOVES", "accepted are TRUSTS, KNOWS"),
        ("wave", "2025-13", "'2025-13' is not a date"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    run: Run, file: str, name: str, value: str, says: str
) -> None:
    code, _, err = run("roster", file, *options(**{name: value}))
    assert code in (1, 2)
    assert says in err
    assert "not loaded" not in err
