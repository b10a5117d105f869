"""Delivery by a running server: in order, with retries, dead letters and replay, by the rights of the moment."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, islice, pairwise
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from app.viewers.administration import Refused
from graph.access.grants import Role
from graph.cypher import webhooks as cypher
from graph.events.cursor import OPERATOR, LogCursors
from graph.webhooks.webhook import State
from tests.conftest import SECRET
from tests.events.log import ANYONE, LEARNED, LEARNED_ID, LESSON, SEATTLE, Log
from tests.http.running import Running
from tests.webhooks.conftest import Desk, Start
from tests.webhooks.receiver import PATIENCE, Answer, Got, Receiver

HELD = {"marking": "AMBER", "holders": [SEATTLE]}
OK: Answer = (204, {}, b"")
BROKEN: Answer = (500, {}, b"")


def lesson(n: int, **more: Any) -> dict[str, Any]:
    return {**LESSON, "id": f"lesson/log-{n}", **more}


def fact(n: int) -> str:
    return f"lesson/log-{n}"


def fails(*facts: str) -> Callable[[Got], Answer]:
    """Answer with an error for events of some facts."""
    return lambda got: BROKEN if got.event["fact"] in facts else OK


def until(done: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"{what}: did not happen in {seconds} seconds"
        time.sleep(0.02)


def test_events_are_delivered_in_order_and_signed(server: Running, desk: Desk, receiver: Receiver, log: Log) -> None:
    _, secret = desk.add(receiver.url)
    for n in range(5):
        log.put(*(lesson(10 * n + each) for each in range(4)))
    expected = log.events(ANYONE)
    assert len(expected) == 20
    got = receiver.wait(20)
    assert [(each.id, each.event) for each in got] == [(event.id, event.shown()) for event in expected]
    assert len({each.id for each in got}) == 20
    for each in got:
        assert Verifier(secret).verify(each.body, each.headers) == each.event
        assert each.headers["content-type"] == "application/json"
    until(lambda: desk.webhook().after == expected[-1].seq, "the place is stored")
    receiver.stays(20)


def _is_signed_by(secret: str, post: Got) -> bool:
    try:
        return bool(Verifier(secret).verify(post.body, post.headers) == post.event)
    except WebhookVerificationError:
        return False


def _first_signed_by(secret: str, numbers: Iterator[int], receiver: Receiver, log: Log) -> Got:
    """Send events until one is signed with a secret. The one that was being sent when it changed is not."""
    for number in islice(numbers, 3):
        log.put(lesson(number))
        post = receiver.wait(number)[-1]
        if _is_signed_by(secret, post):
            return post
    pytest.fail("the new secret does not sign")


def test_a_secret_is_changed_while_events_are_delivered(
    server: Running, desk: Desk, receiver: Receiver, log: Log
) -> None:
    hook, old = desk.add(receiver.url)
    told: list[str] = []
    desk.runner.run(desk.hooks.rotate(hook.id, 1, told.append))
    numbers = count(1)
    both = _first_signed_by(told[0], numbers, receiver, log)
    assert _is_signed_by(old, both)
    with pytest.raises(Refused, match="--hours 0"):
        desk.runner.run(desk.hooks.rotate(hook.id, 1, told.append))
    desk.runner.run(desk.hooks.rotate(hook.id, 0, told.append))
    alone = _first_signed_by(told[1], numbers, receiver, log)
    assert not _is_signed_by(old, alone)
    assert not _is_signed_by(told[0], alone)
    assert len({old, *told}) == 3


@pytest.mark.alone
def test_an_event_arrives_within_a_second(server: Running, desk: Desk, receiver: Receiver, log: Log) -> None:
    desk.add(receiver.url)
    log.put(lesson(1))
    receiver.wait(1)
    log.put(lesson(2))
    begun = time.monotonic()
    assert receiver.wait(2)[1].at - begun < 1


def test_types_and_a_city_narrow_what_is_sent(
    server: Running, desk: Desk, receiver: Receiver, other: Receiver, log: Log
) -> None:
    desk.add(receiver.url, types=frozenset({"LEARNED", "Visit"}))
    desk.add(other.url, near="us-wa-seattle")
    log.put(lesson(1), LEARNED, lesson(2))
    assert [each.event["fact"] for each in receiver.wait(1)] == [LEARNED_ID]
    assert [each.event["fact"] for each in other.wait(2)] == [fact(1), LEARNED_ID]
    receiver.stays(1)
    other.stays(2)


def test_a_failed_event_is_tried_again_with_the_same_id_before_the_next(
    server: Running, desk: Desk, receiver: Receiver, log: Log
) -> None:
    _, secret = desk.add(receiver.url)
    receiver.answer = lambda got: BROKEN if len(receiver.got) < 3 else OK
    log.put(lesson(1))
    log.put(lesson(2))
    got = receiver.wait(4)
    one, two = (event.id for event in log.events(ANYONE))
    assert [each.id for each in got] == [one, one, one, two]
    # The pauses are 0.3 seconds, a fifth more or less.
    assert [later.at - before.at > 0.2 for before, later in pairwise(got[:3])] == [True, True]
    for each in got:
        Verifier(secret).verify(each.body, each.headers)
    until(lambda: desk.webhook().attempts == 0, "the failure is forgotten")
    assert desk.letters() == []


def test_a_target_that_never_answers_delays_nobody(
    server: Running, desk: Desk, receiver: Receiver, log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        for _ in range(3):
            desk.add(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        desk.add(receiver.url)
        begun = time.monotonic()
        for n in range(3):
            log.put(lesson(n))
        receiver.wait(3)
        # Each silent one holds its post for 15 seconds.
        assert time.monotonic() - begun < 14
        # Questions are answered too.
        assert server.ask("{ __typename }").status_code == 200


def test_after_the_last_attempt_an_event_is_a_dead_letter_and_delivery_goes_on(
    server: Running, desk: Desk, receiver: Receiver, log: Log
) -> None:
    webhook, _ = desk.add(receiver.url)
    receiver.answer = fails(fact(1))
    log.put(lesson(1))
    log.put(lesson(2))
    receiver.wait(4)
    assert receiver.facts == [fact(1)] * 3 + [fact(2)]
    (letter,) = desk.letters()
    dead = log.events(ANYONE)[0]
    assert (letter.webhook, letter.message, letter.fact) == (webhook.id, dead.id, fact(1))
    assert (letter.seq, letter.attempts, letter.why) == (dead.seq, 3, "status 500")

    # It is sent again when the operator asks, and stays if it fails again.
    desk.runner.run(desk.hooks.retry(webhook.id))
    receiver.wait(5)
    until(lambda: [each.attempts for each in desk.letters()] == [4], "it failed again")
    receiver.stays(5, 0.5)
    receiver.answer = lambda got: OK
    desk.runner.run(desk.hooks.retry(webhook.id, [dead.id]))
    assert receiver.wait(6)[5].id == dead.id
    until(lambda: desk.letters() == [], "it was delivered")
    receiver.stays(6, 0.5)


def test_a_dead_letter_that_the_owner_may_no_longer_see_is_not_sent(
    server: Running, desk: Desk, receiver: Receiver, log: Log
) -> None:
    grant = desk.grant(Role.MEMBER)
    webhook, _ = desk.add(receiver.url)
    receiver.answer = fails(fact(1))
    log.put(lesson(1, **HELD))
    until(lambda: len(desk.letters()) == 1, "it is a dead letter")
    desk.revoke(grant)
    desk.runner.run(desk.hooks.retry(webhook.id))
    until(lambda: desk.letters() == [], "it is gone")
    receiver.stays(3, 0.5)


def test_dead_letters_are_bounded(
    server: Running, desk: Desk, receiver: Receiver, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.webhooks.store.MOST_LETTERS", 2)
    desk.add(receiver.url)
    receiver.answer = fails(fact(1), fact(2), fact(3))
    log.put(lesson(1), lesson(2), lesson(3), lesson(4))
    receiver.wait(10)
    assert [letter.fact for letter in desk.letters()] == [fact(2), fact(3)]


def test_replay_sends_events_again_with_their_ids(server: Running, desk: Desk, receiver: Receiver, log: Log) -> None:
    log.put(lesson(1))
    webhook, _ = desk.add(receiver.url)
    log.put(lesson(2))
    assert [each.event["fact"] for each in receiver.wait(1)] == [fact(2)]
    cursor = LogCursors(SECRET).seal(log.start, OPERATOR)
    desk.runner.run(desk.hooks.replay(webhook.id, cursor))
    assert [each.id for each in receiver.wait(3)[1:]] == [event.id for event in log.events(ANYONE)]
    receiver.stays(3)


def test_replay_begins_anew_while_an_event_is_tried_again(
    server: Running, desk: Desk, receiver: Receiver, log: Log
) -> None:
    """What the attempt under way stores does not move the new place."""
    webhook, _ = desk.add(receiver.url)
    log.put(lesson(1), lesson(2))
    receiver.wait(2)
    held: list[Got] = []
    replayed = threading.Event()

    def answer(got: Got) -> Answer:
        if got.event["fact"] == fact(3) and not held:
            held.append(got)
            replayed.wait(10)
        return OK

    receiver.answer = answer
    log.put(lesson(3))
    until(lambda: bool(held), "the third is under way")
    desk.runner.run(desk.hooks.replay(webhook.id, LogCursors(SECRET).seal(log.start, OPERATOR)))
    replayed.set()
    receiver.wait(6)
    assert receiver.facts == [fact(1), fact(2), fact(3), fact(1), fact(2), fact(3)]


def test_410_disables_a_webhook_until_it_is_resumed(server: Running, desk: Desk, receiver: Receiver, log: Log) -> None:
    webhook, _ = desk.add(receiver.url)
    receiver.answer = lambda got: (410, {}, b"")
    log.put(lesson(1))
    log.put(lesson(2))
    until(lambda: desk.webhook().state is State.DISABLED, "it is disabled")
    assert desk.webhook().why == "the receiver wants no more events (410 Gone)"
    receiver.stays(1)
    receiver.answer = lambda got: OK
    desk.runner.run(desk.hooks.resume(webhook.id))
    receiver.wait(3)
    assert receiver.facts == [fact(1), fact(1), fact(2)]
    assert desk.webhook().state is State.ACTIVE


def test_resume_tries_again_at_once(start: Start, desk: Desk, receiver: Receiver, log: Log) -> None:
    with start(webhook_retries="3600"):
        webhook, _ = desk.add(receiver.url)
        receiver.answer = lambda got: BROKEN if len(receiver.got) < 2 else OK
        log.put(lesson(1))
        until(lambda: desk.webhook().attempts == 1, "it failed")
        desk.runner.run(desk.hooks.resume(webhook.id))
        receiver.wait(2, 3)
        assert receiver.facts == [fact(1), fact(1)]


def test_rights_are_those_of_the_owner_at_delivery(server: Running, desk: Desk, receiver: Receiver, log: Log) -> None:
    """anna is a member of Seattle, then nobody: she gets what everybody sees."""
    grant = desk.grant(Role.MEMBER)
    desk.add(receiver.url)
    log.put(lesson(1, **HELD))
    receiver.wait(1)
    desk.revoke(grant)
    log.put(lesson(2, **HELD), lesson(3))
    receiver.wait(2)
    assert receiver.facts == [fact(1), fact(3)]
    receiver.stays(2)


def test_an_event_that_waits_for_its_next_attempt_is_not_sent_after_the_grant_is_removed(
    start: Start, desk: Desk, receiver: Receiver, log: Log
) -> None:
    with start(webhook_retries="1"):
        grant = desk.grant(Role.MEMBER)
        desk.add(receiver.url)
        receiver.answer = lambda got: BROKEN
        log.put(lesson(1, **HELD), lesson(2))
        receiver.wait(1)
        receiver.answer = lambda got: OK
        desk.revoke(grant)
        receiver.wait(2)
        assert receiver.facts == [fact(1), fact(2)]
        receiver.stays(2)


def test_a_grant_that_is_removed_within_a_page_stops_the_next_event(
    server: Running, desk: Desk, receiver: Receiver, log: Log
) -> None:
    """Both events are read together. The grant goes while the first is being answered."""
    grant = desk.grant(Role.MEMBER)
    desk.add(receiver.url)

    def answer(got: Got) -> Answer:
        if got.event["fact"] == fact(1):
            time.sleep(0.3)
        return OK

    receiver.answer = answer
    log.put(lesson(1, **HELD), lesson(2, **HELD), lesson(3))
    receiver.wait(1)
    desk.revoke(grant)
    receiver.wait(2)
    assert receiver.facts == [fact(1), fact(3)]


def test_red_facts_need_a_steward_and_the_option(
    server: Running, desk: Desk, receiver: Receiver, other: Receiver, log: Log
) -> None:
    state = server.server.config.app.state  # type: ignore[union-attr]  # the application of the test
    state.events.viewing.viewers.learn(["3:us-wa-seattle"])
    desk.grant(Role.STEWARD)
    desk.add(receiver.url)
    desk.add(other.url, red=True)
    log.put(lesson(1, marking="RED", holders=[SEATTLE]), lesson(2))
    other.wait(2)
    receiver.wait(1)
    assert (receiver.facts, other.facts) == ([fact(2)], [fact(1), fact(2)])


def test_a_webhook_that_is_removed_gets_nothing_more(server: Running, desk: Desk, receiver: Receiver, log: Log) -> None:
    webhook, _ = desk.add(receiver.url)
    receiver.answer = fails(fact(1))
    log.put(lesson(1))
    until(lambda: len(desk.letters()) == 1, "it is a dead letter")
    desk.runner.run(desk.hooks.remove(webhook.id))
    log.put(lesson(2))
    receiver.stays(3)
    assert desk.letters() == []


def test_logs_hold_neither_url_nor_secret(
    server: Running, desk: Desk, receiver: Receiver, log: Log, caplog: pytest.LogCaptureFixture
) -> None:
    _, secret = desk.add(receiver.url)
    receiver.answer = fails(fact(1))
    log.put(lesson(1))
    until(lambda: len(desk.letters()) == 1, "it is a dead letter")
    said = [record for record in caplog.records if record.name.startswith("app.webhooks")]
    assert len(said) == 3
    written = "\n".join(str(vars(record)) for record in caplog.records)
    assert "status 500" in written
    assert "sesame" not in written
    assert secret.removeprefix("whsec_") not in written


def test_the_database_holds_no_signing_secret(desk: Desk, receiver: Receiver, log: Log) -> None:
    _, secret = desk.add(receiver.url)
    stored = log.writer.read(cypher.WEBHOOKS)
    assert stored[0]["stored"]["url"] == receiver.url
    assert secret.removeprefix("whsec_") not in str(stored)
