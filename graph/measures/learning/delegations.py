"""Whether a delegation came closer. In: a Reading, a visit. Out: Found: a Bonding with what it was measured on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.cypher.learning import ENDS, STARTS, THEMSELVES
from graph.measures.cloud import Cloud
from graph.measures.learning.basis import basis
from graph.measures.learning.bonding import Bonding, Wave, around, bonding
from graph.measures.learning.cost import Journey, Money, costs
from graph.measures.learning.facts import HELD
from graph.measures.learning.read import Reading, ends, when
from schema.language.edtf import When

PAIRS = ("delegates", "home", "between", "beyondHome", "byChance")


@dataclass(frozen=True)
class Delegation:
    """A visit with its delegates, what it cost, and on which rosters each delegate is listed."""

    id: str
    since: When | None
    until: When | None
    status: str
    people: frozenset[str]
    journey: Journey
    rosters: Mapping[str, tuple[str, ...]]

    @property
    def roster(self) -> str | None:
        """Return the roster that lists most delegates, of several the first by id; None if there is none."""
        listed = Counter(roster for rosters in self.rosters.values() for roster in rosters)
        return min(listed, key=lambda each: (-listed[each], each), default=None)


@dataclass(frozen=True)
class Measured:
    """The bonding of a delegation, None if it cannot be measured, further fields by name, and the ids of what they are of."""

    bonding: Bonding | None
    fields: Mapping[str, Any]
    ids: frozenset[str]


async def delegation(of: Reading, visit: str) -> Delegation | None:
    """Read a visit; None if the viewer does not see it."""
    visits, joined = await of.rows(
        of.nodes(
            "Visit",
            "since",
            "until",
            "status",
            "costPerDelegateAmount",
            "costPerDelegateCurrency",
            "delegates",
            only=THEMSELVES,
        ),
        of.relationships("Joined", only=ENDS),
        ids=[visit],
    )
    if not visits:
        return None
    ((id_, since, until, status, amount, currency, delegates),) = visits
    people = frozenset(person for person, *_ in joined)
    (listed,) = await of.rows(of.relationships("ListedOn", only=STARTS), ids=sorted(people))
    cost = None if amount is None else Money(amount, currency)
    return Delegation(
        id_, when(since), when(until), status, people, Journey(id_, cost, delegates, status=status), ends(listed)
    )


async def waves(of: Reading, roster: str) -> dict[str, tuple[When | None, When | None]]:
    """Read when the waves of a roster began and ended, by id."""
    (asked,) = await of.rows(of.relationships("OfRoster", only=ENDS), ids=[roster])
    (found,) = await of.rows(
        of.nodes("Wave", "since", "until", only=THEMSELVES), ids=sorted({wave for wave, *_ in asked})
    )
    return {id_: (when(since), when(until)) for id_, since, until in found}


async def measured(of: Reading, visit: str, roster: str | None) -> Measured | None:
    """Measure the delegation of a visit; None if the viewer does not see it."""
    told = await delegation(of, visit)
    if told is None:
        return None
    chosen = roster or told.roster
    earlier, later = around(await waves(of, chosen), told.since, told.until) if chosen else (None, None)
    found = await _bonding(of, told, chosen, (earlier, later))
    bonding_ = found if isinstance(found, Bonding) else None
    new = bonding_.delegates.new if bonding_ else None
    cost = next(iter(costs([replace(told.journey, new_ties=new)]).currencies), None)
    known = bonding_.basis if bonding_ else basis(0, Counter({str(found): len(told.people)}))
    fields = {
        "visit": visit,
        "roster": chosen,
        "earlier": earlier,
        "later": later,
        "currency": cost and cost.currency,
        "costPerNewTie": cost and cost.per_new_tie,
        "basedOn": known.used,
        "leftOut": known.left_out,
    }
    without = {} if bonding_ else dict.fromkeys(PAIRS)
    ids = frozenset(each for each in (visit, chosen, earlier, later, *told.people) if each)
    return Measured(bonding_, fields | without, ids)


async def _bonding(
    of: Reading, told: Delegation, roster: str | None, between: tuple[str | None, str | None]
) -> Bonding | str:
    """Compare the waves before and after, or say why they cannot be compared."""
    earlier, later = between
    if told.status != HELD:
        return "the visit was not held"
    if roster is None:
        return "not listed on a roster"
    if earlier is None or later is None:
        return f"no wave is surely {'before' if earlier is None else 'after'} the visit"
    assert of.network is not None
    clouds = [await of.network(roster, wave) for wave in (earlier, later)]
    before, after = (Wave(frozenset(), frozenset(), frozenset()) if each is None else _wave(each) for each in clouds)
    if any(each is not None and each.basis.synthetic for each in clouds):
        of.made_up.add(roster)
    return bonding(before, after, told.people)


def _wave(of: Cloud) -> Wave:
    people = of.stated.people
    answered = frozenset(each.id for each in of.members if each.answered)
    return Wave(frozenset(people), answered, frozenset((people[a], people[b]) for a, b in of.stated.ties))
