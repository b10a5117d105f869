"""The reference page of the model. In: the model. Out: docs/model.md: every concept, relationship and property."""

from collections.abc import Iterator

from schema.declare import ConceptSpec, RelationshipSpec
from schema.evidence import COMMON
from schema.kinds import Choice, Property
from schema.model import Model

HEAD = """# The model

This page is printed by `citygraph schema --reference` from the declaration in `schema/`; a test fails when it is stale.
Every node has one label of this page and the technical label `Fact`. A *state* holds as of a day between `since` and
`until`; an *occurrence* holds from its `since` on.
"""


def page(model: Model) -> str:
    """Return the reference page."""
    lines = [HEAD, "## On every fact", "", *_properties(COMMON), ""]
    for neighbourhood in dict.fromkeys(spec.neighbourhood for spec in model.concepts.values()):
        lines += [f"## {neighbourhood.capitalize()}", ""]
        for concept in model.concepts.values():
            if concept.neighbourhood == neighbourhood:
                lines += _concept(concept)
        ties = [spec for spec in model.relationships.values() if spec.neighbourhood == neighbourhood]
        if ties:
            lines += [f"### Relationships of {neighbourhood}", ""]
        for tie in ties:
            lines += _relationship(tie)
    return "\n".join(lines).rstrip() + "\n"


def _concept(spec: ConceptSpec) -> Iterator[str]:
    yield f"### `{spec.label}`"
    yield ""
    yield f"{spec.description} {_kind(spec)} Ids begin with `{spec.prefix}/`; the list is `{spec.plural}`."
    yield ""
    yield from _properties(spec.properties)
    yield ""


def _relationship(spec: RelationshipSpec) -> Iterator[str]:
    arrow = "--" if spec.undirected else "->"
    ends = f"{'|'.join(spec.start.labels)} {arrow} {'|'.join(spec.end.labels)}"
    fields = f"`{spec.start.field}`" if spec.undirected else f"`{spec.start.field}` and `{spec.end.field}`"
    yield f"**`{spec.type}`** ({ends}): {spec.description} {_kind(spec)} Fields: {fields}."
    yield ""
    if spec.properties:
        yield from _properties(spec.properties)
        yield ""


def _kind(spec: ConceptSpec | RelationshipSpec) -> str:
    marking = "always CLEAR" if spec.always_clear else f"{spec.marking.name} where a row says nothing else"
    return f"*{spec.nature.name.capitalize()}, {marking}.*"


def _properties(properties: dict[str, Property]) -> Iterator[str]:
    if not properties:
        return
    yield "| property | kind | meaning |"
    yield "| --- | --- | --- |"
    for prop in properties.values():
        traits = [
            name
            for name, held in (
                ("required", prop.required),
                ("unique", prop.unique),
                ("searched", prop.searched),
                ("sorted", prop.sorted),
            )
            if held
        ]
        words = "".join(f"; `{name}`: {choice.value}" for name, choice in _choices(prop))
        yield f"| `{prop.name}` | {', '.join((prop.kind.name, *traits))} | {prop.description}{words} |"


def _choices(prop: Property) -> list[tuple[str, Choice]]:
    return list(prop.choices.__members__.items()) if prop.choices else []
