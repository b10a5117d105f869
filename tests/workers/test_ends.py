"""Ends of workers and of the whole server: what is lost, what is not, and what is left."""

import json
import os
import random
import signal
import socket
import threading
import time
from contextlib import ExitStack

import psutil

from app.start.temporary import PREFIX, remove_left
from tests.kit.slow import SLOW
from tests.recovery.test_shutdown import Client, answer, head
from tests.recovery.test_shutdown import Served as Recovered
from tests.workers.conftest import COUNT
from tests.workers.running import Served, until

CLIENTS = 8


def under_load(served: Served, seconds: float) -> tuple[list[Client], list[threading.Thread]]:
    """Let clients ask one question after the other, each on a connection that it keeps."""
    target = Recovered(served.port, served.process, served.folder / "serve.log")
    clients = [Client(target, random.Random(seed)) for seed in range(CLIENTS)]
    ends = time.monotonic() + seconds
    threads = [threading.Thread(target=client.run, args=(ends,)) for client in clients]
    for thread in threads:
        thread.start()
    until(lambda: all(client.answered > 2 for client in clients), "all clients are answered", seconds)
    return clients, threads


def test_a_killed_worker_loses_only_its_own_connections_and_is_replaced(lasting: Served) -> None:
    clients, threads = under_load(lasting, 5)
    killed, other = lasting.workers
    lost = len(lasting.connections(killed))
    os.kill(killed, signal.SIGKILL)
    until(lambda: len(lasting.workers) == COUNT and killed not in lasting.workers, "the worker is replaced", 5)
    before = sum(client.answered for client in clients)
    for thread in threads:
        thread.join(30)
    assert lost == CLIENTS // COUNT
    # A client ends when it has lost a question. A connection that was idle just then loses none, and its end is seen later.
    assert len([client for client in clients if client.lost]) == sum(len(client.lost) for client in clients) == lost
    assert sum(client.answered for client in clients) > before
    assert other in lasting.workers
    (line,) = [json.loads(line) for line in lasting.log.splitlines() if "is replaced" in line]
    assert {name: line[name] for name in ("worker", "ended", "lost_connections")} == {
        "worker": 1,
        "ended": "by signal 9",
        "lost_connections": lost,
    }
    new = next(pid for pid in lasting.workers if pid != other)
    with lasting.connected(new) as connection:
        connection.request("GET", "/readyz")
        assert connection.getresponse().status == 200


def test_a_worker_that_is_told_to_stop_loses_no_question_and_is_replaced(lasting: Served) -> None:
    clients, threads = under_load(lasting, 5)
    told = lasting.workers[0]
    stop(lasting, told)
    for thread in threads:
        thread.join(40)
    assert [lost for client in clients for lost in client.lost] == []
    assert not any(client.refused for client in clients)
    until(lambda: len(lasting.workers) == COUNT and told not in lasting.workers, "the worker is replaced", 15)


def test_a_server_that_is_told_to_stop_loses_no_question(ending: Served) -> None:
    clients, threads = under_load(ending, 20)
    stop(ending, ending.process.pid)
    for thread in threads:
        thread.join(40)
    assert [lost for client in clients for lost in client.lost] == []
    assert "Traceback" not in ending.log
    assert ending.process.wait(30) in (0, -signal.SIGTERM)
    assert all(client.announced for client in clients)
    assert all(client.refused for client in clients)


def stop(served: Served, pid: int) -> None:
    """Tell a process to stop while a question runs, which gets its answer."""
    slow = json.dumps({"query": SLOW}).encode()
    with ExitStack() as stack:
        # One for each worker, because which one takes which is not told.
        every = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port), 20)) for _ in range(COUNT)]
        for each in every:
            each.sendall(head(slow) + slow)
        time.sleep(0.3)
        os.kill(pid, signal.SIGTERM)
        for each in every:
            found = answer(each)
            assert (found.status, json.load(found)["errors"][0]["extensions"]["code"]) == (504, "TIMEOUT")


def test_nothing_is_left_of_a_server_that_was_killed(ending: Served) -> None:
    clients, threads = under_load(ending, 20)
    workers = [psutil.Process(pid) for pid in ending.workers]
    (temporary,) = ending.folder.glob(f"{PREFIX}*")
    ending.process.kill()
    ending.process.wait(10)
    assert psutil.wait_procs(workers, timeout=10)[1] == []
    for thread in threads:
        thread.join(30)
    assert [lost for client in clients for lost in client.lost] == []
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", ending.port))
    remove_left(ending.folder)
    assert not temporary.exists()
