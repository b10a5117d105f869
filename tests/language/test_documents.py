"""Document families of the language, over the seeds and the edge cases. In: x.graphql beside x.plan, x.cypher, x.json and x.hits.

Each answer must also equal the oracle's, one statement goes over the wire, and other values give the same text.
"""

import pytest

from graph.bolt.connect import Address
from tests.conftest import REPLAN, Asker
from tests.kit import family_checks as check
from tests.kit.family import Family, families
from tests.kit.oracle.world import World
from tests.kit.paths import DOCUMENTS
from tests.kit.writer import BlockingWriter

document = pytest.mark.parametrize("family", families(DOCUMENTS / "language"), ids=lambda family: family.path.stem)


@pytest.fixture(scope="module")
def ask(ask: Asker, seeded: BlockingWriter) -> Asker:
    """Ask a database that forgot the plans which it made for what other tests had in it."""
    seeded.alone(REPLAN)
    return ask


@document
def test_plan_and_statement_are_as_written(offline: Asker, family: Family, rewrite: bool) -> None:
    check.plan_and_statement(offline, family, rewrite)


@document
def test_answer_is_as_written_and_takes_one_statement(ask: Asker, family: Family, rewrite: bool) -> None:
    check.answer(ask, family, rewrite)


@document
def test_work_is_as_written(ask: Asker, address: Address, family: Family, rewrite: bool) -> None:
    check.work(ask, address, family, rewrite)


@document
def test_answer_equals_the_oracle(ask: Asker, world: World, family: Family) -> None:
    check.against_the_oracle(ask, world, family)


@document
def test_other_values_give_the_same_statement(offline: Asker, family: Family) -> None:
    check.other_values_same_statement(offline, family)
