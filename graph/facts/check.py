"""Writing facts, step 1. In: rows. Out: facts that are right in themselves, and the problems of the other rows.

Nothing here asks the database, so that it can run while the database is busy.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from graph.facts import sense
from graph.facts.fact import Fact, Need, Only
from graph.facts.rows import Problem, Row, RowRefused
from graph.facts.stored import stored
from schema.derived.rows import FactRow, NodeRow, RelationshipRow, cities, node_row, relationship_row
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec, kebab
from schema.language.edtf import EdtfError
from schema.language.ids import relationship_id, slug
from schema.language.named import with_article
from schema.model import Model

MARKS = "- . _ ~ + @ : /"
PLAIN = re.compile(r"[a-zA-Z0-9._~+@:/-]+")
SAYS_VALUE = ("missing", "extra_forbidden", "value_error")
"""Types of pydantic's errors whose message needs no value, or names it."""
WRITTEN = {"recordedAt", "updatedAt"}
"""Properties that the writer sets, and no row states."""
MOST_NAMED = 5
"""How many characters a problem names."""
MOST_SHOWN = 100
"""Characters that a problem quotes of a value."""


@dataclass(frozen=True)
class Checked:
    """Rows after this step: the facts that the good rows state, and the problems of the others."""

    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...] = ()


def check(rows: Iterable[Row], model: Model) -> Checked:
    """Check each row by itself, and that no two rows state the same fact."""
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    for row in rows:
        try:
            fact = read_fact(row, model)
            require_plain_id(fact)
            if fact.id in facts:
                raise RowRefused(("id", f"{fact.id} is already stated at {facts[fact.id].where}{_hint(fact, row)}"))
            facts[fact.id] = fact
        except RowRefused as refused:
            problems += refused.at(row.where)
    return Checked(tuple(facts.values()), tuple(problems))


def _hint(fact: Fact, row: Row) -> str:
    """Say how a second relationship between the same two nodes is written, unless the row has an id already."""
    if not fact.start or row.values.get("id"):
        return ""
    return f"; another {fact.of} between the same two facts needs an `id` of its own, {fact.id.partition('/')[0]}/..."


def read_fact(row: Row, model: Model) -> Fact:
    """Return the fact that a row states; raise RowRefused with every problem of the row."""
    if "label" in row.values:
        return _node(row, model)
    if "type" in row.values:
        return _relationship(row, model)
    raise RowRefused(("(row)", "has neither a label (a node) nor a type (a relationship)"))


def _node(row: Row, model: Model) -> Fact:
    label = row.values["label"]
    spec = model.concepts.get(label) if isinstance(label, str) else None
    if spec is None:
        raise RowRefused(("label", f"{label!r} is unknown; accepted are {', '.join(model.concepts)}"))
    shape = _shape(spec)
    read: NodeRow = _validated(shape, _citing_itself(row, spec))
    _require_prefix(read.id, spec.prefix)
    _require_sense(read, spec)
    sense.require_marking(read, spec)
    columns = stored(read, read.id, spec)
    unique = tuple(name for name in shape.unique if name in columns)
    needs = (*_references(shape, columns, model), *_holders(read))
    return Fact(row.where, spec.label, read.id, columns, needs, unique, references=shape.references)


def _citing_itself(row: Row, spec: ConceptSpec) -> Row:
    """A source that cites none is itself what states it."""
    if spec.label != COMMON["sources"].refers_to or row.values.get("sources") or not row.values.get("id"):
        return row
    if row.values.get("confidence") == "SYNTHETIC":
        return row
    return Row(row.where, {**row.values, "sources": [row.values["id"]]})


def _relationship(row: Row, model: Model) -> Fact:
    type_, start, end = (row.values.get(key) for key in ("type", "from", "to"))
    labels = [concept.label if (concept := model.concept_of_id(str(id_))) else "" for id_ in (start, end)]
    spec = model.relationship(str(type_), labels[0], labels[1])
    if spec is None:
        raise RowRefused(("type", f"there is no {type_} from {start!r} to {end!r} in the model"))
    if spec.alike and labels[0] != labels[1]:
        one, other = map(with_article, labels)
        raise RowRefused(("to", f"{type_} joins two facts of one concept; {start!r} is {one}, and {end!r} {other}"))
    shape = _shape(spec)
    read: RelationshipRow = _validated(shape, row)
    first, last = sorted((read.start, read.end)) if spec.undirected else (read.start, read.end)
    made = relationship_id(kebab(spec.type), first, last, *(str(getattr(read, name) or "") for name in spec.per))
    id_ = read.id or made
    _require_id(id_, made, kebab(spec.type))
    _require_sense(read, spec)
    columns = stored(read, id_, spec)
    needs = (Need("from", read.start), Need("to", read.end), *_references(shape, columns, model), *_holders(read))
    only, own = _only(spec, read), id_ != made
    return Fact(
        row.where, spec.type, id_, columns, needs, start=first, end=last, only=only, own=own,
        apart=not spec.to_itself, acyclic=spec.acyclic, references=shape.references,
    )  # fmt: skip


def _validated(shape: "_Shape", row: Row) -> Any:
    """Return the row as its pydantic model, which knows the kinds of its properties."""
    try:
        return shape.row.model_validate(row.values)
    except ValidationError as error:
        problems: list[tuple[str, str, str, tuple[str, ...]]] = []
        for each in error.errors(include_url=False):
            reason = each["msg"].removeprefix("Value error, ")
            if each["type"] not in SAYS_VALUE:
                reason = f"{repr(each['input'])[:MOST_SHOWN]} is not accepted: {reason[0].lower()}{reason[1:]}"
            if each["type"] == "missing":
                reason = _missing(shape.row.model_fields.get(str(each["loc"][-1])))
            if each["type"] == "extra_forbidden":
                reason = f"is not accepted here; accepted are {', '.join(sorted(shape.accepted - WRITTEN))}"
            code = "MISSING" if each["type"] == "missing" else "INVALID"
            cause = each.get("ctx", {}).get("error")
            meant = cause.meant if isinstance(cause, EdtfError) else ()
            problems.append((".".join(map(str, each["loc"])) or "(row)", reason, code, meant))
        raise RowRefused(*problems) from error


def _missing(of: FieldInfo | None) -> str:
    """Say that a property is missing, and what is accepted if its words can be listed."""
    words = get_args(of.annotation) if of and get_origin(of.annotation) is Literal else ()
    return f"is missing; accepted are {', '.join(words)}" if words else "is missing"


def require_plain_id(fact: Fact) -> None:
    """Refuse a new id with characters that may look like others or show nothing. Ids of ends are made before."""
    if (fact.own or not fact.start) and (odd := PLAIN.sub("", fact.id)):
        prefix, _, rest = fact.id.partition("/")
        meant = f"; write it as {prefix}/{slug(rest)}" if slug(rest) else ""
        names = ", ".join(f"{char!a} ({unicodedata.name(char, 'no name')})" for char in dict.fromkeys(odd[:MOST_NAMED]))
        raise RowRefused(
            ("id", f"{fact.id!a} contains {names}; accepted are a to z, A to Z, 0 to 9 and {MARKS}{meant}")
        )


def _require_prefix(id_: str, prefix: str) -> None:
    if not id_.startswith(f"{prefix}/"):
        raise RowRefused(("id", f"{id_!r} does not begin with {prefix}/"))


def _require_id(id_: str, made: str, prefix: str) -> None:
    """Refuse an id of a relationship that could be the id made from other ends."""
    _require_prefix(id_, prefix)
    if id_ != made and id_.count("/") > 1:
        raise RowRefused(("id", f"{id_!r} is not {made!r}; an id of its own has no further slash"))


def _require_sense(read: FactRow, spec: ConceptSpec | RelationshipSpec) -> None:
    sense.require_sources(read)
    sense.require_real(read, spec)
    sense.require_order_of_dates(read, spec)
    sense.require_state_if_confirmed(read, spec.nature)
    sense.require_part_within_whole(read, spec)


def _only(spec: RelationshipSpec, read: RelationshipRow) -> tuple[Only, ...]:
    """List the ends at which this relationship must be the only one."""
    directions = ((True, read.start, spec.start, spec.end), (False, read.end, spec.end, spec.start))
    return tuple(
        Only(near, here.field, forward, tuple(map(kebab, there.labels)))
        for forward, near, here, there in directions
        if here.one
    )


@dataclass(frozen=True)
class _Shape:
    """What is worked out once of a declaration: the model of its rows, the names that a row may have, and some properties.

    `refers` has the label of the facts that a property names.
    """

    row: type[Any]
    accepted: frozenset[str]
    unique: tuple[str, ...]
    references: tuple[str, ...]
    refers: dict[str, str] = field(hash=False)


@cache
def _shape(spec: ConceptSpec | RelationshipSpec) -> _Shape:
    properties = COMMON | spec.properties
    own = ("label", "id", "holders") if isinstance(spec, ConceptSpec) else ("type", "from", "to", "id", "holders")
    refers = {prop.name: prop.refers_to for prop in properties.values() if prop.refers_to}
    return _Shape(
        node_row(spec) if isinstance(spec, ConceptSpec) else relationship_row(spec),
        frozenset((*own, *properties)),
        tuple(name for name, prop in spec.properties.items() if prop.unique),
        tuple(refers),
        refers,
    )


def _references(shape: _Shape, columns: dict[str, Any], model: Model) -> tuple[Need, ...]:
    """List the facts that properties name by id; refuse an id that is not of the declared concept."""
    needs: list[Need] = []
    for name, label in shape.refers.items():
        if name in columns:
            named = columns[name]
            ids = named if isinstance(named, list) else [named]
            prefix = f"{model.concepts[label].prefix}/"
            wrong = next((id_ for id_ in ids if not id_.startswith(prefix)), None)
            if wrong is not None:
                raise RowRefused((name, f"{wrong!r} does not begin with {prefix}"))
            needs += [Need(name, id_) for id_ in ids]
    return tuple(need for need in needs if need.id != columns["id"])


def _holders(read: FactRow) -> tuple[Need, ...]:
    """List the cities that hold a row. They must exist, because a holder that nobody knows has no steward."""
    return tuple(Need("holders", city) for city in cities(read.holders))
