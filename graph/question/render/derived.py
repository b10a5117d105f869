"""Computed fields. In: their columns. Out: Fragments, each an expression over a node or a relationship; every hop is guarded."""

from graph.cypher.fragments import Fragment, clause, join, name, number
from graph.question.plan.columns import Change, Lag, Paired, Share, Standing
from graph.question.plan.nodes import Site
from graph.question.render.rows import Rows, returned
from graph.question.render.sites import node, relationship

MOST = 100


def lag(rows: Rows, column: Lag, near: Site) -> Fragment:
    """Write dates as texts, of learning, then of use, and the years that texts state; shaping counts the years."""
    own = clause("[d IN [{n}.since] WHERE d IS NOT NULL]", n=node(near))
    others = _texts(rows, near, (column.site,), "since")
    both = (own, others) if column.learned else (others, own)
    return clause("[{dates}]", dates=join(", ", [*both, _texts(rows, near, column.stated, "statedLagYears")]))


def _texts(rows: Rows, near: Site, chain: tuple[Site, ...], column: str) -> Fragment:
    """Collect one property of the facts that a chain leads to."""
    last = node(chain[-1])
    return clause(
        "COLLECT {{ MATCH {match} WHERE {where} WITH DISTINCT {n} ORDER BY {n}.id LIMIT {most} RETURN {n}.{c} }}",
        match=_pattern(rows, near, chain),
        where=join(" AND ", [*_visible(rows, chain), clause("{n}.{c} IS NOT NULL", n=last, c=name(column))]),
        n=last,
        c=name(column),
        most=number(MOST),
    )


def paired(rows: Rows, column: Paired, near: Site) -> Fragment:
    """Write a list of facts that are met one way and not another."""
    site = column.by[-1]
    far = node(site)
    tests = [
        *_visible(rows, column.by),
        clause("{far} <> {near}", far=far, near=node(near)),
        *(_leads(rows, near, chain, far) for chain in column.also),
        *(clause("NOT {leads}", leads=_leads(rows, near, chain, far)) for chain in column.never),
    ]
    return clause(
        "COLLECT {{ MATCH {match} WHERE {where} WITH DISTINCT {n} ORDER BY {n}.id LIMIT {most} {row} }}",
        match=_pattern(rows, near, column.by),
        where=join(" AND ", tests),
        n=far,
        most=number(MOST),
        row=returned([column.row], site, rows.row(column.row, site), [far]),
    )


def _leads(rows: Rows, near: Site, chain: tuple[Site, ...], far: Fragment) -> Fragment:
    """Write whether a chain leads from one fact to another."""
    same = clause("{n} = {far}", n=node(chain[-1]), far=far)
    where = join(" AND ", [*_visible(rows, chain), same])
    return clause("EXISTS {{ MATCH {match} WHERE {where} }}", match=_pattern(rows, near, chain), where=where)


def _pattern(rows: Rows, near: Site, chain: tuple[Site, ...]) -> Fragment:
    """Write the patterns along a chain."""
    return join(", ", [rows.match(site, before) for before, site in zip((near, *chain), chain, strict=False)])


def _visible(rows: Rows, chain: tuple[Site, ...]) -> list[Fragment]:
    return [part for site in chain for part in rows.predicates.visible(site)]


def share(column: Share, near: Site) -> Fragment:
    """Write two numbers of a node."""
    part, whole = (clause("{n}.{p}", n=node(near), p=name(prop.name)) for prop in (column.part, column.whole))
    return clause("[{part}, {whole}]", part=part, whole=whole)


def standing(rows: Rows, column: Standing, near: Site) -> Fragment:
    """Write whether the relationship at hand was said in another wave, the nearest before or after.

    One who did not answer there, or was not on the list that day, tells nothing.
    """
    wave, other = node(column.wave), node(column.other)
    start, end = clause("startNode({t})", t=relationship(near)), clause("endNode({t})", t=relationship(near))
    names = {"t": relationship(near), "w": wave, "o": other, "ro": node(column.roster)}
    found = clause(
        "MATCH ({w}:Fact {{id: {t}.wave}}) WHERE {visible} "
        "MATCH {roster}, {others} WHERE {open} AND {o}.sinceDay {is} {w}.sinceDay",
        visible=join(" AND ", [clause("{w}:Wave", w=wave), *rows.predicates.visible(column.wave)]),
        roster=rows.match(column.roster, column.wave),
        others=rows.match(column.other, column.roster),
        open=join(" AND ", _visible(rows, (column.roster, column.other)) or [Fragment("true")]),
        **{"is": Fragment(">" if column.later else "<")},
        **names,
    )
    return clause(
        "head(COLLECT {{ {found} WITH {w}, {ro}, {o} ORDER BY {o}.sinceDay{direction}, {o}.id, {ro}.id LIMIT 1 "
        "RETURN CASE WHEN {said} THEN 'PRESENT' WHEN {answered} AND {listed} THEN 'ABSENT' ELSE 'UNKNOWN' END }})",
        found=found,
        direction=Fragment("" if column.later else " DESC"),
        said=_from(rows, column.said, start, _the_same(column, end)),
        answered=_from(rows, column.answered, start, _by_name(column, other)),
        listed=_from(rows, column.listed, end, _on_the_list(column, other)),
        **names,
    )


def change(rows: Rows, column: Change, near: Site) -> Fragment:
    """Write how many relationships were said in a wave and the wave before: in both, only here, only there, and all of them."""
    names = {
        "w": node(near),
        "ro": node(column.roster),
        "o": node(column.other),
        "a": node(column.person),
        "b": node(column.said),
        "t": relationship(column.said),
        "said": name(f"s{column.said.number}"),
        "tells": name(f"c{column.said.number}"),
    }
    met = (column.person, column.said)
    took_part = [
        _from(rows, column.answered, names["a"], _by_name(column, names["tells"])),
        _from(rows, column.listed, names["b"], _on_the_list(column, names["tells"])),
    ]
    return clause(
        "head(COLLECT {{ MATCH {roster}, {others} WHERE {open} AND {o}.sinceDay < {w}.sinceDay "
        "WITH {w}, {ro}, {o} ORDER BY {o}.sinceDay DESC, {o}.id, {ro}.id LIMIT 1 "
        "OPTIONAL MATCH {people}, {trusts} WHERE {visible} AND {t}.wave IN [{w}.id, {o}.id] "
        "WITH {w}, {ro}, {o}, {a}, {b}, collect(DISTINCT {t}.wave) AS {said} "
        "WITH {w}, {ro}, {o}, {a}, {b}, {said}, CASE WHEN {said} = [{w}.id] THEN {o} ELSE {w} END AS {tells} "
        "WITH {w}, {o}, {said}, size({said}) = 1 AND {took_part} AS {tells} "
        "WITH {o}, [count(CASE WHEN size({said}) = 2 THEN 1 END), count(CASE WHEN {tells} AND {said} = [{w}.id] THEN 1 END), "
        "count(CASE WHEN {tells} AND {said} = [{o}.id] THEN 1 END), count(CASE WHEN size({said}) > 0 THEN 1 END)] AS {tells} "
        "RETURN {tells} }})",
        roster=rows.match(column.roster, near),
        others=rows.match(column.other, column.roster),
        open=join(" AND ", _visible(rows, (column.roster, column.other)) or [Fragment("true")]),
        people=rows.match(column.person, column.roster),
        trusts=rows.match(column.said, column.person),
        visible=join(" AND ", _visible(rows, met) or [Fragment("true")]),
        took_part=join(" AND ", took_part),
        **names,
    )


def _from(rows: Rows, site: Site, person: Fragment, test: Fragment) -> Fragment:
    """Write whether something is reached from a person."""
    start = name(f"v{site.number}")
    return clause(
        "EXISTS {{ WITH {person} AS {p} MATCH {match} WHERE {where} }}",
        person=person,
        p=start,
        match=rows.predicates.match(site, start),
        where=join(" AND ", [*rows.predicates.visible(site), test]),
    )


def _the_same(column: Standing, end: Fragment) -> Fragment:
    """Write that the relationship leads to the same person, and was said in the other wave."""
    said = {"n": node(column.said), "r": relationship(column.said), "o": node(column.other)}
    return clause("{n} = {end} AND {r}.wave = {o}.id", end=end, **said)


def _by_name(column: Standing | Change, wave: Fragment) -> Fragment:
    """Write that somebody answered in a wave and agreed that the answers be shown, by name or pseudonym."""
    return clause(
        "{n} = {wave} AND {r}.consent IN ['NAMED', 'PSEUDONYM']",
        n=node(column.answered),
        r=relationship(column.answered),
        wave=wave,
    )


def _on_the_list(column: Standing | Change, wave: Fragment) -> Fragment:
    """Write that the listing is one of the roster's and held on the day of a wave."""
    return clause(
        "{n} = {ro} AND ({r}.sinceDay IS NULL OR {r}.sinceDay <= {w}.sinceDay) "
        "AND ({r}.untilDay IS NULL OR {r}.untilDay > {w}.sinceDay)",
        n=node(column.listed),
        ro=node(column.roster),
        r=relationship(column.listed),
        w=wave,
    )
