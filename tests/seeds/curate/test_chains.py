"""The rows of the chains. In: seeds/rows and seeds/sources/chains.csv. Out: nothing lost, and no more tied than a source ties.

The numbers were counted in the table by hand; only the tests of the report run the curation.
"""

import csv
import json
from collections import Counter, defaultdict
from typing import Any

import pytest

from seeds.curate import Curated, curate
from tests.kit.paths import SEEDS

Row = dict[str, Any]

with (SEEDS / "sources" / "chains.csv").open(encoding="utf-8-sig", newline="") as file:
    TABLE = {row["id"]: row for row in csv.DictReader(file)}
ROWS: list[Row] = [
    json.loads(line)
    for path in sorted((SEEDS / "rows").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
FILE = "chains.csv "
TIED = ("lesson", "adoption", "outcome", "evaluation")
TIES = {"GAINED_ON", "LED_TO", "JUDGES"}


def ids(row: Row) -> set[str]:
    """Return the rows of the table that a seed row was made from."""
    return {origin.removeprefix(FILE) for origin in row["rows"] if origin.startswith(FILE)}


def chain_ids(rows: list[Row]) -> set[str]:
    return {TABLE[id_]["chain_id"] for row in rows for id_ in ids(row)}


CHAINS = [row for row in ROWS if ids(row)]
NODES = {row["id"]: row for row in ROWS if "label" in row}
RELATIONSHIPS = [row for row in CHAINS if "type" in row]
MADE_OF: dict[str, list[Row]] = defaultdict(list)
for each in CHAINS:
    for id_ in ids(each):
        MADE_OF[id_].append(each)


def related(type_: str, start: str = "", end: str = "") -> list[Row]:
    """List relationships of a type between ids with these beginnings."""
    return [
        row
        for row in RELATIONSHIPS
        if row["type"] == type_ and row["from"].startswith(start) and row["to"].startswith(end)
    ]


@pytest.fixture(scope="module")
def made() -> Curated:
    return curate(SEEDS)


def test_each_of_the_319_rows_became_something() -> None:
    assert len(TABLE) == 319
    assert [id_ for id_ in TABLE if not MADE_OF[id_]] == []


def test_every_fact_cites_the_page_of_its_row() -> None:
    for id_, row in TABLE.items():
        for fact in MADE_OF[id_]:
            if fact.get("label") != "Source":
                assert row["source_url"] in {NODES[source].get("url") for source in fact["sources"]}, (id_, fact)


@pytest.mark.parametrize("id_", [id_ for id_, row in TABLE.items() if row["tie"] in ("MODEL", "NONE")])
def test_no_visit_is_tied_to_what_no_source_ties_to_it(id_: str) -> None:
    """Neither the row nor a fact made of it has a relationship with a visit."""
    own = {row["id"] for row in MADE_OF[id_] if "label" in row and not row["id"].startswith("visit/")}
    for row in ROWS:
        if "type" in row and (id_ in ids(row) or {row["from"], row["to"]} & own):
            assert not any(end.startswith("visit/") for end in (row["from"], row["to"])), row


@pytest.mark.parametrize("id_", [id_ for id_, row in TABLE.items() if row["tie"] == "PROGRAMME"])
def test_what_belongs_to_a_programme_is_tied_to_the_programme_alone(id_: str) -> None:
    ties = [row for row in MADE_OF[id_] if row.get("type") in TIES]
    ends = {end for row in ties for end in (row["from"], row["to"])}
    assert not any(end.startswith("visit/") for end in ends)
    if id_ not in ("K194", "K245"):  # They are outcomes of facts.csv, which relates them to the programme.
        assert any(end.startswith("programme/") for end in ends)


@pytest.mark.parametrize("id_", [id_ for id_, row in TABLE.items() if row["tie"] == "STATED"])
def test_what_a_source_ties_to_a_visit_is_tied_to_it(id_: str) -> None:
    ties = [row for row in MADE_OF[id_] if row.get("type") in TIES]
    visits = {end for row in ties for end in (row["from"], row["to"]) if end.startswith("visit/")}
    assert visits
    assert {TABLE[id_]["chain_id"]} <= {TABLE[each]["chain_id"] for visit in visits for each in ids(NODES[visit])}


def test_47_chains_have_a_lesson_of_their_visit_and_21_of_them_a_use_of_it() -> None:
    lessons = chain_ids(related("GAINED_ON", end="visit/"))
    assert len(lessons) == 47
    assert len(lessons & chain_ids(related("LED_TO", "visit/", "adoption/"))) == 21


@pytest.mark.parametrize(
    "chain",
    ["C01", "C04", "C05", "C06", "C21", "C23", "C30", "C34", "C35", "C36", "C42", "C44", "C48", "C51", "C58"],
)
def test_a_complete_chain_leads_from_the_visit_to_what_came_of_it(chain: str) -> None:
    own = [row for row in RELATIONSHIPS if chain in chain_ids([row])]
    gained = {row["from"] for row in own if row["type"] == "GAINED_ON" and row["to"].startswith("visit/")}
    used = {row["from"] for row in ROWS if row.get("type") == "DREW_ON" and row["to"] in gained}
    assert used & {row["to"] for row in own if row["type"] == "LED_TO" and row["from"].startswith("visit/")}
    assert [row for row in own if row["type"] == "JUDGES" or row["to"].startswith("outcome/")]


TEACHER_TRAVELLED = {"K069", "K071", "K094", "K124", "K184"}


def test_the_learner_is_the_visitor_unless_the_teacher_travelled() -> None:
    places = json.loads((SEEDS / "chains.json").read_text(encoding="utf-8"))["places"]
    for id_, row in TABLE.items():
        if row["step"] == "visit":
            learners = {places[name] for name in row["to_city"].split(" + ")}
            visitors = {fact["to"] for fact in MADE_OF[id_] if fact.get("type") == "MADE_BY"}
            hosts = {fact["to"] for fact in MADE_OF[id_] if fact.get("type") == "HOSTED_BY"}
            if id_ in ("K204", "K309"):  # They are visits of facts.csv.
                assert not visitors | hosts
            elif id_ in TEACHER_TRAVELLED:
                assert learners <= hosts, id_
                assert not learners & visitors
            else:
                assert learners <= visitors, id_
                assert places[row["from_city"]] in hosts
                assert not learners & hosts


@pytest.mark.parametrize(
    ("visit", "visitors", "hosts"),
    [
        ("K053", {"city/us-co-aurora", "city/us-co-denver"}, {"city/us-tx-houston"}),
        ("K064", {"city/us-in-indianapolis"}, {"country/dk"}),
        ("K069", {"city/dk-17-copenhagen"}, {"city/us-ny-new-york-city"}),
        ("K087", {"region/vn-57"}, {"city/kh-22-phnom-penh"}),
        ("K094", {"region/vn-57"}, {"city/la-24-vientiane"}),
        ("K098", {"city/za-06-johannesburg"}, {"city/co-34-bogota", "city/co-24-pereira"}),
        ("K124", {"city/us-ok-oklahoma-city"}, {"city/us-va-norfolk"}),
        ("K184", {"city/us-la-new-orleans", "country/nl"}, {"city/us-va-hampton", "city/us-va-norfolk"}),
    ],
)
def test_who_went_where(visit: str, visitors: set[str], hosts: set[str]) -> None:
    ends = {
        type_: {row["to"] for row in MADE_OF[visit] if row.get("type") == type_} for type_ in ("MADE_BY", "HOSTED_BY")
    }
    assert ends == {"MADE_BY": visitors, "HOSTED_BY": hosts}


def test_judgements_keep_their_polarity() -> None:
    judged = {next(iter(ids(row))): row["judgement"] for row in CHAINS if row.get("label") == "Evaluation"}
    assert len(judged) == 20
    assert {id_ for id_, judgement in judged.items() if judgement == "NOT_MET"} == {"K014", "K145", "K169", "K317"}
    mixed = {"K123", "K270", "K281", "K291", "K299"}
    assert {id_ for id_, judgement in judged.items() if judgement == "PARTLY"} == mixed
    assert {id_ for id_, judgement in judged.items() if judgement == "UNKNOWN"} == {"K161", "K232"}
    statements = {id_: row["statement"] for row in CHAINS if row.get("label") == "Outcome" for id_ in ids(row)}
    assert "no site had opened" in statements["K010"]
    assert "a crime again" in statements["K109"]


def test_three_evaluations_judge_against_a_stated_aim() -> None:
    assert {next(iter(ids(row))) for row in related("AGAINST")} == {"K005", "K020", "K084"}


def test_two_travellers_drew_opposite_lessons_from_one_visit() -> None:
    ends = {row["to"] for id_ in ("K174", "K175") for row in MADE_OF[id_] if row.get("type") == "GAINED_ON"}
    assert ends == {"visit/us-co-aurora-2022-san-antonio"}
    (use,) = (row for row in related("DREW_ON") if "K176" in ids(row))
    assert "K174" in ids(NODES[use["to"]])


def test_public_pages_make_public_facts() -> None:
    hidden = {"Lesson", "Objective", "Evaluation", "PURSUED", "SET_BY", "JUDGES", "AGAINST"}
    for row in CHAINS:
        if (row.get("label") or row["type"]) in hidden:
            assert row["marking"] == "CLEAR", row


def test_confidence_is_that_of_the_table() -> None:
    reported = {id_ for id_, row in TABLE.items() if row["confidence"] == "REPORTED"}
    assert len(reported) == 10
    only = {id_ for row in CHAINS if row["confidence"] == "REPORTED" for id_ in ids(row)}
    assert only & reported == reported
    assert {"SYNTHETIC"} & {row["confidence"] for row in CHAINS} == set()


@pytest.mark.parametrize(
    ("id_", "since", "until"),
    [
        ("K016", "2013-10-03", "2013-10-04"),
        ("K022", "../2004", None),
        ("K131", "[2006..2008]", None),
        ("K139", "2009-10?", None),
        ("K187", "2015-06", None),
        ("K300", None, None),
    ],
)
def test_dates_say_no_more_than_the_table(id_: str, since: str | None, until: str | None) -> None:
    (fact,) = (row for row in MADE_OF[id_] if row.get("label") in ("Visit", "Adoption"))
    assert (fact.get("since"), fact.get("until")) == (since, until)


def test_what_other_files_state_is_merged(made: Curated) -> None:
    report = made.report["chains"]
    assert (report["rows"], report["chains"]) == (319, 64)
    assert (report["unnamed"], report["lost"]) == ([], [])
    both = {row["id"] for row in CHAINS if "label" in row and any(each.startswith("facts.csv") for each in row["rows"])}
    assert {id_ for id_ in both if not id_.startswith("source/")} == {
        "adoption/id-04-jakarta-bus-rapid-transit",
        "adoption/za-06-johannesburg-rea-vaya",
        "lesson/id-04-jakarta-from-co-34-bogota-bus-rapid-transit",
        "outcome/minneapolis-intercity-leadership-visit-greater-msp",
        "outcome/minneapolis-intercity-leadership-visit-itasca-project",
        "outcome/minneapolis-intercity-leadership-visit-mn-compass",
        "outcome/us-tn-nashville-education-foundation",
        "outcome/us-tn-nashville-library",
        "outcome/us-tn-nashville-symphony-centre",
        "visit/us-tx-austin-2019-minneapolis",
        "visit/us-va-richmond-2024-atlanta",
    }


def test_no_visit_of_the_same_places_and_year_is_there_twice() -> None:
    ends: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"MADE_BY": set(), "HOSTED_BY": set()})
    for row in ROWS:
        if row.get("type") in ("MADE_BY", "HOSTED_BY"):
            ends[row["from"]][row["type"]].add(row["to"])
    journeys = Counter(
        (visitor, host, str(NODES[visit].get("since"))[:7])
        for visit, both in ends.items()
        for visitor in both["MADE_BY"]
        for host in both["HOSTED_BY"]
        if "[" not in str(NODES[visit].get("since")) and NODES[visit].get("since", "..")[0] != "."
    )
    assert [journey for journey, count in journeys.items() if count > 1] == []
