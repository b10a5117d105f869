"""A reading that was interrupted goes on where it stopped, if the source is still as it was; else it begins anew."""

from collections.abc import Sequence

import pytest

from graph.load.records import Known, Record
from graph.portals.kinds import open_portal
from tests.portals.dialects import DIALECTS
from tests.portals.more_dialects import MORE
from tests.portals.reading import QUICK, Reading, reading, run
from tests.portals.server import Dialect, Portal

RESUME = [each for each in DIALECTS if each.name in ("ckan-datastore", "socrata", "arcgis")]
OTHERS = [each for each in (*DIALECTS, *MORE) if each not in RESUME]


class Killed(Exception):
    """The process ends here."""


async def interrupted(portal: Portal, after: int) -> Reading:
    """Read until so many parts were taken."""
    read = Reading()

    async def take(records: Sequence[Record], position: str | None) -> None:
        await read.take(records, position)
        if len(read.positions) == after:
            raise Killed

    with pytest.raises(Killed):
        await open_portal(portal.options, QUICK).read(Known(), take)
    return read


@pytest.mark.parametrize("after", [1, 3, 6])
@pytest.mark.parametrize("dialect", RESUME, ids=lambda each: each.name)
def test_reading_goes_on(dialect: Dialect, after: int) -> None:
    async def work() -> None:
        async with Portal(dialect) as portal:
            before = await interrupted(portal, after)
            asked = portal.pages
            then = await reading(portal.options, known=Known(position=before.positions[-1]))
            assert then.outcome == "whole"
            assert then.told is not None
            assert then.told.total == len(portal.rows)
            both = sorted(dialect.back(each.values) for each in (*before.records, *then.records))
            assert both == sorted(portal.rows.items())
            assert portal.pages - asked <= 8 - after

    run(work)


@pytest.mark.parametrize("dialect", RESUME, ids=lambda each: each.name)
def test_reading_begins_anew_if_rows_moved_meanwhile(dialect: Dialect) -> None:
    async def work() -> None:
        async with Portal(dialect) as portal:
            before = await interrupted(portal, 3)
            del portal.rows[20]
            then = await reading(portal.options, known=Known(position=before.positions[-1]))
            assert then.outcome == "again"
            assert sorted(dialect.back(each.values) for each in then.records) == sorted(portal.rows.items())

    run(work)


@pytest.mark.parametrize("position", ["", "nonsense", "[1]", '[0, "a"]', '[-3, "a"]', '{"a": 1}'])
@pytest.mark.parametrize("dialect", RESUME[:1], ids=lambda each: each.name)
def test_a_position_that_is_none_begins_anew(dialect: Dialect, position: str) -> None:
    async def work() -> None:
        async with Portal(dialect) as portal:
            read = await reading(portal.options, known=Known(position=position))
            assert (read.outcome, len(read.records)) == ("again", 25)

    run(work)


@pytest.mark.parametrize("dialect", OTHERS, ids=lambda each: each.name)
def test_other_kinds_give_no_position(dialect: Dialect) -> None:
    async def work() -> None:
        async with Portal(dialect) as portal:
            assert set((await reading(portal.options)).positions) == {None}

    run(work)
