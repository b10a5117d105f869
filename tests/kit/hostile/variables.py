"""Small documents with variables that are costly to read or to check. In: a random generator. Out: kinds."""

import base64
import json
from random import Random
from typing import Any

from tests.kit.hostile.documents import EDTF
from tests.kit.hostile.kind import Kind, bodies

BY_FILTER = "query ($w: CityWhere) { cities(where: $w, first: 1) { totalCount } }"
BY_IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
BY_CURSOR = "query ($a: String) { cities(first: 2, after: $a) { nodes { id } } }"
BY_ORDER = "query ($o: [CityOrder!]) { cities(first: 1, orderBy: $o) { nodes { id } } }"
AS_OF = "query ($d: Edtf) { cities(first: 1, asOf: $d) { nodes { id } } }"
BY_TEXT = "query ($t: String!) { search(text: $t, first: 1) { totalCount } }"
SHAPES = (
    "query ($a: Boolean! $b: Boolean! $c: Boolean! $d: Boolean! $e: Boolean! $f: Boolean! $g: Boolean!) { cities(first: 2) "
    "{ nodes { id @include(if: $a) name @include(if: $b) note @include(if: $c) population @include(if: $d) country @include("
    "if: $e) { name } sizeClass @include(if: $f) twins(first: 1) @include(if: $g) { totalCount } } } }"
)


def filtered(where: Any) -> dict[str, Any]:
    return {"query": BY_FILTER, "variables": {"w": where}}


def _nested(levels: int) -> dict[str, Any]:
    where: dict[str, Any] = {}
    for _ in range(levels):
        where = {"not": where}
    return where


def _written(text: str, variables: str) -> bytes:
    """Write a body whose variables are already JSON."""
    return f'{{"query": {json.dumps(text)}, "variables": {variables}}}'.encode()


def _cursor(random: Random) -> dict[str, Any]:
    """Write a cursor of 50 kB that is no cursor of ours, or looks like one of many keys."""
    inside = random.choice(
        [b"[" * 36_000, b"[" + b"1," * 18_000 + b"1]", random.randbytes(36_000), b'["' + b"\\u0000" * 6_000]
    )
    sealed = base64.urlsafe_b64encode(random.randbytes(12) + inside).decode().rstrip("=")
    return {"query": BY_CURSOR, "variables": {"a": sealed}}


def _shape(random: Random) -> dict[str, Any]:
    return {"query": SHAPES, "variables": {name: random.random() < 0.5 for name in "abcdefg"}}


def _ids(random: Random) -> dict[str, Any]:
    return {"query": BY_IDS, "variables": {"ids": [f"city/{random.randrange(10**6)}" for _ in range(5_500)]}}


VARIABLES: tuple[Kind, ...] = (
    bodies(
        "nested filters",
        "A filter with hundreds of filters inside one another.",
        lambda r: filtered(_nested(r.randrange(240, 250))),
    ),
    bodies(
        "wide filters",
        "A filter with thousands of empty filters.",
        lambda r: filtered({"or": [{}] * r.randrange(20_000, 22_000)}),
    ),
    bodies(
        "wide comparisons",
        "A filter with thousands of comparisons.",
        lambda r: filtered({"and": [{"population": {"gt": n + r.randrange(99)}} for n in range(2_200)]}),
    ),
    bodies("thousands of ids", "A list of 5,500 ids.", _ids),
    bodies(
        "10,000 values",
        "A filter by 10,000 values.",
        lambda r: filtered({"population": {"in": [r.randrange(10**5) for _ in range(10_000)]}}),
    ),
    bodies(
        "values of a wrong type",
        "45,000 values of a wrong type, each of which is an error.",
        lambda r: filtered({"name": {"in": [r.randrange(9)] + [1] * 30_000}}),
    ),
    bodies(
        "unknown properties",
        "7,000 properties that the filter lacks.",
        lambda r: filtered({f"x{n}{r.randrange(9)}": 1 for n in range(7_000)}),
    ),
    bodies(
        "a long text",
        "A text of 90,000 characters to look for.",
        lambda r: filtered({"name": {"contains": chr(r.randrange(97, 122)) * 90_000}}),
    ),
    bodies(
        "marks over letters",
        "A text of 40,000 marks over one letter, which is compared without them.",
        lambda r: filtered({"name": {"contains": "a" + chr(r.randrange(0x300, 0x340)) * 14_000}}),
    ),
    bodies(
        "a long search",
        "A search for 18,000 words, or for ten words of a letter.",
        lambda r: {
            "query": BY_TEXT,
            "variables": {
                "t": r.choice((f"w{r.randrange(999)} " * 18_000, " ".join(r.sample("abcdefghijklmnopqrst", 10))))
            },
        },
    ),
    bodies(
        "a search in Lucene's syntax",
        "A search for operators, brackets and wildcards of Lucene.",
        lambda r: {
            "query": BY_TEXT,
            "variables": {
                "t": r.choice(["*?~" * 9_000, "((" * 20_000, "a OR " * 9_000, "[* TO *] " * 4_000, "\\" * 40_000])
            },
        },
    ),
    bodies(
        "a long date",
        "A date of 90,000 characters.",
        lambda r: {"query": AS_OF, "variables": {"d": r.choice(EDTF) * 90}},
    ),
    bodies("a long cursor", "A cursor of 50,000 characters.", _cursor),
    bodies(
        "a long order",
        "An order of thousands of keys.",
        lambda r: {"query": BY_ORDER, "variables": {"o": [{"name": "ASC"}] * r.randrange(4_000, 4_100)}},
    ),
    bodies(
        "deep JSON",
        "JSON of 40,000 lists inside one another.",
        lambda r: _written(BY_FILTER, '{"w": ' + "[" * 40_000 + "]" * 40_000 + "}"),
    ),
    bodies(
        "JSON nested within limits",
        "JSON of 1,000 objects inside one another, in a variable that nothing declares.",
        lambda r: _written(BY_FILTER, '{"z%d": ' % r.randrange(10**6) + '{"a": [' * 450 + "]}" * 450 + "}"),
    ),
    bodies(
        "one key again and again",
        "An object with one key, 9,000 times.",
        lambda r: _written(BY_FILTER, "{" + '"w": {},' * 9_000 + '"w": {}}'),
    ),
    bodies(
        "long numbers",
        "Numbers of 40,000 digits, and beyond what a float holds.",
        lambda r: _written(
            BY_FILTER, '{"w": {"population": {"in": [' + "9" * 40_000 + ", 1e999, -0.0, 1" + "0" * 400 + "]}}}"
        ),
    ),
    bodies(
        "escapes",
        "A text of 14,000 escaped characters, zeros and halves of surrogate pairs.",
        lambda r: _written(
            BY_FILTER, '{"w": {"name": {"eq": "' + r.choice(["\\u0000", "\\ud800", "\\ud83d\\ude00"]) * 7_000 + '"}}}'
        ),
    ),
    bodies("shapes", "One document with 128 shapes of its variables, more than are kept.", _shape, times=12),
    bodies(
        "unknown documents",
        "Ids of trusted documents that do not exist.",
        lambda r: {"documentId": f"sha256:{r.getrandbits(256):x}"},
        times=20,
    ),
    bodies(
        "a large operation name",
        "An operation name of 90,000 letters.",
        lambda r: {"query": "query A { __typename }", "operationName": f"{r.randrange(99)}" + "A" * 90_000},
    ),
    bodies(
        "large extensions",
        "Extensions of 90,000 characters.",
        lambda r: {"query": "{ __typename }", "extensions": {f"e{n}": r.randrange(9) for n in range(7_000)}},
    ),
)
