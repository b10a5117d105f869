"""The checks of graphql-cop 1.15, written anew: which of them find something, on a hardened server and in local mode.

They are those of github.com/dolevf/graphql-cop (MIT). docs/decisions/graphql-cop.md says why each one that is true is meant.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.http.conftest import Client
from tests.kit.paths import DOCS

CIRCLE = (
    "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"
)
EDITORS = ("graphiql.min.css", "GraphQL Playground", "GraphiQL", "graphql-playground")
PAGE = "decisions/graphql-cop.md"

Check = Callable[[Client], bool]


def post(client: Client, query: Any) -> Any:
    return client.request("POST", "/graphql", json={"query": query}).json()


def get(client: Client, query: str) -> Any:
    return client.request("GET", "/graphql", params={"query": query}).json()


def has_data(answer: Any, field: str) -> bool:
    return bool((answer.get("data") or {}).get(field))


def batched(client: Client) -> bool:
    answer = client.request("POST", "/graphql", json=[{"query": "query cop { __typename }"}] * 10).json()
    return isinstance(answer, list) and len(answer) >= 10


def editor(client: Client) -> bool:
    return any(word in client.request("GET", "/graphql", headers={"accept": "text/html"}).text for word in EDITORS)


def of_a_form(client: Client) -> bool:
    return has_data(client.request("POST", "/graphql", data={"query": "query cop { __typename }"}).json(), "__typename")


def told(client: Client, query: str, key: str) -> bool:
    """Whether an error or an answer has an extension."""
    answer = post(client, query)
    return any(key in each.get("extensions", {}) for each in (answer, *answer.get("errors", [])))


CHECKS: dict[str, Check] = {
    "Field Suggestions": lambda client: "Did you mean" in str(post(client, "query cop { __schema { directive } }")),
    "Introspection": lambda client: has_data(
        post(client, "query cop { __schema { types { name fields { name } } } }"), "__schema"
    ),
    "GraphQL IDE": editor,
    "GET Method Query Support": lambda client: has_data(get(client, "query cop {__typename}"), "__typename"),
    "Alias Overloading": lambda client: has_data(
        post(client, "query cop { %s }" % " ".join(f"alias{n}:__typename" for n in range(101))), "alias100"
    ),
    "Array-based Query Batching": batched,
    "Trace Mode": lambda client: told(client, "query cop { __typename }", "tracing"),
    "Directive Overloading": lambda client: (
        len(post(client, "query cop { __typename %s }" % ("@aa" * 10))["errors"]) == 10
    ),
    "Introspection-based Circular Query": lambda client: has_data(post(client, f"query cop {CIRCLE}"), "__schema"),
    "Mutation is allowed over GET": lambda client: has_data(get(client, "mutation cop {__typename}"), "__typename"),
    "POST based url-encoded query": of_a_form,
    "Unhandled Errors Detection": lambda client: told(client, "qwerty cop { abc }", "exception"),
    "Field Duplication": lambda client: has_data(
        post(client, "query cop { %s }" % ("__typename " * 500)), "__typename"
    ),
}
ANYWHERE = {"GET Method Query Support"}
LOCAL = {"Field Suggestions", "Introspection", "GraphQL IDE", "Directive Overloading"}


@pytest.mark.parametrize(("profile", "meant"), [("hardened", ANYWHERE), ("local", ANYWHERE | LOCAL)])
def test_each_check_that_finds_something_is_meant(
    make_client: Callable[..., Client], profile: str, meant: set[str]
) -> None:
    client = make_client(profile=profile)
    assert {name for name, check in CHECKS.items() if check(client)} == meant


def test_each_check_has_its_row_on_the_page() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    for name in CHECKS:
        found = ["yes" if name in seen else "no" for seen in (ANYWHERE, ANYWHERE | LOCAL)]
        assert f"| {name} | {found[0]} | {found[1]} |" in page, name
