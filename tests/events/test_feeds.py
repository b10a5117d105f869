"""The JSON feed and the Atom feed over HTTP: who sees what, pages, and what is refused."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Xml

import httpx
import pytest

from app.http import events as module
from app.http.atom import NAMESPACE, atom
from app.http.log import NAME
from app.start.settings import Profile
from tests.events.log import AMBER, LEARNED, LEARNED_ID, LESSON, MEMBER, SEATTLE, Log
from tests.http.conftest import TOKEN, Client
from tests.http.running import Running

STEWARD = {"authorization": f"Bearer {TOKEN}"}
ATOM = "/events/us-wa-seattle.atom"
IRI = re.compile(r"(urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|us-wa-seattle\.atom)")


@pytest.fixture
def client(make_client: Callable[..., Client]) -> Client:
    return make_client(synthetic=False)


def get(client: Client, path: str, **headers: str) -> httpx.Response:
    return client.request("GET", path, headers=headers)


def now(client: Client, **headers: str) -> str:
    """Return the cursor of the end of the log."""
    answer = get(client, "/events?after=now", **headers).json()
    assert answer["events"] == []
    return str(answer["cursor"])


def test_a_feed_goes_on_after_its_cursor(client: Client, log: Log) -> None:
    cursor = now(client)
    log.put(LESSON, LEARNED, actor="key/secret")
    first = get(client, f"/events?after={cursor}&first=1")
    assert first.headers["cache-control"] == "private, no-store"
    assert "Authorization" in first.headers["vary"]
    shown = first.json()
    assert [(each["kind"], each["type"], each["fact"]) for each in shown["events"]] == [
        ("CREATED", "Lesson", LESSON["id"])
    ]
    rest = get(client, f"/events?after={shown['cursor']}").json()
    assert [(each["fact"], each["from"], each["to"]) for each in rest["events"]] == [
        (LEARNED_ID, SEATTLE, LESSON["id"])
    ]
    assert get(client, f"/events?after={rest['cursor']}").json()["events"] == []
    assert "key/secret" not in first.text + str(rest)


def test_a_feed_without_a_cursor_begins_with_the_log(client: Client, log: Log) -> None:
    shown = get(client, "/events").json()
    assert len(shown["events"]) == 20
    assert len(get(client, "/events?first=100").json()["events"]) == 100
    assert {each["kind"] for each in shown["events"]} == {"CREATED"}


def test_each_viewer_has_a_feed_and_cursors_of_his_own(client: Client, log: Log) -> None:
    cursors = now(client), now(client, **STEWARD)
    # The service of the tests knows the audience of Seattle.
    log.put({**LESSON, **AMBER, "holders": [SEATTLE]})
    assert get(client, f"/events?after={cursors[0]}").json()["events"] == []
    assert len(get(client, f"/events?after={cursors[1]}", **STEWARD).json()["events"]) == 1
    refused = get(client, f"/events?after={cursors[0]}", **STEWARD)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert "belongs to another viewer" in refused.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("after=abc", 400, "no cursor of the event log"),
        ("after=" + "A" * 48, 400, "forged"),
        ("first=0", 400, "a number from 1 to 100"),
        ("first=101", 400, "a number from 1 to 100"),
        ("first=000000001999999", 400, "a number from 1 to 100"),
        ("first=" + "0" * 5_000 + "1", 400, "a number from 1 to 100"),
        ("first=x", 400, "a number from 1 to 100"),
        ("type=Visits", 400, "labels such as Visit"),
        ("synthetic=yes", 400, "true and false"),
        ("city=nowhere", 404, "no fact city/nowhere"),
        ("last=3", 400, "last is not accepted here; accepted are after, first, city, type, synthetic"),
    ],
)
def test_what_is_wrong_is_refused_with_what_is_accepted(client: Client, query: str, status: int, words: str) -> None:
    answer = get(client, f"/events?{query}")
    assert answer.status_code == status
    assert words in answer.json()["errors"][0]["message"]
    assert answer.headers["cache-control"] == "private, no-store"


def test_an_unknown_token_is_refused(client: Client) -> None:
    for path in ("/events", "/events/stream", ATOM):
        answer = get(client, path, authorization="Bearer wrong")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


# Atom --------------------------------------------------------------------------------------------------------------


def entries(answer: httpx.Response) -> list[dict[str, str]]:
    """Return the texts of each entry, after a check that the feed has what RFC 4287 requires."""
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = Xml.fromstring(answer.content)
    assert feed.tag == f"{{{NAMESPACE}}}feed"
    found = [texts(entry) for entry in feed.findall(f"{{{NAMESPACE}}}entry")]
    for part in (texts(feed), *found):
        assert part["title"]
        assert IRI.fullmatch(part["id"])
        assert datetime.fromisoformat(part["updated"]).tzinfo is not None
    assert len({part["id"] for part in (texts(feed), *found)}) == len(found) + 1
    (author,) = feed.findall(f"{{{NAMESPACE}}}author")
    assert texts(author)["name"]
    (link,) = feed.findall(f"{{{NAMESPACE}}}link")
    assert (link.get("rel"), IRI.fullmatch(str(link.get("href"))) is not None) == ("self", True)
    assert all(part["content"] for part in found)
    return found


def texts(element: Xml.Element) -> dict[str, str]:
    return {child.tag.removeprefix(f"{{{NAMESPACE}}}"): child.text or "" for child in element}


def test_the_atom_feed_of_a_city_shows_what_is_near(client: Client, log: Log) -> None:
    log.put(LESSON, LEARNED, {**LESSON, "id": "lesson/log-far"}, {**LESSON, "id": "lesson/log-hidden", **AMBER})
    log.put({**LEARNED, "since": "2001"}, day=2)
    shown = entries(get(client, ATOM))
    assert len(shown) == 50
    assert [(each["title"], each["content"]) for each in shown[:3]] == [
        ("LEARNED changed", f"{LEARNED_ID}, from {SEATTLE} to lesson/log-1, was changed. Fields: since."),
        ("LEARNED created", f"{LEARNED_ID}, from {SEATTLE} to lesson/log-1, was created."),
        ("Lesson created", "lesson/log-1 was created."),
    ]
    assert shown[0]["updated"] == "2026-02-02T00:00:00.000Z"
    assert not [each for each in shown if "log-far" in each["content"] or "log-hidden" in each["content"]]
    assert entries(get(client, "/events/city/us-wa-seattle.atom")) == shown


def test_a_kept_atom_feed_is_made_again_when_the_log_grows(
    client: Client, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = get(client, ATOM).content
    made: list[str] = []

    def counted(city: str, events: Any) -> bytes:
        made.append(city)
        return atom(city, events)

    monkeypatch.setattr(module, "atom", counted)
    assert get(client, ATOM).content == before
    assert made == []
    log.put(LESSON, {**LEARNED, **AMBER})
    assert get(client, ATOM).content == before
    log.put({**LEARNED, "marking": "CLEAR"}, day=2)
    assert "lesson/log-1" in get(client, ATOM).text
    assert made == [SEATTLE, SEATTLE]


def test_an_atom_feed_of_no_city_is_not_found(client: Client) -> None:
    answer = get(client, "/events/x-nowhere.atom")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


def test_an_atom_feed_without_entries_is_one_and_texts_are_escaped() -> None:
    feed = Xml.fromstring(atom("city/a&<b>", ()))
    assert texts(feed)["title"] == "Changes at city/a&<b>"
    assert texts(feed)["updated"] == "1970-01-01T00:00:00.000Z"


def test_a_hardened_server_has_the_feeds_too(running: Callable[..., Running], log: Log) -> None:
    server = running(profile=Profile.HARDENED, synthetic=False)
    for path in ("/events", ATOM):
        assert httpx.get(f"http://127.0.0.1:{server.port}{path}").status_code == 200


def test_the_log_of_requests_has_no_city(client: Client, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=NAME):
        get(client, ATOM)
    told = " ".join(str(vars(record)) for record in caplog.records if record.name == NAME)
    assert "/events/{city:path}.atom" in told
    assert "us-wa-seattle" not in told


def test_members_are_the_ones_who_see_what_these_tests_hide(log: Log) -> None:
    log.put({**LESSON, **AMBER})
    assert len(log.seen(MEMBER)) == 1
