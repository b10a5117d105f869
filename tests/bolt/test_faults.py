"""What goes wrong between us and the database, played by a scripted server: the lane and the driver behave the same."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph.bolt.connect import Address
from graph.bolt.read import TRIES, Reader
from graph.errors import Internal, QuestionError, TimedOut, Unavailable
from tests.bolt.conftest import Way
from tests.bolt.scripted import (
    ALIVE,
    HELLO,
    LOGON,
    PULL,
    RECORD,
    RESET,
    RUN,
    Play,
    Server,
    Wire,
    message,
    playing,
)

Run = Callable[[Callable[[], Awaitable[Any]]], Any]
STATEMENT = "a statement"


async def answering(wire: Wire) -> None:
    """Play a server without faults."""
    await wire.log_in()
    await wire.answers()


async def asked(reader: Reader) -> Any:
    """Ask once; return the value or the class of the error."""
    try:
        return await reader.value(STATEMENT, {"a": 1}, "test")
    except QuestionError as error:
        return type(error)


def played(way: Way, run: Run, *plays: Play, times: int = 1, seconds: float = 5) -> tuple[list[Any], Server]:
    """Ask some times; return what came, and what the server saw."""

    async def work() -> tuple[list[Any], Server]:
        async with playing(*plays) as server, way.reader(server.address, seconds) as reader:
            return [await asked(reader) for _ in range(times)], server

    found: tuple[list[Any], Server] = run(work)
    return found


async def dies_in_a_record(wire: Wire) -> None:
    await wire.log_in()
    await wire.expect(RUN, PULL)
    await wire.success({"fields": ["x"], "t_first": 1})
    await wire.write(message(RECORD, ["a text of some length"])[:12])
    wire.cut()


def test_a_server_that_dies_in_a_record_is_asked_again(way: Way, run: Run) -> None:
    found, server = played(way, run, dies_in_a_record, answering, times=2)
    assert found == [1, 1]
    assert [each.count(RUN) for each in server.seen] == [1, 2]


def test_a_server_that_always_dies_is_unavailable(way: Way, run: Run) -> None:
    found, server = played(way, run, dies_in_a_record)
    assert found == [Unavailable]
    assert server.count(RUN) == TRIES


@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_that_ends_while_it_is_idle_costs_nothing(
    way: Way, run: Run, reset: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def ends(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        await wire.answer(1)
        wire.cut(reset)

    async def work() -> list[Any]:
        async with playing(ends, answering) as server, way.reader(server.address) as reader:
            found = [await asked(reader)]
            await asyncio.sleep(0.1)
            found.append(await asked(reader))
            assert [each.count(RUN) for each in server.seen] == [1, 1]
            return found

    assert run(work) == [1, 1]
    assert "statement failed" not in caplog.text


@pytest.mark.parametrize("accepts", ["nothing", "versions", "login", "statement"])
def test_a_server_that_does_not_answer_takes_no_longer_than_the_limit(way: Way, run: Run, accepts: str) -> None:
    async def silent(wire: Wire) -> None:
        if accepts == "versions":
            await wire.greet()
        elif accepts in ("login", "statement"):
            await wire.log_in()
        if accepts == "statement":
            await wire.expect(RUN, PULL)
            await wire.success({"fields": ["x"]})
        await wire.rest()

    async def work() -> None:
        async with playing(silent, answering) as server, way.reader(server.address, 0.1) as reader:
            begun = asyncio.get_running_loop().time()
            assert await asked(reader) is TimedOut
            assert asyncio.get_running_loop().time() - begun < 3
            assert await asked(reader) == 1

    run(work)


def test_a_silent_server_is_left_when_it_has_said_that_it_is_never_silent(way: Way, run: Run) -> None:
    async def silent(wire: Wire) -> None:
        await wire.log_in({"connection.recv_timeout_seconds": 1})
        await wire.expect(RUN, PULL)
        await wire.rest()

    found, server = played(way, run, silent, answering)
    assert found == [1]
    assert len(server.seen) == 2


def test_a_server_that_works_long_says_so(way: Way, run: Run) -> None:
    async def working(wire: Wire) -> None:
        await wire.log_in({"connection.recv_timeout_seconds": 1})
        await wire.expect(RUN, PULL)
        for _ in range(5):
            await asyncio.sleep(0.3)
            await wire.write(ALIVE)
        await wire.answer(7)
        await wire.answers()

    found, server = played(way, run, working)
    assert found == [7]
    assert len(server.seen) == 1


CODES: dict[str, tuple[type[QuestionError], int]] = {
    "Neo.ClientError.Statement.SyntaxError": (Internal, 1),
    "Neo.ClientError.Statement.ArithmeticError": (Internal, 1),
    "Neo.ClientError.Statement.AccessMode": (Internal, 1),
    "Neo.ClientError.Statement.TypeError": (Internal, 1),
    "Neo.ClientError.Schema.ConstraintValidationFailed": (Internal, 1),
    "Neo.ClientError.Security.Forbidden": (Unavailable, 1),
    "Neo.ClientError.Security.Unauthorized": (Unavailable, 1),
    "Neo.ClientError.Security.TokenExpired": (Unavailable, 1),
    "Neo.ClientError.Security.AuthorizationExpired": (Unavailable, TRIES),
    "Neo.ClientError.Database.DatabaseNotFound": (Unavailable, 1),
    "Neo.ClientError.Transaction.TransactionTimedOut": (TimedOut, 1),
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": (TimedOut, 1),
    "Neo.TransientError.Transaction.Terminated": (TimedOut, 1),
    "Neo.TransientError.Transaction.LockClientStopped": (TimedOut, 1),
    "Neo.TransientError.Transaction.DeadlockDetected": (Unavailable, TRIES),
    "Neo.TransientError.General.DatabaseUnavailable": (Unavailable, TRIES),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (TimedOut, 1),
    "Neo.ClientError.Cluster.NotALeader": (Unavailable, TRIES),
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": (Unavailable, TRIES),
    "Neo.DatabaseError.General.UnknownError": (Internal, 1),
    "Neo.DatabaseError.Statement.ExecutionFailed": (Internal, 1),
    "Neo.DatabaseError.Transaction.TransactionStartFailed": (Unavailable, 1),
    "Neo.DatabaseError.Database.UnableToStartDatabase": (Unavailable, 1),
    "no code at all": (Internal, 1),
}


@pytest.mark.parametrize("version", [(5, 4), (5, 8)])
def test_each_code_is_told_and_tried_again_as_it_was(way: Way, run: Run, version: tuple[int, int]) -> None:
    async def outcome(code: str) -> tuple[type[QuestionError], int]:
        async def fails(wire: Wire) -> None:
            wire.version = version
            await wire.log_in()
            while (kind := await wire.next()) in (RUN, PULL, RESET, LOGON, 0x6B):
                if kind == RUN:
                    await wire.failure(code)
                elif kind == PULL:
                    await wire.ignored()
                else:
                    await wire.success({})

        async with playing(fails) as server, way.reader(server.address) as reader:
            return await asked(reader), server.count(RUN)

    async def work() -> dict[str, Any]:
        outcomes = await asyncio.gather(*map(outcome, CODES))
        return dict(zip(CODES, outcomes, strict=True))

    assert run(work) == CODES


@pytest.mark.parametrize("where", ["before the record", "after the record"])
def test_a_connection_is_used_again_after_a_failure(way: Way, run: Run, where: str) -> None:
    async def fails_once(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        await wire.success({"fields": ["x"], "t_first": 1})
        if where == "after the record":
            await wire.write(message(RECORD, [5]))
        await wire.failure("Neo.TransientError.Transaction.DeadlockDetected")
        await wire.expect(RESET)
        await wire.success({})
        await wire.answers(2)

    found, server = played(way, run, fails_once, times=2)
    assert found == [2, 2]
    assert len(server.seen) == 1


def test_an_expired_login_is_made_anew(way: Way, run: Run) -> None:
    async def expires(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        await wire.failure("Neo.ClientError.Security.AuthorizationExpired")
        await wire.ignored()
        await wire.expect(RESET)
        await wire.success({})
        await wire.answers(3)

    found, server = played(way, run, expires, answering, times=2)
    assert found[0] in (1, 3)
    assert server.count(LOGON) >= 2


@pytest.mark.parametrize("refused", [HELLO, LOGON])
def test_a_refused_login_is_unavailable_and_tried_once(way: Way, run: Run, refused: int) -> None:
    async def refuses(wire: Wire) -> None:
        await wire.greet()
        await wire.expect(HELLO)
        if refused == LOGON:
            await wire.success({"server": "Neo4j/5.26.0", "connection_id": "bolt-1"})
            await wire.expect(LOGON)
        await wire.failure("Neo.ClientError.Security.Unauthorized")
        wire.cut()

    found, server = played(way, run, refuses)
    assert found == [Unavailable]
    assert len(server.seen) == 1


def test_a_slow_network_changes_nothing(way: Way, run: Run) -> None:
    value = {"a": [1, 2.5, None, "ü" * 500], "b": {"c": True}}

    async def slow(wire: Wire) -> None:
        await wire.log_in()
        wire.slowly = True
        await wire.answers(value)

    assert played(way, run, slow, times=2)[0] == [value, value]


@pytest.mark.parametrize("answer", [b"\0\0\0\0", b"\0\0\x09\x09", b"HTTP", b"\0\0\0\x03"])
def test_a_server_of_another_version_is_unavailable(way: Way, run: Run, answer: bytes) -> None:
    async def other(wire: Wire) -> None:
        await wire.greet(answer)
        await wire.rest()

    assert played(way, run, other)[0] == [Unavailable]


def test_a_refused_connection_is_unavailable(way: Way, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]

    async def work() -> Any:
        async with way.reader(Address(f"bolt://127.0.0.1:{port}", "neo4j", "x")) as reader:
            return await asked(reader)

    assert run(work) is Unavailable


def test_a_cancelled_question_ends_its_connection_and_leaves_the_others(way: Way, run: Run) -> None:
    begun = asyncio.Event()

    async def working(wire: Wire) -> None:
        await wire.log_in()
        await wire.expect(RUN, PULL)
        await wire.success({"fields": ["x"]})
        begun.set()
        await wire.next()

    async def work() -> Any:
        async with playing(working, answering) as server, way.reader(server.address, connections=1) as reader:
            task = asyncio.create_task(asked(reader))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(server.gone.wait(), 2)
            return await asked(reader)

    assert run(work) == 1


@pytest.mark.parametrize("records", [0, 2])
def test_a_statement_that_returns_not_one_record_is_our_mistake(way: Way, run: Run, records: int) -> None:
    async def other(wire: Wire) -> None:
        await wire.log_in()
        for _ in range(2):
            await wire.expect(RUN, PULL)
            await wire.success({"fields": ["x"]})
            for _ in range(records):
                await wire.write(message(RECORD, [1]))
            await wire.success({"type": "r"})

    async def work() -> None:
        async with playing(other) as server, way.reader(server.address) as reader:
            with pytest.raises(ValueError, match="values to unpack"):
                await asked(reader)

    run(work)
