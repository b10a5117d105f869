"""GraphQL subscriptions over both transports: what is sent, to whom, in which order, and when they end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.start.warm import operations
from tests.events.log import AMBER, LEARNED, LEARNED_ID, LESSON, SEATTLE, STATED, Log
from tests.events.subscribed import FACTS, OVER, Ended, Over, OverSse, events, facts, sse, state, waits
from tests.http.conftest import TOKEN
from tests.http.running import Running

HIDDEN = {**LESSON, "id": "lesson/log-2", **AMBER, "holders": [SEATTLE]}


@pytest.fixture
def server(running: Callable[..., Running]) -> Running:
    return running(synthetic=False, max_sockets=80)


@pytest.fixture(params=OVER)
def over(request: pytest.FixtureRequest) -> Over:
    return OVER[request.param]


def test_an_event_comes_with_its_fact_as_it_is_now(server: Running, log: Log, over: Over) -> None:
    with over(server) as anyone:
        waits(server)
        log.put(LESSON, LEARNED)
        first, second = events(anyone, 2)
        log.put({**LESSON, "statement": "M"})
        (third,) = events(anyone, 1)
    shown = {"__typename": "Lesson", "id": "lesson/log-1"}
    plain: dict[str, Any] = {"from": None, "to": None, "fields": [], "synthetic": False}
    assert len({each.pop("cursor") for each in (first, second, third)}) == 3
    assert first == {
        "kind": "CREATED",
        "type": "LESSON",
        "fact": "lesson/log-1",
        **plain,
        "node": shown | {"statement": "L"},
    }
    ends = {"from": SEATTLE, "to": "lesson/log-1"}
    assert second == {"kind": "CREATED", "type": "LEARNED", "fact": LEARNED_ID, **plain, **ends, "node": None}
    assert (third["kind"], third["fields"], third["node"]) == ("CHANGED", ["statement"], shown | {"statement": "M"})


def test_hidden_facts_send_nothing_and_what_becomes_hidden_is_deleted(server: Running, log: Log, over: Over) -> None:
    with over(server) as anyone, over(server, token=TOKEN) as steward:
        waits(server, 2)
        log.put(HIDDEN)
        log.put(LESSON)
        assert facts(steward, 2) == ["lesson/log-2", "lesson/log-1"]
        assert facts(anyone, 1) == ["lesson/log-1"]
        log.put({**LESSON, **AMBER, "holders": [SEATTLE]})
        (lost,), (changed,) = events(anyone, 1), events(steward, 1)
        assert (lost["kind"], lost["fact"], lost["fields"], lost["node"]) == ("DELETED", "lesson/log-1", [], None)
        assert (changed["kind"], changed["node"]["statement"]) == ("CHANGED", "L")


def test_a_subscriber_who_was_away_misses_nothing_and_gets_nothing_twice(server: Running, log: Log, over: Over) -> None:
    """Pieces of 1, 99, 100 and 30 events end within, at and after a page of the server."""
    cursors = state(server).events.cursors
    cursor = cursors.seal(log.start, None)
    rows = [
        {"label": "Lesson", "id": f"lesson/log-{n:03}", "statement": "S", **STATED, "marking": "CLEAR"}
        for n in range(230)
    ]
    log.put(*rows)
    got: list[str] = []
    for count in (1, 99, 100, 30):
        with over(server, FACTS, after=cursor) as subscribed:
            page = events(subscribed, count)
            got += [event["fact"] for event in page]
            cursor = page[-1]["cursor"]
    assert got == [row["id"] for row in rows]


def test_the_events_of_a_type_or_near_a_fact(server: Running, log: Log, over: Over) -> None:
    with (
        over(server, type="LEARNED") as learned,
        over(server, near=SEATTLE) as near,
        over(server, type="LESSON") as lessons,
    ):
        waits(server, 3)
        log.put({**LESSON, "id": "lesson/log-3"}, LESSON, LEARNED)
        assert facts(learned, 1) == [LEARNED_ID]
        assert facts(near, 2) == ["lesson/log-1", LEARNED_ID]
        assert facts(lessons, 2) == ["lesson/log-1", "lesson/log-3"], (
            "facts of one write come in the order of their ids"
        )


def test_only_an_answer_with_something_made_up_says_so(server: Running, log: Log, over: Over) -> None:
    made_up = {**LESSON, "id": "lesson/log-4", "confidence": "SYNTHETIC"}
    with over(server, synthetic=True) as subscribed, over(server) as real:
        waits(server, 2)
        log.put(made_up, LESSON)
        first, second = subscribed.next(), subscribed.next()
        assert (first["data"]["events"]["synthetic"], "extensions" in first) == (False, False)
        assert second["data"]["events"]["node"]["id"] == "lesson/log-4"
        assert (second["data"]["events"]["synthetic"], second["extensions"]["synthetic"]["fields"]) == (
            True,
            ["events"],
        )
        assert facts(real, 1) == ["lesson/log-1"]


def test_aliases_fragments_and_variables(server: Running, log: Log, over: Over) -> None:
    query = """subscription ($no: Boolean = false, $yes: Boolean!) {
      happened: events { ...Both a: cursor b: cursor fact @include(if: $no) one: node { id } two: node { ...L } }
    }
    fragment Both on LogEvent { __typename what: kind }
    fragment L on Lesson { statement @include(if: $yes) id @skip(if: $yes) }"""
    with over(server, query, yes=True) as subscribed:
        waits(server)
        log.put(LESSON)
        got = subscribed.next()["data"]
    assert list(got) == ["happened"]
    assert list(got["happened"]) == ["__typename", "what", "a", "b", "one", "two"]
    assert got["happened"].pop("a") == got["happened"].pop("b") != ""
    node = {"one": {"id": "lesson/log-1"}, "two": {"statement": "L"}}
    assert got["happened"] == {"__typename": "LogEvent", "what": "CREATED", **node}


def test_a_token_that_is_no_longer_known_ends_a_subscription(server: Running, log: Log, over: Over) -> None:
    with over(server, token=TOKEN) as subscribed:
        waits(server)
        state(server).events.viewing.viewers.token = "another token"
        log.put(LESSON)
        with pytest.raises(Ended) as ended:
            subscribed.next()
    assert ended.value.args[0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("subscription { events { id } more: events { id } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { events { nothing } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { events(type: NOTHING) { id } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        (FACTS, {"after": "no cursor"}, "BAD_USER_INPUT"),
        (FACTS, {"after": 7}, "BAD_USER_INPUT"),
        ('subscription { events(near: "city/log-nowhere") { id } }', {}, "NOT_FOUND"),
        (
            "subscription { events { node { ... on City { twins(first: 100) { nodes { twins(first: 100) { nodes { "
            "twins(first: 100) { nodes { id } } } } } } } } } }",
            {},
            "QUERY_TOO_EXPENSIVE",
        ),
    ],
    ids=["two fields", "no such field", "no such type", "no cursor", "a number", "nowhere", "too much"],
)
def test_a_refused_subscription_ends_with_an_error(
    server: Running, over: Over, query: str, variables: dict[str, Any], code: str
) -> None:
    with over(server, query, **variables) as subscribed, pytest.raises(Ended) as ended:
        subscribed.next()
    assert ended.value.args[0]["extensions"]["code"] == code


def test_two_root_fields_are_named_as_the_fault(server: Running, over: Over) -> None:
    with over(server, "subscription S { events { id } more: events { id } }") as two, pytest.raises(Ended) as ended:
        two.next()
    assert ended.value.args[0]["message"] == "Subscription 'S' must select only one top level field."


def test_a_cursor_of_another_viewer_is_refused(server: Running, log: Log, over: Over) -> None:
    with over(server) as subscribed:
        waits(server)
        log.put(LESSON)
        (event,) = events(subscribed, 1)
    with over(server, token=TOKEN, after=event["cursor"]) as refused, pytest.raises(Ended) as ended:
        refused.next()
    assert "another viewer" in ended.value.args[0]["message"]


def test_an_answer_over_the_limit_comes_without_its_fact(running: Callable[..., Running], log: Log, over: Over) -> None:
    server = running(max_result=400)
    with over(server) as subscribed:
        waits(server)
        log.put({**LESSON, "id": "lesson/log-2", "statement": "L" * 500}, LESSON)
        small, large = subscribed.next(), subscribed.next()
    assert large["data"]["events"]["node"] is None
    ((error),) = large["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["events", "node"], "PAYLOAD_TOO_LARGE")
    assert (small["data"]["events"]["node"]["statement"], "errors" in small) == ("L", False)


def test_a_server_of_trusted_documents_follows_those(
    running: Callable[..., Running], log: Log, over: Over, tmp_path: Path
) -> None:
    (tmp_path / "follow.graphql").write_text(FACTS)
    server = running(trusted_dir=tmp_path, trusted_only=True)
    with over(server, FACTS) as subscribed:
        waits(server)
        log.put(LESSON)
        assert facts(subscribed, 1) == ["lesson/log-1"]
    assert operations(f"query Q {{ __typename }} {FACTS}") == ["Q"], "a subscription is not warmed"


def test_an_event_source_goes_on_after_its_last_event(server: Running, log: Log) -> None:
    """It asks by GET, and sends the id of the last event in a header when it connects again."""
    headers = {"accept": "text/event-stream"}
    with sse(server, FACTS, headers, {}, "GET") as response:
        stream = OverSse(response)
        waits(server)
        log.put(LESSON)
        assert facts(stream, 1) == ["lesson/log-1"]
    log.put({**LESSON, "id": "lesson/log-2"})
    log.put({**LESSON, "id": "lesson/log-3"})
    with sse(server, FACTS, headers | {"last-event-id": stream.last}, {}, "GET") as response:
        assert facts(OverSse(response), 2) == ["lesson/log-2", "lesson/log-3"]
