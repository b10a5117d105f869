"""The config of a feed: every fault has file, line and column and says what is accepted; records become rows that are right."""

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.facts.check import check
from graph.facts.rows import Problem, Row
from graph.load.mapping import Config, WrongConfig, parse_config
from graph.load.records import Record
from graph.matching.named import Named
from schema.model import model

CONFIG = """feed: visits
from: {kind: csv, path: visits.csv}
grace: 7 days
source: {title: Visits, licence: CC0-1.0}
key: no
facts:
  - concept: Visit
    title: title
    kind: {column: type, values: {tour: STUDY_TOUR, mission: MISSION}}
    status: {value: HELD}
    since: {column: day, format: "%d.%m.%Y"}
  - relationship: HOSTED_BY
    from: visit
    to: {match: City, name: host, country: land}
    stop: stop
"""
RECORD = {"no": "7", "title": "Trams", "type": "tour", "day": "02.03.2026", "host": "Oslo", "land": "NO", "stop": "1"}


def config(text: str = CONFIG) -> Config:
    return parse_config(text, Path("visits.yaml"), model(), {})


def faults(text: str) -> list[str]:
    with pytest.raises(WrongConfig) as wrong:
        config(text)
    return [str(complaint) for complaint in wrong.value.complaints]


def own_id(label: str, handle: str, key: str) -> str:
    return f"{model().concepts[label].prefix}/{handle}-{key or 'x'}"


def mapped(text: str, record: dict[str, Any]) -> tuple[list[Row], list[Problem]]:
    mapper, one = config(text).mapper, Record("visits.csv:2", record)
    key = mapper.key(one)
    if isinstance(key, Problem):
        return [], [key]
    made = mapper.rows(one, key, own_id)
    return list(made.rows), list(made.problems)


def with_property(line: str) -> str:
    return CONFIG.replace("    status: {value: HELD}\n", f"    status: {{value: HELD}}\n    {line}\n")


def value(line: str, name: str, **record: Any) -> Any:
    """Return the value of a property of the visit that one more line of the config states."""
    rows, problems = mapped(with_property(line), RECORD | record)
    assert problems == []
    return rows[0].values.get(name)


def problem(line: str, **record: Any) -> str:
    """Return the one problem of a record."""
    _, problems = mapped(with_property(line), RECORD | record)
    (one,) = problems
    return str(one)


def test_a_record_becomes_rows() -> None:
    rows, problems = mapped(CONFIG, RECORD)
    assert problems == []
    visit, hosted = (row.values for row in rows)
    said = {"sources": ["source/source-x"], "confidence": "REPORTED", "rows": ["visits 7"]}
    assert visit == {"label": "Visit", "id": "visit/visit-7", "title": "Trams", "kind": "STUDY_TOUR", "status": "HELD",
                     "since": "2026-03-02", **said}  # fmt: skip
    assert hosted == {"type": "HOSTED_BY", "from": "visit/visit-7", "to": Named("City", "Oslo", country="NO"), "stop": 1,
                      **said}  # fmt: skip
    assert check([rows[0], config().source_row(own_id)], model()).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "concept: Visit",
            "concept: Vist",
            "visits.yaml:7:14 facts[0].concept: 'Vist' is not accepted; did you mean Visit?",
        ),
        ("title: title\n", "titel: title\n", "visits.yaml:8:5 facts[0]: 'titel' is no property of Visit"),
        (
            "HOSTED_BY",
            "HOSTED",
            "visits.yaml:12:19 facts[1].relationship: 'HOSTED' is not accepted; did you mean HOSTED_BY",
        ),
        ("match: City", "match: Cty", "visits.yaml:14:17"),
        ("from: visit\n", "from: vist\n", "visits.yaml:13:11"),
        ("HELD", "HOLD", "visits.yaml:10:21"),
        ("STUDY_TOUR", "STUDY", "visits.yaml:9:41"),
        ("kind: csv", "kind: cvs", "visits.yaml:2:"),
        ("path: visits.csv", "file: visits.csv", "visits.yaml:2:"),
        ("7 days", "7 dais", "visits.yaml:3:8"),
        ("feed: visits", "feed: My visits", "visits.yaml:1:7"),
        ("key: no\n", "", "visits.yaml:1:1"),
        ("%d.%m.%Y", "%d.%m", "visits.yaml:11:"),
        ("    title: title\n", "", "visits.yaml:7:"),
        ("stop: stop", "stop: {value: x}", "visits.yaml:15:"),
        ("to: {match: City, name: host, country: land}", "to: {id: person/anna}", "visits.yaml:14:"),
        ("source: {title: Visits, licence: CC0-1.0}", "source: {licence: CC0-1.0}", "visits.yaml:4:"),
        ("facts:", "facts: {", "visits.yaml:"),
        ("key: no", "key: no\nkey: title", "visits.yaml:6:1"),
        ("stop: stop", "id: stop", "visits.yaml:15:5 facts[1]: id is not stated by a feed"),
    ],
)
def test_faults_have_line_and_column(old: str, new: str, says: str) -> None:
    assert old in CONFIG
    told = faults(CONFIG.replace(old, new, 1))
    assert any(says in one for one in told), told


def test_all_faults_are_told_at_once() -> None:
    told = faults(
        CONFIG.replace("Visit\n", "Vist\n").replace("7 days", "soon").replace("cvs", "csv").replace("HELD", "X")
    )
    assert len(told) >= 2
    assert told == sorted(told, key=lambda one: int(one.split(":")[1]))


def test_comments_and_order_of_a_map_change_no_digest_and_everything_else_does() -> None:
    same = CONFIG.replace("grace: 7 days", "grace: 9 days  # longer").replace("feed: visits", "# ours\nfeed: visits")
    assert config(same).mapper.digest == config().mapper.digest
    for old, new in (
        ("title: title", "title: no"),
        ("tour: STUDY", "trip: STUDY"),
        ("HELD", "PLANNED"),
        ("%d.%m", "%m.%d"),
    ):
        assert config(CONFIG.replace(old, new)).mapper.digest != config().mapper.digest


@pytest.mark.parametrize(
    ("line", "name", "record", "expected"),
    [
        ("delegates: n", "delegates", {"n": "12"}, 12),
        ("delegates: n", "delegates", {"n": ""}, None),
        ("delegates: n", "delegates", {"n": Decimal("12.0")}, 12),
        ('delegates: {column: n, thousands: ".", decimal: ","}', "delegates", {"n": "1.200"}, 1200),
        ('delegates: {column: n, decimal: ",", round: true}', "delegates", {"n": "12,6"}, 13),
        ("note: {columns: [a, b]}", "note", {"a": "x", "b": "y"}, "x y"),
        ('note: {columns: [a, b], join: ", "}', "note", {"a": "x", "b": ""}, "x"),
        ("note: {column: a, otherwise: null}", "note", {"a": ""}, None),
        ("costPerDelegate: {column: c, currency: USD}", "costPerDelegate", {"c": "2950"},
         {"amount": 2950, "currency": "USD"}),
        ("costPerDelegate: {column: c, currency: {column: cur}}", "costPerDelegate", {"c": "9", "cur": "eur"},
         {"amount": 9, "currency": "EUR"}),
        ("until: u", "until", {"u": "2027"}, "2027"),
        ("until: u", "until", {"u": "2027-05-01T23:30:00+02:00"}, "2027-05-01"),
        ("until: {column: u, format: epoch seconds}", "until", {"u": "1800000000"}, "2027-01-15"),
        ('until: {column: u, format: ["%d.%m.%Y", "%Y"]}', "until", {"u": "2027"}, "2027"),
        ("marking: {value: GREEN}", "marking", {}, "GREEN"),
    ],
)  # fmt: skip
def test_values(line: str, name: str, record: dict[str, Any], expected: Any) -> None:
    assert value(line, name, **record) == expected


@pytest.mark.parametrize(
    ("line", "record", "says"),
    [
        ("delegates: n", {"n": "12,5"}, "'12,5' is not a number; if this is how numbers are written, say so"),
        ("delegates: n", {"n": "1.5"}, "is not a whole number"),
        ("until: u", {"u": "03/04/2027"}, "does not say what is day, month and year; write its format"),
        ("until: u", {"u": "soon"}, "'soon' is not a date"),
        ('until: {column: u, format: "%d.%m.%y"}', {"u": "32.01.26"}, "is not a date of the format '%d.%m.%y'"),
        ('until: {column: u, format: ["%d/%m/%Y", "%m/%d/%Y"]}', {"u": "03/04/2027"}, "means 2027-04-03 or 2027-03-04"),
        (
            "costPerDelegate: {column: c, currency: {column: cur}}",
            {"c": "9", "cur": ""},
            "there is an amount without a currency",
        ),
    ],
)
def test_values_that_are_wrong_are_problems_of_the_record(line: str, record: dict[str, Any], says: str) -> None:
    told = problem(line, **record)
    assert told.startswith("visits.csv:2 visit.")
    assert says in told


def test_a_required_column_that_is_missing_is_named_with_the_nearest() -> None:
    record = {("titel" if name == "title" else name): value for name, value in RECORD.items()}
    _, problems = mapped(CONFIG, record)
    assert [str(each) for each in problems] == [
        "visits.csv:2 visit.title: the record has no column 'title'; the nearest are titel"
    ]


def test_a_choice_that_is_not_in_the_config_is_a_problem() -> None:
    _, (told,) = mapped(CONFIG, RECORD | {"type": "tuor"})
    assert (told.field, told.accepted) == ("visit.kind", ("tour", "mission"))


def test_a_record_without_a_key_has_a_problem() -> None:
    for record in (RECORD | {"no": ""}, {name: value for name, value in RECORD.items() if name != "no"}):
        rows, (told,) = mapped(CONFIG, record)
        assert (rows, told.code) == ([], "MISSING")


def test_a_relationship_that_leads_nowhere_is_not_stated() -> None:
    rows, problems = mapped(CONFIG, RECORD | {"host": ""})
    assert ([row.values.get("label") for row in rows], problems) == (["Visit"], [])


def test_conditions() -> None:
    text = CONFIG.replace("    from: visit\n", "    when: {column: type, is: tour}\n    from: visit\n")
    assert len(mapped(text, RECORD)[0]) == 2
    assert len(mapped(text, RECORD | {"type": "mission"})[0]) == 1


def test_a_fact_with_a_key_of_its_own_is_the_same_in_several_records() -> None:
    text = CONFIG.replace(
        "  - relationship: HOSTED_BY\n    from: visit\n    to: {match: City, name: host, country: land}\n    stop: stop\n",
        "  - concept: Organization\n    as: guide\n    key: guide\n    name: guide\n"
        "  - relationship: HOSTED_BY\n    from: visit\n    to: guide\n",
    )
    first, second = (mapped(text, RECORD | {"no": no, "guide": "Ruter"})[0] for no in ("1", "2"))
    assert [row.values for row in first if row.values.get("label") == "Organization"] == [
        row.values for row in second if row.values.get("label") == "Organization"
    ]
    assert [row.values["to"] for row in (*first, *second) if "to" in row.values] == ["organization/guide-Ruter"] * 2


def test_what_is_told_of_a_name_that_is_to_be_matched() -> None:
    text = CONFIG.replace("country: land}", "country: land, geonamesId: gid, at: [lat, lon]}")
    rows, problems = mapped(text, RECORD | {"gid": "3143244", "lat": "59.91", "lon": "10.75"})
    assert problems == []
    named = rows[1].values["to"]
    assert (named.name, named.country, named.at) == ("Oslo", "NO", (59.91, 10.75))
    assert [str(value) for _, value in named.ids] == ["3143244"]


@pytest.mark.parametrize("seed", range(10))
def test_random_records_give_rows_or_problems_and_never_anything_else(seed: int) -> None:
    chance = random.Random(seed)
    odd = [
        None,
        "",
        " ",
        "x" * 20_000,
        "\0",
        "12",
        12,
        1.5,
        Decimal("1e400"),
        float("nan"),
        True,
        [],
        ["a", "b"],
        {"a": 1},
        "02.03.2026",
    ]
    text = with_property("delegates: n\n    until: u\n    note: {columns: [a, b]}")
    for _ in range(200):
        record = {name: chance.choice([*odd, RECORD.get(name)]) for name in (*RECORD, "n", "u", "a", "b")}
        rows, problems = mapped(text, {name: value for name, value in record.items() if chance.random() > 0.1})
        assert rows or problems
        own = [row for row in rows if "label" in row.values]
        assert check(own, model()).problems == ()
