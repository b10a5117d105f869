"""Facts that names may mean. In: a transaction, names of a label. Out: entries, those of merged records as one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.access.rights import Rights
from graph.bolt.write import Unit
from graph.cypher import matching as cypher
from graph.matching.fold import Part, folded, lines_of, spellings, web
from graph.matching.rules import Asked, Entry, Town, merged
from schema.language.declare import Matched
from schema.model import Model

EVERYBODY = Rights()
"""Only what everybody may see is matched: a feed tells nothing of other facts by what it finds."""
Key = tuple[str, Any]


@dataclass
class Entries:
    """Entries by what they are found by."""

    by: dict[Key, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry) -> None:
        """Add an entry under its names, numbers and addresses, and under what a near name has in common with its name."""
        keys: set[Key] = {("line", each) for each in entry.lines} | {("number", each) for each in entry.unique}
        keys |= {("web", each) for each in entry.webs} | {("id", entry.id)}
        words = folded(entry.name).split()
        for at in range(1, len(words)):
            keys |= {("run", tuple(words[:at])), ("run", tuple(words[at:]))}
        keys |= {("letters", each) for each in _letters(" ".join(words))}
        for key in keys:
            self.by[key].append(entry)

    def of(self, asked: Asked, *, near: bool = False) -> list[Entry]:
        """Return the entries that a name may mean; with `near` also those whose name is almost the same."""
        keys: list[Key] = [("line", asked.line), *(("number", each) for each in asked.ids), ("web", asked.web)]
        if near and asked.line:
            keys += [("line", each) for each in sorted(asked.near.lines)]
            keys += [("run", tuple(asked.line.split()))]
            keys += [("letters", each) for each in _letters(asked.line.strip())]
        found = {entry.id: entry for key in keys for entry in self.by.get(key, ())}
        return [found[id_] for id_ in sorted(found)]

    def with_id(self, id_: str) -> Entry | None:
        """Return the entry to which a record belongs."""
        return next(iter(self.by.get(("record", id_), ())), None)


def _letters(text: str) -> set[str]:
    """Return a text, and what it is without one of its letters: texts that differ in one letter have one of these in common."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


@dataclass(frozen=True)
class Finder:
    """Finds facts of one label, in one transaction."""

    unit: Unit
    label: str
    model: Model

    async def exact(self, asked: Iterable[Asked], ids: Iterable[str] = ()) -> Entries:
        """Find the facts that have a name, a number or an address of these, or an id."""
        every = list(asked)
        matched = self.model.matched()[self.label]
        values: dict[str, list[Any]] = {each: [] for each in (*matched.unique, matched.website) if each}
        for each in every:
            for prop, value in each.ids:
                values.get(prop, []).append(value)
            if matched.website and each.web:
                values[matched.website] += spellings(each.web)
            if matched.spelled:
                values[matched.unique[0]] += codes(each, matched)
        return await self._entries(
            ids=sorted(set(ids)), lines=sorted({each.line for each in every} - {""}), values=values
        )

    async def near(self, asked: Iterable[Asked]) -> Entries:
        """Find the facts that have almost the name of one of these."""
        every = [each.near for each in asked]
        return await self._entries(
            lines=sorted({line for each in every for line in each.lines}),
            beginnings=_parts(part for each in every for part in each.beginnings),
            endings=_parts(part for each in every for part in each.endings),
        )

    async def _entries(self, values: Mapping[str, list[Any]] | None = None, **given: Any) -> Entries:
        """Read facts, then those that they are merged with, until there are no more."""
        found: dict[str, dict[str, Any]] = {}
        wanted = {"ids": [], "lines": [], "beginnings": [], "endings": []} | given
        matched = self.model.matched()[self.label]
        wanted |= {each: [] for each in (*matched.unique, matched.website) if each} | dict(values or {})
        while any(wanted.values()):
            records = await self.unit.run(cypher.candidates(self.label, self.model), **wanted, **EVERYBODY.parameters())
            found |= {record["id"]: record for record in records}
            missing = sorted({id_ for record in records for id_ in record["same"]} - found.keys())
            wanted = {key: [] for key in wanted} | {"ids": missing}
        entries = Entries()
        for group in _groups(found):
            entry = merged([_entry(found[id_], matched) for id_ in group])
            entries.add(entry)
            for id_ in group:
                entries.by["record", id_].append(entry)
        return entries


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [
        {"text": each.text, "least": each.least, "most": each.most}
        for each in sorted(set(parts), key=lambda each: (each.text, each.least))
    ]


def _groups(found: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """Group records that are merged, also over others."""
    groups, seen = list[list[str]](), set[str]()
    for id_ in sorted(found):
        if id_ in seen:
            continue
        group, open_ = set[str](), [id_]
        while open_:
            one = open_.pop()
            if one not in group and one in found:
                group.add(one)
                open_ += found[one]["same"]
        seen |= group
        groups.append(sorted(group))
    return groups


def codes(asked: Asked, matched: Matched) -> list[str]:
    """Return the values of a unique property for which a name may stand: the name itself, and that of which it is a spelling."""
    return [
        asked.named.name.strip().upper(),
        *(code for other, code in matched.spelled.items() if folded(other) == asked.line),
    ]


def _entry(record: Mapping[str, Any], matched: Matched) -> Entry:
    at, address = record.get("at"), web(record.get("web"))
    unique = {(prop, value) for prop, value in record["unique"].items() if value is not None}
    lines = set(lines_of(record["lines"]))
    if matched.spelled:
        code = record["unique"][matched.unique[0]]
        lines |= {folded(code), *(folded(other) for other, of in matched.spelled.items() if of == code)}
    towns = tuple(
        Town(each["id"], lines_of(each["lines"]), frozenset(each["lands"])) for each in record.get("towns", ())
    )
    return Entry(
        record["id"],
        record["called"],
        frozenset(lines),
        frozenset(unique),
        () if at is None or None in at else ((at[0], at[1]),),
        frozenset(record.get("lands", ())).union(*(each.countries for each in towns)),
        towns,
        frozenset() if address is None else frozenset({address}),
    )
