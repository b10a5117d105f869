"""Facts that names may mean, as Cypher. In: how facts of a label are matched. Out: Fragments that read them."""

from graph.cypher.fragments import Fragment, clause, join, name, number
from graph.cypher.visible import admitted
from schema.language.kinds import Kind
from schema.model import Model, Route

MOST_OF_A_PART = 20
"""Most facts that are read for one part of a name."""


def _visible(*variables: str) -> Fragment:
    """Test that everybody may see facts, and that they are not made up."""
    return join(" AND ", (admitted(name(each), by_audience=False) for each in variables))


def visible_ids(label: str) -> Fragment:
    """Read which of these ids belong to facts of a label that everybody may see."""
    return clause(
        "UNWIND $q.ids AS id MATCH (n:{of} {{id: id}}) WHERE {visible} RETURN n.id AS id",
        of=name(label),
        visible=_visible("n"),
    )


def candidates(label: str, model: Model) -> Fragment:
    """Read the facts of a label that may be meant and that everybody may see.

    They are found by `ids`, by the values of unique properties and web addresses, and by folded lines: `lines` are whole names,
    `beginnings` and `endings` are what names begin or end with.
    """
    matched = model.matched()[label]
    ways = [clause("UNWIND $q.ids AS id MATCH (n:{of} {{id: id}}) RETURN n", of=name(label))]
    ways += [_by_value(label, each) for each in (*matched.unique, matched.website) if each]
    ways += [_by_line(label, each, model) for each in matched.names]
    main = model.concepts[label].properties[matched.names[0]].words
    ways.append(_by_part(label, main, "beginnings", Fragment("STARTS WITH")))
    ways.append(_by_part(label, main, "endings", Fragment("ENDS WITH")))
    return clause(
        "CALL () {{ {ways} }} WITH DISTINCT n WHERE {visible} RETURN n.id AS id, {told} ORDER BY id",
        ways=join(" UNION ", ways),
        visible=_visible("n"),
        told=_told(label, model),
    )


def _by_value(label: str, prop: str) -> Fragment:
    return clause(
        "UNWIND $q.{prop} AS value MATCH (n:{of}) WHERE n.{prop} = value RETURN n", of=name(label), prop=name(prop)
    )


def _by_line(label: str, prop: str, model: Model) -> Fragment:
    """Find facts by a whole name. Names in a list are stored one after the other, each as a line of its own."""
    declared = model.concepts[label].properties[prop]
    return clause(
        # The index of texts is used for what is certainly a text.
        "UNWIND $q.lines AS line MATCH (n:{of}) WHERE n.{words} {test} toString(line) RETURN n",
        of=name(label),
        words=name(declared.words),
        test=Fragment("CONTAINS" if declared.kind is Kind.TEXTS else "="),
    )


def _by_part(label: str, words: str, parts: str, test: Fragment) -> Fragment:
    return clause(
        "UNWIND $q.{parts} AS part CALL (part) {{ MATCH (n:{of}) WHERE n.{words} {test} toString(part.text) "
        "AND part.least <= size(n.{words}) <= part.most AND {visible} RETURN n ORDER BY n.id LIMIT {most} }} RETURN n",
        parts=name(parts),
        of=name(label),
        words=name(words),
        test=test,
        visible=_visible("n"),
        most=number(MOST_OF_A_PART),
    )


def _told(label: str, model: Model) -> Fragment:
    """Write what is read of a fact: names, unique values, place, web address, and the facts that it is merged with."""
    matched, fields = model.matched()[label], model.routes[label]
    told = [
        clause("n.{p} AS called", p=name(matched.names[0])),
        clause("{lines} AS lines", lines=_lines("n", label, model)),
    ]
    values = [clause("{p}: n.{p}", p=name(each)) for each in matched.unique]
    told.append(clause("{{{values}}} AS unique", values=join(", ", values)))
    if matched.near:
        told.append(clause("[n.{p}.latitude, n.{p}.longitude] AS at", p=name(matched.near)))
    if matched.website:
        told.append(clause("n.{p} AS web", p=name(matched.website)))
    if matched.country:
        told.append(clause("{ids} AS lands", ids=_collected("n", fields[matched.country], "c", Fragment("c.id"))))
    if matched.city:
        told.append(clause("{cities} AS towns", cities=_cities(fields[matched.city], model)))
    merged = model.merging().type
    told.append(
        clause(
            "COLLECT {{ MATCH (n)-[s:{merged}]-(m:{of}) WHERE {visible} RETURN m.id }} AS same",
            merged=name(merged),
            of=name(label),
            visible=_visible("s", "m"),
        )
    )
    return join(", ", told)


def _cities(route: Route, model: Model) -> Fragment:
    """Collect the cities of a fact, each with its names and its countries."""
    (label,) = route.far
    country = model.routes[label][model.matched()[label].country]
    shown = clause(
        "{{id: t.id, lines: {lines}, lands: {lands}}}",
        lines=_lines("t", label, model),
        lands=_collected("t", country, "c", Fragment("c.id")),
    )
    return _collected("n", route, "t", shown)


def _lines(variable: str, label: str, model: Model) -> Fragment:
    names = [model.concepts[label].properties[each] for each in model.matched()[label].names]
    stored = [clause("coalesce({n}.{p}, '')", n=name(variable), p=name(each.words)) for each in names]
    return join(" + ", stored)


def _collected(near: str, route: Route, far: str, shown: Fragment) -> Fragment:
    """Collect something of the facts to which a relationship leads, those that everybody may see."""
    relationship = f"r{far}"
    pattern = "({near})-[{r}:{type}]->({far}:{label})" if route.forward else "({near})<-[{r}:{type}]-({far}:{label})"
    (label,) = route.far
    return clause(
        "COLLECT {{ MATCH {pattern} WHERE {visible} RETURN {shown} }}",
        pattern=clause(
            pattern,
            near=name(near),
            r=name(relationship),
            type=name(route.relationship.type),
            far=name(far),
            label=name(label),
        ),
        visible=_visible(relationship, far),
        shown=shown,
    )
