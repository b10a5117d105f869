"""Drafts: rows that are seen by their author and by who may write them, and accepted, changed or refused as a whole."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from graph.access.rights import Rights
from graph.access.viewer import Edits, Viewer
from graph.question.engine import Answer, Question
from graph.question.turns import AtOnce
from schema.language.writes import MOST_DRAFTS
from tests.writes.conftest import SEATTLE, TURIN, Mutate, editor
from tests.writes.test_upsert import OSLO, SOURCE, visit

WHOLE = """id author createdAt updatedAt state field rows note decidedBy problems { path code message accepted }
  changes { action fact type start end fields { field before after } }"""
DRAFT = f"""mutation ($rows: [VisitInput!]!, $draft: DraftInput, $request: ID) {{
  upsertVisits(rows: $rows, draft: $draft, requestId: $request) {{
    created changed same problems {{ path code message }} nodes {{ id }} draft {{ {WHOLE} }} }} }}"""
LESSONS = (
    f"""mutation ($rows: [LessonInput!]!) {{ upsertLessons(rows: $rows, draft: {{}}) {{ draft {{ {WHOLE} }} }} }}"""
)
DELETE = f"""mutation ($rows: [DeleteInput!]!) {{ deleteFacts(rows: $rows, draft: {{}}) {{
  deleted deletedIds draft {{ {WHOLE} }} }} }}"""
END = f"""mutation ($rows: [EndInput!]!) {{ endFacts(rows: $rows, draft: {{}}) {{ changed draft {{ {WHOLE} }} }} }}"""
ACCEPT = f"""mutation ($id: ID!, $request: ID, $expected: Instant) {{
  acceptDraft(id: $id, requestId: $request, expectedUpdatedAt: $expected) {{
    created changed same facts problems {{ path code }} draft {{ {WHOLE} }} }} }}"""
REFUSE = f"mutation ($id: ID!, $note: String) {{ refuseDraft(id: $id, note: $note) {{ draft {{ {WHOLE} }} }} }}"
ONE = f"query ($id: ID!) {{ draft(id: $id) {{ {WHOLE} }} }}"
LIST = """query ($state: DraftState, $city: ID, $first: Int, $after: String) {
  drafts(state: $state, city: $city, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"""

MEMBER = Viewer("key/anna-1", Rights(1, ("2:us-wa-seattle",)), owner="anna")
"""A member of Seattle, who may write nothing."""
EDITOR, OTHER = replace(editor(SEATTLE), actor="bo"), replace(editor(TURIN), actor="carlo")


@pytest.fixture
def source(mutate: Mutate) -> str:
    return str(mutate.upsert("Sources", SOURCE)["nodes"][0]["id"])


def ours(source: str, **more: Any) -> dict[str, Any]:
    """A visit that only Seattle may see and write."""
    return visit(source, marking="AMBER", holders=[SEATTLE], **more)


def draft(mutate: Mutate, *rows: dict[str, Any], viewer: Viewer = MEMBER, **more: Any) -> Any:
    return mutate.data(DRAFT, {"rows": list(rows), "draft": {}, **more}, viewer)["upsertVisits"]


def answered(mutate: Mutate, text: str, variables: dict[str, Any], viewer: Viewer) -> Answer:
    asked = Question(text, variables)
    return mutate.runner.run(mutate.mutations.drafts(asked, viewer, mutate.writer.writer, AtOnce()))


def read(mutate: Mutate, id_: str, viewer: Viewer) -> Any:
    answer = answered(mutate, ONE, {"id": id_}, viewer)
    assert not answer.errors, answer.errors
    return (answer.data or {})["draft"]


def listed(mutate: Mutate, viewer: Viewer, **variables: Any) -> list[str]:
    answer = answered(mutate, LIST, variables, viewer)
    assert not answer.errors, answer.errors
    return [each["id"] for each in (answer.data or {})["drafts"]["nodes"]]


def codes(answer: Answer) -> list[str]:
    return [error.code for error in answer.errors]


def accept(mutate: Mutate, id_: str, viewer: Viewer, **more: Any) -> Any:
    return mutate.data(ACCEPT, {"id": id_, **more}, viewer)["acceptDraft"]


def fields(change: Any) -> dict[str, tuple[str | None, str | None]]:
    return {each["field"]: (each["before"], each["after"]) for each in change["fields"]}


def test_a_dry_run_answers_as_a_draft_does_and_stores_nothing(mutate: Mutate, source: str) -> None:
    rows = ours(source, hosts=[{"to": OSLO}]), visit(source, title="Nowhere", hosts=[{"to": "city/none"}])
    before, learned = mutate.facts, set(mutate.learned)
    tried = draft(mutate, *rows, draft={"dryRun": True})
    assert (mutate.facts, mutate.learned) == (before, learned)
    assert [listed(mutate, MEMBER, state=state) for state in ("OPEN", "REFUSED", "ACCEPTED")] == [[], [], []]
    assert read(mutate, tried["draft"]["id"], MEMBER) is None
    made = draft(mutate, *rows)

    def told(of: Any) -> Any:
        changes = [(each["action"], each["type"], each["end"], each["fields"]) for each in of["draft"]["changes"]]
        return of["created"], of["problems"], of["draft"]["problems"], of["draft"]["rows"], changes

    assert told(tried) == told(made)
    assert tried["created"] >= 2
    assert tried["problems"]
    for more in ({"draft": {"dryRun": True, "id": made["draft"]["id"]}}, {"draft": {"dryRun": True}, "request": "dry"}):
        refused = mutate(DRAFT, {"rows": [ours(source)], **more}, MEMBER)
        assert codes(refused) == ["BAD_USER_INPUT"]
        assert "dryRun" in str(refused.errors[0])


def test_a_member_drafts_and_an_editor_sees_and_accepts(mutate: Mutate, source: str) -> None:
    before = mutate.facts
    made = draft(mutate, ours(source, hosts=[{"to": OSLO}]))
    assert (made["created"], made["changed"], made["same"], made["problems"]) == (2, 0, 0, [])
    told = made["draft"]
    assert (told["author"], told["state"], told["field"], told["rows"]) == ("anna", "OPEN", "upsertVisits", 1)
    # The draft itself, its audience, and no fact.
    assert mutate.facts <= before + 2
    shown = read(mutate, told["id"], EDITOR)
    assert shown == told
    visited, hosted = shown["changes"]
    assert (visited["action"], visited["type"], visited["start"]) == ("CREATED", "Visit", None)
    assert fields(visited) == {
        "title": (None, '"Seattle in Oslo"'),
        "kind": (None, '"STUDY_TOUR"'),
        "status": (None, '"PLANNED"'),
        "since": (None, '"2031-05"'),
        "sources": (None, f'["{source}"]'),
        "confidence": (None, '"VERIFIED"'),
        "marking": (None, '"AMBER"'),
        "holders": (None, f'["{SEATTLE}"]'),
    }
    assert (hosted["type"], hosted["start"], hosted["end"]) == ("HOSTED_BY", visited["fact"], OSLO)
    done = accept(mutate, told["id"], EDITOR)
    assert (done["created"], done["facts"], done["problems"]) == (2, [visited["fact"], hosted["fact"]], [])
    assert (done["draft"]["state"], done["draft"]["decidedBy"], done["draft"]["changes"]) == ("ACCEPTED", "bo", [])
    asked = "query ($id: ID!) { visit(id: $id) { title } }"
    assert (mutate.ask(asked, {"id": visited["fact"]}, "steward").data or {})["visit"] == {"title": "Seattle in Oslo"}


def test_who_may_not_write_it_sees_nothing(mutate: Mutate, source: str) -> None:
    id_ = draft(mutate, ours(source))["draft"]["id"]
    member = replace(MEMBER, actor="key/dora-1", owner="dora")
    for viewer in (OTHER, member):
        assert read(mutate, id_, viewer) is None
        assert listed(mutate, viewer) == []
        for text in (ACCEPT, REFUSE):
            hidden, absent = (mutate(text, {"id": each}, viewer) for each in (id_, "draft/nobody"))
            assert codes(hidden) == ["NOT_FOUND"]
            assert [each.as_dict() for each in hidden.errors] == [each.as_dict() for each in absent.errors]
    assert listed(mutate, EDITOR) == listed(mutate, MEMBER) == listed(mutate, mutate.steward) == [id_]
    assert listed(mutate, replace(MEMBER, actor="key/anna-2")) == [id_]
    assert codes(answered(mutate, LIST, {}, Viewer())) == ["FORBIDDEN"]


def test_a_red_draft_is_hidden_from_an_editor_who_sees_no_red_facts(mutate: Mutate, source: str) -> None:
    red = {"marking": "RED", "holders": [SEATTLE]}
    good, bad = visit(source, **red), visit(source, **red, until="2030")
    steward = replace(EDITOR, actor="stella", rights=Rights(1, ("2:us-wa-seattle", "3:us-wa-seattle")))
    ids = [draft(mutate, row)["draft"]["id"] for row in (good, bad)]
    assert [read(mutate, id_, EDITOR) for id_ in ids] == [None, None]
    assert listed(mutate, steward) == ids
    assert [each["path"] for each in read(mutate, ids[1], steward)["problems"]] == ["rows[0].until"]


def test_a_draft_about_a_hidden_fact_is_hidden(mutate: Mutate, source: str) -> None:
    """A name that the author knows, and a relationship that he sees, lead a reader to no other fact."""
    stated = visit(source, title="Secret tour", marking="AMBER", holders=[SEATTLE])
    mutate.upsert("Visits", stated)
    change = {"key": {"title": "Secret tour"}, "note": "moved"}
    told = draft(mutate, change)["draft"]
    assert [each["action"] for each in told["changes"]] == ["CHANGED"]
    assert fields(told["changes"][0]) == {"note": (None, '"moved"')}
    assert read(mutate, told["id"], OTHER) is None
    assert read(mutate, told["id"], EDITOR) == told


def test_hidden_facts_change_nothing_of_a_diff(mutate: Mutate, source: str) -> None:
    hidden = mutate.upsert("Sources", SOURCE | {"title": "Hidden", "marking": "AMBER", "holders": [TURIN]})["nodes"][0]
    cited = ([source], [source, hidden["id"]])
    ids = [mutate.upsert("Visits", visit(source) | {"sources": each})["nodes"][0]["id"] for each in cited]
    again = mutate.upsert("Sources", SOURCE | {"title": "Another"})["nodes"][0]["id"]
    diffs = []
    for id_ in ids:
        told = draft(mutate, {"key": {"id": id_}, "sources": [again], "note": "x"})["draft"]
        diffs.append([fields(each) for each in read(mutate, told["id"], EDITOR)["changes"]])
        assert diffs[-1] == [fields(each) for each in told["changes"]]
    assert diffs[0] == diffs[1] == [{"sources": (f'["{source}"]', f'["{again}"]'), "note": (None, '"x"')}]


def test_an_editor_changes_a_draft(mutate: Mutate, source: str) -> None:
    id_ = draft(mutate, visit(source))["draft"]["id"]
    changed = draft(mutate, visit(source, title="Better"), viewer=EDITOR, draft={"id": id_})["draft"]
    assert (changed["id"], changed["author"]) == (id_, "anna")
    shown = read(mutate, id_, MEMBER)
    assert fields(shown["changes"][0])["title"] == (None, '"Better"')
    assert shown["updatedAt"] > shown["createdAt"]
    stale = mutate(ACCEPT, {"id": id_, "expected": shown["createdAt"]}, EDITOR)
    assert codes(stale) == ["CONFLICT"]
    beyond = mutate(ACCEPT, {"id": id_, "expected": "0001-01-01T00:00:00+14:00"}, EDITOR)
    assert codes(beyond) == ["CONFLICT"]
    assert accept(mutate, id_, EDITOR, expected=shown["updatedAt"])["created"] == 1
    other = mutate(LESSONS.replace("draft: {}", f'draft: {{id: "{id_}"}}'), {"rows": []}, MEMBER)
    assert codes(other) == ["CONFLICT"]


def test_rows_of_another_field_or_half_a_draft_are_refused(mutate: Mutate, source: str) -> None:
    id_ = draft(mutate, visit(source))["draft"]["id"]
    other = mutate(LESSONS.replace("draft: {}", f'draft: {{id: "{id_}"}}'), {"rows": []}, MEMBER)
    half = mutate("mutation { upsertVisits(rows: [], draft: {}, partial: true) { created } }", {}, MEMBER)
    assert codes(other) == codes(half) == ["BAD_USER_INPUT"]


def test_what_an_editor_puts_into_a_draft_is_hidden_from_an_author_who_may_not_see_it(
    mutate: Mutate, source: str
) -> None:
    anyone = Viewer("key/eve-1", Rights(1), owner="eve")
    id_ = draft(mutate, visit(source), viewer=anyone)["draft"]["id"]
    draft(mutate, ours(source), viewer=EDITOR, draft={"id": id_})
    shown = read(mutate, id_, anyone)
    assert (shown["changes"], shown["problems"], shown["state"]) == ([], [], "OPEN")
    assert len(read(mutate, id_, EDITOR)["changes"]) == 1


def test_refuse_and_withdraw(mutate: Mutate, source: str) -> None:
    one, two = (draft(mutate, visit(source, title=title))["draft"]["id"] for title in ("One", "Two"))
    refused = mutate.data(REFUSE, {"id": one, "note": "no such tour"}, EDITOR)["refuseDraft"]["draft"]
    assert (refused["state"], refused["note"], refused["decidedBy"]) == ("REFUSED", "no such tour", "bo")
    assert mutate.data(REFUSE, {"id": two}, MEMBER)["refuseDraft"]["draft"]["decidedBy"] == "anna"
    assert read(mutate, one, MEMBER)["note"] == "no such tour"
    assert read(mutate, two, EDITOR)["state"] == "REFUSED"
    assert read(mutate, two, Viewer("key/eve-1", Rights(1), owner="eve")) is None
    assert (listed(mutate, MEMBER), listed(mutate, MEMBER, state="REFUSED")) == ([], [one, two])
    assert listed(mutate, EDITOR, state="REFUSED") == [one]
    assert codes(mutate(ACCEPT, {"id": one}, EDITOR)) == ["CONFLICT"]


def test_two_acceptors_at_once_write_once(mutate: Mutate, source: str) -> None:
    id_ = draft(mutate, visit(source))["draft"]["id"]
    second = replace(EDITOR, actor="bea")

    async def both() -> list[Answer]:
        asked, writer = Question(ACCEPT, {"id": id_}), mutate.writer.writer
        each = (mutate.mutations.answer(asked, viewer, writer, AtOnce()) for viewer in (EDITOR, second))
        return list(await asyncio.gather(*each))

    answers = mutate.runner.run(both())
    assert sorted(codes(answer) for answer in answers) == [[], ["CONFLICT"]]
    (done,) = [(answer.data or {})["acceptDraft"] for answer in answers if not answer.errors]
    assert done["created"] == 1
    by_name = '{ visits(where: {title: {eq: "Seattle in Oslo"}, since: {eq: "2031-05"}}) { totalCount } }'
    assert (mutate.ask(by_name, {}, "steward").data or {})["visits"]["totalCount"] == 1


def test_facts_that_changed_since_are_a_problem_and_the_draft_stays_open(mutate: Mutate, source: str) -> None:
    made = mutate.upsert("Visits", visit(source))["nodes"][0]["id"]
    asked = mutate.ask("query ($id: ID!) { visit(id: $id) { updatedAt } }", {"id": made}, "steward").data or {}
    guard = {"expectedUpdatedAt": asked["visit"]["updatedAt"]}
    id_ = draft(mutate, {"key": {"id": made}, "delegates": 5, **guard}, visit(source, title="New"))["draft"]["id"]
    mutate.upsert("Visits", {"key": {"id": made}, "delegates": 7})
    before = mutate.facts
    done = accept(mutate, id_, EDITOR)
    assert done["problems"] == [{"path": "rows[0].expectedUpdatedAt", "code": "CONFLICT"}]
    assert (done["created"], done["facts"], done["draft"]["state"]) == (0, [], "OPEN")
    assert mutate.facts == before
    assert [each["code"] for each in read(mutate, id_, EDITOR)["problems"]] == ["CONFLICT"]
    draft(mutate, {"key": {"id": made}, "delegates": 5}, draft={"id": id_})
    shown = read(mutate, id_, EDITOR)
    assert [fields(each) for each in shown["changes"]] == [{"delegates": ("7", "5")}]
    assert accept(mutate, id_, EDITOR)["changed"] == 1


def test_who_comes_second_is_told_also_if_the_facts_are_gone(mutate: Mutate, source: str) -> None:
    """Who might have accepted it. For all others the draft is as absent."""
    made = mutate.upsert("Visits", ours(source), viewer=EDITOR)["nodes"][0]["id"]
    second = replace(EDITOR, actor="dora")
    rows = {"rows": [{"id": made, "withRelationships": True}]}
    for decision, state in ((REFUSE, "REFUSED"), (ACCEPT, "ACCEPTED")):
        id_ = mutate.data(DELETE, rows, MEMBER)["deleteFacts"]["draft"]["id"]
        mutate.data(decision, {"id": id_}, EDITOR)
        for text in (ACCEPT, REFUSE):
            told = mutate(text, {"id": id_}, second)
            assert codes(told) == ["CONFLICT"]
            assert told.errors[0].message == f"Somebody has decided on this draft: it is {state}."
            hidden, absent = (mutate(text, {"id": each}, OTHER) for each in (id_, "draft/nothing"))
            assert hidden.as_dict() == absent.as_dict()
            assert codes(hidden) == ["NOT_FOUND"]


def test_an_author_without_the_right_cannot_accept(mutate: Mutate, source: str) -> None:
    id_ = draft(mutate, visit(source))["draft"]["id"]
    done = accept(mutate, id_, MEMBER)
    assert done["problems"] == [{"path": "rows[0]", "code": "NOT_ALLOWED"}]
    assert read(mutate, id_, EDITOR)["state"] == "OPEN"


def test_bad_rows_are_stored_with_their_problems(mutate: Mutate, source: str) -> None:
    made = draft(mutate, visit(source, since="next May"), visit(source, title="Good"))
    assert (made["created"], [each["path"] for each in made["problems"]]) == (1, ["rows[0].since"])
    shown = read(mutate, made["draft"]["id"], EDITOR)
    assert [each["path"] for each in shown["problems"]] == ["rows[0].since"]
    assert [fields(each)["title"] for each in shown["changes"]] == [(None, '"Good"')]
    unclear = draft(mutate, visit("source/nobody"))["draft"]
    assert [each["code"] for each in unclear["problems"]] == ["NOT_FOUND"]
    assert read(mutate, unclear["id"], EDITOR) is None


def test_a_draft_of_a_delete(mutate: Mutate, source: str) -> None:
    made = mutate.upsert("Visits", visit(source, hosts=[{"to": OSLO}]))["nodes"][0]["id"]
    done = mutate.data(DELETE, {"rows": [{"id": made, "withRelationships": True}]}, MEMBER)["deleteFacts"]
    assert (done["deleted"], done["deletedIds"]) == (1, [made])
    shown = read(mutate, done["draft"]["id"], EDITOR)
    assert [(each["action"], each["type"]) for each in shown["changes"]] == [
        ("DELETED", "Visit"),
        ("DELETED", "HOSTED_BY"),
    ]
    assert fields(shown["changes"][0])["title"] == ('"Seattle in Oslo"', None)
    asked = "query ($id: ID!) { visit(id: $id) { id } }"
    assert (mutate.ask(asked, {"id": made}, "steward").data or {})["visit"] == {"id": made}
    assert accept(mutate, done["draft"]["id"], EDITOR)["facts"] == [made]
    assert (mutate.ask(asked, {"id": made}, "steward").data or {})["visit"] is None


def test_a_draft_of_an_end(mutate: Mutate, source: str) -> None:
    row = {"from": OSLO, "to": TURIN, "since": "2001", "sources": [source], "confidence": "VERIFIED"}
    (twins,) = mutate.upsert("TwinnedWith", row)["ids"]
    done = mutate.data(END, {"rows": [{"id": twins}]}, MEMBER)["endFacts"]
    assert done["changed"] == 1
    (change,) = read(mutate, done["draft"]["id"], EDITOR)["changes"]
    assert (change["fact"], fields(change)) == (twins, {"until": (None, '"2026-03-01"')})
    assert accept(mutate, done["draft"]["id"], EDITOR)["changed"] == 1


def test_a_request_that_is_repeated_makes_one_draft_and_one_write(mutate: Mutate, source: str) -> None:
    first, again = (draft(mutate, visit(source), request="r-1")["draft"] for _ in range(2))
    assert first == again
    assert listed(mutate, MEMBER) == [first["id"]]
    one, two = (accept(mutate, first["id"], EDITOR, request="r-2") for _ in range(2))
    assert one == two
    assert one["created"] == 1


def test_an_author_has_a_bounded_number_of_open_drafts(mutate: Mutate, source: str) -> None:
    many = " ".join(f"d{at}: upsertVisits(rows: $rows, draft: {{}}) {{ draft {{ id }} }}" for at in range(20))
    for _ in range(MOST_DRAFTS // 20):
        mutate.data(f"mutation ($rows: [VisitInput!]!) {{ {many} }}", {"rows": [visit(source)]}, MEMBER)
    over = mutate(DRAFT, {"rows": [visit(source)], "draft": {}}, MEMBER)
    assert codes(over) == ["BAD_USER_INPUT"]
    assert "100 open drafts" in over.errors[0].message
    assert draft(mutate, visit(source), viewer=EDITOR)["draft"]["state"] == "OPEN"
    (id_, *_) = listed(mutate, MEMBER)
    mutate.data(REFUSE, {"id": id_}, MEMBER)
    assert draft(mutate, visit(source))["draft"]["state"] == "OPEN"


def test_pages_and_cities(mutate: Mutate, source: str) -> None:
    ids = [draft(mutate, visit(source, hosts=[{"to": to}]))["draft"]["id"] for to in (OSLO, TURIN, OSLO)]
    hidden = draft(mutate, visit(source, marking="AMBER", holders=[TURIN]), viewer=OTHER)["draft"]["id"]
    assert hidden not in listed(mutate, EDITOR)
    page = (answered(mutate, LIST, {"first": 2}, EDITOR).data or {})["drafts"]
    assert ([each["id"] for each in page["nodes"]], page["pageInfo"]["hasNextPage"]) == (ids[:2], True)
    rest = (answered(mutate, LIST, {"first": 2, "after": page["pageInfo"]["endCursor"]}, EDITOR).data or {})["drafts"]
    assert ([each["id"] for each in rest["nodes"]], rest["pageInfo"]["hasNextPage"]) == (ids[2:], False)
    assert listed(mutate, EDITOR, city=OSLO) == [ids[0], ids[2]]
    assert codes(answered(mutate, LIST, {"after": "x"}, EDITOR)) == ["BAD_USER_INPUT"]
    assert codes(answered(mutate, LIST, {"first": 0}, EDITOR)) == ["BAD_USER_INPUT"]


def test_drafts_are_asked_for_alone(mutate: Mutate) -> None:
    mixed = mutate.ask("{ drafts { nodes { id } } cities(first: 1) { nodes { id } } }", {}, "steward")
    assert [error.code for error in mixed.errors] == ["BAD_USER_INPUT"]
    assert "nothing else" in mixed.errors[0].message


def test_a_draft_survives_a_new_process(mutate: Mutate, source: str) -> None:
    told = draft(mutate, visit(source))["draft"]
    fresh = replace(mutate.mutations)
    assert read(replace(mutate, mutations=fresh), told["id"], EDITOR) == told


def test_a_viewer_who_writes_everything_sees_all(mutate: Mutate, source: str) -> None:
    everywhere = replace(mutate.steward, edits=Edits(everywhere=True))
    id_ = draft(mutate, ours(source))["draft"]["id"]
    assert read(mutate, id_, everywhere)["id"] == id_
