"""Dates. In: a raw value and the formats that were stated. Out: EDTF text, or Wrong: a day is never guessed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from graph.load.mapping.cells import Style, Wrong, shown, text_of
from schema.language.edtf import ACCEPTED, EdtfError, parse

EPOCHS = {"epoch seconds": 1, "epoch milliseconds": 1000}
"""Formats for numbers that count from 1970, in UTC."""
ISO_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?\s*(Z|[+-]\d{2}(:?\d{2})?)?", re.ASCII
)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
ORDER = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(\D.*)?", re.ASCII)
MOST_DIGITS = 20
"""Digits of a number that may be a time."""
YEARS = range(1000, 10_000)
DIRECTIVE = re.compile(r"%([^%]|%)")
YEAR, MONTH = frozenset("YyG"), frozenset("mbB")
SUPPORTED = frozenset("YymbBdjHIpMSfzZaAuGV%")


def format_fault(format: str) -> str:
    """Say what is wrong with a format of dates; an empty text if nothing is."""
    if format in EPOCHS:
        return ""
    every = [each for each in DIRECTIVE.findall(format) if each != "%"]
    used = set(every)
    if twice := next((each for each in used if every.count(each) > 1), ""):
        return f"has %{twice} twice"
    if odd := sorted(used - SUPPORTED):
        return f"%{odd[0]} is unknown; the most used are %Y (2024), %m (05), %d (31), %y (24), %b (May), %B, %H, %M, %S, %z"
    if not used & YEAR:
        return "has no year; write %Y for 2024, or %y for 24"
    if used & set("GVu") and not used >= {"G", "V", "u"}:
        return "has a week; write %G-W%V-%u for a day of an ISO week"
    if "d" in used and not used & MONTH:
        return "has a day and no month"
    return ""


def reader_of(formats: tuple[str, ...]) -> Callable[[Any, Style], str]:
    """Return what reads dates of these formats; without formats, EDTF and what says its order itself."""

    def read(value: Any, style: Style) -> str:  # noqa: ARG001  # as readers of other kinds
        if isinstance(value, date):
            return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
        return _formatted(value, formats) if formats else _free(value)

    return read


def _formatted(value: Any, formats: tuple[str, ...]) -> str:
    """Read a date by the formats that fit; raise Wrong if none does, or if two make different dates of it."""
    text = text_of(value)
    found = list(dict.fromkeys(filter(None, (_one(text, format) for format in formats))))
    if len(found) == 1:
        return found[0]
    listed = " or ".join(repr(format) for format in formats)
    if found:
        raise Wrong(f"{shown(value)} means {' or '.join(found)}, by the formats {listed}; keep one of them")
    raise Wrong(f"{shown(value)} is not a date of the format {listed}")


def _one(text: str, format: str) -> str:
    """Return the date, as precise as the format; an empty text if it does not fit."""
    if format in EPOCHS:
        return _epoch(text, EPOCHS[format])
    try:
        read = datetime.strptime(text, format)  # its day is wanted, in the zone that it is written in
    except ValueError:
        return ""
    used = set(DIRECTIVE.findall(format))
    if used & {"d", "j", "u"}:
        return read.date().isoformat()
    return f"{read.year:04}-{read.month:02}" if used & MONTH else f"{read.year:04}"


def _epoch(text: str, parts: int) -> str:
    try:
        number = Decimal(text)
        if number.adjusted() > MOST_DIGITS:
            # To write out 1e999999999 would take hours.
            return ""
        return datetime.fromtimestamp(int(number) / parts, UTC).date().isoformat()
    except (ArithmeticError, ValueError, OverflowError, OSError):
        return ""


def _free(value: Any) -> str:
    """Read a date without a stated format."""
    text = text_of(value)
    if isinstance(value, int | float | Decimal) and (not text.isdigit() or int(text) not in YEARS):
        raise Wrong(f"{shown(value)} is a number and not a year; write its format, such as format: epoch milliseconds")
    if timed := ISO_TIME.fullmatch(text):
        # The day is that of the place where it was written, with a zone or without.
        text = timed[1]
    try:
        return parse(text).text
    except EdtfError as error:
        if (ORDER.fullmatch(text) and not ISO.match(text)) or BASIC.fullmatch(text):
            say = '; write its format, such as format: "%d.%m.%Y" (day first), "%m/%d/%Y" (month first) or "%Y%m%d"'
            raise Wrong(f"{shown(value)} does not say what is day, month and year{say}") from error
        raise Wrong(
            f"{shown(value)} is not a date; {ACCEPTED}; for others write a format, such as format: '%B %Y'"
        ) from error
