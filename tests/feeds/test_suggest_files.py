"""Drafts of files as people have them: title lines, merged headers, several sheets, mixed dates, commas, accents, objects."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.load.files import UnreadableFile
from graph.matching.named import Named
from tests.feeds.test_suggest import drafted, rows

GERMAN = (
    "\ufeffNr;Titel;Beginn;Ende;Gastgeber-Stadt;Teilnehmer;Leer\r\n"
    "1;Straßenbahn;02.05.2031;04.05.2031;Oslo;1.200;\r\n"
    "2;Hafen;14.06.2031;;Hamburg;8;\r\n"
)
TITLED = "Report of study tours;;;\n;;;\nNo;Title;Date;Host city\n1;Trams;2031-05-02;Oslo\n2;Port;2031-06-30;Hamburg\n"
MIXED = "id,title,date\n1,A,2031-05-02\n2,B,02.05.2031\n3,C,May 2031\n4,D,2031\n"
SPANISH = "Id,Título,Fecha,Ciudad anfitriona,País\n1,Tranvía,14/05/2031,Bogotá,Colombia\n"
NUMBERS = 'city,country,population\n"Oslo","NO","709,037"\n"Tromsø","NO","77,992"\n'
DEGREES = "city;Breitengrad;Längengrad;leer\nOslo;59,91;10,75;\nBergen;60,39;5,32;\n"


def first(path: Path, concept: str = "") -> tuple[str, list[dict[str, Any]]]:
    """Return the draft of a file, and the rows of its first record."""
    draft, made = drafted(path, concept)
    return draft.text, rows(made, made.open(path).first(1)[0])


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_with_a_mark_semicolons_and_an_empty_column(tmp_path: Path) -> None:
    text, (visit, *_) = first(written(tmp_path, "a.csv", GERMAN), "Visit")
    assert (
        visit.items()
        >= {"title": "Straßenbahn", "since": "2031-05-02", "until": "2031-05-04", "delegates": 1200}.items()
    )
    assert "#   Leer: always empty" in text


def test_lines_above_the_header(tmp_path: Path) -> None:
    text, (visit, hosted) = first(written(tmp_path, "visits.csv", TITLED))
    assert "header: 3" in text
    assert "# CHECK header: row 3 is the first that names the columns" in text
    assert (visit["title"], visit["since"], hosted["to"]) == ("Trams", "2031-05-02", Named("City", "Oslo"))


def test_a_header_that_has_a_name_twice(tmp_path: Path) -> None:
    """Else the first record is taken for the header, and is lost."""
    table = "no,title,since,host,note,note\n1,Trams,2031-05-02,Oslo,a,b\n2,Port,2031-06-30,Hamburg,c,d\n"
    text, (visit, hosted) = first(written(tmp_path, "visits.csv", table))
    assert "header:" not in text
    assert (visit["title"], hosted["to"]) == ("Trams", Named("City", "Oslo"))
    assert "note [6]" in text


def test_a_workbook_whose_second_sheet_has_merged_headers(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "visits.xlsx"
    book.active["A1"] = "What this is"
    sheet = book.create_sheet("Trips")
    sheet["A1"], sheet["C1"] = "General", "Host"
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")
    for row in (["No", "Title", "Host city", "Country"], [1, "Trams", "Oslo", "NO"], [2, "Port", "Hamburg", "DE"]):
        sheet.append(row)
    book.save(path)
    text, (visit, hosted) = first(path)
    assert "sheet: Trips, header: 2" in text
    assert (visit["title"], hosted["to"]) == ("Trams", Named("City", "Oslo", country="NO"))


def test_objects_inside_of_objects(tmp_path: Path) -> None:
    host = {"city": {"name": "Oslo", "country": "NO"}}
    body = {"result": {"visits": [{"id": 1, "title": "Trams", "when": {"start": "2031-05-02"}, "host": host}]}}
    text, (visit, hosted) = first(written(tmp_path, "visits.json", json.dumps(body)))
    assert (visit["since"], hosted["to"]) == ("2031-05-02", Named("City", "Oslo", country="NO"))
    assert "# 1 of 1 records give rows without a problem." in text


def test_dates_in_several_forms(tmp_path: Path) -> None:
    path = written(tmp_path, "visits.csv", MIXED)
    draft, made = drafted(path)
    stated = [rows(made, record)[0]["since"] for record in made.open(path).first(9)]
    assert stated == ["2031-05-02", "2031-05-02", "2031-05", "2031"]
    assert draft.good == 4


def test_dates_in_several_forms_of_which_one_may_be_two_days_are_not_chosen(tmp_path: Path) -> None:
    _, made = drafted(written(tmp_path, "visits.csv", MIXED.replace("02.05.2031", "02/05/2031")))
    assert "date" not in made.columns


def test_names_with_accents(tmp_path: Path) -> None:
    text, (visit, *_) = first(written(tmp_path, "a.csv", SPANISH, "latin-1"), "Visit")
    assert (visit["title"], visit["since"]) == ("Tranvía", "2031-05-14")
    assert 'name: Ciudad anfitriona, country: "País"' in text


def test_whole_numbers_with_commas(tmp_path: Path) -> None:
    _, (city, *_) = first(written(tmp_path, "numbers.csv", NUMBERS))
    assert (city["name"], city["population"]) == ("Oslo", 709_037)


@pytest.mark.parametrize("header", ["city;Breitengrad;Längengrad;leer", "city;Y;X;leer"])
def test_coordinates_in_two_columns(tmp_path: Path, header: str) -> None:
    body = DEGREES.replace(DEGREES.partition("\n")[0], header)
    _, (city, *_) = first(written(tmp_path, "cities.csv", body))
    assert city["location"] == {"latitude": 59.91, "longitude": 10.75}


def test_a_word_that_is_written_in_two_ways(tmp_path: Path) -> None:
    body = "Organisation\tWebsite\nRuter\thttps://ruter.no\nSkyss\thttps://skyss.no\n"
    _, (organization, *_) = first(written(tmp_path, "list.tsv", body))
    assert organization.items() >= {"label": "Organization", "name": "Ruter", "website": "https://ruter.no"}.items()


def test_a_column_named_like_the_concept_beside_an_id(tmp_path: Path) -> None:
    text, (city, *_) = first(written(tmp_path, "cities.csv", "id,City,State,match\n01,Oslo,x,y\n02,Bergen,x,y\n"))
    assert city["name"] == "Oslo"
    assert "CHECK: the names are only alike; 'Oslo', 'Bergen'" in text
    assert "#   match: 'y'" in text


def test_columns_called_like_words_of_the_draft_are_listed_if_they_are_not_used(tmp_path: Path) -> None:
    table = "id,title,day,Visit,value,facts\n1,Trams,2031-05-02,x,y,z\n2,Port,2031-06-30,x,w,z\n"
    text, _ = first(written(tmp_path, "a.csv", table), "Visit")
    rest = text.partition("# Columns that are not used:\n")[2]
    assert [line.split(":")[0].strip("# ") for line in rest.splitlines()] == ["Visit", "value", "facts"]


def test_a_column_that_another_property_took_is_not_meant_any_more(tmp_path: Path) -> None:
    table = "id,title,Start Date,End Date\n1,Trams,05/14/2031,05/16/2031\n2,Port,06/30/2031,07/02/2031\n"
    _, (visit, *_) = first(written(tmp_path, "a.csv", table), "Visit")
    assert (visit["since"], visit["until"]) == ("2031-05-14", "2031-05-16")


def test_rows_that_stand_twice_need_no_second_column_in_the_key(tmp_path: Path) -> None:
    table = "id,title,day\n007,A,2031-05-02\n007,A,2031-05-02\n008,B,2031-06-30\n"
    _, made = drafted(written(tmp_path, "a.csv", table), "Visit")
    assert made.mapper.keys == ("id",)


def test_what_a_record_is_may_be_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", "id,x\n1,a\n")
    with pytest.raises(UnreadableFile, match=r"say it with --concept, such as \w+ or \w+ or \w+"):
        drafted(path)
