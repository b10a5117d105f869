"""Several servers on one database, restarts and kills: one server delivers a webhook at a time, and nothing is missed."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from app.webhooks import sending
from graph.bolt.connect import Address
from graph.cypher.fragments import Fragment
from graph.webhooks.store import Store
from tests.conftest import SECRET
from tests.events.log import ANYONE, LESSON, Log
from tests.kit.served import Served, served
from tests.webhooks.conftest import Desk, Start
from tests.webhooks.receiver import Answer, Got, Receiver

OK: Answer = (204, {}, b"")
LEASE = Fragment("MATCH (w:_Webhook) RETURN w.lease AS lease")


def put(log: Log, *numbers: int) -> None:
    for n in numbers:
        log.put({**LESSON, "id": f"lesson/log-{n}"})


def test_a_server_that_starts_goes_on_where_another_stopped(
    start: Start, desk: Desk, receiver: Receiver, log: Log
) -> None:
    with start():
        desk.add(receiver.url)
        put(log, 1)
        receiver.wait(1)
    put(log, 2, 3)
    with start():
        receiver.wait(3)
        receiver.stays(3, 0.5)
    assert receiver.ids == [event.id for event in log.events(ANYONE)]


def test_a_server_that_stops_lets_the_post_under_way_end(
    start: Start, desk: Desk, receiver: Receiver, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "GRACE", 30.0)

    def answer(got: Got) -> Answer:
        time.sleep(0.5)
        return OK

    with start():
        desk.add(receiver.url)
        receiver.answer = answer
        put(log, 1)
        receiver.wait(1)
    with start():
        put(log, 2)
        receiver.wait(2)
    assert receiver.ids == [event.id for event in log.events(ANYONE)]


def test_attempts_go_on_after_a_restart(start: Start, desk: Desk, receiver: Receiver, log: Log) -> None:
    """Two attempts by the first server and one by the second make three, which is all."""
    receiver.answer = lambda got: (500, {}, b"")
    with start(webhook_retries="0.1,2"):
        desk.add(receiver.url)
        put(log, 1)
        receiver.wait(2)
    with start(webhook_retries="0.1,2"):
        receiver.wait(3)
        end = time.monotonic() + 10
        while not desk.letters():
            assert time.monotonic() < end
            time.sleep(0.05)
    assert [letter.attempts for letter in desk.letters()] == [3]
    assert len(receiver.got) == 3


def test_of_two_servers_one_delivers_and_the_other_goes_on_when_it_stops(
    start: Start, desk: Desk, receiver: Receiver, other: Receiver, log: Log
) -> None:
    with ExitStack() as first, start() as second:
        one = first.enter_context(start())
        desk.add(receiver.url)
        desk.add(other.url)
        put(log, *range(10))
        receiver.wait(10)
        other.wait(10)
        assert len({each["lease"] for each in log.writer.read(LEASE)} - {None}) >= 1
        first.close()
        assert not one.thread.is_alive()
        put(log, *range(10, 15))
        receiver.wait(15)
        other.wait(15)
        receiver.stays(15, 0.5)
        assert second.ask("{ __typename }").status_code == 200
    expected = [event.id for event in log.events(ANYONE)]
    assert receiver.ids == expected
    assert other.ids == expected


def test_a_lease_is_given_to_one_of_many_who_ask_at_once(desk: Desk, receiver: Receiver, log: Log) -> None:
    desk.add(receiver.url)
    stores = [Store(log.writer.writer, str(n), 60_000) for n in range(8)]

    async def work() -> list[int]:
        return [len(seen) for seen in await asyncio.gather(*(store.look() for store in stores))]

    assert sorted(desk.runner.run(work())) == [0] * 7 + [1]
    assert sorted(desk.runner.run(work())) == [0] * 7 + [1]


def test_a_lease_that_is_not_renewed_ends_and_what_its_server_still_stores_is_ignored(
    desk: Desk, receiver: Receiver, log: Log
) -> None:
    desk.add(receiver.url)
    slow, next_ = (Store(log.writer.writer, name, lease) for name, lease in (("slow", 300), ("next", 60_000)))
    (seen,) = desk.runner.run(slow.look())
    standing = desk.runner.run(slow.standing(seen.id))
    assert standing is not None
    assert desk.runner.run(next_.look()) == []
    time.sleep(0.4)
    assert desk.runner.run(slow.standing(seen.id)) is None
    assert [each.id for each in desk.runner.run(next_.look())] == [seen.id]
    place = desk.webhook().after
    desk.runner.run(slow.delivered(standing.webhook, place + 5))
    assert desk.webhook().after == place
    desk.runner.run(next_.delivered(standing.webhook, place + 5))
    assert desk.webhook().after == place + 5


@contextmanager
def process(address: Address) -> Iterator[Served]:
    secret = SECRET.decode()
    with served(address, secret, CITYGRAPH_WEBHOOK_PRIVATE="true", CITYGRAPH_WEBHOOK_RETRIES="0.5,1,1") as opened:
        yield opened


@pytest.mark.usefixtures("seeded")
def test_after_a_kill_between_post_and_stored_place_another_server_sends_the_same_event_again(
    address: Address, desk: Desk, receiver: Receiver, log: Log
) -> None:
    killed = threading.Event()

    def answer(got: Got) -> Answer:
        if len(receiver.got) == 3:
            killed.wait(60)
        return OK

    receiver.answer = answer
    desk.add(receiver.url)
    with process(address) as first:
        put(log, 1, 2)
        receiver.wait(2)
        with process(address) as second:
            put(log, 3, 4)
            receiver.wait(3)
            first.process.kill()
            killed.set()
            receiver.wait(5, sending.LEASE / 1000 + 10)
            assert second.process.poll() is None
    one, two, three, four = (event.id for event in log.events(ANYONE))
    assert receiver.ids == [one, two, three, three, four]
