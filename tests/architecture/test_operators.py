"""Operators come from one table: what GraphQL offers has Cypher, and what has Cypher is offered."""

from graphql import GraphQLInputObjectType

from graph.cypher.operators import BY_CODE_POINTS, OPERATORS
from schema.derived.graphql.build import core, schema
from schema.language.operators import RANGE, Operator


def test_every_operator_has_cypher() -> None:
    assert set(OPERATORS) == set(Operator)
    assert set(BY_CODE_POINTS) == set(RANGE)


def test_every_operator_is_offered_by_a_filter_and_described_there() -> None:
    filters = [
        type_
        for name, type_ in core(schema()).type_map.items()
        if isinstance(type_, GraphQLInputObjectType) and name.endswith("Filter")
    ]
    described = {field for type_ in filters for field, of in type_.fields.items() if of.description}
    assert {operator.field for operator in Operator} <= described
