"""What the fields that compare survey waves share. In: a Survey and sites. Out: routes, and tests whether silence tells anything.

Somebody who did not answer, or was not on the list that day, tells nothing by not naming or not being named.
"""

from graph.computed.field import BoundSite, Sites, visible
from graph.cypher.fragments import Fragment, clause, join, name, word
from graph.cypher.visible import begun, not_ended
from schema.language.computed import Survey
from schema.model import Model, Route


def routes(model: Model, survey: Survey, wave: str) -> dict[str, Route]:
    """Return the routes of a survey whose waves have this label, by their names in the declaration."""
    roster = model.routes[wave][survey.roster]
    of_roster = model.routes[roster.target]
    people = of_roster[survey.people]
    of_person = model.routes[people.target]
    return {
        "its roster": roster,
        "other wave": of_roster[survey.waves],
        "who is listed": people,
        "said": of_person[survey.said],
        "who answered": of_person[survey.answered],
        "on the list": of_person[survey.listed],
    }


def reached(site: BoundSite, start: Fragment, test: Fragment) -> Fragment:
    """Write whether one step from a node, given as an expression, leads to what passes a test."""
    variable = site.variable("v")
    return clause(
        "EXISTS {{ WITH {start} AS {v} MATCH {match} WHERE {where} }}",
        start=start,
        v=variable,
        match=site.match(variable),
        where=join(" AND ", [*visible((site,)), test]),
    )


def could_tell(survey: Survey, sites: Sites, ends: tuple[Fragment, Fragment], wave: Fragment) -> Fragment:
    """Write whether the one answered in a wave, for others to see, and the other was on the list that day."""
    answered, listed = sites.end("who answered"), sites.end("on the list")
    return clause(
        "{answered} AND {listed}",
        answered=reached(answered, ends[0], _shown(survey, answered, wave)),
        listed=reached(listed, ends[1], _on_the_list(listed, sites.end("its roster"), wave)),
    )


def _shown(survey: Survey, answered: BoundSite, wave: Fragment) -> Fragment:
    """Write that somebody answered in a wave and agreed that the answers be shown."""
    return clause(
        "{n} = {wave} AND {r}.{consent} IN [{words}]",
        n=answered.node,
        r=answered.relationship,
        wave=wave,
        consent=name(survey.consent),
        words=join(", ", [word(each) for each in survey.shown]),
    )


def _on_the_list(listed: BoundSite, roster: BoundSite, wave: Fragment) -> Fragment:
    """Write that the listing is one of the roster's and held on the day of a wave."""
    day = clause("{w}.sinceDay", w=wave)
    return clause(
        "{n} = {ro} AND {begun} AND {going}",
        n=listed.node,
        ro=roster.node,
        begun=begun(listed.relationship, day),
        going=not_ended(listed.relationship, day),
    )
