"""Two processes may prepare a database at once: a second `up`, or one after another that was killed half way."""

import asyncio

import pytest

from graph.bolt.connect import DatabaseUnavailable
from graph.cypher import ddl
from graph.cypher.fragments import Fragment
from graph.facts.migrate import migrate
from schema.derived.constraints import Unique
from schema.model import model
from tests.conftest import SECRET
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (m:_Meta {name: 'schema'}) SET m.value = 'of an older model'")
WORDS = Fragment("SHOW FULLTEXT INDEXES YIELD name, state RETURN name, state")


def test_an_index_that_a_killed_migration_left_is_replaced(seeded: BlockingWriter) -> None:
    """Neo4j leaves the index of a constraint if the client is killed before the constraint is there."""
    unique = ddl.statement(Unique("TRUSTS", "key", relationship=True))
    seeded.alone(Fragment("DROP CONSTRAINT unique_TRUSTS_key"))
    seeded.alone(Fragment("CREATE RANGE INDEX unique_TRUSTS_key FOR ()-[r:TRUSTS]-() ON (r.key)"))
    with pytest.raises(DatabaseUnavailable, match="AlreadyExists"):
        seeded.alone(unique)
    seeded.read(FORGET)
    assert seeded.migrate(SECRET) > 0
    assert seeded.read(Fragment("SHOW CONSTRAINTS YIELD name WHERE name = 'unique_TRUSTS_key' RETURN name"))
    assert not seeded.read(ddl.UNOWNED)


@pytest.mark.parametrize("at_once", [2, 3])
def test_several_migrations_at_once_all_succeed(seeded: BlockingWriter, at_once: int) -> None:
    async def together() -> list[int]:
        return await asyncio.gather(*(migrate(seeded.writer, model(), SECRET) for _ in range(at_once)))

    for _ in range(3):
        seeded.alone(ddl.FORGET_WORDS)
        seeded.read(FORGET)
        done = seeded.runner.run(together())
        assert max(done) > 0
        assert seeded.read(WORDS) == [{"name": ddl.WORDS, "state": "ONLINE"}]
        assert seeded.migrate(SECRET) == 0
