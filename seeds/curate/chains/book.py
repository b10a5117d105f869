"""Where the facts of the chains are gathered. In: chains.csv, how it is read, rows of other files. Out: facts with evidence."""

from dataclasses import dataclass, field
from typing import Any

from seeds.curate.files import Row, made_of

FILE = "chains.csv"
NOT_CLEAR = frozenset({"Lesson", "Objective", "Evaluation", "PURSUED", "SET_BY", "JUDGES", "AGAINST"})
"""Facts that are confidential unless their row says otherwise. These were read on public pages."""

Key = tuple[str, str, str] | str
"""Id of a node; type, start and end of a relationship."""


@dataclass
class Book:
    """The table by id, how each chain and row is read, and the facts so far.

    `sources` has the id of the source that a row cites. `made` has the main facts of a row, such as its visit.
    """

    table: dict[str, Row]
    reading: Row
    existing: dict[Key, Row]
    sources: dict[str, str]
    facts: dict[Key, Row] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)

    def steps(self, step: str) -> list[Row]:
        """List the rows of a step in the order of the table."""
        return [row for row in self.table.values() if row["step"] == step]

    def read(self, id_: str) -> Row:
        """Return what the curation says about a row beyond its columns."""
        return dict(self.reading["rows"].get(id_, {}))

    def chain(self, row: Row) -> Row:
        """Return what the curation says about the chain of a row."""
        return dict(self.reading["chains"][row["chain_id"]])

    def about(self, row: Row) -> list[str]:
        """Return the practices and topics of a row."""
        return [*(self.read(row["id"]).get("about") or self.chain(row)["about"])]

    def practice(self, row: Row) -> str | None:
        """Return the practice of a row; None if it is about topics alone."""
        return next((id_ for id_ in self.about(row) if id_.startswith("practice/")), None)

    def place(self, name: str) -> str:
        """Return the id of the place that the table calls so; "" if it has none here."""
        return str(self.reading["places"][name])

    def named(self, name: str) -> Row:
        """Return the property `asNamed` if the table names an area or a body that a place stands for."""
        return {"asNamed": self.reading["areas"][name]} if name in self.reading["areas"] else {}

    def evidence(self, fact: Row, *ids: str) -> Row:
        """Add to a fact the sources and rows of the table that state it; the first one gives the confidence."""
        sources = list(dict.fromkeys([*fact.get("sources", ()), *(self.sources[id_] for id_ in ids)]))
        confidence = fact.get("confidence") or self.read(ids[0]).get("confidence", self.table[ids[0]]["confidence"])
        kind = fact.get("label") or fact["type"]
        open_to_all = {"marking": "CLEAR"} if kind in NOT_CLEAR else {}
        stated = {**fact, "sources": sources, "confidence": confidence, **open_to_all}
        return made_of(stated, *(f"{FILE} {id_}" for id_ in ids))

    def node(self, label: str, id_: str, properties: Row, *rows: str) -> str:
        """Add a node that rows state, and return its id; missing values (None, "", []) are left out."""
        known = {name: value for name, value in properties.items() if value not in (None, "", [])}
        if id_ in self.existing or id_ in self.facts:
            raise ValueError(f"{id_} is there already; say in chains.json that {rows} are merged with it")
        self.facts[id_] = self.evidence({"label": label, "id": id_, **known}, *rows)
        return id_

    def relate(self, type_: str, start: str, end: str, rows: tuple[str, ...], **properties: Any) -> None:
        """Add a relationship that rows state; one that is there already gets the rows."""
        key = (type_, start, end)
        if key in self.existing:
            return
        known = {name: value for name, value in properties.items() if value not in (None, "", [])}
        fact = self.facts.get(key, {"type": type_, "from": start, "to": end, **known})
        self.facts[key] = self.evidence(fact, *rows)

    def extend(self, id_: str, note: str, *rows: str, **properties: Any) -> None:
        """Add to a node what further rows say of it; nodes of other files say it in their own row."""
        if id_ in self.facts:
            fact = self.facts[id_]
            notes = {"note": sentences(fact.get("note", ""), note)} if note else {}
            self.facts[id_] = self.evidence({**fact, **properties, **notes}, *rows)
        else:
            self.made.setdefault(rows[0], []).append(id_)

    def free(self, plain: str, *more: str) -> str:
        """Return an id that no node has: `plain`, or with more words, or with a number."""
        wanted = [plain, *(f"{plain}-{word}" for word in more if word)]
        wanted += [f"{wanted[-1]}-{number}" for number in range(2, 100)]
        return next(id_ for id_ in wanted if id_ not in self.facts and id_ not in self.existing)


def sentences(*texts: str) -> str:
    """Join texts into one; each ends with a full stop."""
    return " ".join(text if text.endswith(".") else f"{text}." for text in map(_capital, filter(None, texts)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def dates(text: str, *, travel: bool = False) -> Row:
    """Return a date of the table as `since`, and of a journey of some days also `until`.

    A period means somewhere within it, unless both its ends are days of one journey.
    """
    first, slash, last = text.partition("/")
    if not text:
        return {}
    if not slash or first == "..":
        return {"since": text}
    if last == "..":
        return {"since": first}
    days = len(first) == len(last) == len("2000-01-01")
    return {"since": first, "until": last} if days and travel else {"since": f"[{first}..{last}]"}


def tail(id_: str) -> str:
    """Return what stands behind the prefix of an id."""
    return id_.partition("/")[2]


def short(id_: str) -> str:
    """Return the name in the id of a place, without its country and division."""
    parts = tail(id_).split("-")
    skip = {"city": 2, "country": 0, "region": 1 if len(parts) > 1 else 0}[id_.partition("/")[0]]
    if id_.startswith("city/gb-eng-"):
        skip = 2
    return "-".join(parts[skip:])
