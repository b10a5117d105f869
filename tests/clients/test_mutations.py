"""Real clients write: they create, change, repeat and delete a visit, and their caches show it."""

from typing import Any
from uuid import uuid4

import pytest
from gql import Client

from tests.clients.conftest import TOKEN
from tests.clients.node import Workspace, relay_project
from tests.clients.test_gql import BEARER, OVER, asked, loop
from tests.events.log import SEATTLE, STATED, Log

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
