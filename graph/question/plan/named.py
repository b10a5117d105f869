"""Names of facts in filters. In: an Input of a filter. Out: the facts that it names, and the facts and dates that it means."""

import re
from dataclasses import dataclass

from graph.errors import BadUserInput
from graph.question.document.values import Input
from graph.question.plan.ledger import Ledger
from graph.question.plan.nodes import Named, Site, Subject
from schema.domain.evidence import COMMON
from schema.language.kinds import Property
from schema.language.named import with_article
from schema.language.operators import AS, DATE, FACT, SAME
from schema.model import Route

NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}", re.ASCII)
Names = tuple[Named, ...]
HOW = "A name is known inside the filter that gives it and, if this is the `where` of a list, below its rows."


@dataclass(frozen=True)
class Filtered:
    """What a filter filters: facts of a type at a site, or the relationships that lead to them."""

    ledger: Ledger
    type_name: str
    site: Site
    route: Route | None = None
    subject: Subject = Subject.NODE

    @property
    def properties(self) -> dict[str, Property]:
        """The properties of the filtered fact, or of the relationship that leads to it."""
        if self.subject is Subject.RELATIONSHIP and self.route is not None:
            return COMMON | self.route.relationship.properties
        return self.ledger.model.properties(self.type_name)


def given_by(of: Filtered, given: Input, known: Names, path: str) -> Names:
    """Return what a filter names: its fact, and with `edge` the relationship that leads to it."""
    names = _given(of.subject, of, given, known, path)
    edge = None if of.route is None or of.subject is Subject.RELATIONSHIP else (given.fields or {}).get("edge")
    if edge is None:
        return names
    return names + _given(Subject.RELATIONSHIP, of, edge, known + names, f"{path}.edge")


def _given(subject: Subject, of: Filtered, given: Input, known: Names, path: str) -> Names:
    name = text(of.ledger, given, AS)
    if name is None:
        return ()
    if not NAME.fullmatch(name):
        raise BadUserInput(
            f"{path}.{AS}: {name!r} is no name; accepted are letters and digits, at most 40, a letter first."
        )
    if any(each.name == name for each in known):
        raise BadUserInput(f"{path}.{AS}: a filter around this one names a fact {name!r} too; take another name.")
    of.ledger.named[name] = path
    properties = Filtered(of.ledger, of.type_name, of.site, of.route, subject).properties
    dates = tuple(prop for prop in properties.values() if prop.kind.is_date)
    return (Named(name, subject, of.site, dates),)


def same(of: Filtered, given: Input, known: Names, path: str) -> Named | None:
    """Return the fact that `same` of a filter means; None if it is not given. Raise BadUserInput if it can never hold."""
    name = text(of.ledger, given, SAME)
    if name is None:
        return None
    named = _known(of.ledger, name, known, f"{path}.{SAME}")
    here, there = _kinds(of.subject, of.site), _kinds(named.subject, named.site)
    if not here & there:
        one, other = with_article(_or(there)), with_article(_or(here))
        raise BadUserInput(f"{path}.{SAME}: {name!r} is {one}, and what is filtered here is {other}.")
    return named


def date(of: Filtered, prop: Property, given: Input, known: Names, path: str) -> tuple[Named, Property]:
    """Return the fact and the date of it that an operand means."""
    name, asked = text(of.ledger, given, FACT) or "", text(of.ledger, given, DATE) or prop.name
    named = _known(of.ledger, name, known, f"{path}.{FACT}")
    dates = {each.name: each for each in named.dates}
    if asked not in dates:
        raise BadUserInput(f"{path}.{DATE}: {name!r} has no date {asked!r}; accepted are {', '.join(dates)}.")
    return named, dates[asked]


def text(ledger: Ledger, given: Input, field: str) -> str | None:
    """Return the name in a field of a filter; None if it is absent or null."""
    part = (given.fields or {}).get(field)
    return None if part is None or part.null else str(part.value(ledger.variables))


def _known(ledger: Ledger, name: str, known: Names, path: str) -> Named:
    for each in known:
        if each.name == name:
            return each
    if name in ledger.named:
        raise BadUserInput(f"{path}: {name!r} is named in {ledger.named[name]} and not known here. {HOW}")
    names = ", ".join(repr(each.name) for each in known)
    raise BadUserInput(f"{path}: no filter around this one names a fact {name!r}; known are {names or 'none'}. {HOW}")


def _kinds(subject: Subject, site: Site) -> set[str]:
    """Return the labels of a node, or the declarations of a relationship."""
    return set(site.labels) if subject is Subject.NODE else {spec.name for spec in site.relationships}


def _or(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds)) if len(kinds) < 5 else "fact of several types"
