"""What is written is read by Gephi's own importers, with weights, spells and people without ties."""

import html
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.graphs.gephi import ByGephi, read_by_gephi
from tests.graphs.given import GIVEN, IN_WAVES, WAVES
from tests.graphs.read import Found, bare, expected, found, saved
from tests.graphs.test_formats import both_ways, same

ATTRIBUTED, BARE = ("gexf", "graphml", "gml"), ("net", "dl")
Read = dict[tuple[str, str], ByGephi]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder, keys, paths = tmp_path_factory.mktemp("graphs"), [], list[Path]()
    for of, network in GIVEN.items():
        for ending in (*ATTRIBUTED, *(BARE if of not in ("waves", "empty") else ())):
            (folder / of).mkdir(exist_ok=True)
            keys.append((of, ending))
            paths.append(Path(saved(ending, network, folder / of)))
    return dict(zip(keys, read_by_gephi(paths), strict=True))


@pytest.mark.parametrize("ending", ATTRIBUTED)
@pytest.mark.parametrize("of", [name for name in GIVEN if name != "waves"])
def test_a_network_is_read_back(read: Read, of: str, ending: str) -> None:
    seen = read[of, ending].found()
    same(unescaped(seen) if ending == "gml" else seen, expected(GIVEN[of]))


@pytest.mark.parametrize("ending", ["graphml", "gml"])
def test_each_wave_has_ties_of_its_own(read: Read, ending: str) -> None:
    seen = read["waves", ending].found()
    same(unescaped(seen) if ending == "gml" else seen, expected(IN_WAVES))


@pytest.mark.parametrize("ending", BARE)
@pytest.mark.parametrize("of", [name for name in GIVEN if name not in ("waves", "empty")])
def test_a_network_without_attributes_is_read_back(read: Read, of: str, ending: str) -> None:
    wanted = bare(GIVEN[of])
    wanted = (
        both_ways(wanted)
        if ending == "dl"
        else wanted._replace(ties=[(a, b, values or {"weight": 1.0}) for a, b, values in wanted.ties])
    )
    # Of these formats Gephi does not say whether ties have a direction: it takes what its user chooses.
    seen = read[of, ending].found(weighted=True)
    same(found(wanted.directed, seen.nodes, seen.ties), wanted)


def test_weights_of_gexf_are_strengths(read: Read) -> None:
    seen = {each.names: each.weight for each in read["weighted", "gexf"].ties}
    assert seen == {(a, b): values["strength"] for a, b, values in expected(GIVEN["weighted"]).ties}


def test_waves_are_spells(read: Read) -> None:
    seen = read["waves", "gexf"]
    assert {each.names[0]: each.spells for each in seen.nodes} == {
        each.id: [days(at) for at in each.waves] for each in IN_WAVES.nodes
    }
    ids = [each.id for each in IN_WAVES.nodes]
    names = [each.name for each in IN_WAVES.tie_attributes]
    stated: dict[tuple[str, ...], dict[str, list[Any]]] = {}
    for start, end, values, wave in IN_WAVES.ties:
        assert wave is not None
        for name, value in zip(names, values, strict=True):
            if value is not None:
                of_tie = stated.setdefault((ids[start], ids[end]), {})
                of_tie.setdefault(name, []).append([*days(wave), value])
    assert {each.names: each.values for each in seen.ties} == stated
    assert {each.names: each.spells for each in seen.ties} == {
        ends: [spell[:2] for spell in values["wave"]] for ends, values in stated.items()
    }


def days(wave: int) -> list[float]:
    first, last = WAVES[wave].first, WAVES[wave].last
    assert first is not None
    assert last is not None
    return [datetime.fromisoformat(each).replace(tzinfo=UTC).timestamp() * 1000 for each in (first, last)]


def unescaped(of: Found) -> Found:
    """Gephi leaves the entities of GML as they are."""

    def each(values: dict[str, object]) -> dict[str, object]:
        return {name: html.unescape(value) if isinstance(value, str) else value for name, value in values.items()}

    ties = [(html.unescape(a), html.unescape(b), each(values)) for a, b, values in of.ties]
    return found(of.directed, {html.unescape(id_): each(values) for id_, values in of.nodes.items()}, ties)
