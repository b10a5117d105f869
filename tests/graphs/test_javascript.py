"""What is written is read by graphology, as programs in browsers do."""

from pathlib import Path

import pytest

from tests.clients.node import Workspace, workspace
from tests.graphs.given import GIVEN, IN_WAVES
from tests.graphs.read import Found, expected, found, written
from tests.graphs.test_formats import same

ENDINGS = ("gexf", "graphml", "json")
Read = dict[tuple[str, str], Found]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("node"))


@pytest.fixture(scope="module")
def read(node: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Read every network in every format in one run."""
    folder, keys, paths = tmp_path_factory.mktemp("graphs"), [], list[Path]()
    for of, network in GIVEN.items():
        for ending in ENDINGS:
            keys.append((of, ending))
            paths.append(folder / f"{of}.{ending}")
            paths[-1].write_bytes(written(ending, network))
    every = {}
    for key, each in zip(keys, node.answers("graphs.mjs", *map(str, paths)), strict=True):
        assert len({id_ for id_, *_ in each["ties"]}) == len(each["ties"])
        drop = ("label", "weight") if key[1] == "gexf" else ()
        kept = [{name: value for name, value in values.items() if name not in drop} for *_, values in each["ties"]]
        nodes = {id_: {k: v for k, v in values.items() if k not in drop} for id_, values in each["nodes"]}
        directed = not any(undirected for *_, undirected, _ in each["ties"])
        ties = [(a, b, values) for (_, a, b, _, _), values in zip(each["ties"], kept, strict=True)]
        every[key] = found(directed, nodes, ties)
    return every


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("of", GIVEN)
def test_a_network_is_read_back(read: Read, of: str, ending: str) -> None:
    seen = read[of, ending]
    if (of, ending) != ("waves", "gexf"):
        same(seen, expected(GIVEN[of], lists=ending == "json"))
        return
    # graphology knows no spells: of the waves of a tie it has what was stated last.
    whole = expected(IN_WAVES)
    assert seen.nodes == whole.nodes
    assert [(a, b) for a, b, _ in seen.ties] == sorted({(a, b) for a, b, _ in whole.ties})
