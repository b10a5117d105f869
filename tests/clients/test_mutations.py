"""Real clients write: they create, change, repeat and delete a visit, and their caches show it."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from gql import Client

from tests.clients.conftest import TOKEN
from tests.clients.node import PROJECT, Workspace, relay_project
from tests.clients.test_gql import BEARER, OVER, asked, loop
from tests.events.log import SEATTLE, STATED, Log
from tests.kit.paths import DOCS

__all__ = ["loop"]

OSLO, TURIN = "city/no-12-oslo", "city/it-12-turin"
EACH = pytest.mark.parametrize("client", ["apollo", "graphcache", "urql"])
pytestmark = pytest.mark.usefixtures("log")
"""Its end deletes what a client has left: ids with `/log-`."""
TITLES = {"apollo": "Log of Apollo", "graphcache": "Log of Graphcache", "urql": "Log of urql"}


@pytest.fixture(scope="module")
def stories(node: Workspace, url: str) -> Any:
    """What Apollo Client and urql got."""
    return node.answers("mutations.mjs", url, TOKEN)


@EACH
def test_a_visit_is_created_with_its_hosts(stories: Any, client: str) -> None:
    created = stories[client]["created"]
    (visit,) = created["nodes"]
    assert (created["created"], created["problems"]) == (4, [])
    assert {edge["node"]["id"]: edge["node"]["name"] for edge in visit["hosts"]["edges"]} == {
        OSLO: "Oslo",
        TURIN: "Turin",
    }
    assert stories[client]["before"] == [{"id": visit["id"], "title": TITLES[client]}]


@EACH
def test_a_repeated_request_gives_the_first_answer(stories: Any, client: str) -> None:
    """The answer to Apollo's first request was lost, so its RetryLink sent it a second time."""
    story = stories[client]
    assert story["again"] == story["created"]
    assert story["records"] == (5 if client == "apollo" else 4)


@EACH
def test_a_changed_fact_is_shown_without_further_code(stories: Any, client: str) -> None:
    """A normalized cache takes it from the answer; urql's cache of documents asks again, as the mutation names the type."""
    story = stories[client]
    (visit,) = story["changed"]["nodes"]
    assert (story["changed"]["changed"], visit["delegates"]) == (1, 24)
    assert story["states"][0] is None
    assert {*story["states"][1:]} == {24}
    assert story["asked"] == (2 if client == "urql" else 1)


@EACH
def test_a_conflict_is_data(stories: Any, client: str) -> None:
    conflict = stories[client]["conflict"]
    (problem,) = conflict["problems"]
    assert (conflict["changed"], conflict["nodes"]) == (0, [])
    assert (problem["path"], problem["code"]) == ("rows[0].expectedUpdatedAt", "CONFLICT")


@EACH
def test_a_deleted_fact_leaves_the_cache(stories: Any, client: str) -> None:
    story = stories[client]
    (visit,) = story["created"]["nodes"]
    assert story["deleted"] == {"deleted": 1, "deletedIds": [visit["id"]], "problems": []}
    assert (story["after"], story["gone"]) == ([], None)


def test_relay_updates_its_store_by_directives(node: Workspace, url: str, log: Log) -> None:
    """`@appendNode`, `@deleteEdge` and `@deleteRecord` on the payloads, and a fragment whose connection is read again."""
    project = relay_project(node)
    told = project.answers("write.js", url, TOKEN)
    one, again = ["Log of Relay", None], ["Log of Relay again", None]
    changed = ["Log of Relay", 24]
    assert told["same"]
    assert told["states"] == [[], [one, again], [one, again], [changed, again], [changed, again], [again], []]
    assert [sorted(hosts) for hosts in told["hosted"]] == [
        [[OSLO, "2031-05-02"]],
        [[TURIN, "2031-05-06"], [OSLO, "2031-05-02"]],
    ]
    assert (told["conflict"]["nodes"], told["conflict"]["problems"][0]["code"]) == ([], "CONFLICT")
    assert told["gone"] is None
    assert told["asked"].count("writeQuery") == told["asked"].count("writeVisitQuery") == 1


RECORD = """mutation Record($rows: [VisitInput!]!, $requestId: ID) { upsertVisits(rows: $rows, requestId: $requestId) {
  created changed nodes { id delegates updatedAt hosts { nodes { id } } } problems { path code } } }"""
REMOVE = (
    "mutation ($id: ID!) { deleteFacts(rows: [{id: $id, withRelationships: true}]) { deletedIds problems { code } } }"
)
VISIT = {
    "title": "Log of gql",
    "kind": "STUDY_TOUR",
    "status": "PLANNED",
    "since": "2031-05",
    "marking": "CLEAR",
    **STATED,
    "visitors": [{"to": SEATTLE}],
    "hosts": [{"to": OSLO, "arrived": "2031-05-02"}, {"to": TURIN}],
}


@pytest.mark.parametrize("over", ["httpx", "websockets"])
def test_gql_writes(url: str, over: str) -> None:
    client = Client(transport=OVER[over](url, headers=BEARER))
    given = {"rows": [VISIT], "requestId": f"gql-{over}-{uuid4()}"}
    created = asked(client, RECORD, given)["upsertVisits"]
    assert (created["created"], created["problems"]) == (4, [])
    assert asked(client, RECORD, given)["upsertVisits"] == created
    (visit,) = created["nodes"]
    assert {host["id"] for host in visit["hosts"]["nodes"]} == {OSLO, TURIN}
    change = {"key": {"id": visit["id"]}, "delegates": 24, "expectedUpdatedAt": visit["updatedAt"]}
    changed = asked(client, RECORD, {"rows": [change]})["upsertVisits"]
    assert (changed["changed"], changed["nodes"][0]["delegates"]) == (1, 24)
    late = asked(client, RECORD, {"rows": [{**change, "delegates": 7}]})["upsertVisits"]
    assert (late["nodes"], late["problems"]) == ([], [{"path": "rows[0].expectedUpdatedAt", "code": "CONFLICT"}])
    assert asked(client, REMOVE, {"id": visit["id"]})["deleteFacts"] == {"deletedIds": [visit["id"]], "problems": []}


PAGE = (DOCS / "clients.md").read_text(encoding="utf-8").split("## Mutations\n")[1].split("\n## ")[0]
OF_PAGE = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
APOLLO, GRAPHCACHE, URQL = re.findall(r"```js\n(.*?)```", PAGE, re.DOTALL)


def test_the_scripts_that_are_tested_have_the_lines_of_the_page() -> None:
    """The scripts loop and name things as the page does."""
    script = (PROJECT / "mutations.mjs").read_text(encoding="utf-8")
    for example in (APOLLO, GRAPHCACHE):
        (loop,) = (line.strip().split(") ", 1)[1] for line in example.splitlines() if "for (" in line)
        assert loop in script
    assert '{ additionalTypenames: ["Visit"] }' in URQL
    assert 'cacheExchange, { additionalTypenames: ["Visit"] })' in script


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_the_examples_of_the_page_write(node: Workspace, url: str, client: str) -> None:
    """The two documents are sent by the client, and the example for its cache deletes the visit."""
    record, remove = OF_PAGE[:2]
    at, headers = json.dumps(url), json.dumps(BEARER)
    made = {
        "apollo": 'import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";'
        f"const link = new HttpLink({{ uri: {at}, headers: {headers} }});"
        "const client = new ApolloClient({ link, cache: new InMemoryCache() });"
        "const write = (mutation, variables) => client.mutate({ mutation, variables });",
        "urql": 'import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";'
        f"const fetchOptions = {{ headers: {headers} }};"
        f"const client = new Client({{ url: {at}, fetchOptions, exchanges: [cacheExchange, fetchExchange] }});"
        "const write = (mutation, variables) => client.mutation(mutation, variables).toPromise();",
    }[client]
    script = (
        f"{made} const record = gql`{record}`, remove = gql`{remove}`;"
        f"const {{ data }} = await write(record, {{ rows: [{json.dumps(VISIT)}] }});"
        f"const [{{ id }}] = data.upsertVisits.nodes; const answer = {APOLLO if client == 'apollo' else URQL}"
        "console.log(JSON.stringify([id, answer.data.deleteFacts])); process.exit(0);"
    )
    (node.folder / f"page-{client}.mjs").write_text(script)
    id_, deleted = node.answers(f"page-{client}.mjs")
    assert (deleted["deletedIds"], deleted["problems"]) == ([id_], [])


def test_the_documents_of_the_page_for_relay_are_those_of_the_project() -> None:
    project = " ".join((PROJECT / "relay" / "src" / "write.js").read_text(encoding="utf-8").split())
    append, edge, gone = (line.strip() for document in OF_PAGE[2:] for line in document.splitlines() if "@" in line)
    assert append.removesuffix("{ id title }") in project
    assert f"{edge} {gone}" in project
