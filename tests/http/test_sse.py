"""GraphQL over server-sent events: questions and mutations with one answer, what comes with a status, and the header Accept."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.http.conftest import TOKEN, Client

STREAM = "text/event-stream"
ONE = '{ city(id: "city/us-wa-seattle") { name } }'
SUBSCRIPTION = "subscription { events { id } }"
COMPLETE = "event: complete\ndata:\n\n"


def asked(client: Client, query: str, accept: str = STREAM, method: str = "POST", **headers: str) -> httpx.Response:
    given: dict[str, Any] = {"json": {"query": query}} if method == "POST" else {"params": {"query": query}}
    return client.request(method, "/graphql", headers={"accept": accept, **headers}, **given)


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_question_has_one_answer_and_is_complete(client: Client, method: str) -> None:
    answer = asked(client, ONE, method=method)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    assert answer.text == 'event: next\ndata: {"data":{"city":{"name":"Seattle"}}}\n\n' + COMPLETE


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { events { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_document_that_is_not_valid_is_refused_in_the_stream(client: Client, query: str, code: str) -> None:
    answer = asked(client, query)
    event, data, *rest = answer.text.split("\n")
    assert (answer.status_code, event, rest) == (200, "event: next", ["", "event: complete", "data:", "", ""])
    assert json.loads(data.removeprefix("data: "))["errors"][0]["extensions"]["code"] == code


def test_a_mutation_runs_by_post_and_not_by_get(client: Client) -> None:
    mutation = "mutation { upsertVisits(rows: []) { created problems { code } } }"
    posted = asked(client, mutation, authorization=f"Bearer {TOKEN}")
    assert posted.text == 'event: next\ndata: {"data":{"upsertVisits":{"created":0,"problems":[]}}}\n\n' + COMPLETE
    got = asked(client, mutation, method="GET", authorization=f"Bearer {TOKEN}")
    assert (got.status_code, got.json()["errors"][0]["extensions"]["code"]) == (405, "BAD_USER_INPUT")


def test_what_is_no_question_or_has_no_viewer_gets_a_status(client: Client) -> None:
    unknown = asked(client, ONE, authorization="Bearer wrong")
    assert (unknown.status_code, unknown.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    malformed = client.request("POST", "/graphql", json={"query": 7}, headers={"accept": STREAM})
    assert (malformed.status_code, malformed.headers["content-type"]) == (400, "application/json; charset=utf-8")


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json", "*/*"])
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_subscription_for_one_answer_is_told_how_to_ask(client: Client, accept: str, method: str) -> None:
    refused = asked(client, SUBSCRIPTION, accept, method)
    assert (refused.status_code, refused.json()) == (
        406,
        {
            "errors": [
                {
                    "message": "This operation is a subscription. Send it over WebSocket (graphql-transport-ws), or by GET or "
                    "POST to /graphql with the header `Accept: text/event-stream`.",
                    "extensions": {"code": "BAD_USER_INPUT"},
                }
            ]
        },
    )


def test_a_client_that_accepts_streams_last_gets_a_document(client: Client) -> None:
    """urql sends this header with every question."""
    accept = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
    assert asked(client, ONE, accept).headers["content-type"].startswith("application/graphql-response+json")
    weighted = asked(client, ONE, "application/json;q=0.5, text/event-stream")
    assert weighted.headers["content-type"].startswith(STREAM)


def test_a_server_of_trusted_documents_follows_no_other_subscription(make_client: Callable[..., Client]) -> None:
    client = make_client(trusted_only=True)
    refused = asked(client, SUBSCRIPTION)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (403, "DOCUMENT_NOT_TRUSTED")
