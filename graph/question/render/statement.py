"""The statement. In: a checked SecuredPlan. Out: a Statement. Equal plans give equal text.

It returns one record with one list, `data`: the columns of the root, each a value or a list of rows.
"""

from dataclasses import dataclass

from graph.cypher.fragments import EMPTY, Fragment, clause, join, name
from graph.cypher.statement import Statement
from graph.question.guard import SecuredPlan
from graph.question.plan.columns import (
    Aggregate,
    AnySynthetic,
    ByLabel,
    Column,
    Computed,
    IsSynthetic,
    Label,
    Lookup,
    Page,
    Read,
    ReadKey,
    Referenced,
    Related,
    RelationshipPart,
    Row,
    ShortestPath,
    Total,
)
from graph.question.plan.nodes import TRUE, Site, Subject
from graph.question.render import computed
from graph.question.render.lists import Lists
from graph.question.render.ordering import term
from graph.question.render.paths import of_relationship, way
from graph.question.render.predicates import Predicates
from graph.question.render.rows import returned
from graph.question.render.sites import is_synthetic, label_of, labelled, labels, node, relationship, sought, value
from schema.language.kinds import Kind
from schema.model import FACT, Model

OfNode = Read | ReadKey | Label | Related | Referenced | Computed | RelationshipPart | IsSynthetic | ByLabel


def render(secured: SecuredPlan, model: Model) -> Statement:
    """Write the statement of a secured plan."""
    if not isinstance(secured, SecuredPlan):
        raise TypeError("only a secured plan can be rendered")
    guards = {guard.site: guard for guard in secured.guards}
    renderer = Renderer(Predicates(model, guards, dict(secured.dates)))
    columns = [renderer.column(column, None) for column in secured.plan.row.columns]
    return Statement(clause("RETURN [{columns}] AS data", columns=join(", ", columns)).text)


@dataclass(frozen=True)
class Renderer:
    """Writes columns as expressions over the node that they belong to."""

    predicates: Predicates

    def row(self, row: Row, site: Site) -> Fragment:
        """Write a row as a list."""
        return clause("[{columns}]", columns=join(", ", [self.column(column, site) for column in row.columns]))

    def column(self, column: Column, site: Site | None) -> Fragment:
        """Write one column. At the root, where there is no node, only lists, look-ups and paths are possible."""
        if isinstance(column, Page):
            return Lists(self).page(column, site)
        if isinstance(column, Total):
            return Lists(self).total(column, site)
        if isinstance(column, Aggregate):
            return Lists(self).aggregate(column, site)
        if isinstance(column, AnySynthetic):
            return Lists(self).any_synthetic(column, site)
        if isinstance(column, Lookup):
            return self._lookup(column)
        if isinstance(column, ShortestPath):
            return way(self, column)
        if site is None:
            raise TypeError(f"{type(column).__name__} needs a node")
        return self._of_node(column, site)

    def _of_node(self, column: OfNode, site: Site) -> Fragment:
        if isinstance(column, Read):
            return _read(column, site)
        if isinstance(column, ReadKey):
            return _key(column, site)
        if isinstance(column, Label):
            return label_of(site)
        if isinstance(column, Related):
            return self._related(column, site)
        if isinstance(column, Referenced):
            return self._referred(column, site)
        if isinstance(column, Computed):
            return computed.field(self, column, site)
        if isinstance(column, RelationshipPart):
            return of_relationship(column, site)
        if isinstance(column, IsSynthetic):
            return is_synthetic(site, node_too=column.node, relationship_too=column.relationship)
        return self._by_label(column, site)

    def match(self, site: Site, near: Site | None) -> Fragment:
        """Write the pattern of a site: along a route from a near node, or by labels at the root."""
        if near is None:
            return clause("({n}:{l})", n=node(site), l=labels(site.labels))
        return self.predicates.match(site, node(near))

    def _lookup(self, lookup: Lookup) -> Fragment:
        """Write a look-up by id. It uses the unique index of the technical label Fact, then tests the wanted label."""
        site = lookup.site
        each = clause("UNWIND {ids} AS {id} ", ids=value(lookup.ids), id=sought(site)) if lookup.many else EMPTY
        wanted = sought(site) if lookup.many else value(lookup.ids)
        tested = [labelled(site)] if site.tested else []
        return clause(
            "COLLECT {{ {each}MATCH ({n}:{fact} {{id: {wanted}}}){where} {row} }}",
            each=each,
            n=node(site),
            fact=name(FACT),
            wanted=wanted,
            where=self.predicates.where(site, TRUE, *tested),
            row=self._returned(lookup.row, site),
        )

    def _related(self, related: Related, near: Site) -> Fragment:
        kept = [node(related.site)]
        if any(isinstance(column, IsSynthetic) and column.relationship for column in related.row.columns):
            kept.append(relationship(related.site))
        return clause(
            "head(COLLECT {{ MATCH {match}{where} WITH {kept} ORDER BY {ids} LIMIT 1 {row} }})",
            match=self.match(related.site, near),
            where=self.predicates.where(related.site, TRUE),
            kept=join(", ", kept),
            ids=join(", ", [clause("{v}.id", v=variable) for variable in kept]),
            row=returned([related.row], related.site, self.row(related.row, related.site), kept),
        )

    def _returned(self, row: Row, site: Site) -> Fragment:
        """Return a row of the node at a site."""
        return returned([row], site, self.row(row, site), [node(site)])

    def _referred(self, referred: Referenced, near: Site) -> Fragment:
        """Write the facts that a property refers to. Hidden ones are left out, and one that is named twice appears once."""
        referenced_facts = clause(
            "COLLECT {{ {referenced_facts}{where} WITH DISTINCT {n} ORDER BY {n}.id LIMIT 100 {row} }}",
            referenced_facts=self.predicates.reach(referred.site, near),
            n=node(referred.site),
            where=self.predicates.where(referred.site, TRUE),
            row=self._returned(referred.row, referred.site),
        )
        return (
            clause("head({referenced_facts})", referenced_facts=referenced_facts) if referred.one else referenced_facts
        )

    def _by_label(self, split: ByLabel, site: Site) -> Fragment:
        branches = [
            clause("WHEN {n}:{l} THEN {row}", n=node(site), l=labels(names), row=self.row(row, site))
            for names, row in split.rows
        ]
        return clause("CASE {branches} END", branches=join(" ", branches)) if branches else Fragment("null")


def _key(column: ReadKey, site: Site) -> Fragment:
    """Write the value of a key in the form that a cursor holds."""
    stored = term(site, column.at, column.key)
    return clause("toString({s})", s=stored) if column.key.kind.is_date or column.key.kind is Kind.INSTANT else stored


def _read(column: Read, site: Site) -> Fragment:
    owner = node(site) if column.subject is Subject.NODE else relationship(site)
    prop = column.prop
    stored = clause("{h}.{p}", h=owner, p=name(prop.name))
    if prop.kind is Kind.POINT:
        return clause("[{s}.latitude, {s}.longitude]", s=stored)
    if prop.kind is Kind.MONEY:
        return clause(
            "[{h}.{amount}, {h}.{currency}]",
            h=owner,
            amount=name(f"{prop.name}Amount"),
            currency=name(f"{prop.name}Currency"),
        )
    return clause("{s}.epochMillis", s=stored) if prop.kind is Kind.INSTANT else stored
