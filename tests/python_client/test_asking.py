"""Questions and pages: data, errors with code and path, and every page once."""

from typing import Any
from uuid import uuid4

import pytest

from citygraph_client import (
    AnswerLost,
    BadDocument,
    GraphQLErrors,
    NotGraphQL,
    Retries,
    TooLarge,
    Unauthenticated,
    Word,
)
from citygraph_client.paging import Paging
from tests.clients.conftest import Rows
from tests.events.log import LESSON, Log
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.oracle.view import View, Viewer
from tests.kit.oracle.world import World
from tests.python_client.conftest import Connect
from tests.python_client.proxy import Proxy

PAGED = """query ($first: Int, $after: String, $where: VisitWhere) {
  found: visits(first: $first, after: $after, where: $where) {
    totalCount nodes { ...Shown } pageInfo { hasNextPage endCursor }
  }
}
fragment Shown on Visit { id title }"""


@pytest.fixture(scope="session")
def seen(world: World) -> Rows:
    return Rows(View(world, Viewer(), synthetic=True))


def test_a_question_gets_its_data(client: Any, server: Running) -> None:
    text, variables = "query ($id: ID!) { city(id: $id) { name } }", {"id": "city/us-wa-seattle"}
    assert client.query(text, variables) == server.ask(text, variables=variables).json()["data"]
    assert client.query("query A { __typename } query B { b: __typename }", operation="B") == {"b": "Query"}


def test_a_trusted_document_is_asked_by_its_id(client: Any, server: Running) -> None:
    plain = server.ask("", documentId="who-says-so", headers={"authorization": f"Bearer {TOKEN}"}).json()
    assert plain["data"]["node"]
    assert client.trusted("who-says-so") == plain["data"]


def test_pages_have_every_row_once(connect: Connect, server: Running, seen: Rows) -> None:
    client, every = connect(server.port), sorted(seen.all("Visit"))
    pages = list(client.pages("visits", "id", first=7))
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert [row["id"] for page in pages for row in page] == every
    assert client.query("{ visits { totalCount } }")["visits"]["totalCount"] == len(every)


def test_pages_have_arguments(client: Any) -> None:
    def titles(**given: Any) -> list[str]:
        return [row["title"] for page in client.pages("visits", "title", first=50, **given) for row in page]

    by_text = titles(where='{kind: {eq: STUDY_TOUR}, title: {contains: "a"}}', orderBy="[{title: DESC}]")
    by_value = titles(
        where={"kind": {"eq": Word("STUDY_TOUR")}, "title": {"contains": "a"}}, orderBy=[{"title": Word("DESC")}]
    )
    text = '{ visits(first: 100, where: {kind: {eq: STUDY_TOUR}, title: {contains: "a"}}, orderBy: [{title: DESC}]) '
    asked = client.query(text + "{ totalCount nodes { title } } }")["visits"]
    assert by_text == by_value
    assert by_text[:100] == [each["title"] for each in asked["nodes"]]
    assert len(by_text) == asked["totalCount"] > 1


def test_rows_of_a_document_are_those_of_all_pages(client: Any) -> None:
    rows = list(client.rows(PAGED, "found", {"first": 9}))
    total = client.query("{ visits { totalCount } }")["visits"]["totalCount"]
    assert len({row["id"] for row in rows}) == len(rows) == total
    after = client.query(PAGED, {"first": 9})["found"]["pageInfo"]["endCursor"]
    assert list(client.rows(PAGED, ["found"], {"first": 9, "after": after})) == rows[9:]


def test_rows_below_an_object_and_of_a_plain_list(client: Any) -> None:
    text = """query ($id: ID!, $after: String) { city(id: $id) { visitsMade(first: 2, after: $after) {
      edges { asNamed node { id } } pageInfo { hasNextPage endCursor } totalCount } } }"""
    seattle = {"id": "city/us-wa-seattle"}
    edges = list(client.rows(text, "city.visitsMade", seattle))
    asked = client.query(text, seattle)["city"]["visitsMade"]
    assert edges[:2] == asked["edges"]
    assert len(edges) == asked["totalCount"] > 2
    assert list(client.rows(text, "city.visitsMade", {"id": "city/nowhere"})) == []
    ids = '{ nodes(ids: ["city/us-wa-seattle", "city/no-12-oslo"]) { id } }'
    assert [row["id"] for row in client.rows(ids, "nodes")] == ["city/us-wa-seattle", "city/no-12-oslo"]


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        ("{ visits { nodes { id } } }", "visits", "declare `\\$after: String`"),
        ("query ($after: String) { visits(after: $after) { nodes { id } } }", "visits", "select `pageInfo"),
        (PAGED, "visits", "'visits' is not selected; selected are found"),
        (PAGED, "", "Give the path to a list"),
        ("{ visits", "visits", "ends too early"),
        ("query A { a: __typename } query B { b: __typename }", "a", "operations: A, B"),
    ],
)
def test_a_document_that_cannot_be_paged_is_told_what_it_lacks(client: Any, text: str, path: str, says: str) -> None:
    with pytest.raises(BadDocument, match=says):
        list(client.rows(text, path))


def test_pages_that_do_not_go_on_end(client: Any) -> None:
    text = """query ($after: String) {
      visits(first: 2, where: {title: {ne: $after}}) { nodes { id } pageInfo { hasNextPage endCursor } }
    }"""
    with pytest.raises(BadDocument, match="give it: `after: \\$after`"):
        list(client.rows(text, "visits", {"after": ""}))


def test_a_cursor_that_does_not_change_ends_the_pages() -> None:
    paging = Paging(PAGED, ("found",), {})
    page = {"found": {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "x"}}}
    assert paging.take(page) == []
    with pytest.raises(NotGraphQL, match="do not go on"):
        paging.take(page)


def test_errors_have_code_path_and_what_could_be_answered(client: Any) -> None:
    with pytest.raises(GraphQLErrors) as refused:
        client.query("{ cities { nodes { nothing } } }")
    assert (refused.value.codes, refused.value.data, refused.value.status) == (
        ("GRAPHQL_VALIDATION_FAILED",),
        None,
        400,
    )
    assert "nothing" in refused.value.errors[0].message


def test_a_partial_answer_comes_with_its_errors(client: Any, log: Log) -> None:
    """The first field of a mutation is done; the second has its request id, and is refused."""
    text = """mutation ($one: ID, $other: ID) {
      one: deleteFacts(rows: [{id: "lesson/log-1"}], requestId: $one) { deleted }
      other: endFacts(rows: [{id: "lesson/log-1"}], requestId: $other) { changed }
    }"""
    log.put(LESSON)
    id_ = str(uuid4())
    with pytest.raises(GraphQLErrors) as refused:
        client.mutate(text, {"one": id_, "other": id_})
    assert refused.value.data == {"one": {"deleted": 1}, "other": None}
    (error,) = refused.value.errors
    assert (error.code, error.path) == ("CONFLICT", ("other",))


def test_an_unknown_token_is_401(connect: Connect, server: Running) -> None:
    with pytest.raises(Unauthenticated) as refused:
        connect(server.port, "wrong").query("{ __typename }")
    assert (refused.value.status, refused.value.code) == (401, "UNAUTHENTICATED")
    assert "wrong" not in str(refused.value)


def test_a_large_question_is_413(connect: Connect, server: Running) -> None:
    with pytest.raises(TooLarge) as refused:
        connect(server.port).query("query ($x: String) { __typename @include(if: true) }", {"x": "x" * 200_000})
    assert (refused.value.status, refused.value.code) == (413, "PAYLOAD_TOO_LARGE")


def test_a_lost_answer_of_a_question_is_asked_for_again(connect: Connect, proxy: Proxy) -> None:
    proxy.lose = 2
    assert connect(proxy.port).query("{ __typename }") == {"__typename": "Query"}
    assert proxy.connections == 3


def test_tries_are_bounded(connect: Connect, proxy: Proxy) -> None:
    proxy.lose = 100
    with pytest.raises(AnswerLost):
        connect(proxy.port, retries=Retries(tries=3, first=0.01)).query("{ __typename }")
    assert proxy.connections == 3
