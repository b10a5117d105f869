"""Lists: their pages, totals, aggregates and groups. In: columns over a Listing. Out: Fragments, each an expression."""

from dataclasses import dataclass

from graph.cypher.ddl import WORDS
from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, number
from graph.question.plan.columns import PLAIN, SPLIT, Aggregate, Common, Computed, Groups, Listing, Measure, Page, Total
from graph.question.plan.nodes import TRUE, Seat
from graph.question.render.ordering import Order, Part, parts
from graph.question.render.predicates import node, tie, value
from graph.question.render.rows import Rows, returned
from schema.language.kinds import Kind, Property


@dataclass(frozen=True)
class Lists:
    """Writes lists; the rows inside them are written by the renderer."""

    renderer: Rows

    def page(self, page: Page, near: Seat | None) -> Fragment:
        """Write a page as a list of rows."""
        seat = page.listing.seat
        order = Order(self.renderer.predicates, seat, page.order)
        root = seat.route is None and page.listing.found is None
        found = parts(order, page.cut, root=root)
        row = self.renderer.row(page.row, seat)
        if len(found) == 1:
            kept = [*_kept(seat), *found[0].order.names()]
            rows = self._part(page, found[0], near)
            return clause("COLLECT {{ {rows} {row} }}", rows=rows, row=returned([page.row], seat, row, kept))
        if not found:
            return Fragment("[]")
        return self._in_turn(page, found, row)

    def _part(self, page: Page, part: Part, near: Seat | None) -> Fragment:
        """Write the reading of one part of a page: its rows in order, cut to the page."""
        seat, order = page.listing.seat, part.order
        within, kept = order.within(part.cut), _kept(seat)
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
            order=order.by(backward=part.cut.backward),
            limit=value(part.cut.limit),
        )

    def _in_turn(self, page: Page, found: list[Part], row: Fragment) -> Fragment:
        """Write a page over parts: each is read only where those before it do not fill the page.

        A row of plain values is written where its part is read, so that what the index gives of them is not read again.
        """
        seat, limit, read = page.listing.seat, value(page.cut.limit), name(f"a{page.listing.seat.site}")
        plain = all(isinstance(column, PLAIN) for column in page.row.columns)
        item, shown = (name(f"r{seat.site}"), row) if plain else (node(seat), node(seat))
        first, *others = (self._part(page, part, None) for part in found)
        names = {"a": read, "b": name(f"b{seat.site}"), "g": name(f"g{seat.site}"), "s": name(f"s{seat.site}")}
        more = [clause(_NEXT_PART, limit=limit, part=part, shown=shown, **names) for part in others]
        return clause(
            "COLLECT {{ WITH COLLECT {{ {first} RETURN {shown} }} AS {a}{more} UNWIND {a} AS {i} WITH {i} LIMIT {limit} {row} }}",
            first=first,
            shown=shown,
            more=join("", more),
            a=read,
            i=item,
            limit=limit,
            row=returned([page.row], seat, item if plain else row, [item]),
        )

    def source(self, listing: Listing, near: Seat | None, *more: Fragment) -> Fragment:
        """Write how the rows of a list are found, with all that decides which they are."""
        seat = listing.seat
        where = self.renderer.predicates.where(seat, listing.where, *more)
        if listing.found is not None:
            return clause(
                "CALL db.index.fulltext.queryNodes('{index}', {p}) YIELD node AS {n} WITH {n}{where}",
                index=name(WORDS),
                p=value(listing.found),
                n=node(seat),
                where=where,
            )
        return clause("MATCH {match}{where}", match=self.renderer.match(seat, near), where=where)

    def total(self, total: Total, near: Seat | None) -> Fragment:
        """Write how many rows a list has."""
        source = self.source(total.listing, near)
        if total.listing.found is None:
            return clause("COUNT {{ {source} }}", source=source)
        return clause("COUNT {{ {source} RETURN {n} }}", source=source, n=node(total.listing.seat))

    def aggregate(self, of: Aggregate, near: Seat | None) -> Fragment:
        """Write what is computed over a list as one row, the lists of its groups at the end."""
        groups = clause("[{all}]", all=join(", ", [self._groups(each, near) for each in of.groups]))
        if not of.computed:
            return groups
        values = clause(
            "head(COLLECT {{ {source}{ordered} RETURN [{values}] }})",
            source=self.source(of.listing, near),
            ordered=_in_order(of.listing, of.computed),
            values=_values(of.listing.seat, of.computed),
        )
        return clause("{values} + {groups}", values=values, groups=groups) if of.groups else values

    def _groups(self, of: Groups, near: Seat | None) -> Fragment:
        seat = of.listing.seat
        common = [self._common(seat, part, at) for at, part in enumerate(of.common)]
        keys, (counted, values) = [key for _, key in common], (name(f"c{seat.site}"), name(f"v{seat.site}"))
        shown = clause(
            "[{keys}] + {values}",
            keys=join(", ", [self._shown(part, key) for part, key in zip(of.common, keys, strict=True)]),
            values=values,
        )
        return clause(
            "COLLECT {{ {source}{spread} WITH {kept}{ordered} WITH {common}, count(*) AS {counted}, [{computed}] AS {values} "
            "ORDER BY {counted} DESC, {keys} LIMIT {limit} {row} }}",
            source=self.source(of.listing, near),
            spread=self._spread(seat, of.common),
            kept=join(", ", [*_kept(seat), *(clause("{e} AS {k}", e=e, k=k) for e, k in common)]),
            ordered=_sorted(seat) if _adds_floats(of.computed) else EMPTY,
            common=join(", ", keys),
            counted=counted,
            computed=_values(seat, of.computed),
            values=values,
            keys=join(", ", [_sort_key(part, key) for part, key in zip(of.common, keys, strict=True)]),
            limit=value(of.limit),
            row=returned([part.row for part in of.common if part.row], seat, shown, [*keys, values]),
        )

    def _spread(self, seat: Seat, common: tuple[Common, ...]) -> Fragment:
        """Write a row once for each of the facts that it is grouped by, whatever the number of ties that lead there."""
        kept, written = _kept(seat), []
        for far in (part.seat for part in common if part.seat is not None and part.seat.many):
            kept = [*kept, node(far)]
            match, where = self.renderer.match(far, seat), self.renderer.predicates.where(far, TRUE)
            step = " OPTIONAL MATCH {match}{where} WITH DISTINCT {kept}"
            written.append(clause(step, match=match, where=where, kept=join(", ", kept)))
        return join("", written)

    def _common(self, seat: Seat, of: Common, at: int) -> tuple[Fragment, Fragment]:
        """Write what a group has in common, and its name."""
        if of.prop is not None:
            return _grouped_by(seat, of.prop), name(f"g{seat.site}_{at}")
        if of.seat is None:
            raise TypeError("groups have a property or a fact in common")
        if of.seat.many:
            return node(of.seat), node(of.seat)
        first = clause(
            "head(COLLECT {{ MATCH {match}{where} WITH {n} ORDER BY {n}.id LIMIT 1 RETURN {n} }})",
            match=self.renderer.match(of.seat, seat),
            where=self.renderer.predicates.where(of.seat, TRUE),
            n=node(of.seat),
        )
        return first, node(of.seat)

    def _shown(self, of: Common, key: Fragment) -> Fragment:
        if of.seat is None or of.row is None:
            return key
        return clause("CASE WHEN {n} IS NOT NULL THEN {row} END", n=key, row=self.renderer.row(of.row, of.seat))


_NEXT_PART = (
    " CALL ({a}) {{ UNWIND CASE WHEN size({a}) < {limit} THEN [0] ELSE [] END AS {g} "
    "CALL ({g}) {{ {part} RETURN {shown} AS {s} }} RETURN collect({s}) AS {b} }} WITH {a} + {b} AS {a}"
)
"""The part is asked for each of no rows or of one: so it is not read where it is not needed, and not before it is known."""


def _kept(seat: Seat) -> list[Fragment]:
    """Name what is kept of a row: its node, and the tie that led there."""
    return [node(seat)] if seat.route is None else [node(seat), tie(seat)]


def _sorted(seat: Seat) -> Fragment:
    """Sums of floats depend on the order in which they are added."""
    return clause(" ORDER BY {ids}", ids=join(", ", [clause("{v}.id", v=each) for each in _kept(seat)]))


def _adds_floats(computed: tuple[Computed, ...]) -> bool:
    return any(c.measure is Measure.TOTAL and c.prop is not None and c.prop.kind is Kind.NUMBER for c in computed)


def _in_order(listing: Listing, computed: tuple[Computed, ...]) -> Fragment:
    if not _adds_floats(computed):
        return EMPTY
    return clause(" WITH {kept}{sorted}", kept=join(", ", _kept(listing.seat)), sorted=_sorted(listing.seat))


def _sort_key(of: Common, key: Fragment) -> Fragment:
    return clause("{n}.id", n=key) if of.seat is not None else key


def _grouped_by(seat: Seat, prop: Property) -> Fragment:
    if prop.kind is not Kind.WHEN:
        return clause("{n}.{p}", n=node(seat), p=name(prop.name))
    stored = clause("{n}.{p}", n=node(seat), p=name(prop.day))
    # `until` is stored as the day after its latest day.
    day = clause("({s} - duration({{days: 1}}))", s=stored) if prop.name == "until" else stored
    return clause(
        "CASE WHEN {n}.{p} =~ {one} THEN {day}.year END", n=node(seat), p=name(prop.name), one=_ONE_YEAR, day=day
    )


_ONE_YEAR = Fragment(r"'\[?\s*(\d{4})[^/.,]*((\.\.|/|,)\s*\[?\1[^/.,]*)*'")
"""What a date looks like that lies within one year: no digit is left open, and every year in it is the same."""


def _values(seat: Seat, computed: tuple[Computed, ...]) -> Fragment:
    return join(", ", [_value(seat, each) for each in computed])


def _value(seat: Seat, of: Computed) -> Fragment:
    """Write one computed value: as the shaper takes it, often in parts."""
    if of.prop is None:
        return Fragment("count(*)")
    kind, column = of.prop.kind, of.prop.name
    if kind is Kind.MONEY:
        column = f"{column}Amount"
    if kind is Kind.WHEN:
        column = of.prop.day
    stored = {"s": clause("{n}.{c}", n=node(seat), c=name(column)), "k": number(SPLIT)}
    if kind is Kind.MONEY:
        stored["c"] = clause("{n}.{c}", n=node(seat), c=name(f"{of.prop.name}Currency"))
    if of.measure is Measure.TOTAL:
        return clause(_TOTALS[kind], **stored)
    template = _EXTREMES.get(kind, "{f}({s})")
    return clause(template, f=Fragment(of.measure.value), **stored)


_TOTALS = {
    Kind.INTEGER: "[count({s}), sum({s})]",
    Kind.NUMBER: "[count({s}), sum({s})]",
    Kind.BIG_INTEGER: "[count({s}), sum({s} % {k}), sum({s} / {k})]",
    Kind.MONEY: "[count({s}), sum({s} % {k}), sum({s} / {k}), min({c}), max({c})]",
}
_EXTREMES = {
    Kind.WHEN: "toString({f}({s}))",
    Kind.INSTANT: "{f}({s}).epochMillis",
    Kind.MONEY: "[{f}({s}), min({c}), max({c})]",
}
