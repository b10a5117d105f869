"""Measures of learning through GraphQL are the pure functions of the facts that the viewer sees, which the oracle reads."""

import json
from datetime import date
from importlib.metadata import version
from typing import Any

import pytest

from graph.measures.learning.adoption import curve, of_practice, stopped
from graph.measures.learning.answers import WITHOUT_SIZE
from graph.measures.learning.basis import Basis, maybe_by
from graph.measures.learning.conversion import conversion, lags, waiting
from graph.measures.learning.councils import attendance, cadence
from graph.measures.learning.diffusion import exposure, likely, sources
from graph.measures.learning.exchange import Wanted, contacts, counted, exchange, hubs
from graph.measures.learning.facts import Visit
from graph.measures.learning.mixing import mixing
from graph.measures.learning.silos import lead_and_follow, silo
from schema.domain.measures.learning import QUESTIONS
from schema.language.measures import Question
from tests.clouds.conftest import Ask
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import World
from tests.measures import learned

BUSES = "practice/bus-rapid-transit"
COUNCIL = "council/us-tx-san-antonio-synthetic-agencies"
BASED = "basedOn leftOut { why rows }"
FACT = "{ factId }"


@pytest.fixture(scope="module")
def view(world: World) -> View:
    """What everybody sees, with what is made up."""
    return View(world, Viewer(), synthetic=True)


@pytest.fixture(scope="module")
def cities(view: View) -> dict[str, Any]:
    return {fact.id: fact.values.get("sizeClass") for fact in learned.nodes(view, "City")}


def got(ask: Ask, field: str, fields: str, token: str | None = None) -> Any:
    """Ask for one field, by default as everybody."""
    answer = ask(f"{{ it: {field} {{ {fields} }} }}", token=token)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["it"]


def based(basis: Basis) -> dict[str, Any]:
    return {"basedOn": basis.used, "leftOut": [{"why": each.why, "rows": each.rows} for each in basis.left_out]}


def ids(shown: list[dict[str, Any]]) -> list[str]:
    return [each["factId"] for each in shown]


def subjects_slowly(visits: list[Visit], cities: dict[str, Any], wanted: Wanted) -> list[tuple[str, int]]:
    """Count the visits that count, subject by subject."""
    here = counted(visits, cities, wanted)
    every = sorted({subject for each in here for subject in each.subjects})
    return [(subject, sum(subject in each.subjects for each in here)) for subject in every]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("synthetic: true", Wanted()),
        (f'fromYear: 1990, toYear: 2015, subject: "{BUSES}", synthetic: true', Wanted(1990, 2015, BUSES)),
    ],
)
def test_the_exchange_network(ask: Ask, view: View, cities: dict[str, Any], given: str, wanted: Wanted) -> None:
    found = got(
        ask,
        f"exchangeNetwork({given})",
        f"{BASED} cities {{ city {FACT} role made hosted hosts guests share }} hubs {{ city {FACT} }} "
        f"legs {{ visitor {FACT} host {FACT} visits }} mutual oneWay mutualOfPairs mutualOfArcs withoutYear outside toItself "
        f"years {{ year visits legs cities }} bySize {{ groups counts internal external index assortativity chanceMean "
        f"chanceAtMost {BASED} }} byIncome {{ index groups {BASED} }} subjects {{ subject {FACT} visits }}",
    )
    here = exchange(learned.visits(view), cities, wanted)
    assert here.legs
    assert {name: found[name] for name in ("basedOn", "leftOut")} == based(here.basis)
    assert [(each["city"]["factId"], *list(each.values())[1:]) for each in found["cities"]] == [
        (each.city, each.role.name, each.made, each.hosted, each.hosts, each.guests, each.share) for each in here.cities
    ]
    assert [each["city"]["factId"] for each in found["hubs"]] == [each.city for each in hubs(here)]
    assert [(each["visitor"]["factId"], each["host"]["factId"], each["visits"]) for each in found["legs"]] == [
        (each.visitor, each.host, each.visits) for each in here.legs
    ]
    dyads = here.dyads
    assert [found[name] for name in ("mutual", "oneWay", "mutualOfPairs", "mutualOfArcs")] == [
        dyads.mutual, dyads.one_way, dyads.of_pairs, dyads.of_arcs,
    ]  # fmt: skip
    assert [tuple(each.values()) for each in found["years"]] == [
        (each.year, each.visits, each.legs, each.cities) for each in here.years
    ]
    assert [(each["subject"]["factId"], each["visits"]) for each in found["subjects"]] == subjects_slowly(
        learned.visits(view), cities, wanted
    )
    assert [found[name] for name in ("withoutYear", "outside", "toItself")] == [
        here.without_year, here.outside, here.to_itself,
    ]  # fmt: skip
    sizes = mixing(here, cities, without=WITHOUT_SIZE)
    assert found["bySize"] == {
        "groups": list(sizes.groups),
        "counts": [list(row) for row in sizes.counts],
        "internal": sizes.internal,
        "external": sizes.external,
        "index": sizes.index,
        "assortativity": sizes.assortativity,
        "chanceMean": sizes.by_chance and sizes.by_chance.mean,
        "chanceAtMost": sizes.by_chance and sizes.by_chance.at_most,
        **based(sizes.basis),
    }
    # The seeds state no income groups, and the answer says so.
    journeys = sum(each.visits for each in here.legs)
    left_out = [{"why": "no income group is known of the country of a city", "rows": journeys}]
    assert found["byIncome"] == {"index": None, "groups": [], "basedOn": 0, "leftOut": left_out}


@pytest.mark.parametrize("year", [2001, 2020])
def test_how_buses_spread(ask: Ask, view: View, cities: dict[str, Any], year: int) -> None:
    lag = "lagYears lagFewest lagMost lagStated"
    found = got(
        ask,
        f'diffusion(practice: "{BUSES}", asOf: "{year}", synthetic: true)',
        f"practice {{ factId name }} year cities {BASED} direct secondHand curveLeftOut {{ rows }} stopped {FACT} "
        f"curve {{ year new stopped everFewest everMost inUseFewest inUseMost }} unknown {FACT} "
        f"links {{ source {FACT} adopter {FACT} adoption {FACT} through {FACT} by secondHand steps carriers {FACT} {lag} }} "
        f"likely {{ adopter {FACT} source {FACT} evidence {FACT} toSource {FACT} about {FACT} candidates confidence }} "
        f"exposures {{ city {FACT} year adopted partners adopters maybe share }} exposuresLeftOut {{ rows }} undatedContacts",
    )
    uses = [each for each in of_practice(learned.adoptions(view), BUSES) if maybe_by(each.since, year)]
    visits = learned.visits(view)
    told, met = sources(uses, learned.lessons(view), visits), contacts(visits, cities)
    drawn, exposed, guessed = curve(uses, year), exposure(uses, met, year), likely(told, uses, met, BUSES)
    assert found["practice"] == {"factId": BUSES, "name": "Bus rapid transit"}
    assert {name: found[name] for name in ("basedOn", "leftOut")} == based(told.basis)
    assert [found[name] for name in ("year", "cities", "direct", "secondHand", "undatedContacts")] == [
        year, drawn.cities, told.direct, told.second_hand, exposed.undated,
    ]  # fmt: skip
    assert [tuple(each.values()) for each in found["curve"]] == [
        (each.year, each.new, each.stopped, each.ever_fewest, each.ever_most, each.in_use_fewest, each.in_use_most)
        for each in drawn.years
    ]
    assert found["curve"][-1]["year"] == year
    assert ids(found["unknown"]) == list(told.unknown)
    assert ids(found["stopped"]) == [each.city for each in stopped(uses) if maybe_by(each.ended, year)]
    assert [
        (ids([each["source"], each["adopter"], each["adoption"], each["through"]]), each["by"], each["steps"],
         each["secondHand"], each["lagYears"], each["lagFewest"], each["lagMost"], ids(each["carriers"]))
        for each in found["links"]
    ] == [
        ([each.source, each.adopter, each.adoption, each.through], each.by.name, each.steps,
         each.second_hand, each.lag and each.lag.years, each.lag and each.lag.fewest, each.lag and each.lag.most,
         list(each.carriers))
        for each in told.links
    ]  # fmt: skip
    assert [
        (each["adopter"]["factId"], each["source"]["factId"], ids(each["evidence"])) for each in found["likely"]
    ] == [(each.adopter, each.source, list(each.evidence)) for each in guessed]
    assert all(each["confidence"] == "INFERRED" for each in found["likely"])
    assert [(each["city"]["factId"], *list(each.values())[1:]) for each in found["exposures"]] == [
        (each.city, each.year, each.adopted, each.partners, each.adopters, each.maybe, each.share)
        for each in exposed.cities
    ]


def test_conversion_with_the_lags_that_are_known(ask: Ask, view: View) -> None:
    """Johannesburg learned in 2006 and opened its buses in 2009; of Bilbao a text says that it took ten years."""
    found = got(
        ask,
        'lessonConversion(asOf: "2024-06", horizon: 4, synthetic: true)',
        f"year lessons proposed used withResult shareUsed shareWithResult horizon tooYoung undated old shareOfOld lags "
        f"medianLag medianWaiting notUsed notUsedLeftOut {{ why rows }} {BASED} "
        f"uses {{ adoption {FACT} city {{ name }} lagYears lagFewest lagMost lagStated }}",
    )
    given = learned.lessons(view), learned.adoptions(view), learned.outcomes(view)
    here, waited = conversion(*given, 2024, horizon=4), waiting(*given[:2], 2024)
    assert [found[name] for name in ("lessons", "proposed", "used", "withResult", "shareUsed", "shareWithResult")] == [
        here.lessons, here.proposed, here.used, here.with_result, here.share_used, here.share_with_result,
    ]  # fmt: skip
    assert [found[name] for name in ("year", "horizon", "tooYoung", "undated", "old", "shareOfOld", "lags", "medianLag")] == [
        2024, 4, here.too_young, here.undated, here.old, here.share_of_old, here.lags, here.median_lag,
    ]  # fmt: skip
    assert {name: found[name] for name in ("basedOn", "leftOut")} == based(here.basis)
    assert found["notUsedLeftOut"] == based(waited.basis)["leftOut"]
    assert (found["medianWaiting"], found["notUsed"]) == (waited.median, [each.not_used for each in waited.years])
    lessons = [each for each in given[0] if maybe_by(each.when, 2024)]
    uses = [each for each in given[1] if maybe_by(each.since, 2024)]
    results = [each for each in given[2] if maybe_by(each.when, 2024)]
    assert [
        (each["adoption"]["factId"], each["lagFewest"], each["lagMost"], each["lagStated"]) for each in found["uses"]
    ] == [(each.adoption, each.lag.fewest, each.lag.most, each.lag.stated) for each in lags(lessons, uses, results)]
    years = {each["adoption"]["factId"]: (each["city"]["name"], each["lagYears"]) for each in found["uses"]}
    assert years["adoption/za-06-johannesburg-rea-vaya"] == ("Johannesburg", 3)
    assert years["adoption/es-59-bilbao-guggenheim"] == ("Bilbao", 10)


def test_a_council(ask: Ask, view: View) -> None:
    fields = (
        f"council {{ factId name }} rhythm held missed planned shareHeld gaps medianGap longestGap periods empty {BASED} "
        f"attendance {{ who {FACT} meetings attended share asGuest }}"
    )
    found = got(ask, f'councilMeasures(council: "{COUNCIL}", synthetic: true)', fields)
    meetings, seats = learned.meetings(view, COUNCIL), learned.seats(view, COUNCIL)
    here = cadence(meetings, "MONTHLY")
    assert (found["rhythm"], found["held"], found["missed"], found["planned"], found["periods"]) == (
        "MONTHLY",
        5,
        2,
        1,
        7,
    )
    assert found["empty"] == ["2023-12", "2024-04"]
    assert (found["gaps"], found["shareHeld"], found["longestGap"]) == (
        list(here.gaps),
        here.share_held,
        here.longest_gap,
    )
    assert {name: found[name] for name in ("basedOn", "leftOut")} == based(here.basis)
    assert [(each["who"]["factId"], *list(each.values())[1:]) for each in found["attendance"]] == [
        (each.who, each.meetings, each.attended, each.share, each.as_guest) for each in attendance(meetings, seats)
    ]
    later = got(ask, f'councilMeasures(council: "{COUNCIL}", fromYear: 2024, toYear: 2024, synthetic: true)', fields)
    year = cadence(meetings, "MONTHLY", date(2024, 1, 1), date(2024, 12, 31))
    assert (later["held"], later["missed"], later["periods"]) == (year.held, year.missed, 12)
    assert later["held"] < found["held"]
    assert {each["meetings"] for each in later["attendance"]} <= set(range(later["held"] + 1))


def test_joint_work(ask: Ask, view: View) -> None:
    found = got(
        ask,
        "jointWork(fromYear: 2023, toYear: 2024, synthetic: true)",
        f"day organizations {FACT} counts leads follows mutual oneWay alone joint shareAlone internal external withoutGroup "
        f"index {BASED}",
    )
    kinds = {
        fact.id: str(fact.values["kind"]) for fact in learned.nodes(view, "Organization") if fact.values.get("kind")
    }
    assert len(found) == 2
    for each, day in zip(found, (date(2023, 12, 31), date(2024, 12, 31)), strict=True):
        led, alone = lead_and_follow(learned.projects(view), day), silo(learned.projects(view), day, kinds)
        assert (each["day"], ids(each["organizations"])) == (day.isoformat(), list(led.organizations))
        assert each["counts"] == [list(row) for row in led.counts]
        assert [each[name] for name in ("leads", "follows", "mutual", "oneWay")] == [
            list(led.leads), list(led.follows), led.mutual, led.one_way,
        ]  # fmt: skip
        assert [each[name] for name in ("alone", "joint", "internal", "external", "withoutGroup", "index")] == [
            alone.alone, alone.joint, alone.internal, alone.external, alone.without_group, alone.index,
        ]  # fmt: skip
        assert {name: each[name] for name in ("basedOn", "leftOut")} == based(alone.basis)


FIELDS = {
    "exchangeNetwork": "exchangeNetwork",
    "diffusion": f'diffusion(practice: "{BUSES}")',
    "lessonConversion": "lessonConversion",
    "learningCosts": "learningCosts",
    "delegationBonding": "delegationBonding(visit: %s)",
    "councilMeasures": f'councilMeasures(council: "{COUNCIL}")',
    "jointWork": "jointWork(toYear: 2025)",
    "scorecard": 'scorecard(city: "city/us-wa-seattle")',
    "peers": 'peers(city: "city/us-wa-seattle")',
}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_each_number_says_what_computed_it(ask: Ask, view: View, question: Question) -> None:
    """With the version that is installed; those that igraph computes a part of name it first."""
    visit = json.dumps(next(fact.id for fact in learned.nodes(view, "Visit")))
    shown = got(ask, FIELDS[question.name].replace("%s", visit), "libraries")
    expected = [f"{each} {version(each)}" for each in question.libraries]
    every = shown if question.many else [shown]
    assert every
    assert all(each["libraries"] == expected for each in every)
