"""What a column seems to hold. In: its values in the first records. Out: Column: how they are written, samples, what is odd."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from graph.load.mapping.cells import Style, Wrong, is_empty, number_of, text_of
from graph.load.mapping.dates import reader_of
from graph.load.records import Record

SAYS_NOTHING = ("NA", "N/A", "n/a", "-", "--", "NULL", "null", "None", "NaN", "nan", "#N/A")
"""Words that tables have where a value is missing."""
FORMATS = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %B %Y", "%d %b %Y",
    "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%B %Y", "%b %Y", "%m/%Y", "%m.%Y", "%Y/%m", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y",
    "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p", "%Y/%m/%d %H:%M:%S", "%d %b %Y %H:%M:%S", "%a, %d %b %Y %H:%M:%S %z",
)  # fmt: skip
ISO = ("%Y-%m-%d", "%Y-%m", "%Y")
"""Formats that need not be said, unless other dates of the column have others."""
MARKS = (("", "."), ("", ","), (",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."))
"""How numbers may be written: the mark of thousands, and that of decimals."""
TRUTHS = (("true", "false"), ("yes", "no"), ("y", "n"), ("ja", "nein"), ("ja", "nei"), ("ja", "nej"), ("oui", "non"),
          ("1", "0"), ("x", ""))  # fmt: skip
DEPTH = 4
"""Objects inside of objects that are looked into."""
MOST_WORDS = 20
SAMPLES = 3
MOST_SAMPLE = 40


@dataclass(frozen=True)
class Column:
    """A column. `texts` are its values as text, without empty ones, and `records` is how many records there are."""

    name: str
    texts: tuple[str, ...]
    records: int
    odd: tuple[str, ...] = ()
    """Words that seem to stand for nothing."""
    several: bool = False
    """Whether values are lists or objects."""
    dates: bool = False
    """Whether values are dates, and not texts."""

    @property
    def words(self) -> frozenset[str]:
        """The words that its name is made of, in small letters."""
        parts = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _plain(self.name).replace(".", " "))
        return frozenset(re.findall(r"[^\W\d_]+", parts.lower()))

    @property
    def folded(self) -> str:
        """Its name without blanks, marks and accents, in small letters."""
        return re.sub(r"[\W_]+", "", _plain(self.name).lower())

    @cached_property
    def values(self) -> list[str]:
        """Its different values, in the order in which they come."""
        return [text for text in dict.fromkeys(self.texts) if text not in self.odd]

    @property
    def is_key(self) -> bool:
        """Whether it is filled in each record, each time with another value."""
        return len(self.texts) == self.records == len(set(self.texts)) and not self.several and self.records > 0

    @property
    def sample(self) -> str:
        """Its first values, for people."""
        shown = [value if len(value) <= MOST_SAMPLE else value[:MOST_SAMPLE] + "..." for value in self.values[:SAMPLES]]
        return ", ".join(map(repr, shown)) or "always empty"

    @cached_property
    def marks(self) -> list[tuple[str, str]]:
        """Return how its numbers may be written: marks of thousands and decimals; several if the values do not tell."""
        if not self.values or self.several:
            return []
        read = [(pair, self._numbers(*pair)) for pair in MARKS]
        fits = [(pair, numbers) for pair, numbers in read if numbers is not None]
        # Of the ways that read the same numbers, the first has the fewest marks.
        return [pair for at, (pair, numbers) in enumerate(fits) if numbers not in [each for _, each in fits[:at]]]

    @property
    def whole(self) -> list[tuple[str, str]]:
        """Return the ways in which all its numbers are whole ones, as 709,037 is if the comma is no mark of decimals."""
        read = [(pair, self._numbers(*pair) or [Decimal("0.5")]) for pair in self.marks]
        return [pair for pair, numbers in read if all(number == int(number) for number in numbers)]

    def _numbers(self, thousands: str, decimal: str) -> list[Decimal] | None:
        style = Style(decimal=decimal, thousands=thousands)
        try:
            return [number_of(value, style) for value in self.values]
        except Wrong:
            return None

    @cached_property
    def formats(self) -> list[str]:
        """Return the formats that all its values have as dates; [""] if they say themselves what they are."""
        if not self.values or self.several:
            return []
        if self.dates or _all(self.values, lambda value: reader_of(())(value, Style())):
            return [""]
        return [format for format in FORMATS if _all(self.values, partial(_dated, format))]

    @cached_property
    def mixed(self) -> list[str]:
        """Return the formats that its values have as dates, if one is not enough and no value means two days."""
        if self.several or self.formats or not self.values:
            return []
        used: dict[str, None] = {}
        for value in self.values:
            read = {format: date for format in (*ISO, *FORMATS) if (date := _date(format, value))}
            if len(set(read.values())) != 1:
                return []
            used.setdefault(next((format for format in read if format in used), next(iter(read))))
        return list(used)

    def truths(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Return the words for true and for false; None if its values are others."""
        found = set(self.values)
        for yes, no in TRUTHS:
            true = tuple(value for value in found if value.lower() == yes)
            false = tuple(value for value in found if value.lower() == no)
            if found and len(true) + len(false) == len(found):
                return (true or (yes,), false or (no or "false",))
        return None

    @property
    def is_few_words(self) -> bool:
        """Whether it has a few values that come again and again."""
        return 0 < len(self.values) <= MOST_WORDS and len(self.values) * 2 <= max(len(self.texts), 4)

    @property
    def is_url(self) -> bool:
        """Whether all values are web addresses."""
        return bool(self.values) and all(re.fullmatch(r"https?://\S+", value) for value in self.values)

    @property
    def is_number(self) -> bool:
        """Whether all values are numbers, however written."""
        return bool(self.marks)


def _dated(format: str, value: str) -> str:
    return reader_of((format,))(value, Style())


def _date(format: str, value: str) -> str:
    try:
        return _dated(format, value)
    except Wrong:
        return ""


def _plain(name: str) -> str:
    """Return a name without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


def _all(values: Iterable[str], read: Callable[[str], object]) -> bool:
    try:
        for value in values:
            read(value)
    except Wrong:
        return False
    return True


def columns_of(records: Sequence[Record]) -> list[Column]:
    """Return the columns of records, in the order in which they come; those of objects in them as `host.address.city`."""
    names: dict[str, list[Any]] = {}
    for record in records:
        for name, value in _flat(record.values, ""):
            names.setdefault(name, []).append(value)
    return [_column(name, values, len(records)) for name, values in names.items()]


def _flat(values: Mapping[str, Any], before: str) -> Iterable[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping) and value and before.count(".") < DEPTH and "coordinates" not in value:
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _column(name: str, values: list[Any], records: int) -> Column:
    filled = [value for value in values if not is_empty(value)]
    several = any(isinstance(value, Mapping | list) for value in filled)
    texts = tuple(str(value) if isinstance(value, Mapping | list) else _text(value) for value in filled)
    column = Column(name, texts, records, several=several, dates=_all_dates(filled))
    odd = tuple(word for word in dict.fromkeys(texts) if word in SAYS_NOTHING)
    if odd and len(odd) < len(set(texts)):
        without = Column(name, texts, records, odd)
        return without if without.marks or without.formats else column
    return column


def _all_dates(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, date) for value in values)


def _text(value: Any) -> str:
    try:
        return text_of(value)
    except Wrong:
        return str(value)
