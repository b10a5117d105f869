"""What was cut can be had, entry by entry, and nothing else is left out. Random JSON, compared with itself."""

import json
import random
from typing import Any

import orjson
import pytest

from app.mcp.answers import made_up_facts, sources
from app.mcp.cut import Cut, Cutting, at_pointer, escaped
from app.mcp.tools import Fact, Source, ToolFailed

KEYS = ("a", "b/c", "d~e", "name")
SLACK = 3
"""How many times the room a cut value may take: each list keeps one entry at least, and a text some characters."""


def drawn(dice: random.Random, depth: int = 0) -> Any:
    """Draw JSON as an answer has it."""
    kind = dice.random()
    if depth > 4 or kind < 0.3:
        return dice.choice([None, True, dice.randrange(10**6), "é" * dice.randrange(40), "x" * dice.randrange(900)])
    if kind < 0.6:
        return {key: drawn(dice, depth + 1) for key in KEYS[: dice.randrange(1, 5)]}
    return [drawn(dice, depth + 1) for _ in range(dice.randrange(12))]


def put_together(whole: Any, room: int) -> Any:
    """Cut, and ask for the rest of each cut until there is none."""
    cutting = Cutting()
    shown = {"": cutting.fit(whole, room)}
    open_ = [cut for cut in cutting.cuts if cut.end < cut.total]
    for _ in range(100_000):
        if not open_:
            return shown[""]
        cut = open_.pop(0)
        more = Cutting()
        part = more.fit(at_pointer(whole, cut.at), room, cut.at, cut.end)
        _extend(shown, cut, part)
        open_ += [each for each in more.cuts if each.end < each.total]
    raise AssertionError("cutting does not end")


def _extend(shown: dict[str, Any], cut: Cut, part: Any) -> None:
    if cut.at == "":
        shown[""] = shown[""] + part
        return
    parent, _, last = cut.at.rpartition("/")
    holder = at_pointer(shown[""], parent)
    key: Any = int(last) if isinstance(holder, list) else last.replace("~1", "/").replace("~0", "~")
    holder[key] = holder[key] + part


@pytest.mark.parametrize("seed", range(40))
def test_the_parts_are_the_whole(seed: int) -> None:
    dice = random.Random(seed)
    value = [drawn(dice) for _ in range(6)]
    for room in (300, 2_000, 10**6):
        assert put_together(value, room) == value


def test_a_cut_is_within_its_room() -> None:
    rows = [{"name": f"row {at}", "more": ["x" * 20] * 5} for at in range(5_000)]
    for room in (1_000, 40_000):
        cutting = Cutting()
        shown = cutting.fit({"few": [1, 2], "many": rows}, room)
        assert room / 2 < len(orjson.dumps(shown)) <= room
        assert shown["few"] == [1, 2]
        assert cutting.cuts == [Cut("/many", 0, len(shown["many"]), 5_000)]


def test_what_fits_is_not_touched() -> None:
    value = {"a": [1, {"b": "c"}], "d": None}
    cutting = Cutting()
    assert cutting.fit(value, len(json.dumps(value)) + 20) is value
    assert cutting.cuts == []


@pytest.mark.parametrize("pointer", ["/b", "/a/2", "/a/x", "/a/-1", "/a/0/c", "/", "b", "/a/99999999999999999999"])
def test_a_pointer_to_nothing_is_refused(pointer: str) -> None:
    with pytest.raises(ToolFailed, match="nothing at"):
        at_pointer({"a": [1, 2]}, pointer)


def test_keys_with_strokes_are_found() -> None:
    assert at_pointer({"b/c": {"d~e": 1}}, f"/{escaped('b/c')}/{escaped('d~e')}") == 1


def test_a_cut_hides_the_facts_behind_it() -> None:
    cut = Cut("/data/x/nodes", 2, 4, 9)
    assert [at for at in range(6) if cut.shows(f"/data/x/nodes/{at}/y")] == [2, 3]
    assert cut.shows("/data/x")
    assert cut.shows("/data/z/nodes/0")


def test_sources_of_many_facts_are_told_once() -> None:
    page, book = Source("Page", "https://a.example", False), Source("Book", None, True)
    facts = [Fact(f"/data/x/{at}/node", made_up=at == 1, sources=(page,)) for at in range(3)]
    facts.append(Fact("/data/y", False, sources=(book, page)))
    assert sources(facts) == [
        {"title": "Page", "url": "https://a.example", "of": ["/data/x/0,1,2/node", "/data/y"]},
        {"title": "Book", "url": None, "madeUp": True, "of": ["/data/y"]},
    ]
    assert made_up_facts(facts) == [{"at": "/data/x/*/node", "madeUp": 1, "of": 3, "which": ["/data/x/1/node"]}]
