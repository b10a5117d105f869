"""What is exported as a graph file can be loaded again: the readers of `graph/load/networks` see people and ties as they were."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.export.graphs.exported import Attribute, CannotHold, Exported, Node, Tie, Type
from graph.load.networks.read import read_network
from graph.load.networks.waves import by_wave, spell
from tests.graphs.given import IN_WAVES, LETTERS, WAVES, networks
from tests.graphs.read import saved

ENDINGS = ("gexf", "graphml", "gml", "json", "csv.zip", "xlsx", "net", "dl")
ALL, FIRST, LAST = ("wave/1", "wave/2"), ("wave/1",), ("wave/2",)
LISTED = ((ALL, ALL), (ALL, LAST), (LAST, ()), (FIRST, FIRST), (ALL, ()))
"""Of each person the waves in which he was listed, and in which he answered."""
OVER_WAVES = replace(
    IN_WAVES,
    node_attributes=(Attribute("waves", Type.TEXTS), Attribute("answeredIn", Type.TEXTS)),
    nodes=tuple(
        Node(f"person/{at}", (listed, answered or None), tuple(int(name == "wave/2") for name in listed))
        for at, (listed, answered) in enumerate(LISTED)
    ),
    tie_attributes=(Attribute("strength", Type.INTEGER), Attribute("wave", Type.TEXT)),
    ties=(
        Tie(0, 1, (3, "wave/1"), 0),
        Tie(0, 3, (None, "wave/1"), 0),
        Tie(0, 1, (4, "wave/2"), 1),
        Tie(1, 0, (None, "wave/2"), 1),
    ),
)
"""A network over two waves, whose people say in which they were listed and answered."""
HELD = "".join(each for each in LETTERS if each not in ",:='\"@+-")
"""Letters that every format holds as they are. A CSV file marks an id that a spreadsheet might take for a formula."""


def check(ending: str, of: Exported, folder: Path) -> None:
    read = read_network([Path(saved(ending, of, folder))])
    ids = [each.id for each in of.nodes]
    assert list(read.people) == ids
    directed = of.directed or ending == "dl"
    assert {tie.directed for tie in read.ties} <= {directed}
    ties = [(ids[each.start], ids[each.end]) for each in of.ties]
    if ending == "dl" and not of.directed:
        ties += [(end, start) for start, end in ties]
    assert sorted((tie.start, tie.end) for tie in read.ties) == sorted(ties)
    if ending in ("net", "dl"):
        return
    at = [each.name for each in of.node_attributes].index("name")
    names = [values.get("name") for values in read.people.values()]
    assert names == [each.values[at] for each in of.nodes]


@pytest.mark.parametrize("ending", ENDINGS)
def test_random_networks_are_read(ending: str, tmp_path: Path) -> None:
    @settings(max_examples=25, deadline=None)
    @given(networks(waves=False, letters=HELD))
    def each(of: Exported) -> None:
        if of.nodes:
            check(ending, of, tmp_path)

    each()


ODD = (
    "a\rb",
    "a\x85b",
    "a\u2028b",
    "a\ufffeb",
    "a\x7fb",
    "a\n#b",
    "&#133;",
    "_x000D_",
    "None",
    "nan",
    "007",
    "\u202e",
    "ü" * 30_000,
)
"""Names that some readers take for something else."""


@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("ending", ENDINGS)
def test_odd_names_are_read_back(ending: str, name: str, tmp_path: Path) -> None:
    """In the formats without names they are ids."""
    ids = (name if ending in ("net", "dl") else "person/1", "person/2")
    nodes = sorted((Node(ids[0], (name,)), Node(ids[1], ("B",))))
    of = replace(
        OVER_WAVES,
        node_attributes=(Attribute("name", Type.TEXT),),
        nodes=tuple(nodes),
        ties=(Tie(0, 1, (3, None)),),
        waves=(),
    )
    with suppress(CannotHold):
        check(ending, of, tmp_path)


@pytest.mark.parametrize("ending", ["gexf", "graphml", "gml", "json", "csv.zip", "xlsx"])
def test_waves_are_read_back(ending: str, tmp_path: Path) -> None:
    """GEXF has the dates of waves, the others their names."""
    days = {each.id: spell(each.first, each.last) for each in WAVES}
    given = [] if ending == "gexf" else [f"{name}={when}" for name, when in days.items()]
    read = by_wave(read_network([Path(saved(ending, OVER_WAVES, tmp_path))]), given, "a")
    assert [each.date for each in read] == ["2014-05", "2016"]
    ids = [each.id for each in OVER_WAVES.nodes]
    for number, (name, each) in enumerate(zip(days, read, strict=True)):
        people = {f"person/{at}": each for at, each in enumerate(LISTED)}
        assert list(each.network.people) == [id_ for id_, (listed, _) in people.items() if name in listed]
        says = [id_ for id_, values in each.network.people.items() if values.get("answered") == "true"]
        assert says == [id_ for id_, (_, answered) in people.items() if name in answered]
        ties = [(ids[tie.start], ids[tie.end], tie.values[0]) for tie in OVER_WAVES.ties if tie.wave == number]
        found = [(tie.start, tie.end, tie.values.get("strength")) for tie in each.network.ties]
        assert found == [(start, end, None if value is None else str(value)) for start, end, value in ties]
        told = {name for tie in each.network.ties for name in tie.values} | {*each.network.people[ids[1]]}
        assert not told & {"wave", "waves", "answeredIn"}
