"""The seeded database with a door to it; what a test writes is deleted after it. Its ids contain `/door-`."""

from collections.abc import Iterator

import pytest

from graph.cypher.fragments import Fragment
from tests.facts.door import Door
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n:Fact) WHERE n.id CONTAINS '/door-' DETACH DELETE n")


@pytest.fixture
def door(seeded: BlockingWriter) -> Iterator[Door]:
    yield Door(seeded)
    seeded.alone(FORGET)
