"""The schema as one value. In: the model. Out: the Strawberry schema and the graphql-core schema under it."""

from functools import cache

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.derived.graphql import aggregates, inputs, outputs, roots, scalars
from schema.derived.graphql.registry import Registry
from schema.domain.evidence import COMMON
from schema.language.kinds import MARKING_MEANING, Choice
from schema.model import Model, model


def _choices(model: Model) -> list[type[Choice]]:
    concepts = [spec.properties for spec in model.concepts.values()]
    declared = [COMMON, *concepts, *(spec.properties for spec in model.relationships.values())]
    given = [prop.choices for properties in declared for prop in properties.values()]
    given += [made.choices for made in model.computed_fields()]
    return list(dict.fromkeys(choices for choices in given if choices))


def _leaves(registry: Registry, model: Model) -> None:
    """Register scalars and enums with their filters."""
    for made in scalars.SCALARS:
        registry.scalar(made.__name__, made)  # type: ignore[attr-defined,arg-type]  # a NewType has a name and stands for a type
    registry.enum(
        "OrderDirection", "Which end of an order comes first.", {"ASC": "Smallest first.", "DESC": "Largest first."}
    )
    registry.enum(
        "Marking",
        "How far a fact may travel (Traffic Light Protocol 2.0).",
        {level.name: says for level, says in MARKING_MEANING.items()},
    )
    inputs.scalar_filters(registry)
    inputs.type_filter(registry, model)
    for choices in _choices(model):
        description = " ".join((choices.__doc__ or choices.__name__).split())
        registry.enum(choices.__name__, description, {member.name: member.value for member in choices})
        inputs.choice_filter(registry, choices)


def _types(registry: Registry, model: Model) -> None:
    """Register every type of the model; interfaces first, for concepts name them."""
    outputs.values(registry)
    outputs.computed_values(registry, model)
    outputs.interfaces(registry, model)
    inputs.count_order_input(registry)
    for type_name in (*model.interfaces, *model.concepts):
        inputs.order_input(registry, model, type_name)
        aggregates.aggregate(registry, model, type_name)
    for label in model.concepts:
        inputs.where_input(registry, model, label)
        outputs.root_connection(registry, model, label)
    for label in sorted(model.held()):
        inputs.list_filter_input(registry, label)
    for routes in model.routes.values():
        for route in routes.values():
            inputs.tie_where_input(registry, model, route, COMMON)
            if not route.one:
                inputs.tie_order_input(registry, model, route, COMMON)
                outputs.tie_connection(registry, route, COMMON)
    roots.search_connection(registry)
    roots.path(registry, model, COMMON)
    for label in model.concepts:
        outputs.concept(registry, model, label)


def build(of: Model) -> strawberry.Schema:
    """Derive the GraphQL schema of a model."""
    registry = Registry()
    _leaves(registry, of)
    _types(registry, of)
    made = strawberry.Schema(
        query=roots.query(registry, of),
        types=[registry.names[label] for label in of.concepts],
        config=StrawberryConfig(auto_camel_case=False, scalar_map=dict(scalars.SCALARS)),
    )
    for type_ in core(made).type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            # Strawberry keeps @oneOf as a directive; graphql-core validates by this attribute.
            type_.is_one_of = type_.extensions["strawberry-definition"].is_one_of
    return made


def core(made: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema under a Strawberry schema."""
    return made._schema


def sdl(made: strawberry.Schema) -> str:
    """Print the schema in the schema definition language, as committed in docs/schema.graphql."""
    return made.as_str().strip() + "\n"


@cache
def schema() -> strawberry.Schema:
    """Return the GraphQL schema of the product, built once for each process."""
    return build(model())
