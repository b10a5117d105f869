"""What persons decide: it is remembered by every later matcher, may be undone, and is asked again if the fact is gone."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from graph.cypher import matches
from graph.cypher.fragments import Fragment
from graph.facts.write import now
from graph.matching import waiting
from graph.matching.named import Match, Named
from graph.matching.waiting import DECIDED, NONE, WAITING, Listed, NotDecided, Waiting
from tests.kit.writer import BlockingWriter, blocking_writer
from tests.matching.conftest import Bench
from tests.matching.worlds import STATED

ONE: dict[str, Any] = {"label": "City", "id": "city/match-1", "name": "Match Springs", **STATED}
TWO = ONE | {"id": "city/match-2"}
IN_SPAIN = [{"type": "IN_COUNTRY", "from": each["id"], "to": "country/es", **STATED} for each in (ONE, TWO)]
SPRINGS = Named("City", "match springs", "Spain")


@pytest.fixture
def two(bench: Bench) -> Bench:
    """Two cities of one name in one country."""
    assert not bench.put(ONE, TWO, *IN_SPAIN).problems
    return bench


def listed(bench: Bench, **of: Any) -> list[Waiting]:
    return bench.writer.unit(lambda unit: waiting.listed(unit, Listed(("City", "Organization"), **of)))


def decide(bench: Bench, key: str, fact: str, by: str = "anna") -> Waiting:
    async def work(unit: Any) -> Waiting:
        one = await waiting.one(unit, key)
        assert one is not None
        return await waiting.decide(unit, one, fact, by, now())

    return bench.writer.unit(work)


def undo(bench: Bench, key: str) -> Waiting:
    async def work(unit: Any) -> Waiting:
        one = await waiting.one(unit, key)
        assert one is not None
        return await waiting.undo(unit, one)

    return bench.writer.unit(work)


def test_a_doubtful_name_waits_with_its_candidates(two: Bench) -> None:
    match = two.one(SPRINGS)
    assert (match.id, match.why) == (None, "several facts may be meant")
    (one,) = listed(two)
    assert (one.named, one.feeds, one.why, one.state) == (SPRINGS, ("feed",), match.why, WAITING)
    assert one.candidates == match.candidates
    assert [(each.id, each.why) for each in one.candidates] == [
        ("city/match-1", "same name, same country"),
        ("city/match-2", "same name, same country"),
    ]


def test_the_same_name_of_several_feeds_is_one_question(two: Bench) -> None:
    two.one(SPRINGS, feed="a")
    two.one(replace(SPRINGS, name="Match-Springs", country="es"), feed="b")
    (one,) = listed(two)
    assert one.feeds == ("a", "b")
    assert [each.key for each in listed(two, feed="b")] == [one.key]
    assert listed(two, feed="c") == []


@pytest.mark.parametrize(
    "other",
    [
        replace(SPRINGS, country="MX"),
        replace(SPRINGS, country=None),
        replace(SPRINGS, name="Match Spring"),
        replace(SPRINGS, at=(40.0, -3.0)),
        replace(SPRINGS, ids=(("geonamesId", 7),)),
        replace(SPRINGS, label="Organization"),
    ],
)
def test_what_tells_names_apart_makes_two_questions(two: Bench, other: Named) -> None:
    two.match(SPRINGS, other)
    assert len(listed(two)) == 2


def test_a_second_run_writes_nothing(two: Bench) -> None:
    two.match(SPRINGS, Named("City", "Nowhere at all", "ES"))
    before, version = two.stored(), two.version()
    two.match(SPRINGS, Named("City", "Nowhere at all", "ES"))
    assert (two.stored(), two.version()) == (before, version)


def test_a_decision_is_used_by_the_next_run_and_by_another_writer(two: Bench, address: Any) -> None:
    two.one(SPRINGS)
    (one,) = listed(two)
    before = two.version()
    made = decide(two, one.key, "city/match-2")
    assert (made.state, made.decision, made.by) == (DECIDED, "city/match-2", "anna")
    assert two.version() != before
    assert two.one(SPRINGS) == Match("city/match-2", why="so decided anna")
    with asyncio.Runner() as runner, blocking_writer(address, runner) as other:
        assert Bench(other).one(SPRINGS, feed="other").id == "city/match-2"
    assert listed(two) == []
    (kept,) = listed(two, state=DECIDED)
    assert (kept.decision, kept.by) == ("city/match-2", "anna")


def test_none_leaves_a_name_out(two: Bench) -> None:
    two.one(SPRINGS)
    decide(two, listed(two)[0].key, NONE)
    match = two.one(SPRINGS)
    assert (match.id, match.left_out) == (None, True)
    assert listed(two) == []


def test_a_decision_that_is_undone_is_asked_again(two: Bench) -> None:
    two.one(SPRINGS)
    (one,) = listed(two)
    decide(two, one.key, "city/match-2")
    version = two.version()
    undone = undo(two, one.key)
    assert (undone.state, undone.decision, undone.by) == (WAITING, None, None)
    assert two.version() != version
    assert two.one(SPRINGS).id is None
    assert [each.key for each in listed(two)] == [one.key]
    with pytest.raises(NotDecided, match="Nothing was decided"):
        undo(two, one.key)


def test_a_decision_about_a_fact_that_is_gone_is_asked_again(two: Bench) -> None:
    two.one(SPRINGS)
    (one,) = listed(two)
    decide(two, one.key, "city/match-2")
    version = two.version()
    two.writer.read(Fragment("MATCH (n:City {id: 'city/match-2'}) DETACH DELETE n"))
    assert two.version() != version
    # Only one city of this name is left.
    assert two.one(SPRINGS).id == "city/match-1"
    assert listed(two, state=DECIDED) == []
    two.one(replace(SPRINGS, country="MX"))
    (other,) = listed(two)
    decide(two, other.key, "city/match-1")
    two.writer.read(Fragment("MATCH (n:City {id: 'city/match-1'}) DETACH DELETE n"))
    assert two.one(replace(SPRINGS, country="MX")).id is None
    assert [(each.key, each.candidates) for each in listed(two)] == [(other.key, ())]


def test_without_a_feed_nothing_is_stored(two: Bench) -> None:
    """A trial asks so: neither a question, nor that a decision waits again because its fact is gone."""
    two.one(SPRINGS)
    decide(two, listed(two)[0].key, "city/match-2")
    two.writer.read(Fragment("MATCH (n:City {id: 'city/match-2'}) DETACH DELETE n"))
    before = two.stored()
    assert two.one(SPRINGS, feed=None).id == "city/match-1"
    assert two.one(Named("City", "Nowhere at all", "ES"), feed=None).id is None
    assert two.stored() == before


def test_a_number_that_nothing_can_have_is_not_read(two: Bench) -> None:
    """Python refuses to read a number of 5,000 digits; one with zeros before it is the number."""
    assert two.one(replace(SPRINGS, ids=(("geonamesId", "9" * 5_000),))).why == "several facts may be meant"
    assert not two.put(TWO | {"geonamesId": 77}).problems
    assert two.one(replace(SPRINGS, ids=(("geonamesId", "0" * 5_000 + "77"),))).id == "city/match-2"


def test_a_decision_follows_a_merge(two: Bench) -> None:
    two.one(SPRINGS)
    (one,) = listed(two)
    decide(two, one.key, "city/match-2")
    two.put({"type": "SAME_AS", "from": "city/match-1", "to": "city/match-2", **STATED})
    assert two.one(SPRINGS).id == "city/match-1"


def test_records_that_are_merged_are_one_and_no_person_is_asked(two: Bench) -> None:
    two.put({"type": "SAME_AS", "from": "city/match-1", "to": "city/match-2", **STATED})
    assert two.one(SPRINGS).id == "city/match-1"
    assert two.stored() == []


def test_a_name_that_becomes_certain_waits_no_longer(two: Bench) -> None:
    two.one(SPRINGS)
    assert len(listed(two)) == 1
    two.put({"type": "SAME_AS", "from": "city/match-1", "to": "city/match-2", **STATED})
    two.one(SPRINGS)
    assert listed(two) == []


@pytest.mark.parametrize("fact", ["city/nowhere", "country/es", "organization/icma", "", "None"])
def test_what_is_no_fact_of_the_type_is_not_taken(two: Bench, fact: str) -> None:
    two.one(SPRINGS)
    (one,) = listed(two)
    with pytest.raises(NotDecided) as refused:
        decide(two, one.key, fact)
    assert (refused.value.field, refused.value.accepted) == ("id", ("city/match-1", "city/match-2"))
    assert [each.state for each in listed(two)] == [WAITING]


def test_a_hidden_fact_is_no_candidate_and_cannot_be_decided_on(bench: Bench) -> None:
    hidden = {"label": "Organization", "id": "organization/match-1", "name": "Match Port", **STATED}
    access = {"marking": "AMBER", "holders": ["city/us-wa-seattle"]}
    assert not bench.put(hidden | access).problems
    port = Named("Organization", "Match Port", city="city/us-wa-seattle")
    assert bench.one(port) == Match(None, (), "no fact has this name")
    (one,) = listed(bench)
    with pytest.raises(NotDecided) as of_hidden:
        decide(bench, one.key, "organization/match-1")
    with pytest.raises(NotDecided) as of_absent:
        decide(bench, one.key, "organization/match-9")
    assert str(of_hidden.value).replace("match-1", "") == str(of_absent.value).replace("match-9", "")


def test_a_candidate_that_was_hidden_later_is_not_shown(bench: Bench) -> None:
    shown = {"label": "Organization", "id": "organization/match-1", "name": "Match Port", **STATED}
    bench.put(shown)
    bench.one(Named("Organization", "Match Port"))
    assert [each.id for each in listed(bench)[0].candidates] == ["organization/match-1"]
    bench.put(shown | {"marking": "RED", "holders": ["city/us-wa-seattle"]})
    assert listed(bench)[0].candidates == ()


def test_two_who_decide_do_not_overwrite_each_other(two: Bench) -> None:
    two.one(SPRINGS)
    (one,) = listed(two)
    decide(two, one.key, "city/match-1")
    assert decide(two, one.key, "city/match-1", by="bo").by == "anna"
    with pytest.raises(NotDecided, match="anna has decided that it is city/match-1"):
        decide(two, one.key, "city/match-2", by="bo")

    async def stale(unit: Any) -> Waiting:
        return await waiting.decide(unit, one, "city/match-2", "bo", now())

    with pytest.raises(NotDecided, match="Somebody has decided"):
        two.writer.unit(stale)
    assert [each.decision for each in listed(two, state=DECIDED)] == ["city/match-1"]


def test_two_feeds_at_once_ask_one_question(two: Bench) -> None:
    others = [Named("City", f"Match place {at}", "ES") for at in range(30)]
    two.both([SPRINGS, *others], [*reversed(others), SPRINGS])
    every = listed(two)
    assert len(every) == 31
    assert {frozenset(each.feeds) for each in every} == {frozenset(("one", "two"))}


def test_a_feed_that_is_removed_takes_its_questions_along(two: Bench, seeded: BlockingWriter) -> None:
    two.one(SPRINGS, feed="a")
    two.one(replace(SPRINGS, country="MX"), feed="a")
    two.one(replace(SPRINGS, country="MX"), feed="b")
    two.one(replace(SPRINGS, country="CZ"), feed="a")
    decided = next(each for each in listed(two) if each.named.country == "CZ")
    decide(two, decided.key, NONE)
    two.writer.runner.run(seeded.writer.read(matches.FORGET_FEED, feed="a"))
    assert [(each.named.country, each.feeds) for each in listed(two)] == [("MX", ("b",))]
    assert two.one(replace(SPRINGS, country="CZ")).left_out


def test_pages_are_in_order_and_whole(two: Bench) -> None:
    two.match(*(Named("City", f"Match place {at}", "ES") for at in range(7)))
    every = listed(two)
    assert [(each.since, each.key) for each in every] == sorted((each.since, each.key) for each in every)
    pages, after = list[str](), None
    for _ in range(3):
        page = listed(two, after=after, most=3)
        pages += [each.key for each in page]
        after = page[-1].since, page[-1].key
    assert pages == [each.key for each in every]


def test_a_name_may_be_anything(bench: Bench) -> None:
    odd = ["", " ", "!?", "\u0000", "x" * 100_000, "東京", "'; MATCH (n) //", "İstanbul\u202e", "🏙", "a\nb", "none"]
    names = [
        Named("City", each, "ES", at=at) for each in odd for at in (None, (float("nan"), 1.0), (91.0, float("inf")))
    ]
    matches = bench.match(*names)
    assert len(matches) == len(names)
    assert all(match.id is None and match.why for match in matches.values())
    assert len(listed(bench)) >= len(odd)


def test_a_label_that_is_not_matched_is_an_error(bench: Bench) -> None:
    with pytest.raises(KeyError):
        bench.one(Named("Visit", "Seattle in Oslo"))


def test_the_version_changes_with_what_names_may_mean_and_with_nothing_else(two: Bench) -> None:
    versions = [two.version()]
    visit = {"label": "Visit", "id": "visit/match-1", "title": "Tour", "kind": "STUDY_TOUR", "status": "HELD", **STATED}
    assert not two.put(visit).problems
    assert two.version() == versions[0]
    for row in (
        ONE | {"aliases": ["Match Wells"]},
        {"label": "Organization", "id": "organization/match-1", "name": "Match Port", **STATED},
        {"type": "BASED_IN", "from": "organization/match-1", "to": "city/match-1", **STATED},
        {"type": "SAME_AS", "from": "city/match-1", "to": "city/match-2", **STATED},
    ):
        assert not two.put(row).problems
        versions.append(two.version())
    assert len(set(versions)) == len(versions)
