"""A made-up survey wave. In: who answered, and what each person agreed to. Out: rows of the wave and of its ties.

The stricter consent of two people decides: a tie shows neither of them in a way that one did not agree to.
"""

from dataclasses import dataclass, field

from seeds.curate.files import Row
from seeds.curate.leaders import AGES, NOTE
from seeds.curate.network import Arc
from seeds.curate.synthetic import Confidential, seeded

WORDINGS = (
    "Here is a list of leaders of the city. Whom do you trust, how strongly, and whom could you call?",
    "Here is a list of leaders of the city. Whom do you trust, and how strongly?",
)
STRENGTHS = {True: (5, 10, 25, 35, 25), False: (15, 30, 30, 18, 7)}
"""Weights of the strengths 1 to 5 of a tie, by whether it is mutual."""
CONSENTS = {"NAMED": 82, "PSEUDONYM": 9, "AGGREGATE_ONLY": 5, "WITHDRAWN": 4}
"""What respondents agree to, in percent, in a city in which not all agree to be named."""
COARSE = {"ELECTED": "PUBLIC", "ACADEMIC": "CIVIC", "YOUTH": "CIVIC"}
"""The sector that a pseudonym shows: one of three. It shows neither age nor origin."""


@dataclass(frozen=True)
class Wave:
    """One survey round: its date, who was asked, who answered, and all ties at that time, stated or not."""

    when: str
    invited: tuple[int, ...]
    answered: tuple[int, ...]
    trust: frozenset[Arc]
    known: frozenset[Arc] = field(default=frozenset())

    def stated(self, arcs: frozenset[Arc]) -> list[Arc]:
        """Return the ties that were stated: from a person who answered to a person on the list."""
        return sorted((one, other) for one, other in arcs if one in self.answered and other in self.invited)


def consents(ids: list[str], city: str, seed: int, varied: bool) -> list[str]:
    """Draw what each person agrees to; it is the same in every wave. Without `varied` everybody agrees to be named."""
    random = seeded("consents", city, seed)
    drawn = random.choices(list(CONSENTS), list(CONSENTS.values()), k=len(ids))
    return drawn if varied else ["NAMED"] * len(ids)


@dataclass(frozen=True)
class Round:
    """One survey wave as its rows tell it; `agreed` has what each person agreed to, by their number."""

    name: str
    number: int
    wave: Wave
    persons: list[Row] = field(hash=False)
    agreed: list[str] = field(hash=False)
    make: Confidential

    def rows(self, roster: str, claims: dict[Arc, str]) -> list[Row]:
        """Make the rows of the wave, of who answered, and of whom they trust and could call."""
        properties = {"name": f"Leaders of {self.name}, wave {self.number} (synthetic)"}
        properties |= {"wording": WORDINGS[self.number - 1], "recall": "ROSTER"}
        counted = [each for each in self.wave.answered if self.agreed[each] != "WITHDRAWN"]
        counts = {"invited": len(self.wave.invited), "answered": len(counted)}
        node = self.make.node("Wave", {**properties, "since": self.wave.when, **counts, "note": NOTE})
        rows = [node, self.make.relationship("OF_ROSTER", node["id"], roster, {"since": self.wave.when})]
        shown = self._pseudonyms(rows)
        for each in self.wave.answered:
            age = self.make.random.randint(*AGES[self.persons[each]["ageBand"]])
            consent = {"since": self.wave.when, "consent": self.agreed[each], "age": age}
            if each in shown:
                del consent["age"]
            rows.append(
                self._relationship("ANSWERED", self._of(each, shown), node["id"], consent, hidden=each in shown)
            )
        return rows + self._ties(node["id"], shown, claims)

    def _pseudonyms(self, rows: list[Row]) -> dict[int, str]:
        """Add a pseudonym of this wave for each person who asked for one; return ids of pseudonyms by person."""
        shown = {}
        for each in self.wave.answered:
            if self.agreed[each] == "PSEUDONYM":
                sector = self.persons[each]["sector"]
                mark = "".join(self.make.random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=4))
                coarse = COARSE.get(sector, sector)
                properties = {"name": f"P-{mark} (synthetic)", "kind": "PSEUDONYMOUS", "sector": coarse, "note": NOTE}
                node = self.make.node("Person", properties) | {"marking": "RED"}
                shown[each] = node["id"]
                same = self._relationship("SAME_PERSON_AS", node["id"], self.persons[each]["id"], {}, hidden=True)
                rows += [node, same]
        return shown

    def _of(self, person: int, shown: dict[int, str]) -> str:
        return shown.get(person, str(self.persons[person]["id"]))

    def _relationship(self, type_: str, start: str, end: str, properties: Row, *, hidden: bool) -> Row:
        row = self.make.relationship(type_, start, end, properties)
        return row | {"marking": "RED"} if hidden else row

    def _ties(self, wave: str, shown: dict[int, str], claims: dict[Arc, str]) -> list[Row]:
        """Make the rows of ties between two people who both may be shown."""
        silent = {each for each, consent in enumerate(self.agreed) if consent in ("AGGREGATE_ONLY", "WITHDRAWN")}
        rows, common = [], {"wave": wave, "since": self.wave.when}

        def add(type_: str, arc: Arc, properties: Row) -> None:
            if not set(arc) & silent:
                start, end = (self._of(each, shown) for each in arc)
                hidden = bool(set(arc) & set(shown))
                rows.append(self._relationship(type_, start, end, properties, hidden=hidden))

        for arc in self.wave.stated(self.wave.trust):
            mutual = arc[::-1] in self.wave.trust
            properties: Row = {"strength": self.make.random.choices(range(1, 6), STRENGTHS[mutual])[0], **common}
            properties |= {"frequency": self.make.random.randint(1, 6), "frequencyUnit": "MONTH"}
            add("TRUSTS", arc, properties | ({"claimedSince": claims[arc]} if arc in claims else {}))
        for arc in self.wave.stated(self.wave.known):
            add("KNOWS", arc, dict(common))
        return rows
