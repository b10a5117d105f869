"""SaidInWave: whether a relationship was said in another survey wave. In: a Survey. Out: present, absent or unknown, as a word.

The other wave is the nearest one before or after, of the same roster. There is no value without one.
"""

from graph.computed import survey
from graph.computed.field import Computation, Needs, Sites, Step, along, conjunction, path, visible
from graph.cypher.fragments import Fragment, clause, name, word
from schema.language.computed import SaidInWave
from schema.model import Model


class SaidInWaveComputation(Computation[SaidInWave]):
    """Looks for the same two people in the other wave."""

    def needs(self, model: Model, owner: str) -> Needs:
        """Number the relationship's wave, its roster, the other wave, and what the two people did there."""
        wave = model.relationships[owner].properties[self.declared.survey.wave]
        label = wave.refers_to or ""
        routes = survey.routes(model, self.declared.survey, label)
        further = ("its roster", "other wave", "said", "who answered", "on the list")
        return (
            ("its wave", (Step((label,), held=wave.name),)),
            *((role, (along(routes[role]),)) for role in further),
        )

    def cypher(self, sites: Sites) -> Fragment:
        """Write one of the three words."""
        declared, here = self.declared, sites.here.relationship
        wave, roster, other = (sites.end(role).node for role in ("its wave", "its roster", "other wave"))
        ends = clause("startNode({r})", r=here), clause("endNode({r})", r=here)
        return clause(
            "head(COLLECT {{ {waves} WITH {w}, {ro}, {o} ORDER BY {o}.sinceDay{direction}, {o}.id, {ro}.id LIMIT 1 "
            "RETURN CASE WHEN {said} THEN {present} WHEN {told} THEN {absent} ELSE {unknown} END }})",
            waves=self._waves(sites),
            w=wave,
            ro=roster,
            o=other,
            direction=Fragment("" if declared.later else " DESC"),
            said=self._said(sites, ends),
            told=survey.could_tell(declared.survey, sites, ends, other),
            present=word(declared.present),
            absent=word(declared.absent),
            unknown=word(declared.unknown),
        )

    def _waves(self, sites: Sites) -> Fragment:
        """Match the wave of the relationship and the waves on the asked side of it."""
        wave, roster, other = (sites.end(role) for role in ("its wave", "its roster", "other wave"))
        return clause(
            "MATCH {wave} WHERE {visible} MATCH {others} WHERE {open} AND {o}.sinceDay {is} {w}.sinceDay",
            wave=wave.match(sites.here.relationship),
            visible=conjunction(wave.visible()),
            others=path(wave.node, (roster, other)),
            open=conjunction(visible((roster, other))),
            o=other.node,
            w=wave.node,
            **{"is": Fragment(">" if self.declared.later else "<")},
        )

    def _said(self, sites: Sites, ends: tuple[Fragment, Fragment]) -> Fragment:
        """Write whether the one names the same person in the other wave."""
        said = sites.end("said")
        test = clause(
            "{n} = {end} AND {r}.{wave} = {o}.id",
            n=said.node,
            end=ends[1],
            r=said.relationship,
            wave=name(self.declared.survey.wave),
            o=sites.end("other wave").node,
        )
        return survey.reached(said, ends[0], test)
