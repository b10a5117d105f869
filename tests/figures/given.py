"""Inputs of figures. In: a seed. Out: random inputs with hostile names; the same for the same seed."""

import random
from itertools import combinations

from graph.figures.caption import Facts
from graph.figures.diffusion import Adoption, Diffusion, Source
from graph.figures.flows import Exchange, Place, Visits
from graph.figures.people import Cloud, Person, Tie, Wave, Way
from graph.figures.spread import Adopter, Spread

HOSTILE = (
    "<script>alert(1)</script>",
    'Ann" onload="x',
    "Trà Vinh & Łódź",
    "url(http://example.org)",
    "]]>\x00\x1b\ud800",
    "",
    "Ørsted\nSecond line",
)
SECTORS = ("Academic", "Business", "Civic", "Elected", "Public", None)


def cloud_of(seed: int, size: int = 24, waves: int = 2, way: Way | None = None) -> Cloud:
    """Return a cloud in three communities with some people alone, and with waves in which not everybody is listed or heard."""
    chance = random.Random(seed)
    ids = [f"person/{number:03}" for number in range(size)]
    people = tuple(
        Person(
            id_,
            HOSTILE[at] if at < len(HOSTILE) else f"Leader {at}",
            chance.choice(SECTORS),
            at % 3 if at % 7 else None,
        )
        for at, id_ in enumerate(ids)
    )
    tied = ids[: size * 9 // 10]
    return Cloud("Cloud of Testville", people, tuple(_wave(chance, ids, tied, way) for _ in range(waves)), "A rule")


def _wave(chance: random.Random, ids: list[str], tied: list[str], way: Way | None) -> Wave:
    ties = []
    for at, (a, b) in enumerate(combinations(tied, 2)):
        near = ids.index(a) % 3 == ids.index(b) % 3
        if chance.random() < (0.45 if near else 0.06):
            start, end = (a, b) if at % 2 else (b, a)
            ties.append(Tie(start, end, way or chance.choice((Way.ONE_WAY, Way.MUTUAL))))
    listed = tuple(id_ for id_ in ids if chance.random() < 0.9)
    answered = tuple(id_ for id_ in listed if chance.random() < 0.8)
    name = f"Wave of {len(ties)} ties"
    return Wave(name, tuple(ties), listed, answered, len(listed), len(answered), tuple(tied[:2]))


def exchange_of(seed: int, size: int = 20) -> Exchange:
    """Return cities all over the world, of which some have no position, and visits between them."""
    chance = random.Random(seed)
    places = tuple(
        Place(
            f"city/{at:02}",
            HOSTILE[at] if at < len(HOSTILE) else f"City {at}",
            None if at == 3 else chance.uniform(-50, 70),
            None if at == 3 else chance.uniform(-180, 180),
        )
        for at in range(size)
    )
    pairs = sorted({tuple(chance.sample(range(size - 1), 2)) for _ in range(2 * size)})
    visits = tuple(Visits(f"city/{a:02}", f"city/{b:02}", chance.choice((1, 1, 1, 2, 5))) for a, b in pairs)
    return Exchange(Facts("Exchange", "1990 to 2020", "From visitor to host"), places, visits)


def diffusion_of(seed: int, size: int = 30) -> Diffusion:
    """Return adoptions of which some have no year."""
    chance = random.Random(seed)
    adoptions = tuple(
        Adoption(
            f"adoption/{at:02}",
            HOSTILE[at] if at < len(HOSTILE) else f"City {at}",
            chance.choice((None, *range(1990, 2010))),
            chance.choice(tuple(Source)),
        )
        for at in range(size)
    )
    return Diffusion(Facts("Spread", "Up to 2020", "The first year of use", synthetic=True), adoptions)


def spread_of(seed: int, size: int = 30) -> Spread:
    """Return adopters all over the world; some have no year, some no position, and sources that may be absent."""
    chance = random.Random(seed)
    known = (Source.DIRECT, Source.SECOND_HAND)
    adopters = tuple(
        Adopter(
            f"adoption/{at:02}",
            HOSTILE[at] if at < len(HOSTILE) else f"City {at}",
            chance.choice((None, *range(1990, 2010))),
            chance.choice(tuple(Source)),
            None if at == 3 else chance.uniform(-50, 70),
            None if at == 3 else chance.uniform(-180, 180),
            ((f"adoption/{chance.randrange(size + 2):02}", chance.choice(known)),) if at % 2 else (),
        )
        for at in range(size)
    )
    return Spread(Facts("Spread", "All years", "The first year of use", synthetic=True), adopters)
