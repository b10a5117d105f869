"""The answer for one network. In: a Cloud and what is wanted of it. Out: plain values under the keys of the answer.

Each measure is computed once for a network and its arguments.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from graph.errors import BadUserInput, PayloadTooLarge, QuestionTooExpensive
from graph.measures import growth, layers, registry
from graph.measures.cloud import Cloud
from graph.measures.wanted import TYPE, Wanted, picked
from schema.domain.measures.cloud import FIRST_PEOPLE, LAYER, MOST_COLUMNS, MOST_TOGETHER, PEOPLE

MOST_VARIANTS, MOST_VALUES = 20, 400
"""Networks by `whatIf`, and values of measures with their arguments, that are kept with a network."""
OWN = {"personId": "id", "name": "name", "elected": "elected"}
"""Fields of a person that are no measures."""
CAUTION = (
    "Density falls and centralization changes with the number of people: compare networks of different n with care. Who did not "
    "answer names nobody."
)
Another = Callable[[Cloud, str | None], Awaitable[Cloud | None]]
"""Reads the network of another wave; of the one before without an id."""
Beside = Callable[[Cloud, str], Awaitable[Cloud | None]]
"""Reads the network of another layer in the same wave."""
Gathered = Callable[[Cloud, Sequence[str]], Awaitable[list[list[str]]]]
"""Reads who took part in visits and organizations, by their ids."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Evaluator:
    """Computes what is wanted. `another` reads other waves, `beside` other layers, `gathered` who took part in something.

    `tell` is told of each measure that begins.
    """

    another: Another
    beside: Beside
    gathered: Gathered
    tell: Tell = field(default=lambda _: None)

    async def answer(self, of: Cloud, wanted: Wanted) -> dict[str, Any]:
        """Return the fields of a network."""
        return {each.key: await self._field(of, each, wanted.type) for each in wanted.below}

    async def _field(self, of: Cloud, wanted: Wanted, type_: str) -> Any:
        if wanted.name == TYPE:
            return type_
        if wanted.name == "whatIf":
            return await self.answer(await self.variant(of, wanted.asked), wanted)
        if wanted.name == "beside":
            other = await self.beside(of, str(wanted.asked.get("layer") or LAYER.default))
            return None if other is None else picked(layers.overlap(of, other), wanted)
        if wanted.name == "changeSince":
            return await self._change(of, wanted)
        if wanted.name == PEOPLE:
            return self._people(of, wanted)
        if wanted.name == "on":
            return picked(basis(of), wanted)
        if wanted.name == "columns":
            return picked(_columns(of, wanted.asked), wanted)
        if wanted.name == "ties":
            return picked(_ties(of, wanted.asked), wanted)
        return picked(self._value(of, registry.NETWORK, wanted), wanted)

    async def variant(self, of: Cloud, asked: Mapping[str, Any]) -> Cloud:
        """Return the network under other conditions; the last ones are kept with it."""
        together = [list(group) for group in asked.get("together") or ()]
        unknown = sorted({each for group in together for each in group if each not in of.number})
        if unknown:
            raise BadUserInput(f"`together` names {unknown[0]!r}, who is not in the network; accepted are its people.")
        # Who took part may change while the network stays as it is.
        together += await self._of_network(of, asked.get("gatherings") or ())
        without, leave = asked.get("without") or (), bool(asked.get("withoutElected"))
        key = ("whatIf", tuple(without), leave, tuple(map(tuple, together)))
        if key not in of.values:
            _make_room(of, [each for each in of.values if each[0] == "whatIf"], MOST_VARIANTS)
            of.values[key] = of.changed(without, together, elected_leave=leave)
        made: Cloud = of.values[key]
        return made

    async def _of_network(self, of: Cloud, gatherings: Sequence[str]) -> list[list[str]]:
        """Return the people of a network who took part in each gathering. Raise QuestionTooExpensive if these are too many."""
        if not gatherings:
            return []
        groups = [[each for each in group if each in of.number] for group in await self.gathered(of, gatherings)]
        people = sum(map(len, groups))
        if people > MOST_TOGETHER:
            raise QuestionTooExpensive(
                f"{people:,} people of the network took part in these `gatherings`; at most {MOST_TOGETHER:,} are tied."
            )
        return groups

    async def _change(self, of: Cloud, wanted: Wanted) -> Any:
        earlier = await self.another(of, wanted.asked.get("wave"))
        return None if earlier is None else picked(growth.change(earlier, of), wanted)

    def _people(self, of: Cloud, wanted: Wanted) -> list[dict[str, Any]]:
        order = wanted.asked.get("orderBy")
        people = list(range(len(of.members)))
        if order is not None:
            scores = self._value(of, registry.PERSON, Wanted("", _camel(order)))
            people.sort(key=lambda at: (scores[at] is None, -round(scores[at] or 0, 12), at))
        people = people[: _first(wanted.asked)]
        columns = {each.key: self._column(of, each, wanted.type) for each in wanted.below}
        return [{key: column[at] for key, column in columns.items()} for at in people]

    def _column(self, of: Cloud, wanted: Wanted, type_: str) -> list[Any]:
        """Return the values of a field for all people."""
        if wanted.name == TYPE:
            return [type_] * len(of.members)
        if wanted.name == "group":
            return list(of.groups(wanted.asked.get("by") or of.groupings[0]))
        if wanted.name in OWN:
            return [getattr(each, OWN[wanted.name]) for each in of.members]
        values: list[Any] = picked(self._value(of, registry.PERSON, wanted), wanted)
        return values

    def _value(self, of: Cloud, measures: Mapping[str, registry.Measuring], wanted: Wanted) -> Any:
        asked = registry.completed(measures is registry.PERSON, wanted.name, wanted.asked)
        key = (measures is registry.PERSON, wanted.name, repr(sorted(asked.items())))
        if key not in of.values:
            self.tell(wanted.name)
            _make_room(of, [each for each in of.values if each[0] != "whatIf"], MOST_VALUES)
            of.values[key] = measures[wanted.name](of, asked)
        return of.values[key]


def _make_room(of: Cloud, kept: Sequence[Any], most: int) -> None:
    """Drop what was kept first of some values, so that one more makes at most so many."""
    for old in kept[: max(0, len(kept) + 1 - most)]:
        del of.values[old]


def basis(of: Cloud) -> dict[str, Any]:
    """Return on what a network is measured, as the type `CloudBasis`."""
    on, wave = of.basis, of.basis.wave
    invited, answered = (wave.invited, wave.answered) if wave else (None, None)
    return {
        "roster": on.roster,
        "rosterName": on.roster_name,
        "rule": on.roster_rule,
        "wave": wave.id if wave else None,
        "waveName": wave.name if wave else None,
        "date": wave.date if wave else on.day,
        "layer": on.layer,
        "direction": on.rule.name,
        "people": of.network.size,
        "ties": len(of.network.ties),
        "dropped": of.dropped.to_oneself + of.dropped.twice,
        "invited": invited,
        "answered": answered,
        "responseRate": answered / invited if answered is not None and invited else None,
        "synthetic": on.synthetic,
        "libraries": [f"{each} {version(each)}" for each in ("igraph", "citygraph")],
        "caution": CAUTION,
    }


def _ties(of: Cloud, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    people = [{"personId": each.id, "name": each.name} for each in of.members]
    return [{"one": people[a], "other": people[b]} for a, b in of.network.ties[: _first(asked)]]


def _columns(of: Cloud, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return all people and ties, as the type `CloudColumns`."""
    count = len(of.members) + len(of.network.ties)
    if count > MOST_COLUMNS:
        raise PayloadTooLarge(f"`columns` gives at most {MOST_COLUMNS:,} people and ties, and these are {count:,}.")
    return {
        "personIds": [each.id for each in of.members],
        "names": [each.name for each in of.members],
        "elected": [each.elected for each in of.members],
        "groups": list(of.groups(asked.get("by") or of.groupings[0])),
        "one": [one for one, _ in of.network.ties],
        "other": [other for _, other in of.network.ties],
    }


def _first(asked: Mapping[str, Any]) -> int:
    given = asked.get("first")
    return FIRST_PEOPLE if given is None else int(given)


def _camel(name: str) -> str:
    first, *others = name.lower().split("_")
    return first + "".join(each.capitalize() for each in others)
