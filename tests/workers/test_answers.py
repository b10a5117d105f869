"""What is asked of one worker after it was done by another: facts, events, webhooks, grants, cursors, repeated requests."""

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from graph.access.api_keys import Scope
from graph.access.grants import Role
from graph.bolt.connect import Address
from graph.cypher.fragments import Fragment
from tests.events.log import AMBER, LESSON, Log
from tests.kit.writer import BlockingWriter
from tests.webhooks.conftest import SEATTLE, Desk
from tests.webhooks.receiver import Receiver
from tests.workers.conftest import COUNT
from tests.workers.running import PATIENCE, Served, ask, bearer, serving, until

CITIES = "query ($after: String) { cities(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } }"
LESSONS = '{ nodes(ids: ["lesson/log-1"]) { id } }'
FACTS = "subscription { events { fact } }"
UPSERT = """mutation ($rows: [SourceInput!]!) {
  upsertSources(rows: $rows, requestId: "workers") { created problems { message } nodes { id } } }"""
ROW = {"title": "Minutes of workers", "confidence": "VERIFIED", "note": "workers"}
DRAFT = """mutation ($rows: [SourceInput!]!) { upsertSources(rows: $rows, draft: {}) { nodes { id } draft { id } } }"""
DRAFTS = "query ($id: ID!) { draft(id: $id) { state } drafts(state: OPEN) { nodes { id } } }"
ACCEPT = "mutation ($id: ID!) { acceptDraft(id: $id) { created facts draft { state } } }"
FORGET = Fragment(
    "MATCH (n) WHERE n.note = 'workers' OR n:_Draft OR n:_Request OR n:_Key OR n:_Grant OR n.id = 'lesson/log-1' DETACH DELETE n"
)


@pytest.fixture(autouse=True)
def forgotten(seeded: BlockingWriter) -> Iterator[None]:
    seeded.read(FORGET)
    yield
    seeded.read(FORGET)


def test_connections_are_shared_evenly_and_all_workers_answer(served: Served) -> None:
    until(lambda: numbers(served) == [0] * COUNT, "connections of before end")
    time.sleep(0.3)
    with ExitStack() as stack:
        opened = [stack.enter_context(closing(served.connection())) for _ in range(16)]
        # All at once: who is idle for five seconds is closed.
        with ThreadPoolExecutor(16) as pool:
            told = [json.dumps(each) for each in pool.map(lambda each: ask(each, CITIES), opened)]
        assert len(set(told)) == 1
        assert "city/" in told[0]
        assert numbers(served) == [16 // COUNT] * COUNT


def numbers(served: Served) -> list[int]:
    """Return the number of connections of each worker."""
    return [len(served.connections(pid)) for pid in served.workers]


def test_each_line_of_the_log_has_its_worker(served: Served) -> None:
    for pid in served.workers:
        assert served.ask(pid, "{ __typename }") == {"data": {"__typename": "Query"}}
    lines = [line for line in served.log.splitlines() if "/graphql" in line]
    assert {f"worker={number}" for number in (1, 2)} == {line.split()[-1] for line in lines}


def test_a_fact_written_by_one_is_read_by_the_other_and_told_to_its_streams(served: Served) -> None:
    one, two = served.workers
    with served.connected(two) as streamed, served.connected(two) as taken, served.connected(two) as sent:
        streamed.request("GET", "/events/stream?after=now", headers=bearer(served.token))
        stream = streamed.getresponse()
        sent.request("POST", "/graphql", json.dumps({"query": FACTS}), SSE | bearer(served.token))
        subscribed = sent.getresponse()
        with connect(f"ws://127.0.0.1:{served.port}/graphql", sock=taken.sock, **SOCKET) as socket:
            socket.send(json.dumps({"type": "connection_init", "payload": {"authorization": f"Bearer {served.token}"}}))
            socket.recv(timeout=PATIENCE)
            socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": FACTS}}))
            until(lambda: len(served.connections(two)) >= 3, "all are open")
            assert socket.ping().wait(PATIENCE)
            done = served.ask(one, UPSERT, served.token, rows=[ROW])["data"]["upsertSources"]
            assert done["problems"] == []
            (made,) = done["nodes"]
            got = json.loads(socket.recv(timeout=PATIENCE))
            assert got["payload"]["data"]["events"]["fact"] == made["id"]
        assert data(stream)["fact"] == made["id"]
        assert data(subscribed)["data"]["events"]["fact"] == made["id"]
        found = served.ask(two, "query ($id: ID!) { node(id: $id) { id } }", served.token, id=made["id"])
        assert found == {"data": {"node": made}}
        again = [served.ask(pid, UPSERT, served.token, rows=[ROW])["data"]["upsertSources"] for pid in (two, one)]
        assert again == [done, done]


def test_a_draft_of_one_is_accepted_by_the_other_once(served: Served) -> None:
    one, two = served.workers
    made = served.ask(one, DRAFT, served.token, rows=[ROW])["data"]["upsertSources"]
    assert made["nodes"] == [None]
    id_ = made["draft"]["id"]
    for pid in (two, one):
        assert served.ask(pid, DRAFTS, served.token, id=id_) == {
            "data": {"draft": {"state": "OPEN"}, "drafts": {"nodes": [{"id": id_}]}}
        }
    accepted = served.ask(two, ACCEPT, served.token, id=id_)["data"]["acceptDraft"]
    assert (accepted["created"], accepted["draft"]["state"]) == (1, "ACCEPTED")
    (fact,) = accepted["facts"]
    found = served.ask(one, "query ($id: ID!) { node(id: $id) { id } }", served.token, id=fact)
    assert found == {"data": {"node": {"id": fact}}}
    assert served.ask(one, DRAFTS, served.token, id=id_)["data"] == {
        "draft": {"state": "ACCEPTED"},
        "drafts": {"nodes": []},
    }
    again = served.ask(one, ACCEPT, served.token, id=id_)["data"]
    assert again != {"acceptDraft": accepted}


SSE = {"content-type": "application/json", "accept": "text/event-stream"}
SOCKET: Any = {"subprotocols": ["graphql-transport-ws"], "compression": None}


def data(stream: http.client.HTTPResponse) -> Any:
    """Return the next data of a stream."""
    for line in stream:
        if line.startswith(b"data: {"):
            return json.loads(line[6:])
    raise AssertionError("the stream ended")


def test_a_cursor_of_one_is_accepted_by_the_other(served: Served) -> None:
    one, two = served.workers
    page = served.ask(one, CITIES)["data"]["cities"]
    after = [served.ask(pid, CITIES, after=page["pageInfo"]["endCursor"]) for pid in (one, two)]
    assert after[0] == after[1]
    assert "errors" not in after[0]


def test_a_revoked_grant_and_key_stop_the_next_request_at_every_worker(served: Served, desk: Desk, log: Log) -> None:
    log.put({**LESSON, "marking": "AMBER", "holders": [SEATTLE]})
    grant = desk.grant(Role.MEMBER)
    key, text = desk.runner.run(desk.hooks.of.draft("anna", Scope()))
    desk.runner.run(desk.hooks.of.store(key))
    with served.connected(served.workers[0]) as one, served.connected(served.workers[1]) as two:

        def seen() -> list[Any]:
            return [ask(each, LESSONS, text).get("data", {}).get("nodes") for each in (one, two)]

        until(lambda: seen() == [[{"id": "lesson/log-1"}]] * 2, "the audience is known", 5)
        desk.revoke(grant)
        assert seen() == [[None]] * 2
        desk.runner.run(desk.hooks.of.revoke(key.id))
        codes = [ask(each, LESSONS, text)["errors"][0]["extensions"]["code"] for each in (one, two)]
        assert codes == ["UNAUTHENTICATED"] * 2


def test_facts_of_an_audience_that_another_process_added_are_seen_within_three_seconds(
    served: Served, log: Log
) -> None:
    log.put({**LESSON, **AMBER})
    for pid in served.workers:
        with served.connected(pid) as connection:
            until(partial(sees, connection, served.token), "the steward sees it", 4)


def sees(connection: http.client.HTTPConnection, token: str) -> bool:
    return bool(ask(connection, LESSONS, token)["data"]["nodes"] == [{"id": "lesson/log-1"}])


def test_a_webhook_gets_each_event_once(served: Served, desk: Desk, log: Log, receiver: Receiver) -> None:
    desk.add(receiver.url)
    log.put(LESSON)
    receiver.wait(1)
    receiver.stays(1, 1.5)
    assert receiver.facts == ["lesson/log-1"]


def test_messages_of_one_assistant_may_go_to_different_workers(served: Served) -> None:
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    told = []
    for worker, method, params in zip(
        [*served.workers, *served.workers],
        ["initialize", "tools/list", "tools/call", "tools/call"],
        [about, {}, *[{"name": "ask", "arguments": {"document": CITIES}}] * 2],
        strict=True,
    ):
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        with served.connected(worker) as connection:
            connection.request("POST", "/mcp", json.dumps(message), headers)
            told.append(json.load(connection.getresponse())["result"])
    assert told[0]["serverInfo"]["name"] == "citygraph"
    assert "ask" in [tool["name"] for tool in told[1]["tools"]]
    assert told[2] == told[3]
    assert not told[2].get("isError")


def test_a_port_that_is_taken_is_told_before_anything_starts(served: Served, address: Address, tmp_path: Path) -> None:
    with serving(address, tmp_path, "--workers", "2", CITYGRAPH_PORT=str(served.port)) as second:
        assert second.process.wait(60) == 1
        assert f"The server cannot listen on port {served.port} of 127.0.0.1" in second.log
    assert len(served.workers) == COUNT
