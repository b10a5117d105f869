"""What may be meant by a text that is not an accepted date. In: text. Out: EDTF texts, which may name days that do not exist.

A month and a day that could each be the other give two texts: nothing is guessed, both are proposed.
"""

import re
from collections.abc import Callable, Iterator

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = re.compile(
    r"^(?:(?:about|around|approx(?:imately|\.)?|circa|ca?\.|ca?)\s+|(?:ca?\.?|~)\s*(?=\d))|\s*\(?(?:approx\.?|circa)\)?$"
)
_UNSURE = re.compile(r"^(?:probably|perhaps|maybe)\s+")


def meant_dates(text: str) -> Iterator[str]:
    """Yield what may be meant, each once, the likeliest first."""
    plain, mark = text.strip().lower(), ""
    for pattern, sign in ((_ABOUT, "~"), (_UNSURE, "?")):
        without = pattern.sub("", plain)
        plain, mark = (without, sign) if without != plain else (plain, mark)
    seen = {text}
    if re.fullmatch(r"[-\d\s]+", plain):
        seen.add(without := re.sub(r"\s", "", plain) + mark)
        yield without
    for pattern, read in FORMS:
        found = pattern.fullmatch(plain)
        for each in read(found) if found else ():
            if each not in seen:
                seen.add(each)
                yield each + mark
        if found:
            return


def _date(year: str, month: int | str | None = None, day: int | str | None = None) -> str:
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part is not None)])


def _month(name: str) -> int:
    return MONTHS.index(name[:3]) + 1


def _either_way(found: re.Match[str]) -> Iterator[str]:
    """A day and a month in an order that is not known."""
    first, second, year = found.groups()
    yield _date(year, second, first)
    yield _date(year, first, second)
    yield _date(year, second)


def _year_first(found: re.Match[str]) -> Iterator[str]:
    year, month, day = found.groups()
    yield _date(year, month, day)
    yield _date(year, day, month) if int(month) > len(MONTHS) else _date(year, month)


_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[str] | tuple[str, ...]]], ...] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)[t ]\d\d:?\d\d.*", re.A), lambda m: (_date(*m.groups()),)),
    (re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})", re.A), _year_first),
    (re.compile(r"(\d{4})(\d\d)(\d\d)", re.A), lambda m: (_date(*m.groups()),)),
    (re.compile(r"(\d{1,2})[-./ ]\s?(\d{1,2})[-./ ]\s?(\d{4})", re.A), _either_way),
    (re.compile(r"(\d{4})[-./ ](\d{1,2})", re.A), lambda m: (_date(*m.groups()), m[1])),
    (re.compile(r"(\d{1,2})[-./ ](\d{4})", re.A), lambda m: (_date(m[2], m[1]),)),
    (re.compile(rf"{_NAME},? (\d{{4}})", re.A), lambda m: (_date(m[2], _month(m[1])),)),
    (
        re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?{_NAME},? (\d{{4}})", re.A),
        lambda m: (_date(m[3], _month(m[2]), m[1]),),
    ),
    (
        re.compile(rf"{_NAME} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.A),
        lambda m: (_date(m[3], _month(m[1]), m[2]),),
    ),
    (re.compile(r"(?:the )?(\d{3})0'?s", re.A), lambda m: (f"{m[1]}X",)),
    (re.compile(r"(\d{4})\s*(?:-|–|to|or)\s*(\d{4})", re.A), lambda m: (f"[{m[1]}..{m[2]}]",)),
    (re.compile(r"(?:before|until|by) (\d{4})", re.A), lambda m: (f"[..{m[1]}]",)),
    (re.compile(r"(?:after|since|from) (\d{4})", re.A), lambda m: (f"[{m[1]}..]",)),
    (re.compile(r"(\d{4})\D{1,3}", re.A), lambda m: (m[1],)),
)
