"""Groups. In: Groups and GroupCounts, and the rows of their list. Out: Fragments, each an expression."""

from dataclasses import dataclass

from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, number
from graph.question.plan.columns import GroupCount, GroupKey, Groups
from graph.question.plan.nodes import TRUE, OfGroup, Site
from graph.question.render.aggregated import adds_floats, sortable, sorted_by_id, variables, written
from graph.question.render.ordering import Order
from graph.question.render.rows import Rows, returned
from graph.question.render.sites import node, value
from schema.language.kinds import Kind, Property

DISTINCT = Fragment("DISTINCT ")


@dataclass(frozen=True)
class Grouped:
    """Writes the groups of a list, whose rows `source` finds."""

    renderer: Rows
    of: Groups | GroupCount
    source: Fragment

    @property
    def site(self) -> Site:
        """The site of the list."""
        return self.of.listing.site

    @property
    def values(self) -> Fragment:
        """The variable of a group's values."""
        return name(f"v{self.site.number}")

    def page(self, of: Groups) -> Fragment:
        """Write a page of groups as a list of rows."""
        order = Order(self.renderer.predicates, self.site, of.order)
        within, keys, terms = order.within(of.bounds), self._names(), order.names()
        shown = clause(
            "[{keys}] + {values}{cursor}",
            keys=join(", ", [self._shown(part, key) for part, key in zip(of.common, keys, strict=True)]),
            values=self.values,
            cursor=clause(" + [{terms}]", terms=join(", ", terms)) if of.cursor else EMPTY,
        )
        return clause(
            "COLLECT {{ {rows}{ordered} WITH {distinct}{keys}, [{computed}] AS {values} "
            "WITH {keys}, {values}, {terms}{where} ORDER BY {order} LIMIT {limit} {row} }}",
            rows=self._rows([*variables(of.listing), *self._keys()]),
            ordered=sorted_by_id(of.listing) if adds_floats(of.computed) else EMPTY,
            # Without a value nothing groups the rows.
            distinct=EMPTY if of.computed else DISTINCT,
            keys=join(", ", keys),
            computed=written(of.listing, of.computed),
            values=self.values,
            terms=join(", ", [clause("{e} AS {k}", e=self._term(of, at), k=k) for at, k in enumerate(terms)]),
            where=clause(" WHERE {all}", all=join(" AND ", within)) if within else EMPTY,
            order=order.by(backward=False),
            limit=value(of.bounds.limit),
            row=returned([part.row for part in of.common if part.row], self.site, shown, [*keys, self.values, *terms]),
        )

    def count(self) -> Fragment:
        """Write the number of groups."""
        rows = self._rows(self._keys(), distinct=True)
        return clause("COUNT {{ {rows} RETURN {key} }}", rows=rows, key=self._names()[0])

    def _rows(self, kept: list[Fragment], *, distinct: bool = False) -> Fragment:
        """Write the rows of the list with the keys of their groups."""
        return clause(
            "{source}{spread} WITH {distinct}{kept}",
            source=self.source,
            spread=self._spread(),
            distinct=DISTINCT if distinct else EMPTY,
            kept=join(", ", kept),
        )

    def _spread(self) -> Fragment:
        """Repeat a row for each related fact that it is grouped by. Parallel relationships to one fact count once."""
        kept, steps = variables(self.of.listing), []
        for far in (part.site for part in self.of.common if part.site is not None and part.site.many):
            kept = [*kept, node(far)]
            match = self.renderer.match(far, self.site)
            where = self.renderer.predicates.where(far, TRUE)
            step = " OPTIONAL MATCH {match}{where} WITH DISTINCT {kept}"
            steps.append(clause(step, match=match, where=where, kept=join(", ", kept)))
        return join("", steps)

    def _keys(self) -> list[Fragment]:
        """Write the keys, each with its variable."""
        written = zip(self.of.common, self._names(), strict=True)
        return [clause("{e} AS {k}", e=self._key(part), k=k) for part, k in written]

    def _names(self) -> list[Fragment]:
        """Name the variables of the keys."""
        return [
            name(f"g{self.site.number}_{at}") if part.site is None else node(part.site)
            for at, part in enumerate(self.of.common)
        ]

    def _key(self, of: GroupKey) -> Fragment:
        if of.prop is not None:
            return _grouped_by(self.site, of.prop)
        if of.site is None:
            raise TypeError("groups have a property or a fact in common")
        if of.site.many:
            return node(of.site)
        return clause(
            "head(COLLECT {{ MATCH {match}{where} WITH {n} ORDER BY {n}.id LIMIT 1 RETURN {n} }})",
            match=self.renderer.match(of.site, self.site),
            where=self.renderer.predicates.where(of.site, TRUE),
            n=node(of.site),
        )

    def _shown(self, of: GroupKey, key: Fragment) -> Fragment:
        if of.site is None or of.row is None:
            return key
        return clause("CASE WHEN {n} IS NOT NULL THEN {row} END", n=key, row=self.renderer.row(of.row, of.site))

    def _term(self, of: Groups, at: int) -> Fragment:
        """Write key number `at` of the order: a key of the group, or one of its values."""
        given = of.order[at].value
        if not isinstance(given, OfGroup):
            raise TypeError("groups are sorted by their own values")
        if given.at < len(of.common):
            key, part = self._names()[given.at], of.common[given.at]
            return clause("{n}.id", n=key) if part.site is not None else key
        place = given.at - len(of.common)
        read = clause("{values}[{at}]", values=self.values, at=number(place))
        return sortable(of.computed[place], read, mean=given.mean)


def _grouped_by(site: Site, prop: Property) -> Fragment:
    if not prop.kind.is_date:
        return clause("{n}.{p}", n=node(site), p=name(prop.name))
    stored = clause("{n}.{p}", n=node(site), p=name(prop.day))
    day = clause("({s} - duration({{days: 1}}))", s=stored) if prop.kind is Kind.END else stored
    return clause(
        "CASE WHEN {n}.{p} =~ {one} THEN {day}.year END", n=node(site), p=name(prop.name), one=_ONE_YEAR, day=day
    )


_ONE_YEAR = Fragment(r"'\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*'")
"""Matches EDTF text that lies within one year: no open digit, and every year in it is the same."""
