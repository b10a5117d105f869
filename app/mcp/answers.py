"""Answers of tools. In: what a tool found. Out: JSON with sources, with what is made up and what was cut, and a short text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from app.mcp.cut import Cut, Cutting, at_pointer
from app.mcp.tools import Fact, Found, Json, Source, ToolFailed

DATA_ROOM, SOURCES_ROOM = 40_000, 12_000
"""Most bytes of the data of one answer, and of their sources: a quarter to a third of them is the number of tokens."""
MOST_WHICH = 100
"""Most numbers of made-up facts that are listed; `madeUp` counts all."""
REST = "rest"
"""The tool that shows what was cut."""
CITE = "Cite the sources beside what you state."
INDEX = re.compile(r"/(\d+)(?=/|$)")


@dataclass(frozen=True)
class Part:
    """Which part of an answer is shown: what a pointer names, from an index on; by default all of it."""

    at: str = ""
    first: int = 0


WHOLE = Part()
SOURCES = "/sources"


@dataclass(frozen=True)
class Told:
    """What an assistant is told: a short text, and the whole as JSON."""

    text: str
    whole: Json


@dataclass(frozen=True)
class View:
    """What is shown of a find: a part of its data, cut to what fits, and the facts in it."""

    found: Found
    part: Part
    shown: Any
    facts: tuple[Fact, ...]
    cuts: tuple[Cut, ...]

    @property
    def of_sources(self) -> bool:
        """Whether more of the sources is asked for, which are those of the whole answer."""
        return self.part.at.startswith(SOURCES)


def view(found: Found, part: Part = WHOLE) -> View:
    """Return what is shown of a find. Raise ToolFailed if there is no such part."""
    if part.at.startswith(SOURCES):
        return View(found, part, None, found.facts, ())
    value = at_pointer({"data": found.data}, part.at)
    _require_rest(value, part)
    cutting = Cutting()
    shown = cutting.fit(value, DATA_ROOM, part.at, part.first)
    facts = tuple(each for each in found.facts if _is_shown(each.at, part.at, cutting.cuts))
    return View(found, part, shown, facts, tuple(cutting.cuts))


def _require_rest(value: Any, part: Part) -> None:
    if part.first and not (isinstance(value, list | str) and part.first < len(value)):
        raise ToolFailed(f"There is nothing from {part.first} on at {part.at}.")


def told(of: View, notes: tuple[str, ...], tool: str, arguments: Mapping[str, Any]) -> Told:
    """Return what is told of a view, whose facts have their sources. Raise ToolFailed if there is no such part of the sources."""
    if of.of_sources:
        return _more_sources(of, tool, arguments)
    cutting, part, listed = Cutting(), of.part, sources(of.facts)
    few = cutting.fit(listed, SOURCES_ROOM, SOURCES)
    whole: Json = {"data": of.shown["data"]} if not part.at else {"at": part.at, "from": part.first, "part": of.shown}
    cuts = (*of.cuts, *cutting.cuts)
    more: Json = {
        "sources": few,
        "madeUp": made_up_facts(of.facts),
        "errors": list(of.found.errors),
        "cut": [_as_json(cut, tool, arguments) for cut in cuts if cut.end < cut.total],
        "notes": [*of.found.notes, *notes],
    }
    whole |= {name: each for name, each in more.items() if each}
    return Told(_text(of, notes, len(listed), cuts), whole)


def _is_shown(pointer: str, part: str, cuts: Sequence[Cut]) -> bool:
    inside = not part or pointer == part or pointer.startswith(f"{part}/")
    return inside and all(cut.shows(pointer) for cut in cuts)


def _more_sources(of: View, tool: str, arguments: Mapping[str, Any]) -> Told:
    part, cutting = of.part, Cutting()
    listed = at_pointer({"sources": sources(of.facts)}, part.at)
    _require_rest(listed, part)
    shown = cutting.fit(listed, DATA_ROOM, part.at, part.first)
    cuts = [_as_json(cut, tool, arguments) for cut in cutting.cuts if cut.end < cut.total]
    whole = {"at": part.at, "from": part.first, "part": shown} | ({"cut": cuts} if cuts else {})
    return Told(" ".join(["Sources of the whole answer.", *_cut_text(cutting.cuts)]), whole)


def sources(facts: Iterable[Fact]) -> list[Json]:
    """List the sources of facts, each once with the places of its facts in the data, those of most facts first."""
    places: dict[Source, dict[str, None]] = {}
    for fact in facts:
        for source in fact.sources:
            places.setdefault(source, {})[fact.at] = None
    ordered = sorted(places.items(), key=lambda each: -len(each[1]))
    return [
        {"title": source.title, "url": source.url}
        | ({"madeUp": True} if source.made_up else {})
        | {"of": [*_together(at)]}
        for source, at in ordered
    ]


def _together(places: Iterable[str]) -> Iterable[str]:
    """Write entries of one list as one place, such as `/visits/nodes/0,4,7`."""
    last: dict[tuple[str, str], list[str]] = {}
    for place in places:
        found = [*INDEX.finditer(place)]
        head, tail = (place[: found[-1].start(1)], place[found[-1].end(1) :]) if found else (place, "")
        last.setdefault((head, tail), []).append(found[-1][1] if found else "")
    return [f"{head}{','.join(numbers)}{tail}" for (head, tail), numbers in last.items()]


def made_up_facts(facts: Iterable[Fact]) -> list[Json]:
    """Say which facts are made up, by their place in the data; `*` stands for the number in a list."""
    by_place: dict[str, list[Fact]] = {}
    for fact in facts:
        by_place.setdefault(INDEX.sub("/*", fact.at), []).append(fact)
    told: list[Json] = []
    for place, among in by_place.items():
        made_up = [fact.at for fact in among if fact.made_up]
        if not made_up:
            continue
        shown: Json = {"at": place, "madeUp": len(made_up), "of": len(among)}
        if len(made_up) < len(among):
            shown["which"] = [*_together(made_up[:MOST_WHICH])]
        told.append(shown)
    return told


def _as_json(cut: Cut, tool: str, arguments: Mapping[str, Any]) -> Json:
    how = {"tool": tool, "arguments": dict(arguments), "at": cut.at, "from": cut.end}
    return {"at": cut.at, "from": cut.first, "shown": cut.end - cut.first, "total": cut.total, REST: how}


def _text(of: View, notes: tuple[str, ...], listed: int, cuts: Sequence[Cut]) -> str:
    found, facts = of.found, of.facts
    made_up = sum(fact.made_up for fact in facts)
    says = [*found.errors, *found.notes, *notes]
    if facts:
        says.append(f"{_count(len(facts), 'fact')} from {_count(listed, 'source')}. {CITE if listed else ''}".strip())
    if made_up:
        which = "All of them are" if made_up == len(facts) else f"{made_up} of them are"
        says.append(f"{which} made up (synthetic) and say nothing about real people or cities: see `madeUp`.")
    if found.data is not None and not facts and not found.notes and not found.errors and _is_empty(found.data):
        says.append("Nothing was found: there is no such fact, or none that you may see.")
    return " ".join([*says, *_cut_text(cuts)]) or "The answer is in the data."


def _cut_text(cuts: Sequence[Cut]) -> list[str]:
    open_ = [cut for cut in cuts if cut.end < cut.total]
    if not open_:
        return []
    each = "; ".join(f"{cut.end - cut.first} of {cut.total} at {cut.at}" for cut in open_[:5])
    return [f"CUT, because the answer is long: {each}. Call `{REST}` with what `cut` says for more."]


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_empty(each) for each in value.values())
    return value in (None, 0) or value == []


def as_text(whole: Json) -> str:
    """Write JSON as a text, for clients that show nothing else to their model."""
    return orjson.dumps(whole).decode()
