"""Random rows come, go and change between the pages of a reading. A whole reading has missed no row that was there all the time.

Nor has it any row twice, or one that never was. This holds for the kinds whose pages have an order.
"""

import random
from dataclasses import replace

import pytest

from tests.kit.random.documents import random_seed
from tests.portals.dialects import DIALECTS
from tests.portals.reading import reading, run
from tests.portals.server import Dialect, Fault, Portal, Rows
from tests.portals.test_faults import ORDERED

FIXED, FRESH, SOAK = 30, 5, 1_000
KINDS = [each for each in DIALECTS if each.name in ORDERED]
"""Those whose rows have ids. Small pages may be the same again because of changes alone."""
SMALL = 5


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        fixed = SOAK if metafunc.config.getoption("soak") else FIXED
        metafunc.parametrize("seed", [*range(fixed), *(random_seed() + each for each in range(FRESH))])


def changing(chance: random.Random, states: list[set[int]]) -> Fault:
    """Change the table before a page, sometimes, and note which rows there are after each change."""
    often = chance.choice([0.05, 0.2, 0.5])

    def change(rows: Rows, page: int) -> None:
        while chance.random() < often:
            kind = chance.randrange(4)
            if kind == 0:
                rows[chance.choice([number for number in range(1, 300) if number not in rows])] = "came"
            elif kind == 1 and rows:
                rows.pop(chance.choice(sorted(rows)))
            elif kind == 2 and rows:
                rows[chance.choice(sorted(rows))] = f"changed before page {page}"
            elif rows:
                rows.pop(chance.choice(sorted(rows)))
                rows[chance.choice([number for number in range(1, 300) if number not in rows])] = "came for another"
            states.append(set(rows))

    return Fault("random", change)


@pytest.mark.soak
@pytest.mark.parametrize("dialect", KINDS, ids=lambda each: each.name)
def test_a_whole_reading_misses_nothing_that_was_there_all_the_time(dialect: Dialect, seed: int) -> None:
    chance = random.Random(f"{seed} {dialect.name}")
    size = chance.choice([2, 3, 5, 12, 30])
    sized = replace(dialect, options={**dialect.options, "page_size": size})

    async def work() -> None:
        states: list[set[int]] = []
        async with Portal(sized, fault=changing(chance, states)) as portal:
            states.append(set(portal.rows))
            read = await reading(portal.options)
            assert read.told is not None or (size < SMALL and "same page again" in read.failure), read.failure
            keys = [dialect.back(each.values)[0] for each in read.records]
            assert len(keys) == len(set(keys))
            assert set(keys) <= set().union(*states)
            if read.told is not None and not read.told.incomplete:
                assert set.intersection(*states) <= set(keys)
            portal.fault = None
            read = await reading(portal.options)
            assert sorted(dialect.back(each.values) for each in read.records) == sorted(portal.rows.items())

    run(work)
