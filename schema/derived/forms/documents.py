"""Documents that write, read and find facts for a form. In: the model. Out: texts of GraphQL by id.

Nothing is said of one concept: whatever the model declares can be recorded.
"""

from collections.abc import Iterable, Iterator, Mapping

from schema.derived.graphql.mutations import row_of, title_of
from schema.domain.evidence import COMMON, ON_EDGE, RELATIONSHIP_ID
from schema.language.declare import ConceptSpec, RelationshipSpec, kebab
from schema.language.kinds import Kind, Nature, Property
from schema.language.writes import UPSERT
from schema.model import Model

PREFIX = "explorer"
MOST_RELATED = 20
"""Relationships of one kind that a form shows of a fact that is corrected."""
MOST_PARALLEL = 50
"""Relationships of one kind between the same two facts."""
MOST_NEAR = 12
"""Concepts at one end; a document over more of them is refused as too expensive."""
MOST_FOUND = 12
PROBLEMS = "problems { path code message accepted }"
SHOWN = {
    Kind.WHEN: "{ text }",
    Kind.END: "{ text }",
    Kind.POINT: "{ latitude longitude }",
    Kind.MONEY: "{ amount currency }",
}
"""What is read of a value that has parts."""
SOURCE = "Source"
NAMED = "Named"
"""The interface of facts that have a name."""
UNREAD = ("id", "recordedAt", "rows")


def documents(model: Model) -> dict[str, str]:
    """Return every document by its id."""
    made = {f"{PREFIX}-find-facts": find(model), f"{PREFIX}-name-facts": name(model)}
    for spec in model.concepts.values():
        made[upsert_id(spec)] = upsert(spec)
        made[read_id(spec)] = read_concept(spec, model)
        made[related_id(spec)] = related_of(spec, model)
    for related in model.relationships.values():
        made[upsert_id(related)] = upsert(related)
        if is_read(related):
            made[read_id(related)] = read_relationship(related, model)
    return made


def is_read(spec: RelationshipSpec) -> bool:
    """Whether a relationship is read by its ends: one of them has a list of it, and there are not too many concepts there."""
    near = spec.end if spec.start.one else spec.start
    return not near.one and len(near.labels) <= MOST_NEAR


def upsert_id(spec: ConceptSpec | RelationshipSpec) -> str:
    """Return the id of the document that writes facts of a kind."""
    return f"{PREFIX}-upsert-{_kebab(spec)}"


def read_id(spec: ConceptSpec | RelationshipSpec) -> str:
    """Return the id of the document that reads a fact of a kind as a form shows it."""
    return f"{PREFIX}-read-{_kebab(spec)}"


def related_id(spec: ConceptSpec) -> str:
    """Return the id of the document that reads the relationships of a fact of a concept."""
    return f"{PREFIX}-related-{_kebab(spec)}"


def _kebab(spec: ConceptSpec | RelationshipSpec) -> str:
    return kebab(title_of(spec) if isinstance(spec, ConceptSpec) else spec.name)


def upsert(spec: ConceptSpec | RelationshipSpec) -> str:
    """Write the document that writes rows, at once or as a draft."""
    is_concept = isinstance(spec, ConceptSpec)
    field = f"{UPSERT}{title_of(spec) if isinstance(spec, ConceptSpec) else spec.name}"
    written = "nodes { id updatedAt }" if is_concept else "ids"
    return (
        f"# Writes facts: {spec.description}\n"
        f"mutation Record($rows: [{row_of(spec)}!]!, $partial: Boolean, $requestId: ID, $draft: DraftInput) {{\n"
        f"  written: {field}(rows: $rows, partial: $partial, requestId: $requestId, draft: $draft) {{\n"
        f"    created changed same {written}\n"
        f"    {PROBLEMS}\n"
        "    draft { id updatedAt changes { action fact type start end fields { field before after } } }\n"
        "  }\n}\n"
    )


def read_concept(spec: ConceptSpec, model: Model) -> str:
    """Write the document that reads one fact, for its form and for its page."""
    given = values(_given(COMMON | spec.properties, spec.nature), model)
    lines = [f"    {each}" for each in ("__typename", *given, *UNREAD[1:])]
    return _of_one(spec, "Reads a fact as its form and its page show it", lines)


def related_of(spec: ConceptSpec, model: Model) -> str:
    """Write the document that reads the relationships of one fact: apart from it, because there are many and they take longer."""
    lines = []
    for route in model.routes[spec.label].values():
        far = f"{{ __typename id confidence {described(route.far, model)} }}"
        several = f"(first: {MOST_RELATED}) {{ totalCount edges {{ {RELATIONSHIP_ID} node {far} }} }}"
        lines.append(f"    {route.field} {far}" if route.one else f"    {route.field}{several}")
    return _of_one(spec, "Reads the relationships of a fact, the first of each kind", lines)


def _of_one(spec: ConceptSpec, says: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return (
        f"# {says}.\n"
        "query Read($id: ID!, $synthetic: Boolean) {\n"
        f"  fact: {spec.singular}(id: $id, synthetic: $synthetic) {{\n    id\n{body}\n  }}\n}}\n"
    )


def read_relationship(spec: RelationshipSpec, model: Model) -> str:
    """Write the document that reads the relationships of a kind between two facts, from an end that has a list of them."""
    near, here, there = (spec.end, "to", "from") if spec.start.one else (spec.start, "from", "to")
    read = [RELATIONSHIP_ID, *values(_given(ON_EDGE | spec.properties, Nature.STATE), model)]
    edges = f"{near.field}(first: {MOST_PARALLEL}, where: {{id: {{eq: ${there}}}}}) {{ edges {{ {' '.join(read)} }} }}"
    of_each = "\n".join(f"    ... on {label} {{ {edges} }}" for label in near.labels)
    return (
        "# Reads the relationships between two facts as a form shows them.\n"
        "query Read($from: ID!, $to: ID!, $synthetic: Boolean) {\n"
        f"  facts: nodes(ids: [${here}], synthetic: $synthetic) {{\n    id\n{of_each}\n  }}\n}}\n"
    )


def values(properties: Mapping[str, Property], model: Model) -> Iterator[str]:
    """Yield the selection of each property, with its parts."""
    for name_, prop in properties.items():
        if prop.refers_to:
            more = " publisher url" if prop.refers_to == SOURCE else ""
            yield f"{name_} {{ id {called((prop.refers_to,), model)}{more} }}"
        elif parts := SHOWN.get(prop.kind):
            yield f"{name_} {parts}"
        else:
            yield name_


def _given(properties: Mapping[str, Property], nature: Nature) -> dict[str, Property]:
    """Leave out what no form shows, and `lastConfirmed` of what is not a state."""
    left = {*UNREAD, RELATIONSHIP_ID} | (set() if nature is Nature.STATE else {"lastConfirmed"})
    return {name_: prop for name_, prop in properties.items() if name_ not in left}


def called_by(spec: ConceptSpec) -> str | None:
    """Return the property that facts of a concept are called by: a required text, if one is searched that; None if none is."""
    texts = [prop for prop in spec.properties.values() if prop.required and prop.kind is Kind.TEXT]
    return next((prop.name for prop in [*(each for each in texts if each.searched), *texts]), None)


def called(labels: Iterable[str], model: Model) -> str:
    """Write the selection of what facts of these labels are called by."""
    given = tuple(labels)
    if len(given) == 1:
        return called_by(model.concepts[given[0]]) or ""
    named = set(model.interfaces[NAMED].labels)
    others = ((label, called_by(model.concepts[label])) for label in given if label not in named)
    parts = [f"... on {label} {{ {prop} }}" for label, prop in others if prop]
    return " ".join(([f"... on {NAMED} {{ name }}"] if named & set(given) else []) + parts)


def described(labels: Iterable[str], model: Model) -> str:
    """Write the selection of what facts of these labels are called by; of facts without a name, of what tells them apart."""
    given = tuple(labels)
    if len(given) > MOST_NEAR:
        return called(given, model)
    unnamed = [model.concepts[label] for label in given if called_by(model.concepts[label]) is None]
    if len(given) == 1:
        return " ".join(_apart(unnamed[0], model, alone=True)) if unnamed else called(given, model)
    parts = (f"... on {spec.label} {{ {' '.join(apart)} }}" for spec in unnamed if (apart := [*_apart(spec, model)]))
    return " ".join((called(given, model), *parts))


def _apart(spec: ConceptSpec, model: Model, *, alone: bool = False) -> Iterator[str]:
    """Yield what tells facts without a name apart: texts that are searched, values that all have, facts that they are of.

    Values of one name are of several types in several concepts, so they are only read where nothing else is.
    """
    for prop in spec.properties.values():
        if prop.searched or (alone and prop.kind in (Kind.CHOICE, Kind.NUMBER)):
            yield prop.name
    for route in model.routes[spec.label].values():
        if route.one and len(route.far) == 1 and (own := called_by(model.concepts[route.far[0]])):
            yield f"{route.field} {{ id {own} }}"


def find(model: Model) -> str:
    """Write the document that finds facts of some types by words of their names."""
    return (
        "# Finds facts by the beginnings of words in their names, for a field in which one is chosen.\n"
        '# variables: {"text": "Lima"}\n'
        "query Find($text: String!, $types: [FactType!], $synthetic: Boolean) {\n"
        f"  search(text: $text, types: $types, first: {MOST_FOUND}, synthetic: $synthetic) {{\n"
        f"    nodes {{ {_told(model)} }}\n  }}\n}}\n"
    )


def name(model: Model) -> str:
    """Write the document that tells what facts are called."""
    return (
        "# Tells what facts are called.\n"
        '# variables: {"ids": ["city/pe-15-lima"]}\n'
        "query Name($ids: [ID!]!, $synthetic: Boolean) {\n"
        f"  nodes(ids: $ids, synthetic: $synthetic) {{ {_told(model)} }}\n}}\n"
    )


def _told(model: Model) -> str:
    return f"__typename id ... on Fact {{ since {{ text }} note }} {called(model.concepts, model)}"
