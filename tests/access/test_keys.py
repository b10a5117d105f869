"""Keys and grants on a running server: what they open, and that their removal stops the next request on every transport."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from app.http.api import Service
from app.start.settings import Profile
from app.viewers.administration import Administration, Refused, Wanted
from graph.access.api_keys import ApiKey, Scope
from graph.access.grants import Role
from graph.bolt.connect import Address
from graph.bolt.profile import profile
from graph.cypher.fragments import Fragment
from graph.cypher.grants import READ_KEY
from graph.cypher.statement import Statement
from graph.facts.write import Stamp
from schema.model import model
from tests.conftest import SECRET
from tests.events.conftest import log
from tests.events.log import LESSON, Log
from tests.events.subscribed import OVER, Ended, Over, facts, over_socket, state, waits
from tests.http.conftest import TOKEN
from tests.http.running import Running, started
from tests.kit.writer import BlockingWriter

__all__ = ["log"]

SEATTLE, LIMA = "city/us-wa-seattle", "city/pe-lma-lima"
FORGET = Fragment(
    "MATCH (n) WHERE n:_Grant OR n:_Key OR n.id IN ['visit/key-amber', 'visit/key-red', 'visit/key-green'] "
    "OR n:_Load AND n.file = 'key.jsonl' OR n:_Audience AND n.audience CONTAINS 'pe-lma-lima' DETACH DELETE n"
)
ROWS = (
    '{"label": "Visit", "id": "visit/key-%s", "title": "V", "kind": "MISSION", "status": "HELD", '
    '"confidence": "SYNTHETIC", "marking": "%s"%s}\n'
)
HELD = f', "holders": ["{LIMA}"]'
SEEN = '{ nodes(ids: ["visit/key-green", "visit/key-amber", "visit/key-red"]) { id } }'
OPEN = "{ __typename }"
FORBIDDEN = 4403


@dataclass
class Desk:
    """An administration that waits for its results, with a clock of its own."""

    writer: BlockingWriter
    time: datetime

    @property
    def desk(self) -> Administration:
        return Administration(self.writer.writer, model(), lambda: self.time)

    def grant(self, role: Role, city: str = LIMA, actor: str = "anna") -> str:
        return self.writer.runner.run(self.desk.grant(Wanted(actor, role, city))).grant.id

    def remove(self, grant: str) -> None:
        self.writer.runner.run(self.desk.remove(grant))

    def issue(self, scope: Scope | None = None, owner: str = "anna") -> tuple[ApiKey, str]:
        key, text = self.writer.runner.run(self.desk.draft(owner, scope or Scope()))
        self.writer.runner.run(self.desk.store(key))
        return key, text

    def revoke(self, key: ApiKey) -> None:
        self.writer.runner.run(self.desk.revoke(key.id))


@pytest.fixture
def desk(seeded: BlockingWriter, tmp_path: Path) -> Iterator[Desk]:
    """Three facts, GREEN, AMBER and RED for Lima, and an administration. All is forgotten afterwards."""
    path = tmp_path / "key.jsonl"
    path.write_text(ROWS % ("green", "GREEN", "") + ROWS % ("amber", "AMBER", HELD) + ROWS % ("red", "RED", HELD))
    (report,) = seeded.load([path], Stamp(SECRET, datetime(2026, 2, 1, tzinfo=UTC)))
    assert (report.diff.created, report.diff.problems) == (3, ())
    yield Desk(seeded, datetime.now(UTC))
    seeded.unit(lambda unit: unit.run(FORGET))


@pytest.fixture
def server(running: Callable[..., Running], desk: Desk) -> Running:
    """A hardened server that knows the audiences of the facts."""
    started = running(profile=Profile.HARDENED)
    started.server.config.app.state.graphql.app.viewing.viewers.learn(  # type: ignore[union-attr]  # our application
        [f"2:{LIMA.removeprefix('city/')}", f"3:{LIMA.removeprefix('city/')}"]
    )
    return started


def header(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def seen(server: Running, text: str | None) -> list[str]:
    """Return the markings of the facts that a viewer sees."""
    answer = server.ask(SEEN, headers=header(text) if text else {})
    assert answer.status_code == 200, answer.text
    return [node["id"].removeprefix("visit/key-") for node in answer.json()["data"]["nodes"] if node]


def refused(server: Running, text: str) -> tuple[int, str]:
    answer = server.ask(OPEN, headers=header(text))
    assert answer.headers.get("www-authenticate") == "Bearer"
    return answer.status_code, answer.text


def test_each_role_opens_its_facts_and_a_removed_grant_stops_the_next_request(desk: Desk, server: Running) -> None:
    member = desk.grant(Role.MEMBER)
    _, text = desk.issue(Scope(red=True))
    assert seen(server, None) == []
    assert seen(server, text) == ["green", "amber"]
    steward = desk.grant(Role.STEWARD)
    assert seen(server, text) == ["green", "amber", "red"]
    desk.remove(steward)
    assert seen(server, text) == ["green", "amber"]
    elsewhere = desk.grant(Role.STEWARD, SEATTLE)
    desk.remove(member)
    assert seen(server, text) == ["green"]
    desk.remove(elsewhere)
    assert seen(server, text) == []
    assert desk.grant(Role.MEMBER) == member, "a grant has one id, however often it is given"
    assert seen(server, text) == ["green", "amber"]


def test_red_needs_the_flag_of_the_key_and_a_scope_ends_at_its_cities(desk: Desk, server: Running) -> None:
    desk.grant(Role.STEWARD)
    desk.grant(Role.STEWARD, SEATTLE)
    assert seen(server, desk.issue()[1]) == ["green", "amber"]
    assert seen(server, desk.issue(Scope(red=True))[1]) == ["green", "amber", "red"]
    assert seen(server, desk.issue(Scope(frozenset({LIMA}), red=True))[1]) == ["green", "amber", "red"]
    assert seen(server, desk.issue(Scope(frozenset({SEATTLE}), red=True))[1]) == ["green"]


@pytest.mark.parametrize("over", OVER.values(), ids=OVER)
def test_a_removed_grant_and_a_revoked_key_stop_a_subscription(
    desk: Desk, server: Running, log: Log, over: Over
) -> None:
    grant = desk.grant(Role.MEMBER)
    key, text = desk.issue()
    amber = {"marking": "AMBER", "holders": [LIMA]}
    with over(server, token=text) as subscribed:
        waits(server)
        log.put({**LESSON, **amber})
        assert facts(subscribed, 1) == ["lesson/log-1"]
        waits(server)
        desk.remove(grant)
        log.put({**LESSON, "id": "lesson/log-2", **amber})
        log.put({**LESSON, "id": "lesson/log-3"})
        assert facts(subscribed, 1) == ["lesson/log-3"]
        waits(server)
        desk.revoke(key)
        log.put({**LESSON, "id": "lesson/log-4"})
        with pytest.raises(Ended) as ended:
            subscribed.next()
    assert ended.value.args[0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_followers_with_one_key_share_a_look_up(
    desk: Desk, server: Running, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.following.BEAT", 60.0)
    desk.grant(Role.MEMBER)
    _, text = desk.issue()
    viewing, looks = state(server).events.viewing, list[object]()
    viewer = viewing.viewers.viewer

    async def counted(authorization: str | None) -> object:
        looks.append(authorization)
        return await viewer(authorization)

    with ExitStack() as stack:
        every = [stack.enter_context(over_socket(server, token=text)) for _ in range(10)]
        waits(server, 10)
        monkeypatch.setattr(viewing.viewers, "viewer", counted)
        log.put(LESSON)
        assert [facts(each, 1) for each in every] == [["lesson/log-1"]] * 10
        assert looks == [f"Bearer {text}"]


def test_a_revoked_an_expired_an_unknown_and_a_malformed_key_get_one_answer(desk: Desk, server: Running) -> None:
    desk.grant(Role.MEMBER)
    key, text = desk.issue()
    assert seen(server, text) == ["green", "amber"]
    desk.revoke(key)
    answers = {refused(server, given) for given in (text, "cg_0123456789ab_" + "a" * 43, text[:-1], "x")}
    desk.time -= timedelta(days=90)
    answers.add(refused(server, desk.issue()[1]))
    assert [status for status, _ in answers] == [401]
    (body,) = (json.loads(text) for _, text in answers)
    assert body["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@contextmanager
def opened(server: Running, text: str) -> Iterator[ClientConnection]:
    with server.websocket() as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": header(text)}))
        assert json.loads(socket.recv(timeout=20)) == {"type": "connection_ack"}
        yield socket


def over(socket: ClientConnection, query: str = SEEN) -> dict[str, Any]:
    """Run an operation on an open connection."""
    socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
    answer: dict[str, Any] = json.loads(socket.recv(timeout=20))
    if answer["type"] == "next":
        assert json.loads(socket.recv(timeout=20)) == {"id": "1", "type": "complete"}
    return answer


def test_an_open_websocket_gets_what_the_grants_say_at_each_operation(desk: Desk, server: Running) -> None:
    grant = desk.grant(Role.MEMBER)
    key, text = desk.issue()
    with opened(server, text) as socket:
        nodes = over(socket)["payload"]["data"]["nodes"]
        assert [node and node["id"] for node in nodes] == ["visit/key-green", "visit/key-amber", None]
        desk.remove(grant)
        assert over(socket)["payload"]["data"]["nodes"] == [None, None, None]
        desk.revoke(key)
        refusal = over(socket)
        assert (refusal["type"], refusal["payload"][0]["extensions"]) == ("error", {"code": "UNAUTHENTICATED"})


def test_a_websocket_with_a_key_that_does_not_hold_is_refused(desk: Desk, server: Running) -> None:
    desk.grant(Role.MEMBER)
    key, text = desk.issue()
    desk.revoke(key)
    for payload in ({"apiKey": text}, header(text)):
        assert closed(server, payload) == FORBIDDEN


def closed(server: Running, payload: dict[str, str]) -> int:
    """Connect with a payload; return the code with which the connection is closed, 0 if it is accepted."""
    with server.websocket() as socket:
        socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        try:
            assert json.loads(socket.recv(timeout=20)) == {"type": "connection_ack"}
        except ConnectionClosed as ended:
            return ended.rcvd.code if ended.rcvd else 0
    return 0


def test_a_first_message_costs_at_most_four_looks(desk: Desk, server: Running) -> None:
    desk.grant(Role.MEMBER)
    _, text = desk.issue()
    words = ("Bearer", "bearer", "BEARER", "bEARER", "beARER")
    payload = {f"{'-' * number}authorization": f"{word} {text}" for number, word in enumerate(words)}
    assert closed(server, payload) == FORBIDDEN
    payload.popitem()
    assert closed(server, payload) == 0


def test_without_the_database_a_key_gets_unavailable_and_everybody_is_answered(
    make_service: Callable[..., Service],
) -> None:
    away = replace(make_service(), address=Address("bolt://127.0.0.1:9", "neo4j", "x"))
    text = "cg_0123456789ab_" + "a" * 43
    with started(away) as server:
        refusal = server.ask(OPEN, headers=header(text))
        assert (refusal.status_code, refusal.headers["retry-after"]) == (503, "1")
        assert refusal.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        with opened(server, text) as socket:
            answer = over(socket, OPEN)
            assert (answer["type"], answer["payload"][0]["extensions"]) == ("error", {"code": "UNAVAILABLE"})
        for headers in ({}, header(TOKEN)):
            assert server.ask(OPEN, headers=headers).json() == {"data": {"__typename": "Query"}}


def test_only_the_hash_is_stored(desk: Desk, server: Running) -> None:
    desk.grant(Role.MEMBER)
    key, text = desk.issue()
    assert seen(server, text) == ["green", "amber"]
    whole = Fragment("MATCH (n) RETURN properties(n) AS held UNION ALL MATCH ()-[r]->() RETURN properties(r) AS held")
    held = json.dumps([record["held"] for record in desk.writer.read(whole)], default=str)
    assert key.digest in held
    assert text not in held
    assert text.rpartition(f"{key.id}_")[2] not in held


def test_everybody_and_the_local_steward_cost_no_look(
    desk: Desk, running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def never(*_: Any) -> None:
        asked.append("x")

    monkeypatch.setattr("app.viewers.stored.StoredKeys.viewer", never)
    server = running()
    assert server.ask(OPEN).status_code == 200
    assert server.ask(OPEN, headers=header(TOKEN)).status_code == 200
    assert asked == []
    assert server.ask(OPEN, headers=header("cg_0123456789ab_" + "a" * 43)).status_code == 401
    assert asked == ["x"]


def test_the_look_reads_two_indexes_and_the_grants_of_one_owner(desk: Desk, address: Address) -> None:
    for actor in ("anna", "bo", "cy"):
        desk.grant(Role.MEMBER, LIMA, actor)
        desk.grant(Role.EDITOR, SEATTLE, actor)
    key, _ = desk.issue()
    (record,) = desk.writer.read(READ_KEY, id=key.id)
    assert record["stored"]["key"]["owner"] == "anna"
    assert [grant["actor"] for grant in record["stored"]["grants"]] == ["anna", "anna"]
    assert desk.writer.read(READ_KEY, id="0") == [{"stored": {"key": None, "grants": []}}]
    shown = profile(address, Statement(READ_KEY.text), {"q": {"id": key.id}}, 10)
    assert "NodeByLabelScan" not in shown
    assert "_Key(id)" in shown
    assert "_Grant(actor)" in shown


def test_nobody_gives_a_grant_to_himself(desk: Desk) -> None:
    wanted = Wanted("anna", Role.STEWARD, LIMA)
    with pytest.raises(Refused, match="anna cannot give a grant to himself"):
        desk.writer.runner.run(desk.desk.grant(wanted, by="anna"))
    assert desk.writer.runner.run(desk.desk.grants()) == []
    made = desk.writer.runner.run(desk.desk.grant(wanted, by="bo"))
    assert (made.grant.by, made.is_new) == ("bo", True)


@pytest.mark.parametrize("actor", ["", "steward", "operator", "load", "key/1", "two words", "ä", "x" * 201])
def test_names_that_mean_something_else_get_no_grant(desk: Desk, actor: str) -> None:
    with pytest.raises(Refused, match="is no name of an actor"):
        desk.grant(Role.MEMBER, LIMA, actor)
