"""Reading a document: the errors are those of graphql-core, and hardly anything is left that only the collector would free."""

import gc
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from graphql import parse, specified_rules, validate

from app.start.settings import Profile, Settings
from graph.errors import QuestionError, QuestionRefused
from graph.question.document.links import validated
from graph.question.document.read import read
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.kit.hostile.floods import LARGEST, heavy, medium

DOCUMENTS = (
    "{ cities { nodes { id name } } }",
    "{ nothing { here } cities { nodes { nor here } } }",
    "query A { a: cities { totalCount } } query A($x: Int, $x: Int) { ...F ...G } fragment F on City { id ...F }",
    '{ cities(first: "a", where: {name: {eq: 1}}) { nodes { country } } ... on Visit { id } }',
    "{ " + " ".join(f"u{n}" for n in range(150)) + " }",
    "subscription { events { fact } events2: events { fact } }",
    "{ ...A } "
    + " ".join(f"fragment A{n} on Query {{ ...A{n + 1} }}" for n in range(300))
    + " fragment A on Query { ...A0 }",
    "{ cities { nodes { name: id name } } } fragment F on Nothing { id }",
)
MOST = 150
"""Objects that may be left of a document; it was 750 to 1,020."""


@pytest.mark.parametrize("most", [100, 3])
@pytest.mark.parametrize("hidden", [True, False])
@pytest.mark.parametrize("text", DOCUMENTS)
def test_the_errors_are_those_of_graphql_core(text: str, hidden: bool, most: int) -> None:
    served, ast = core(schema()), parse(text)
    theirs = validate(served, ast, specified_rules, max_errors=most, hide_suggestions=hidden)
    ours = validated(served, ast, specified_rules, max_errors=most, hide_suggestions=hidden)
    assert [(each.message, each.locations) for each in ours] == [(each.message, each.locations) for each in theirs]


@pytest.mark.parametrize("write", [medium, heavy, lambda _: LARGEST, lambda _: DOCUMENTS[1], lambda _: DOCUMENTS[2]])
def test_hardly_anything_is_left_of_a_document_that_was_read(write: Callable[[Random], str]) -> None:
    settings, random = Settings(profile=Profile.HARDENED, key_secret="x" * 32), Random(1)
    served, limits, domain, many = core(schema()), settings.limits().document, model(), 20
    texts = [write(random) for _ in range(many + 1)]

    def work(text: str) -> None:
        with suppress(QuestionError, QuestionRefused):
            read(text, served, limits, domain)

    work(texts[0])
    gc.collect()
    gc.disable()
    try:
        for text in texts[1:]:
            work(text)
        assert gc.collect() / many < MOST
    finally:
        gc.enable()
