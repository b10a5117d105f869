"""The properties of a fact as they are stored. In: a validated row and its declaration. Out: a map of columns."""

import hashlib
from functools import cache
from typing import Any

import orjson

from graph.bolt.write import Point
from graph.facts.rows import RowRefused
from schema.derived.rows import FactRow, MoneyRow, PointRow, audience, marking_of
from schema.domain.evidence import COMMON, Confidence
from schema.language.days import certain_days, stored_day
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.edtf import parse
from schema.language.kinds import SYNTHETIC, Kind, Property, level
from schema.language.words import line

PLAIN = frozenset((Kind.TEXT, Kind.URL, Kind.INTEGER, Kind.BIG_INTEGER, Kind.BOOLEAN, Kind.CHOICE, Kind.REFERENCE))
"""Kinds of properties that are stored as they are written."""

MOST_LINE = 8_000
"""Most bytes of a folded name. A few characters become many when they are folded, and an index takes about 8,000 bytes."""


def stored(row: FactRow, id_: str, spec: ConceptSpec | RelationshipSpec) -> dict[str, Any]:
    """Return the properties as stored, with a digest of everything that the row states."""
    given = vars(row)
    synthetic = given["confidence"] == Confidence.SYNTHETIC.name
    try:
        marking = marking_of(spec, given["marking"])
        admitted = audience(marking, row.holders)
    except ValueError as error:
        raise RowRefused(("marking", str(error))) from error
    columns: dict[str, Any] = {"id": id_, "marking": int(marking), "audience": admitted}
    for prop in _properties(spec):
        if (value := given.get(prop.name)) is not None:
            columns |= _columns(prop, value)
            if prop.searched:
                columns |= _words(prop, value)
    written = orjson.dumps(columns, default=vars, option=orjson.OPT_SORT_KEYS)
    digest = hashlib.blake2b(written, digest_size=16).hexdigest()
    tested = {"level": level(marking, synthetic=synthetic), "audience": SYNTHETIC + admitted if synthetic else admitted}
    return columns | tested | certain_days(given["since"], given["until"]) | {"_digest": digest}


@cache
def _properties(spec: ConceptSpec | RelationshipSpec) -> tuple[Property, ...]:
    """Return the properties that a row may state, but for the marking, which is stored as a number."""
    return tuple(prop for name, prop in (COMMON | spec.properties).items() if name not in ("id", "marking", "audience"))


def _columns(prop: Property, value: Any) -> dict[str, Any]:
    """Return the columns of one property: dates and money have two."""
    if prop.kind in PLAIN:
        return {prop.name: value}
    if prop.kind.is_date:
        day = stored_day(prop.kind, parse(value))
        return {prop.name: value} | ({prop.day: day} if day else {})
    if isinstance(value, MoneyRow):
        return {f"{prop.name}Amount": value.amount, f"{prop.name}Currency": value.currency}
    if isinstance(value, PointRow):
        return {prop.name: Point(value.latitude, value.longitude)}
    if isinstance(value, list):
        return {prop.name: value} if value else {}
    # An index tells minus zero from zero and a comparison without an index does not, so only zero is stored.
    return {prop.name: float(value) + 0.0 if prop.kind is Kind.NUMBER else value}


def _words(prop: Property, value: Any) -> dict[str, str]:
    """Return the column of a searched text's words, folded; a list of texts has a line for each."""
    folded = "".join(line(text) for text in ([value] if isinstance(value, str) else value))
    if prop.is_a_name and len(folded) > MOST_LINE // 4 and len(folded.encode()) > MOST_LINE:
        raise RowRefused((prop.name, f"has more than {MOST_LINE:,} bytes when it is folded, too many for an index"))
    return {prop.words: folded} if folded else {}
