"""What other programs write as a matter of course, and what a reader that expects the usual would lose in silence."""

import operator
import random
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest

from graph.load.files import UnreadableFile
from graph.load.networks.read import read_network
from tests.loading.test_networks import asked, pairs, rows

UNNAMED = '*Vertices 4\n1 "a"\n3 "c"\n*Arcs\n1 2 3\n3 1\n'
LABELLED_MATRIX = "dl n=3 format=fullmatrix\nlabels embedded\ndata:\n a b \"c d\"\na 0 1 0\nb 0 0 2\n'c d' 1 0 0\n"
QUOTED = 'dl n=2 format=edgelist1\nlabels:\n"Ann B", "Bo, C"\ndata:\n1 2 3\n'
EMBEDDED = "dl n=3 format=nodelist1\nlabels embedded:\ndata:\n\"Ann B\" 'Bo C'\nalone\n"


@pytest.mark.parametrize(
    ("name", "text", "people", "ties"),
    [
        ("a.net", UNNAMED, ["a", "2", "c", "4"], [("a", "2"), ("c", "a")]),
        ("a.net", "*Vertices 2\n*Edges\n1 2\n", ["1", "2"], [("1", "2")]),
        ("a.dl", LABELLED_MATRIX, ["a", "b", "c d"], [("a", "b"), ("b", "c d"), ("c d", "a")]),
        ("a.dl", QUOTED, ["Ann B", "Bo, C"], [("Ann B", "Bo, C")]),
        ("a.dl", EMBEDDED, ["Ann B", "Bo C", "alone"], [("Ann B", "Bo C")]),
        ("a.csv", "id,name,start,end\n1,Ann,2001,2005\n2,Bo,2003,2009\n", ["1", "2"], []),
        ("a.csv", "start,end\n1,2\n", ["1", "2"], [("1", "2")]),
    ],
)
def test_people_and_ties(tmp_path: Path, name: str, text: str, people: list[str], ties: Any) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_network([tmp_path / name])
    assert (list(found.people), pairs(found)) == (people, ties)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.net", "*Vertices 2\n*Arcs\n1 3\n", "the number of nobody"),
        ("a.net", "*Vertices 9999999999\n", "9,999,999,999 people; accepted are 1,000,000"),
        ("a.net", f"*Vertices {'9' * 5_000}\n", "accepted are 1,000,000"),
        ("a.dl", LABELLED_MATRIX.replace("2\n", "\n"), "its matrix has 8 numbers for 3 people, where 9 belong"),
        ("a.dl", LABELLED_MATRIX.replace("2\n", "x\n"), "its matrix has 'x', which is no number"),
        ("a.dl", "dl n=2 format=nodelist1b\ndata:\n1 2\n", "its data have 1 lines for 2 people"),
        (
            "a.dl",
            "dl n=2 format=nodelist1b\ndata:\n1 2\n2 1\n",
            "line 2 of its data begins with '2' and names 1 people",
        ),
        ("a.dl", LABELLED_MATRIX.replace("\nb 0", "\nz 0"), "row 2 of its matrix is of 'z'"),
        ("a.csv", f"id,name\n1,{'x' * 200_000}\n", "field larger"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=words):
        read_network([tmp_path / name])


DRAWN = random.Random(5)
STRENGTHS = [[DRAWN.choice((0, 0, 1, 2.5)) for _ in range(6)] for _ in range(6)]
NAMES = ["Ann B", "bo", "c", "d", "e", "alone"]
QUOTED_NAMES = " ".join(f'"{name}"' for name in NAMES)


def test_a_matrix_of_pajek_is_what_igraph_reads(tmp_path: Path) -> None:
    """networkx 3.6 reads one of whole numbers only: findings/networkx_pajek_matrix_integers.sh."""
    vertices = "\n".join(f'{at} "{name}" 0.1 0.2' for at, name in enumerate(NAMES, 1))
    lines = "\n".join(" ".join(f"{each:.3f}" for each in row) for row in STRENGTHS)
    text = f"*Network a title\n*Vertices {len(NAMES)}\n{vertices}\n*Matrix\n{lines}\n"
    (tmp_path / "a.net").write_text(text, encoding="utf-8")
    found, theirs = read_network([tmp_path / "a.net"]), igraph.Graph.Read_Pajek(str(tmp_path / "a.net"))
    assert list(found.people) == theirs.vs["name"] == NAMES
    ties = {(NAMES.index(tie.start), NAMES.index(tie.end), float(tie.values["weight"])) for tie in found.ties}
    assert ties == {(*tie.tuple, tie["weight"]) for tie in theirs.es if tie["weight"]}
    assert all(tie.directed for tie in found.ties)


@pytest.mark.parametrize("labelled", [False, True])
@pytest.mark.parametrize("diagonal", [False, True])
@pytest.mark.parametrize("kind", ["fullmatrix", "lowerhalf", "upperhalf"])
def test_every_kind_of_matrix_of_ucinet_has_its_ties(tmp_path: Path, kind: str, diagonal: bool, labelled: bool) -> None:
    """A half has the ties of the pairs, without direction; a whole has those of both directions."""
    kept = {"fullmatrix": lambda _row, _at: True, "lowerhalf": operator.ge, "upperhalf": operator.le}[kind]
    cells = [
        (row, at, STRENGTHS[row][at])
        for row in range(6)
        for at in range(6)
        if kept(row, at) and (diagonal or row != at)
    ]
    lines = [
        " ".join(([f'"{name}"'] if labelled else []) + [str(each) for of, _, each in cells if of == row])
        for row, name in enumerate(NAMES)
    ]
    head = f"dl n=6, format = {kind} diagonal = {'present' if diagonal else 'absent'}\n"
    labels = f"labels embedded:\ndata:\n{QUOTED_NAMES}\n" if labelled else f"labels:\n{QUOTED_NAMES}\ndata:\n"
    (tmp_path / "a.dl").write_text(head + labels + "\n".join(lines) + "\n", encoding="utf-8")
    found = read_network([tmp_path / "a.dl"])
    assert list(found.people) == NAMES
    ties = [(NAMES.index(tie.start), NAMES.index(tie.end), float(tie.values["weight"])) for tie in found.ties]
    assert ties == [each for each in cells if each[2]]
    assert {tie.directed for tie in found.ties} == {kind == "fullmatrix"}


def test_neighbours_with_their_number_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.dl").write_text(
        "dl n=3 format = nodelist1b\nlabels: a b c\ndata:\n2 2 3\n0\n1 1\n", encoding="utf-8"
    )
    assert pairs(read_network([tmp_path / "a.dl"])) == [("a", "b"), ("a", "c"), ("c", "a")]


def test_lists_that_networkx_writes_into_gml_are_whole(tmp_path: Path) -> None:
    """It repeats the key for each item, and puts a word of its own before a list of one."""
    given = networkx.DiGraph()
    given.add_node("a", waves=["2014", "20|16"], answeredIn=["2014"])
    networkx.write_gml(given, tmp_path / "a.gml")
    assert read_network([tmp_path / "a.gml"]).people["a"] == {"waves": r"2014|20\|16", "answeredIn": "2014"}


def test_an_id_as_a_label_does_not_hide_a_name(tmp_path: Path) -> None:
    """networkx writes the id as the label of each node of GEXF."""
    given = networkx.DiGraph()
    given.add_node("001", name="Ann")
    given.add_node("002")
    networkx.write_gexf(given, tmp_path / "a.gexf")
    made, _ = rows(read_network([tmp_path / "a.gexf"]), asked())
    assert [row["name"] for row in made if row.get("label") == "Person"] == ["Ann", "002"]


def test_the_strength_that_gephi_writes_is_read(tmp_path: Path) -> None:
    """It begins the names of columns with a capital letter."""
    text = "Source,Target,Type,Id,Label,timeset,Weight\na,b,Directed,0,,,4.0\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    made, _ = rows(read_network([tmp_path / "a.csv"]), asked())
    assert [row["strength"] for row in made if row.get("type") == "TRUSTS"] == [4]


def test_a_default_of_all_is_one_of_nodes(tmp_path: Path) -> None:
    """A key of GraphML that does not say what it is for is for all."""
    (tmp_path / "a.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="s" attr.name="sector"><default>CIVIC</default></key>'
        '<graph edgedefault="directed"><node id="a"/><node id="b"><data key="s">PUBLIC</data></node></graph></graphml>',
        encoding="utf-8",
    )
    assert read_network([tmp_path / "a.graphml"]).people == {"a": {"sector": "CIVIC"}, "b": {"sector": "PUBLIC"}}


def test_names_that_yed_writes_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key for="node" id="d6" yfiles.type="nodegraphics"/><graph edgedefault="directed"><node id="n0"><data key="d6">\n'
        "<y:ShapeNode>\n<y:NodeLabel>Ann <!-- --> B</y:NodeLabel>\n</y:ShapeNode>\n</data></node></graph></graphml>",
        encoding="utf-8",
    )
    assert read_network([tmp_path / "a.graphml"]).people == {"n0": {"label": "Ann  B"}}


def test_spaces_around_the_name_of_a_column_are_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id , name\n 1, Ann\n", encoding="utf-8")
    assert read_network([tmp_path / "a.csv"]).people == {"1": {"name": " Ann"}}
