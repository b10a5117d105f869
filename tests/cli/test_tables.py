"""Answers become tables that a person can read; the expected cells are written by hand."""

import pytest

from app.cli import tables
from app.cli.outcome import tell_report
from app.cli.tables import MORE, NOTHING, Part, Table, parts
from graph.facts.rows import Problem
from graph.load.feed import Outcome
from graph.load.feeding import Report

CITIES = {
    "totalCount": 3,
    "pageInfo": {"hasNextPage": True, "endCursor": "c2"},
    "nodes": [
        {
            "name": "Bogotá",
            "country": {"name": "Colombia"},
            "capital": True,
            "visitsHosted": {
                "totalCount": 2,
                "nodes": [
                    {"since": {"text": "2006"}, "visitors": {"nodes": [{"name": "Johannesburg"}]}},
                    {"since": None, "visitors": {"nodes": [{"name": "Lima"}, {"name": "Quito"}]}},
                ],
            },
        },
        {
            "name": "Port\x1b[31m Royal",
            "country": None,
            "capital": False,
            "visitsHosted": {"totalCount": 0, "nodes": []},
        },
    ],
}


def test_a_connection_is_a_table() -> None:
    assert parts({"cities": CITIES}) == [
        Part(
            "cities",
            (("totalCount", "3"),),
            (
                Table(
                    "cities",
                    True,
                    ("name", "country", "capital", "visitsHosted.totalCount", "visitsHosted"),
                    (
                        {
                            "name": ["Bogotá"],
                            "country": ["Colombia"],
                            "capital": ["yes"],
                            "visitsHosted.totalCount": ["2"],
                            "visitsHosted": ["2006, Johannesburg", "Lima, Quito"],
                        },
                        {
                            "name": ["Port [31m Royal"],
                            "capital": ["no"],
                            "visitsHosted.totalCount": ["0"],
                            "visitsHosted": [],
                        },
                    ),
                ),
            ),
        )
    ]


def test_an_edge_has_the_values_of_its_node() -> None:
    (part,) = parts({"person": {"name": "Ada", "trusts": {"edges": [{"strength": 5, "node": {"name": "Bo"}}]}}})
    assert part.about == (("name", "Ada"),)
    assert part.tables == (Table("person.trusts", False, ("strength", "name"), ({"strength": ["5"], "name": ["Bo"]},)),)


def test_lists_with_several_values_are_lines_below_their_item() -> None:
    stops = [{"order": 1, "city": {"name": "Seattle"}}, {"order": 2, "city": {"name": "Portland"}}]
    (part,) = parts({"visits": {"nodes": [{"id": "v", "tours": {"nodes": [{"title": "North", "stops": stops}]}}]}})
    assert part.tables[0].rows == ({"id": ["v"], "tours": ["North", "  1, Seattle", "  2, Portland"]},)


def test_each_list_of_a_field_is_a_table_and_an_absent_answer_is_said() -> None:
    path, nothing = parts({"path": {"length": 1, "nodes": [{"id": "a"}, {"id": "b"}], "ties": []}, "city": None})
    assert [(table.name, len(table.rows)) for table in path.tables] == [("path", 2), ("path.ties", 0)]
    assert path.about == (("length", "1"),)
    assert nothing == Part("city", (("", NOTHING),), ())


def test_tables_and_errors_are_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    error = {"message": "[red]No[/red] such field.", "extensions": {"code": "BAD_USER_INPUT"}}
    tables.show({"data": {"cities": CITIES, "city": None}, "errors": [error]})
    out, err = capsys.readouterr()
    assert "cities.totalCount: 3\n" in out
    assert MORE in out
    assert f"city: {NOTHING}\n" in out
    assert [line.split() for line in out.splitlines() if "Bogotá" in line] == [
        ["Bogotá", "Colombia", "yes", "2", "2006,", "Johannesburg"]
    ]
    assert "\x1b" not in out
    assert err == "BAD_USER_INPUT: [red]No[/red] such field.\n"


def test_made_up_facts_are_said_below_the_tables(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"synthetic": {"fields": ["ideas", "a"], "message": "These fields hold made-up facts."}}
    tables.show({"data": {"ideas": {"totalCount": 2}, "a": None}, "extensions": said})
    assert capsys.readouterr().out.splitlines()[-1] == "ideas, a: These fields hold made-up facts."
    tables.show({"data": {"ideas": {"totalCount": 2}}})
    assert "made-up" not in capsys.readouterr().out


def test_how_a_run_of_a_feed_ended_is_said_after_its_problems(capsys: pytest.CaptureFixture[str]) -> None:
    problems = (Problem("line 3", "title", "It is missing."),)
    tell_report(Report("trips", Outcome.STOPPED, "Half of the records are gone.", problems=problems), trial=False)
    told = capsys.readouterr()
    both = told.out + told.err
    assert 0 < both.index("line 3") < both.index("Half of the records are gone.")
