"""Predicates: filters, access and dates. In: a plan's filters and guards. Out: Fragments.

Conjuncts are not wrapped, so that indexes can serve them. Only below a negation is null turned into false.
"""

from dataclasses import dataclass, field

from graph.cypher import operators
from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, number, param
from graph.cypher.spans import earliest, latest
from graph.cypher.visible import admitted, begun, certainly_begun, certainly_going_on, not_ended, undated
from graph.question.as_of import lasting
from graph.question.guard import Guard
from graph.question.plan.nodes import (
    TRUE,
    AllOf,
    AnyOf,
    Compare,
    CompareDates,
    CountCompare,
    Exists,
    Filter,
    HasLabel,
    HasWords,
    IsNull,
    IsOf,
    Negation,
    Param,
    Same,
    Site,
)
from graph.question.render.sites import (
    label_of,
    labelled,
    labels,
    named_variable,
    node,
    parameter,
    relationship,
    sought,
    subject_variable,
    value,
)
from schema.language.declare import RelationshipSpec
from schema.language.operators import Operator
from schema.model import FACT, Model

MOST_STEPS = 10
"""The most steps up a hierarchy, more than any is deep."""
ARROWS = {
    True: "({near})-{relationship}->{far}",
    False: "({near})<-{relationship}-{far}",
    None: "({near})-{relationship}-{far}",
}


def compared(stored: Fragment, operator: Operator, at: Param, given: Fragment | None = None) -> Fragment:
    """Compare a stored value with a parameter. `given` replaces the parameter's plain value."""
    if at.high and operator.by_order:
        return operators.compared_by_code_points(operator, stored, parameter(at))
    return operators.compared(operator, stored, given or value(at))


@dataclass(frozen=True)
class Predicates:
    """Writes the predicates of one secured plan."""

    model: Model
    guards: dict[int, Guard] = field(hash=False)
    dates: dict[int, int] = field(hash=False)

    def visible(self, site: Site) -> list[Fragment]:
        """Write the conjuncts of access and date for a site."""
        guard = self.guards[site.number]
        tested = ((relationship(site), guard.relationship), (node(site), guard.node))
        parts = [
            admitted(variable, by_audience=guard.by_audience, synthetic=guard.synthetic)
            for variable, is_tested in tested
            if is_tested
        ]
        if site.number in self.dates:
            parts += self._dated(site, self.day(site))
        return parts

    def _dated(self, site: Site, day: Fragment) -> list[Fragment]:
        lasts = lasting(site, self.model)
        parts = []
        if site.relationships:
            parts.append(begun(relationship(site), day))
        if lasts.relationships:
            going = not_ended(relationship(site), day)
            ends = (
                None
                if lasts.every_relationship
                else join(" OR ", [_declared(relationship(site), spec) for spec in lasts.relationships])
            )
            parts.append(clause("(NOT ({ends}) OR {going})", ends=ends, going=going) if ends else going)
        parts.append(begun(node(site), day))
        if lasts.labels:
            going = not_ended(node(site), day)
            ends = clause("NOT {n}:{labels}", n=node(site), labels=labels(lasts.labels))
            parts.append(going if lasts.every_node else clause("({ends} OR {going})", ends=ends, going=going))
        return parts

    def certain(self, site: Site) -> list[Fragment]:
        """Write the conjuncts by which what is at a site certainly holds on the date: its relationship and its node.

        A node at the end of a relationship may be without dates: then the relationship decides. A relationship that happened
        once may be without dates: then the node decides.
        """
        day, lasts = self.day(site), lasting(site, self.model)
        if not site.relationships:
            return self._certain_node(site, day)
        of_node = clause(
            "({undated} OR ({held}))", undated=undated(node(site)), held=join(" AND ", self._certain_node(site, day))
        )
        begun_before = certainly_begun(relationship(site), day)
        if lasts.relationships:
            return [begun_before, certainly_going_on(relationship(site), day), of_node]
        names = {"r": undated(relationship(site)), "n": undated(node(site)), "begun": begun_before}
        return [clause("({r} OR {begun})", **names), of_node, clause("NOT ({r} AND {n})", **names)]

    def _certain_node(self, site: Site, day: Fragment) -> list[Fragment]:
        lasts, parts = lasting(site, self.model), [certainly_begun(node(site), day)]
        if lasts.labels:
            going = certainly_going_on(node(site), day)
            state = clause("NOT {n}:{labels}", n=node(site), labels=labels(lasts.labels))
            parts.append(going if lasts.every_node else clause("({state} OR {going})", state=state, going=going))
        return parts

    def day(self, site: Site) -> Fragment:
        """Write the date of a site."""
        return param(f"p{self.dates[site.number]}")

    def match(self, site: Site, near: Fragment) -> Fragment:
        """Write the pattern that leads from a node along a route to a site."""
        if site.route is None:
            raise TypeError("a root has no route")
        test = clause("{n}:{l}", n=node(site), l=labels(site.labels)) if site.tested else node(site)
        typed = clause("[{r}:{t}]", r=relationship(site), t=name(site.route.relationship.type))
        arrow = ARROWS[None if site.route.undirected else site.route.forward]
        return clause(arrow, near=near, relationship=typed, far=clause("({far})", far=test))

    def reach(self, site: Site, near: Site) -> Fragment:
        """Write the MATCH of a site from a near one: along a route, by an id that is held there, or over any number of steps."""
        if site.held is not None:
            ids = clause("{s}.{c}", s=subject_variable(site.held.subject, near), c=name(site.held.column))
            names = {"id": sought(site), "n": node(site), "fact": name(FACT)}
            return clause("UNWIND {ids} AS {id} MATCH ({n}:{fact} {{id: {id}}})", ids=ids, **names)
        if site.over is not None:
            steps = clause(
                "(()-[{r}:{types}]->({n}){where}){{0,{most}}}",
                r=relationship(site.over),
                types=join("|", [name(spec.type) for spec in site.over.through]),
                n=node(site.over),
                where=self.where(site.over, TRUE),
                most=number(MOST_STEPS),
            )
            return clause("MATCH ({near}) {steps} ({n})", near=node(near), steps=steps, n=node(site))
        return clause("MATCH {m}", m=self.match(site, node(near)))

    def where(self, site: Site, given: Filter, *more: Fragment) -> Fragment:
        """Write the WHERE of a site: access first, because it is the cheap test, then the filter."""
        tested = [labelled(site)] if site.held or site.over else []
        parts = [*self.visible(site), *tested, *self.conjuncts(given, site), *more]
        return clause(" WHERE {all}", all=join(" AND ", parts)) if parts else EMPTY

    def conjuncts(self, given: Filter, site: Site) -> list[Fragment]:
        """Write a filter as separate conjuncts."""
        if isinstance(given, AllOf):
            return [part for inner in given.parts for part in self.conjuncts(inner, site)]
        if isinstance(given, Same) and site.bound == given.named.site:
            return []  # The pattern that leads to the site says so.
        return [self.filter(given, site, known=False)]

    def filter(self, given: Filter, site: Site, *, known: bool) -> Fragment:
        """Write a filter. `known` turns null, which an absent value gives, into false."""
        if isinstance(given, AllOf | AnyOf):
            return self._group(given, site, known)
        if isinstance(given, Negation):
            return clause("NOT {part}", part=self.filter(given.part, site, known=True))
        if isinstance(given, Exists):
            inside = self.where(given.site, given.where)
            return clause("EXISTS {{ {reach}{w} }}", reach=self.reach(given.site, site), w=inside)
        compared = self._comparison(given, site)
        return clause("coalesce({c}, false)", c=compared) if known else clause("({c})", c=compared)

    def _group(self, given: AllOf | AnyOf, site: Site, known: bool) -> Fragment:
        if not given.parts:
            return Fragment("true") if isinstance(given, AllOf) else Fragment("false")
        parts = [self.filter(part, site, known=known) for part in given.parts]
        return clause("({all})", all=join(" AND " if isinstance(given, AllOf) else " OR ", parts))

    def _comparison(self, given: Filter, site: Site) -> Fragment:
        if isinstance(given, Compare):
            stored = clause("{s}.{c}", s=subject_variable(given.subject, site), c=name(given.column))
            return compared(stored, given.operator, given.param)
        if isinstance(given, IsNull):
            stored = clause("{s}.{c}", s=subject_variable(given.subject, site), c=name(given.column))
            return operators.compared(Operator.IS_NULL, stored, value(given.param))
        if isinstance(given, HasWords):
            stored = texts(subject_variable(given.subject, site), given.columns)
            return operators.compared(Operator.SEARCH, stored, value(given.words))
        if isinstance(given, HasLabel):
            return operators.compared(given.operator, label_of(site), value(given.param))
        if isinstance(given, IsOf):
            return clause("{n}:{l}", n=node(site), l=name(given.label))
        if isinstance(given, Same):
            names = {"a": subject_variable(given.subject, site), "b": named_variable(given.named)}
            return clause("{a} = {b}", **names)
        if isinstance(given, CompareDates):
            return _dates(given, site)
        if isinstance(given, CountCompare):
            inside = self.where(given.site, AllOf(()))
            each = clause(" RETURN DISTINCT {n}", n=node(given.site)) if given.site.held else EMPTY
            count = clause("COUNT {{ {reach}{w}{each} }}", reach=self.reach(given.site, site), w=inside, each=each)
            if given.operator is Operator.IS_NULL:
                return clause("false = {b}", b=value(given.param))
            return operators.compared(given.operator, count, value(given.param))
        raise TypeError(f"{type(given).__name__} is no comparison")


def _dates(given: CompareDates, site: Site) -> Fragment:
    """Compare two dates, so that it holds whatever days they mean."""
    here = clause("{s}.{c}", s=subject_variable(given.subject, site), c=name(given.column))
    there = clause("{s}.{c}", s=named_variable(given.named), c=name(given.named_column))
    if given.operator is Operator.BEFORE:
        return operators.compared(given.operator, latest(here), earliest(there))
    return operators.compared(given.operator, earliest(here), latest(there))


def texts(of: Fragment, columns: tuple[str, ...]) -> Fragment:
    """Write the folded texts of a fact: one column, or several joined."""
    stored = [clause("{v}.{c}", v=of, c=name(column)) for column in columns]
    return stored[0] if len(stored) == 1 else join(" + ", [clause("coalesce({s}, '')", s=each) for each in stored])


def _declared(of: Fragment, spec: RelationshipSpec) -> Fragment:
    """Test which declaration a relationship has, because several may share a type."""
    return clause(
        "({r}:{type} AND startNode({r}):{start} AND endNode({r}):{end})",
        r=of,
        type=name(spec.type),
        start=labels(spec.start.labels),
        end=labels(spec.end.labels),
    )
