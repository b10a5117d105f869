"""Answers of real Socrata portals, as the tests of sodapy keep them (MIT; recorded/sodapy-2.2.0), read by our connector."""

import json
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.portals.dialects import answered
from tests.portals.reading import Reading, reading, run
from tests.portals.server import Dialect, Portal

RECORDED = Path(__file__).parent / "recorded" / "sodapy-2.2.0"


def read(rows: list[dict[str, Any]], view: Any = None, status: int = 200) -> Reading:
    """Read recorded rows, in pages as they are asked for. The rows were recorded without system fields."""
    read: list[Reading] = []

    def answer(portal: Portal, request: web.Request) -> web.Response:
        if request.path.startswith("/api/views"):
            return answered(view)
        if status != 200:
            return web.json_response(view, status=status)
        if "count(" in request.query["$select"]:
            return answered([{"count": str(len(rows))}])
        offset = int(request.query["$offset"])
        return answered(rows[offset : offset + int(request.query["$limit"])])

    async def work() -> None:
        async with Portal(
            Dialect("socrata", {"kind": "socrata", "dataset": "nwrr-3nqz"}, answer, lambda v: (0, ""))
        ) as portal:
            read.append(await reading(portal.options))

    run(work)
    return read[0]


def loaded(name: str) -> Any:
    return json.loads((RECORDED / name).read_text(encoding="utf-8"))


def test_counts_of_bicycles() -> None:
    """A full page of 1,000 rows, and a page with one more."""
    rows = loaded("bike_counts_page_1.json") + loaded("bike_counts_page_2.json")
    found = read(rows, {})
    assert found.outcome == "whole"
    assert [dict(each.values) for each in found.records] == rows
    assert len(rows) == 1_001


def test_songs_and_their_licence() -> None:
    found = read(loaded("get_songs_unicode.txt"), loaded("get_song_metadata.txt"))
    assert [each.values["theme"] for each in found.records][:2] == ["Schön", "Love"]
    assert found.told is not None
    assert found.told.licence == "CC0_10"


def test_a_data_set_that_needs_a_login() -> None:
    found = read([], loaded("403_response_json.txt"), status=403)
    assert "status 403" in found.failure
    assert "You must be logged in" in found.failure
    assert "token_env" in found.failure
