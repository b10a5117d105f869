"""The rules, case by case: what is certain, what is doubtful, why, and which facts are offered in which order."""

from dataclasses import replace
from typing import Any

import pytest

from graph.matching.fold import folded, near, web
from graph.matching.named import Named
from graph.matching.rules import Asked, Entry, Town, decide, kilometres
from schema.model import model

OF = model().matched()
US, ES, MX = "country/us", "country/es", "country/mx"
IDS = {"US": US, "ES": ES, "MX": MX}


def city(id_: str, name: str, *countries: str, at: tuple[float, float] | None = None, **unique: Any) -> Entry:
    points = () if at is None else (at,)
    return Entry(
        id_,
        name,
        frozenset({folded(name)}),
        frozenset(unique.items()),
        points,
        frozenset(IDS[each] for each in countries),
    )


def organization(id_: str, name: str, *seats: Town, website: str | None = None) -> Entry:
    address = web(website)
    lands = frozenset(country for seat in seats for country in seat.countries)
    webs = frozenset({address} if address else ())
    return Entry(id_, name, frozenset({folded(name)}), countries=lands, towns=seats, webs=webs)


def asked(label: str, name: str, country: str | None = None, **told: Any) -> Asked:
    named = Named(label, name, country, **told)
    lands = frozenset({IDS[country]}) if country in IDS else frozenset()
    return Asked(named, folded(name), near(name), named.ids, lands, folded(named.city or ""), web(named.website))


OHIO = city("city/us-oh-toledo", "Toledo", "US", at=(41.66, -83.56), geonamesId=5174035)
SPAIN = city("city/es-toledo", "Toledo", "ES", at=(39.86, -4.02), geonamesId=2510409)
MISSOURI = city("city/us-mo-kansas-city", "Kansas City", "US", at=(39.10, -94.58))
KANSAS = city("city/us-ks-kansas-city", "Kansas City", "US", at=(39.11, -94.63))
SEATTLE = Town("city/us-wa-seattle", frozenset({folded("Seattle")}), frozenset({US}))
PORTLAND = Town("city/us-or-portland", frozenset({folded("Portland")}), frozenset({US}))
CHAMBER = organization("organization/a", "Chamber of Commerce", SEATTLE, website="https://www.seattlechamber.com/")
OTHER = organization("organization/b", "Chamber of Commerce", PORTLAND)
BARE = organization("organization/c", "Chamber of Commerce")

CERTAIN: dict[str, tuple[Asked, list[Entry], str]] = {
    "name and country": (asked("City", "TOLEDO", "US"), [OHIO, SPAIN], OHIO.id),
    "name, country and place": (asked("City", "Toledo", "ES", at=(39.9, -4.1)), [OHIO, SPAIN], SPAIN.id),
    "one of two in a country, by place": (
        asked("City", "Toledo", "US", at=(41.6, -83.5)),
        [OHIO, city("city/x", "Toledo", "US", at=(44.0, -123.0))],
        OHIO.id,
    ),
    "a number, whatever the name": (asked("City", "Tolède", ids=(("geonamesId", 2510409),)), [OHIO, SPAIN], SPAIN.id),
    "a number, and a place not far": (
        asked("City", "Toledo", "US", at=(41.0, -83.56), ids=(("geonamesId", 5174035),)), [OHIO], OHIO.id,
    ),
    "an organization by its city": (
        asked("Organization", "Chamber of commerce", "US", city="Seattle"), [CHAMBER, OTHER], CHAMBER.id,
    ),
    "an organization by the id of its city": (
        asked("Organization", "Chamber of commerce", city="city/us-wa-seattle"), [CHAMBER, OTHER], CHAMBER.id,
    ),
    "an organization by its address": (
        asked("Organization", "Chamber of commerce", website="http://seattlechamber.com"), [CHAMBER], CHAMBER.id,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CERTAIN)
def test_what_is_certain_is_taken(case: str) -> None:
    given, entries, id_ = CERTAIN[case]
    for order in (entries, entries[::-1]):
        assert decide(given, order, OF[given.named.label]).id == id_


SEVERAL, AGAINST = "several facts may be meant", "what else is told speaks against each fact of this name"
DOUBTFUL: dict[str, tuple[Asked, list[Entry], str, list[str]]] = {
    "no country": (
        asked("City", "Toledo"), [SPAIN], "the name alone is not enough: country must agree", ["same name"],
    ),
    "no country, but the place": (
        asked("City", "Toledo", at=(39.86, -4.02)), [SPAIN], "the name alone is not enough: country must agree",
        ["same name, 0 km away"],
    ),
    "a country that is not known": (
        asked("City", "Toledo", "Atlantis"), [SPAIN], "the country is not known", ["same name"],
    ),
    "another country": (asked("City", "Toledo", "MX"), [SPAIN], AGAINST, ["same name, another country"]),
    "too far": (
        asked("City", "Toledo", "ES", at=(39.5, -4.5)), [SPAIN], AGAINST, ["same name, same country, 57 km away"],
    ),
    "both near": (
        asked("City", "Kansas City", "US", at=(39.11, -94.62)), [MISSOURI, KANSAS], SEVERAL,
        ["same name, same country, 1 km away", "same name, same country, 4 km away"],
    ),
    "it is not known where the fact lies": (
        asked("City", "Toledo", "ES", at=(39.86, -4.02)), [city("city/x", "Toledo", "ES")],
        "it is not known where the fact of this name lies", ["same name, same country"],
    ),
    "another may be there": (
        asked("City", "Toledo", "ES", at=(39.86, -4.02)), [SPAIN, city("city/x", "Toledo", "ES")], SEVERAL,
        ["same name, same country, 0 km away", "same name, same country"],
    ),
    "another has no country": (
        asked("City", "Toledo", "ES"), [SPAIN, city("city/x", "Toledo")], SEVERAL,
        ["same name, same country", "same name"],
    ),
    "another number": (
        asked("City", "Toledo", "ES", ids=(("geonamesId", 7),)), [SPAIN], "the fact of this name has another number",
        ["another number, same name, same country"],
    ),
    "a number that is far away": (
        asked("City", "Toledo", "US", at=(39.86, -4.02), ids=(("geonamesId", 5174035),)), [OHIO],
        "the number is right, and what else is told is not", ["same number, same name, same country, 6,448 km away"],
    ),
    "numbers of two facts": (
        asked("City", "Toledo", "US", ids=(("geonamesId", 5174035), ("wikidataId", "Q1"))),
        [OHIO, city("city/x", "Elsewhere", "US", wikidataId="Q1")], "several facts have this number",
        ["same number, same name, same country", "same number, another name, same country"],
    ),
    "only almost the name": (
        asked("City", "City of Toledo", "ES"), [SPAIN, OHIO], "no fact has this name",
        ["the name of a part, same country"],
    ),
    "one letter": (
        asked("City", "Tolado", "ES"), [SPAIN], "no fact has this name", ["one letter differs, same country"],
    ),
    "a longer name": (
        asked("City", "Frankfurt", "US"), [city("city/x", "Frankfurt am Main", "US")], "no fact has this name",
        ["a longer name, same country"],
    ),
    "nothing": (asked("City", "Springfield", "US"), [], "no fact has this name", []),
    "no letters": (asked("City", "???", "US"), [], "the name has no letter or digit, or is too long", []),
    "an organization by its name": (
        asked("Organization", "Chamber of Commerce"), [BARE],
        "the name alone is not enough: city or website must agree", ["same name"],
    ),
    "an organization whose city has no country": (
        asked("Organization", "Chamber of Commerce", city="Seattle"), [CHAMBER],
        "the name alone is not enough: city or website must agree", ["same name"],
    ),
    "another organization may be there": (
        asked("Organization", "Chamber of Commerce", "US", city="Seattle"), [CHAMBER, BARE], SEVERAL,
        ["same name, same country, same city", "same name"],
    ),
    "another city": (
        asked("Organization", "Chamber of Commerce", "US", city="Tacoma"), [CHAMBER, OTHER], AGAINST,
        ["same name, same country, another city"] * 2,
    ),
    "another address": (
        asked("Organization", "Chamber of Commerce", "US", city="Seattle", website="https://example.org"), [CHAMBER], AGAINST,
        ["same name, same country, same city, another website"],
    ),
    "only the address": (
        asked("Organization", "The Metro Chamber", website="seattlechamber.com"), [CHAMBER], "no fact has this name",
        ["another name, same website"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_is_doubtful_waits_with_its_candidates(case: str) -> None:
    given, entries, why, reasons = DOUBTFUL[case]
    for order in (entries, entries[::-1]):
        match = decide(given, order, OF[given.named.label])
        assert (match.id, match.why, [each.why for each in match.candidates]) == (None, why, reasons)


def test_at_most_ten_are_offered_the_likeliest_first() -> None:
    far = [city(f"city/x-{at:02}", "Toledo", "US", at=(30.0 + at, -90.0)) for at in range(20)]
    match = decide(asked("City", "Toledo", "US", at=(50.0, -90.0)), far, OF["City"])
    assert [each.id for each in match.candidates] == [f"city/x-{at:02}" for at in range(19, 9, -1)]


@pytest.mark.parametrize(("km", "is_certain"), [(24.9, True), (25.1, False), (99.9, False), (100.1, False)])
def test_the_distance_is_measured(km: float, is_certain: bool) -> None:
    degrees = km / 111.195
    given = asked("City", "Toledo", "US", at=(41.66 + degrees, -83.56))
    assert (decide(given, [OHIO], OF["City"]).id is not None) is is_certain
    by_number = replace(given, ids=(("geonamesId", 5174035),))
    assert (decide(by_number, [OHIO], OF["City"]).id is not None) is (km <= 100)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((47.6, -122.3), (47.6, -122.3), 0.0),
        ((0.0, 179.9), (0.0, -179.9), 22.2),
        ((90.0, 0.0), (-90.0, 0.0), 20015.1),
        ((0.0, 0.0), (0.0, 180.0), 20015.1),
        ((51.5074, -0.1278), (48.8566, 2.3522), 343.6),
    ],
)
def test_distances_on_the_globe(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert kilometres(one, other) == pytest.approx(km, abs=0.1)
