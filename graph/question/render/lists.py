"""Lists: pages, totals and aggregates. In: columns over a Listing. Out: Fragments, each an expression."""

from dataclasses import dataclass

from graph.cypher.ddl import WORDS
from graph.cypher.fragments import EMPTY, Fragment, clause, join, name
from graph.question.plan.columns import PLAIN, Aggregate, AnySynthetic, GroupCount, Groups, Listing, Page, Total
from graph.question.plan.nodes import TRUE, Site
from graph.question.render.aggregated import in_order, variables, written
from graph.question.render.groups import Grouped
from graph.question.render.ordering import Order, Part, parts
from graph.question.render.rows import Rows, returned
from graph.question.render.sites import is_synthetic, node, value


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
            kept = [*variables(page.listing), *page_parts[0].order.names()]
            rows = self._part(page, page_parts[0], near)
            return clause("COLLECT {{ {rows} {row} }}", rows=rows, row=returned([page.row], site, row, kept))
        if not page_parts:
            return Fragment("[]")
        return self._in_turn(page, page_parts, row)

    def _part(self, page: Page, part: Part, near: Site | None) -> Fragment:
        """Write one part of a page: its rows in order, at most the page size."""
        order = part.order
        within, kept = order.within(part.bounds), variables(page.listing)
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

    def _rows(self, listing: Listing, near: Site | None) -> Fragment:
        """Write the rows that an aggregate is over: those of the list, or each fact once."""
        source = self.source(listing, near)
        if not (listing.distinct and listing.site.route is not None):
            return source
        return clause("{source} WITH DISTINCT {n}", source=source, n=node(listing.site))

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
        certain = self.renderer.predicates.certain(total.listing.site) if total.certain else ()
        source = self.source(total.listing, near, *certain)
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
            source=self._rows(of.listing, near),
            ordered=in_order(of.listing, of.computed),
            values=written(of.listing, of.computed),
        )
        return clause("{values} + {groups}", values=values, groups=groups) if of.groups else values

    def _groups(self, of: Groups | GroupCount, near: Site | None) -> Fragment:
        grouped = Grouped(self.renderer, of, self._rows(of.listing, near))
        return grouped.page(of) if isinstance(of, Groups) else grouped.count()


_NEXT_PART = (
    " CALL ({a}) {{ UNWIND CASE WHEN size({a}) < {limit} THEN [0] ELSE [] END AS {g} "
    "CALL ({g}) {{ {part} RETURN {shown} AS {s} }} RETURN collect({s}) AS {b} }} WITH {a} + {b} AS {a}"
)
"""Wrapping the part in UNWIND of an empty or one-element list lets Neo4j skip it if the page is already full."""
