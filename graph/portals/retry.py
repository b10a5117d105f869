"""How long to wait before a request is tried again. In: the number of the try, and the header Retry-After. Out: seconds."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from graph.portals.limits import Limits

BUSY = (429, 503)
"""Statuses that may say when to come again."""
AGAIN = (408, 425, *BUSY, 500, 502, 504)
"""Statuses after which a request is tried again."""


def asked_pause(text: str, now: datetime | None = None) -> float | None:
    """Read Retry-After, which is seconds or an HTTP date; None if it is neither."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max((aware - (now or datetime.now(UTC))).total_seconds(), 0.0)


def pause(tried: int, asked: float | None, limits: Limits) -> float:
    """Return the seconds to wait after so many tries, at least those that the server asks for."""
    own = min(limits.backoff * 2.0**tried, limits.longest_pause)
    return own if asked is None else max(asked, own)
