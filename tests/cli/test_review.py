"""Names of feeds on the command line: listed, decided, undone, and asked one after the other on a terminal."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.kit.writer import BlockingWriter
from tests.matching.conftest import FORGET, FORGET_MARK, Bench
from tests.matching.test_decisions import IN_SPAIN, ONE, SPRINGS, TWO
from tests.matching.test_graphql import PORT


@pytest.fixture
def bench(seeded: BlockingWriter) -> Iterator[Bench]:
    """Two names that wait: a city with two candidates, and an organization without any."""
    made = Bench(seeded)
    made.put(ONE, TWO, *IN_SPAIN)
    made.match(SPRINGS, feed="a")
    made.match(PORT, feed="b")
    yield made
    seeded.read(FORGET)
    seeded.read(FORGET_MARK)


def listed(run: Run, *options: str) -> list[dict[str, Any]]:
    code, out, _ = run("review", *options, "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_names_are_listed_decided_and_undone(run: Run, bench: Bench) -> None:
    _, out, _ = run("review")
    assert "City 'match springs', Spain" in out
    assert "city/match-1: same name, same country" in out
    assert [each["name"] for each in listed(run, "--feed", "b")] == ["Match Port"]
    (springs,) = listed(run, "--offered")
    key = str(springs["key"])
    assert [each["fact"] for each in springs["candidates"]] == ["city/match-1", "city/match-2"]
    assert "is city/match-2." in run("review", "decide", key, "city/match-2")[1]
    assert bench.one(SPRINGS).id == "city/match-2"
    assert [each["name"] for each in listed(run)] == ["Match Port"]
    assert "operator" in run("review", "--decided")[1]
    assert "Waits again" in run("review", "undo", key)[1]
    assert "is left out." in run("review", "decide", key, "none")[1]
    assert bench.one(SPRINGS).left_out
    assert "There are more than 1." in run("review", "--most", "1")[1] or len(listed(run)) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decide", "city-nowhere", "none"), "There is no name with the key city-nowhere"),
        (("decide", "KEY", "city/nowhere"), "Offered are city/match-1, city/match-2."),
        (("undo", "KEY"), "Nothing was decided on KEY."),
        (("each",), "This needs a terminal."),
    ],
)
def test_what_is_wrong_is_named(run: Run, bench: Bench, arguments: tuple[str, ...], words: str) -> None:
    key = str(listed(run, "--feed", "a")[0]["key"])
    code, _, err = run("review", *(each.replace("KEY", key) for each in arguments))
    assert code == 1
    assert words.replace("KEY", key) in err
    assert len(listed(run)) == 2


def test_a_terminal_asks_one_after_the_other(run: Run, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["city/nowhere", "2", "none"])
    monkeypatch.setattr("app.cli.review.is_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    code, out, _ = run("review", "each")
    assert code == 0
    assert "'city/nowhere' is not the id of a City that everybody may see" in out
    assert bench.one(SPRINGS).id == "city/match-2"
    assert bench.one(PORT).left_out
    assert "No name waits." in run("review", "each")[1]


def test_who_answers_nothing_decides_nothing(run: Run, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["", "q"])
    monkeypatch.setattr("app.cli.review.is_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert run("review", "each")[0] == 0
    assert len(listed(run)) == 2
