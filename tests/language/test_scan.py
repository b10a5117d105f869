"""The scan before parsing counts what the parser finds, is not misled by texts and comments, and stops at its limits."""

import time
from collections import Counter

import pytest
from graphql import FieldNode, SelectionSetNode, Visitor, parse, visit

from graph.errors import QuestionTooExpensive
from graph.question.document.read import DocumentLimits
from graph.question.document.scan import DEFINITIONS, VARIABLES, ScanLimits, scan
from schema.derived.graphql.build import core, schema
from tests.kit.family import families
from tests.kit.oracle.world import World
from tests.kit.paths import DOCUMENTS
from tests.kit.random.documents import documents

MANY = 10**9
SECONDS = 0.03
LONG = 95_000
TRICKS = {
    "a brace in a text": '{ a(x: "}") { b b } }',
    "a brace in a block text": '{ a(x: """ } " \\""" } """) { b b } }',
    "a backslash before the end of a block text": '{ a(x: """ \\\\""" { c c } """) { b b } }',
    "a quote in a comment": '{ a # " {\n b b }',
    "a hash in a text": '{ a(x: "#") b b }',
    "aliases": "{ a: b c: b a: b a: d }",
    "arguments named as fields": "{ a(a: 1, b: $a) a b(x: {a: 1, b: {a: a}}) }",
    "fragments": "{ ...A ... on Query { a a ...A } ... @include(if: true) { a } } fragment A on Query { a on on }",
    "a field named on": "{ on on ... on Query { on } on }",
    "keywords as names": "query query { query fragment: fragment fragment } fragment fragment on on { on }",
    "a default that is an object": "query ($a: I = {a: {b: 1}, c: 1} @d(a: {x: 1})) { a }",
    "directives": "{ a @x(a: 1) @y a @include(if: false) { b @z b } }",
}


class Counted(Visitor):
    """Counts selections, and pairs of fields with one response key in one selection set, as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.selections = self.pairs = 0

    def enter_selection_set(self, node: SelectionSetNode, *_: object) -> None:
        keys = Counter((each.alias or each.name).value for each in node.selections if isinstance(each, FieldNode))
        self.selections += len(node.selections)
        self.pairs += sum(count * (count - 1) // 2 for count in keys.values())


def accepts(text: str, selections: int, pairs: int, tokens: int = MANY) -> bool:
    try:
        scan(text, ScanLimits(tokens, selections, pairs))
    except QuestionTooExpensive:
        return False
    return True


def agrees(text: str) -> None:
    """The scan accepts exactly as much as the parser finds, and not one less."""
    counted = Counted()
    visit(parse(text), counted)
    assert accepts(text, counted.selections, counted.pairs)
    assert not accepts(text, counted.selections - 1, counted.pairs)
    assert counted.pairs == 0 or not accepts(text, counted.selections, counted.pairs - 1)


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_mislead_nothing(trick: str) -> None:
    agrees(TRICKS[trick])


def test_written_documents_are_counted_as_the_parser_counts() -> None:
    for family in families(DOCUMENTS):
        agrees(family.text)


def test_random_documents_are_counted_as_the_parser_counts(world: World) -> None:
    for written in documents(core(schema()), world, 14, 150):
        agrees(written.text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{ " + "a " * 20 + "}", "100 pairs of fields with the same response key"),
        ("{ " + " ".join(f"a{n}" for n in range(51)) + " }", "50 selections"),
        ("{ a(x: [" + "1 " * 1_000 + "]) }", "1,000 tokens"),
        ("query Q { a } " * (DEFINITIONS + 1), f"{DEFINITIONS} operations and fragments"),
        ("query (" + "$a: Int " * (VARIABLES + 1) + ") { a }", f"{VARIABLES} declared variables"),
    ],
)
def test_each_limit_is_named(text: str, says: str) -> None:
    limits = ScanLimits(10_000 if "tokens" not in says else 1_000, 50 if "selections" in says else MANY, 100)
    with pytest.raises(QuestionTooExpensive, match=says):
        scan(text, limits)


@pytest.mark.parametrize(
    "part",
    ["a ", '"', '\\"', '"""', '"""\\', ' \\"""', '"\\', "#\n", "(", "{", "}", "...", "\ud800", "é", "-1.0e9.", "@a"],
)
def test_no_text_takes_long(part: str) -> None:
    """The regular expression reads every text once; a text of 100 kB is scanned in milliseconds."""
    text = part * (LONG // len(part))

    def taken() -> float:
        begun = time.process_time()
        accepts(text, MANY, MANY, DocumentLimits().tokens)
        return time.process_time() - begun

    assert min(taken() for _ in range(5)) < SECONDS
