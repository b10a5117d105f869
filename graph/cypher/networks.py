"""The network of a roster as one viewer sees it. In: the declaration of networks, a layer, what is asked. Out: one statement.

It returns a record for each person. Another statement returns the version of the data.
"""

from dataclasses import dataclass

from graph.cypher.fragments import EMPTY, Fragment, clause, join, name, word
from graph.cypher.visible import admitted, begun, not_ended, synthetic
from schema.language.computed import Chain
from schema.language.networks import Grouping, Layer, Networks
from schema.model import FACT, Model, Route

VERSION = Fragment(
    "OPTIONAL MATCH (s:_Sequence {name: 'log'}) "
    "RETURN coalesce(s.log, '') + ' ' + toString(coalesce(s.value, 0)) AS version"
)
"""Reads the id of the event log and the number of its last event: every write of a fact appends to it."""
APPLIED = Fragment("RETURN $head AS version")
"""Returns the version that was read in the session before. By then all that it counts is applied."""


@dataclass(frozen=True)
class NetworkStatement:
    """Writes the statement. The roster is found by its own id or by that of a city; `by_wave` says that a wave was asked for.

    If `told` is given, a person has the ids of his sources at the end, and each tie is a list: the id of the other person, then
    these properties of the tie.
    """

    networks: Networks
    model: Model
    layer: Layer
    by_city: bool
    by_wave: bool
    by_audience: bool
    synthetic: bool
    told: tuple[str, ...] | None = None

    def written(self) -> Fragment:
        """Return the statement.

        The value of one record is a map: what the network is of. The value of every other record is a person. `$q` has `id`,
        `asked` (the id of a wave), `day` (null for none) and the rights.
        """
        return clause(
            "OPTIONAL CALL () {{ {found} }} "
            "CALL (ro, w, wave, day) {{ RETURN {head} AS read UNION ALL {people} AS read }} RETURN read",
            found=self._found(),
            head=self._head(),
            people=self._people(),
        )

    def waves(self) -> Fragment:
        """Return the statement that reads the waves of the roster `$q.id`, by their days: a list of id and date for each."""
        return clause(
            "MATCH (ro:{roster} {{id: $q.id}}) WHERE {ro} MATCH {path} WHERE {seen} WITH DISTINCT w "
            "ORDER BY w.sinceDay, w.id RETURN collect([w.id, w.since]) AS waves",
            roster=name(self.networks.roster),
            ro=self._seen("ro"),
            path=self._path("ro", (self.networks.survey.waves,), ("ow",), "w"),
            seen=self._seen("ow", "w"),
        )

    def gathered(self) -> Fragment:
        """Return the statement that reads who took part in the facts `$q.gatherings`: the id of each, and those of its people."""
        took_part = [
            clause(
                "MATCH {path} WHERE {seen}{held} RETURN p.id AS person",
                path=self._path("p", (each.field,), ("tp",), "g"),
                seen=self._seen("tp", "p"),
                held=clause(" AND {held}", held=_held_on(Fragment("$q.day"), "tp")) if each.lasting else EMPTY,
            )
            for each in self.networks.gatherings
        ]
        routes = [self.model.routes[self._person][each.field] for each in self.networks.gatherings]
        return clause(
            "UNWIND $q.gatherings AS asked MATCH (g:{fact} {{id: asked}}) WHERE ({labels}) AND {seen} "
            "OPTIONAL CALL (g) {{ {took_part} }} WITH g.id AS gathering, collect(DISTINCT person) AS people "
            "RETURN collect([gathering, people]) AS gathered",
            fact=name(FACT),
            labels=join(" OR ", [clause("g:{label}", label=_label(self.model, route.target)) for route in routes]),
            seen=self._seen("g"),
            took_part=join(" UNION ", took_part),
        )

    def _found(self) -> Fragment:
        """Write the roster with the wave, its id and the day."""
        survey = self.networks.survey
        return clause(
            "MATCH {roster} WITH DISTINCT ro WHERE {going_on} "
            "CALL (ro) {{ OPTIONAL MATCH {wave} WHERE {seen} AND {asked} "
            "RETURN w ORDER BY w.sinceDay DESC, w.id LIMIT 1 }} "
            "WITH ro, w {filtered}ORDER BY coalesce(w.sinceDay, date('0001-01-01')) DESC, ro.id LIMIT 1 "
            "RETURN ro, w, w.id AS wave, coalesce(w.sinceDay, $q.day) AS day",
            roster=self._roster(),
            going_on=_held_on(Fragment("$q.day"), "ro"),
            wave=self._path("ro", (survey.waves,), ("ow",), "w"),
            seen=self._seen("ow", "w"),
            asked=Fragment("w.id = $q.asked" if self.by_wave else "($q.day IS NULL OR w.sinceDay <= $q.day)"),
            filtered=Fragment("WHERE w IS NOT NULL ") if self.by_wave else EMPTY,
        )

    def _head(self) -> Fragment:
        return clause(
            "{{roster: CASE WHEN ro IS NOT NULL THEN [ro.id, ro.name, ro.{rule}] END, "
            "wave: CASE WHEN w IS NOT NULL THEN [w.id, w.name, w.since, w.{invited}, w.{answered}] END, "
            "before: {before}, synthetic: {synthetic}}}",
            rule=name(self.networks.rule),
            invited=name(self.networks.invited),
            answered=name(self.networks.answered),
            before=self._before(),
            synthetic=clause(
                "(coalesce({ro}, false) OR coalesce({w}, false))", ro=self._made_up("ro"), w=self._made_up("w")
            ),
        )

    def _roster(self) -> Fragment:
        if not self.by_city:
            return clause(
                "(ro:{roster} {{id: $q.id}}) WHERE {seen}",
                roster=name(self.networks.roster),
                seen=self._seen("ro"),
            )
        route = self.model.routes[self.networks.city][self.networks.rosters]
        return clause(
            "(c:{city} {{id: $q.id}}){hop}(ro:{roster}) WHERE {seen}",
            city=name(self.networks.city),
            hop=_hop(route, "oc"),
            roster=name(self.networks.roster),
            seen=self._seen("c", "oc", "ro"),
        )

    def _before(self) -> Fragment:
        """Write the id of the wave before."""
        return clause(
            "head(COLLECT {{ MATCH {path} WHERE {seen} AND v.sinceDay < w.sinceDay "
            "RETURN v.id ORDER BY v.sinceDay DESC, v.id LIMIT 1 }})",
            path=self._path("ro", (self.networks.survey.waves,), ("ov",), "v"),
            seen=self._seen("ov", "v"),
        )

    def _people(self) -> Fragment:
        """Write a list for each person: id, name, groups, whether elected, answered and made up, and the ids of the others."""
        groups = [self._group(each) for each in self.networks.groupings]
        return clause(
            "CALL (ro, w, day) {{ {listed} UNION {pseudonyms} }} "
            "RETURN [p.id, p.name, [{groups}], {elected}, {answered}, {synthetic}, COLLECT {{ {ties} }}{sources}]",
            listed=self._listed(),
            pseudonyms=self._pseudonyms(),
            groups=join(", ", groups),
            elected=self._elected(),
            answered=self._answered("p"),
            synthetic=self._any_made_up(),
            ties=clause("{match} RETURN {distinct}{tie}", match=self._ties(), distinct=self._distinct, tie=self._tie()),
            sources=EMPTY if self.told is None else Fragment(", p.sources"),
        )

    def _listed(self) -> Fragment:
        """Write the people who are listed, but not those whose answers are shown under a pseudonym."""
        return clause(
            "MATCH {path} WHERE {seen} AND {dated} AND NOT EXISTS {{ MATCH {pseudonym} WHERE {shown} AND {answered} }} "
            "RETURN DISTINCT p",
            path=self._path("ro", (self.networks.survey.people,), ("li",), "p"),
            seen=self._seen("li", "p"),
            dated=_held("li", "p"),
            pseudonym=self._path("p", (self.networks.pseudonyms,), ("sp",), "q"),
            shown=self._seen("sp", "q"),
            answered=self._answered("q"),
        )

    def _pseudonyms(self) -> Fragment:
        """Write the pseudonyms under which listed people answered."""
        return clause(
            "MATCH {path} WHERE {seen} AND {dated} AND {answered} RETURN DISTINCT p",
            path=self._path("ro", (self.networks.survey.people, self.networks.pseudonyms), ("li", "sp"), "p", ("q",)),
            seen=self._seen("li", "q", "sp", "p"),
            dated=_held("li", "q", "p"),
            answered=self._answered("p"),
        )

    def _group(self, grouping: Grouping) -> Fragment:
        if grouping.property:
            return clause("p.{prop}", prop=name(grouping.property))
        return clause(
            "head(COLLECT {{ MATCH {path} WHERE {seen} AND {dated} RETURN g.id ORDER BY g.id LIMIT 1 }})",
            path=self._path("p", (grouping.field,), ("gr",), "g"),
            seen=self._seen("gr", "g"),
            dated=_held("gr", "g"),
        )

    def _elected(self) -> Fragment:
        elected = self.networks.elected
        return clause(
            "EXISTS {{ MATCH {path} WHERE {seen} AND {dated} AND e.{prop} = {choice} }}",
            path=self._path("p", (elected.field,), ("er",), "e"),
            seen=self._seen("er", "e"),
            dated=_held("er", "e"),
            prop=name(elected.property),
            choice=word(elected.choice),
        )

    def _answered(self, person: str) -> Fragment:
        survey = self.networks.survey
        return clause(
            "EXISTS {{ MATCH {path} WHERE an = w AND {seen} AND ar.{consent} IN [{shown}] }}",
            path=self._path(person, (survey.answered,), ("ar",), "an"),
            seen=self._seen("ar", "an"),
            consent=name(survey.consent),
            shown=join(", ", [word(each) for each in survey.shown]),
        )

    def _ties(self) -> Fragment:
        chain = self.layer.chain
        steps = tuple(f"t{at}" for at in range(len(chain)))
        between = tuple(f"n{at}" for at in range(len(chain) - 1))
        return clause(
            "MATCH {path} WHERE {seen} AND {dated}{other}",
            path=self._path("p", chain, steps, "b", between),
            seen=self._seen(*steps, *between, "b"),
            dated=self._tie_held(steps),
            other=Fragment(" AND b <> p") if between else EMPTY,
        )

    def _tie(self) -> Fragment:
        if self.told is None:
            return Fragment("b.id")
        return clause("[{values}]", values=join(", ", [Fragment("b.id"), *map(self._told, self.told)]))

    def _told(self, prop: str) -> Fragment:
        return clause("t0.{prop}", prop=name(prop))

    @property
    def _distinct(self) -> Fragment:
        return Fragment("DISTINCT ") if len(self.layer.chain) > 1 else EMPTY

    def _any_made_up(self) -> Fragment:
        """Write whether a person or one of the ties that begin there is made up."""
        if not self.synthetic:
            return self._made_up("p")
        return clause(
            "({p} OR EXISTS {{ {ties} AND {t} }})", p=self._made_up("p"), ties=self._ties(), t=self._made_up("t0")
        )

    def _tie_held(self, steps: tuple[str, ...]) -> Fragment:
        dated = _held(*steps)
        if self.layer.wave is None:
            return dated
        return clause(
            "CASE WHEN wave IS NULL THEN {dated} ELSE {tie}.{wave} = wave END",
            dated=dated,
            tie=name(steps[0]),
            wave=name(self.layer.wave),
        )

    def _path(
        self, start: str, chain: Chain, steps: tuple[str, ...], end: str, between: tuple[str, ...] = ()
    ) -> Fragment:
        """Write a path along fields. The last node has the label of the people if the path begins at one of them."""
        label = {"ro": self.networks.roster}.get(start) or self._person
        parts = [clause("({start})", start=name(start))]
        for field, step, node in zip(chain, steps, (*between, end), strict=True):
            route = self.model.routes[label][field]
            label = self._person if node == "b" else route.target
            parts.append(
                clause("{hop}({node}:{label})", hop=_hop(route, step), node=name(node), label=_label(self.model, label))
            )
        return join("", parts)

    @property
    def _person(self) -> str:
        return self.model.routes[self.networks.roster][self.networks.survey.people].target

    def _seen(self, *variables: str) -> Fragment:
        tests = [admitted(name(each), by_audience=self.by_audience, synthetic=self.synthetic) for each in variables]
        return join(" AND ", tests)

    def _made_up(self, variable: str) -> Fragment:
        return synthetic(name(variable)) if self.synthetic else Fragment("false")


def _hop(route: Route, step: str) -> Fragment:
    parts = {"r": name(step), "type": name(route.relationship.type)}
    if route.undirected:
        return clause("-[{r}:{type}]-", **parts)
    return clause("-[{r}:{type}]->" if route.forward else "<-[{r}:{type}]-", **parts)


def _label(model: Model, target: str) -> Fragment:
    """Write the labels that a target covers."""
    return name(target) if target in model.concepts else name(FACT)


def _held(*variables: str) -> Fragment:
    """Test that facts held on the day of the network, if there is one."""
    return _held_on(name("day"), *variables)


def _held_on(day: Fragment, *variables: str) -> Fragment:
    tests = [test for each in variables for test in (begun(name(each), day), not_ended(name(each), day))]
    return clause("({day} IS NULL OR ({tests}))", day=day, tests=join(" AND ", tests))
