"""The matcher of feeds: decisions first, then the rules. In: a feed, the names that it gives. Out: a match for each.

A name that no rule decides is stored as a question to a person, once for all feeds that ask it.
"""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import orjson

from graph.bolt.write import Unit, Writer
from graph.cypher import matches as cypher
from graph.facts.write import now
from graph.matching import waiting
from graph.matching.find import Finder
from graph.matching.fold import folded, near, web
from graph.matching.named import Match, Named
from graph.matching.rules import Asked, decide
from graph.matching.waiting import DECIDED, NONE, Waiting
from schema.model import WHOLE, Model

RULES = "1"
"""Changes with every change of the rules, so that names are matched again."""
BATCH = 500
"""Names of one transaction."""
KEY = 12
"""Characters of a key after its prefix: 60 bits."""
LARGEST, MOST_DIGITS = 2**53, 16
"""Largest number that an id may be, and its digits: a longer text is no id, and Python would not read it."""
CELLS = 1
"""Decimal places of degrees within which the same name is one question: a tenth of a degree is about 11 km."""


@dataclass
class StoredMatcher:
    """Matches names with the facts of a database. Open one with `open_matcher`, which reads the version."""

    writer: Writer = field(repr=False)
    model: Model = field(repr=False)
    version: str
    clock: Callable[[], datetime] = now
    _countries: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False)

    async def match(self, feed: str | None, named: Collection[Named]) -> Mapping[Named, Match]:
        """Return the match of each name. Store those that wait, unless no feed asks. Raise DatabaseUnavailable.

        A name whose label is not matched raises KeyError.
        """
        every = list(dict.fromkeys(named))
        matches: dict[Named, Match] = {}
        for at in range(0, len(every), BATCH):
            some = every[at : at + BATCH]
            matches |= await self.writer.unit(partial(self._batch, feed=feed, named=some))
        return matches

    async def _batch(self, unit: Unit, feed: str | None, named: Sequence[Named]) -> dict[Named, Match]:
        asked = await self._asked(unit, named)
        keys = {each.named: key_of(each, self.model) for each in asked}
        known = await waiting.read(unit, set(keys.values()))
        matches: dict[Named, Match] = {}
        for label in sorted({each.named.label for each in asked}):
            of_label = [each for each in asked if each.named.label == label]
            matches |= await self._of_label(Finder(unit, label, self.model), of_label, keys, known)
        if feed is not None:
            await self._store(unit, feed, matches, keys, known)
        return matches

    async def _of_label(
        self, finder: Finder, asked: Sequence[Asked], keys: Mapping[Named, str], known: Mapping[str, Waiting]
    ) -> dict[Named, Match]:
        stored = {each.named: known[keys[each.named]] for each in asked if keys[each.named] in known}
        decided = {named: each for named, each in stored.items() if each.state == DECIDED}
        matches = await _decided(finder, decided)
        rest = [each for each in asked if each.named not in matches]
        matched = self.model.matched()[finder.label]
        exact = await finder.exact(rest)
        matches |= {each.named: decide(each, exact.of(each), matched) for each in rest}
        doubtful = [each for each in rest if matches[each.named].id is None]
        nearly = await finder.near(doubtful)
        for each in doubtful:
            # A near name is never certain. It only gives more candidates.
            offered = {entry.id: entry for entry in (*nearly.of(each, near=True), *exact.of(each))}
            matches[each.named] = decide(each, list(offered.values()), matched)
        return matches

    async def _store(
        self,
        unit: Unit,
        feed: str,
        matches: Mapping[Named, Match],
        keys: Mapping[Named, str],
        known: Mapping[str, Waiting],
    ) -> None:
        """Store what is new: a run that finds what the last one found writes nothing."""
        wait: dict[str, tuple[Named, Match]] = {}
        settled: set[str] = set()
        for named, match in matches.items():
            stored = known.get(keys[named])
            open_ = match.id is None and not match.left_out
            if open_ and not waiting.is_stored(stored, feed, match):
                wait.setdefault(keys[named], (named, match))
            if not open_ and stored is not None:
                settled.add(stored.key)
        decided = {keys[named]: match.why for named, match in matches.items() if keys[named] in known}
        gone = [known[key] for key, why in decided.items() if known[key].state == DECIDED and why != _so(known[key])]
        await waiting.reopen(unit, gone)
        still = {keys[named] for named, match in matches.items() if match.id is None}
        await waiting.settle(unit, settled - still)
        await waiting.store(unit, feed, wait, self.clock())

    async def _asked(self, unit: Unit, named: Sequence[Named]) -> list[Asked]:
        """Fold names, and find the countries that they tell."""
        told: dict[str, set[str]] = {}
        for each in named:
            of = country_label(each.label, self.model)
            if of and each.country:
                told.setdefault(of, set()).add(each.country)
        for label, texts in told.items():
            await self._learn_countries(Finder(unit, label, self.model), texts)
        return [
            Asked(
                each,
                folded(each.name),
                near(each.name),
                _numbers(each, self.model),
                self._countries.get((country_label(each.label, self.model), each.country or ""), frozenset()),
                folded(each.city or ""),
                web(each.website),
            )
            for each in named
        ]

    async def _learn_countries(self, finder: Finder, texts: Iterable[str]) -> None:
        """Find countries by name, code or id."""
        asked = [Asked(Named(finder.label, text), folded(text)) for text in sorted(texts)]
        entries = await finder.exact(asked, texts)
        matched = self.model.matched()[finder.label]
        for each in asked:
            named = entries.with_id(each.named.name)
            id_ = named.id if named else decide(each, entries.of(each), matched).id
            self._countries[finder.label, each.named.name] = frozenset({id_} if id_ else ())


async def _decided(finder: Finder, decided: Mapping[Named, Waiting]) -> dict[Named, Match]:
    """Return what persons decided, but for decisions of which the fact is gone."""
    entries = await finder.exact((), {str(each.decision) for each in decided.values()} - {NONE})
    matches: dict[Named, Match] = {}
    for named, each in decided.items():
        entry, why = entries.with_id(str(each.decision)), _so(each)
        if each.decision == NONE:
            matches[named] = Match(None, why=why, left_out=True)
        elif entry is not None:
            matches[named] = Match(entry.id, why=why)
    return matches


def _so(decided: Waiting) -> str:
    """Say who decided."""
    return f"so decided {decided.by}"


async def open_matcher(writer: Writer, model: Model) -> StoredMatcher:
    """Open a matcher with the version that the database has now: decisions, and facts that names may mean."""
    matched, types = model.matched(), {model.merging().type}
    for label, each in matched.items():
        types |= {model.routes[label][way].relationship.type for way in (each.country, each.city) if way}
    (record,) = await writer.read(cypher.standing(sorted(matched), sorted(types)))
    standing = orjson.dumps([RULES, record["mark"], record["facts"]])
    return StoredMatcher(writer, model, hashlib.blake2b(standing, digest_size=8).hexdigest())


def country_label(label: str, model: Model) -> str:
    """Return the label of the countries of facts, or of the cities of facts; empty if they have none."""
    matched = model.matched()[label]
    if matched.country:
        (far,) = model.routes[label][matched.country].far
        return far
    return country_label(model.routes[label][matched.city].far[0], model) if matched.city else ""


def key_of(asked: Asked, model: Model) -> str:
    """Return the key of a question: the same for all names that the rules cannot tell apart."""
    named = asked.named
    told = [
        named.label,
        asked.line or named.name,
        sorted(asked.countries) or folded(named.country or ""),
        asked.town or named.city,
        [asked.web.host, asked.web.path] if asked.web else None,
        None if named.at is None else [f"{degrees:.{CELLS}f}" for degrees in named.at],
        sorted(asked.ids, key=str),
    ]
    digest = hashlib.blake2b(orjson.dumps(told), digest_size=20).digest()
    return f"{model.concepts[named.label].prefix}-{b32encode(digest).decode().lower()[:KEY]}"


def _numbers(named: Named, model: Model) -> tuple[tuple[str, str | int], ...]:
    """Return the unique values that are told, in the type in which they are stored."""
    matched, properties = model.matched()[named.label], model.concepts[named.label].properties
    read: list[tuple[str, str | int]] = []
    for prop, value in named.ids:
        if prop not in matched.unique:
            continue
        if properties[prop].kind not in WHOLE:
            read.append((prop, str(value).strip()))
        elif (text := str(value).strip().lstrip("0")).isdecimal() and len(text) <= MOST_DIGITS and int(text) <= LARGEST:
            read.append((prop, int(text)))
    return tuple(sorted(read, key=str))
