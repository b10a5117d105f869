"""Whether a journey brought a delegation closer. In: ties of two survey waves, and who travelled. Out: Bonding.

Compared are pairs of delegates with pairs of people of the same roster who stayed home: others bond too, or stop to answer.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.measures.learning.basis import Basis, basis
from schema.language.edtf import When

SHUFFLES = 999


@dataclass(frozen=True)
class Wave:
    """A survey round: whom it listed, who gave answers that may be used, and each tie once: who named whom."""

    listed: frozenset[str]
    answered: frozenset[str]
    ties: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Pairs:
    """Directed pairs of which the first answered in both waves and both were listed in both, and their ties.

    Shares are of `pairs`; `formed` is new ties by pairs without one before, `kept_share` kept by ties before. None if of nothing.
    """

    people: int
    pairs: int
    before: int
    after: int
    new: int
    kept: int
    lost: int
    share_before: float | None
    share_after: float | None
    formed: float | None
    kept_share: float | None

    @property
    def change(self) -> float | None:
        """Return by how much the share of tied pairs rose, -1 to 1."""
        return None if self.share_before is None or self.share_after is None else self.share_after - self.share_before


@dataclass(frozen=True)
class Bonding:
    """Ties among those who travelled together, among those who stayed home, and between the two.

    `beyond_home` is the change among delegates less that among those at home (a difference in differences). `by_chance` is the
    share of random delegations of the same size with at least as much, 0 to 1. None where not defined. The basis counts
    delegates. It says nothing of causes: who travels is chosen, and often by those whom he knows.
    """

    delegates: Pairs
    home: Pairs
    between: Pairs
    beyond_home: float | None
    by_chance: float | None
    shuffles: int
    basis: Basis


Dates = tuple[When | None, When | None]
"""When something began and ended; without an end it ended when it began."""


def around(waves: Mapping[str, Dates], since: When | None, until: When | None = None) -> tuple[str | None, str | None]:
    """Return the last wave that surely ended before a journey and the first one that surely began after it."""
    ends = until or since
    if since is None or ends is None or since.earliest is None or ends.latest is None:
        return None, None
    dated = [(id_, begun, ended or begun) for id_, (begun, ended) in waves.items() if begun]
    before = [(ended.latest, id_) for id_, _, ended in dated if ended.latest and ended.latest < since.earliest]
    after = [(begun.earliest, id_) for id_, begun, _ in dated if begun.earliest and begun.earliest > ends.latest]
    return (max(before)[1] if before else None), (min(after)[1] if after else None)


def bonding(
    before: Wave, after: Wave, delegates: Collection[str], *, seed: int = 0, shuffles: int = SHUFFLES
) -> Bonding:
    """Compare the ties of two waves. Who is not listed in both says nothing; who did not answer in both names nobody."""
    listed, answered = before.listed & after.listed, before.answered & after.answered
    people = sorted(listed)
    ties = _Ties.of(before, after, people, answered)
    travelled = [person in delegates for person in people]
    sums = ties.sums(travelled)
    beyond = _beyond(sums)
    left_out = Counter(
        "not listed in both waves" if person not in listed else "did not answer in both waves"
        for person in {*delegates} - (listed & answered)
    )
    found = [
        _pairs(sums[kind], sum(each is is_delegate for each in travelled))
        for kind, is_delegate in ((2, True), (0, False))
    ]
    return Bonding(
        found[0],
        found[1],
        _pairs(sums[1], len(people)),
        beyond,
        _by_chance(ties, travelled, beyond, seed=seed, shuffles=shuffles) if beyond is not None else None,
        shuffles,
        basis(len({*delegates} & listed & answered), left_out),
    )


@dataclass(frozen=True)
class _Ties:
    """Pairs as numbers of people: who was asked, and pairs with a tie: whether it was there before and after."""

    size: int
    asked: tuple[int, ...]
    tied: tuple[tuple[int, int, bool, bool], ...]

    @classmethod
    def of(cls, before: Wave, after: Wave, people: Sequence[str], answered: Collection[str]) -> "_Ties":
        number = {person: at for at, person in enumerate(people)}
        known = [
            (one, other)
            for one, other in sorted(before.ties | after.ties)
            if one != other and one in number and other in number and one in answered
        ]
        tied = tuple(
            (number[one], number[other], (one, other) in before.ties, (one, other) in after.ties)
            for one, other in known
        )
        return cls(len(people), tuple(number[each] for each in people if each in answered), tied)

    def sums(self, travelled: Sequence[bool]) -> list[Counter[str]]:
        """Count pairs by how many of the two travelled."""
        sums = [Counter[str](), Counter[str](), Counter[str]()]
        among = sum(travelled)
        for at in self.asked:
            sums[1 + travelled[at]]["pairs"] += among - travelled[at]
            sums[travelled[at]]["pairs"] += self.size - among - (not travelled[at])
        for one, other, earlier, later in self.tied:
            count = sums[travelled[one] + travelled[other]]
            count["before"] += earlier
            count["after"] += later
            count["kept"] += earlier and later
        return sums


def _pairs(count: Mapping[str, int], people: int) -> Pairs:
    pairs, before, after, kept = (count[each] for each in ("pairs", "before", "after", "kept"))
    return Pairs(
        people=people,
        pairs=pairs,
        before=before,
        after=after,
        new=after - kept,
        kept=kept,
        lost=before - kept,
        share_before=before / pairs if pairs else None,
        share_after=after / pairs if pairs else None,
        formed=(after - kept) / (pairs - before) if pairs > before else None,
        kept_share=kept / before if before else None,
    )


def _beyond(sums: Sequence[Mapping[str, int]]) -> float | None:
    home, _, delegates = sums
    if not home["pairs"] or not delegates["pairs"]:
        return None
    return (delegates["after"] - delegates["before"]) / delegates["pairs"] - (home["after"] - home["before"]) / home[
        "pairs"
    ]


def _by_chance(ties: _Ties, travelled: Sequence[bool], beyond: float, *, seed: int, shuffles: int) -> float | None:
    """Draw delegations with as many who answered and who did not, and count those with at least as much."""
    chance = random.Random(seed)
    asked = [travelled[at] for at in ties.asked]
    others = [at for at in range(ties.size) if at not in {*ties.asked}]
    silent = [travelled[at] for at in others]
    as_much, dealt = 0, list(travelled)
    for _ in range(shuffles):
        chance.shuffle(asked)
        chance.shuffle(silent)
        for at, value in zip((*ties.asked, *others), (*asked, *silent), strict=True):
            dealt[at] = value
        found = _beyond(ties.sums(dealt))
        as_much += found is not None and found >= beyond - 1e-12
    return (as_much + 1) / (shuffles + 1) if shuffles else None
