"""The whole GraphQL schema. In: the model. Out: the Strawberry schema, the graphql-core schema under it, and the SDL."""

from functools import cache

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.derived.graphql import (
    aggregates,
    clouds,
    drafts,
    edges,
    inputs,
    matches,
    mutations,
    names,
    outputs,
    printing,
    roots,
    scalars,
    subscriptions,
)
from schema.derived.graphql.registry import Registry
from schema.domain.evidence import COMMON
from schema.language.kinds import MARKING_MEANING, Choice
from schema.model import Model, model


def _choices(model: Model) -> list[type[Choice]]:
    concepts = [spec.properties for spec in model.concepts.values()]
    declared = [COMMON, *concepts, *(spec.properties for spec in model.relationships.values())]
    used = [prop.choices for properties in declared for prop in properties.values()]
    used += [computed.choices for computed in model.computed_fields()]
    return list(dict.fromkeys(choices for choices in used if choices))


def _leaves(registry: Registry, model: Model) -> None:
    """Register scalars and enums with their filters."""
    for scalar in scalars.SCALARS:
        registry.scalar(scalar.__name__, scalar)  # type: ignore[attr-defined,arg-type]  # a NewType has a name and stands for a type
    registry.enum(
        "OrderDirection",
        "Direction of an order.",
        {"ASC": "Smallest or earliest first.", "DESC": "Largest or latest first."},
    )
    registry.enum(
        "Marking",
        "How far a fact may travel: who may see it (Traffic Light Protocol 2.0).",
        {level.name: says for level, says in MARKING_MEANING.items()},
    )
    inputs.scalar_filters(registry)
    inputs.type_filter(registry, model)
    for choices in _choices(model):
        description = " ".join((choices.__doc__ or choices.__name__).split())
        registry.enum(choices.__name__, description, {member.name: member.value for member in choices})
        inputs.choice_filter(registry, choices)


def _types(registry: Registry, model: Model) -> None:
    """Register every type of the model; interfaces come first because concepts name them."""
    outputs.values(registry)
    outputs.computed_values(registry, model)
    outputs.interfaces(registry, model)
    aggregates.shared(registry, model)
    to_inputs = edges.edges(model, lambda route: names.like(model, route.target))
    inputs.edge_order_input(registry, to_inputs.values())
    listed = {names.like(model, route.target) for route in edges.all_routes(model) if not route.one} | model.held()
    types = [name for name in (*model.interfaces, *model.concepts) if names.like(model, name) == name]
    for name in types:
        inputs.order_input(registry, model, name, related=name in to_inputs, listed=name in listed)
        inputs.where_input(registry, model, name, to_inputs.get(name), listed=name in listed)
        aggregates.aggregate(registry, model, name)
    to_lists = edges.edges(model, names.output_of)
    likes = {
        names.output_of(route): names.like(model, route.target) for route in edges.all_routes(model) if not route.one
    }
    for name, like in (likes | {label: label for label in model.concepts}).items():
        outputs.list_connection(registry, name, like, to_lists.get(name))
    inputs.on_input(registry, model)
    roots.search_connection(registry)
    roots.path(registry, model, COMMON)
    for label in model.concepts:
        outputs.concept(registry, model, label)


def build(of: Model) -> strawberry.Schema:
    """Derive the GraphQL schema of a model."""
    registry = Registry()
    _leaves(registry, of)
    _types(registry, of)
    drafts.drafts(registry)
    matches.matches(registry)
    clouds.clouds(registry)
    built = strawberry.Schema(
        query=roots.query(registry, of),
        mutation=mutations.mutation(registry, of),
        subscription=subscriptions.subscription(registry, of),
        types=[registry.names[label] for label in of.concepts],
        config=StrawberryConfig(auto_camel_case=False, scalar_map=dict(scalars.SCALARS)),
    )
    type_map = core(built).type_map
    ordered = sorted(type_map.items(), key=printing.of_type)
    type_map.clear()
    type_map.update(ordered)
    for type_ in type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            # Strawberry keeps @oneOf as a directive only; graphql-core validates by this attribute.
            type_.is_one_of = type_.extensions["strawberry-definition"].is_one_of
    return built


def core(built: strawberry.Schema) -> GraphQLSchema:
    """Return the graphql-core schema under a Strawberry schema."""
    return built._schema


def sdl(built: strawberry.Schema) -> str:
    """Return the schema in the schema definition language, as committed in docs/schema.graphql."""
    return printing.tidy(built.as_str())


@cache
def schema() -> strawberry.Schema:
    """Return the GraphQL schema of this product; a process builds it once."""
    return build(model())
