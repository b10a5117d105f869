"""Made-up offices. In: a city and its leaders. Out: rows of offices, which everybody may see, and of the terms of holders.

Some terms begin and end between the two survey waves, so that the holders differ from wave to wave.
"""

from random import Random

from seeds.curate.files import Row
from seeds.curate.leaders import NOTE
from seeds.curate.synthetic import Confidential, public_node, public_relationship

OFFICES = {
    "Mayor": ("ELECTED", 4, ("2020-01", "2024-01")),
    "Council seat 1": ("ELECTED", 4, ("2022-01",)),
    "Council seat 2": ("ELECTED", 4, ("2020-01", "2024-01")),
    "City manager": ("PUBLIC", None, ("2019-06", "2024-09")),
}
"""Sector of the holders, years of a term (None: no fixed term), and months in which terms begin; a term ends before the next."""


def office_rows(city: str, persons: list[Row], listed: tuple[tuple[int, ...], ...], random: Random) -> list[Row]:
    """Make the rows of a city's offices and their holders. The last holder of each office is listed in the last wave."""
    make, rows, taken = Confidential(city, random), [], set[int]()
    for name, (sector, years, begins) in OFFICES.items():
        id_ = f"office/{city.removeprefix('city/')}-synthetic-{name.lower().replace(' ', '-')}"
        properties: Row = {
            "name": f"{name} (synthetic)",
            "selection": "ELECTED" if years else "APPOINTED",
            "note": NOTE,
        }
        properties |= {"termYears": years} if years else {}
        rows += [public_node("Office", id_, properties), public_relationship("OFFICE_OF", id_, city)]
        for at, begin in enumerate(begins):
            last = at == len(begins) - 1
            candidates = [
                each for each in listed[-1 if last else 0] if persons[each]["sector"] == sector and each not in taken
            ]
            holder = random.choice(candidates)
            taken.add(holder)
            term = {"since": begin} if last else {"since": begin, "until": _month_before(begins[at + 1])}
            rows.append(make.relationship("HOLDS", persons[holder]["id"], id_, term))
    return rows


def _month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02}"
