"""A file with several survey waves as one network for each. In: a network whose ties or people name waves, dates. Out: Surveyed.

A tie names its wave in `wave`. A person names those in which he was listed in `waves`, and in which he answered in `answeredIn`.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.load.files import UnreadableFile
from graph.load.networks.network import Network, Tie, Values
from schema.language.edtf import parse

WAVE, WAVES, ANSWERED_IN = "wave", "waves", "answeredIn"
ANSWERED = "answered"
ITEM = re.compile(r"(?:\\.|[^|\\])+")
"""An item of a joined list: `|` separates, and a backslash goes before one that is part of an item."""
SHOWN = 5
"""Most names of waves that an error tells."""


@dataclass(frozen=True)
class Surveyed:
    """The network of one wave, and the wave's date, such as 2014-05."""

    date: str
    network: Network


def by_wave(of: Network, given: Sequence[str], name: str) -> list[Surveyed]:
    """Return the network of each wave, the first one first.

    `given` has one date for a file of one wave, or `NAME=DATE` for each wave whose name in the file is no date. `name` is what
    errors call the file. Raise UnreadableFile if waves and dates do not fit.
    """
    names, plain = _names(of), [each for each in given if "=" not in each]
    if len(names) <= 1 and len(plain) == len(given) == 1:
        return [Surveyed(_checked(plain[0], name), _part(of, None))]
    if not names:
        raise _wrong(name, "names no wave. Give the date of its wave: --wave 2025-05")
    if plain:
        raise _wrong(name, f"has {len(names)} waves: {_listed(names)}. {_advice(names)}")
    dates = _dates(names, dict(each.rsplit("=", 1) for each in given), name)
    _check_ties(of, name)
    made = [Surveyed(dates[each], _part(of, each)) for each in names]
    for each, (called, network) in zip(names, ((one.date, one.network) for one in made), strict=True):
        outside = next((end for tie in network.ties for end in (tie.start, tie.end) if end not in network.people), None)
        if outside is not None:
            raise _wrong(name, f"has a tie in wave {each} ({called}) of {outside[:60]!r}, whose `waves` do not name it")
    return sorted(made, key=lambda each: (parse(each.date).earliest or date.min, each.date))


def spell(start: str | None, end: str | None) -> str | None:
    """Return the days of a spell as a date, a year or a month if they are one; None if they are no days or an end is open."""
    if not start or not end:
        return None
    first, last = start[:10], end[:10]
    try:
        begin, over = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    if (begin.month, begin.day, over.month, over.day, begin.year) == (1, 1, 12, 31, over.year):
        return first[:4]
    days = calendar.monthrange(over.year, over.month)[1]
    if first[:7] == last[:7] and (begin.day, over.day) == (1, days):
        return first[:7]
    return first if first == last else f"{first}/{last}"


def items(text: str) -> list[str]:
    """Return the items of a joined list."""
    return [re.sub(r"\\(.)", r"\1", each) for each in ITEM.findall(text)]


def joined(names: Iterable[str]) -> str:
    """Write names as a joined list."""
    return "|".join(each.replace("\\", "\\\\").replace("|", "\\|") for each in names)


def _value(values: Values, name: str) -> str:
    return next((value for key, value in values.items() if key.lower() == name.lower()), "")


def _names(of: Network) -> list[str]:
    """Return the names of waves in their order. Of a file whose ties name none, what people have as `waves` is something else."""
    of_ties = [name for tie in of.ties if (name := _value(tie.values, WAVE))]
    if of.ties and not of_ties:
        return []
    return [
        *dict.fromkeys((*of_ties, *(each for values in of.people.values() for each in items(_value(values, WAVES)))))
    ]


def _dates(names: Sequence[str], given: Mapping[str, str], name: str) -> dict[str, str]:
    unknown = [each for each in given if each not in names]
    if unknown:
        raise _wrong(name, f"has no wave {unknown[0][:60]!r}; it has {_listed(names)}")
    dates = {each: given.get(each, each) for each in names}
    for each, when in dates.items():
        try:
            parse(when)
        except ValueError as error:
            if each in given:
                raise _wrong(name, f"cannot have {when[:60]!r} as the date of a wave: {error}") from error
            raise _wrong(name, f"has a wave {each[:60]!r}, which is no date. {_advice(names)}") from error
    twice = next((when for when in dates.values() if [*dates.values()].count(when) > 1), None)
    if twice is not None:
        raise _wrong(name, f"would have two waves of {twice}, and a roster has one of each date")
    return dates


def _check_ties(of: Network, name: str) -> None:
    without = sum(not _value(tie.values, WAVE) for tie in of.ties)
    if without:
        raise _wrong(name, f"has {without:,} of {len(of.ties):,} ties that name no wave, while others do")


def _part(of: Network, wave: str | None) -> Network:
    """Return the people and ties of a wave; of a file of one wave all of them. A person who names no waves is in each."""
    people = {}
    for id_, values in of.people.items():
        listed, answered = items(_value(values, WAVES)), _value(values, ANSWERED_IN)
        if wave is None or not listed or wave in listed:
            own = {key: each for key, each in values.items() if key.lower() not in (WAVES, ANSWERED_IN.lower())}
            people[id_] = own | ({ANSWERED: "true"} if wave is not None and wave in items(answered) else {})
    ties = (
        Tie(tie.start, tie.end, {k: each for k, each in tie.values.items() if k.lower() != WAVE}, tie.directed)
        for tie in of.ties
        if wave is None or _value(tie.values, WAVE) == wave
    )
    return Network(people, tuple(ties))


def _checked(when: str, name: str) -> str:
    try:
        parse(when)
    except ValueError as error:
        raise _wrong(name, f"cannot have {when[:60]!r} as the date of its wave: {error}") from error
    return when


def _listed(names: Sequence[str]) -> str:
    rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(each[:60] for each in names[:SHOWN]) + rest


def _advice(names: Sequence[str]) -> str:
    return f"Leave --wave away if the names are dates, or give each a date: --wave {names[0][:60]}=2025-05"


def _wrong(name: str, what: str) -> UnreadableFile:
    return UnreadableFile(f"{name} {what}.")
