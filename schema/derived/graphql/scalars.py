"""Scalars besides those of GraphQL. In: nothing. Out: Strawberry scalars that check the values of variables and literals."""

from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from schema.language.edtf import EdtfError, parse

BigInt = NewType("BigInt", int)
Edtf = NewType("Edtf", str)
Day = NewType("Day", str)
Instant = NewType("Instant", str)

LARGEST = 2**53


def _big_integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
        raise ValueError(f"BigInt is a whole number from -2^53 to 2^53, not {value!r}")
    return value


def _edtf(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f'Edtf is a text such as "2010" or "2010-05-31", not {value!r}')
    try:
        return parse(value).text
    except EdtfError as error:
        raise ValueError(str(error)) from error


def _instant(value: Any) -> str:
    from datetime import datetime

    if not isinstance(value, str):
        raise ValueError(f'Instant is a text such as "2026-01-31T12:00:00Z", not {value!r}')
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is not an Instant; accepted are texts such as 2026-01-31T12:00:00Z") from error
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} has no time zone; accepted are texts such as 2026-01-31T12:00:00Z")
    return value


def _day(value: Any) -> str:
    return str(value)


SCALARS: dict[object, ScalarDefinition] = {
    BigInt: strawberry.scalar(
        name="BigInt", description="A whole number from -2^53 to 2^53.", serialize=int, parse_value=_big_integer
    ),
    Edtf: strawberry.scalar(
        name="Edtf",
        description=(
            "A date that may be uncertain, as EDTF text (ISO 8601-2): `1993`, `2009-04`, `2009-04-17`, `1991~` (about), "
            "`197X` (the 1970s), `[1989..1992]` (one of), `2016/2022` (a period)."
        ),
        serialize=str,
        parse_value=_edtf,
    ),
    Day: strawberry.scalar(
        name="Day", description="A day of the calendar, as `2009-04-17`.", serialize=str, parse_value=_day
    ),
    Instant: strawberry.scalar(
        name="Instant",
        description="A moment in time with its zone, as `2026-01-31T12:00:00Z`.",
        serialize=str,
        parse_value=_instant,
    ),
}
