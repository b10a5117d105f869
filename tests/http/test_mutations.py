"""Mutations over HTTP: who may send them, and by which method."""

from collections.abc import Iterator

import pytest

from graph.cypher.fragments import Fragment
from tests.http.conftest import TOKEN, Client
from tests.http.test_sockets import Start, answered, connected
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n:Topic) WHERE n.name = 'A topic of this test' DETACH DELETE n")
WRITE = """mutation { upsertTopics(rows: [{name: "A topic of this test", confidence: VERIFIED, sources: ["%s"]}]) {
  created problems { message } nodes { name } } }"""
SOURCE = "{ sources(first: 1) { nodes { id } } }"
STEWARD = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def text(client: Client, seeded: BlockingWriter) -> Iterator[str]:
    """A mutation that cites a source of the seeds."""
    yield WRITE % client.ask(SOURCE).json()["data"]["sources"]["nodes"][0]["id"]
    seeded.read(FORGET)


def test_who_has_the_token_writes(client: Client, text: str) -> None:
    done = client.ask(text, headers=STEWARD)
    assert done.status_code == 200
    payload = {"created": 1, "problems": [], "nodes": [{"name": "A topic of this test"}]}
    assert done.json() == {"data": {"upsertTopics": payload}}


def test_nobody_else_does(client: Client, text: str) -> None:
    done = client.ask(text)
    assert (done.status_code, done.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")


def test_a_get_writes_nothing(client: Client, text: str) -> None:
    done = client.request("GET", "/graphql", params={"query": text}, headers=STEWARD | {"accept": "application/json"})
    assert (done.status_code, done.json()["errors"][0]["extensions"]["code"]) == (405, "BAD_USER_INPUT")
    assert client.ask('{ topics(where: {name: {eq: "A topic of this test"}}) { totalCount } }').json() == {
        "data": {"topics": {"totalCount": 0}}
    }


def test_a_writer_may_send_more_than_everybody(client: Client) -> None:
    rows = [{"name": f"T{at}", "note": "n" * 150, "confidence": "VERIFIED"} for at in range(1_000)]
    text = "mutation ($rows: [TopicInput!]!) { upsertTopics(rows: $rows) { created problems { code } } }"
    done = client.ask(text, variables={"rows": rows}, headers=STEWARD).json()["data"]["upsertTopics"]
    assert done == {"created": 0, "problems": [{"code": "MISSING"}] * 1_000}
    assert client.ask(text, variables={"rows": rows}).status_code == 413


def test_a_websocket_writes_with_the_token(client: Client, running: Start, text: str) -> None:
    with connected(running(), {"authToken": TOKEN}) as socket:
        payload = {"created": 1, "problems": [], "nodes": [{"name": "A topic of this test"}]}
        assert answered(socket, query=text)["payload"] == {"data": {"upsertTopics": payload}}


def test_a_draft_is_made_read_and_withdrawn(client: Client, seeded: BlockingWriter, text: str) -> None:
    before = client.ask('{ topics(where: {name: {eq: "A topic of this test"}}) { totalCount } }').json()
    suggest = text.replace("]) {", "], draft: {}) {", 1).replace("created", "created draft { id }")
    made = client.ask(suggest, headers=STEWARD).json()["data"]["upsertTopics"]
    assert (made["created"], made["nodes"]) == (1, [None])
    asked = "{ drafts { nodes { id state changes { action type } } } }"
    (shown,) = client.ask(asked, headers=STEWARD).json()["data"]["drafts"]["nodes"]
    assert shown == {"id": made["draft"]["id"], "state": "OPEN", "changes": [{"action": "CREATED", "type": "Topic"}]}
    nobody = client.ask(asked)
    assert (nobody.status_code, nobody.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert client.ask('{ topics(where: {name: {eq: "A topic of this test"}}) { totalCount } }').json() == before
    refused = client.ask(f'mutation {{ refuseDraft(id: "{shown["id"]}") {{ draft {{ state }} }} }}', headers=STEWARD)
    assert refused.json() == {"data": {"refuseDraft": {"draft": {"state": "REFUSED"}}}}
    seeded.read(Fragment("MATCH (d:_Draft) DELETE d"))
