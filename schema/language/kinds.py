"""The kinds of property that a concept may declare. In: words of the declaration. Out: frozen Property values."""

import enum
from dataclasses import dataclass, replace
from typing import Self


class Kind(enum.Enum):
    """How a property is stored, shown and compared."""

    ID = "The id of a fact."
    TEXT = "A piece of text."
    TEXTS = "A list of texts."
    URL = "An address on the web."
    INTEGER = "A whole number of 32 bits."
    BIG_INTEGER = "A whole number of at most 53 bits."
    NUMBER = "A floating-point number."
    BOOLEAN = "True or false."
    CHOICE = "One of a declared set of words."
    WHEN = "A date with precision, EDTF text (ISO 8601-2)."
    END = "A date with precision on which something ends, EDTF text (ISO 8601-2)."
    INSTANT = "A moment of transaction time."
    POINT = "A place on the globe, WGS 84."
    MONEY = "An amount in whole units of a currency."
    MARKING = "How far a fact may travel (TLP 2.0)."
    REFERENCE = "Id of another fact, which follows the access rule of its target."
    REFERENCES = "Ids of other facts, which follow the access rule of their target."

    @property
    def is_date(self) -> bool:
        """Whether it is a date with precision, which has a stored day beside its text; see `schema.language.days`."""
        return self in (Kind.WHEN, Kind.END)


class Marking(enum.IntEnum):
    """How far a fact may travel, after the Traffic Light Protocol 2.0."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    RED = 3


MARKING_MEANING = {
    Marking.CLEAR: "For everybody.",
    Marking.GREEN: "For members of the exchange.",
    Marking.AMBER: "For members of the cities that hold the fact.",
    Marking.RED: "For the stewards of the one city that holds the fact.",
}


SYNTHETIC = "s"
"""The first letter of the audience of a synthetic fact. That of a real fact begins with a digit."""


def level(marking: Marking, *, synthetic: bool) -> int:
    """Return what is stored of a fact for the access test: its marking, or for a synthetic fact a number above all markings."""
    return int(marking) + (len(Marking) if synthetic else 0)


class Nature(enum.Enum):
    """How a fact relates to a day: what `asOf` means for it."""

    STATE = (
        "True as of a day from since to until, both included: a membership, a term of office, the use of a practice."
    )
    OCCURRENCE = "True as of a day from since on: a visit, a meeting, an outcome, a lesson."


class Choice(enum.Enum):
    """Base of the declared sets of words: a member's name is stored, its value is its description."""


@dataclass(frozen=True)
class Property:
    """One declared property: what it means, how it is stored and what may be asked of it.

    `least` and `most` bound a number; `within` names the property of the same fact that it is at most as large as, and
    `after` the date of the same fact that it is not before. Facts are found by the value of one that is `indexed`.
    """

    kind: Kind
    description: str
    required: bool = False
    unique: bool = False
    searched: bool = False
    sorted: bool = False
    choices: type[Choice] | None = None
    refers_to: str | None = None
    name: str = ""
    least: int | None = None
    most: int | None = None
    within: str = ""
    after: str = ""
    indexed: bool = False

    def named(self, name: str) -> Self:
        """Return the same property under the name of the attribute that declares it."""
        return replace(self, name=name)

    @property
    def day(self) -> str:
        """Name of the stored day that a date is compared and sorted by."""
        return f"{self.name}Day"

    @property
    def has_numbers(self) -> bool:
        """Whether averages and sums of it are offered."""
        return self.kind in (Kind.INTEGER, Kind.BIG_INTEGER, Kind.NUMBER, Kind.MONEY) and not self.unique

    @property
    def has_extremes(self) -> bool:
        """Whether its smallest and largest values are offered."""
        return self.has_numbers or (self.kind in (Kind.WHEN, Kind.END, Kind.INSTANT) and not self.unique)

    @property
    def is_a_name(self) -> bool:
        """Whether facts are looked up by it: a searched text that lists are ordered by, or a searched list of texts."""
        return self.searched and (self.sorted or self.kind is Kind.TEXTS)

    @property
    def words(self) -> str:
        """Name of the stored words of a searched text, folded."""
        return f"{self.name}Words"


def text(
    description: str,
    *,
    required: bool = False,
    unique: bool = False,
    searched: bool = False,
    sorted: bool = False,
    indexed: bool = False,
) -> Property:
    """Declare a text."""
    return Property(Kind.TEXT, description, required, unique, searched, sorted, indexed=indexed)


def texts(description: str, *, searched: bool = False) -> Property:
    """Declare a list of texts."""
    return Property(Kind.TEXTS, description, searched=searched)


def url(description: str, *, indexed: bool = False) -> Property:
    """Declare an address on the web."""
    return Property(Kind.URL, description, indexed=indexed)


def integer(
    description: str,
    *,
    required: bool = False,
    sorted: bool = False,
    least: int | None = None,
    most: int | None = None,
    within: str = "",
) -> Property:
    """Declare a whole number between -2^31 and 2^31 - 1, or between closer bounds."""
    return Property(Kind.INTEGER, description, required, sorted=sorted, least=least, most=most, within=within)


def big_integer(description: str, *, unique: bool = False, sorted: bool = False) -> Property:
    """Declare a whole number whose size is at most 2^53."""
    return Property(Kind.BIG_INTEGER, description, unique=unique, sorted=sorted)


def number(description: str, *, sorted: bool = False, least: int | None = None, most: int | None = None) -> Property:
    """Declare a floating-point number; NaN and infinities are refused on load."""
    return Property(Kind.NUMBER, description, sorted=sorted, least=least, most=most)


def boolean(description: str) -> Property:
    """Declare a truth value."""
    return Property(Kind.BOOLEAN, description)


def choice(choices: type[Choice], description: str, *, required: bool = False) -> Property:
    """Declare one of the words of `choices`."""
    return Property(Kind.CHOICE, description, required, choices=choices)


def when(description: str, *, required: bool = False, sorted: bool = False, after: str = "") -> Property:
    """Declare a date with precision, stored as EDTF text beside its earliest day."""
    return Property(Kind.WHEN, description, required, sorted=sorted, after=after)


def point(description: str) -> Property:
    """Declare a place on the globe (WGS 84 latitude and longitude in degrees)."""
    return Property(Kind.POINT, description)


def money(description: str) -> Property:
    """Declare an amount in whole units of a currency (ISO 4217): what was paid, spent or given, so at least 0."""
    return Property(Kind.MONEY, description, least=0)


def reference(to: str, description: str) -> Property:
    """Declare the id of a fact of concept `to`; it is shown as that fact, and only to whom may see it."""
    return Property(Kind.REFERENCE, description, refers_to=to)
