"""Row models, derived from the declaration. In: a concept or relationship. Out: a pydantic model of its rows."""

import math
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    create_model,
)

from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.edtf import ACCEPTED, parse
from schema.language.kinds import Kind, Marking, Property

MOST_TEXT = 10_000
MOST_INDEXED = 5_000
"""Bytes of an indexed text. An index takes about 8,000 bytes for a text and an id (at most 2,000 bytes) together."""
MOST_SHOWN = 100
NODE_ID = re.compile(r"[a-z][a-z0-9-]*/[^\s/]+")
"""One slash: with more, relationships between different nodes could get the same id."""
CITY = "city/"
JOINED = "+"
"""Joins the cities that hold a fact in the text of its audience."""
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
REPORT = "@report"
"""Suffix of a holder whose facts are for reports only: they are published as counts and no steward sees them."""
UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me")
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Categories of characters that show nothing by themselves, and letters and symbols that do not either."""
SYSTEM = ("id", "recordedAt", "updatedAt")
"""Common properties with a rule of their own: the id is checked by itself, and the writer sets the times."""


def _shown(given: object) -> str:
    return repr(given)[:MOST_SHOWN]


def _edtf(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError(f"{_shown(given)} is not a text; {ACCEPTED}")
    return parse(given).text


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("NaN and infinities are not accepted")
    return value


def _currency(given: object) -> str:
    if not isinstance(given, str) or not CURRENCY.fullmatch(given):
        raise ValueError(
            f"{_shown(given)} is not a currency; write the three capital letters of ISO 4217, for example USD"
        )
    return given


def _whole(given: object) -> object:
    """Take a whole number that is written as 12.0, as tables with gaps do; refuse what is no number."""
    if isinstance(given, float) and given.is_integer():
        return int(given)
    if isinstance(given, bool) or not isinstance(given, int):
        raise ValueError(f"{_shown(given)} is not a whole number")
    return given


def _number(given: object) -> object:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError(f"{_shown(given)} is not a number")
    return given


def _visible(text: str) -> str:
    """Refuse control characters, and a text of which nothing would be seen."""
    odd = next((char for char in text if unicodedata.category(char) == "Cc" and char not in "\t\n\r"), None)
    if odd is not None:
        raise ValueError(f"{ascii(text)[:MOST_SHOWN]} contains the control character U+{ord(odd):04X}")
    if text and all(char in FILLERS or unicodedata.category(char) in UNSEEN for char in text):
        raise ValueError(f"{ascii(text)[:MOST_SHOWN]} shows nothing; leave the property out")
    return text


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(c.isspace() for c in text):
        raise ValueError("is not a web address; it begins with http:// or https:// and has no blanks")
    return text


def _indexed(text: str) -> str:
    size = len(text.encode())
    if size > MOST_INDEXED:
        raise ValueError(
            f"has {size:,} bytes of UTF-8; at most {MOST_INDEXED:,} are accepted, because this text is indexed"
        )
    return text


def _node_id(text: str) -> str:
    if not NODE_ID.fullmatch(text):
        raise ValueError(
            f"{_shown(text)} is not an id of a node; write a prefix, one slash and text without slashes and blanks"
        )
    return text


def _own_id(text: str) -> str:
    """Refuse the id of a city that would mean something else in the text of an audience."""
    mark = next((mark for mark in (JOINED, REPORT) if mark in text), None) if text.startswith(CITY) else None
    if mark:
        raise ValueError(f"{_shown(text)} contains {mark}, which has a meaning of its own in the holders of a fact")
    return text


def _holder(text: str) -> str:
    if not text.startswith(CITY):
        raise ValueError(f"{_shown(text)} is not an id of a city; it begins with {CITY}")
    return _node_id(text)


def _holders(given: list[str]) -> list[str]:
    size = len(_joined(given).encode())
    if size > MOST_INDEXED:
        raise ValueError(
            f"the ids of {len(given):,} holders have {size:,} bytes of UTF-8 together; at most {MOST_INDEXED:,} are accepted"
        )
    return given


def _joined(holders: list[str]) -> str:
    return JOINED.join(sorted(holder.removeprefix(CITY) for holder in holders))


def _bounded(prop: Property) -> Callable[[Any], Any]:
    """Make the check of a number or an amount of money that is declared with a range."""

    def check(value: Any) -> Any:
        number = value.amount if isinstance(value, MoneyRow) else value
        if (prop.least is not None and number < prop.least) or (prop.most is not None and number > prop.most):
            raise ValueError(f"{number:,} is out of range; accepted is {_range(prop)}")
        return value

    return check


def _range(prop: Property) -> str:
    if prop.most is None:
        return f"{prop.least} or more"
    return f"{prop.most} or less" if prop.least is None else f"{prop.least} to {prop.most}"


class MoneyRow(BaseModel):
    """An amount in whole units of a currency."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    amount: Annotated[StrictInt, Field(ge=-(2**53), le=2**53), BeforeValidator(_whole)]
    currency: Annotated[str, BeforeValidator(_currency)]


class PointRow(BaseModel):
    """A place on the globe, in degrees."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    latitude: Annotated[float, Field(ge=-90, le=90), BeforeValidator(_number)]
    longitude: Annotated[float, Field(ge=-180, le=180), BeforeValidator(_number)]


Text = Annotated[str, Field(strict=True, min_length=1, max_length=MOST_TEXT), AfterValidator(_visible)]
IndexedText = Annotated[str, Field(strict=True, min_length=1), AfterValidator(_visible), AfterValidator(_indexed)]
NodeId = Annotated[str, Field(strict=True, max_length=500), AfterValidator(_node_id)]
RelationshipId = Annotated[str, Field(strict=True, min_length=3, max_length=500, pattern=r"^[a-z][a-z0-9-]*/\S+$")]

ANNOTATIONS: dict[Kind, Any] = {
    Kind.TEXT: Text,
    Kind.TEXTS: list[Text],
    Kind.URL: Annotated[Text, AfterValidator(_address)],
    Kind.INTEGER: Annotated[StrictInt, Field(ge=-(2**31), le=2**31 - 1), BeforeValidator(_whole)],
    Kind.BIG_INTEGER: Annotated[StrictInt, Field(ge=-(2**53), le=2**53), BeforeValidator(_whole)],
    Kind.NUMBER: Annotated[StrictFloat | StrictInt, AfterValidator(_finite), BeforeValidator(_number)],
    Kind.BOOLEAN: StrictBool,
    Kind.WHEN: Annotated[str, BeforeValidator(_edtf)],
    Kind.END: Annotated[str, BeforeValidator(_edtf)],
    Kind.POINT: PointRow,
    Kind.MONEY: MoneyRow,
    Kind.MARKING: Literal["CLEAR", "GREEN", "AMBER", "RED"],
    Kind.REFERENCE: NodeId,
    Kind.REFERENCES: list[NodeId],
}


class FactRow(BaseModel):
    """What every row may have besides its own properties."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    holders: Annotated[list[Annotated[str, AfterValidator(_holder)]], AfterValidator(_holders)] = []


class NodeRow(FactRow):
    """A row that becomes a node."""

    label: str
    id: Annotated[NodeId, AfterValidator(_own_id)]


class RelationshipRow(FactRow):
    """A row that becomes a relationship."""

    type: str
    start: Annotated[NodeId, Field(alias="from")]
    end: Annotated[NodeId, Field(alias="to")]
    id: RelationshipId | None = None


def _fields(properties: dict[str, Property]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for prop in (COMMON | properties).values():
        if prop.name in SYSTEM:
            continue
        # The choices are data, so that the annotation is made here.
        kind: Any = Literal[tuple(prop.choices.__members__)] if prop.choices else ANNOTATIONS[prop.kind]
        if prop.kind is Kind.TEXT and (prop.sorted or prop.unique or prop.indexed):
            kind = IndexedText
        if prop.kind is Kind.URL and prop.indexed:
            kind = Annotated[kind, AfterValidator(_indexed)]
        if (prop.least, prop.most) != (None, None):
            kind = Annotated[kind, AfterValidator(_bounded(prop))]
        needed = prop.required and prop.kind is not Kind.MARKING
        fields[prop.name] = (kind, ...) if needed else (kind | None, None)
    return fields


@cache
def node_row(spec: ConceptSpec) -> type[NodeRow]:
    """Return the row model of a concept."""
    return create_model(f"{spec.label}Row", __base__=NodeRow, **_fields(spec.properties))


@cache
def relationship_row(spec: RelationshipSpec) -> type[RelationshipRow]:
    """Return the row model of a relationship."""
    return create_model(f"{spec.name}Row", __base__=RelationshipRow, **_fields(spec.properties))


def cities(holders: list[str]) -> list[str]:
    """Return the ids of the cities that hold a fact, without the suffix for reports."""
    return [holder.removesuffix(REPORT) for holder in holders]


def audience(marking: Marking, holders: list[str]) -> str:
    """Return marking and holders as one text, such as `2:us-wa-seattle`; raise ValueError if they contradict each other."""
    if marking <= Marking.GREEN:
        if holders:
            raise ValueError(f"{marking.name} facts have no holders")
        return str(int(marking))
    if not holders:
        raise ValueError(f"{marking.name} facts need holders, the ids of cities")
    if marking is Marking.RED and len(holders) > 1:
        raise ValueError("RED facts have one holder only")
    return f"{int(marking)}:{_joined(holders)}"


def marking_of(spec: ConceptSpec | RelationshipSpec, given: str | None) -> Marking:
    """Return the marking of a row; raise ValueError if it is not CLEAR and the declaration allows only CLEAR."""
    marking = Marking[given] if given else spec.marking
    if spec.always_clear and marking is not Marking.CLEAR:
        raise ValueError(f"{spec.name if isinstance(spec, RelationshipSpec) else spec.label} is always CLEAR")
    return marking
