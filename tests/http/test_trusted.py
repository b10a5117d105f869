"""Trusted documents by id over HTTP, and servers that answer nothing else."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.start.trusted import Head, head, lines
from seeds import QUESTIONS
from tests.http.conftest import Client
from tests.kit.family import families

ID = "who-says-so"
TEXT = (QUESTIONS / f"{ID}.graphql").read_text(encoding="utf-8")
HASH = f"sha256:{hashlib.sha256(TEXT.encode()).hexdigest()}"


def post(client: Client, **body: Any) -> httpx.Response:
    return client.request("POST", "/graphql", json=body, headers={"accept": "application/graphql-response+json"})


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize("document_id", [ID, HASH])
def test_an_id_is_answered_as_its_text(client: Client, document_id: str) -> None:
    expected = client.ask(TEXT)
    assert expected.json()["data"]["node"]["__typename"] == "Lesson"
    assert post(client, documentId=document_id).content == expected.content
    assert post(client, documentId=document_id, query="").content == expected.content
    got = client.request("GET", "/graphql", params={"documentId": document_id})
    assert got.content == expected.content


def persisted(document_hash: object) -> dict[str, Any]:
    """Return what a client sends first that knows Apollo's protocol of persisted queries."""
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": document_hash}, "clientLibrary": {}}}


def test_the_hash_of_a_persisted_query_is_that_of_a_trusted_document(make_client: Callable[..., Client]) -> None:
    expected = make_client().ask(TEXT).content
    for only in (False, True):
        client = make_client(trusted_only=only)
        assert post(client, **persisted(HASH.removeprefix("sha256:"))).content == expected
        given = {key: json.dumps(value) for key, value in persisted(HASH.removeprefix("sha256:")).items()}
        assert client.request("GET", "/graphql", params=given).content == expected


def test_an_unknown_persisted_query_gets_the_message_of_the_protocol(client: Client) -> None:
    error = {"message": "PersistedQueryNotSupported", "extensions": {"code": "PERSISTED_QUERY_NOT_SUPPORTED"}}
    refused = post(client, operationName="V", variables={}, **persisted("0" * 64))
    assert (refused.status_code, refused.json()) == (400, {"errors": [error]})
    plain = client.request("POST", "/graphql", json=persisted("0" * 64), headers={"accept": "application/json"})
    assert (plain.status_code, plain.json()) == (200, {"errors": [error]})
    again = post(client, query="{ __typename }", **persisted("0" * 64))
    assert again.json() == {"data": {"__typename": "Query"}}
    assert code(post(client, **persisted(7))) == (400, "BAD_USER_INPUT")


def test_variables_go_with_an_id(client: Client) -> None:
    asked = {"documentId": "learned-without-travelling", "variables": {"first": 2}, "operationName": None}
    assert len(post(client, **asked).json()["data"]["lessons"]["nodes"]) == 2
    given = {"documentId": "learned-without-travelling", "variables": '{"first": 3}'}
    assert len(client.request("GET", "/graphql", params=given).json()["data"]["lessons"]["nodes"]) == 3


@pytest.mark.parametrize("body", [{}, {"query": TEXT, "documentId": ID}, {"documentId": 7}, {"documentId": None}])
def test_a_request_has_a_text_or_an_id(client: Client, body: dict[str, Any]) -> None:
    assert code(post(client, **body)) == (400, "BAD_USER_INPUT")
    plain = client.request("POST", "/graphql", json=body)
    assert plain.status_code == 400


@pytest.mark.parametrize("document_id", ["", "nothing", HASH[:-1], "../queries/who-says-so", f"{ID}.graphql"])
def test_an_unknown_id_is_refused(client: Client, document_id: str) -> None:
    assert code(post(client, documentId=document_id)) == (403, "DOCUMENT_NOT_TRUSTED")


def test_a_server_may_answer_trusted_documents_alone(make_client: Callable[..., Client]) -> None:
    client = make_client(trusted_only=True)
    assert post(client, documentId=ID).status_code == 200
    assert client.ask(TEXT).status_code == 200
    for text in (TEXT + " ", "{ __typename }", "{", "{ __schema { queryType { name } } }"):
        assert code(client.ask(text)) == (403, "DOCUMENT_NOT_TRUSTED")
        assert client.request("GET", "/graphql", params={"query": text}).status_code == 403


def test_what_forms_write_and_read_is_trusted(make_client: Callable[..., Client]) -> None:
    client = make_client(trusted_only=True)
    read = post(client, documentId="explorer-read-lessons", variables={"id": "lesson/none"})
    assert read.json() == {"data": {"fact": None}}
    assert code(post(client, documentId="explorer-upsert-lessons", variables={"rows": []})) == (403, "FORBIDDEN")
    assert code(post(client, documentId="explorer-upsert-nothing", variables={"rows": []})) == (
        403,
        "DOCUMENT_NOT_TRUSTED",
    )


def test_a_folder_of_one_s_own_takes_the_place_of_the_questions(
    make_client: Callable[..., Client], tmp_path: Path
) -> None:
    (tmp_path / "mine.graphql").write_text("query A { __typename } query B { b: __typename }")
    client = make_client(trusted_dir=tmp_path)
    assert post(client, documentId="mine", operationName="B").json() == {"data": {"b": "Query"}}
    assert code(post(client, documentId=ID)) == (403, "DOCUMENT_NOT_TRUSTED")


def test_the_head_of_every_question_has_a_sentence() -> None:
    for family in families(QUESTIONS):
        found = head(family.text)
        assert found.sentence.endswith(".")
        assert family.text.startswith(f"# {found.sentence[:40]}")
    assert head("{ __typename }").sentence == ""
    assert head("# Cities\n# system: 3\n# viewer: steward\n# Later.\n{ a }") == Head("Cities", "steward")
    assert head("#Is it 3.5 or\n# more? Yes.\n{ a }").sentence == "Is it 3.5 or more?"


def test_every_value_of_every_key_of_a_head_is_read() -> None:
    told = lines("# What?\n# viewer: steward\n# system: 3\n#system:4\n# index: none - it is small.\n{ a }\n# expect: x")
    assert told.prose == ("What?",)
    assert told.keys == {"viewer": ("steward",), "system": ("3", "4"), "index": ("none - it is small.",)}
    assert told.body == "{ a }\n# expect: x"
