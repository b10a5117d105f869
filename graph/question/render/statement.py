"""Stage 8. In: a checked SecuredPlan. Out: a Statement; pure, and the same plan gives the same bytes.

The statement returns one record with one list, `data`: the columns of the root, each a value or a list of rows.
"""

from dataclasses import dataclass

from graph.cypher.fragments import EMPTY, Fragment, clause, join, name
from graph.question.guard import SecuredPlan
from graph.question.plan.columns import (
    Aggregate,
    ByLabel,
    Change,
    Column,
    Label,
    Lag,
    Lookup,
    OfTie,
    Page,
    Paired,
    Read,
    ReadKey,
    Referred,
    Related,
    Row,
    Share,
    Standing,
    Total,
    Way,
)
from graph.question.plan.nodes import TRUE, Seat, Subject
from graph.question.render import derived
from graph.question.render.lists import Lists
from graph.question.render.ordering import term
from graph.question.render.paths import of_tie, way
from graph.question.render.predicates import Predicates, label_of, labelled, labels, node, sought, tie, value
from graph.question.render.rows import returned
from schema.language.kinds import Kind
from schema.model import FACT, Model

OfNode = Read | ReadKey | Label | Related | Referred | Lag | Paired | Standing | Change | Share | OfTie | ByLabel


@dataclass(frozen=True)
class Statement:
    """Statement text whose only parameter is the map `q`."""

    text: str


def render(secured: SecuredPlan, model: Model) -> Statement:
    """Write the statement of a secured plan."""
    if not isinstance(secured, SecuredPlan):
        raise TypeError("only a secured plan can be rendered")
    guards = {guard.site: guard for guard in secured.guards}
    renderer = Renderer(Predicates(model, guards, dict(secured.dates)))
    columns = [renderer.column(column, None) for column in secured.plan.row.columns]
    return Statement(clause("RETURN [{columns}] AS data", columns=join(", ", columns)).text)


def profiled(statement: Statement) -> Statement:
    """Ask the database to tell what it does for a statement; for the operator's command line only."""
    return Statement(f"PROFILE {statement.text}")


@dataclass(frozen=True)
class Renderer:
    """Writes columns as expressions over the node that they belong to."""

    predicates: Predicates

    def row(self, row: Row, seat: Seat) -> Fragment:
        """Write a row as a list."""
        return clause("[{columns}]", columns=join(", ", [self.column(column, seat) for column in row.columns]))

    def column(self, column: Column, seat: Seat | None) -> Fragment:
        """Write one column; only lists, look-ups and paths stand at the root, where there is no node yet."""
        if isinstance(column, Page):
            return Lists(self).page(column, seat)
        if isinstance(column, Total):
            return Lists(self).total(column, seat)
        if isinstance(column, Aggregate):
            return Lists(self).aggregate(column, seat)
        if isinstance(column, Lookup):
            return self._lookup(column)
        if isinstance(column, Way):
            return way(self, column)
        if seat is None:
            raise TypeError(f"{type(column).__name__} needs a node")
        return self._of_node(column, seat)

    def _of_node(self, column: OfNode, seat: Seat) -> Fragment:
        if isinstance(column, Read):
            return _read(column, seat)
        if isinstance(column, ReadKey):
            return _key(column, seat)
        if isinstance(column, Label):
            return label_of(seat)
        if isinstance(column, Related):
            return self._related(column, seat)
        if isinstance(column, Referred):
            return self._referred(column, seat)
        if isinstance(column, Lag):
            return derived.lag(self, column, seat)
        if isinstance(column, Paired):
            return derived.paired(self, column, seat)
        if isinstance(column, Standing):
            return derived.standing(self, column, seat)
        if isinstance(column, Change):
            return derived.change(self, column, seat)
        if isinstance(column, Share):
            return derived.share(column, seat)
        if isinstance(column, OfTie):
            return of_tie(column, seat)
        return self._by_label(column, seat)

    def match(self, seat: Seat, near: Seat | None) -> Fragment:
        """Write the pattern that leads to a seat: from a node, or from nowhere to the facts of its labels."""
        if near is None:
            return clause("({n}:{l})", n=node(seat), l=labels(seat.labels))
        return self.predicates.match(seat, node(near))

    def _lookup(self, lookup: Lookup) -> Fragment:
        """Find by the technical label Fact and its unique index, then test the label that was asked for."""
        seat = lookup.seat
        each = clause("UNWIND {ids} AS {id} ", ids=value(lookup.ids), id=sought(seat)) if lookup.many else EMPTY
        wanted = sought(seat) if lookup.many else value(lookup.ids)
        tested = [labelled(seat)] if seat.tested else []
        return clause(
            "COLLECT {{ {each}MATCH ({n}:{fact} {{id: {wanted}}}){where} {row} }}",
            each=each,
            n=node(seat),
            fact=name(FACT),
            wanted=wanted,
            where=self.predicates.where(seat, TRUE, *tested),
            row=self._returned(lookup.row, seat),
        )

    def _related(self, related: Related, near: Seat) -> Fragment:
        return clause(
            "head(COLLECT {{ MATCH {match}{where} WITH {n} ORDER BY {n}.id LIMIT 1 {row} }})",
            match=self.match(related.seat, near),
            where=self.predicates.where(related.seat, TRUE),
            n=node(related.seat),
            row=self._returned(related.row, related.seat),
        )

    def _returned(self, row: Row, seat: Seat) -> Fragment:
        """Return a row of the node at a seat."""
        return returned([row], seat, self.row(row, seat), [node(seat)])

    def _referred(self, referred: Referred, near: Seat) -> Fragment:
        """A reference follows its target's predicate: what is hidden is not there, and what is named twice is there once."""
        found = clause(
            "COLLECT {{ {found}{where} WITH DISTINCT {n} ORDER BY {n}.id LIMIT 100 {row} }}",
            found=self.predicates.reach(referred.seat, near),
            n=node(referred.seat),
            where=self.predicates.where(referred.seat, TRUE),
            row=self._returned(referred.row, referred.seat),
        )
        return clause("head({found})", found=found) if referred.one else found

    def _by_label(self, split: ByLabel, seat: Seat) -> Fragment:
        branches = [
            clause("WHEN {n}:{l} THEN {row}", n=node(seat), l=labels(names), row=self.row(row, seat))
            for names, row in split.rows
        ]
        return clause("CASE {branches} END", branches=join(" ", branches)) if branches else Fragment("null")


def _key(column: ReadKey, seat: Seat) -> Fragment:
    """Write the value of an order's key, as a cursor holds it."""
    stored = term(seat, column.at, column.key)
    return clause("toString({s})", s=stored) if column.key.kind in (Kind.WHEN, Kind.INSTANT) else stored


def _read(column: Read, seat: Seat) -> Fragment:
    holder = node(seat) if column.subject is Subject.NODE else tie(seat)
    prop = column.prop
    stored = clause("{h}.{p}", h=holder, p=name(prop.name))
    if prop.kind is Kind.POINT:
        return clause("[{s}.latitude, {s}.longitude]", s=stored)
    if prop.kind is Kind.MONEY:
        return clause(
            "[{h}.{amount}, {h}.{currency}]",
            h=holder,
            amount=name(f"{prop.name}Amount"),
            currency=name(f"{prop.name}Currency"),
        )
    return clause("{s}.epochMillis", s=stored) if prop.kind is Kind.INSTANT else stored
