"""Curation, a made-up survey wave. In: who answered and how they agreed to be shown. Out: the rows of the round and its ties.

Of two people the stricter consent decides: what one of them does not want shown by name is not shown by the other.
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
"""What respondents agree to, in percent, where not all agree to be named."""
COARSE = {"ELECTED": "PUBLIC", "ACADEMIC": "CIVIC", "YOUTH": "CIVIC"}
"""A pseudonym shows one of three sectors, and neither age nor origin."""


@dataclass(frozen=True)
class Wave:
    """One survey round: when it was, who was asked and who answered, and the ties as they were."""

    when: str
    invited: tuple[int, ...]
    answered: tuple[int, ...]
    trust: frozenset[Arc]
    known: frozenset[Arc] = field(default=frozenset())

    def said(self, arcs: frozenset[Arc]) -> list[Arc]:
        """Return the ties that were told: those that somebody who answered sends to somebody on the list."""
        return sorted((one, other) for one, other in arcs if one in self.answered and other in self.invited)


def consents(ids: list[str], city: str, seed: int, varied: bool) -> list[str]:
    """Draw what each person agrees to, the same in every wave."""
    random = seeded("consents", city, seed)
    drawn = random.choices(list(CONSENTS), list(CONSENTS.values()), k=len(ids))
    return drawn if varied else ["NAMED"] * len(ids)


@dataclass(frozen=True)
class Round:
    """One survey wave of a city as it is told: `agreed` says what each person agreed to."""

    name: str
    number: int
    wave: Wave
    persons: list[Row] = field(hash=False)
    agreed: list[str] = field(hash=False)
    make: Confidential

    def rows(self, roster: str, claims: dict[Arc, str]) -> list[Row]:
        """Make the rows of the round, of who answered, and of whom they trust and could call."""
        given = {"name": f"Leaders of {self.name}, wave {self.number} (synthetic)"}
        given |= {"wording": WORDINGS[self.number - 1], "recall": "ROSTER"}
        counted = [each for each in self.wave.answered if self.agreed[each] != "WITHDRAWN"]
        counts = {"invited": len(self.wave.invited), "answered": len(counted)}
        node = self.make.node("Wave", {**given, "since": self.wave.when, **counts, "note": NOTE})
        rows = [node, self.make.tie("OF_ROSTER", node["id"], roster, {"since": self.wave.when})]
        shown = self._pseudonyms(rows)
        for each in self.wave.answered:
            age = self.make.random.randint(*AGES[self.persons[each]["ageBand"]])
            consent = {"since": self.wave.when, "consent": self.agreed[each], "age": age}
            if each in shown:
                del consent["age"]
            rows.append(self._tie("ANSWERED", self._of(each, shown), node["id"], consent, hidden=each in shown))
        return rows + self._ties(node["id"], shown, claims)

    def _pseudonyms(self, rows: list[Row]) -> dict[int, str]:
        """Give a pseudonym of this wave to each who asked for one; return their ids."""
        shown = {}
        for each in self.wave.answered:
            if self.agreed[each] == "PSEUDONYM":
                sector = self.persons[each]["sector"]
                mark = "".join(self.make.random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=4))
                given = {"name": f"P-{mark} (synthetic)", "kind": "PSEUDONYMOUS", "sector": COARSE.get(sector, sector)}
                node = self.make.node("Person", {**given, "note": NOTE}) | {"marking": "RED"}
                shown[each] = node["id"]
                same = self._tie("SAME_PERSON_AS", node["id"], self.persons[each]["id"], {}, hidden=True)
                rows += [node, same]
        return shown

    def _of(self, person: int, shown: dict[int, str]) -> str:
        return shown.get(person, str(self.persons[person]["id"]))

    def _tie(self, type_: str, start: str, end: str, given: Row, *, hidden: bool) -> Row:
        made = self.make.tie(type_, start, end, given)
        return made | {"marking": "RED"} if hidden else made

    def _ties(self, wave: str, shown: dict[int, str], claims: dict[Arc, str]) -> list[Row]:
        """Make the rows of ties between people both of whom may be shown."""
        silent = {each for each, consent in enumerate(self.agreed) if consent in ("AGGREGATE_ONLY", "WITHDRAWN")}
        rows, said = [], {"wave": wave, "since": self.wave.when}

        def tell(type_: str, arc: Arc, held: Row) -> None:
            if not set(arc) & silent:
                start, end = (self._of(each, shown) for each in arc)
                rows.append(self._tie(type_, start, end, held, hidden=bool(set(arc) & set(shown))))

        for arc in self.wave.said(self.wave.trust):
            mutual = arc[::-1] in self.wave.trust
            held: Row = {"strength": self.make.random.choices(range(1, 6), STRENGTHS[mutual])[0], **said}
            held |= {"frequency": self.make.random.randint(1, 6), "frequencyUnit": "MONTH"}
            tell("TRUSTS", arc, held | ({"claimedSince": claims[arc]} if arc in claims else {}))
        for arc in self.wave.said(self.wave.known):
            tell("KNOWS", arc, dict(said))
        return rows
