"""Moments as texts. In: a moment with a time zone. Out: the one form in which answers, messages and files show it."""

from datetime import UTC, datetime


def moment_text(at: datetime) -> str:
    """Show a moment as ISO 8601 text in UTC, to the millisecond; given back as `expectedUpdatedAt` it is the same moment."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
