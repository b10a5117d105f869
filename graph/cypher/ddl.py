"""Constraints and indexes. In: rules of the model. Out: Fragments, each an idempotent statement."""

from graph.cypher.fragments import Fragment, clause, join, name
from schema.derived.constraints import FullText, Index, Lines, Rule, Unique

WORDS = "words"
"""Name of the full-text index."""


FORGET_WORDS = clause("DROP INDEX {name} IF EXISTS", name=name(WORDS))
"""The full-text index keeps its name when its labels or properties change, so `IF NOT EXISTS` would not rebuild it."""


OUTDATED = Fragment(
    "SHOW INDEXES YIELD name, type WHERE type = 'TEXT' AND name STARTS WITH 'lines_' AND NOT name IN $q.kept "
    "RETURN name ORDER BY name"
)
"""Text indexes of names that a former version made and no rule asks for. Each makes commits slower."""


UNOWNED = Fragment(
    "SHOW INDEXES YIELD name, owningConstraint WHERE name IN $q.constraints AND owningConstraint IS NULL "
    "RETURN name ORDER BY name"
)
"""Which of these constraints have an index but do not exist themselves.

Neo4j commits the index of a constraint before the constraint. If the client is killed in between, the index stays, and
`CREATE CONSTRAINT ... IF NOT EXISTS` is refused because an index has its name.
"""


def constraint_name(rule: Unique) -> str:
    """Return the name of a constraint, which is also the name of its index."""
    return f"unique_{rule.of}_{rule.prop}"


def lines_name(rule: Lines) -> str:
    """Return the name of a text index."""
    return f"lines_{rule.label}_{rule.prop}"


def drop_index(index: str) -> Fragment:
    """Write the statement that drops an index."""
    return clause("DROP INDEX {name} IF EXISTS", name=name(index))


def statement(rule: Rule) -> Fragment:
    """Write the statement that makes a rule hold."""
    if isinstance(rule, Unique):
        return _unique(rule)
    if isinstance(rule, Lines):
        return _lines(rule)
    return _index(rule) if isinstance(rule, Index) else _full_text(rule)


def _unique(rule: Unique) -> Fragment:
    pattern = "()-[x:{of}]-()" if rule.relationship else "(x:{of})"
    return clause(
        "CREATE CONSTRAINT {name} IF NOT EXISTS FOR {on} REQUIRE x.{prop} IS UNIQUE",
        name=name(constraint_name(rule)),
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


def _lines(rule: Lines) -> Fragment:
    return clause(
        "CREATE TEXT INDEX {name} IF NOT EXISTS FOR (x:{label}) ON (x.{prop})",
        name=name(lines_name(rule)),
        label=name(rule.label),
        prop=name(rule.prop),
    )


def _full_text(rule: FullText) -> Fragment:
    return clause(
        "CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (x:{labels}) ON EACH [{props}] "
        "OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'whitespace'}}}}",
        name=name(WORDS),
        labels=join("|", [name(label) for label in rule.labels]),
        props=join(", ", [clause("x.{p}", p=name(prop)) for prop in rule.props]),
    )
