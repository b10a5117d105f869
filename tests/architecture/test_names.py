"""No concept of the model is named outside of schema/domain: whatever depends on one learns of it from the declaration."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from schema.domain.evidence import COMMON
from schema.language.computed import ObjectType
from schema.language.kinds import Choice
from schema.model import model
from tests.architecture.code import Module, for_each, product

FOLDERS = (
    "graph/question/", "graph/computed/", "graph/cypher/", "graph/facts/", "graph/access/", "graph/bolt/",
    "graph/matching/", "graph/mutations/", "graph/subscriptions/", "schema/derived/graphql/",
)  # fmt: skip
ALLOWED = {
    "Made": (("graph/bolt/",), "a type variable"),
    "Source": (("graph/question/document/",), "a type of Python"),
    "aliases": (("graph/question/document/",), "aliases of a GraphQL document"),
    "from": (
        ("graph/question/plan/", "graph/facts/", "graph/mutations/", "schema/derived/graphql/"),
        "an argument of `path`; a column of rows",
    ),
    "city": (
        ("schema/derived/graphql/", "graph/mutations/", "graph/matching/"),
        "an argument of `drafts`; what a source tells of a name",
    ),
    "country": (("schema/derived/graphql/", "graph/mutations/", "graph/matching/"), "what a source tells of a name"),
    "website": (("schema/derived/graphql/", "graph/mutations/", "graph/matching/"), "what a source tells of a name"),
    "problems": (("schema/derived/graphql/", "graph/mutations/"), "what is refused of a write"),
    "events": (("schema/derived/graphql/",), "the field of Subscription"),
    "kind": (("schema/derived/graphql/",), "what happened to a fact"),
    "name": (
        ("graph/cypher/", "graph/facts/", "graph/mutations/", "schema/derived/graphql/"),
        "a property of the record of loads; a name that a source gives",
    ),
    "role": (("graph/bolt/",), "what a server of a cluster is for, as the protocol names it"),
    "size": (("graph/question/document/",), "an argument that other platforms have for pages"),
    "value": (
        ("graph/cypher/", "graph/facts/", "graph/question/", "graph/mutations/", "schema/derived/graphql/"),
        "a property of the record of loads; a local of Python; a unique value that a source gives",
    ),
}  # fmt: skip
"""Declared names that mean something else in these folders, and what."""
WORD = re.compile(r"(?<=[.:|'`])[A-Za-z_]\w*")
"""What Cypher writes as a property, a label, a type or a text."""


@cache
def declared() -> frozenset[str]:
    """Name all that the model declares; what every fact has is no concept's own."""
    concepts, relationships = model().concepts.values(), model().relationships.values()
    names = {name for spec in concepts for name in (spec.label, spec.singular, spec.plural)}
    names |= {name for spec in relationships for name in (spec.name, spec.type)}
    names |= {field for routes in model().routes.values() for field in routes}
    for properties in (*(spec.properties for spec in concepts), *(spec.properties for spec in relationships)):
        names |= {*properties, *(word for prop in properties.values() for word in _words(prop.choices))}
    for computed in (*(spec.computed for spec in concepts), *(spec.computed for spec in relationships)):
        names |= {*computed, *(word for field in computed.values() for word in _words(field.choices))}
    names |= {field.returns.name for field in model().computed_fields() if isinstance(field.returns, ObjectType)}
    return frozenset(names - COMMON.keys())


def _words(choices: type[Choice] | None) -> Iterator[str]:
    yield from (choice.name for choice in choices or ())


def named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find the declared names in the strings of a module; docstrings may speak of concepts."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            for word in sorted({node.value, *WORD.findall(node.value)} & declared()):
                yield node.lineno, word


@for_each(lambda: [module for module in product() if module.name.startswith(FOLDERS)])
def test_no_concept_is_named(module: Module) -> None:
    unknown = [
        (line, name) for line, name in named(module.tree) if not module.name.startswith(ALLOWED.get(name, ((), ""))[0])
    ]
    assert not unknown


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("site = ledger.site(('Topic',))", "Topic"),
        ("under = model.relationships['Under']", "Under"),
        ("clause('({a})-[:LISTED_ON]->({b})')", "LISTED_ON"),
        ("clause('{r}.consent IN {words}')", "consent"),
        ("clause(\"{r}.said IN ['NAMED']\")", "NAMED"),
        ("along(routes[label]['roster'])", "roster"),
        ("if selection.name == 'lagYears': pass", "lagYears"),
        ("shown = {'__typename': 'TieChange'}", "TieChange"),
    ],
)
def test_a_concept_that_is_named_is_found(line: str, name: str) -> None:
    assert list(named(ast.parse(f'"""Topic, NAMED."""\n{line}'))) == [(2, name)]


def test_what_every_fact_has_is_no_concept() -> None:
    assert not list(named(ast.parse("clause('{n}:Fact AND {n}.id = {n}.since AND {n}.level <= {n}.untilDay')")))


@pytest.mark.parametrize("name", ALLOWED)
def test_every_exception_is_needed(name: str) -> None:
    """Each folder that an exception names holds the name."""
    assert name in declared()
    for folder in ALLOWED[name][0]:
        modules = [module for module in product() if module.name.startswith(folder)]
        assert any(name == each for module in modules for _, each in named(module.tree)), folder
