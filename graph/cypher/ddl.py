"""Constraints and indexes. In: rules of the model. Out: Fragments, each an idempotent statement."""

from graph.cypher.fragments import Fragment, clause, join, name
from schema.derived.constraints import FullText, Index, Rule, Unique

WORDS = "words"
"""Name of the full-text index."""
UNIQUE = "unique"
"""Names of unique constraints begin with it, and so do the names of their indexes."""


FORGET_WORDS = clause("DROP INDEX {name} IF EXISTS", name=name(WORDS))
"""The full-text index keeps its name when its labels or properties change, so `IF NOT EXISTS` would not rebuild it."""


UNOWNED = clause(
    "SHOW INDEXES YIELD name, owningConstraint WHERE name STARTS WITH '{prefix}' AND owningConstraint IS NULL "
    "RETURN name ORDER BY name",
    prefix=name(UNIQUE),
)
"""Indexes that were made for a constraint which does not exist.

Neo4j commits the index of a constraint before the constraint. If the client is killed in between, the index stays, and
`CREATE CONSTRAINT ... IF NOT EXISTS` is refused because an index has its name.
"""


def drop_index(index: str) -> Fragment:
    """Write the statement that drops an index."""
    return clause("DROP INDEX {name} IF EXISTS", name=name(index))


def statement(rule: Rule) -> Fragment:
    """Write the statement that makes a rule hold."""
    if isinstance(rule, Unique):
        return _unique(rule)
    return _index(rule) if isinstance(rule, Index) else _full_text(rule)


def _unique(rule: Unique) -> Fragment:
    pattern = "()-[x:{of}]-()" if rule.relationship else "(x:{of})"
    return clause(
        "CREATE CONSTRAINT {name} IF NOT EXISTS FOR {on} REQUIRE x.{prop} IS UNIQUE",
        name=name(f"{UNIQUE}_{rule.of}_{rule.prop}"),
        on=clause(pattern, of=name(rule.of)),
        prop=name(rule.prop),
    )


def _index(rule: Index) -> Fragment:
    return clause(
        "CREATE INDEX {name} IF NOT EXISTS FOR (x:{label}) ON ({props})",
        name=name("_".join(("sorted", rule.label, *rule.props))),
        label=name(rule.label),
        props=join(", ", [clause("x.{p}", p=name(prop)) for prop in rule.props]),
    )


def _full_text(rule: FullText) -> Fragment:
    return clause(
        "CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (x:{labels}) ON EACH [{props}] "
        "OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'whitespace'}}}}",
        name=name(WORDS),
        labels=join("|", [name(label) for label in rule.labels]),
        props=join(", ", [clause("x.{p}", p=name(prop)) for prop in rule.props]),
    )
