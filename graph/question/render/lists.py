"""Lists: pages, totals, aggregates and groups. In: columns over a Listing. Out: Fragments, each an expression."""

from dataclasses import dataclass

from graph.cypher.ddl import WORDS
from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, number
from graph.question.plan.columns import (
    PLAIN,
    SPLIT,
    Aggregate,
    AggregateFunction,
    AggregateValue,
    AnySynthetic,
    GroupKey,
    Groups,
    Listing,
    Page,
    Total,
)
from graph.question.plan.nodes import TRUE, Site
from graph.question.render.ordering import Order, Part, parts
from graph.question.render.rows import Rows, returned
from graph.question.render.sites import is_synthetic, node, relationship, value
from schema.language.kinds import Kind, Property


@dataclass(frozen=True)
class Lists:
    """Writes lists. The renderer writes the rows inside them."""

    renderer: Rows

    def page(self, page: Page, near: Site | None) -> Fragment:
        """Write a page as a list of rows."""
        site = page.listing.site
        order = Order(self.renderer.predicates, site, page.order)
        root = site.route is None and page.listing.words is None
        page_parts = parts(order, page.bounds, root=root)
        row = self.renderer.row(page.row, site)
        if len(page_parts) == 1:
            kept = [*_kept(site), *page_parts[0].order.names()]
            rows = self._part(page, page_parts[0], near)
            return clause("COLLECT {{ {rows} {row} }}", rows=rows, row=returned([page.row], site, row, kept))
        if not page_parts:
            return Fragment("[]")
        return self._in_turn(page, page_parts, row)

    def _part(self, page: Page, part: Part, near: Site | None) -> Fragment:
        """Write one part of a page: its rows in order, at most the page size."""
        site, order = page.listing.site, part.order
        within, kept = order.within(part.bounds), _kept(site)
        computed = EMPTY
        if order.computed():
            where = clause(" WHERE {all}", all=join(" AND ", within)) if within else EMPTY
            computed = clause(" WITH {kept}{where}", kept=join(", ", [*kept, *order.computed()]), where=where)
            within, kept = [], [*kept, *order.names()]
        return clause(
            "{source}{computed} WITH {kept} ORDER BY {order} LIMIT {limit}",
            source=self.source(page.listing, near, *part.also, *within),
            computed=computed,
            kept=join(", ", kept),
            order=order.by(backward=part.bounds.backward),
            limit=value(part.bounds.limit),
        )

    def _in_turn(self, page: Page, page_parts: list[Part], row: Fragment) -> Fragment:
        """Write a page over several parts. A part is read only if the parts before it did not fill the page.

        Plain values are projected inside their part, where the index can still provide them.
        """
        site, limit, read = page.listing.site, value(page.bounds.limit), name(f"a{page.listing.site.number}")
        plain = all(isinstance(column, PLAIN) for column in page.row.columns)
        item, shown = (name(f"r{site.number}"), row) if plain else (node(site), node(site))
        first, *others = (self._part(page, part, None) for part in page_parts)
        names = {"a": read, "b": name(f"b{site.number}"), "g": name(f"g{site.number}"), "s": name(f"s{site.number}")}
        more = [clause(_NEXT_PART, limit=limit, part=part, shown=shown, **names) for part in others]
        return clause(
            "COLLECT {{ WITH COLLECT {{ {first} RETURN {shown} }} AS {a}{more} UNWIND {a} AS {i} WITH {i} LIMIT {limit} {row} }}",
            first=first,
            shown=shown,
            more=join("", more),
            a=read,
            i=item,
            limit=limit,
            row=returned([page.row], site, item if plain else row, [item]),
        )

    def source(self, listing: Listing, near: Site | None, *more: Fragment) -> Fragment:
        """Write the MATCH or index call that finds the rows of a list, with its WHERE."""
        site = listing.site
        where = self.renderer.predicates.where(site, listing.where, *more)
        if listing.words is not None:
            return clause(
                "CALL db.index.fulltext.queryNodes('{index}', {p}) YIELD node AS {n} WITH {n}{where}",
                index=name(WORDS),
                p=value(listing.words),
                n=node(site),
                where=where,
            )
        return clause("MATCH {match}{where}", match=self.renderer.match(site, near), where=where)

    def total(self, total: Total, near: Site | None) -> Fragment:
        """Write the number of rows of a list."""
        source = self.source(total.listing, near)
        if total.listing.words is None:
            return clause("COUNT {{ {source} }}", source=source)
        return clause("COUNT {{ {source} RETURN {n} }}", source=source, n=node(total.listing.site))

    def any_synthetic(self, of: AnySynthetic, near: Site | None) -> Fragment:
        """Write whether a list has a synthetic fact, or a synthetic fact that its rows are grouped by."""
        listing, site = of.listing, of.key or of.listing.site
        guard = self.renderer.predicates.guards[site.number]
        test = clause("({t})", t=is_synthetic(site, node_too=guard.node, relationship_too=guard.relationship))
        if of.key is None:
            source = self.source(listing, near, test)
        else:
            match, where = self.renderer.match(of.key, listing.site), self.renderer.predicates.where(of.key, TRUE, test)
            source = clause("{s} MATCH {m}{w}", s=self.source(listing, near), m=match, w=where)
        return clause("EXISTS {{ {source} RETURN {n} }}", source=source, n=node(site))

    def aggregate(self, of: Aggregate, near: Site | None) -> Fragment:
        """Write the aggregate of a list as one row: its values, then its lists of groups."""
        groups = clause("[{all}]", all=join(", ", [self._groups(each, near) for each in of.groups]))
        if not of.computed:
            return groups
        values = clause(
            "head(COLLECT {{ {source}{ordered} RETURN [{values}] }})",
            source=self.source(of.listing, near),
            ordered=_in_order(of.listing, of.computed),
            values=_values(of.listing.site, of.computed),
        )
        return clause("{values} + {groups}", values=values, groups=groups) if of.groups else values

    def _groups(self, of: Groups, near: Site | None) -> Fragment:
        site = of.listing.site
        common = [self._common(site, part, at) for at, part in enumerate(of.common)]
        keys, (counted, values) = [key for _, key in common], (name(f"c{site.number}"), name(f"v{site.number}"))
        shown = clause(
            "[{keys}] + {values}",
            keys=join(", ", [self._shown(part, key) for part, key in zip(of.common, keys, strict=True)]),
            values=values,
        )
        return clause(
            "COLLECT {{ {source}{spread} WITH {kept}{ordered} WITH {common}, count(*) AS {counted}, [{computed}] AS {values} "
            "ORDER BY {counted} DESC, {keys} LIMIT {limit} {row} }}",
            source=self.source(of.listing, near),
            spread=self._spread(site, of.common),
            kept=join(", ", [*_kept(site), *(clause("{e} AS {k}", e=e, k=k) for e, k in common)]),
            ordered=_sorted(site) if _adds_floats(of.computed) else EMPTY,
            common=join(", ", keys),
            counted=counted,
            computed=_values(site, of.computed),
            values=values,
            keys=join(", ", [_sort_key(part, key) for part, key in zip(of.common, keys, strict=True)]),
            limit=value(of.limit),
            row=returned([part.row for part in of.common if part.row], site, shown, [*keys, values]),
        )

    def _spread(self, site: Site, common: tuple[GroupKey, ...]) -> Fragment:
        """Repeat a row for each related fact that it is grouped by. Parallel relationships to one fact count once."""
        kept, written = _kept(site), []
        for far in (part.site for part in common if part.site is not None and part.site.many):
            kept = [*kept, node(far)]
            match, where = self.renderer.match(far, site), self.renderer.predicates.where(far, TRUE)
            step = " OPTIONAL MATCH {match}{where} WITH DISTINCT {kept}"
            written.append(clause(step, match=match, where=where, kept=join(", ", kept)))
        return join("", written)

    def _common(self, site: Site, of: GroupKey, at: int) -> tuple[Fragment, Fragment]:
        """Write a key of a group, and the name of its variable."""
        if of.prop is not None:
            return _grouped_by(site, of.prop), name(f"g{site.number}_{at}")
        if of.site is None:
            raise TypeError("groups have a property or a fact in common")
        if of.site.many:
            return node(of.site), node(of.site)
        first = clause(
            "head(COLLECT {{ MATCH {match}{where} WITH {n} ORDER BY {n}.id LIMIT 1 RETURN {n} }})",
            match=self.renderer.match(of.site, site),
            where=self.renderer.predicates.where(of.site, TRUE),
            n=node(of.site),
        )
        return first, node(of.site)

    def _shown(self, of: GroupKey, key: Fragment) -> Fragment:
        if of.site is None or of.row is None:
            return key
        return clause("CASE WHEN {n} IS NOT NULL THEN {row} END", n=key, row=self.renderer.row(of.row, of.site))


_NEXT_PART = (
    " CALL ({a}) {{ UNWIND CASE WHEN size({a}) < {limit} THEN [0] ELSE [] END AS {g} "
    "CALL ({g}) {{ {part} RETURN {shown} AS {s} }} RETURN collect({s}) AS {b} }} WITH {a} + {b} AS {a}"
)
"""Wrapping the part in UNWIND of an empty or one-element list lets Neo4j skip it if the page is already full."""


def _kept(site: Site) -> list[Fragment]:
    """Name the variables of a row: its node, and the relationship that leads to it."""
    return [node(site)] if site.route is None else [node(site), relationship(site)]


def _sorted(site: Site) -> Fragment:
    """Sort rows by id before a sum of floats, which depends on the order of addition."""
    return clause(" ORDER BY {ids}", ids=join(", ", [clause("{v}.id", v=each) for each in _kept(site)]))


def _adds_floats(computed: tuple[AggregateValue, ...]) -> bool:
    return any(
        c.function is AggregateFunction.TOTAL and c.prop is not None and c.prop.kind is Kind.NUMBER for c in computed
    )


def _in_order(listing: Listing, computed: tuple[AggregateValue, ...]) -> Fragment:
    if not _adds_floats(computed):
        return EMPTY
    return clause(" WITH {kept}{sorted}", kept=join(", ", _kept(listing.site)), sorted=_sorted(listing.site))


def _sort_key(of: GroupKey, key: Fragment) -> Fragment:
    return clause("{n}.id", n=key) if of.site is not None else key


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


def _values(site: Site, computed: tuple[AggregateValue, ...]) -> Fragment:
    return join(", ", [_value(site, each) for each in computed])


def _value(site: Site, of: AggregateValue) -> Fragment:
    """Write one aggregated value in the form that the shaper takes, often as a list of parts."""
    if of.prop is None:
        return Fragment("count(*)")
    kind, column = of.prop.kind, of.prop.name
    if kind is Kind.MONEY:
        column = f"{column}Amount"
    if kind.is_date:
        column = of.prop.day
    stored = {"s": clause("{n}.{c}", n=node(site), c=name(column)), "k": number(SPLIT)}
    if kind is Kind.MONEY:
        stored["c"] = clause("{n}.{c}", n=node(site), c=name(f"{of.prop.name}Currency"))
    if of.function is AggregateFunction.TOTAL:
        return clause(_TOTALS[kind], **stored)
    template = _EXTREMES.get(kind, "{f}({s})")
    return clause(template, f=Fragment(of.function.value), **stored)


_TOTALS = {
    Kind.INTEGER: "[count({s}), sum({s})]",
    Kind.NUMBER: "[count({s}), sum({s})]",
    Kind.BIG_INTEGER: "[count({s}), sum({s} % {k}), sum({s} / {k})]",
    Kind.MONEY: "[count({s}), sum({s} % {k}), sum({s} / {k}), min({c}), max({c})]",
}
_EXTREMES = {
    Kind.WHEN: "toString({f}({s}))",
    Kind.END: "toString({f}({s}))",
    Kind.INSTANT: "{f}({s}).epochMillis",
    Kind.MONEY: "[{f}({s}), min({c}), max({c})]",
}
