"""Clients of JavaScript against a server: what they got is what the rows say."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.clients.conftest import TOKEN, Rows
from tests.clients.node import Workspace, relay_project
from tests.events.log import LESSON, Log
from tests.kit.oracle.world import World
from tests.kit.paths import DOCS, SEEDS

Answers = dict[str, Any]

SEATTLE, NANTES = "city/us-wa-seattle", "city/fr-52-nantes"
TIE = f"twinned-with/{NANTES}/{SEATTLE}"
HASH, TEXT = ["GET", False], True
"""How a persisted query was sent, and whether with its text."""


def test_the_audits_of_graphql_over_http(node: Workspace, url: str) -> None:
    results = node.answers("audits.mjs", url)
    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == 61


@pytest.fixture(scope="module")
def answers(node: Workspace, url: str) -> Answers:
    """What Apollo Client and urql got."""
    document = SEEDS / "questions" / "who-says-so.graphql"
    return {
        "apollo": node.answers("apollo.mjs", url, TOKEN, str(document)),
        "urql": node.answers("urql.mjs", url, TOKEN),
    }


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_pages_are_put_together_in_a_normalized_cache(answers: Answers, rows: Rows, client: str) -> None:
    assert answers[client]["pages"] == rows.all("City")[:9]


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_a_normalized_cache_keeps_the_two_ends_of_a_relationship_apart(
    answers: Answers, rows: Rows, client: str
) -> None:
    both = answers[client]["bothEnds"]
    assert [far for _, far in both["near"]] == rows.related(SEATTLE, "twins")
    assert [far for _, far in both["far"]] == rows.related(NANTES, "twins")
    assert [TIE, NANTES] in both["near"]
    assert [TIE, SEATTLE] in both["far"]


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_a_persisted_query_that_is_not_known_is_sent_as_text(answers: Answers, client: str) -> None:
    persisted = answers[client]["persisted"]
    assert persisted["fields"] == ["cities"]
    first, (_, with_text) = persisted["sent"]
    assert (first, with_text) == (HASH, TEXT)


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_a_token_is_taken_over_http_and_over_websocket(answers: Answers, world: World, client: str) -> None:
    own = answers[client]
    rosters = len(world.nodes_of["Roster"])
    assert rosters > 0
    assert own["named"] == rosters
    assert rosters in (own["overSocket"] if client == "apollo" else [own["overSocket"]])


def test_apollo_gets_a_trusted_document_by_its_hash(answers: Answers) -> None:
    assert answers["apollo"]["trusted"] == {"sent": [HASH], "fields": ["node"]}


def test_errors_reach_the_clients_with_their_codes(answers: Answers) -> None:
    apollo, urql = answers["apollo"], answers["urql"]
    assert apollo["errors"]["refused"] == ["CombinedGraphQLErrors", "GRAPHQL_VALIDATION_FAILED"]
    assert apollo["errors"]["unknown"] == ["CombinedGraphQLErrors", "UNAUTHENTICATED"]
    assert urql["refused"] == "GRAPHQL_VALIDATION_FAILED"


def test_graphql_ws(node: Workspace, url: str) -> None:
    assert node.answers("sockets.mjs", url, TOKEN) == {
        "many": [[n + 1] for n in range(16)],
        "refused": ["GRAPHQL_VALIDATION_FAILED"],
        "left": [2],
        "unknownToken": 4403,
        "byId": [["node"]],
    }


def test_subscriptions(node: Workspace, url: str, log: Log) -> None:
    """graphql-ws loses its connection between the two events, and goes on by itself where it was."""
    answers = node.answers("subscriptions.mjs", url, TOKEN)
    both = [["CREATED", answers["id"], answers["id"]], ["CHANGED", answers["id"], answers["id"]]]
    assert answers["got"] == dict.fromkeys(["ws", "sse", "apollo", "urqlSocket", "urqlStream"], both)
    assert (answers["one"], answers["refused"]) == ([SEATTLE], ["GRAPHQL_VALIDATION_FAILED"])


def test_the_examples_of_the_page_of_events(node: Workspace, url: str, log: Log) -> None:
    """Each follows the log from a place before the event, and stops after it."""
    page = (DOCS / "events.md").read_text(encoding="utf-8")
    (document,) = re.findall(r"```graphql\n(.*?)```", page, re.DOTALL)
    examples = re.findall(r"```js\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    cursor = httpx.get(f"{url.removesuffix('/graphql')}/events?after=now").json()["cursor"]
    log.put(LESSON)
    told = "const told = console.log; console.log = (...words) => { told(...words); process.exit(0); };"
    for at, example in enumerate(examples):
        script = example.replace("http://127.0.0.1:8000/graphql", url)
        script = script.replace("ws://127.0.0.1:8000/graphql", url.replace("http", "ws"))
        given = f"const query = {json.dumps(document)}, cursor = {json.dumps(cursor)};"
        (node.folder / f"example{at}.mjs").write_text(script.replace("const client", f"{given}{told}const client", 1))
        assert node.run(f"example{at}.mjs") == "CREATED lesson/log-1\n"


# Relay -------------------------------------------------------------------------------------------------------------

VISIT, PERSON = "visit/edge-0", "person/edge-hub"


def chunks(ids: list[str], size: int) -> list[list[str]]:
    """Return what a list shows after each page: the first, then one more, and so on."""
    return [ids[: size * n] for n in range(1, -(-len(ids) // size) + 1)]


def test_relay_refetches_and_paginates(node: Workspace, url: str, rows: Rows) -> None:
    project = relay_project(node)
    variables = {"cities": 3, "city": SEATTLE, "visit": VISIT, "person": PERSON, "m": 1, "n": 2}
    found = project.answers("run.js", url, json.dumps(variables))
    twins, hosts, known = rows.related(SEATTLE, "twins"), rows.related(VISIT, "hosts"), rows.related(PERSON, "knows")
    assert len(twins) > 3
    assert len(hosts) > 1
    assert len(known) > 6
    assert found == {
        "node": {"__typename": "City", "name": "Seattle"},
        "cities": chunks(rows.all("City")[:9], 3),
        "city": chunks(twins, 1)[:9],
        "visit": chunks(hosts, 1)[:9],
        "person": [known[-2:], known[-4:], known[-6:]],
        "refetchedCity": twins[:2],
        "refetchedVisit": hosts[:2],
        "refetchedPerson": known[:2],
    }
