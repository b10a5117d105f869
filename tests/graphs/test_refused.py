"""What formats cannot hold, how waves become spells, and that files depend on the network alone."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import networkx
import openpyxl
import pytest

from graph.export.graphs.exported import RESERVED, Attribute, CannotHold, Exported, Node, Tie, Type, Wave, free
from graph.export.graphs.formats import FORMATS
from tests.graphs.given import DIRECTED, EMPTY, GIVEN, IN_WAVES, NODE
from tests.graphs.read import saved, written


def without(*endings: str) -> str:
    return ", ".join(each for each in FORMATS if each not in endings)


def named(id_: str) -> Exported:
    return replace(EMPTY, nodes=(Node(id_, (None,) * len(NODE)),))


def called(name: str) -> Exported:
    return replace(EMPTY, nodes=(Node("person/1", (name, *(None,) * (len(NODE) - 1))),))


def aged(age: int) -> Exported:
    return replace(EMPTY, nodes=(Node("person/1", (None, None, age, None, None)),))


UNDATED = replace(IN_WAVES, waves=(IN_WAVES.waves[0], Wave("wave/2", "2016-01-01", None)))


@pytest.mark.parametrize(
    ("ending", "of", "says", "can"),
    [
        ("net", IN_WAVES, "Pajek cannot hold ties of several waves", without("net", "dl")),
        ("dl", IN_WAVES, "UCINET DL cannot hold ties of several waves", without("net", "dl")),
        ("dl", EMPTY, "UCINET DL cannot hold a network without nodes", without("dl")),
        ("net", named('person/a"b'), "the id 'person/a\"b', which has a quote", without("net", "dl")),
        ("dl", named("person/a,b"), "the id 'person/a,b', which has a space, a comma", without("net", "dl")),
        ("gexf", UNDATED, "the wave wave/2, which has no first and last day", without("gexf")),
        ("gexf", called("a\x01"), "GEXF cannot hold the character U+0001", without("gexf", "graphml", "xlsx")),
        ("graphml", called("a\uffff"), "the character U+FFFF", without("gexf", "graphml", "xlsx")),
        ("xlsx", called("a\x00"), "Excel cannot hold the character U+0000", without("gexf", "graphml", "xlsx")),
        ("xlsx", called("a" * 32_768), "a text of 32,768 characters", without("xlsx")),
        ("gml", aged(2**31), "the whole number 2147483648", without("gml")),
    ],
    ids=range(11),
)
def test_what_cannot_be_held_is_said_with_what_can(ending: str, of: Exported, says: str, can: str) -> None:
    with pytest.raises(CannotHold) as refused:
        written(ending, of)
    assert says in refused.value.what
    assert refused.value.what.endswith(f" Formats that can: {can}.")
    for each in can.split(", "):
        # These two hold the dates that one wave lacks, but not several waves.
        if of is not UNDATED or each not in ("net", "dl"):
            assert written(each, of)


def test_excel_has_a_last_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.export.graphs.xlsx.MOST_ROWS", len(DIRECTED.nodes) + 1)
    assert written("xlsx", DIRECTED)
    monkeypatch.setattr("graph.export.graphs.xlsx.MOST_ROWS", len(DIRECTED.nodes))
    with pytest.raises(CannotHold, match="more than 5 nodes or ties"):
        written("xlsx", DIRECTED)


def test_spells(tmp_path: Path) -> None:
    """A tie of two waves is one edge with two spells; what was stated holds for the time of one wave."""
    graph = networkx.read_gexf(saved("gexf", IN_WAVES, tmp_path))
    (one, other) = (("2014-05-01", "2014-05-31"), ("2016-01-01", "2016-12-31"))
    assert isinstance(graph, networkx.DiGraph)
    assert not graph.is_multigraph()
    tie = graph.edges["person/001", "person/#7"]
    assert tie["spells"] == [one, other]
    assert tie["strength"] == [(3, *one), (4, *other)]
    assert tie["frequency"] == [(2.0, *one)]
    assert tie["wave"] == [("wave/1", *one), ("wave/2", *other)]
    assert {pair: graph.edges[pair]["spells"] for pair in graph.edges} == {
        ("person/001", "person/#7"): [one, other],
        ("person/#7", "person/001"): [other],
        ("person/4", "person/5"): [one],
    }
    assert {id_: values["spells"] for id_, values in graph.nodes(data=True)} == {
        each.id: [one, other] if each.waves == (0, 1) else [other] for each in IN_WAVES.nodes
    }


def test_the_weight_of_gexf_is_there_where_it_is_known(tmp_path: Path) -> None:
    graph = networkx.read_gexf(saved("gexf", DIRECTED, tmp_path))
    assert {pair: values.get("weight") for *pair_, values in graph.edges(data=True) for pair in [tuple(pair_)]} == {
        ("person/001", "person/#7"): 3.0,
        ("person/001", "person/ł"): None,
        ("person/#7", "person/001"): 1.0,
        ("person/4", "person/5"): None,
    }


@pytest.mark.parametrize(
    ("ending", "of"),
    [
        (ending, of)
        for ending in FORMATS
        for of in ("directed", "waves")
        if of == "directed" or ending not in ("net", "dl")
    ],
)
def test_the_clock_changes_no_byte(ending: str, of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = written(ending, GIVEN[of])
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert written(ending, GIVEN[of]) == before


def test_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    """The name =1+1 is a text in Excel, and has a quote before it in CSV."""
    book = openpyxl.load_workbook(saved("xlsx", DIRECTED, tmp_path))
    cell = book["Nodes"]["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix, cell.number_format) == ("=1+1", "s", True, "@")
    assert b"person/#7,'=1+1," in written("nodes.csv", DIRECTED)


def test_excel_takes_no_text_for_an_escape(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved("xlsx", called("_x0041_ _x41_"), tmp_path)) as archive:
        assert b"_x005F_x0041_ _x41_" in archive.read("xl/worksheets/sheet1.xml")


def test_tables_alone_are_those_of_the_archive(tmp_path: Path) -> None:
    for kind in ("csv", "parquet"):
        with zipfile.ZipFile(io.BytesIO(written(f"{kind}.zip", DIRECTED))) as archive:
            for name in ("nodes", "edges"):
                assert archive.read(f"{name}.{kind}") == written(f"{name}.{kind}", DIRECTED)


def test_excel_says_what_the_network_is_of(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(saved("xlsx", DIRECTED, tmp_path))
    assert list(book["About"].iter_rows(values_only=True))[1:] == [
        ("title", "Leaders of “Łódź”"),
        ("caption", "TRUSTS: <who> & whom."),
        ("roster", "roster/x"),
        ("layer", "TRUSTS"),
        ("licences", "CC BY 4.0"),
        ("source", "source/a"),
    ]


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_name_that_libraries_overwrite_is_no_attribute(name: str) -> None:
    with pytest.raises(ValueError, match="reserved names"):
        replace(EMPTY, tie_attributes=(Attribute(name, Type.TEXT),), ties=(Tie(0, 1, ("x",)),))
    assert replace(EMPTY, tie_attributes=(Attribute(free(name), Type.TEXT),))


def test_a_name_that_some_format_cannot_write_is_no_attribute() -> None:
    with pytest.raises(ValueError, match="'a b' is no name"):
        replace(EMPTY, node_attributes=(Attribute("a b", Type.TEXT),))
