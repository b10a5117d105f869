"""GraphQL over WebSocket: the answers of HTTP, with every limit, for the viewer of the connection."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import strawberry
from strawberry.permission import BasePermission
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from app.http.sockets import OPERATIONS, check_fields
from graph.cypher.fragments import Fragment
from schema.derived.graphql.build import schema
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.http.test_bad_input import CASES, VARIABLES
from tests.kit.slow import SLOW
from tests.kit.writer import BlockingWriter

NAMES = "{ people(first: 1) { nodes { name } } }"
ROSTERS = '{ rosters(where: {name: {startsWith: "Leaders"}}) { totalCount } }'
RUNNING = Fragment("SHOW TRANSACTIONS YIELD metaData RETURN metaData.operation AS operation")

Start = Callable[..., Running]


@contextmanager
def connected(server: Running, payload: Any = None, **given: Any) -> Iterator[ClientConnection]:
    """A connection that is acknowledged."""
    with server.websocket(**given) as socket:
        first = {"type": "connection_init"} | ({} if payload is None else {"payload": payload})
        socket.send(json.dumps(first))
        assert read(socket) == {"type": "connection_ack"}
        yield socket


def read(socket: ClientConnection) -> Any:
    received = socket.recv(timeout=20)
    assert isinstance(received, str), "answers are text frames"
    return json.loads(received)


def subscribe(socket: ClientConnection, id_: str = "1", **payload: Any) -> None:
    socket.send(json.dumps({"type": "subscribe", "id": id_, "payload": payload}))


def answered(socket: ClientConnection, **payload: Any) -> Any:
    """Ask and return the first message; an answer is followed by its end."""
    subscribe(socket, **payload)
    found = read(socket)
    if found["type"] == "next":
        assert read(socket) == {"type": "complete", "id": "1"}
    return found


def codes(message: Any) -> set[str]:
    assert message["type"] == "error", message
    return {error["extensions"]["code"] for error in message["payload"]}


def test_a_query_has_the_answer_that_http_gives(running: Start) -> None:
    server = running()
    with connected(server) as socket:
        for query in (NAMES, '{ a: __type(name: "City") { kind } cities(first: 3) { totalCount nodes { id name } } }'):
            assert answered(socket, query=query)["payload"] == server.ask(query).json()
        both = "query A { __typename } query B($n: Int) { people(first: $n) { nodes { __typename } } }"
        found = answered(socket, query=both, operationName="B", variables={"n": 1})
        assert found["payload"]["data"] == {"people": {"nodes": [{"__typename": "Person"}]}}
        assert codes(answered(socket, query=both)) == {"BAD_USER_INPUT"}


def test_the_viewer_is_that_of_the_header_or_of_the_first_message(running: Start) -> None:
    server = running()
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    with connected(server) as socket:
        assert answered(socket, query=ROSTERS)["payload"]["data"]["rosters"]["totalCount"] == 0
    for given in ({"payload": bearer}, {"additional_headers": bearer}):
        with connected(server, **given) as socket:
            assert answered(socket, query=ROSTERS)["payload"]["data"]["rosters"]["totalCount"] == 1
    for null in ({"Authorization": bearer["Authorization"], "authorization": None}, {"authorization": None}):
        with connected(server, null, additional_headers=bearer) as socket:
            assert answered(socket, query=ROSTERS)["payload"]["data"]["rosters"]["totalCount"] == 1
    for payload in (
        {"authorization": "Bearer wrong"},
        {"Authorization": 7},
        {"Authorization": "Bearer wrong", "authorization": None},
        {"AUTHORIZATION": bearer["Authorization"], "authorization": "Bearer wrong"},
        {"authorization": bearer["Authorization"], "Authorization": "Bearer wrong"},
    ):
        with server.websocket() as socket:
            socket.send(json.dumps({"type": "connection_init", "payload": payload}))
            assert ended(socket) == 4403


@pytest.mark.parametrize(
    "payload",
    [
        {"headers": {"Authorization": f"Bearer {TOKEN}"}},
        {"headers": {"authorization": f"Bearer {TOKEN}"}, "authToken": None},
        {"authToken": TOKEN},
        {"authToken": f"Bearer {TOKEN}"},
        {"auth_token": TOKEN},
        {"token": TOKEN},
        {"accessToken": TOKEN},
    ],
    ids=json.dumps,
)
def test_a_token_is_taken_where_common_clients_put_it(shared: Running, payload: Any) -> None:
    with connected(shared, payload) as socket:
        assert answered(socket, query=ROSTERS)["payload"]["data"]["rosters"]["totalCount"] == 1


@pytest.mark.parametrize(
    "payload",
    [
        {"headers": {"Authorization": "Bearer wrong"}},
        {"headers": {"Authorization": TOKEN}},
        {"headers": {"Authorization": ["Bearer wrong"]}},
        {"headers": f"Authorization: Bearer {TOKEN}"},
        {"authToken": "wrong"},
        {"authToken": ""},
        {"authToken": 7},
        {"authToken": TOKEN, "headers": {"x-api-key": "wrong"}},
        {"jwt": "wrong"},
    ],
    ids=json.dumps,
)
def test_a_token_that_is_unknown_or_malformed_is_refused_wherever_it_is(shared: Running, payload: Any) -> None:
    with shared.websocket() as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert ended(socket) == 4403


def test_a_first_payload_without_a_token_is_anonymous(shared: Running) -> None:
    payloads: list[dict[str, Any]] = [
        {"headers": {}},
        {"headers": None, "authToken": None},
        {"client": "tests", "headers": {"x-id": "1"}},
    ]
    for payload in payloads:
        with connected(shared, payload) as socket:
            assert answered(socket, query=ROSTERS)["payload"]["data"]["rosters"]["totalCount"] == 0


def test_a_first_payload_of_null_is_absent(shared: Running) -> None:
    with shared.websocket() as socket:
        socket.send('{"type": "connection_init", "payload": null}')
        assert read(socket) == {"type": "connection_ack"}
        assert answered(socket, query="{ __typename }")["payload"] == {"data": {"__typename": "Query"}}


def ended(socket: ClientConnection) -> int | None:
    """Read until the server closes and return its code."""
    try:
        while True:
            socket.recv(timeout=20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@pytest.mark.parametrize("case", CASES)
def test_bad_documents_are_refused_as_over_http(shared: Running, case: str) -> None:
    document, code = CASES[case]
    if len(document) < 50_000:
        with connected(shared) as socket:
            assert codes(answered(socket, query=document)) == {code}
            assert answered(socket, query="{ __typename }")["payload"] == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("case", [case for case in VARIABLES if case != "surrogate"])
def test_bad_variables_are_refused_as_over_http(shared: Running, case: str) -> None:
    query, variables = VARIABLES[case]
    with connected(shared) as socket:
        assert codes(answered(socket, query=query, variables=variables)) == {"BAD_USER_INPUT"}


@pytest.fixture(scope="module")
def shared(make_service: Any) -> Iterator[Running]:
    from tests.http.running import started

    with started(make_service()) as server:
        yield server


def test_introspection_obeys_the_profile(running: Start) -> None:
    with connected(running(profile="hardened")) as socket:
        assert codes(answered(socket, query="{ __schema { queryType { name } } }")) == {"GRAPHQL_VALIDATION_FAILED"}


def test_the_limit_of_time_holds(running: Start) -> None:
    with connected(running(statement_seconds=0.3)) as socket:
        assert codes(answered(socket, query=SLOW)) == {"TIMEOUT"}


def test_limits_of_size_hold(running: Start) -> None:
    with connected(running(max_result=200, max_body=5_000)) as socket:
        assert codes(answered(socket, query="{ cities(first: 50) { nodes { id name } } }")) == {"PAYLOAD_TOO_LARGE"}
        subscribe(socket, query="{ __typename }" + " " * 5_000)
        assert ended(socket) == 1009


def test_questions_under_way_are_counted_over_both_transports(
    running: Start, seeded: BlockingWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.places.WAITING", 0)
    server = running(max_slow=1)
    with connected(server) as socket:
        subscribe(socket, "slow", query=SLOW)
        server.until(lambda: server.server.answering.queues.slow.taken == 1, "the statement is under way")
        assert server.ask(NAMES).status_code == 503
        assert codes(answered(socket, query=NAMES)) == {"UNAVAILABLE"}
        socket.send('{"type": "complete", "id": "slow"}')
        server.until(lambda: server.under_way == 0, "the statement is given up", 4)
        assert server.ask(NAMES).status_code == 200


@pytest.mark.parametrize("leave", ["complete", "close"])
def test_leaving_ends_the_statement(running: Start, seeded: BlockingWriter, leave: str) -> None:
    def slow() -> int:
        return sum(record["operation"] == "Slow" for record in seeded.read(RUNNING))

    server = running()
    with connected(server) as socket:
        subscribe(socket, query=SLOW)
        server.until(lambda: slow() == 1, "the statement is under way")
        begun = time.monotonic()
        if leave == "complete":
            socket.send('{"type": "complete", "id": "1"}')
        else:
            socket.close()
        server.until(lambda: slow() == 0, "the statement is ended", 5)
        assert time.monotonic() - begun < 5
    assert server.under_way == 0


def test_a_connection_has_only_so_many_operations(running: Start) -> None:
    with connected(running(statement_seconds=1)) as socket:
        for number in range(OPERATIONS + 1):
            subscribe(socket, str(number), query=SLOW)
        found = read(socket)
        assert (found["id"], codes(found)) == (str(OPERATIONS), {"UNAVAILABLE"})
        assert {read(socket)["id"] for _ in range(OPERATIONS)} == {str(number) for number in range(OPERATIONS)}


def test_there_are_only_so_many_connections(running: Start) -> None:
    server = running(max_sockets=1)
    with connected(server):
        with pytest.raises(InvalidStatus) as refused, server.websocket():
            pass
        assert refused.value.response.status_code == 503
        assert refused.value.response.headers["retry-after"] == "1"
    server.until(lambda: bool(connects(server)), "the place is free again")


def connects(server: Running) -> bool:
    try:
        with connected(server):
            return True
    except InvalidStatus:
        return False


def test_a_connection_that_does_not_begin_is_closed(running: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.sockets.INIT_SECONDS", 0.2)
    with running().websocket() as socket:
        assert ended(socket) == 4408


MALFORMED: dict[str, tuple[str | bytes, int]] = {
    "no JSON": ("{", 4400),
    "no object": ("[1]", 4400),
    "a text": ('"subscribe"', 4400),
    "nested": ("[" * 5_000, 4400),
    "no type": ("{}", 4400),
    "long unknown type": (json.dumps({"type": "é" * 5_000}), 4400),
    "id of another type": ('{"type": "complete", "id": [1]}', 4400),
    "no id": ('{"type": "subscribe", "payload": {"query": "{ __typename }"}}', 4400),
    "no payload": ('{"type": "subscribe", "id": "1"}', 4400),
    "second beginning": ('{"type": "connection_init"}', 4429),
    "binary": (b"{}", 4400),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_messages_close_the_connection(shared: Running, caplog: pytest.LogCaptureFixture, case: str) -> None:
    message, code = MALFORMED[case]
    with connected(shared) as socket:
        socket.send(message)
        assert ended(socket) == code
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("payload", [7, [], {}, {"query": 7}, {"query": "{ __typename }", "variables": []}])
def test_malformed_questions_are_refused(shared: Running, payload: Any) -> None:
    with connected(shared) as socket:
        socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
        assert codes(read(socket)) == {"BAD_USER_INPUT"}


def test_nothing_is_answered_before_the_beginning_and_other_protocols_are_refused(shared: Running) -> None:
    with shared.websocket() as socket:
        subscribe(socket, query=NAMES)
        assert ended(socket) == 4401
    with shared.websocket(subprotocols=["graphql-ws"]) as socket:
        assert ended(socket) == 4406
    with pytest.raises(InvalidStatus), shared.websocket(origin="https://elsewhere.example"):
        pass


def test_trusted_documents_are_asked_by_id(running: Start) -> None:
    server = running(trusted_only=True)
    with connected(server) as socket:
        for payload in ({"documentId": "who-says-so"}, {"query": "", "extensions": {"documentId": "who-says-so"}}):
            assert answered(socket, **payload)["payload"]["data"]["node"]["__typename"] == "Lesson"
        assert codes(answered(socket, query="{ __typename }")) == {"DOCUMENT_NOT_TRUSTED"}
        assert codes(answered(socket, documentId="nothing")) == {"DOCUMENT_NOT_TRUSTED"}


def test_a_field_that_asks_for_permission_stops_the_start() -> None:
    class Never(BasePermission):
        message = "never"

        def has_permission(self, *_: Any, **__: Any) -> bool:
            return False

    @strawberry.type
    class Query:
        secret: str = strawberry.field(permission_classes=[Never])

    check_fields(schema())
    with pytest.raises(TypeError, match=r"Query\.secret"):
        check_fields(strawberry.Schema(query=Query))


@pytest.mark.parametrize("parts", [1, 7_000])
def test_messages_that_are_read_together_are_all_answered(running: Start, parts: int) -> None:
    """Twelve messages of 18 KB, each in so many frames: a read of the server ends in the middle of frames and messages."""
    with connected(running()) as socket:
        for number in range(12):
            payload = {"query": f"{{ a{number}: __typename }}" + " " * 18_000}
            text = json.dumps({"type": "subscribe", "id": str(number), "payload": payload})
            step = len(text) // parts
            socket.send(text[at : at + step] for at in range(0, len(text), step))
        received = [read(socket) for _ in range(24)]
    answers = {each["id"]: each["payload"]["data"] for each in received if each["type"] == "next"}
    assert answers == {str(number): {f"a{number}": "Query"} for number in range(12)}
