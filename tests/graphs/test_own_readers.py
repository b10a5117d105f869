"""What is exported as a graph file can be loaded again: the readers of `graph/load/networks` see people and ties as they were."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.export.graphs.exported import Exported
from graph.load.files import UnreadableFile
from graph.load.networks.read import read_network
from tests.graphs.given import GIVEN, LETTERS, networks
from tests.graphs.read import saved

ENDINGS = ("gexf", "graphml", "gml", "json", "csv.zip", "xlsx", "net", "dl")
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


def test_ties_of_several_waves_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="several waves"):
        read_network([Path(saved("gexf", GIVEN["waves"], tmp_path))])
