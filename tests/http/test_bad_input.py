"""Bad input of every kind gets its code and status, never a 500, and says nothing of the inside."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.http.conftest import Client
from tests.kit.slow import SLOW

NAMES = "{ people(first: 1) { nodes { name } } }"


def deep(levels: int) -> str:
    return "{ topics { nodes " + "{ broader { nodes " * levels + "{ id }" + " } }" * levels + " } }"


def nested_where(levels: int) -> str:
    return "{ topics(where: " + "{not: " * levels + "{}" + "}" * levels + ") { totalCount } }"


CASES: dict[str, tuple[str, str]] = {
    "no document": ("{", "GRAPHQL_PARSE_FAILED"),
    "binary": ("\x00\x01", "GRAPHQL_PARSE_FAILED"),
    "empty selection": ("{ people { } }", "GRAPHQL_PARSE_FAILED"),
    "unknown field": ("{ people { nodes { nam } } }", "GRAPHQL_VALIDATION_FAILED"),
    "unknown argument": ("{ people(limit: 3) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    "fragment of itself": ("{ ...F } fragment F on Query { ...F }", "GRAPHQL_VALIDATION_FAILED"),
    "a mutation": ("mutation { deleteEverything }", "GRAPHQL_VALIDATION_FAILED"),
    "a subscription": ("subscription { people }", "GRAPHQL_VALIDATION_FAILED"),
    "negative page": ("{ people(first: -1) { totalCount } }", "BAD_USER_INPUT"),
    "page over the limit": ("{ people(first: 101) { totalCount } }", "BAD_USER_INPUT"),
    "page beyond 32 bits": ("{ people(first: 3000000000) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    "wrong type": ('{ people(first: "ten") { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
    "no cursor": ('{ people(after: "nonsense") { totalCount } }', "BAD_USER_INPUT"),
    "cursor of another kind": ('{ people(after: "é") { totalCount } }', "BAD_USER_INPUT"),
    "no date": ('{ people(asOf: "yesterday") { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
    "open date": ('{ people(asOf: "2017/..") { totalCount } }', "BAD_USER_INPUT"),
    "date without earliest": ('{ people(where: {since: {lt: "../2012"}}) { totalCount } }', "BAD_USER_INPUT"),
    "unknown choice": ("{ people(where: {sector: {eq: KINGS}}) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    "two orders in one": ("{ people(orderBy: {name: ASC, id: ASC}) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    "too many ids": ("{ nodes(ids: [" + '"a",' * 101 + "]) { id } }", "BAD_USER_INPUT"),
    "too deep": (deep(12), "QUERY_TOO_EXPENSIVE"),
    "far too deep": (deep(2_000), "QUERY_TOO_EXPENSIVE"),
    "filters too deep": (nested_where(14), "QUERY_TOO_EXPENSIVE"),
    "filters far too deep": (nested_where(1_500), "QUERY_TOO_EXPENSIVE"),
    "too many tokens": ("{ " + "a: people { totalCount } " * 2_000 + "}", "QUERY_TOO_EXPENSIVE"),
    "too many aliases": (
        "{ city(id: 1) {" + " ".join(f"a{n}: name" for n in range(31)) + "} }",
        "QUERY_TOO_EXPENSIVE",
    ),
    "too many roots": ("{ " + "__typename " * 21 + "}", "QUERY_TOO_EXPENSIVE"),
    "too many rows": (
        "{ cities(first: 100) { nodes { residents(first: 100) { nodes { trusts(first: 100) { nodes { id } } } } } } }",
        "QUERY_TOO_EXPENSIVE",
    ),
    "too many values": (
        "{ people(where: {name: {in: [" + '"a" ' * 1_001 + "]}}) { totalCount } }",
        "BAD_USER_INPUT",
    ),
    "half a surrogate": ('{ people(where: {name: {eq: "\\ud800"}}) { totalCount } }', "GRAPHQL_PARSE_FAILED"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_documents_are_refused_with_their_code(client: Client, case: str) -> None:
    document, code = CASES[case]
    response = client.ask(document)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    body = response.json()
    assert "data" not in body
    assert {error["extensions"]["code"] for error in body["errors"]} == {code}
    assert all(error["message"] for error in body["errors"])


@pytest.mark.parametrize("case", ["unknown field", "negative page", "too deep"])
def test_plain_json_gets_200_for_a_well_formed_request(client: Client, case: str) -> None:
    response = client.ask(CASES[case][0], accept="application/json")
    assert response.status_code == 200
    assert response.json()["errors"]


VARIABLES: dict[str, tuple[str, Any]] = {
    "wrong type": ("query ($n: Int) { people(first: $n) { totalCount } }", {"n": "ten"}),
    "missing": ("query ($id: ID!) { node(id: $id) { id } }", {}),
    "null": ("query ($id: ID!) { node(id: $id) { id } }", {"id": None}),
    "unknown key": ("query ($w: PersonWhere) { people(where: $w) { totalCount } }", {"w": {"nam": {"eq": "x"}}}),
    "too large": ("query ($n: Int) { people(first: $n) { totalCount } }", {"n": 101}),
    "no cursor": ("query ($a: String) { people(after: $a) { totalCount } }", {"a": "AAAA"}),
    "surrogate": ("query ($a: String!) { people(where: {name: {eq: $a}}) { totalCount } }", {"a": "\ud800"}),
    "no number": ("query ($n: Float) { measurements(where: {value: {eq: $n}}) { totalCount } }", {"n": "NaN"}),
}


@pytest.mark.parametrize("case", VARIABLES)
def test_bad_variables_are_refused(client: Client, case: str) -> None:
    query, variables = VARIABLES[case]
    body = json.dumps({"query": query, "variables": variables})
    headers = {"content-type": "application/json", "accept": "application/graphql-response+json"}
    response = client.request("POST", "/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"BAD_USER_INPUT"}


BODIES: dict[str, tuple[bytes, str, int]] = {
    "no JSON": (b"{", "application/json", 400),
    "no object": (b"[]", "application/json", 400),
    "nothing": (b"", "application/json", 400),
    "no query": (b"{}", "application/json", 400),
    "query of another type": (b'{"query": 1}', "application/json", 400),
    "variables of another type": (b'{"query": "{a}", "variables": [1]}', "application/json", 400),
    "name of another type": (b'{"query": "{a}", "operationName": 1}', "application/json", 400),
    "extensions of another type": (b'{"query": "{a}", "extensions": 1}', "application/json", 400),
    "no UTF-8": (b'{"query": "\xff"}', "application/json", 400),
    "form": (b"query=x", "application/x-www-form-urlencoded", 415),
    "no type": (b'{"query": "{__typename}"}', "", 415),
    "other charset": (b'{"query": "{__typename}"}', "application/json; charset=latin-1", 415),
    "five megabytes": (b'{"query": "' + b" " * 5_000_000 + b'"}', "application/json", 413),
    "deeply nested": (
        b'{"query": "{a}", "variables": ' + b"[" * 40_000 + b"]" * 40_000 + b"}",
        "application/json",
        400,
    ),
}


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
@pytest.mark.parametrize("case", BODIES)
def test_malformed_requests_keep_their_status(client: Client, case: str, accept: str) -> None:
    body, kind, status = BODIES[case]
    headers = {"accept": accept} | ({"content-type": kind} if kind else {})
    response = client.request("POST", "/graphql", content=body, headers=headers)
    assert response.status_code == status
    assert "data" not in response.json()


@pytest.mark.parametrize("length", ["100001", "9" * 20, "9" * 5_000])
def test_a_length_over_the_limit_is_refused_before_the_body_is_read(client: Client, length: str) -> None:
    headers = {"content-type": "application/json", "content-length": length}
    assert client.request("POST", "/graphql", content=b"{}", headers=headers).status_code == 413


def test_an_unknown_token_is_refused_not_ignored(client: Client) -> None:
    for header in ("Bearer wrong", "Basic eDp5", "Bearer", "Bearer \u00e9".encode()):
        response = client.ask(NAMES, headers={"authorization": header})
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_an_answer_over_the_limit_is_refused(make_client: Callable[..., Client]) -> None:
    response = make_client(max_result=200).ask("{ cities(first: 50) { nodes { id name } } }")
    assert response.status_code == 413
    assert response.json()["errors"][0]["extensions"]["code"] == "PAYLOAD_TOO_LARGE"


def test_a_statement_over_its_time_is_ended(make_client: Callable[..., Client]) -> None:
    response = make_client(statement_seconds=0.05).ask(SLOW)
    assert response.status_code == 504
    assert response.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_a_refusal_names_the_limit_and_by_how_much(client: Client) -> None:
    message = client.ask(CASES["too many rows"][0]).json()["errors"][0]["message"]
    assert "1,010,100" in message
    assert "20,000" in message
