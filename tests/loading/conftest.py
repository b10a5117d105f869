"""The seeded database; what a test of loading loads is forgotten after it."""

from collections.abc import Iterator

import pytest

from graph.bolt.write import Writer
from graph.cypher.fragments import Fragment

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/load-' OR n:_Load AND n.file STARTS WITH 'load-' DETACH DELETE n")


@pytest.fixture
def writer_of_loads(seeded: Writer) -> Iterator[Writer]:
    yield seeded
    seeded.unit(lambda unit: unit.run(FORGET))
