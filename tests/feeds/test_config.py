"""The config of a feed: every mistake is told with its place, what is accepted, and what may be meant; all at once."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from app.feeds.configs import read
from graph.load.files import UnreadableFile
from graph.load.mapping import WrongConfig, parse_config, read_config
from graph.portals.limits import Limits
from schema.model import model
from tests.feeds.configs import PATH, TEXT, changed, complaints, config, mapped
from tests.kit.random.documents import random_seed

TO = "{match: City, name: host, country: land}"
ABOUT = "{relationship: ABOUT, from: visit, to: {id: {column: a}}}"
KIND = "{value: STUDY_TOUR}"
DAY = '{column: day, format: "%d.%m.%Y"}'


def test_the_config_of_these_tests_is_right() -> None:
    made = config()
    assert (made.feed, made.is_file, made.schedule, made.grace) == ("oslo-visits", True, None, timedelta(days=7))
    assert made.columns == ("no", "day", "title", "state", "people", "host", "land")
    assert made.source == {"title": "Visits of Oslo", "licence": "CC0-1.0"}


MISTAKES: list[tuple[str, str, str, str, str]] = [
    # old, new, place and what, what is said, the nearest that is accepted
    ("feed: oslo-visits", "feed: Oslo Visits", "1:7 feed", "accepted are a to z, 0 to 9 and -", ""),
    ("feed: oslo-visits\n", "", "1:1 (file)", "feed is missing", ""),
    ("key: no\n", "", "1:1 (file)", "key is missing", ""),
    ("key: no", "keys: no", "6:1 (file)", "'keys' is unknown here; did you mean key?", "key"),
    ("key: no", "key:", "1:1 (file)", "key is missing", ""),
    ("key: no", "key: {column: no}", "6:6 key", "a map is not a text", ""),
    ("key: no", "key: no\nkey: day", "7:1 (file)", "'key' is given twice", ""),
    ("{kind: csv, path: visits.csv}", "visits.csv", "2:7 from", "is not a map; write {kind: csv, path: visits.csv}", ""),
    ("kind: csv, ", "", "2:7 from", "kind is missing; accepted are csv, tsv, excel, json, jsonl, parquet", ""),
    (", path: visits.csv", "", "2:7 from", "csv needs path: which file", ""),
    ("visits.csv}", "visits.csv, delimeter: tab}", "2:37 from", "'delimeter' is no option of csv", "delimiter"),
    ("visits.csv}", "visits.csv, encoding: utf9}", "2:47 from.encoding", "'utf9' is not known; accepted are 'utf-8'", ""),
    ("  title: Visits of Oslo\n", "", "4:3 source", "title is missing", ""),
    ("  licence: CC0-1.0", "  license: CC0-1.0", "5:3 source", "did you mean licence?", "licence"),
    ("  licence: CC0-1.0", "  url: oslo.no", "5:8 source.url", "begins with http:// or https://", ""),
    ("  licence: CC0-1.0", "  reliability: AA", "5:16 source.reliability", "accepted are A, B, C, D, E, F", ""),
    ("  licence: CC0-1.0", "  accessed: 1/2/2031", "5:13 source.accessed", "is day, month and year", ""),
    ("key: no", "schedule: dayly\nkey: no", "6:11 schedule", "accepted are hourly, daily, weekly and `every 6 h", "hourly"),
    ("key: no", "grace: 7\nkey: no", "6:8 grace", "write hours, days or weeks, such as 7 days", ""),
    ("key: no", "grace: 9000 days\nkey: no", "6:8 grace", "at most 3,650 days are accepted", ""),
    ("key: no", "confidence: SURE\nkey: no", "6:13 confidence", "accepted are VERIFIED, PARTLY, REPORTED", ""),
    ("key: no", "cells: {decimal: x}\nkey: no", "6:18 cells.decimal", "accepted are ',', '.', ' '", ""),
    ("key: no", 'cells: {decimal: ",", thousands: ","}\nkey: no', "6:18 cells.decimal", "character, ','; write both", ""),
    ("key: no", "cells: {true: [x], false: [x]}\nkey: no", "6:15 cells.true", "'x' would be true and false", ""),
    ("concept: Visit", "concept: Visits", "8:14 facts[0].concept", "did you mean Visit", "Visit"),
    ("- concept: Visit\n    ", "- ", "8:5 facts[0]", "a fact has either concept or relationship", ""),
    ("concept: Visit", "concept: Visit\n    as: source", "8:5 facts[0]", "'source' stands for the feed's source", ""),
    ("    title: title\n", "", "8:5 facts[0]", "Visit needs title: write title: and the name of a column", ""),
    (f"    kind: {KIND}\n", "", "8:5 facts[0]", "Visit needs kind: write kind: {value: STUDY_TOUR}, or a column", ""),
    ("title: title", "titel: title", "9:5 facts[0]", "'titel' is no property of Visit; did you mean title or", "title"),
    ("title: title", "title: title\n    id: no", "10:5 facts[0]", "ids are made from the key of the record", ""),
    (KIND, "STUDY_TOUR", "10:11 facts[0].kind", "stands for a column here, and is one of the values", ""),
    (KIND, "{value: STUDYTOUR}", "10:19 facts[0].kind.value", "did you mean STUDY_TOUR?", "STUDY_TOUR"),
    (KIND, "{colum: kind}", "10:12 facts[0].kind", "'colum' is unknown here; did you mean column", "column"),
    (KIND, "{column: a, columns: [b, c]}", "10:11 facts[0].kind", "has both column and columns", ""),
    (KIND, "{values: {a: MISSION}}", "10:11 facts[0].kind", "needs one of column, columns and value", ""),
    (KIND, "{value: MISSION, default: MISSION}", "10:37 facts[0].kind.default", "has no meaning beside value", ""),
    (KIND, "[a, b]", "10:11 facts[0].kind", "is a list; to join columns, write {columns: [a, b], join: ' '}", ""),
    (KIND, "{column: a, take: 0}", "10:29 facts[0].kind.take", "accepted are first, last and the number of a part", ""),
    (KIND, "{column: a, join: x}", "10:29 facts[0].kind.join", "joins several columns; write columns: [a, b]", ""),
    ("done: HELD", "done: HELT", "11:44 facts[0].status.values.done", "did you mean HELD?", "HELD"),
    ("%d.%m.%Y", "%d.%m", "12:34 facts[0].since.format", "has no year; write %Y for 2024, or %y for 24", ""),
    ("%d.%m.%Y", "%d.%m.%d", "12:34 facts[0].since.format", "has %d twice", ""),
    ("%d.%m.%Y", "%d.%N.%Y", "12:34 facts[0].since.format", "%N is unknown", ""),
    ("%d.%m.%Y", "%d %Y", "12:34 facts[0].since.format", "has a day and no month", ""),
    (DAY, '{value: "02/05/2031"}', "12:20 facts[0].since.value", "does not say what is day, month and year", ""),
    ("delegates: people", "delegates: {value: many}", "13:24 facts[0].delegates.value", "'many' is not a number", ""),
    ("delegates: people", "delegates: {column: a, times: x}", "13:35 facts[0].delegates.times", "such as 1000", ""),
    ("delegates: people", "delegates: {column: a, round: 1}", "13:35 facts[0].delegates.round", "neither true nor", ""),
    ("delegates: people", "delegates: {column: a, format: x}", "13:28 facts[0].delegates", "'format' is unknown here", ""),
    ("delegates: people", "costPerDelegate: cost", "13:22 facts[0].costPerDelegate", "{column: cost, currency: EUR}", ""),
    (
        "delegates: people", "costPerDelegate: {column: cost, currency: euro}",
        "13:47 facts[0].costPerDelegate.currency", "'euro' is not a currency such as EUR", "",
    ),
    ("delegates: people", "marking: {value: SECRET}", "13:22 facts[0].marking.value", "accepted are CLEAR, GREEN", ""),
    ("delegates: people", "sources: visit", "13:14 facts[0].sources", "refers to a Source, and this is a Visit", ""),
    ("delegates: people", "when: {column: a}", "13:11 facts[0].when", 'needs one of is, "is not" and filled', ""),
    ("delegates: people", "when: {column: a, is: b, filled: true}", "13:11 facts[0].when", "needs one of is", ""),
    ("HOSTED_BY", "HOSTET_BY", "14:19 facts[1].relationship", "did you mean HOSTED_BY", "HOSTED_BY"),
    ("    from: visit\n", "", "14:5 facts[1]", "HOSTED_BY needs from: which facts it joins", ""),
    ("from: visit", "from: visits", "15:11 facts[1].from", "'visits' is no fact of this record; did you mean vis", "visit"),
    ("from: visit", "from: source", "15:11 facts[1].from", "HOSTED_BY starts at Visit, and this is a Source", ""),
    (f"to: {TO}", "to: visit", "16:9 facts[1].to", "leads to City or Region or Country or Organization, and this", ""),
    ("match: City", "match: Visit", "16:17 facts[1].to.match", "names are matched of City, Country, Org", ""),
    (f"to: {TO}", "to: {name: host}", "16:9 facts[1].to", "is not a reference; write a handle of this record", ""),
    ("match: City", "match: Town", "16:17 facts[1].to.match", "'Town' is not accepted", ""),
    ("name: host, ", "", "16:9 facts[1].to", "name is missing", ""),
    ("country: land", "nation: land", "16:35 facts[1].to", "'nation' is unknown here", ""),
    (f"to: {TO}", "to: {id: oslo}", "16:14 facts[1].to.id", "'oslo' is not an id", ""),
    (f"to: {TO}", "to: {id: city/x, of: Country}", "16:14 facts[1].to.id", "is the id of a City, and of says Country", ""),
    (f"to: {TO}", "to: {fact: visits, key: a}", "16:16 facts[1].to.fact", "did you mean visit?", "visit"),
    (f"to: {TO}", "to: {match: City, name: {column: a, split: x}, geonamesId: g}", "16:64", "cannot share one id", ""),
    (f"to: {TO}", "to: {match: City, name: a, at: [x, y, z]}", "16:36 facts[1].to.at", "a point has two, such as", ""),
    (f"to: {TO}", f"to: {TO}\n    stop: {{column: a}}\n    left: b\n    seats: c", "19:5 facts[1]", "is no property", ""),
    (f"to: {TO}", f"to: {TO}\n  - {ABOUT}", "17:44 facts[2].to", "ABOUT may lead to Topic, Practice; say which: {id:", ""),
    ("key: no", "key: &a no", "6:6 (file)", "anchors (&), aliases (*) and tags (!) are not accepted", ""),
    ("key: no", "key: [no", "7:6 (file)", "is not YAML", ""),
    ("key: no", "key: !!str no", "6:6 (file)", "tags (!) are not accepted", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "says", "meant"), MISTAKES)
def test_a_mistake_is_told_with_its_place(old: str, new: str, at: str, says: str, meant: str) -> None:
    found = complaints(changed(old, new))
    told = [each for each in found if str(each).startswith(f"oslo.yaml:{at}") and says in each.reason]
    assert told, [*map(str, found)]
    assert not meant or told[0].accepted[0] == meant
    assert len(found) == 1, [*map(str, found)]


def test_all_mistakes_are_told_at_once() -> None:
    text = changed("Visits of Oslo", "Visits\n  licens: x")
    text = changed(
        "title: title", "titel: title", changed("done: HELD", "done: HELT", changed("HOSTED_BY", "HOST", text))
    )
    found = complaints(text)
    assert [(each.line, each.what) for each in found] == [
        (5, "source"),
        (10, "facts[0]"),
        (12, "facts[0].status.values.done"),
        (15, "facts[1].relationship"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("# nothing", "is empty"),
        ("[1]", "is not a map"),
        ("x" * 1_000_001, "has more than 1,000,000 characters"),
        ("[" * 900_000, "is nested more than 30 deep"),
        ("a: \x00", "is not YAML"),
    ],
)
def test_what_is_no_config_at_all(text: str, says: str) -> None:
    assert any(says in each.reason for each in complaints(text))


def test_kinds_of_portals_are_known_with_their_options() -> None:
    kinds = {"ckan": ("url", "query"), "csv": ("url", "delimiter")}
    file = "{kind: csv, path: visits.csv}"
    for good in ("{kind: ckan, url: https://a.example}", "{kind: csv, url: https://a.example/v.csv}"):
        assert not parse_config(changed(file, good), PATH, model(), kinds).is_file
    for bad, at, meant in (("{kind: ckann, url: a}", "2:14", "ckan"), ("{kind: ckan, quary: b}", "2:20", "query")):
        with pytest.raises(WrongConfig) as wrong:
            parse_config(changed(file, bad), PATH, model(), kinds)
        (told,) = wrong.value.complaints
        assert str(told).startswith(f"oslo.yaml:{at} ")
        assert told.accepted == (meant,)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("daily", timedelta(days=1)), ("every 6 hours", timedelta(hours=6)), ("every 2 weeks", timedelta(weeks=2))],
)
def test_schedules(said: str, wanted: timedelta) -> None:
    made = config(changed("key: no", f"schedule: {said}\ngrace: 3 days\nkey: no"))
    assert (made.schedule, made.grace) == (wanted, timedelta(days=3))


SAME = [
    ("key: no", "key: no   # the number"),
    ("feed: oslo-visits", "# a comment\n\nfeed: 'oslo-visits'"),
    ("key: no", "schedule: daily\ngrace: 1 day\nkey: no"),
    ("visits.csv", "other.csv"),
    ("Visits of Oslo", "Visits of the city"),
    ("    title: title\n    kind: {value: STUDY_TOUR}\n", "    kind:\n      value: STUDY_TOUR\n    title: title\n"),
]
OTHER = [
    ("key: no", "key: day"),
    ("title: title", "title: name"),
    ("done: HELD", "done: PLANNED"),
    ("%d.%m.%Y", "%m.%d.%Y"),
    ("key: no", "confidence: VERIFIED\nkey: no"),
    ("key: no", "cells: {empty: [none]}\nkey: no"),
    ("feed: oslo-visits", "feed: oslo"),
    (", country: land", ""),
    ("delegates: people", "delegates: people\n    when: {column: a, filled: true}"),
    ("    delegates: people\n", ""),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_changes_no_row_leaves_the_digest(old: str, new: str) -> None:
    assert config(changed(old, new)).mapper.digest == config().mapper.digest


def test_what_changes_rows_changes_the_digest() -> None:
    digests = [config(changed(old, new)).mapper.digest for old, new in OTHER]
    assert len({*digests, config().mapper.digest}) == len(OTHER) + 1


ELSE = [
    ("path: visits.csv", "path: visits.csv, encoding: latin-1"),
    ("visits.csv", "other.csv"),
    ("licence: CC0-1.0", "licence: CC-BY-4.0"),
]


@pytest.mark.parametrize(("old", "new"), ELSE)
def test_where_records_come_from_and_their_source_change_what_is_stated(old: str, new: str) -> None:
    assert config(changed(old, new)).stated != config().stated


def test_what_facts_are_made_does_not_change_what_is_stated() -> None:
    assert {config(changed(old, new)).stated for old, new in OTHER} == {config().stated}


def test_a_column_that_no_record_has_is_told_with_the_nearest() -> None:
    found = {*config().columns, "titles"} - {"title"}
    (told,) = config().missing_columns(found)
    assert "no record has a column 'title'; did you mean titles or state?" in told.reason
    assert (told.line, told.accepted) == (6, ("titles", "state"))
    assert config().missing_columns([*config().columns, "more"]) == ()


def test_a_file_that_is_missing_or_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_config(path, model())
    path.write_bytes(b"feed: \xe9")
    with pytest.raises(UnreadableFile, match="is not UTF-8; save it as UTF-8"):
        read_config(path, model())


def garbled(dice: random.Random, text: str) -> str:
    """Change a few places of a config as a hand that slips does."""
    for _ in range(dice.randint(1, 4)):
        at, length = dice.randrange(len(text)), dice.randint(0, 12)
        part = dice.choice(
            ["", ":", "{", "}", "[", "]", "\n", "- ", "  ", "null", "1", '"', "é", text[at : at + length] * 2]
        )
        text = text[:at] + part + text[at + length :]
    return text


@pytest.mark.soak
def test_garbled_configs_are_refused_in_words_or_read(pytestconfig: pytest.Config) -> None:
    """Whatever stands in a config, it is read or refused with places; what is read maps records without an exception."""
    seed = random_seed()
    dice, read = random.Random(seed), 0
    for number in range(20_000 if pytestconfig.getoption("soak") else 400):
        text = garbled(dice, TEXT)
        try:
            made = config(text)
        except WrongConfig as wrong:
            odd = [
                each for each in wrong.complaints if not (1 <= each.line <= text.count("\n") + 2 and each.column >= 1)
            ]
        else:
            odd, read = [], read + 1
            mapped(made, dict.fromkeys(made.columns, "Oslo"))
        assert not odd, (seed, number, text)
    assert read


def test_a_digest_of_maps_with_equal_keys_of_several_shapes() -> None:
    """Keys of a map are sorted as texts: a map and a text under one word cannot be compared."""
    first = config(changed("title: title", "title: {column: title, empty: [x]}"))
    second = config(changed("title: title", "title: {empty: [x], column: title}"))
    assert first.mapper.digest == second.mapper.digest
    assert (
        config(changed("kind: {value: STUDY_TOUR}", "kind: {value: MISSION}")).mapper.digest != config().mapper.digest
    )


PORTAL = "{kind: csv, path: visits.csv}"
PORTAL_MISTAKES = [
    ("{kind: jsn, url: x}", "2:14 from.kind", "did you mean json or jsonl? accepted are csv, tsv, excel"),
    ("{kind: json, url: ftp://a.example}", "2:25 from.url", "'ftp' is not asked. Accepted is a URL such as"),
    ("{kind: json, url: https://a.example, item: x}", "2:44 from", "no option of json; did you mean items?"),
    ("{kind: ckan, url: https://a.example, page_size: x}", "2:55 from.page_size", "is a whole number from 1 on"),
    ("{kind: socrata, url: https://a.example}", "2:7 from.dataset", "this option is needed: id of the data set"),
    ("{kind: csv, url: https://a.example, delimiter: ab}", "2:54 from.delimiter", "'ab' is not one character"),
    ("{kind: dcat, url: https://a.example, format: ttl}", "2:52 from.format", "Accepted are jsonld, turtle"),
]


@pytest.mark.parametrize(("given", "place", "said"), PORTAL_MISTAKES)
def test_a_mistake_in_the_options_of_a_portal_is_told_at_its_place_with_the_others(
    tmp_path: Path, given: str, place: str, said: str
) -> None:
    path = tmp_path / "oslo.yaml"
    path.write_text(changed("title: title", "titel: title", changed(PORTAL, given)), encoding="utf-8")
    with pytest.raises(WrongConfig) as wrong:
        read(path, model(), limits=Limits())
    told = [str(each) for each in wrong.value.complaints]
    assert any(f"oslo.yaml:{place}: " in each and said in each for each in told), told
    assert any("'titel' is no property of Visit" in each for each in told), told
