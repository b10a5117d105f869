"""Data frames: their rows are those of GraphQL, ids are texts, missing values are null."""

import builtins
import datetime
import tracemalloc
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citygraph_client import BadDocument, MissingExtra, frames
from citygraph_client.frames import Frame, frame
from tests.python_client.conftest import Connect

TEXT = """query ($first: Int, $after: String, $where: VisitWhere) {
  visits(first: $first, after: $after, where: $where) {
    nodes { id title kind delegates since { text earliest } costPerDelegate { amount currency }
      confidence hosts(first: 2) { nodes { id } } sources { id } }
    pageInfo { hasNextPage endCursor }
  }
}"""
NAMES = [
    "id", "title", "kind", "delegates", "since.text", "since.earliest", "costPerDelegate.amount",
    "costPerDelegate.currency", "confidence", "hosts.nodes", "sources",
]  # fmt: skip
ROWS = [
    {
        "id": "001",
        "n": 1,
        "when": {"text": "1991~", "earliest": "0990-01-01"},
        "of": None,
        "tags": ["a"],
        "yes": True,
        "x": 1,
    },
    {"id": "1e5", "n": None, "when": None, "of": {"name": "Łódź"}, "tags": [], "yes": None, "x": 2.5},
]
SELECTED = ["id", "n", "when.text", "when.earliest", "of.name", "tags", "yes", "x", "nothing"]


def at(row: Any, name: str) -> Any:
    for key in name.split("."):
        row = None if row is None else row[key]
    return row


@pytest.mark.parametrize("to", ["pandas", "polars"])
def test_a_frame_has_the_rows_of_graphql(client: Any, to: str) -> None:
    rows = list(client.rows(TEXT, "visits"))
    made = client.frame(TEXT, "visits", to=to)
    assert len(rows) > 100
    assert list(made.columns) == NAMES
    for name in NAMES:
        values = made[name].to_list()
        assert [None if value is pd.NA else value for value in values] == [at(row, name) for row in rows], name
    assert any(row["since"] is None for row in rows)


@pytest.mark.parametrize("to", ["pandas", "polars"])
def test_a_frame_without_rows_has_its_columns(client: Any, to: str) -> None:
    made = client.frame(TEXT, "visits", {"where": {"title": {"eq": "no such title"}}}, to=to)
    assert (len(made), list(made.columns)) == (0, [*NAMES[:9], "hosts.nodes.id", "sources.id"])


def test_types_of_pandas() -> None:
    made = frame(ROWS, SELECTED, "pandas", days=["when.earliest"])
    assert {name: str(type_) for name, type_ in made.dtypes.items()} == {
        "id": "string", "n": "Int64", "when.text": "string", "when.earliest": "datetime64[s]", "of.name": "string",
        "tags": "object", "yes": "boolean", "x": "Float64", "nothing": "string",
    }  # fmt: skip
    assert made["id"].to_list() == ["001", "1e5"]
    assert made["when.earliest"][0].date() == datetime.date(990, 1, 1)
    assert made.isna().sum().to_dict() == {
        "id": 0, "n": 1, "when.text": 1, "when.earliest": 1, "of.name": 1, "tags": 0, "yes": 1, "x": 0, "nothing": 2,
    }  # fmt: skip


def test_types_of_polars() -> None:
    made = frame(ROWS, SELECTED, "polars", days=["when.earliest"])
    assert made.schema == {
        "id": pl.String, "n": pl.Int64, "when.text": pl.String, "when.earliest": pl.Date, "of.name": pl.String,
        "tags": pl.List(pl.String), "yes": pl.Boolean, "x": pl.Float64, "nothing": pl.String,
    }  # fmt: skip
    assert made["when.earliest"].to_list() == [datetime.date(990, 1, 1), None]
    assert made["id"].to_list() == ["001", "1e5"]


@pytest.mark.parametrize("to", ["pandas", "polars"])
def test_values_of_several_kinds_are_kept(to: Any) -> None:
    made = frame([{"a": 1, "b": 2**70}, {"a": "x", "b": 1}], ["a", "b"], to)
    assert made["a"].to_list() == ([1, "x"] if to == "pandas" else ["1", '"x"'])
    assert [int(value) for value in made["b"].to_list()] == [2**70, 1]


def test_an_object_that_is_null_makes_no_column() -> None:
    def columns(rows: list[Any], selected: list[str]) -> dict[str, list[Any]]:
        made: dict[str, list[Any]] = frame(rows, selected, "polars").to_dict(as_series=False)
        return made

    assert columns([{"a": None}, {"a": {"b": 1}}], ["a.b"]) == {"a.b": [None, 1]}
    assert columns([{"a": None}], ["a.b"]) == {"a.b": [None]}
    assert columns([{"a": [{"b": 1}]}, {"a": []}], ["a.b"]) == {"a": [[{"b": 1}], []]}
    assert columns(["x", "y"], []) == {"value": ["x", "y"]}


CELLS = [
    st.none() | st.integers(-3, 3) | st.floats(-2, 2),
    st.none() | st.integers(-3, 3) | st.just(2**70) | st.booleans() | st.sampled_from(["001", "1991~"]),
    st.none() | st.booleans(),
    st.none() | st.lists(st.just("a"), max_size=2),
]
"""Values of one column. Numbers and words are never in one of GraphQL's."""
ROWS_OF = st.tuples(st.sampled_from(CELLS), st.sampled_from(CELLS)).flatmap(
    lambda cells: st.lists(
        st.fixed_dictionaries(
            {
                "a": cells[0],
                "n": st.none() | st.integers(0, 9),
                "of": st.none() | st.fixed_dictionaries({"x": cells[1]}),
            },
            optional={"day": st.sampled_from(["2015-06-30", None])},
        ),
        max_size=8,
    )
)


@pytest.mark.parametrize("to", ["pandas", "polars"])
def test_a_frame_of_many_parts_is_that_of_one(to: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def same(rows: list[Any], selected: list[str], days: tuple[str, ...]) -> None:
        made = []
        for size in (1000, 3, 1):
            monkeypatch.setattr(frames, "TOGETHER", size)
            made.append(frame(rows, selected, to, days))
        for each in made[1:]:
            if to == "pandas":
                pd.testing.assert_frame_equal(each, made[0])
            else:
                assert each.schema == made[0].schema
                assert each.equals(made[0])

    @settings(max_examples=60, deadline=None)
    @given(ROWS_OF, st.booleans())
    def each(rows: list[Any], listed: bool) -> None:
        same(rows, ["a", "n", "of.x"] if listed else [], ("day",) if any("day" in row for row in rows) else ())

    each()


def test_more_rows_take_no_more_objects_of_python() -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        made = Frame(["id", "n", "of.name"], "polars")
        for at in range(number):
            made.add([{"id": f"visit/{at}", "n": at, "of": {"name": f"City {at}"}}])
        assert len(made.done()) == number
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(60_000) < 1.3 * peak(20_000)


@pytest.mark.parametrize("to", ["pandas", "polars"])
def test_days_must_be_days(to: Any) -> None:
    with pytest.raises(BadDocument, match="does not hold days"):
        frame(ROWS, SELECTED, to, days=["when.text"])
    with pytest.raises(BadDocument, match="'since', which is no column"):
        frame(ROWS, SELECTED, to, days=["since"])


def test_a_library_that_is_not_installed_is_named(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = builtins.__import__

    def without(name: str, *given: Any, **named: Any) -> Any:
        if name.partition(".")[0] in ("pandas", "polars", "networkx", "igraph"):
            raise ImportError(name)
        return kept(name, *given, **named)

    monkeypatch.setattr("citygraph_client.frames.import_module", without)
    client = connect(1)
    for to in ("pandas", "polars"):
        with pytest.raises(MissingExtra, match=f"citygraph-client\\[{to}\\]"):
            client.frame("{ a { b } }", "a", to=to)
    for to in ("networkx", "igraph"):
        with pytest.raises(MissingExtra, match=f"citygraph-client\\[{to}\\]"):
            client.network(city="city/x", to=to)
    with pytest.raises(BadDocument, match="accepted are pandas and polars"):
        client.frame("{ a { b } }", "a", to="excel")
