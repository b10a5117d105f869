"""Introspection has a bound of its own: what tools ask for is answered, a multiple of it is refused."""

import pytest
from graphql import get_introspection_query

from schema.derived.graphql.build import core, schema
from tests.http.conftest import Client

TYPES = "fragment I on __Type { name fields(includeDeprecated: true) { name args { name type { name } } } }"
FULL = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
)
REFUSED = {
    "many times": (
        "{ " + " ".join(f"a{n}: __schema {{ types {{ ...I }} }}" for n in range(20)) + " } " + TYPES,
        "20 fields __schema at the root of an operation; at most 1 ",
    ),
    "by fragments": (
        "{ ...A ... on Query { ...A b: __schema { types { ...I } } } } "
        "fragment A on Query { __schema { types { ...I } } } " + TYPES,
        "3 fields __schema at the root of an operation; at most 1 ",
    ),
    "many types": (
        "{ " + " ".join(f'a{n}: __type(name: "City") {{ ...I }}' for n in range(11)) + " } " + TYPES,
        "11 fields __type at the root of an operation; at most 10 ",
    ),
    "many times within": (
        "{ __schema { " + " ".join(f"a{n}: types {{ ...I }}" for n in range(20)) + " } } " + TYPES,
        "200,000 values, the most allowed",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_multiple_of_the_schema_is_refused(client: Client, case: str) -> None:
    query, says = REFUSED[case]
    response = client.ask(query)
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (400, "QUERY_TOO_EXPENSIVE")
    assert says in error["message"]


def test_the_query_of_tools_is_answered(client: Client) -> None:
    response = client.ask(FULL)
    assert response.status_code == 200
    types = response.json()["data"]["__schema"]["types"]
    assert {each["name"] for each in types} == set(core(schema()).type_map)


def test_several_operations_may_each_ask(client: Client) -> None:
    text = "query A { __schema { queryType { name } } } query B { __schema { queryType { name } } }"
    assert client.ask(text, operationName="B").json()["data"]["__schema"] == {"queryType": {"name": "Query"}}
