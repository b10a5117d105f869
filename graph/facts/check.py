"""Load, step 2. In: the lines of a file. Out: Facts ready to be stored, and what is wrong with the other rows, by field."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from graph.bolt.write import Point
from graph.load.files import BadRow, Line, RowFile
from schema.derived.rows import (
    FactRow,
    MoneyRow,
    NodeRow,
    PointRow,
    TieRow,
    audience,
    cities,
    marking_of,
    node_row,
    tie_row,
)
from schema.domain.evidence import COMMON
from schema.language.days import stored_day
from schema.language.declare import ConceptSpec, RelationshipSpec, kebab
from schema.language.edtf import parse
from schema.language.ids import tie_id
from schema.language.kinds import MARKING_MEANING, Kind, Property
from schema.language.words import line
from schema.model import Model


@dataclass(frozen=True)
class Need:
    """Another fact that must be there, and the field that names it."""

    field: str
    id: str


@dataclass(frozen=True)
class Only:
    """The end of a relationship at a fact whose `field` leads to one fact at most, of these prefixes."""

    near: str
    field: str
    forward: bool
    far: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A node or a relationship as it is stored; `start` and `end` are empty for a node, `unique` names properties.

    `own` says that a relationship's id is not made from its ends.
    """

    line: int
    of: str
    id: str
    properties: dict[str, Any] = field(hash=False)
    needs: tuple["Need", ...] = ()
    unique: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    only: tuple["Only", ...] = ()
    own: bool = False


@dataclass(frozen=True)
class Checked:
    """The rows of a file, checked one by one."""

    file: RowFile
    facts: tuple[Fact, ...]
    bad: tuple[BadRow, ...]


class RowRefused(Exception):
    """A row is wrong in these fields, for these reasons."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def check(file: RowFile, model: Model) -> Checked:
    """Check the rows of a file, each for itself and for ids used twice."""
    facts: dict[str, Fact] = {}
    bad = list(file.bad)
    for each in file.lines:
        try:
            found = fact(each, model)
            if found.id in facts:
                raise RowRefused(
                    ("id", f"{found.id} stands on line {facts[found.id].line} already{_hint(found, each)}")
                )
            facts[found.id] = found
        except RowRefused as refused:
            bad += [BadRow(file.name, each.number, where, reason) for where, reason in refused.problems]
    return Checked(file, tuple(facts.values()), tuple(bad))


def _hint(found: Fact, line: Line) -> str:
    """Say what tells two relationships between the same facts apart, where nothing in the row does."""
    if not found.start or line.row.get("id"):
        return ""
    return f"; another {found.of} between the same two facts takes an `id` of its own, {found.id.partition('/')[0]}/..."


def fact(line: Line, model: Model) -> Fact:
    """Check a row and return the fact that it states; raise RowRefused with every problem found."""
    if "label" in line.row:
        return _node(line, model)
    if "type" in line.row:
        return _tie(line, model)
    raise RowRefused(("(row)", "has neither a label (a node) nor a type (a relationship)"))


def _node(line: Line, model: Model) -> Fact:
    label = line.row["label"]
    spec = model.concepts.get(label) if isinstance(label, str) else None
    if spec is None:
        raise RowRefused(("label", f"{label!r} is unknown; accepted are {', '.join(model.concepts)}"))
    row: NodeRow = _validated(node_row(spec), line.row, {"label", "id", "holders", *COMMON, *spec.properties})
    if not row.id.startswith(f"{spec.prefix}/"):
        raise RowRefused(("id", f"{row.id!r} does not begin with {spec.prefix}/"))
    _sourced(row, row.id)
    _span(row)
    _within(row, spec)
    _marked(row, spec)
    stored = _stored(row, row.id, spec)
    unique = tuple(name for name, prop in spec.properties.items() if prop.unique and name in stored)
    return Fact(line.number, spec.label, row.id, stored, (*_references(spec, stored, model), *_held(row)), unique)


def _tie(line: Line, model: Model) -> Fact:
    type_, start, end = (line.row.get(key) for key in ("type", "from", "to"))
    labels = [concept.label if (concept := model.concept_of_id(str(at))) else "" for at in (start, end)]
    spec = model.relationship(str(type_), labels[0], labels[1])
    if spec is None:
        raise RowRefused(("type", f"there is no {type_} from {start!r} to {end!r} in the model"))
    row: TieRow = _validated(
        tie_row(spec), line.row, {"type", "from", "to", "id", "holders", *COMMON, *spec.properties}
    )
    prefix = kebab(spec.type)
    first, last = sorted((row.start, row.end)) if spec.undirected else (row.start, row.end)
    made = tie_id(prefix, first, last, *(str(getattr(row, name) or "") for name in spec.per))
    id_ = row.id or made
    if not id_.startswith(f"{prefix}/"):
        raise RowRefused(("id", f"{id_!r} does not begin with {prefix}/"))
    if id_ != made and id_.count("/") > 1:
        # An id with more of them may be the one that other ends make.
        raise RowRefused(("id", f"{id_!r} is not {made!r}; an id of its own has no further slash"))
    _sourced(row, id_)
    _span(row)
    _within(row, spec)
    stored = _stored(row, id_, spec)
    needs = (Need("from", row.start), Need("to", row.end), *_references(spec, stored, model), *_held(row))
    only, own = _only(spec, row), id_ != made
    return Fact(line.number, spec.type, id_, stored, needs, start=first, end=last, only=only, own=own)


def _only(spec: RelationshipSpec, row: TieRow) -> tuple[Only, ...]:
    """List the ends at which a relationship is the only one."""
    ways = ((True, row.start, spec.start, spec.end), (False, row.end, spec.end, spec.start))
    return tuple(
        Only(near, here.field, forward, tuple(map(kebab, there.labels)))
        for forward, near, here, there in ways
        if here.one
    )


def _references(spec: ConceptSpec | RelationshipSpec, stored: dict[str, Any], model: Model) -> tuple[Need, ...]:
    """List the facts that properties of a row name by id; each must be of the concept that is declared."""
    found = []
    for prop in (COMMON | spec.properties).values():
        if prop.refers_to is not None and prop.name in stored:
            held = stored[prop.name]
            found += [Need(prop.name, id_) for id_ in (held if isinstance(held, list) else [held])]
            prefix = f"{model.concepts[prop.refers_to].prefix}/"
            wrong = [need.id for need in found if need.field == prop.name and not need.id.startswith(prefix)]
            if wrong:
                raise RowRefused((prop.name, f"{wrong[0]!r} does not begin with {prefix}"))
    return tuple(need for need in found if need.id != stored["id"])


def _span(row: Any) -> None:
    """Refuse a period in one property, and an end before its beginning."""
    for name in ("since", "until"):
        text = getattr(row, name)
        first, slash, last = (text or "").partition("/")
        if slash and ".." not in (first, last):
            raise RowRefused((name, f"{text!r} is a period; write its beginning as since and its end as until"))
    if row.since and row.until:
        begun, ended = parse(row.since).earliest, parse(row.until).latest
        if begun and ended and ended < begun:
            raise RowRefused(("until", f"{row.until!r} is before since, {row.since!r}"))


def _held(row: FactRow) -> tuple[Need, ...]:
    """List the cities that hold a row: of one that nobody knows, nobody could ever be the steward."""
    return tuple(Need("holders", city) for city in cities(row.holders))


def _within(row: Any, spec: ConceptSpec | RelationshipSpec) -> None:
    """Refuse a number that is more than the one it is a part of."""
    for prop in spec.properties.values():
        if prop.within:
            part, whole = getattr(row, prop.name), getattr(row, prop.within)
            if part is not None and whole is not None and part > whole:
                raise RowRefused((prop.name, f"{part:,} is more than {prop.within}, {whole:,}"))


def _marked(row: Any, spec: ConceptSpec) -> None:
    """Refuse a row that must say its marking and does not."""
    if spec.marked is None or row.marking is not None:
        return
    name, word = spec.marked
    if getattr(row, name) == word.name:
        raise RowRefused(
            (
                "marking",
                f"a {spec.label} whose {name} is {word.name} must say its marking, for without one it would be "
                f"{spec.marking.name}, {MARKING_MEANING[spec.marking].removesuffix('.').lower()}",
            )
        )


def _sourced(row: Any, id_: str) -> None:
    if not row.sources and row.confidence != "SYNTHETIC":
        raise RowRefused(("sources", f"{id_} has no source; only SYNTHETIC facts may have none"))


def _validated(model: type[Any], row: dict[str, Any], accepted: set[str]) -> Any:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        problems = []
        for found in error.errors(include_url=False, include_context=False):
            reason = found["msg"].removeprefix("Value error, ")
            if found["type"] == "extra_forbidden":
                reason = f"is not accepted here; accepted are {', '.join(sorted(accepted - {'recordedAt'}))}"
            problems.append((".".join(map(str, found["loc"])) or "(row)", reason))
        raise RowRefused(*problems) from error


def _stored(row: FactRow, id_: str, spec: ConceptSpec | RelationshipSpec) -> dict[str, Any]:
    """Return the properties as stored, with a digest of all that the row states."""
    given: Any = row
    try:
        marking = marking_of(spec, given.marking)
        admitted = audience(marking, row.holders)
    except ValueError as error:
        raise RowRefused(("marking", str(error))) from error
    stored: dict[str, Any] = {"id": id_, "marking": int(marking), "audience": admitted}
    for prop in (COMMON | spec.properties).values():
        if prop.name not in stored and (value := getattr(given, prop.name, None)) is not None:
            stored |= _columns(prop, value) | _words(prop, value)
    written = orjson.dumps(stored, default=vars, option=orjson.OPT_SORT_KEYS)
    return stored | {"_digest": hashlib.blake2b(written, digest_size=16).hexdigest()}


def _columns(prop: Property, value: Any) -> dict[str, Any]:
    """Return the columns of one property: dates and money have two."""
    if prop.kind.is_date:
        day = stored_day(prop.kind, parse(value))
        return {prop.name: value} | ({prop.day: day} if day else {})
    if isinstance(value, MoneyRow):
        return {f"{prop.name}Amount": value.amount, f"{prop.name}Currency": value.currency}
    if isinstance(value, PointRow):
        return {prop.name: Point(value.latitude, value.longitude)}
    if isinstance(value, list):
        return {prop.name: value} if value else {}
    # An index tells minus zero from zero, a comparison without one does not: zero alone is stored.
    return {prop.name: float(value) + 0.0 if prop.kind is Kind.NUMBER else value}


def _words(prop: Property, value: Any) -> dict[str, str]:
    """Return the column of a searched text's words, folded; a list of texts has a line for each."""
    if not prop.searched:
        return {}
    folded = "".join(line(text) for text in ([value] if isinstance(value, str) else value))
    return {prop.words: folded} if folded else {}
