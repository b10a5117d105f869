"""Two processes may prepare a database at once: a second `up`, or one after another that was killed half way."""

import asyncio
from typing import Any

import pytest

from graph.bolt.connect import DatabaseUnavailable
from graph.cypher import ddl
from graph.cypher.fragments import Fragment
from graph.facts.migrate import drop_unowned, migrate
from schema.derived.constraints import Lines, Unique, rules
from schema.model import model
from tests.conftest import SECRET, Asker
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (m:_Meta {name: 'schema'}) SET m.value = 'of an older model'")
SOME = [rule for rule in rules(model()) if isinstance(rule, Unique) and rule.relationship][:20]
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


def test_an_index_of_somebody_else_stays(seeded: BlockingWriter) -> None:
    seeded.alone(Fragment("CREATE RANGE INDEX unique_elsewhere FOR (n:Elsewhere) ON (n.key)"))
    try:
        seeded.runner.run(drop_unowned(seeded.writer, model()))
        assert seeded.read(Fragment("SHOW INDEXES YIELD name WHERE name = 'unique_elsewhere' RETURN name"))
    finally:
        seeded.alone(ddl.drop_index("unique_elsewhere"))


def test_an_index_of_names_of_a_former_version_goes(seeded: BlockingWriter) -> None:
    """Names had an index of their parts, of which each made a commit slower."""
    seeded.alone(Fragment("CREATE TEXT INDEX lines_Visit_titleWords FOR (n:Visit) ON (n.titleWords)"))
    seeded.read(FORGET)
    seeded.migrate(SECRET)
    left = [record["name"] for record in seeded.read(Fragment("SHOW TEXT INDEXES YIELD name RETURN name"))]
    assert left
    assert sorted(left) == sorted(ddl.lines_name(rule) for rule in rules(model()) if isinstance(rule, Lines))
    assert "lines_Visit_titleWords" not in left


@pytest.mark.parametrize("at_once", [2, 3])
def test_several_migrations_at_once_all_succeed(seeded: BlockingWriter, at_once: int) -> None:
    async def together() -> list[int]:
        return await asyncio.gather(*(migrate(seeded.writer, model(), SECRET) for _ in range(at_once)))

    for _ in range(3):
        seeded.alone(ddl.FORGET_WORDS)
        for rule in SOME:
            seeded.alone(Fragment(f"DROP CONSTRAINT {ddl.constraint_name(rule)} IF EXISTS"))
        seeded.read(FORGET)
        done = seeded.runner.run(together())
        assert max(done) > 0
        assert seeded.read(WORDS) == [{"name": ddl.WORDS, "state": "ONLINE"}]
        assert seeded.migrate(SECRET) == 0


NODES, RELATIONSHIPS = "MATCH (x:Fact)", "MATCH (:Fact)-[x]->()"
LEVELS = " RETURN x.level AS level, x.audience AS audience, count(*) AS facts ORDER BY level, audience"
AS_BEFORE = (
    " CALL (x) { REMOVE x.level SET x.audience = CASE left(x.audience, 1) WHEN 's' THEN substring(x.audience, 1) "
    "ELSE x.audience END } IN TRANSACTIONS"
)
"""Store facts as a version without levels did."""
VISITS = "{ visits(synthetic: true) { totalCount } }"


def test_facts_of_a_version_without_levels_are_hidden_until_they_get_them(ask: Asker, seeded: BlockingWriter) -> None:
    def stored() -> list[list[dict[str, Any]]]:
        return [seeded.read(Fragment(pattern + LEVELS)) for pattern in (NODES, RELATIONSHIPS)]

    before, seen = stored(), ask(VISITS, {}, "anonymous").data
    for pattern in (NODES, RELATIONSHIPS):
        seeded.alone(Fragment(pattern + AS_BEFORE))
    old = stored()
    assert {each["level"] for facts in old for each in facts} == {None}
    assert ask(VISITS, {}, "anonymous").data == {"visits": {"totalCount": 0}}
    seeded.read(FORGET)
    assert seeded.migrate(SECRET) > 0
    assert stored() == before
    assert ask(VISITS, {}, "anonymous").data == seen
    assert seeded.migrate(SECRET) == 0
    for facts in before:
        assert {each["level"] >= 4 for each in facts} == {True, False}
        assert all((each["level"] >= 4) == each["audience"].startswith("s") for each in facts)


DAYS = (
    " WHERE x.sinceLastDay IS NOT NULL OR x.untilFirstDay IS NOT NULL "
    "RETURN x.id AS id, x.sinceLastDay AS since, x.untilFirstDay AS until"
)
FORGET_DAYS = " CALL (x) { REMOVE x.sinceLastDay, x.untilFirstDay } IN TRANSACTIONS"


def test_facts_of_a_version_without_certain_days_get_them(seeded: BlockingWriter) -> None:
    def stored() -> list[list[dict[str, Any]]]:
        return [
            sorted(seeded.read(Fragment(pattern + DAYS)), key=lambda each: str(each["id"]))
            for pattern in (NODES, RELATIONSHIPS)
        ]

    before = stored()
    for pattern in (NODES, RELATIONSHIPS):
        seeded.alone(Fragment(pattern + FORGET_DAYS))
    assert stored() == [[], []]
    seeded.read(FORGET)
    assert seeded.migrate(SECRET) > 0
    assert stored() == before
    assert all(len(facts) > 10 for facts in before)
