"""Mutations of one transaction, at random: they do and say the same as one after the other, in every order of arrival."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from graph.access.viewer import Viewer
from graph.cypher.fragments import Fragment
from graph.question.engine import Answer
from tests.conftest import NOW
from tests.kit.random.documents import random_seed
from tests.writes.conftest import FORGET, FORGET_RELATIONSHIPS, SEATTLE, TURIN, Mutate, editor
from tests.writes.test_groups import Together, together

__all__ = ["together"]

FIXED, FRESH, SOAK, LENGTH = 3, 1, 60, 9
"""Groups of fixed seeds, of this run's own seed, of the soak, and the mutations in each."""
TITLES = [f"Side {letter}" for letter in "abcd"]
NUMBERS = (990_000_001, 990_000_002)
WORLD = Fragment(
    "MATCH (n:Fact) WHERE n.recordedAt > $q.now "
    "RETURN labels(n) AS labels, coalesce(n.title, n.statement, n.name) AS name, n.note AS note, n.audience AS audience, "
    "n.geonamesId AS number, COLLECT { MATCH (n)-[r]-(m) "
    "RETURN type(r) + ' ' + coalesce(m.title, m.statement, m.name) + ' ' + coalesce(r.note, '') + r.audience } AS links"
)
"""The facts that a group wrote, without their ids."""
EVENTS = Fragment("MATCH (e:_Event) WHERE e.seq > $q.seq RETURN e.did AS did, e.of AS of, e.seq AS seq ORDER BY seq")
HEAD = Fragment("MATCH (s:_Sequence {name: 'log'}) RETURN s.value AS seq")
PROBLEMS = "created changed same problems { path code }"
FIELDS = {
    "Visits": f"mutation ($rows: [VisitInput!]!, $id: ID) {{ upsertVisits(rows: $rows, requestId: $id) {{ {PROBLEMS} }} }}",
    "Lessons": f"mutation ($rows: [LessonInput!]!) {{ upsertLessons(rows: $rows) {{ {PROBLEMS} }} }}",
    "Cities": f"mutation ($rows: [CityInput!]!) {{ upsertCities(rows: $rows) {{ {PROBLEMS} }} }}",
    "Sources": f"mutation ($rows: [SourceInput!]!) {{ upsertSources(rows: $rows) {{ {PROBLEMS} nodes {{ id }} }} }}",
    "HostedBy": f"mutation ($rows: [HostedByInput!]!) {{ upsertHostedBy(rows: $rows) {{ {PROBLEMS} }} }}",
    "Learned": f"mutation ($rows: [RelationshipInput!]!) {{ upsertLearned(rows: $rows) {{ {PROBLEMS} }} }}",
    "Under": f"mutation ($rows: [RelationshipInput!]!) {{ upsertUnder(rows: $rows) {{ {PROBLEMS} }} }}",
}
MAKE = """mutation ($s: [SourceInput!]!, $v: [VisitInput!]!, $l: [LessonInput!]!, $t: [TopicInput!]!) {
  visits: upsertVisits(rows: $v) { nodes { id } problems { message } }
  lessons: upsertLessons(rows: $l) { nodes { id } problems { message } }
  topics: upsertTopics(rows: $t) { nodes { id } problems { message } }
  sources: upsertSources(rows: $s) { nodes { id } problems { message } } }"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        soak = metafunc.config.getoption("soak")
        metafunc.parametrize("seed", [*range(SOAK if soak else FIXED), *(random_seed() + n for n in range(FRESH))])


@dataclass(frozen=True)
class Made:
    """The facts that a group finds: ids of a source, of visits, lessons and topics."""

    source: str
    visits: Sequence[str]
    lessons: Sequence[str]
    topics: Sequence[str]


def made(mutate: Mutate) -> Made:
    """Make the facts that a group finds."""
    cited = {"title": "Side source", "confidence": "VERIFIED"}
    (source,) = mutate.data(FIELDS["Sources"], {"rows": [cited]})["upsertSources"]["nodes"]
    by = {"confidence": "VERIFIED", "sources": [source["id"]]}
    done = mutate.data(
        MAKE,
        {
            "v": [_visit(source["id"], title) for title in TITLES[:3]],
            "l": [{"statement": "Side l", **by}, {"statement": "Side m", **by}],
            "t": [{"name": f"Side topic {at}", **by} for at in range(3)],
            "s": [{"title": "Side other", "confidence": "VERIFIED"}],
        },
    )
    assert not any(each["problems"] for each in done.values()), done
    ids = {name: [node["id"] for node in each["nodes"]] for name, each in done.items()}
    return Made(source["id"], ids["visits"], ids["lessons"], ids["topics"])


def _visit(source: str, title: str, **more: Any) -> dict[str, Any]:
    stated = {"title": title, "kind": "STUDY_TOUR", "status": "PLANNED", "since": "2031-05"}
    return stated | {"sources": [source], "confidence": "VERIFIED"} | more


def asked(rng: random.Random, at: int, base: Made) -> tuple[str, dict[str, Any], bool]:
    """Return one mutation: its field, its variables, and whether an editor who sees less than the steward asks it."""
    title, note, place = rng.choice(TITLES), f"n{at}", rng.choice((SEATTLE, TURIN))
    visit, lesson = rng.choice(base.visits), rng.choice(base.lessons)
    by = {"confidence": "VERIFIED", "sources": [base.source]}
    hides = {"marking": "AMBER", "holders": [rng.choice((SEATTLE, TURIN))]}
    choices: list[tuple[str, dict[str, Any], bool]] = [
        ("Visits", {"rows": [_visit(base.source, title, key={"title": title}, note=note)]}, False),
        ("Visits", {"rows": [_visit(base.source, title, key={"title": title}, hosts=[{"to": place}])]}, False),
        ("Visits", {"rows": [_visit(base.source, title, key={"title": title}, note=note, **hides)]}, True),
        ("Visits", {"rows": [_visit(base.source, title, note=note)]}, False),
        ("Visits", {"rows": [_visit(base.source, TITLES[3], note="asked twice")], "id": "side-1"}, False),
        ("Visits", {"rows": [{"key": {"id": visit}, "title": title}]}, False),
        ("Visits", {"rows": [{"key": {"id": visit}, **hides}]}, False),
        ("Visits", {"rows": [{"key": {"id": visit}, "marking": "CLEAR", "holders": None}]}, False),
        ("Visits", {"rows": [{"key": {"id": visit}, "note": note}, {"key": {"title": title}, "until": "2031-06"}]}, True),
        ("HostedBy", {"rows": [{"from": visit, "to": place, "note": note, **by}]}, False),
        ("HostedBy", {"rows": [{"from": visit, "to": "city/absent", **by}, {"from": visit, "to": place, **by}]}, False),
        ("Learned", {"rows": [{"from": place, "to": lesson, **by}]}, False),
        ("Lessons", {"rows": [{"key": {"statement": "Side l"}, "statement": "Side m", "learnedBy": [{"from": place}]}]}, False),
        ("Under", {"rows": [dict(zip(("from", "to"), rng.sample(base.topics, 2), strict=True)) | by]}, False),
        ("Cities", {"rows": [{"name": f"Side {at}", "geonamesId": rng.choice(NUMBERS), **by}]}, False),
        ("Cities", {"rows": [{"key": {"geonamesId": rng.choice(NUMBERS)}, "name": f"Side {at}", "note": note, **by}]}, False),
    ]  # fmt: skip
    return rng.choice(choices)


@dataclass
class _Outcome:
    """What a group did: the payloads, the facts, and the events, sorted."""

    told: list[Any]
    world: list[str]
    events: list[tuple[str, str]]


def run(together: Together, seed: int, *, at_once: bool) -> _Outcome:
    """Run one group of mutations on facts of its own, at once or one after the other."""
    mutate = together.mutate
    base, rng = made(mutate), random.Random(seed)
    (before,) = mutate.writer.read(HEAD)
    asks = [asked(rng, at, base) for at in range(LENGTH)]
    by: dict[bool, Viewer | None] = {True: editor(SEATTLE), False: None}
    work = [together.ask(FIELDS[name], variables, by[less]) for name, variables, less in asks]
    answers = together(*work) if at_once else [together(each)[0] for each in work]
    events = mutate.writer.read(EVENTS, seq=before["seq"])
    assert [event["seq"] for event in events] == list(range(before["seq"] + 1, before["seq"] + 1 + len(events)))
    world = sorted(str({**each, "links": sorted(each["links"])}) for each in mutate.writer.read(WORLD, now=NOW))
    mutate.writer.read(FORGET_RELATIONSHIPS, now=NOW)
    mutate.writer.read(FORGET, now=NOW)
    return _Outcome(_told(answers), world, sorted((event["did"], event["of"]) for event in events))


def _told(answers: Sequence[Answer]) -> list[Any]:
    return [([error.code for error in answer.errors], answer.data) for answer in answers]


def test_mutations_at_once_do_and_say_the_same_as_one_after_the_other(together: Together, seed: int) -> None:
    alone = run(together, seed, at_once=False)
    assert run(together, seed, at_once=True) == alone
    assert together.sizes[-1] == LENGTH
