"""What a mapping makes of a record: each kind of value, references, keys and conditions; what is doubtful is refused in words."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from graph.facts.check import read_fact
from graph.facts.rows import Row
from graph.load.mapping.cells import Style
from graph.load.mapping.dates import reader_of
from graph.load.records import Record
from graph.matching.named import Named
from schema.model import model
from tests.feeds.configs import TEXT, changed, config, fact, mapped, own_id
from tests.kit.random.documents import random_seed

HOST = Named("City", "Bergen", country="Norway")
WHOLE = {
    "title": " Tram tour ",
    "state": "done",
    "day": "02.05.2031",
    "people": "12",
    "host": "Bergen",
    "land": "Norway",
}


def visit(text: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return what the visit of a record states with this line in the config."""
    made = mapped(fact(text), values)
    assert made.problems == ()
    return made.rows[0].values


def refused(text: str, values: dict[str, Any]) -> str:
    made = mapped(fact(text), values)
    assert made.rows == ()
    (problem,) = made.problems
    return f"{problem.field}: {problem.reason}"


def test_a_record_becomes_its_rows() -> None:
    made = mapped(config(), WHOLE)
    assert made.problems == ()
    given = {"sources": ["source/source"], "confidence": "REPORTED", "rows": ["oslo-visits 1"]}
    assert [row.values for row in made.rows] == [
        {
            "label": "Visit", "id": "visit/visit-1", "title": "Tram tour", "kind": "STUDY_TOUR", "status": "HELD",
            "since": "2031-05-02", "delegates": 12, **given,
        },
        {"type": "HOSTED_BY", "from": "visit/visit-1", "to": HOST, **given},
    ]  # fmt: skip
    assert {row.where for row in made.rows} == {"visits.csv:2"}


def test_rows_pass_the_check_of_writing() -> None:
    for row in mapped(config(), WHOLE).rows:
        given = {key: "city/x" if isinstance(value, Named) else value for key, value in row.values.items()}
        assert read_fact(Row(row.where, given), model())


VALUES: list[tuple[str, dict[str, Any], str, Any]] = [
    ("since: day", {"day": "2031-05"}, "since", "2031-05"),
    ("since: day", {"day": "1987~"}, "since", "1987~"),
    ("since: day", {"day": "2031-05-02T23:30:00+02:00"}, "since", "2031-05-02"),
    ("since: day", {"day": datetime(2031, 5, 2, 23, 30, tzinfo=UTC)}, "since", "2031-05-02"),
    ("since: day", {"day": date(2031, 5, 2)}, "since", "2031-05-02"),
    ("since: day", {"day": 2031}, "since", "2031"),
    ("since: day", {"day": 2031.0}, "since", "2031"),
    ('since: {column: day, format: "%m/%d/%Y"}', {"day": "05/02/2031"}, "since", "2031-05-02"),
    ('since: {column: day, format: ["%d.%m.%Y", "%Y"]}', {"day": "2031"}, "since", "2031"),
    ('since: {column: day, format: "%B %Y"}', {"day": "May 2031"}, "since", "2031-05"),
    ("since: {column: day, format: epoch milliseconds}", {"day": 1935446400000}, "since", "2031-05-02"),
    ('since: {columns: [y, m], join: "-"}', {"y": 2031, "m": "05"}, "since", "2031-05"),
    ("until: end", {"end": ""}, "until", None),
    ("delegates: n", {"n": "1e2"}, "delegates", 100),
    ("delegates: n", {"n": 7.0}, "delegates", 7),
    ("delegates: n", {"n": Decimal("7.000")}, "delegates", 7),
    ('delegates: {column: n, thousands: ".", decimal: ","}', {"n": "1.200"}, "delegates", 1200),
    ('delegates: {column: n, decimal: ",", times: 1000}', {"n": "1,2"}, "delegates", 1200),
    ("delegates: {column: n, round: true}", {"n": "6.6"}, "delegates", 7),
    ('delegates: {column: n, thousands: " "}', {"n": "12\u00a0345"}, "delegates", 12345),
    ("delegates: {column: n, empty: [n/a]}", {"n": "n/a"}, "delegates", None),
    ("delegates: {column: n, otherwise: null}", {"n": "many"}, "delegates", None),
    ("delegates: {column: n, default: 5}", {}, "delegates", 5),
    ("delegates: {column: n, values: {few: 3, many: null}}", {"n": "few"}, "delegates", 3),
    ("delegates: {column: n, values: {few: 3, many: null}}", {"n": "many"}, "delegates", None),
    ("delegates: a.b.1", {"a": {"b": [7, 8]}}, "delegates", 8),
    ("delegates: a.b", {"a.b": 9, "a": {"b": 8}}, "delegates", 9),
    ("costPerDelegate: {column: c, currency: NOK}", {"c": "950"}, "costPerDelegate", {"amount": 950, "currency": "NOK"}),
    (
        'costPerDelegate: {column: c, currency: {column: w}, decimal: ",", thousands: "."}',
        {"c": "1.950,00", "w": "eur"}, "costPerDelegate", {"amount": 1950, "currency": "EUR"},
    ),
    ("costPerDelegate: {column: c, currency: NOK}", {"c": ""}, "costPerDelegate", None),
    ("kind: {column: k, values: {tur: STUDY_TOUR}, otherwise: MISSION}", {"k": "ferie"}, "kind", "MISSION"),
    ("kind: k", {"k": " MISSION "}, "kind", "MISSION"),
    ('title: {columns: [a, b], join: " - "}', {"a": "x", "b": ""}, "title", "x"),
    ('title: {column: a, split: ";", take: 2}', {"a": "x; y;z"}, "title", "y"),
    ('title: {column: a, split: ";", take: last}', {"a": "x; y;z"}, "title", "z"),
    ("title: a", {"a": True}, "title", "true"),
    ("title: a", {"a": 12.0}, "title", "12"),
    ("note: a", {"a": None}, "note", None),
    ("marking: {value: GREEN}", {}, "marking", "GREEN"),
    ("sources: [source, {id: source/other}]", {}, "sources", ["source/source", "source/other"]),
    ("confidence: {value: VERIFIED}", {}, "confidence", "VERIFIED"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "name", "wanted"), VALUES)
def test_a_value(text: str, values: dict[str, Any], name: str, wanted: Any) -> None:
    assert visit(text, values).get(name) == wanted


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("since: day", {"day": "02.05.2031"}, "does not say what is day, month and year; write its format"),
    ("since: day", {"day": "5/2/31"}, "does not say what is day, month and year"),
    ("since: day", {"day": "20310502"}, "does not say what is day, month and year"),
    ("since: day", {"day": "last May"}, "'last May' is not a date"),
    ("since: day", {"day": 45000}, "45000 is a number and not a year; write its format"),
    ("since: day", {"day": 2031.5}, "is a number and not a year"),
    ("since: day", {"day": "2031-02-30"}, "is not a date"),
    ("since: {column: day, format: epoch seconds}", {"day": "1e300000"}, "is not a date of the format 'epoch seconds'"),
    ('since: {column: day, format: "%d.%m.%Y"}', {"day": "5/2/2031"}, "is not a date of the format '%d.%m.%Y'"),
    (
        'since: {column: day, format: ["%d/%m/%Y", "%m/%d/%Y"]}', {"day": "02/05/2031"},
        "means 2031-05-02 or 2031-02-05, by the formats",
    ),
    ("delegates: n", {"n": "1,200"}, "'1,200' is not a number; if this is how numbers are written, say so: thous"),
    ("delegates: n", {"n": "12.5"}, "is not a whole number; write round: true"),
    ("delegates: n", {"n": "-3"}, "delegates"),
    ("delegates: n", {"n": "1e400"}, "is not a number"),
    ("delegates: n", {"n": float("nan")}, "is not a number that can be stored"),
    ("delegates: n", {"n": "#N/A"}, "#N/A is an error in the sheet, and no value"),
    ("delegates: n", {"n": [1, 2]}, "holds 2 values, and one is wanted; say which one: take: first"),
    ("delegates: n", {"n": {"a": 1}}, "is an object, and not one value"),
    ('delegates: {column: n, decimal: ","}', {"n": "1.200"}, "has a point, and decimals are said to come after ','"),
    ('delegates: {column: n, thousands: ","}', {"n": "1,20"}, "is not a number with ',' between thousands"),
    ("costPerDelegate: {column: c, currency: {column: w}}", {"c": 5}, "there is an amount without a currency"),
    ("costPerDelegate: {column: c, currency: {column: w}}", {"c": 5, "w": "crowns"}, "costPerDelegate"),
    ("kind: k", {"k": "MISION"}, "'MISION' is not one of MISSION, "),
    ("kind: {column: k, values: {tur: STUDY_TOUR}}", {"k": "ferie"}, "is not one of the values in the config: tur"),
    ("title: a", {"a": "  "}, "column 'a': is empty, and a value is required"),
    ("title: titel", {"title": "x"}, "the record has no column 'titel'; the nearest are title"),
    ("title: a", {"a": "x" * 10_001}, "title"),
    ("marking: {value: AMBER}", {}, "holders"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "says"), REFUSED)
def test_what_is_doubtful_is_refused_in_words(text: str, values: dict[str, Any], says: str) -> None:
    told = refused(text, values)
    assert told.startswith("visit.")
    assert says in told


FORMATS = ("%d.%m.%Y", "%m/%d/%Y", "%Y%m%d", "%d %b %Y", "%Y-%j", "%G-W%V-%u", "%d/%m/%y", "%Y-%m-%dT%H:%M:%S%z")


@pytest.mark.parametrize("format", FORMATS)
def test_dates_come_back_from_every_format(format: str) -> None:
    dice = random.Random(random_seed())
    read = reader_of((format,))
    for _ in range(50):
        day = datetime.fromordinal(dice.randrange(730_000, 745_000)).replace(tzinfo=UTC)
        assert read(day.strftime(format), Style()) == day.date().isoformat()


def city(**parts: str) -> dict[str, Any]:
    lines = "".join(f", {name}: {value}" for name, value in parts.items())
    made = mapped(
        config(changed(", country: land", lines)), {**WHOLE, "x": "5.3", "y": "60.4", "id": "3161732", "p": ""}
    )
    assert made.problems == ()
    named: Named = made.rows[1].values["to"]
    return vars(named)


def test_what_is_known_of_a_name_is_matched_with_it() -> None:
    bare = {"label": "City", "name": "Bergen", "country": None, "city": None, "website": None, "at": None, "ids": ()}
    assert city() == bare
    assert city(country="land", geonamesId="id") == bare | {"country": "Norway", "ids": (("geonamesId", 3161732),)}
    assert city(at="[y, x]") == city(at="{columns: [x, y], order: lon lat}") == bare | {"at": (60.4, 5.3)}
    assert city(country="{value: Norway}", wikidataId="p") == bare | {"country": "Norway"}


POINTS: list[tuple[str, dict[str, Any]]] = [
    ("[y, x]", {"y": "60.4", "x": "5.3"}),
    ("{columns: [x, y], order: lon lat}", {"y": 60.4, "x": Decimal("5.3")}),
    ('{column: p, split: ","}', {"p": "60.4, 5.3"}),
    ('{column: p, split: ";", decimal: ","}', {"p": "60,4;5,3"}),
    ("p", {"p": {"type": "Point", "coordinates": [5.3, 60.4]}}),
    ("p", {"p": {"lat": "60.4", "lng": "5.3"}}),
    ("p", {"p": "POINT(5.3 60.4)"}),
]


@pytest.mark.parametrize(("text", "values"), POINTS)
def test_a_point(text: str, values: dict[str, Any]) -> None:
    made = mapped(config(CITY.replace("POINT", text)), {"name": "Bergen", **values})
    assert made.problems == ()
    assert made.rows[0].values["location"] == {"latitude": 60.4, "longitude": 5.3}
    assert made.rows[0].values["aliases"] == ["Bjørgvin", "Bryggen"]


CITY = """\
feed: cities
from: {kind: csv, path: c.csv}
source: {title: Cities}
key: name
facts:
  - {concept: City, name: name, location: POINT, aliases: {value: [Bjørgvin, Bryggen]}}
"""
NO_POINTS: list[tuple[str, dict[str, Any], str]] = [
    ("[y, x]", {"y": "60.4", "x": ""}, "has one of latitude and longitude, and not the other"),
    ("[y, x]", {"y": "95", "x": "5"}, "is not on the globe"),
    ("p", {"p": "60.4, 5.3"}, "does not say which number is the latitude"),
    ('{column: p, split: ","}', {"p": "1,2,3"}, "is not two numbers with ',' between them"),
]


@pytest.mark.parametrize(("text", "values", "says"), NO_POINTS)
def test_a_point_that_is_none(text: str, values: dict[str, Any], says: str) -> None:
    (problem,) = mapped(config(CITY.replace("POINT", text)), {"name": "Bergen", **values}).problems
    assert says in problem.reason
    assert problem.field == "city.location"


def test_lists_are_split_and_truth_values_read() -> None:
    text = CITY.replace("{value: [Bjørgvin, Bryggen]}", '{column: a, split: ";"}').replace("location: POINT, ", "")
    assert mapped(config(text), {"name": "B", "a": "x; y;;z"}).rows[0].values["aliases"] == ["x", "y", "z"]
    assert mapped(config(text), {"name": "B", "a": ["x;y", "z"]}).rows[0].values["aliases"] == ["x;y", "z"]
    text = text.partition("  - ")[0] + "  - {concept: Organization, name: name, learningMandate: TRUTH}\n"
    for said, given, wanted in (
        ("m", True, True), ("m", "false", False), ("{column: m, true: [ja, x], false: nei}", "x", True),
        ("{column: m, true: [ja], false: nei}", "nei", False), ("m", "", None),
    ):  # fmt: skip
        made = mapped(config(text.replace("TRUTH", said)), {"name": "O", "m": given})
        assert made.rows[0].values.get("learningMandate") is wanted
    (problem,) = mapped(config(text.replace("TRUTH", "m")), {"name": "O", "m": "ja"}).problems
    assert "'ja' is neither true nor false; accepted are true, false" in problem.reason


def test_several_names_in_a_cell_are_several_relationships() -> None:
    made = mapped(
        config(changed("name: host", 'name: {column: host, split: ";"}')), {**WHOLE, "host": "Bergen;Oslo;Bergen"}
    )
    assert [row.values["to"].name for row in made.rows[1:]] == ["Bergen", "Oslo"]
    made = mapped(config(), {**WHOLE, "host": ""})
    assert (len(made.rows), made.problems) == (1, ())


@pytest.mark.parametrize(
    ("when", "stated"),
    [
        ("{column: t, is: tour}", {"tour"}),
        ("{column: t, is: [tour, mission]}", {"tour", "mission"}),
        ('{column: t, "is not": tour}', {"mission", ""}),
        ("{column: t, filled: true}", {"tour", "mission"}),
        ("{column: t, filled: false}", {""}),
        ('[{column: t, filled: true}, {column: t, "is not": tour}]', {"mission"}),
    ],
)
def test_a_fact_is_stated_when_its_conditions_hold(when: str, stated: set[str]) -> None:
    made = fact(f"when: {when}")
    assert {kind for kind in ("tour", "mission", "") if mapped(made, {"t": kind}).rows} == stated


OWN = """\
feed: trips
from: {kind: csv, path: c.csv}
source: {title: Trips}
key: [trip, no]
facts:
  - {concept: Programme, as: series, key: series, name: series, when: {column: series, filled: true}}
  - {concept: Visit, title: title, kind: {value: MISSION}, status: {value: HELD}}
  - {relationship: EDITION_OF, from: visit, to: series}
  - {relationship: RETURNED, from: visit, to: {fact: visit, key: [before, no]}}
"""


def test_several_records_state_one_fact_by_a_key_of_its_own_and_refer_to_each_other() -> None:
    made = config(OWN)
    one = mapped(made, {"trip": "a|b", "series": "S", "title": "T", "before": ""})
    two = mapped(made, {"trip": "c", "series": "S", "title": "T", "before": "a|b"})
    assert one.key == "a\\|b|1"
    assert one.rows[0].values == two.rows[0].values | {"rows": one.rows[0].values["rows"]}
    assert one.rows[0].values["id"] == "programme/series-S"
    assert two.rows[-1].values["to"] == own_id("Visit", "visit", "a\\|b|1")
    bare = mapped(made, {"trip": "c", "series": "", "title": "T", "before": ""})
    assert [row.values.get("type", row.values.get("label")) for row in bare.rows] == ["Visit", "RETURNED"]


def test_what_depends_on_a_refused_fact_is_left_out() -> None:
    made = mapped(config(OWN), {"trip": "c", "series": "S", "title": "", "before": ""})
    assert [row.values.get("label") for row in made.rows] == ["Programme"]
    assert [problem.field for problem in made.problems] == ["visit.title"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"no": ""}, "is empty; each record needs a key of its own"),
        ({}, "the record has no column 'no'"),
        ({"no": "x" * 401}, "has 401 characters; at most 400 are accepted"),
        ({"no": [1]}, "the key is a list, and not one value"),
    ],
)
def test_a_record_without_a_key_is_refused(values: dict[str, Any], says: str) -> None:
    problem = config().mapper.key(Record("a:1", values))
    assert not isinstance(problem, str)
    assert (problem.where, problem.field) == ("a:1", "key no")
    assert says in problem.reason


def test_a_record_that_could_not_be_read_is_a_problem() -> None:
    problem = config().mapper.key(Record("a:7", {}, "has 3 cells"))
    assert not isinstance(problem, str)
    assert str(problem) == "a:7 (record): has 3 cells"
    assert config().mapper.rows(Record("a:7", {}, "has 3 cells"), "k", own_id).rows == ()


def odd(dice: random.Random) -> Any:
    """Return a value of any kind that records have."""
    texts = (
        "",
        " ",
        "Oslo",
        "2031-05-02",
        "1,5",
        "-0",
        "#REF!",
        "\x00",
        "\ud800",
        "x" * 20_000,
        "NaN",
        "٣",
        "done",
        "60.4 5.3",
    )
    numbers = (0, -1, 2**70, 1e308, float("nan"), float("inf"), Decimal("1E+999999"), Decimal("NaN"), True, 12.5)
    return dice.choice((
        *texts, *numbers, None, [], {}, ["a", None, {"b": 1}], {"lat": "x", "lon": 1}, {"type": "Point", "coordinates": []},
        date(1, 1, 1), datetime(9999, 12, 31, tzinfo=UTC), [[[1]]],
    ))  # fmt: skip


TOLD = ", country: land, geonamesId: p, at: [p, q]"
MADE = (TEXT, OWN, CITY.replace("POINT", "p"), CITY.replace("POINT", "[p, q]"), changed(", country: land", TOLD))


@pytest.mark.soak
def test_random_records_give_rows_or_problems(pytestconfig: pytest.Config) -> None:
    seed = random_seed()
    dice, rows, problems = random.Random(seed), 0, 0
    for made in map(config, MADE):
        for _ in range(20_000 if pytestconfig.getoption("soak") else 400):
            values = {name: odd(dice) for name in (*made.columns, "p", "q") if dice.random() < 0.9}
            record = Record("r:1", values)
            key = made.mapper.key(record)
            found = made.mapper.rows(record, key if isinstance(key, str) else "k", own_id)
            rows, problems = rows + len(found.rows), problems + len(found.problems)
            assert all(str(each) and each.where == "r:1" for each in found.problems), (seed, values)
    assert rows
    assert problems
