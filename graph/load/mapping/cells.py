"""Cells. In: one raw value of a record and how such values are written. Out: a text, number or truth value, or Wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

MOST_SHOWN = 100
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " "})
"""Blanks that divide thousands."""
MINUS = str.maketrans({"\u2212": "-"})
LARGEST = 30
"""Digits before the point of a number that is read."""
EXCEL_ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"}


@dataclass(frozen=True)
class Absent:
    """Stands for the value of a column that a record does not have."""


ABSENT = Absent()


class Wrong(Exception):
    """A value of a record cannot be read; the text says why."""

    def __init__(self, reason: str, accepted: tuple[str, ...] = (), code: str = "INVALID") -> None:
        super().__init__(reason)
        self.reason, self.accepted, self.code = reason, accepted, code


@dataclass(frozen=True)
class Style:
    """How cells of a column are written."""

    decimal: str = "."
    thousands: str = ""
    formats: tuple[str, ...] = ()
    true: tuple[str, ...] = ("true",)
    false: tuple[str, ...] = ("false",)
    empty: frozenset[str] = frozenset()
    times: Decimal | int = 1
    round: bool = False


def shown(value: object) -> str:
    """Return a value as messages quote it."""
    text = repr(str(value) if isinstance(value, Decimal | date) else value)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "..."


def cell(values: Mapping[str, Any], column: str) -> Any:
    """Return the value of a column; `address.city` also is the city in an object. ABSENT if the record has none."""
    if column in values:
        return values[column]
    found: Any = values
    for key in column.split("."):
        if isinstance(found, Mapping) and key in found:
            found = found[key]
        elif isinstance(found, list) and key.isascii() and key.isdigit() and int(key) < len(found):
            found = found[int(key)]
        else:
            return ABSENT
    return found


def is_empty(value: Any, words: frozenset[str] = frozenset()) -> bool:
    """Whether a value says nothing: absent, None, blanks, an empty list, or a word that stands for nothing."""
    if isinstance(value, str):
        text = value.strip()
        return not text or text in words
    return value is ABSENT or value is None or value == [] or (bool(words) and str(value) in words)


def text_of(value: Any) -> str:
    """Return a value as text: 12.0 as "12", a day as "2024-05-01"; raise Wrong for a list, an object and an error of Excel."""
    if isinstance(value, str):
        text = value.strip()
        if text in EXCEL_ERRORS:
            raise Wrong(f"{text} is an error in the sheet, and no value")
        return text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        return _number_text(value)
    if isinstance(value, datetime):
        midnight = value.tzinfo is None and (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    kind = "a list" if isinstance(value, list) else "an object" if isinstance(value, Mapping) else type(value).__name__
    raise Wrong(f"is {kind}, and not one value")


def _number_text(value: float | Decimal) -> str:
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if number.is_finite() and number.adjusted() < LARGEST and number == number.to_integral_value():
        return str(int(number))
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) < LARGEST else str(value)


def number_of(value: Any, style: Style) -> Decimal:
    """Return a number exactly; raise Wrong unless it is written as the style says."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = value if isinstance(value, Decimal) else Decimal(repr(value))
    else:
        number = _written_number(value, style)
    if not number.is_finite() or number.adjusted() > LARGEST:
        raise Wrong(f"{shown(value)} is not a number that can be stored")
    return number * style.times


def _written_number(value: Any, style: Style) -> Decimal:
    text = text_of(value).translate(SPACES).translate(MINUS)
    plain = text
    if style.thousands:
        whole, mark, rest = text.partition(style.decimal)
        mark_ = re.escape(style.thousands)
        if style.thousands in whole and not re.fullmatch(rf"[+-]?\d{{1,3}}({mark_}\d{{3}})+", whole, re.ASCII):
            raise Wrong(f"{shown(value)} is not a number with {style.thousands!r} between thousands")
        plain = whole.replace(style.thousands, "") + mark + rest
    if style.decimal != ".":
        if "." in plain:
            raise Wrong(f"{shown(value)} has a point, and decimals are said to come after {style.decimal!r}")
        plain = plain.replace(style.decimal, ".", 1)
    if not PLAIN.fullmatch(plain):
        hint = ""
        if not style.thousands and re.fullmatch(r"[+-]?\d{1,3}([., ']\d{3})*([.,]\d+)?", text, re.ASCII):
            hint = '; if this is how numbers are written, say so: thousands: ",", or decimal: ","'
        raise Wrong(f"{shown(value)} is not a number{hint}")
    return Decimal(plain)


def whole_of(value: Any, style: Style) -> int:
    """Return a whole number; raise Wrong if there is a fraction, unless it is to be rounded."""
    number = number_of(value, style)
    if number != (whole := number.to_integral_value()) and not style.round:
        raise Wrong(f"{shown(value)} is not a whole number; write round: true to take the nearest")
    return int(whole)


def truth_of(value: Any, style: Style) -> bool:
    """Return a truth value; raise Wrong if the word stands for neither."""
    if isinstance(value, bool):
        return value
    text = text_of(value)
    if text in style.true or text in style.false:
        return text in style.true
    accepted = (*style.true, *style.false)
    raise Wrong(f"{shown(value)} is neither true nor false; accepted are {', '.join(accepted)}", accepted)
