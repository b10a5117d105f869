"""Times of RSS and Atom. In: text as it was published. Out: ISO 8601, with a zone only if its text says which, or None."""

import re
from datetime import datetime

ZONES = {
    "UT": "Z", "UTC": "Z", "GMT": "Z", "Z": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
}  # fmt: skip
"""The zones that RFC 822 defines. Others, such as CET or BST, mean different hours in different places."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{4})"
    r"(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([+-]\d{4}|[A-Za-z]+)?"
)
ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE)


def moment(text: str) -> str | None:
    """Read a time. A zone that is not stated, or not known, is left out; None if this is no time."""
    text = text.strip()
    found = ISO.fullmatch(text)
    if found is not None:
        day, minute, second, zone = found.groups()
        return _checked(day, f"{minute}{second or ':00'}" if minute else None, _offset(zone))
    found = RFC_822.fullmatch(text)
    if found is None or found[2].lower() not in MONTHS:
        return None
    number = MONTHS.index(found[2].lower()) + 1
    clock = f"{int(found[4]):02d}:{found[5]}:{found[6] or '00'}" if found[4] else None
    return _checked(f"{found[3]}-{number:02d}-{int(found[1]):02d}", clock, _offset(found[7]))


def _offset(zone: str | None) -> str:
    """Return a zone as ISO 8601 has it; "" if it is unknown. RFC 822's -0000 says that the zone is not known."""
    if zone is None or zone in ("-0000", "-00:00"):
        return ""
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return ZONES.get(zone.upper(), "")


def _checked(day: str, clock: str | None, zone: str) -> str | None:
    text = day if clock is None else f"{day}T{clock}{zone}"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text
