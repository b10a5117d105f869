"""Measures of learning: what one city did, costs, what is refused, and that hidden facts change no byte."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.measures.learning.cost import Money
from graph.measures.learning.peers import Profile, peers
from graph.measures.learning.scorecard import Effort, Kept, Prepared, Record, scorecard
from schema.domain.measures.learning import QUESTIONS
from tests.clouds.conftest import LATER, Ask
from tests.clouds.test_learning import BUSES, COUNCIL, FACT, got, ids
from tests.conftest import SECRET
from tests.http.conftest import TOKEN
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import World
from tests.kit.writer import BlockingWriter
from tests.measures import learned

SEATTLE, BOGOTA, SAN_ANTONIO = "city/us-wa-seattle", "city/co-34-bogota", "city/us-tx-san-antonio"
FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/unseen-' DETACH DELETE n")
FORGET_TIES = Fragment("MATCH ()-[r]->() WHERE r.id CONTAINS '/unseen-' DELETE r")
FORGET_LOAD = Fragment("MATCH (l:_Load {file: 'unseen.jsonl'}) DELETE l")
HIDDEN = {"confidence": "SYNTHETIC", "note": "Hidden.", "marking": "AMBER", "holders": ["city/us-or-portland"]}
CITY_RESULT = "name value unit n unknown"
PEER = f"city {FACT} problems learned sharedProblems {FACT} sharedLearning {FACT} canTeach {FACT} canLearn {FACT}"


@pytest.fixture(scope="module")
def view(world: World) -> View:
    """What everybody sees, with what is made up."""
    return View(world, Viewer(), synthetic=True)


def record(view: View, city: str) -> Record:
    """Read slowly what is known of a city's learning."""
    here = view.world.nodes[city]
    visits = [each for each in learned.visits(view) if city in (*each.visitors, *each.hosts)]
    uses = learned.adoptions(view)
    drawn = {id_ for each in uses if each.used for id_ in each.lessons}
    own = [each for each in uses if each.city == city]
    of = view.world.nodes
    shared = {far.id for far, _ in learned.met(view, here, "Shared")}
    made = [each for each in visits if city in each.visitors and each.status == "HELD"]
    return Record(
        city,
        visits,
        [
            Prepared(
                each.id,
                tuple(learned.when(far) for far, _ in learned.met(view, of[each.id], "Pursued")),
                bool(learned.met(view, of[each.id], "Judges", starting=False)),
            )
            for each in made
        ],
        [
            Kept(
                each.id,
                bool(learned.met(view, of[each.id], "OfLesson", starting=False)),
                bool(learned.met(view, of[each.id], "KeptIn")),
                bool(learned.met(view, of[each.id], "ValidatedBy")),
                each.id in drawn,
                each.id in shared,
            )
            for each in learned.lessons(view)
            if each.city == city
        ],
        own,
        [each for each in learned.outcomes(view) if {*each.results_of} & {use.id for use in own}],
        [effort(far.id, far.values) for far, _ in learned.met(view, here, "Spent")],
    )


def effort(id_: str, values: Any) -> Effort:
    spent = values.get("spent")
    money = Money(spent["amount"], spent["currency"]) if spent else None
    return Effort(id_, values.get("hours"), money, values.get("people"))


def profiles(view: View) -> list[Profile]:
    """Read slowly the problems of each city, and what it has learned."""
    found = {fact.id: set[str]() for fact in learned.nodes(view, "City")}
    for lesson in learned.lessons(view):
        found[lesson.city] |= lesson.subjects
    for use in learned.adoptions(view):
        if use.used and use.practice:
            found[use.city] |= {use.practice, *broader(view, use.practice)}
    for project in learned.nodes(view, "Project"):
        for city in learned.ends(view, project, "ProjectOfCity"):
            found[city] |= {*learned.ends(view, project, "Solves")}
    problems = {id_: learned.ends(view, view.world.nodes[id_], "RaisedIn", starting=False) for id_ in found}
    return [Profile(id_, frozenset(problems[id_]), frozenset(found[id_])) for id_ in found]


def broader(view: View, id_: str) -> set[str]:
    found = set[str]()
    for each in learned.ends(view, view.world.nodes[id_], "Under"):
        found |= {each, *broader(view, each)}
    return found


@pytest.mark.parametrize("city", [SEATTLE, SAN_ANTONIO])
def test_a_scorecard(ask: Ask, view: View, city: str) -> None:
    found = got(ask, f'scorecard(city: "{city}", synthetic: true)', CITY_RESULT)
    assert [tuple(each.values()) for each in found] == [
        (each.name, each.value, each.unit, each.n, each.unknown) for each in scorecard(record(view, city))
    ]
    assert any(each["value"] for each in found)


def test_the_peers_of_a_city(ask: Ask, view: View) -> None:
    found = got(ask, f'peers(city: "{SEATTLE}", synthetic: true)', PEER)
    here = peers(profiles(view), SEATTLE)
    assert here
    assert len(found) == len(here.peers) == 10
    for shown, each in zip(found, here.peers, strict=True):
        assert (shown["city"]["factId"], shown["problems"], shown["learned"]) == (
            each.city,
            each.problems,
            each.learned,
        )
        assert ids(shown["sharedLearning"]) == [reason.subject for reason in each.shared_learning]
        assert ids(shown["sharedProblems"]) == [reason.subject for reason in each.shared_problems]
        assert (ids(shown["canTeach"]), ids(shown["canLearn"])) == (list(each.can_teach), list(each.can_learn))


def test_costs_by_currency(ask: Ask, view: View) -> None:
    """The costs of the visits that state a cost and a number of delegates, added up by hand."""
    found = got(
        ask,
        "learningCosts(synthetic: true)",
        "currency visits cost lessons perLesson withoutLesson paid leftOut { rows }",
    )
    sums, counts = dict[str, int](), dict[str, int]()
    visits = learned.nodes(view, "Visit")
    for fact in visits:
        cost, delegates = fact.values.get("costPerDelegate"), fact.values.get("delegates")
        if cost and delegates is not None and fact.values["status"] == "HELD":
            sums[cost["currency"]] = sums.get(cost["currency"], 0) + cost["amount"] * delegates
            counts[cost["currency"]] = counts.get(cost["currency"], 0) + 1
    assert sums
    *known, unknown = found
    assert {each["currency"]: each["cost"] for each in known} == sums
    assert {each["currency"]: each["visits"] for each in known} == counts
    assert (unknown["currency"], unknown["cost"]) == (None, None)
    assert unknown["visits"] == sum(each["rows"] for each in unknown["leftOut"]) == len(visits) - sum(counts.values())


TOLUCA = "visit/us-ny-new-york-city-2007-toluca"
EVERYTHING = {
    "exchangeNetwork": f"cities {{ city {{ name }} made hosted }} legs {{ visitor {FACT} host {FACT} visits }} basedOn",
    "diffusion": f"curve {{ everMost inUseMost }} links {{ source {FACT} adopter {FACT} }} likely {{ source {FACT} }} basedOn "
    f"exposures {{ city {FACT} partners adopters }}",
    "lessonConversion": f"lessons used withResult notUsed uses {{ adoption {FACT} lagYears }}",
    "learningCosts": "currency cost lessons paid visits",
    "councilMeasures": f"held gaps empty attendance {{ who {FACT} attended }}",
    "jointWork": f"organizations {FACT} counts index basedOn",
    "scorecard": CITY_RESULT,
    "peers": PEER,
    "delegationBonding": "roster { factId } leftOut { why rows }",
}
GIVEN = {
    "exchangeNetwork": "",
    "diffusion": f'practice: "{BUSES}", asOf: "2025", ',
    "lessonConversion": 'asOf: "2025", ',
    "learningCosts": "",
    "councilMeasures": f'council: "{COUNCIL}", ',
    "jointWork": "toYear: 2024, ",
    "scorecard": f'city: "{SEATTLE}", ',
    "peers": f'city: "{SEATTLE}", ',
    "delegationBonding": f'visit: "{TOLUCA}", ',
}


def hidden_rows() -> list[dict[str, Any]]:
    """Facts that nobody but the steward sees, and ties between facts that everybody sees."""
    visit, lesson, use, project = (f"{kind}/unseen-1" for kind in ("visit", "lesson", "adoption", "project"))
    problem, meeting, effort_ = (f"{kind}/unseen-1" for kind in ("problem", "meeting", "effort"))
    nodes: list[dict[str, Any]] = [
        {"label": "Visit", "id": visit, "title": "hidden", "kind": "MISSION", "status": "HELD", "since": "1975",
         "delegates": 3, "costPerDelegate": {"amount": 100, "currency": "USD"}},
        {"label": "Lesson", "id": lesson, "statement": "hidden", "since": "1975"},
        {"label": "Adoption", "id": use, "status": "RUNNING", "since": "1976"},
        {"label": "Project", "id": project, "name": "hidden", "since": "2020"},
        {"label": "Problem", "id": problem, "statement": "hidden"},
        {"label": "Meeting", "id": meeting, "title": "hidden", "status": "HELD", "since": "2023-12-05"},
        {"label": "Effort", "id": effort_, "hours": 8},
    ]  # fmt: skip
    ties: list[tuple[str, str, str]] = [
        ("MADE_BY", visit, SEATTLE),
        ("HOSTED_BY", visit, BOGOTA),
        ("HOSTED_BY", "visit/us-wa-seattle-1982-baltimore", BOGOTA),
        ("ABOUT", "visit/us-wa-seattle-1982-baltimore", BUSES),
        ("LEARNED", SEATTLE, lesson),
        ("FROM", lesson, BOGOTA),
        ("ABOUT", lesson, BUSES),
        ("GAINED_ON", lesson, visit),
        ("MADE", SEATTLE, use),
        ("USES", use, BUSES),
        ("DREW_ON", use, lesson),
        ("SITS_ON", "organization/boeing", COUNCIL),
        ("OF_COUNCIL", meeting, COUNCIL),
        ("LEADS", "organization/boeing", project),
        ("FOLLOWS", "organization/us-tx-san-antonio-synthetic-river", project),
        ("RAISED_IN", problem, SEATTLE),
        ("RAISED_IN", problem, BOGOTA),
        ("SPENT", SEATTLE, effort_),
        ("JOINED", "person/riordan", TOLUCA),
    ]
    rows = [
        {"type": type_, "from": start, "to": end, "id": f"{type_.lower().replace('_', '-')}/unseen-{number}"}
        for number, (type_, start, end) in enumerate(ties)
    ]
    return [row | HIDDEN for row in [*nodes, *rows]]


@pytest.fixture
def hidden(published: BlockingWriter, tmp_path: Path) -> Iterator[Callable[[], None]]:
    def load() -> None:
        path = tmp_path / "unseen.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in hidden_rows()), encoding="utf-8")
        (report,) = published.load([path], Stamp(SECRET, LATER))
        assert report.diff.problems == ()

    yield load
    for statement in (FORGET_TIES, FORGET_LOAD):
        published.alone(statement)
    published.unit(lambda unit: unit.run(FORGET))


def test_what_is_hidden_changes_nothing(ask: Ask, hidden: Callable[[], None]) -> None:
    assert EVERYTHING.keys() == {each.name for each in QUESTIONS}

    def answers(token: str | None, *, synthetic: str) -> dict[str, Any]:
        asked = (f"{name}({GIVEN[name]}synthetic: {synthetic}) {{ {fields} }}" for name, fields in EVERYTHING.items())
        return ask(f"{{ {' '.join(asked)} }}", token=token)

    before, open_before, steward = (
        answers(None, synthetic="true"),
        answers(None, synthetic="false"),
        answers(TOKEN, synthetic="true"),
    )
    hidden()
    assert answers(None, synthetic="true") == before
    assert answers(None, synthetic="false") == open_before
    after = answers(TOKEN, synthetic="true")
    assert [name for name in EVERYTHING if after["data"][name] == steward["data"][name]] == [], "else it proves nothing"


def test_made_up_facts_are_told_of(ask: Ask) -> None:
    """Only fields whose numbers count made-up facts are named."""
    document = (
        '{ real: diffusion(practice: "%s", synthetic: %s) { basedOn } '
        'made: councilMeasures(council: "%s", synthetic: %s) { held } }'
    )
    answer = ask(document % (BUSES, "true", COUNCIL, "true"), token=None)
    assert "made" in answer["extensions"]["synthetic"]["fields"]
    answer = ask(document % (BUSES, "false", COUNCIL, "false"), token=None)
    assert (answer["data"]["made"], answer.get("extensions")) == (None, None)
    assert answer["data"]["real"]["basedOn"] > 100


REFUSED = {
    "{ x: exchangeNetwork(fromYear: 2000, toYear: 1999) { basedOn } }": "x: `fromYear` is 2000, which is after `toYear`, 1999.",
    "{ exchangeNetwork(toYear: -1) { basedOn } }": "exchangeNetwork: `toYear` is -1; accepted are 0 to 9999.",
    "{ jointWork(fromYear: 1) { day } }": "jointWork: `fromYear` is 1; accepted are 1900 to 2100.",
    '{ exchangeNetwork(subject: "city/x") { basedOn } }': 'exchangeNetwork.subject: "city/x" is the id of type City.',
    '{ diffusion(practice: "topic/x") { basedOn } }': 'diffusion.practice: "topic/x" is the id of type Topic.',
    '{ diffusion(practice: "practice/x", asOf: "2020/..") { basedOn } }': "diffusion.asOf: '2020/..' has no latest day",
    "{ lessonConversion(horizon: 101) { lessons } }": "lessonConversion: `horizon` is 101; accepted are 0 to 100.",
}


@pytest.mark.parametrize("document", REFUSED)
def test_refused(ask: Ask, document: str) -> None:
    (error,) = ask(document)["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith(REFUSED[document])


def test_at_most_ten_measures(ask: Ask) -> None:
    document = " ".join(f"c{at}: lessonConversion {{ lessons }}" for at in range(11))
    (error,) = ask(f"{{ {document} }}")["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_EXPENSIVE"


def test_what_nobody_has_is_null_or_empty(ask: Ask) -> None:
    asked = (
        '{ a: diffusion(practice: "practice/nobody") { basedOn } b: councilMeasures(council: "council/nobody") { held } '
        'c: scorecard(city: "city/nobody") { n } d: peers(city: "city/nobody") { learned } __typename '
        "e: exchangeNetwork(fromYear: 1800, toYear: 1801) { __typename hubs { made } mutualOfPairs bySize { index __typename } }}"
    )
    assert ask(asked, token=None)["data"] == {
        "a": None,
        "b": None,
        "c": [],
        "d": [],
        "__typename": "Query",
        "e": {
            "__typename": "ExchangeNetwork",
            "hubs": [],
            "mutualOfPairs": None,
            "bySize": {"index": None, "__typename": "GroupMixing"},
        },
    }
