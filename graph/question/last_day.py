"""The day that `asOf` means. In: an EDTF date as a text. Out: its last day, or BadUserInput."""

from datetime import date

from graph.errors import BadUserInput
from schema.language.edtf import parse


def last_day(as_of: str, where: str) -> date:
    """Return the last day of a date; raise BadUserInput, which names `where`, for a text that is none or has no end."""
    try:
        day = parse(as_of).latest
    except ValueError as error:
        raise BadUserInput(f"{where}: {error}") from error
    if day is None:
        raise BadUserInput(f"{where}: {as_of!r} has no latest day; give a date that ends.")
    return day
