"""Overlaps are counted place by place with fragments merged, as graphql-core compares them, and never unfold without end."""

import time

import pytest
from graphql import parse

from graph.errors import QuestionRefused, QuestionTooExpensive
from graph.question.document.overlaps import Overlaps
from graph.question.document.read import DocumentLimits, _split, read
from schema.derived.graphql.build import core, schema
from schema.model import model

MANY = 10**9
COUNTED = {
    # text: fields and pairs, by hand
    "{ a b { c } }": (3, 0),
    "{ a a a }": (3, 3),
    "{ x: a x: a a }": (3, 1),
    "{ a { b } a { b b } }": (5, 1 + 3),
    "{ ...F ...F a } fragment F on Query { a }": (2, 1),
    "{ ...F ...G } fragment F on Query { a } fragment G on Query { a b }": (3, 1 + 1),
    "{ ... on Query { a } ... on Query { a } a }": (3, 3),
    "{ n { ...F } n { ...F } } fragment F on N { a b }": (4, 1),
}


def overlaps(text: str, fields: int = MANY, pairs: int = MANY) -> Overlaps:
    document = _split(parse(text))
    made = Overlaps(document.fragments, fields, pairs)
    made.measure(next(iter(document.operations.values())).selection_set)
    return made


@pytest.mark.parametrize("text", COUNTED)
def test_fields_and_pairs_are_counted(text: str) -> None:
    counted = overlaps(text)
    assert (counted.fields, counted.pairs) == COUNTED[text]
    fields, pairs = COUNTED[text]
    overlaps(text, fields, pairs)
    with pytest.raises(QuestionTooExpensive, match="fields"):
        overlaps(text, fields - 1, MANY)
    if pairs:
        with pytest.raises(QuestionTooExpensive, match="pairs"):
            overlaps(text, MANY, pairs - 1)


def test_fragments_do_not_multiply_the_work() -> None:
    """Each of twenty fragments spreads the next twice, under two keys: a million fields if they were unfolded."""
    parts = [f"fragment F{n} on Q {{ a {{ ...F{n + 1} }} b {{ ...F{n + 1} }} }}" for n in range(20)]
    text = "{ ...F0 } " + " ".join(parts) + " fragment F20 on Q { c }"
    begun = time.process_time()
    with pytest.raises(QuestionTooExpensive, match="2,000 fields"):
        overlaps(text, 2_000, 5_000)
    assert time.process_time() - begun < 0.5


def refusals(text: str) -> list[str]:
    try:
        read(text, core(schema()), DocumentLimits(), model())
    except QuestionRefused as refused:
        return [error.message for error in refused.errors]
    return []


@pytest.mark.parametrize(
    "text",
    [
        "{ ...F } fragment F on Query { ...F }",
        "{ cities { nodes { ...F } } } fragment F on City { twins { nodes { ...F } } }",
        "{ cities { nodes { ...F } } } fragment F on City { twins { nodes { ...G } } } fragment G on City { ...F }",
    ],
)
def test_a_fragment_that_spreads_itself_is_called_that(text: str) -> None:
    assert any("within itself" in message for message in refusals(text))
