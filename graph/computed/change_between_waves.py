"""ChangeBetweenWaves: relationships of a survey wave beside those of the wave before. In: a Survey. Out: four counts.

Each pair of people counts once in each direction. There is no value without a wave before.
"""

from typing import Any, ClassVar

from graph.computed import survey
from graph.computed.field import Computation, Needs, Sites, along, conjunction, path, visible
from graph.cypher.fragments import Fragment, clause, name
from schema.language.computed import ChangeBetweenWaves
from schema.model import Model


class ChangeBetweenWavesComputation(Computation[ChangeBetweenWaves]):
    """Counts the pairs that were said in both waves, and those said in one while the other wave could have told."""

    aggregates: ClassVar[bool] = True

    def needs(self, model: Model, owner: str) -> Needs:
        """Number the roster, the other wave, who is listed, whom they name, and how the two took part."""
        routes = survey.routes(model, self.declared.survey, owner)
        return tuple((role, (along(route),)) for role, route in routes.items())

    def cypher(self, sites: Sites) -> Fragment:
        """Write four counts: said in both, only here, only there, and all of them.

        `tells` is first the wave in which the pair was not said, then whether that wave could have told.
        """
        roles = ("its roster", "other wave", "who is listed", "said")
        roster, other, person, said = (sites.end(role) for role in roles)
        tells = said.variable("c")
        return clause(
            "head(COLLECT {{ MATCH {waves} WHERE {open} AND {o}.sinceDay < {w}.sinceDay "
            "WITH {w}, {ro}, {o} ORDER BY {o}.sinceDay DESC, {o}.id, {ro}.id LIMIT 1 "
            "OPTIONAL MATCH {pairs} WHERE {visible} AND {t}.{wave} IN [{w}.id, {o}.id] "
            "WITH {w}, {ro}, {o}, {a}, {b}, collect(DISTINCT {t}.{wave}) AS {said} "
            "WITH {w}, {ro}, {o}, {a}, {b}, {said}, CASE WHEN {said} = [{w}.id] THEN {o} ELSE {w} END AS {tells} "
            "WITH {w}, {o}, {said}, size({said}) = 1 AND {could_tell} AS {tells} "
            "WITH {o}, [count(CASE WHEN size({said}) = 2 THEN 1 END), "
            "count(CASE WHEN {tells} AND {said} = [{w}.id] THEN 1 END), "
            "count(CASE WHEN {tells} AND {said} = [{o}.id] THEN 1 END), "
            "count(CASE WHEN size({said}) > 0 THEN 1 END)] AS {tells} "
            "RETURN {tells} }})",
            waves=path(sites.here.node, (roster, other)),
            open=conjunction(visible((roster, other))),
            pairs=path(roster.node, (person, said)),
            visible=conjunction(visible((person, said))),
            wave=name(self.declared.survey.wave),
            could_tell=survey.could_tell(self.declared.survey, sites, (person.node, said.node), tells),
            w=sites.here.node,
            ro=roster.node,
            o=other.node,
            a=person.node,
            b=said.node,
            t=said.relationship,
            said=said.variable("s"),
            tells=tells,
        )

    def value(self, stored: list[int]) -> dict[str, Any]:
        """Name the counts; what was said in one wave alone and is not known of the other remains."""
        lasted, appeared, ended, told = stored
        return {"lasted": lasted, "appeared": appeared, "ended": ended, "unknown": told - lasted - appeared - ended}
