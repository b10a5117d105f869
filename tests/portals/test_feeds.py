"""RSS and Atom: times whose zone is not known, entries that leave the feed, and bodies that are no feed."""

import pytest
from aiohttp import web

from graph.portals.moments import moment
from tests.portals.reading import reading, run
from tests.portals.server import Dialect, Portal


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Mon, 01 Jun 2026 10:00:00 +0200", "2026-06-01T10:00:00+02:00"),
        ("Mon, 01 Jun 2026 10:00:00 GMT", "2026-06-01T10:00:00Z"),
        ("1 Jun 2026 10:00 EST", "2026-06-01T10:00:00-05:00"),
        ("Mon, 01 Jun 2026 10:00:00 CEST", "2026-06-01T10:00:00"),
        ("Mon, 01 Jun 2026 10:00:00 BST", "2026-06-01T10:00:00"),
        ("Mon, 01 Jun 2026 10:00:00 -0000", "2026-06-01T10:00:00"),
        ("Mon, 01 Jun 2026 10:00:00", "2026-06-01T10:00:00"),
        ("01 June 2026", "2026-06-01"),
        ("2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z"),
        ("2026-06-01T10:00:00.25+05:30", "2026-06-01T10:00:00+05:30"),
        ("2026-06-01 10:00", "2026-06-01T10:00:00"),
        ("2026-06-01", "2026-06-01"),
        ("2026-02-30", None),
        ("Mon, 31 Jun 2026 10:00:00 GMT", None),
        ("R/P1D", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_has_a_zone_only_if_its_text_says_which(text: str, read: str | None) -> None:
    assert moment(text) == read


def feed(body: str, kind: str = "application/rss+xml", **options: bool) -> Portal:
    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(body=body.encode(), headers={"Content-Type": kind})

    return Portal(Dialect("feed", {"kind": "feed", **options}, answer, lambda values: (0, "")))


RSS = "<rss version='2.0'><channel><title>x</title>%s</channel></rss>"


def test_an_entry_that_left_the_feed_was_not_withdrawn() -> None:
    async def work() -> None:
        item = "<item><guid>visit-1</guid><title>Köln</title><category>b</category><category>a</category></item>"
        async with feed(RSS % item) as portal:
            read = await reading(portal.options)
            assert read.told is not None
            assert "newest entries only" in read.told.incomplete
            values = read.records[0].values
            assert (values["id"], values["title"], values["tags"]) == ("visit-1", "Köln", ["a", "b"])
        async with feed(RSS % item, whole=True) as portal:
            assert (await reading(portal.options)).outcome == "whole"

    run(work)


def test_atom_is_read() -> None:
    entry = "<entry><id>tag:x,2026:1</id><title>Łódź</title><updated>2026-06-01T10:00:00Z</updated><link href='/1'/></entry>"
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id><title>x</title>{entry}</feed>"

    async def work() -> None:
        async with feed(body, "application/atom+xml", whole=True) as portal:
            values = (await reading(portal.options)).records[0].values
            assert values["updated"] == "2026-06-01T10:00:00Z"
            assert (values["id"], values["title"]) == ("tag:x,2026:1", "Łódź")

    run(work)


@pytest.mark.parametrize("body", ["", "  \n", "<html><body>Hi</body></html>", "visit;site", "{}"])
def test_what_is_no_feed_is_a_failure_and_not_an_empty_feed(body: str) -> None:
    async def work() -> None:
        async with feed(body) as portal:
            assert (await reading(portal.options)).outcome == "fails"

    run(work)


def test_a_feed_that_breaks_off_is_incomplete_and_is_read_again() -> None:
    whole = RSS % "".join(f"<item><guid>visit-{each}</guid><title>Besuch {each}</title></item>" for each in range(5))

    async def work() -> None:
        for end in range(len(whole) // 2, len(whole) - 5, 7):
            async with feed(whole[:end], whole=True) as portal:
                read = await reading(portal.options)
                assert read.outcome == "incomplete"
                assert read.told is not None
                assert read.told.validators == {}
                assert {each.values["title"] for each in read.records} <= {f"Besuch {each}" for each in range(5)}

    run(work)
