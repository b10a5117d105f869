"""Upserts: facts are created, changed, left alone or refused, and the answer shows what is stored."""

from typing import Any

import pytest
from graphql import is_non_null_type

from graph.access.rights import Rights
from graph.access.viewer import Edits, Permit, Viewer
from tests.writes.conftest import SEATTLE, TURIN, Mutate, editor

SOURCE = {"title": "Minutes of the debrief", "confidence": "VERIFIED"}
OSLO = "city/no-12-oslo"


@pytest.fixture
def source(mutate: Mutate) -> str:
    """The id of a source."""
    return str(mutate.upsert("Sources", SOURCE)["nodes"][0]["id"])


def visit(source: str, **more: Any) -> dict[str, Any]:
    stated = {"title": "Seattle in Oslo", "kind": "STUDY_TOUR", "status": "PLANNED", "since": "2031-05"}
    return stated | {"sources": [source], "confidence": "VERIFIED"} | more


def test_a_visit_is_created_with_its_hosts_and_topics(mutate: Mutate, source: str) -> None:
    hosts = [{"to": TURIN, "arrived": "2031-05-02"}, {"to": "country/no"}]
    row = visit(source, visitors=[{"to": SEATTLE}], hosts=hosts)
    text = """mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows) { created changed same problems { path }
      visits: nodes { id title since { text } hosts(orderBy: [{name: ASC}]) { edges { arrived { text } node { id } } }
        visitors { nodes { id } } sources { id } marking confidence } } }"""
    done = mutate.data(text, {"rows": [row]})["upsertVisits"]
    (shown,) = done["visits"]
    assert shown.pop("id").startswith("visit/seattle-in-oslo-")
    assert done == {
        "created": 4,
        "changed": 0,
        "same": 0,
        "problems": [],
        "visits": [
            {
                "title": "Seattle in Oslo",
                "since": {"text": "2031-05"},
                "hosts": {
                    "edges": [
                        {"arrived": None, "node": {"id": "country/no"}},
                        {"arrived": {"text": "2031-05-02"}, "node": {"id": TURIN}},
                    ]
                },
                "visitors": {"nodes": [{"id": SEATTLE}]},
                "sources": [{"id": source}],
                "marking": "CLEAR",
                "confidence": "VERIFIED",
            }
        ],
    }


def test_a_field_that_is_absent_stays_and_null_removes_it(mutate: Mutate, source: str) -> None:
    (made,) = mutate.upsert("Visits", visit(source, delegates=12, costPerDelegate={"amount": 900, "currency": "EUR"}))[
        "nodes"
    ]
    changed = mutate.upsert("Visits", {"key": made, "delegates": None, "note": "moved", "until": "2031-06"})
    assert (changed["created"], changed["changed"], changed["nodes"]) == (0, 1, [made])
    asked = "query ($id: ID!) { visit(id: $id) { delegates note title until { text } costPerDelegate { amount currency } } }"
    (shown,) = (mutate.ask(asked, made, "steward").data or {}).values()
    cost = {"amount": 900, "currency": "EUR"}
    expected = {"delegates": None, "note": "moved", "title": "Seattle in Oslo", "until": {"text": "2031-06"}}
    assert shown == expected | {"costPerDelegate": cost}


def test_the_same_again_changes_nothing(mutate: Mutate, source: str) -> None:
    row = visit(source, key={"title": "Seattle in Oslo"}, hosts=[{"to": TURIN}])
    first = mutate.upsert("Visits", row)
    again = mutate.upsert("Visits", row)
    assert (first["created"], again["created"], again["changed"], again["same"]) == (2, 0, 0, 2)
    assert again["nodes"] == first["nodes"]


def test_a_key_that_several_facts_have_names_them(mutate: Mutate, source: str) -> None:
    two = mutate.upsert("Visits", visit(source), visit(source))["nodes"]
    refused = mutate.upsert("Visits", {"key": {"title": "Seattle in Oslo"}, "note": "which?"})
    (problem,) = refused["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].key.title", "AMBIGUOUS")
    assert problem["accepted"] == sorted(each["id"] for each in two)


def test_a_city_is_found_by_the_number_of_geonames(mutate: Mutate) -> None:
    same = mutate.upsert("Cities", {"key": {"geonamesId": 5809844}})
    assert (same["same"], same["nodes"]) == (1, [{"id": SEATTLE}])


# Problems ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "path", "code", "says"),
    [
        ({"since": "05/2031"}, "rows[0].since", "INVALID", "05/2031"),
        ({"sources": []}, "rows[0].sources", "MISSING", "no source"),
        ({"title": None}, "rows[0].title", "MISSING", "is missing"),
        ({"hosts": [{"to": "city/it-12-turyn"}]}, "rows[0].hosts[0].to", "NOT_FOUND", f"did you mean {TURIN}?"),
        ({"hosts": [{}]}, "rows[0].hosts[0].to", "MISSING", "give the id"),
        ({"key": {"id": TURIN}}, "rows[0].key.id", "INVALID", "begins with visit/"),
        ({"key": {"id": "visit/nobody-made-it"}}, "rows[0].key.id", "NOT_FOUND", "that you may see"),
        ({"delegates": -1}, "rows[0].delegates", "INVALID", "0 or more"),
        ({"holders": [SEATTLE]}, "rows[0].marking", "INVALID", "CLEAR facts have no holders"),
        ({"until": "2031-04"}, "rows[0].until", "INVALID", "is before since"),
        (
            {"hosts": [{"to": TURIN, "arrived": "2031-05-04", "left": "2031-05-02"}]},
            "rows[0].hosts[0].left",
            "INVALID",
            "is before arrived",
        ),
    ],
)
def test_what_is_wrong_in_a_row_is_data(
    mutate: Mutate, source: str, wrong: dict[str, Any], path: str, code: str, says: str
) -> None:
    before = mutate.facts
    refused = mutate.upsert("Visits", visit(source) | wrong)
    (problem,) = [each for each in refused["problems"] if each["code"] != "REFUSED_WITH"]
    assert (problem["path"], problem["code"]) == (path, code)
    assert says in problem["message"]
    assert (refused["created"], refused["nodes"], mutate.facts) == (0, [], before)


def test_an_unknown_city_names_the_nearest(mutate: Mutate, source: str) -> None:
    refused = mutate.upsert("Visits", visit(source, hosts=[{"to": "city/us-wa-seatle"}]))
    assert refused["problems"][0]["accepted"][0] == SEATTLE


@pytest.mark.parametrize(
    ("wrong", "path", "code", "nearest"),
    [
        ({"since": "31/05/2031"}, "rows[0].since", "INVALID", "2031-05-31"),
        ({"since": "May 2031"}, "rows[0].since", "INVALID", "2031-05"),
        ({"hosts": [{"to": "Turin"}]}, "rows[0].hosts[0].to", "INVALID", TURIN),
        ({"hosts": [{"to": "city/seattle"}]}, "rows[0].hosts[0].to", "NOT_FOUND", SEATTLE),
        ({"hosts": [{"to": "city/seatle"}]}, "rows[0].hosts[0].to", "NOT_FOUND", SEATTLE),
        ({"hosts": [{"to": "topic/turin"}]}, "rows[0].hosts[0].to", "INVALID", TURIN),
        ({"topics": [{"to": "public transport"}]}, "rows[0].topics[0].to", "INVALID", "topic/public-transport"),
        ({"holders": ["seattle"]}, "rows[0].holders", "INVALID", SEATTLE),
        ({"key": {"id": "Seattle in Bogota"}}, "rows[0].key.id", "INVALID", None),
    ],
)
def test_what_people_get_wrong_most_names_the_nearest(
    mutate: Mutate, source: str, wrong: dict[str, Any], path: str, code: str, nearest: str | None
) -> None:
    refused = mutate.upsert("Visits", visit(source) | wrong)
    (problem,) = [each for each in refused["problems"] if each["code"] != "REFUSED_WITH"]
    assert (problem["path"], problem["code"]) == (path, code)
    assert next(iter(problem["accepted"]), None) == nearest
    assert nearest is None or f"did you mean {nearest}" in problem["message"]


def test_a_source_is_found_by_its_title_or_by_the_id_of_another_kind(mutate: Mutate, source: str) -> None:
    for wrong in ("Minutes of the debrief", "minutes of the debreif", source.replace("source/", "visit/")):
        (problem,) = mutate.upsert("Visits", visit(wrong))["problems"]
        assert (problem["path"], problem["code"]) == ("rows[0].sources", "INVALID")
        assert problem["accepted"][:1] == [source] or wrong.startswith("visit/")
        assert problem["accepted"][-1] == "source/"


def test_a_hidden_fact_is_not_proposed_by_its_name(mutate: Mutate, source: str) -> None:
    hidden = {"marking": "AMBER", "holders": ["city/us-or-portland"]}
    mutate.upsert("Sources", {**SOURCE, "title": "Ledger of Portland", **hidden})
    row = visit("Ledger of Portland")
    (problem,) = mutate.upsert("Visits", row, viewer=editor(SEATTLE))["problems"]
    assert problem["accepted"] == ["source/"]
    (problem,) = mutate.upsert("Visits", row)["problems"]
    assert len(problem["accepted"]) == 2


def test_good_rows_are_written_if_the_writer_says_so(mutate: Mutate, source: str) -> None:
    rows = visit(source), visit(source, since="soon", hosts=[{"to": TURIN}]), visit(source, title="Third")
    none = mutate.upsert("Visits", *rows)
    assert (none["created"], len(none["nodes"]), len(none["problems"])) == (0, 0, 2)
    some = mutate.upsert("Visits", *rows, partial=True)
    assert (some["created"], len(some["nodes"])) == (2, 2)
    assert [(each["path"], each["code"]) for each in some["problems"]] == [
        ("rows[1].since", "INVALID"),
        ("rows[1].hosts[0]", "REFUSED_WITH"),
    ]


# Guards and repeated requests --------------------------------------------------------------------------------------


def test_a_fact_that_somebody_else_changed_is_not_overwritten(mutate: Mutate, source: str) -> None:
    (made,) = mutate.upsert("Visits", visit(source))["nodes"]
    asked = "query ($id: ID!) { visit(id: $id) { updatedAt } }"
    read = (mutate.ask(asked, made, "steward").data or {})["visit"]["updatedAt"]
    assert mutate.upsert("Visits", {"key": made, "note": "mine", "expectedUpdatedAt": read})["changed"] == 1
    refused = mutate.upsert("Visits", {"key": made, "note": "theirs", "expectedUpdatedAt": read})
    (problem,) = refused["problems"]
    assert (problem["path"], problem["code"]) == ("rows[0].expectedUpdatedAt", "CONFLICT")
    now = (mutate.ask(asked, made, "steward").data or {})["visit"]["updatedAt"]
    assert (problem["message"], problem["accepted"]) == (f"the fact was changed at {now}; read it again", [now])


def test_a_request_that_is_repeated_gets_the_first_answer(mutate: Mutate, source: str) -> None:
    first = mutate.upsert("Visits", visit(source), requestId="r-1")
    before = mutate.facts
    assert mutate.upsert("Visits", visit(source), requestId="r-1") == first
    assert mutate.facts == before
    other = mutate.upsert("Visits", visit(source), requestId="r-2")
    assert other["nodes"] != first["nodes"]
    text = 'mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows, requestId: "") { created } }'
    (refused,) = mutate(text, {"rows": [visit(source)]}).errors
    assert refused.message == "`requestId` has 0 characters; accepted are 1 to 200."


def test_the_id_of_a_request_belongs_to_its_body_and_writer(mutate: Mutate, source: str) -> None:
    row = visit(source)
    mutate.upsert("Visits", row, requestId="r-1")
    text = 'mutation ($rows: [VisitInput!]!) { upsertVisits(rows: $rows, requestId: "r-1") { created } }'
    (error,) = mutate(text, {"rows": [row]}).errors
    assert error.code == "CONFLICT"
    assert mutate.data(text, {"rows": [row]}, editor(SEATTLE)) == {"upsertVisits": {"created": 1}}


# Rights ------------------------------------------------------------------------------------------------------------


def test_nobody_writes_without_a_token(mutate: Mutate) -> None:
    answer = mutate('mutation { upsertTopics(rows: [{name: "T"}]) { created } }', {}, Viewer())
    assert [error.code for error in answer.errors] == ["FORBIDDEN"]


def test_an_editor_writes_what_his_city_holds(mutate: Mutate, source: str) -> None:
    own = visit(source, marking="AMBER", holders=[SEATTLE])
    assert mutate.upsert("Visits", own, viewer=editor(SEATTLE))["created"] == 1
    for holders in ([TURIN], [SEATTLE, TURIN]):
        refused = mutate.upsert("Visits", own | {"holders": holders}, viewer=editor(SEATTLE))
        assert [(each["path"], each["code"]) for each in refused["problems"]] == [("rows[0]", "NOT_ALLOWED")]


def test_a_confidential_id_says_nothing_of_the_fact(mutate: Mutate, source: str) -> None:
    (made,) = mutate.upsert("Visits", visit(source, marking="AMBER", holders=[SEATTLE]), viewer=editor(SEATTLE))[
        "nodes"
    ]
    assert "oslo" not in made["id"]


def test_a_hidden_fact_and_an_absent_one_give_the_same_answer(mutate: Mutate, source: str) -> None:
    hidden = mutate.upsert("Visits", visit(source, marking="AMBER", holders=[SEATTLE]))["nodes"][0]["id"]
    absent = hidden[:-3] + "aaa"
    for row in ({"note": "x"}, {"expectedUpdatedAt": "2026-01-01T00:00:00Z"}):
        answers = [
            mutate.upsert("Visits", {"key": {"id": id_}, **row}, viewer=editor(TURIN)) for id_ in (hidden, absent)
        ]
        assert repr(answers[0]).replace(hidden, absent) == repr(answers[1])
    rows = [{"from": id_, "to": TURIN, "sources": [source], "confidence": "VERIFIED"} for id_ in (hidden, absent)]
    answers = [mutate.upsert("HostedBy", row, viewer=editor(TURIN)) for row in rows]
    assert repr(answers[0]).replace(hidden, absent) == repr(answers[1])


def test_a_title_that_only_a_hidden_fact_has_is_a_new_one(mutate: Mutate, source: str) -> None:
    row = visit(source, key={"title": "Seattle in Oslo"})
    hidden = mutate.upsert("Visits", row | {"marking": "AMBER", "holders": [SEATTLE]})["nodes"]
    made = mutate.upsert("Visits", row, viewer=editor(TURIN))
    assert (made["created"], made["nodes"] == hidden) == (1, False)


def test_a_source_that_the_writer_cannot_see_stays(mutate: Mutate, source: str) -> None:
    secret = {**SOURCE, "marking": "AMBER", "holders": [SEATTLE]}
    hidden = mutate.upsert("Sources", secret)["nodes"][0]["id"]
    (made,) = mutate.upsert("Visits", visit(source, sources=[source, hidden]))["nodes"]
    mutate.upsert("Visits", {"key": made, "sources": [source], "note": "edited"}, viewer=editor(TURIN))
    asked = "query ($id: ID!) { visit(id: $id) { note sources { id } } }"
    shown = (mutate.ask(asked, made, "steward").data or {})["visit"]
    assert shown["note"] == "edited"
    assert {each["id"] for each in shown["sources"]} == {source, hidden}


# Relationships -----------------------------------------------------------------------------------------------------


def test_a_relationship_is_written_by_its_ends(mutate: Mutate, source: str) -> None:
    (made,) = mutate.upsert("Visits", visit(source))["nodes"]
    row = {"from": made["id"], "to": TURIN, "sources": [source], "confidence": "VERIFIED", "stop": 2}
    text = """mutation ($rows: [HostedByInput!]!) { upsertHostedBy(rows: $rows) { created changed ids problems { message }
      starts { id } ends { id ... on City { name } } } }"""
    done = mutate.data(text, {"rows": [row]})["upsertHostedBy"]
    (id_,) = done.pop("ids")
    assert id_.startswith("hosted-by/")
    assert done == {
        "created": 1, "changed": 0, "problems": [], "starts": [made], "ends": [{"id": TURIN, "name": "Turin"}],
    }  # fmt: skip
    again = mutate.upsert("HostedBy", {"from": made["id"], "to": TURIN, "note": "evening"})
    assert (again["created"], again["changed"], again["ids"]) == (0, 1, [id_])


def test_more_than_a_thousand_rows_are_refused(mutate: Mutate) -> None:
    rows = [{"name": f"T{at}"} for at in range(1_001)]
    answer = mutate("mutation ($rows: [TopicInput!]!) { upsertTopics(rows: $rows) { created } }", {"rows": rows})
    assert [error.code for error in answer.errors] == ["BAD_USER_INPUT"]
    assert "1,000" in answer.errors[0].message


def test_two_fields_are_two_transactions_in_order(mutate: Mutate, source: str) -> None:
    text = """mutation ($good: [VisitInput!]!, $bad: [VisitInput!]!) {
      first: upsertVisits(rows: $good) { created __typename } second: upsertVisits(rows: $bad) { created problems { code } } }"""
    data = mutate.data(text, {"good": [visit(source)], "bad": [visit(source, since="soon")]})
    assert data["first"] == {"created": 1, "__typename": "UpsertVisitsPayload"}
    assert data["second"] == {"created": 0, "problems": [{"code": "INVALID"}]}


def test_a_field_that_fails_may_be_null(mutate: Mutate) -> None:
    """The answer must fit the schema also if the second of two fields fails."""
    root = mutate.mutations.engine.compiler.schema.mutation_type
    assert root is not None
    assert not [name for name, field in root.fields.items() if is_non_null_type(field.type)]


def test_the_first_confidential_fact_of_a_city_is_shown_to_its_editor(mutate: Mutate, source: str) -> None:
    """Nobody has an audience of Lima yet, so the rights of its editor hold none."""
    lima = Viewer("lima", Rights(1, ()), Edits((Permit("city/pe-lma-lima"),)))
    made = mutate.upsert("Visits", visit(source, marking="AMBER", holders=["city/pe-lma-lima"]), viewer=lima)
    assert made["created"] == 1
    assert made["nodes"][0] is not None
    assert mutate.learned == {"2:pe-lma-lima"}


def test_problems_come_in_the_order_of_the_rows(mutate: Mutate, source: str) -> None:
    """They are found in three steps: unknown facts, wrong values, missing keys."""
    rows = visit(source, since="soon"), visit("source/nobody"), visit(source, key={"id": "visit/nobody"})
    paths = [each["path"] for each in mutate.upsert("Visits", *reversed(rows), *rows)["problems"]]
    assert paths == [
        "rows[0].key.id", "rows[1].sources", "rows[2].since", "rows[3].since", "rows[4].sources", "rows[5].key.id",
    ]  # fmt: skip


def test_few_unknown_facts_get_proposals(mutate: Mutate, source: str) -> None:
    hosts = [{"to": f"city/it-12-turi{letter}"} for letter in "abcdefghijkl"]
    problems = mutate.upsert("Visits", visit(source, hosts=hosts))["problems"]
    assert [bool(each["accepted"]) for each in problems] == [True] * 3 + [False] * 9


def test_a_guard_creates_no_fact(mutate: Mutate, source: str) -> None:
    """Who read a fact and finds it no more, because it was deleted or renamed, does not make a second one."""
    (made,) = mutate.upsert("Visits", visit(source, title="Guarded"))["nodes"]
    mutate.upsert("Visits", {"key": {"id": made["id"]}, "title": "Renamed"})
    before, guard = mutate.facts, {"expectedUpdatedAt": "2026-01-01T00:00:00Z"}
    stated = {"confidence": "VERIFIED", "sources": [source]}
    for of, row, code in (
        ("Visits", visit(source, key={"title": "Guarded"}, **guard), "NOT_FOUND"),
        ("Visits", visit(source, **guard), "INVALID"),
        ("HostedBy", {"from": made["id"], "to": TURIN, **stated, **guard}, "NOT_FOUND"),
    ):
        (problem,) = mutate.upsert(of, row)["problems"]
        assert (problem["path"], problem["code"]) == ("rows[0].expectedUpdatedAt", code)
    assert mutate.facts == before


@pytest.mark.parametrize(
    ("given", "is_"),
    [("topic/public-transport", "is the id of a Topic"), ("Nowhere", "is not an id"), ("planet/mars", "is not an id")],
)
def test_an_id_of_another_kind_is_refused_with_the_kinds_that_are_accepted(
    mutate: Mutate, source: str, given: str, is_: str
) -> None:
    kinds = ["city/", "region/", "country/", "organization/"]
    stated = {"confidence": "VERIFIED", "sources": [source]}
    (made,) = mutate.upsert("Visits", visit(source))["nodes"]
    for of, row, path in (
        ("Visits", visit(source, hosts=[{"to": given}]), "rows[0].hosts[0].to"),
        ("HostedBy", {"from": made["id"], "to": given, **stated}, "rows[0].to"),
    ):
        assert mutate.upsert(of, row)["problems"] == [
            {
                "path": path,
                "code": "INVALID",
                "message": f"{given!r} {is_}; accepted here are ids that begin with {', '.join(kinds)}",
                "accepted": kinds,
            }
        ]
