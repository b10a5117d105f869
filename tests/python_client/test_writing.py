"""Mutations: each is stored once, also if its answer was lost."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from citygraph_client import AnswerLost, BadDocument
from graph.cypher.fragments import Fragment
from tests.events.log import SOURCE
from tests.http.conftest import TOKEN
from tests.kit.writer import BlockingWriter
from tests.python_client.conftest import Connect
from tests.python_client.proxy import Proxy

COUNT = Fragment("MATCH (n:Topic) WHERE n.name STARTS WITH 'Topic of the client' RETURN n.name AS name ORDER BY name")
FORGET = Fragment("MATCH (n:Topic) WHERE n.name STARTS WITH 'Topic of the client' DETACH DELETE n")
ROW = '{name: "Topic of the client %s", confidence: VERIFIED, sources: ["' + SOURCE + '"]}'
ONE = f"mutation {{ upsertTopics(rows: [{ROW % 1}]) {{ created nodes {{ id }} }} }}"
TWO = f"""mutation Two($partial: Boolean) {{
  a: upsertTopics(rows: [{ROW % 1}], partial: $partial) {{ created }}
  b: upsertTopics(rows: [{ROW % 2}]) {{ created }}
}}"""


@pytest.fixture
def stored(seeded: BlockingWriter) -> Iterator[Any]:
    """Return the names of the topics that were written; they are deleted afterwards."""
    yield lambda: [record["name"] for record in seeded.read(COUNT)]
    seeded.read(FORGET)


def test_a_mutation_is_stored_once_though_its_answer_was_lost(connect: Connect, proxy: Proxy, stored: Any) -> None:
    """A row without a key creates a topic each time."""
    proxy.lose = 2
    assert connect(proxy.port, TOKEN).mutate(ONE)["upsertTopics"]["created"] == 1
    assert proxy.lose == 0
    assert stored() == ["Topic of the client 1"]


def test_each_field_has_a_request_of_its_own(connect: Connect, proxy: Proxy, stored: Any) -> None:
    proxy.lose = 1
    assert connect(proxy.port, TOKEN).mutate(TWO, {"partial": True}) == {"a": {"created": 1}, "b": {"created": 1}}
    assert stored() == ["Topic of the client 1", "Topic of the client 2"]


def test_a_request_id_of_the_caller_repeats_the_first_answer(client: Any, stored: Any) -> None:
    text = ONE.replace("mutation", "mutation ($requestId: ID)").replace("])", "], requestId: $requestId)")
    id_ = str(uuid4())
    first = client.mutate(text, {"requestId": id_})
    assert client.mutate(text, {"requestId": id_}) == first
    assert client.mutate(text) != first
    assert stored() == ["Topic of the client 1"] * 2


def test_the_first_answer_comes_again_whatever_others_did_since(
    connect: Connect, proxy: Proxy, stored: Any, seeded: BlockingWriter
) -> None:
    """The connection is cut after the commit, and another deletes the topic before the mutation is sent again."""
    seen: list[list[str]] = []

    def deleted() -> None:
        seen.append(stored())
        seeded.read(FORGET)

    proxy.lose, proxy.lost = 1, deleted
    answer = connect(proxy.port, TOKEN).mutate(ONE)["upsertTopics"]
    assert seen == [["Topic of the client 1"]]
    assert (answer["created"], len(answer["nodes"]), proxy.connections) == (1, 1, 2)
    assert stored() == []


@pytest.mark.parametrize("part", [1, 40, 200])
def test_a_part_of_an_answer_is_none(connect: Connect, proxy: Proxy, stored: Any, part: int) -> None:
    proxy.lose, proxy.part = 2, part
    assert connect(proxy.port, TOKEN).mutate(ONE)["upsertTopics"]["created"] == 1
    assert proxy.lose == 0
    assert stored() == ["Topic of the client 1"]


def test_a_connection_that_is_cut_while_the_server_writes(connect: Connect, proxy: Proxy, stored: Any) -> None:
    """The mutation is sent again while the first one may still be under way."""
    proxy.hasty = 3
    answer = connect(proxy.port, TOKEN).mutate(ONE)["upsertTopics"]
    assert (answer["created"], len(answer["nodes"]), proxy.connections) == (1, 1, 4)
    assert stored() == ["Topic of the client 1"]


def test_a_variable_of_another_name_gets_a_request_id(connect: Connect, proxy: Proxy, stored: Any) -> None:
    text = ONE.replace("mutation", "mutation ($once: ID)").replace("])", "], requestId: $once)")
    proxy.lose = 1
    assert connect(proxy.port, TOKEN).mutate(text)["upsertTopics"]["created"] == 1
    assert stored() == ["Topic of the client 1"]


def test_a_field_that_refuses_a_request_id_is_sent_once(connect: Connect, proxy: Proxy, stored: Any) -> None:
    proxy.lose = 1
    with pytest.raises(AnswerLost):
        connect(proxy.port, TOKEN).mutate(ONE.replace("])", "], requestId: null)"))
    assert stored() == ["Topic of the client 1"]


def test_what_cannot_be_repeated_is_sent_once(connect: Connect, proxy: Proxy, stored: Any) -> None:
    proxy.lose = 1
    with pytest.raises(AnswerLost):
        connect(proxy.port, TOKEN).mutate(ONE, repeatable=False)
    assert proxy.connections == 1


def test_a_question_is_no_mutation(client: Any) -> None:
    with pytest.raises(BadDocument, match="A mutation is needed, and this is a query"):
        client.mutate("{ __typename }")
