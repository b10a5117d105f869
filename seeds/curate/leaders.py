"""Made-up leaders. In: sizes of blocks and shares of sectors. Out: people, organizations, and who works or is a member where."""

from random import Random

from seeds.curate.files import Row
from seeds.curate.network import People
from seeds.curate.synthetic import Confidential, public_node, public_relationship

NOTE = "Made up to show how the platform works; true of nobody."

ORGANIZATIONS = {
    "Firm 1": "FIRM",
    "Firm 2": "FIRM",
    "Vendor": "VENDOR",
    "Chamber": "CHAMBER",
    "Charity": "NGO",
    "Foundation": "FOUNDATION",
    "City government": "CITY_GOVERNMENT",
    "County": "COUNTY",
    "Port": "PORT",
    "Utility": "UTILITY",
    "University": "UNIVERSITY",
    "Club": "CLUB",
    "Board 1": "BOARD",
    "Board 2": "BOARD",
}
"""Kinds of the organizations by their names."""

EMPLOYERS = {
    "BUSINESS": ("Firm 1", "Firm 2", "Vendor", "Chamber"),
    "CIVIC": ("Charity", "Foundation"),
    "ELECTED": ("City government", "County"),
    "PUBLIC": ("City government", "Port", "Utility", "County"),
    "ACADEMIC": ("University",),
    "YOUTH": ("University", "Charity", "Firm 2"),
}
"""Organizations in which the people of a sector work."""

BOARDS = {"Chamber": 0, "Foundation": 1, "Club": 2, "Charity": 3, "Board 1": None, "Board 2": None}
"""Organizations that have members, with the block from which most of these come, if any."""

FROM_OWN_BLOCK = 0.65
BOARD_SIZES = range(8, 13)
AGES = {"UNDER_30": (22, 29), "FROM_30_TO_44": (30, 44), "FROM_45_TO_59": (45, 59), "OVER_60": (60, 74)}
AGE_WEIGHTS = (0, 30, 45, 25)


def by_share(count: int, shares: dict[str, int]) -> list[str]:
    """Repeat words by shares in percent, `count` words together; the largest remainders are rounded up."""
    exact = {word: count * share / 100 for word, share in shares.items()}
    whole = {word: int(value) for word, value in exact.items()}
    rest = count - sum(whole.values())
    for word in sorted(shares, key=lambda each: whole[each] - exact[each])[:rest]:
        whole[word] += 1
    return [word for word, number in whole.items() for _ in range(number)]


def gather(sizes: tuple[int, ...], shares: dict[str, int], core: int, random: Random) -> People:
    """Assign people at random to blocks of these sizes and to sectors, and some of them to the core."""
    blocks = [block for block, size in enumerate(sizes) for _ in range(size)]
    sectors = by_share(len(blocks), shares)
    random.shuffle(blocks)
    random.shuffle(sectors)
    return People(tuple(blocks), tuple(sectors), frozenset(random.sample(range(len(blocks)), core)))


def person_rows(people: People, make: Confidential) -> list[Row]:
    """Make a row for each person, in the order of their numbers."""
    rows = []
    for number, sector in enumerate(people.sectors, start=1):
        band = make.random.choices(list(AGES), AGE_WEIGHTS)[0]
        properties = {"name": f"Leader {number:02} (synthetic)", "kind": "NAMED", "sector": sector}
        properties["ageBand"] = "UNDER_30" if sector == "YOUTH" else band
        properties["origin"] = make.random.choices(["NATIVE", "GLOBAL"], [55, 45])[0]
        rows.append(make.node("Person", properties))
    return rows


def organization_id(city: str, name: str) -> str:
    """Make the readable id of a made-up organization."""
    return f"organization/{city.removeprefix('city/')}-synthetic-{name.lower().replace(' ', '-')}"


def organization_rows(city: str) -> list[Row]:
    """Make the rows of the organizations and of their seats."""
    rows = []
    for name, kind in ORGANIZATIONS.items():
        id_ = organization_id(city, name)
        properties = {"name": f"{name} (synthetic)", "kind": kind, "note": NOTE}
        rows += [public_node("Organization", id_, properties), public_relationship("BASED_IN", id_, city)]
    return rows


def employers(people: People, random: Random) -> list[str]:
    """Draw the organization in which each person works."""
    return [random.choice(EMPLOYERS[sector]) for sector in people.sectors]


def boards(people: People, random: Random) -> dict[str, list[int]]:
    """Draw the members of each board: mostly from its block if it has one, else from all people."""
    drawn, blocks = {}, len(set(people.blocks))
    for name, block in BOARDS.items():
        size = random.choice(BOARD_SIZES)
        own = [person for person, of in enumerate(people.blocks) if block is not None and of == block % blocks]
        members = set(random.sample(own, min(len(own), round(size * FROM_OWN_BLOCK))))
        others = [person for person in range(len(people.blocks)) if person not in members]
        members |= set(random.sample(others, size - len(members)))
        drawn[name] = sorted(members)
    return drawn
