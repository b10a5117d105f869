"""Concepts and relationships on a reference page. In: their specs. Out: lines of Markdown."""

from collections.abc import Iterator

from schema.language.computed import ComputedField
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.kinds import Choice, Property


def concept(spec: ConceptSpec) -> Iterator[str]:
    """Write a concept with its properties and computed fields."""
    yield f"### `{spec.label}`"
    yield ""
    yield f"{spec.description} {_kind(spec)} Ids begin with `{spec.prefix}/`; the list is `{spec.plural}`."
    yield ""
    yield from _fields(spec)


def relationship(spec: RelationshipSpec) -> Iterator[str]:
    """Write a relationship with its ends, the fields that follow it, its properties and computed fields."""
    circle = " It never leads in a circle." if spec.acyclic else ""
    arrow = "--" if spec.undirected else "->"
    ends = f"{'|'.join(spec.start.labels)} {arrow} {'|'.join(spec.end.labels)}"
    fields = f"`{spec.start.field}`" if spec.undirected else f"`{spec.start.field}` and `{spec.end.field}`"
    yield f"**`{spec.type}`** ({ends}): {spec.description} {_kind(spec)} Fields: {fields}.{circle}"
    yield ""
    yield from _fields(spec)


def properties(of: dict[str, Property]) -> Iterator[str]:
    """Write a table of properties."""
    yield "| property | kind | meaning |"
    yield "| --- | --- | --- |"
    for prop in of.values():
        flags = {
            "required": prop.required,
            "unique": prop.unique,
            "searched": prop.searched,
            "sorted": prop.sorted,
        }
        traits = [trait for trait, is_set in flags.items() if is_set]
        words = "".join(f"<br>`{name}`: {choice.value}" for name, choice in _choices(prop.choices))
        yield f"| `{prop.name}` | {', '.join((prop.kind.name, *traits))} | {prop.description}{words} |"


def _fields(spec: ConceptSpec | RelationshipSpec) -> Iterator[str]:
    if spec.properties:
        yield from (*properties(spec.properties), "")
    if spec.computed:
        yield from (*_computed(spec.computed), "")


def _computed(of: dict[str, ComputedField]) -> Iterator[str]:
    yield "| computed field | type | meaning |"
    yield "| --- | --- | --- |"
    for name, made in of.items():
        kind = f"[{made.type_name}!]" if made.facts else made.type_name
        words = "".join(f"<br>`{word}`: {choice.value}" for word, choice in _choices(made.choices))
        yield f"| `{name}` | `{kind}` | {made.description}{words} |"


def _kind(spec: ConceptSpec | RelationshipSpec) -> str:
    marking = "always CLEAR" if spec.always_clear else f"{spec.marking.name} unless a row states another marking"
    return f"*{spec.nature.name.capitalize()}, {marking}.*"


def _choices(choices: type[Choice] | None) -> list[tuple[str, Choice]]:
    return list(choices.__members__.items()) if choices else []
