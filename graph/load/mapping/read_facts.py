"""Facts as the config writes them. In: the list `facts`. Out: FactMaps, checked against the model; faults become complaints."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.load.mapping.cells import Style
from graph.load.mapping.facts import Condition, FactMap
from graph.load.mapping.read_references import Handles, read_reference
from graph.load.mapping.read_values import Wanted, read_value, wanted
from graph.load.mapping.references import Reference
from graph.load.mapping.spots import Spot, nearest, offered
from graph.load.mapping.values import Constant, Value
from schema.derived.rows import SYSTEM
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec, camel
from schema.language.kinds import Kind, Marking, Property
from schema.language.named import with_article
from schema.model import Model

HOLDERS = "holders"
CONCEPT_WORDS = ("concept", "as", "when", "key")
RELATIONSHIP_WORDS = ("relationship", "from", "to", "as", "when")
NOT_STATED = {"id": "ids are made from the key of the record", "recordedAt": "it is set when the fact is written",
              "updatedAt": "it is set when the fact is written"}  # fmt: skip
DEFAULTED = ("confidence",)
"""Required properties that have a value if the config states none."""
REFERENCES = (Kind.REFERENCE, Kind.REFERENCES)


@dataclass(frozen=True)
class Begun:
    """A fact of which only the first word was read: what it is, and the handle of a concept."""

    spot: Spot
    concept: ConceptSpec | None = None
    type: str = ""
    handle: str = ""


def read_facts(spot: Spot, model: Model, style: Style, own: tuple[str, str]) -> tuple[FactMap, ...]:
    """Read all facts, concepts first. `own` is the handle and the label of the feed's source."""
    if not spot.is_list:
        spot.complain("is not a list; each fact begins with `- concept: ...` or `- relationship: ...`")
        return ()
    before = len(spot.book.complaints)
    begun = [each for item in spot.items() if (each := _begin(item, model))]
    labels = {own[0]: own[1]}
    for each in begun:
        if each.concept and each.handle in labels:
            reason = "stands for the feed's source" if each.handle == own[0] else "is the handle of another fact"
            each.spot.complain(f"{each.handle!r} {reason}; give this fact another handle: as: ...")
        elif each.concept:
            labels[each.handle] = each.concept.label
    handles = Handles(labels, model, style, own[0], whole=len(spot.book.complaints) == before)
    if not begun and not spot.items():
        spot.complain("is empty; a feed states at least one fact")
    concepts = [_concept(each, handles) for each in begun if each.concept]
    relationships = [_relationship(each, handles) for each in begun if not each.concept]
    return tuple(filter(None, (*concepts, *relationships)))


def _begin(spot: Spot, model: Model) -> Begun | None:
    if not spot.is_map:
        spot.complain(f"{spot.shown()} is not a fact; it begins with `concept: ...` or `relationship: ...`")
        return None
    given = spot.given()
    if ("concept" in given) == ("relationship" in given):
        spot.complain("a fact has either concept or relationship")
        return None
    if "concept" in given:
        label = given["concept"].word(tuple(model.concepts))
        handle = given["as"].text() if "as" in given else camel(label) if label else ""
        return Begun(spot, concept=model.concepts[label], handle=handle) if label and handle else None
    types = tuple(dict.fromkeys(spec.type for spec in model.relationships.values()))
    type_ = given["relationship"].word(types)
    handle = given["as"].text() if "as" in given else type_
    return Begun(spot, type=type_, handle=handle) if type_ else None


def _concept(begun: Begun, handles: Handles) -> FactMap | None:
    spec = begun.concept
    if spec is None:
        return None
    fields = _fields(begun.spot, CONCEPT_WORDS, spec, spec.label)
    fact = FactMap(begun.handle, label=spec.label, when=_conditions(fields, handles.style))
    fact = replace(fact, key=fields["key"].texts() if "key" in fields else ())
    return _with_properties(fact, fields, spec, handles, begun.spot)


def _relationship(begun: Begun, handles: Handles) -> FactMap | None:
    given = begun.spot.given()
    if gone := [word for word in ("from", "to") if word not in given]:
        begun.spot.complain(f"{begun.type} needs {' and '.join(gone)}: which facts it joins")
        return None
    start, end = (read_reference(given[word], handles) for word in ("from", "to"))
    if start is None or end is None:
        return None
    spec = _spec(begun, given, start, end, handles.model)
    if spec is None:
        return None
    fields = _fields(begun.spot, RELATIONSHIP_WORDS, spec, spec.type)
    fact = FactMap(begun.handle, type=spec.type, start=start, end=end, when=_conditions(fields, handles.style))
    return _with_properties(fact, fields, spec, handles, begun.spot)


def _spec(
    begun: Begun, given: Mapping[str, Spot], start: Reference, end: Reference, model: Model
) -> RelationshipSpec | None:
    """Return the declaration between these ends; complain of ends that it does not have, or that leave several."""
    declared = [spec for spec in model.relationships.values() if spec.type == begun.type]
    starts = [spec for spec in declared if not start.labels or {*start.labels} & {*spec.start.labels}]
    if not starts:
        given["from"].complain(
            _wrong_end(begun.type, "starts at", start.labels, [spec.start.labels for spec in declared])
        )
        return None
    found = [spec for spec in starts if not end.labels or {*end.labels} & {*spec.end.labels}]
    if not found:
        given["to"].complain(_wrong_end(begun.type, "leads to", end.labels, [spec.end.labels for spec in starts]))
        return None
    if len(found) > 1:
        listed = tuple(dict.fromkeys(label for spec in found for label in spec.end.labels))
        given["to"].complain(f"{begun.type} may lead to {', '.join(listed)}; say which: {{id: ..., of: {listed[0]}}}")
        return None
    return found[0]


def _wrong_end(type_: str, verb: str, labels: tuple[str, ...], accepted: list[tuple[str, ...]]) -> str:
    listed = dict.fromkeys(label for each in accepted for label in each)
    return f"{type_} {verb} {' or '.join(listed)}, and this is {with_article(' or '.join(labels))}"


def _fields(spot: Spot, words: tuple[str, ...], spec: ConceptSpec | RelationshipSpec, of: str) -> dict[str, Spot]:
    """Return what is said of a fact, by word; complain of words that it does not have."""
    properties = [name for name in (*spec.properties, *COMMON, HOLDERS) if name not in SYSTEM]
    found: dict[str, Spot] = {}
    for key, value in spot.pairs():
        word = str(key.node.value)
        if word in words or word in properties:
            found[word] = value
        elif word in NOT_STATED:
            key.complain(f"{word} is not stated by a feed: {NOT_STATED[word]}")
        else:
            close = nearest(word, (*words, *properties))
            key.complain(f"{word!r} is no property of {of}; {offered(word, properties)}", close)
    return found


def _conditions(fields: Mapping[str, Spot], style: Style) -> tuple[Condition, ...]:
    found = (_condition(item, style) for item in (fields["when"].items() if "when" in fields else []))
    return tuple(filter(None, found))


def _condition(spot: Spot, style: Style) -> Condition | None:
    fields = spot.fields(("column", "is", "is not", "filled"), ("column",))
    tests = fields.keys() - {"column"}
    if "column" not in fields or len(tests) != 1:
        if "column" in fields:
            spot.complain('needs one of is, "is not" and filled, such as {column: kind, is: tour}')
        return None
    column, test = fields["column"].text(), next(iter(tests))
    if test == "filled":
        return Condition(column, filled=fields[test].flag(), empty=style.empty)
    return Condition(column, frozenset(fields[test].texts()), wanted=test == "is", empty=style.empty)


def _with_properties(
    fact: FactMap, fields: Mapping[str, Spot], spec: ConceptSpec | RelationshipSpec, handles: Handles, spot: Spot
) -> FactMap:
    """Read the properties of a fact."""
    values: dict[str, Value] = {}
    references: dict[str, tuple[Reference, ...]] = {}
    properties = COMMON | spec.properties | {HOLDERS: Property(Kind.REFERENCES, "", name=HOLDERS)}
    for name, prop in properties.items():
        if name not in fields or name in SYSTEM:
            continue
        if prop.kind in REFERENCES:
            found = tuple(filter(None, (read_reference(item, handles) for item in fields[name].items())))
            _require_label(fields[name], found, prop)
            references[name] = found
        elif value := read_value(fields[name], wanted(prop), handles.style):
            values[name] = value
            _require_clear(fields[name], value, prop, spec)
    needed = [prop for prop in (COMMON | spec.properties).values() if _is_needed(prop)]
    unknown = [str(key.node.value) for key, _ in spot.pairs() if key.node.value not in fields]
    for prop in needed:
        if prop.name not in fields and not any(nearest(word, [prop.name]) for word in unknown):
            of = spec.label if isinstance(spec, ConceptSpec) else spec.type
            spot.complain(f"{of} needs {prop.name}: {_how(prop)}")
    several = {name for name, prop in properties.items() if prop.kind is Kind.REFERENCES}
    required = frozenset(prop.name for prop in needed)
    return replace(fact, values=values, references=references, required=required, several=frozenset(several))


def _is_needed(prop: Property) -> bool:
    return prop.required and prop.kind is not Kind.MARKING and prop.name not in (*SYSTEM, *DEFAULTED)


def _how(prop: Property) -> str:
    """Say how a property that is missing could be written."""
    want: Wanted = wanted(prop)
    if want.words:
        return f"write {prop.name}: {{value: {want.words[0]}}}, or a column; accepted are {', '.join(want.words)}"
    return f"write {prop.name}: and the name of a column"


def _require_label(spot: Spot, found: tuple[Reference, ...], prop: Property) -> None:
    """Complain of a reference to a fact of another concept than the declared one."""
    if prop.refers_to is None:
        return
    for each in found:
        wrong = [label for label in each.labels if label != prop.refers_to]
        if wrong:
            spot.complain(f"refers to {with_article(prop.refers_to)}, and this is {with_article(wrong[0])}")


def _require_clear(spot: Spot, value: Value, prop: Property, spec: Any) -> None:
    """Complain of a marking that the declaration does not allow."""
    stated = value.value if isinstance(value, Constant) else None
    if prop.kind is Kind.MARKING and spec.always_clear and stated not in (None, Marking.CLEAR.name):
        of = spec.label if isinstance(spec, ConceptSpec) else spec.type
        spot.complain(f"{of} is always {Marking.CLEAR.name}; leave marking out")
