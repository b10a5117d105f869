"""Every kind with every fault: the outcome is as the table of docs/portal-kinds.md says, and the next run heals."""

from dataclasses import replace

import pytest

from graph.load.records import Known
from tests.kit.paths import DOCS
from tests.portals.dialects import DIALECTS
from tests.portals.more_dialects import MORE
from tests.portals.reading import QUICK, Reading, reading, run
from tests.portals.server import FAULTS, Dialect, Fault, Portal

ALL = (*DIALECTS, *MORE)
COLUMNS = ("in order", "in pages", "by links", "in one answer")
ORDERED = ("ckan", "ckan-datastore", "socrata", "arcgis", "opendatasoft records")
HURRIED = replace(QUICK, seconds=0.1, file_seconds=0.1, tries=1)


def column(dialect: Dialect) -> str:
    """Name the column of the table that a kind is in."""
    if dialect.single:
        return COLUMNS[3]
    return COLUMNS[2] if dialect.linked else COLUMNS[0] if dialect.name in ORDERED else COLUMNS[1]


def documented() -> dict[tuple[str, str], str]:
    """Read the table of faults of the page."""
    table = (DOCS / "portal-kinds.md").read_text().partition("| fault | ")[2].partition("\n\n")[0].splitlines()
    assert [each.strip(" |") for each in table[0].split("|")][:4] == list(COLUMNS)
    found: dict[tuple[str, str], str] = {}
    for line in table[2:]:
        name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
        found |= {(name, each): cell for each, cell in zip(COLUMNS, cells, strict=True)}
    return found


def ours(read: Reading, dialect: Dialect) -> list[tuple[int, str]]:
    return sorted(dialect.back(record.values) for record in read.records)


def test_the_table_has_a_row_for_each_fault() -> None:
    assert {name for name, _ in documented()} == {fault.name for fault in FAULTS}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("dialect", ALL, ids=lambda dialect: dialect.name)
def test_a_fault_has_the_documented_outcome_and_the_next_run_heals(dialect: Dialect, fault: Fault) -> None:
    outcomes = documented()[fault.name, column(dialect)]

    async def work() -> None:
        async with Portal(dialect, fault=fault) as portal:
            limits = HURRIED if "in time" in fault.name else QUICK
            read = await reading(portal.options, limits)
            equal = ours(read, dialect) == sorted(portal.rows.items())
            unseen = read.outcome == "whole" and not equal and not dialect.single and "changes" not in fault.name
            assert ("unseen" if unseen else read.outcome) in outcomes.split(" or "), (read.failure, read.told)
            if read.outcome == "fails":
                assert portal.root in read.failure
            if read.outcome == "again":
                assert equal
            assert len({id(record) for record in read.records}) == len({key for key, _ in ours(read, dialect)})
            portal.fault = None
            read = await reading(portal.options)
            assert read.outcome == "whole", (read.failure, read.told)
            assert ours(read, dialect) == sorted(portal.rows.items())
            assert read.told is not None
            assert read.told.total in (len(portal.rows), None if dialect.single else -1)

    run(work)


@pytest.mark.parametrize("dialect", [each for each in ALL if each.single], ids=lambda dialect: dialect.name)
def test_an_answer_that_has_not_changed_is_not_read_again(dialect: Dialect) -> None:
    """Where the server gives a validator. A change is read; a validator of another address is not sent."""

    async def work() -> None:
        async with Portal(dialect) as portal:
            first = await reading(portal.options)
            assert first.told is not None
            known = Known(validators=first.told.validators)
            second = await reading(portal.options, known=known)
            assert second.told is not None
            assert second.told.unchanged == (dialect.name in ("dcat", "csv", "excel", "parquet", "json", "feed"))
            assert ours(second, dialect) == ([] if second.told.unchanged else ours(first, dialect))
            assert second.told.validators == first.told.validators
            portal.rows[10] = "another text"
            third = await reading(portal.options, known=known)
            assert ours(third, dialect) == sorted(portal.rows.items())
            elsewhere = {**first.told.validators, "url": "http://elsewhere.example/"}
            await reading(portal.options, known=Known(validators=elsewhere))
            assert "If-None-Match" not in portal.headers[-1]

    run(work)
