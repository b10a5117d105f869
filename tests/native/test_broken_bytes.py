"""Bytes that are no record, or no program: an answer or none, and never a crash, whatever they are."""

import random
import time
from functools import partial
from typing import Any

import pytest

from graph.question.decode.native import Library
from graph.question.decode.page import Request
from graph.question.decode.program import program
from graph.question.plan.columns import Plan
from graph.question.plan.shapes import (
    AbstractShape,
    ConnectionShape,
    CountShape,
    EdgesShape,
    Format,
    ListShape,
    LookupShape,
    NodesShape,
    ObjectShape,
    PageInfoShape,
    PageShape,
    RelatedShape,
    TypeShape,
    ValueShape,
)
from tests.kit.random.documents import random_seed
from tests.native.made import agree, both, outcome, plan, request
from tests.native.packing import pack, unpack

PARTS = tuple((part, part) for part in ("text", "earliest", "latest"))
CITY = ObjectShape((ValueShape("name", 0, Format.PLAIN, True), ValueShape("since", 1, Format.WHEN, False, PARTS)))
EITHER = AbstractShape(0, 1, ((("City",), CITY), (("Person", "Group"), ObjectShape((TypeShape("type", "Person"),)))))
INFO = tuple((part, part) for part in ("hasNextPage", "endCursor", "startCursor", "hasPreviousPage", "__typename"))


def pages(*, backward: bool) -> ConnectionShape:
    parts = (
        EdgesShape("edges", CITY),
        CountShape("all", 1),
        PageInfoShape("pageInfo", INFO),
        NodesShape("nodes", CITY),
    )
    return ConnectionShape("pages", 0, parts, (0, 1), 1, PageShape(7, True, backward, True, False))


ROW = ["Turin", "1993-04"]
ALL = plan(
    ListShape("list", 2, EITHER),
    pages(backward=False),
    RelatedShape("related", 3, ObjectShape((pages(backward=True),))),
    LookupShape("many", 0, CITY, 5, 0),
    LookupShape("one", 0, CITY),
)
RECORD: list[Any] = [
    [ROW, ["Graz", "197X"], ["Nagoya", None]], 12, [["City", ROW], ["Group", []]], [[ROW, ROW], 2.5]
]  # fmt: skip


def given() -> Request:
    return request(p7=3, p5=["Graz", "Nowhere", "Turin", "Graz"])


def test_the_record_itself_is_written(library: Library) -> None:
    native, python = both(library, ALL, pack(RECORD), given())
    assert isinstance(native, bytes)
    assert native == python
    assert native.count(b"Turin") > 5


@pytest.mark.parametrize("limit", range(5))
def test_pages_of_every_length(library: Library, limit: int) -> None:
    asked = request(p7=limit, p5=[])
    native, python = both(library, ALL, pack(RECORD), asked)
    assert native == python


def test_a_record_that_ends_early_has_no_answer(library: Library) -> None:
    packed = pack(RECORD)
    writer = library.writer(ALL)
    assert writer is not None
    assert [length for length in range(len(packed)) if writer.write(packed[:length], given(), unpack)] == []
    assert writer.write(packed + b"\x01", given(), unpack) is None


def test_changed_bytes_give_what_python_gives_or_nothing(library: Library) -> None:
    chance = random.Random(random_seed())
    packed, same = pack(RECORD), 0
    for _ in range(2_000):
        broken = bytearray(packed)
        for _ in range(chance.randrange(1, 3)):
            broken[chance.randrange(len(broken))] = chance.choice((chance.randrange(256), 0xC0, 0xD6, 0xB1, 0x90))
        native, python = both(library, ALL, bytes(broken), given())
        if isinstance(outcome(partial(unpack, bytes(broken))), type):
            # A text that is not UTF-8 is not noticed in a row that is not shown.
            assert native is not None
            continue
        # Python reads no further than the value, and takes texts and numbers for lists and keys.
        assert agree(native, python), (bytes(broken), native, python)
        same += native == python
    assert same > 100


def test_a_program_that_is_none_is_refused(library: Library) -> None:
    made = program(ALL).data
    refused = [made[:length] for length in range(len(made))] + [made + b"\0", b"\xff" * 50, made[:1] + b"\1" + made[2:]]
    assert not [data for data in refused if library._make(data, len(data))]


def test_changed_programs_do_no_harm(library: Library) -> None:
    chance = random.Random(random_seed())
    made, packed = program(ALL), pack(RECORD)
    asked, accepted = made.request(given().parameters), 0
    for _ in range(3_000):
        broken = bytearray(made.data)
        broken[chance.randrange(len(broken))] = chance.randrange(256)
        handle = library._make(bytes(broken), len(broken))
        if handle:
            accepted += 1
            library.write(handle, packed, asked)
            library._forget(handle)
    assert accepted > 100


def test_depth_and_counts_that_lie_are_refused_at_once(library: Library) -> None:
    of = plan(ValueShape("value", 0, Format.PLAIN, False))
    writer = library.writer(of)
    assert writer is not None
    began = time.process_time()
    for packed in (
        b"\x91" * 1_000_000,
        b"\x91" * 1_000_000 + b"\xc0",
        b"\x91\xd6\xff\xff\xff\xff",
        b"\xd6\xff\xff\xff\xff\xc0",
        b"\x91\xd2\xff\xff\xff\xff",
        b"\x91\xda\xff\xff\xff\xff\x81a",
        b"\x92\xc0" + b"\xd6\xff\xff\xff\xff" * 1_000,
        b"",
    ):
        assert writer.write(packed, request(), unpack) is None
    assert time.process_time() - began < 1


def test_a_plan_that_is_too_deep_is_left_to_python(library: Library) -> None:
    shape = ObjectShape((ValueShape("value", 0, Format.PLAIN, False),))
    for _ in range(110):
        shape = ObjectShape((RelatedShape("of", 0, shape),))
    deep: Plan = plan(*shape.fields)
    assert library.writer(deep) is None
