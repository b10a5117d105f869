"""A draft of a config: what is guessed is said, what is doubtful stands as a comment, and every draft can be read and used."""

import json
import random
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from graph.load.files import UnreadableFile
from graph.load.formats import open_file
from graph.load.mapping import Config, parse_config
from graph.load.mapping.suggest import Draft, suggest
from graph.load.records import Record
from graph.matching.named import Named
from schema.model import model
from tests.kit.random.documents import random_seed
from tests.loading.tables import WRITERS, write_csv

VISITS = """\
Besøk nr;Tittel;Dato;Visiting city;Host city;Host country;Participants;Type;Status;Cost per delegate
1;Tram tour;02.05.2031;Oslo;Bergen;Norway;12;Study tour;Held;1.200,50
2;Bike lanes;14.06.2031;Oslo;Copenhagen;Denmark;8;Study tour;held;900
3;Port;30.06.2031;Oslo;Hamburg;Germany;;Technical visit;Planned;
4;Zoo;01.07.2031;Oslo;Hamburg;Germany;;Ferie;Perhaps;
"""


def own_id(label: str, handle: str, key: str) -> str:
    return f"{model().concepts[label].prefix}/{crc32(f'{handle} {key}'.encode())}"


def drafted(path: Path, concept: str = "") -> tuple[Draft, Config]:
    draft = suggest(path, path.name, model(), concept)
    return draft, parse_config(draft.text, path.with_suffix(".yaml"), model())


def rows(made: Config, record: Record) -> list[dict[str, Any]]:
    key = made.mapper.key(record)
    assert isinstance(key, str), key
    return [row.values for row in made.mapper.rows(record, key, own_id).rows]


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    path = tmp_path / "visits.csv"
    path.write_text(VISITS, encoding="utf-8")
    return path


def test_a_table_of_visits(visits: Path) -> None:
    draft, made = drafted(visits)
    assert (draft.records, draft.good) == (4, 3)
    stated = [rows(made, record) for record in made.open(visits).first(9)]
    visit, hosted = stated[0]
    said = {"title": "Tram tour", "since": "2031-05-02", "kind": "STUDY_TOUR", "status": "HELD", "delegates": 12}
    assert visit.items() >= {"label": "Visit", **said}.items()
    assert (hosted["type"], hosted["to"]) == ("HOSTED_BY", Named("City", "Bergen", country="Norway"))
    assert [each[0]["status"] for each in stated[:3]] == ["HELD", "HELD", "PLANNED"]
    assert stated[3] == [], "no word is guessed for Ferie"


def test_what_is_doubtful_says_so_and_is_not_used(visits: Path) -> None:
    draft, made = drafted(visits)
    lines = {line.strip("# ").partition(":")[0]: line for line in draft.text.splitlines()}
    assert "still without a word: 'Ferie'" in lines["kind"]
    assert lines["costPerDelegate"].strip().startswith("# costPerDelegate: ")
    assert "CHECK: the currency is not known" in lines["costPerDelegate"]
    assert "CHECK: Visiting city may be the end of MADE_BY or HOSTED_BY" in draft.text
    assert {"Cost per delegate", "Visiting city"}.isdisjoint(made.columns)
    assert "otherwise" not in draft.text


def test_lines_that_stand_as_comments_can_be_used_as_they_are(visits: Path) -> None:
    draft, _ = drafted(visits)
    block = ("# - relationship: MADE_BY", "#   from: visit", "#   to: {match: City")
    lines = [line.replace("# ", "", 1) if line.strip().startswith(block) else line for line in draft.text.splitlines()]
    made = parse_config("\n".join(lines), visits.with_suffix(".yaml"), model())
    found = rows(made, made.open(visits).first(1)[0])
    assert {row["type"]: row["to"].name for row in found if "type" in row} == {"MADE_BY": "Oslo", "HOSTED_BY": "Bergen"}


@pytest.mark.parametrize(
    ("one", "other", "drawn"),
    [
        (("2031-05-02", "2031-05-04"), ("2032-05-02", "2032-05-09"), ["since: From ", "until: To "]),
        (("Oslo", "Turin"), ("Lima", "Bergen"), ["MADE_BY\n  #   from: visit\n  #   to: {match: City, name: From}",
                                                 "HOSTED_BY\n  #   from: visit\n  #   to: {match: City, name: To}"]),
    ],
)  # fmt: skip
def test_from_and_to_are_days_or_places(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str], drawn: list[str]
) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(f"Title,From,To\nTrip A,{','.join(one)}\nTrip B,{','.join(other)}\n", encoding="utf-8")
    draft, _ = drafted(path)
    assert [each for each in drawn if each not in draft.text] == []
    assert "not used" not in draft.text


@pytest.mark.parametrize("kind", WRITERS)
def test_each_format_gives_the_same_draft(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"visits.{kind}"
    table = [{"id": f"v{n}", "title": f"Trip {n}", "date": f"2031-05-0{n}", "host city": "Oslo"} for n in range(1, 5)]
    WRITERS[kind](path, table)
    draft, made = drafted(path)
    assert draft.good == 4
    first = rows(made, open_file(path).first(1)[0])
    assert first[0]["since"] == "2031-05-01"
    assert first[1]["to"] == Named("City", "Oslo")
    assert made.mapper.keys == ("id",)


def test_dates_that_may_be_two_are_not_chosen(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_csv(path, [{"id": n, "name": f"E{n}", "date": f"0{n}/04/2031"} for n in range(1, 5)])
    draft, made = drafted(path)
    assert "CHECK: its dates may be %d/%m/%Y or %m/%d/%Y" in draft.text
    assert "date" not in made.columns
    write_csv(path, [{"id": n, "name": f"E{n}", "date": f"{n}/04/2031"} for n in range(11, 15)])
    draft, made = drafted(path)
    assert rows(made, open_file(path).first(1)[0])[0]["since"] == "2031-04-11"


def test_cities_with_points_ids_and_countries(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    write_csv(path, [{"name": "Oslo", "lat": "59.9", "lon": "10.7", "geonamesid": "3143244", "country code": "NO"}])
    _, made = drafted(path)
    city, country = rows(made, open_file(path).first(1)[0])
    assert city["location"] == {"latitude": 59.9, "longitude": 10.7}
    assert city["geonamesId"] == 3143244
    assert country["to"] == Named("Country", "NO", ids=(("isoCode", "NO"),))


def test_an_array_inside_of_an_object_and_columns_inside_of_objects(tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    found = [{"id": n, "properties": {"name": f"E{n}", "kind": "workshop"}} for n in range(4)]
    path.write_text(json.dumps({"meta": {}, "features": found}))
    draft, made = drafted(path)
    assert "# CHECK records: the arrays of the file are features" in draft.text
    stated = rows(made, made.open(path).first(1)[0])[0]
    assert (stated["name"], stated["kind"]) == ("E0", "WORKSHOP")


def test_columns_that_say_nothing_ask_what_a_record_is(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="do not say what a record is; say it with --concept"):
        suggest(path, "x.csv", model())
    with pytest.raises(UnreadableFile, match="'Vist' is no concept; did you mean Visit"):
        suggest(path, "x.csv", model(), "Vist")
    draft, made = drafted(path, "Visit")
    assert "CHECK: no column says it" in draft.text
    assert made.mapper.facts[0].label == "Visit"


ODD = ("no", "null", "a: b", "# x", '"q"', "'s'", "x\ny", "{c}", "[d]", "*e", "&f", "é ü", "~", "1", "a.b", "true", "-", "? g",
       "%h", "\u2028", "\x85", "\ufeffz", "|", "e, f", " ", "=1", "🏙", "key", "host city", "date", "title")  # fmt: skip


def cell(dice: random.Random) -> str:
    return dice.choice(
        (*ODD, "", "2031-05-02", "02/05/2031", "12", "1.200,5", "Oslo;Bergen", "yes", "https://a.example", "59.9")
    )


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_random_tables_give_drafts_that_can_be_read(tmp_path: Path, kind: str, pytestconfig: pytest.Config) -> None:
    """Whatever stands in names and cells, a draft can be read, names each column, and its figures are right."""
    dice, path = random.Random(random_seed()), tmp_path / f"visits.{kind}"
    labels = list(model().concepts)
    for number in range(2_000 if pytestconfig.getoption("soak") else 40):
        names = dice.sample(ODD, dice.randint(2, 7))
        table = [{name: cell(dice) for name in names} for _ in range(dice.randint(1, 9))]
        table[0][names[0]] = "filled"
        WRITERS[kind](path, table)
        label = dice.choice(labels)
        draft, made = drafted(path, label)
        records = made.open(path).first(99)
        keys, good = set[str](), 0
        for record in records:
            key = made.mapper.key(record)
            if isinstance(key, str) and key not in keys:
                good += not made.mapper.rows(record, key, own_id).problems
                keys.add(key)
        assert (draft.records, draft.good) == (len(records), good), (number, label, draft.text)
        assert made.mapper.facts[0].label == label
        assert all(each.isprintable() for each in draft.text.split("\n")), number
