"""CSV and JSON over HTTP are read as files are: bad rows are reported, cut ones end nothing, equal bytes are read once."""

from typing import Any

import pytest
from aiohttp import web

from graph.load.records import Known
from graph.portals.kinds import open_portal
from graph.portals.limits import BadOptions
from tests.portals.reading import QUICK, Reading, reading, run
from tests.portals.server import Portal
from tests.portals.test_bugs import other


def read(kind: str, body: str, known: Known | None = None, **options: Any) -> Reading:
    """Read a body that a server gives without any validator; places are shown without its address."""
    found: list[Reading] = []

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(text=body, content_type="text/csv" if kind == "csv" else "application/json")

    async def work() -> None:
        async with Portal(other(kind, answer, **options)) as portal:
            found.append(await reading(portal.options, known=known))

    run(work)
    return found[0]


def test_a_bad_row_is_a_record_with_its_place_and_the_others_are_read() -> None:
    got = read("csv", 'no,title\n1,a\n2\n3,"b\nc"\n4,d\n')
    assert [each.values.get("no") for each in got.records] == ["1", None, "3", "4"]
    (bad,) = [each for each in got.records if each.problem]
    assert bad.problem.startswith("has 1 cell, and the header has 2")
    assert bad.where.endswith("/visits.csv:3")
    assert got.outcome == "whole"


@pytest.mark.parametrize(
    ("kind", "body", "options", "kept"),
    [
        ("csv", "no,title\n1,a\n2,b\n3", {}, 2),
        ("csv", 'no,title\n1,a\n2,b\n3,"c', {}, 2),
        ("json", '{"data": {"visits": [{"no": 1}, {"no": 2}, {"no": 3', {}, 2),
        ("json", '{"no": 1}\n{"no": 2}\n{"no": 3', {"form": "lines"}, 2),
    ],
)
def test_what_is_cut_in_a_record_is_incomplete_and_is_asked_for_again(
    kind: str, body: str, options: dict[str, Any], kept: int
) -> None:
    got = read(kind, body, **options)
    assert got.told is not None
    assert [str(each.values["no"]) for each in got.records] == ["1", "2"][:kept]
    assert got.told.incomplete
    assert got.told.validators == {}


def test_equal_bytes_are_not_read_again_without_a_validator_of_the_server() -> None:
    bodies = ["no\n1\n", "no\n1\n", "no\n1\n2\n"]
    known, seen = Known(), []

    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(text=bodies.pop(0), content_type="text/csv")

    async def work() -> None:
        nonlocal known
        async with Portal(other("csv", answer)) as portal:
            for _ in range(3):
                got = await reading(portal.options, known=known)
                assert got.told is not None
                known = Known(got.told.validators)
                seen.append((got.told.unchanged, len(got.records)))

    run(work)
    assert seen == [(False, 1), (True, 0), (False, 2)]


def test_json_that_holds_its_records_elsewhere_names_the_option() -> None:
    got = read("json", '{"meta": [], "rows": [{"no": 1}]}')
    assert "no array at data.visits" in got.failure
    assert "items: ...; there are meta, rows" in got.failure


def test_lines_before_the_header_and_other_quotes() -> None:
    got = read("csv", "Visits\nno;title\n1;'a;b'\n", delimiter=";", quote="'", header=2)
    assert [dict(each.values) for each in got.records] == [{"no": "1", "title": "a;b"}]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"encoding": "utf-9"}, "encoding: 'utf-9' is not known. Accepted are 'utf-8', "),
        ({"delimiter": "::"}, "delimiter: '::' is not one character. Accepted are ','"),
        ({"quote": "''"}, "quote: "),
        ({"header": 2_000}, "header: "),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_asked(options: dict[str, Any], says: str) -> None:
    with pytest.raises(BadOptions, match=says):
        open_portal({"kind": "csv", "url": "https://example.org/a.csv", **options}, QUICK)
