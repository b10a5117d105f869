"""What was measured of a network is kept while the network stays as it is, and what is kept is bounded."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from graph.measures import evaluate, registry
from graph.measures.cloud import Cloud
from graph.measures.communities import communities
from graph.measures.evaluate import Evaluator
from graph.measures.kept import KEPT, KEPT_WEIGHT, Kept
from graph.measures.network import network
from graph.measures.wanted import Wanted
from tests.measures.test_registry import PEOPLE, made


def again(of: Cloud, ties: Sequence[tuple[int, int]] | None = None, **other: Any) -> Cloud:
    """Read the same network again, or one with other ties or people."""
    ids = of.stated.people
    stated, dropped = network(ids, [(ids[a], ids[b]) for a, b in (of.stated.ties if ties is None else ties)])
    return replace(of, **{"stated": stated, "dropped": dropped, "values": {}, **other})


def test_a_network_that_is_read_again_unchanged_is_the_one_before() -> None:
    before = made("parts")
    assert again(before) is not before
    assert again(before).after(before) is before


def test_another_name_outdates_what_shows_names_and_keeps_what_ties_told() -> None:
    before = made("parts")
    before.values["measured"] = 1
    told = communities(before.union)
    renamed = again(before, members=(before.members[0]._replace(name="Another"), *before.members[1:])).after(before)
    assert renamed is not before
    assert not renamed.values
    assert renamed.members[0].name == "Another"
    assert renamed.union is before.union
    assert communities(renamed.union) == told


@pytest.mark.parametrize(
    "changed", [{"ties": [(0, 1)]}, {"basis": replace(made("parts").basis, synthetic=True)}, {"groupings": ("OTHER",)}]
)
def test_any_change_is_seen(changed: dict[str, Any]) -> None:
    before = made("parts")
    after = again(before, **changed)
    found = after.after(before)
    assert found == before or found is not before
    for name in ("basis", "groupings", "stated"):
        assert getattr(found, name) == getattr(after, name)


async def none(*_: object) -> Any:
    return None


def test_who_took_part_is_read_again() -> None:
    """A council may get another member while nobody's trust changes."""
    of, members = made("no ties"), [["a", "b"]]

    async def gathered(_: Cloud, gatherings: Sequence[str]) -> list[list[str]]:
        return [list(group) for group in members]

    ties = Wanted("what", "whatIf", {"gatherings": ["council/x"]}, (Wanted("on", "on", {}, (Wanted("t", "ties"),)),))
    evaluator = Evaluator(none, none, gathered)

    def counted() -> int:
        answer = asyncio.run(evaluator.answer(of, Wanted("cloud", "cloud", {}, (ties,))))
        return int(answer["what"]["on"]["t"])

    assert counted() == 2
    members[0].append("c")
    assert counted() == 6


def test_each_measure_is_computed_once_for_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    of, began = made("parts"), list[str]()
    monkeypatch.setattr(evaluate, "MOST_VALUES", 3)
    evaluator = Evaluator(none, none, none, began.append)

    def ask(name: str, **asked: Any) -> None:
        asyncio.run(evaluator.answer(of, Wanted("cloud", "cloud", {}, (Wanted("x", name, asked),))))

    for _ in range(2):
        ask("missingTies", first=1)
        ask("missingTies", first=2)
        ask("density")
    assert began == ["missingTies", "missingTies", "density"]
    ask("meanDegree")
    assert len(of.values) == 3
    ask("missingTies", first=1)
    assert began[3:] == ["meanDegree", "missingTies"]


def test_networks_under_other_conditions_are_bounded_apart() -> None:
    of, evaluator = made("all"), Evaluator(none, none, none)
    for at in range(evaluate.MOST_VARIANTS + 5):
        asked = {"without": [PEOPLE[at % 8], PEOPLE[at // 8]]}
        below = (Wanted("d", "density"),)
        asyncio.run(evaluator.answer(of, Wanted("cloud", "cloud", {}, (Wanted("w", "whatIf", asked, below), *below))))
    variants = [each for key, each in of.values.items() if key[0] == "whatIf"]
    assert len(variants) == evaluate.MOST_VARIANTS
    assert of.weight == sum(each.weight for each in variants) + len(of.members) + len(of.stated.ties)
    assert (False, "density", "[]") in of.values
    assert set(registry.NETWORK) >= {"density"}


class Weighing:
    def __init__(self, weight: int) -> None:
        self.weight = weight


def test_what_a_process_keeps_is_bounded_by_number_and_weight() -> None:
    kept = Kept()
    for at in range(KEPT + 1):
        kept.keep(str(at), "1", Weighing(1))
    assert kept.get("0") is None
    assert kept.get("1") is not None
    kept.keep("heavy", "1", Weighing(KEPT_WEIGHT - 1))
    # The one that was used last stays beside it.
    assert [key for key in ("1", "2", str(KEPT), "heavy") if kept.get(key)] == ["1", "heavy"]
