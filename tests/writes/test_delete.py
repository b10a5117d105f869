"""Deletes: facts go as a whole, with tombstones and events, and hidden facts change nothing of what a writer is told."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.access.viewer import Edits, Permit, Viewer
from graph.bolt.read import Reader, Sessions
from graph.cypher.fragments import Fragment
from graph.events.event import Event
from graph.events.read import Wanted, head, read
from tests.writes.conftest import SEATTLE, TURIN, Mutate, editor
from tests.writes.test_upsert import SOURCE, visit

DELETE = """mutation ($rows: [DeleteInput!]!, $partial: Boolean, $id: ID) {
  deleteFacts(rows: $rows, partial: $partial, requestId: $id) {
    deleted deletedIds problems { path code message accepted } } }"""
TOMBSTONES = Fragment("MATCH (t:_Tombstone) WHERE t.id IN $q.ids RETURN t.id AS id ORDER BY id")
PORTLAND = "city/us-or-portland"
HIDDEN = {"marking": "AMBER", "holders": [PORTLAND]}
ANYONE = Rights()
ALL = Viewer("all", Rights(3), Edits(everywhere=True))
"""A steward of every city."""

Read = Callable[..., list[Event]]


@pytest.fixture
def source(mutate: Mutate) -> str:
    return str(mutate.upsert("Sources", SOURCE)["nodes"][0]["id"])


@pytest.fixture
def hosted(mutate: Mutate, source: str) -> str:
    """The id of a visit that Turin hosts."""
    return str(mutate.upsert("Visits", visit(source, hosts=[{"to": TURIN}]))["nodes"][0]["id"])


@pytest.fixture
def events(mutate: Mutate, sessions: Sessions) -> Read:
    """Read the events since the test began, as a viewer sees them."""
    reader = Reader(sessions, 60)
    start = mutate.runner.run(head(reader))

    def since(rights: Rights = ANYONE, **wanted: Any) -> list[Event]:
        return list(mutate.runner.run(read(reader, rights, start, 100, Wanted(**wanted))).events)

    return since


def delete(mutate: Mutate, *rows: dict[str, Any], viewer: Viewer | None = None, **more: Any) -> Any:
    return mutate.data(DELETE, {"rows": list(rows), **more}, viewer)["deleteFacts"]


def seen(mutate: Mutate, id_: str) -> Any:
    answer = mutate.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": id_}, "steward")
    return (answer.data or {})["node"]


def test_a_fact_goes_and_leaves_a_tombstone(mutate: Mutate, source: str) -> None:
    done = delete(mutate, {"id": source})
    assert done == {"deleted": 1, "deletedIds": [source], "problems": []}
    assert seen(mutate, source) is None
    assert mutate.writer.read(TOMBSTONES, ids=[source]) == [{"id": source}]


def test_a_relationship_goes_and_its_ends_stay(mutate: Mutate, hosted: str) -> None:
    relationship = f"hosted-by/{hosted}/{TURIN}"
    asked = "query ($id: ID!) { visit(id: $id) { updatedAt hosts { edges { relationshipId node { id updatedAt } } } } }"
    before = (mutate.ask(asked, {"id": hosted}, "steward").data or {})["visit"]
    (edge,) = before["hosts"]["edges"]
    done = delete(mutate, {"id": edge["relationshipId"]})
    assert (done["deleted"], done["problems"]) == (1, [])
    after = (mutate.ask(asked, {"id": hosted}, "steward").data or {})["visit"]
    assert after == {"updatedAt": before["updatedAt"], "hosts": {"edges": []}}
    assert relationship != hosted


def test_a_fact_with_relationships_needs_the_word_for_it(mutate: Mutate, hosted: str) -> None:
    before = mutate.facts
    (problem,) = delete(mutate, {"id": hosted})["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].withRelationships", "CONFLICT")
    (relationship,) = problem["accepted"]
    assert problem["message"].startswith(f"{relationship} leads to or from it; remove them first")
    assert mutate.facts == before
    # Without its relationship, in the same mutation or before, it goes.
    done = delete(mutate, {"id": hosted}, {"id": relationship})
    assert done["deletedIds"] == [hosted, relationship]


def test_relationships_go_with_their_fact(mutate: Mutate, hosted: str, source: str, events: Read) -> None:
    done = delete(mutate, {"id": hosted, "withRelationships": True})
    assert (done["deleted"], done["deletedIds"], done["problems"]) == (1, [hosted], [])
    first, second = events()
    assert (first.did, first.of, first.start, first.end) == ("DELETED", "HOSTED_BY", hosted, TURIN)
    assert (second.did, second.of, second.fact) == ("DELETED", "Visit", hosted)
    # The feed of the city tells of both: that the visit is gone, and the relationship to it.
    assert [event.fact for event in events(near=TURIN)] == [first.fact, hosted]
    assert events(near=SEATTLE) == []


def test_a_source_that_facts_cite_stays(mutate: Mutate, hosted: str, source: str) -> None:
    (problem,) = delete(mutate, {"id": source})["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].id", "CONFLICT")
    assert hosted in problem["accepted"]
    assert "refer to it" in problem["message"]
    done = delete(mutate, {"id": source}, {"id": hosted, "withRelationships": True})
    assert done["deletedIds"] == [source, hosted]


def test_a_city_that_holds_facts_stays(mutate: Mutate, source: str) -> None:
    city = mutate.upsert("Cities", {"name": "Newtown", "sources": [source], "confidence": "VERIFIED"})["nodes"][0]["id"]
    held = visit(source, marking="AMBER", holders=[city])
    secret = mutate.upsert("Visits", held)["nodes"][0]["id"]
    (problem,) = delete(mutate, {"id": city}, viewer=ALL)["problems"]
    assert (problem["code"], problem["accepted"]) == ("CONFLICT", [secret])
    assert delete(mutate, {"id": city}, {"id": secret}, viewer=ALL)["deletedIds"] == [city, secret]


def test_a_refused_row_keeps_what_only_it_would_have_taken_along(mutate: Mutate, source: str) -> None:
    """The source cannot go, so its relationship stays, and so must the visit at the other end."""
    cited = mutate.upsert("Sources", {**SOURCE, "title": "Cited"})["nodes"][0]["id"]
    kept = mutate.upsert("Visits", visit(cited, title="Cites"))["nodes"][0]["id"]
    other = mutate.upsert("Sources", {**SOURCE, "title": "Alike"})["nodes"][0]["id"]
    merged = mutate.upsert("SameAs", {"from": cited, "to": other, "sources": [source], "confidence": "VERIFIED"})
    before = mutate.facts
    done = delete(mutate, {"id": other}, {"id": cited, "withRelationships": True}, partial=True)
    assert [problem["path"] for problem in done["problems"]] == ["rows[0].withRelationships", "rows[1].id"]
    assert done["problems"][0]["accepted"] == merged["ids"]
    assert (done["problems"][1]["accepted"], done["deleted"], mutate.facts) == ([kept], 0, before)


def test_rows_that_cannot_go_are_problems(mutate: Mutate, source: str) -> None:
    done = delete(mutate, {"id": "visit/never-was"}, {"id": source}, {"id": source}, {"id": "nonsense"})
    assert [(each["path"], each["code"]) for each in done["problems"]] == [
        ("rows[0].id", "NOT_FOUND"),
        ("rows[2].id", "CONFLICT"),
        ("rows[3].id", "NOT_FOUND"),
    ]
    assert seen(mutate, source) == {"id": source}
    assert delete(mutate, {"id": "visit/never-was"}, {"id": source}, partial=True)["deletedIds"] == [source]


def test_a_guard_protects_from_deleting_what_somebody_has_changed(mutate: Mutate, source: str) -> None:
    asked = "query ($id: ID!) { source(id: $id) { updatedAt } }"
    read_at = (mutate.ask(asked, {"id": source}, "steward").data or {})["source"]["updatedAt"]
    mutate.upsert("Sources", {"key": {"id": source}, "note": "changed"})
    (problem,) = delete(mutate, {"id": source, "expectedUpdatedAt": read_at})["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].expectedUpdatedAt", "CONFLICT")
    assert seen(mutate, source) == {"id": source}


def test_a_repeated_delete_has_its_first_answer(mutate: Mutate, source: str) -> None:
    first = delete(mutate, {"id": source}, id="d-1")
    assert delete(mutate, {"id": source}, id="d-1") == first
    assert delete(mutate, {"id": source}, id="d-2")["problems"][0]["code"] == "NOT_FOUND"


def test_only_an_editor_deletes_and_only_what_he_may_write(mutate: Mutate, hosted: str) -> None:
    assert mutate(DELETE, {"rows": [{"id": hosted}]}, Viewer()).errors[0].code == "FORBIDDEN"
    reader = Viewer("member", Rights(1))
    (problem,) = delete(mutate, {"id": hosted, "withRelationships": True}, viewer=reader)["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0]", "NOT_ALLOWED")
    visits_only = Viewer("editor", Rights(1), Edits((Permit(TURIN, frozenset({"Visit"})),)))
    (problem,) = delete(mutate, {"id": hosted, "withRelationships": True}, viewer=visits_only)["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].withRelationships", "NOT_ALLOWED")
    assert seen(mutate, hosted) == {"id": hosted}


def test_hidden_facts_change_nothing_of_the_answer(mutate: Mutate, source: str, events: Read) -> None:
    """A hidden relationship, a hidden fact that cites, and a hidden fact itself: the writer is told the same as without."""
    of_seattle = editor(SEATTLE)
    plain, tied, cited = (
        mutate.upsert("Sources", {**SOURCE, "title": title})["nodes"][0]["id"] for title in ("Plain", "Tied", "Cited")
    )
    tie = {"from": tied, "to": source, "sources": [source], "confidence": "VERIFIED", **HIDDEN}
    (hidden_tie,) = mutate.upsert("SameAs", tie)["ids"]
    secret = mutate.upsert("Visits", visit(source, sources=[cited], **HIDDEN))["nodes"][0]["id"]
    for id_ in (plain, tied, cited):
        assert delete(mutate, {"id": id_}, viewer=of_seattle) == {"deleted": 1, "deletedIds": [id_], "problems": []}
    absent, hidden = (delete(mutate, {"id": id_}, viewer=of_seattle) for id_ in ("visit/never-was-it", secret))
    assert str(hidden).replace(secret, "-") == str(absent).replace("visit/never-was-it", "-")
    assert [event.fact for event in events(of_seattle.rights) if event.did == "DELETED"] == [plain, tied, cited]
    of_portland = [event.fact for event in events(Rights(1, ("2:us-or-portland",))) if event.did == "DELETED"]
    assert of_portland == [plain, hidden_tie, tied, cited]


def test_a_deleted_end_is_told_only_to_those_who_saw_it(mutate: Mutate, source: str, events: Read) -> None:
    secret = mutate.upsert("Visits", visit(source, **HIDDEN, hosts=[{"to": TURIN}]))["nodes"][0]["id"]
    delete(mutate, {"id": secret, "withRelationships": True}, viewer=ALL)
    assert [event.fact for event in events(near=TURIN)] == []
    member = events(Rights(1, ("2:us-or-portland",)), near=TURIN)
    assert [(event.did, event.of) for event in member] == [("DELETED", "HOSTED_BY"), ("DELETED", "Visit")]


def test_more_rows_than_accepted_are_refused(mutate: Mutate) -> None:
    answer = mutate(DELETE, {"rows": [{"id": f"visit/{n}"} for n in range(1_001)]})
    assert answer.errors[0].code == "BAD_USER_INPUT"
    assert "1,000" in str(answer.errors[0])
