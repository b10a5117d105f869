"""Hidden facts change no byte of a feed: two worlds that differ in them give the same events and equally long cursors."""

import re
from typing import Any

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.events.cursor import LogCursors
from graph.events.delivery import Delivery
from graph.question.engine import Question
from graph.question.turns import AtOnce
from graph.subscriptions.run import Subscriptions
from tests.conftest import SECRET, Asker
from tests.events.conftest import FORGET
from tests.events.log import AMBER, ANYONE, LEARNED, LESSON, PORTLAND, SEATTLE, SOURCE, STATED, Log
from tests.http.conftest import Client

RANDOM_PARTS = re.compile(rb'"(id|cursor)":"[^"]*"|urn:uuid:[0-9a-f-]{36}')
HIDDEN = {"confidence": "REPORTED", "sources": [SOURCE], **AMBER}
PATHS = ("/events", "/events?first=3", "/events?type=Lesson", "/events?city=us-wa-seattle", "/events?synthetic=true")

VISIBLE: tuple[list[dict[str, Any]], ...] = (
    [LESSON, LEARNED, {**LESSON, "id": "lesson/log-2"}],
    [{**LESSON, "note": "n"}],
    [{**LESSON, "id": "lesson/log-2", **AMBER}],
    [{**LEARNED, "since": "2001"}],
    [{**LESSON, "id": "lesson/log-3", "confidence": "SYNTHETIC"}],
)
"""What everybody sees happen, step by step; one fact becomes hidden."""

HUNDRED = [{"label": "Lesson", "id": f"lesson/log-hidden-{n}", "statement": "H", **HIDDEN} for n in range(100)]

CONCEALED: tuple[list[dict[str, Any]], ...] = (
    HUNDRED,
    [
        {"label": "Source", "id": "source/log-hidden", "title": "S", **HIDDEN},
        *({"type": "LEARNED", "from": SEATTLE, "to": row["id"], **STATED} for row in HUNDRED),
    ],
    [{**LESSON, "note": "n", "sources": [SOURCE, "source/log-hidden"]}],
    [
        {**LESSON, "id": "lesson/log-2", **AMBER, "note": "hidden by now"},
        *({**row, "statement": "I", "holders": [PORTLAND, SEATTLE]} for row in HUNDRED),
    ],
    [{"type": "LEARNED", "from": PORTLAND, "to": "lesson/log-3", **HIDDEN, "confidence": "SYNTHETIC"}],
)
"""What only members of Portland see happen after each step. One of them adds a hidden reference to a visible fact."""


NEAR = 4
"""How many of the visible events are near Seattle. The Atom feed goes on with older events, of facts that earlier tests had."""


def feeds(log: Log, client: Client) -> dict[str, list[bytes]]:
    """Return the pages of each feed since the test began, without ids and cursors, and the Atom feed."""
    cursors = client.app.state.events.cursors
    made: dict[str, list[bytes]] = {}
    for path in PATHS:
        cursor = cursors.seal(log.start, None)
        pages = made[path] = []
        for _ in range(5):
            joint = "&" if "?" in path else "?"
            answer = client.request("GET", f"{path}{joint}after={cursor}", headers={})
            assert answer.status_code == 200, answer.text
            cursor = answer.json()["cursor"]
            assert len(cursor) == 48
            pages.append(RANDOM_PARTS.sub(b"", answer.content))
    entries = client.request("GET", "/events/us-wa-seattle.atom").content.split(b"<entry>")
    made["atom"] = [RANDOM_PARTS.sub(b"", entry) for entry in entries[1 : NEAR + 1]]
    return made


def happens(log: Log, *, concealed: bool) -> None:
    log.writer.alone(FORGET)
    log.start = log.end()
    for day, (visible, hidden) in enumerate(zip(VISIBLE, CONCEALED, strict=True), start=1):
        log.put(*visible, day=day)
        if concealed:
            log.put(*hidden, day=day)


def test_hidden_facts_change_no_byte_of_a_feed(log: Log, make_client: Any) -> None:
    client = make_client(synthetic=False)
    happens(log, concealed=False)
    without = feeds(log, client)
    happens(log, concealed=True)
    assert feeds(log, client) == without
    assert [b"".join(without[path]).count(b'"kind"') for path in PATHS] == [5, 5, 3, NEAR, 6]
    assert len(without["atom"]) == NEAR


SUBSCRIPTION = """subscription ($synthetic: Boolean) {
  events(synthetic: $synthetic) {
    kind type fact from to fields time synthetic node { __typename id sources { id } ... on City { lessons { totalCount } } }
  }
}"""


def subscribed(ask: Asker, log: Log, *, synthetic: bool) -> list[bytes]:
    """Return what a subscriber is sent since the test began, up to the end of the log."""
    subscriptions = Subscriptions(ask.engine, log.reader, Delivery(log.reader), LogCursors(SECRET), 10_000_000)

    async def everything() -> list[bytes]:
        opened = await subscriptions.open(Question(SUBSCRIPTION, {"synthetic": synthetic}), Viewer(), AtOnce())
        place, sent = log.start, list[bytes]()
        while place != opened.position:
            page = await subscriptions.read(opened, ANYONE, place, AtOnce())
            sent += [b"".join(event.pieces) for event in page.events]
            place = page.position
        return sent

    return log.runner.run(everything())


def test_hidden_facts_change_no_byte_of_a_subscription(log: Log, ask: Asker) -> None:
    happens(log, concealed=False)
    without = [subscribed(ask, log, synthetic=made_up) for made_up in (False, True)]
    happens(log, concealed=True)
    assert [subscribed(ask, log, synthetic=made_up) for made_up in (False, True)] == without
    assert [len(sent) for sent in without] == [5, 6]


def test_the_edit_is_one_that_a_member_sees(log: Log) -> None:
    member = Rights(1, ("2:us-or-portland", "2:us-or-portland+us-wa-seattle"))
    happens(log, concealed=False)
    before = len(log.events(member))
    happens(log, concealed=True)
    assert len(log.events(member)) >= before + 300
    assert len(log.events(ANYONE)) == len(log.events(Rights(1)))
