"""Values as JSON: numbers, texts, dates, moments, amounts and sums, also odd ones, as Python and orjson write them."""

import math
import random
import struct
from typing import Any

import pytest

from graph.question.decode.native import Library
from graph.question.decode.page import Absent
from graph.question.plan.shapes import Format
from tests.kit.random.documents import random_seed
from tests.native.made import LEFT, both, plan, value
from tests.native.packing import pack

FLOATS = (
    0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 1e15, 1e16, 9007199254740993.0, 1e17, 123456789012345680.0, 1e21, 1e22, 1e-4, 1e-5, 1e-6,
    1e-7, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 989896121825172.25, 78745733768231.125, math.nan, math.inf,
    -math.inf, 45.070312, 7.686856, 999999999.999999, 1e9 + 0.000001,
)  # fmt: skip
INTEGERS = (
    0,
    -1,
    127,
    128,
    -16,
    -17,
    -128,
    -129,
    32767,
    32768,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
)
TEXTS = ("", "Turin", 'a "quoted" \\ text', "\b\t\n\f\r\x00\x1f\x7f", "\u2028 é ž 日本 😀", "/" * 300, "x" * 70_000)
LISTS: tuple[list[Any], ...] = ([], [1, [2.5, None, [True, False]]], ["a", "b"], [[]] * 20)
WHENS = (
    "1993", "2009-04", "2009-04-17", "1991~", "1991-02?", "2000-02-29", "2024-02", "1900-02", "0001-01-01", "9999-12-31%", "197X",
    "19XX", "2009-XX", "2009-04-XX", "[1989..1992]", "[2024,2025]", "2016/2022", "2017/..", "../2012", "0000",
)  # fmt: skip
NO_WHENS = (
    "",
    "1900-02-29",
    "2009-13",
    "2009-00-01",
    "2009-4",
    "20090417",
    "2009-04-31",
    "2009-04-17T10:00",
    "²009",
    "199",
)
MOMENTS = (
    0,
    1,
    999,
    86_399_999,
    951_782_400_000,
    1_709_164_800_123,
    3_999_999_999_999,
    4_000_000_000_001,
    -1,
    -86_400_001,
)
DAYS = ("2024-03-01", "2023-03-01", "2000-01-01", "1999-12-31", "0001-01-02", "20240301", "2024-W09-5")
NO_DAYS = ("0001-01-01", "2023-02-29", "", "tomorrow")
SUMS = (
    [0, None], [None, None], [3, 7], [3, -10], [2, 1.5], [2, math.inf], [2, math.nan], [3, 2**53], [3, 2**53 + 1],
    [3, 2**40, 2**50],
    [3, 5, 2**45], [7, 1, -(2**33)], [2, 1.5, 0], [2, 1.5, 2.5], [2, 1, 0.25], [2, 1, 0, "EUR", "EUR"], [2, 1, 0, "EUR", "USD"],
    [2, 1.25, 3, None, None], [2, 1.25, 3, None, "EUR"], [3, 9007199254740991, 0], [3, 2**62, 2**62], [2, -(2**53) - 1],
)  # fmt: skip
PAIRS = ([None, None], [5, "EUR"], [1.5, None], [45.07, 7.68], [-0.0, 180.0], [1e300, "日"])
ONES = (
    [5, "EUR", "EUR"],
    [5, "EUR", "USD"],
    [None, None, None],
    [None, "EUR", "EUR"],
    [2.5, None, "EUR"],
    [1, None, None],
)
WHEN, MONEY, POINT = (
    ("earliest", "__typename", "text", "latest"),
    ("currency", "amount", "__typename"),
    ("longitude", "latitude"),
)
KNOWN: tuple[tuple[Format, tuple[str, ...], tuple[Any, ...]], ...] = (
    (Format.PLAIN, (), (*FLOATS, *INTEGERS, *TEXTS, *LISTS, True, False)),
    (Format.TEXTS, (), (*LISTS, None)),
    (Format.MARKING, (), (0, 1, 2, 3)),
    (Format.INSTANT, (), MOMENTS),
    (Format.END_DAY, (), DAYS),
    (Format.WHEN, WHEN, WHENS),
    (Format.MONEY, MONEY, PAIRS),
    (Format.POINT, POINT, PAIRS),
    (Format.MONEY_OF_ONE, MONEY, ONES),
    (Format.SUM, (), SUMS),
    (Format.MEAN, (), SUMS),
)
ODD: tuple[tuple[Format, tuple[str, ...], tuple[Any, ...]], ...] = (
    (Format.PLAIN, (), (b"bytes", {"a": 1})),
    (Format.TEXTS, (), ("text", 0, {"a": 1})),
    (Format.MARKING, (), (4, -1, "CLEAR", 1.0, True, [])),
    (Format.INSTANT, (), (1.5, "1970", 2**62, True)),
    (Format.END_DAY, (), (*NO_DAYS, 3, [])),
    (Format.WHEN, WHEN, (*NO_WHENS, 1993, ["1993"])),
    (Format.MONEY, MONEY, ([], [1], "text", [b"", "EUR"])),
    (Format.POINT, POINT, ([], [1], 7)),
    (Format.MONEY_OF_ONE, MONEY, ([], [1, "EUR"], [1, 2, 2], [1, 2, 3], 7)),
    (Format.SUM, (), ([], [1], [1, None], ["a", 1], [1, "a"], [1, 2, 3, 4], [1, 2, None], [True, 2], 3)),
    (Format.MEAN, (), ([], [1], [1, None], [1.0, 2], [2, True], [2, 2**60], [2**60, 1])),
)
"""Values that do not belong to a format: Python may refuse them or show them somehow."""


@pytest.mark.parametrize(("format_", "parts", "values"), KNOWN, ids=[each[0].name for each in KNOWN])
@pytest.mark.parametrize("required", [False, True])
def test_values_are_written_as_python_writes_them(
    library: Library, format_: Format, parts: tuple[str, ...], values: tuple[Any, ...], required: bool
) -> None:
    of = plan(value(format_, required=required, parts=parts))
    for stored in (*values, None):
        native, python = both(library, of, pack([stored]))
        assert native == (LEFT if python is Absent else python), stored


@pytest.mark.parametrize(("format_", "parts", "values"), ODD, ids=[each[0].name for each in ODD])
def test_a_value_of_another_format_is_left_to_python(
    library: Library, format_: Format, parts: tuple[str, ...], values: tuple[Any, ...]
) -> None:
    for stored in values:
        for beside in (None, 0, 3, "text"):  # what stands behind a list that is too short
            native, python = both(library, plan(value(format_, parts=parts)), pack([stored, beside, beside, beside]))
            assert native in (LEFT, python), (stored, beside)


def test_floats_are_written_as_orjson_writes_them(library: Library) -> None:
    """Also ties between two shortest decimals, of which orjson takes the even one."""
    chance = random.Random(random_seed())
    of, floats = plan(value(Format.PLAIN)), []
    for _ in range(5_000):
        floats += [
            struct.unpack(">d", chance.randbytes(8))[0],
            round(chance.uniform(-1000, 1000), chance.randrange(8)),
            chance.random() * 10.0 ** chance.randrange(-12, 22),
            chance.randrange(2**50, 2**53) / 2 ** chance.randrange(1, 12),
        ]
    native, python = both(library, of, pack([floats]))
    assert native == python


def test_days_and_moments_are_those_of_the_calendar(library: Library) -> None:
    chance = random.Random(random_seed())
    for format_, texts in (
        (Format.END_DAY, [f"{chance.randrange(1, 2500):04}-{m:02}-{d:02}" for m in range(1, 13) for d in range(1, 32)]),
        (Format.INSTANT, [chance.randrange(4_100_000_000_000) for _ in range(500)]),
    ):
        for stored in texts:
            native, python = both(library, plan(value(format_)), pack([stored]))
            assert native == python, stored
