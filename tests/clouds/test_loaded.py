"""A published network that comes in as a graph file is measured as the network that networkx reads from the same file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest

from graph.facts.write import Stamp
from graph.load.networks.read import read_network
from graph.load.networks.rows import Asked, Rows
from schema.domain.clouds import LEADERS
from schema.model import model
from tests.clouds.conftest import FORGET, FORGET_FILE, LATER, Ask
from tests.conftest import SECRET
from tests.http.conftest import TOKEN
from tests.kit.writer import BlockingWriter

CITY = "city/it-12-turin"
AT = LATER.replace(month=7)


@pytest.fixture(params=["NAMED", "PSEUDONYM"])
def loaded(
    request: pytest.FixtureRequest, published: BlockingWriter, tmp_path: Path
) -> Iterator[tuple[str, networkx.DiGraph, int]]:
    """A directed network of 30 people, two of them alone, loaded from GraphML: the id of its roster, and the people in files."""
    given = networkx.gnp_random_graph(28, 0.15, seed=7, directed=True)
    given.add_nodes_from([28, 29])
    networkx.relabel_nodes(given, {at: f"{at:03}" for at in given}, copy=False)
    networkx.set_node_attributes(given, {id_: f"Leader {id_}" for id_ in given}, "name")
    networkx.write_graphml(given, tmp_path / "leaders.graphml")
    agreed = next(each for each in LEADERS.agreed if each.consent.name == request.param)
    asked = Asked(CITY, "Leaders", "All.", "2025-05", LEADERS.layer("TRUSTS"), "A survey", "VERIFIED", agreed)
    rows = list(Rows(read_network([tmp_path / "leaders.graphml"]), asked, model(), SECRET).made())
    path = tmp_path / f"leaders-{request.param}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (report,) = published.load([path], Stamp(SECRET, AT))
    assert not report.diff.problems, report.diff.problems[:3]
    yield next(row["id"] for row in rows if row.get("label") == "Roster"), given, len(rows)
    published.read(FORGET, at=AT)
    published.read(FORGET_FILE, file=path.name)


def test_a_graph_file_becomes_a_cloud(ask: Ask, loaded: tuple[str, Any, int]) -> None:
    id_, given, _ = loaded
    fields = (
        "on { people ties invited answered } density reciprocity { arcs } components { count } people { name inDegree }"
    )
    answer = ask(f'{{ cloud(roster: "{id_}") {{ {fields} }} }}', token=TOKEN)
    assert "errors" not in answer, answer["errors"]
    found = answer["data"]["cloud"]
    answered = sum(degree > 0 for _, degree in given.out_degree)
    assert found["on"] == {"people": 30, "ties": given.size(), "invited": 30, "answered": answered}
    assert found["density"] == pytest.approx(networkx.density(given))
    assert found["reciprocity"]["arcs"] == pytest.approx(networkx.reciprocity(given))
    assert found["components"]["count"] == networkx.number_weakly_connected_components(given)
    assert sorted(each["inDegree"] for each in found["people"]) == sorted(degree for _, degree in given.in_degree)
    assert ask(f'{{ cloud(roster: "{id_}") {{ density }} }}', token=None)["data"]["cloud"] is None
