"""Networks in files of other programs: what networkx and igraph write is read whole, and what cannot be read is said clearly."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx
import openpyxl
import pytest

from graph.load.files import UnreadableFile
from graph.load.networks.network import Network
from graph.load.networks.read import read_network
from graph.load.networks.rows import Asked, Rows
from graph.load.networks.waves import Surveyed, by_wave, spell
from schema.domain.clouds import LEADERS
from schema.model import model

PEOPLE = {
    "001": {"name": 'Ana "Bo" & Co', "sector": "BUSINESS"},
    "1": {"name": "Łukasz", "sector": "civic"},
    "#7": {"name": "عمر"},
    "x,y": {"name": "D <e> f", "sector": "no sector"},
    "alone": {"name": "Isolate"},
}
TIES = [("001", "1"), ("1", "001"), ("#7", "x,y"), ("x,y", "001")]


def graph(*, directed: bool = True) -> Any:
    made = networkx.DiGraph() if directed else networkx.Graph()
    for id_, values in PEOPLE.items():
        made.add_node(id_, **values)
    made.add_edges_from(TIES if directed else [TIES[0], *TIES[2:]])
    return made


def in_igraph() -> Any:
    made = igraph.Graph(len(PEOPLE), directed=True)
    made.vs["label"], made.vs["name"] = list(PEOPLE), list(PEOPLE)
    at = {id_: number for number, id_ in enumerate(PEOPLE)}
    made.add_edges([(at[start], at[end]) for start, end in TIES])
    return made


def node_link(made: Any, path: Path) -> None:
    path.write_text(json.dumps(networkx.node_link_data(made)), encoding="utf-8")


WRITERS: dict[str, Callable[[Any, Path], object]] = {
    "gexf": networkx.write_gexf,
    "graphml": networkx.write_graphml,
    "gml": networkx.write_gml,
    "json": node_link,
}


def pairs(of: Network) -> list[tuple[str, str]]:
    return [(tie.start, tie.end) for tie in of.ties]


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("ending", WRITERS)
def test_what_networkx_writes_is_read_whole(tmp_path: Path, ending: str, directed: bool) -> None:
    given, path = graph(directed=directed), tmp_path / f"leaders.{ending}"
    WRITERS[ending](given, path)
    found = read_network([path])
    assert list(found.people) == list(PEOPLE)
    named = {id_: {key: each for key, each in values.items() if key != "label"} for id_, values in found.people.items()}
    assert named == PEOPLE
    assert {tie.directed for tie in found.ties} == {directed}
    ends = [frozenset(pair) if not directed else pair for pair in pairs(found)]
    assert sorted(map(sorted, ends)) == sorted(map(sorted, given.edges))
    assert not directed or pairs(found) == list(given.edges)


@pytest.mark.parametrize("ending", ["gml", "graphml", "net"])
def test_what_igraph_writes_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"leaders.{ending}"
    given = in_igraph()
    if ending == "net":
        given.vs["id"] = list(PEOPLE)
        given.write_pajek(str(path))
    else:
        (given.write_gml if ending == "gml" else given.write_graphml)(str(path))
    found = read_network([path])
    ids = list(found.people) if ending != "graphml" else [values["label"] for values in found.people.values()]
    assert ids == list(PEOPLE)
    called = dict(zip(found.people, ids, strict=True))
    assert sorted((called[start], called[end]) for start, end in pairs(found)) == sorted(TIES)


PAJEK = """*Network leaders
% two ways to say whom somebody named
*Vertices 4
1 "001" 0.1 0.2
2 "Bo Li"
3 c
4 d
*Arcs
1 2 3.5
*Edges
2 3
*Arcslist
3 1 4
"""
MATRIX = "DL n=3 format=fullmatrix\nlabels:\na,b\nc\ndata:\n0 1 0\n1 0 0.5\n0 0 0\n"
LIST = "dl n = 3\nformat = edgelist1\nlabels embedded:\ndata:\na b 2\nb c\n"
NEIGHBOURS = "dl n=3 format = nodelist1\ndata:\n1 2 3\n3 1\n"


@pytest.mark.parametrize(
    ("name", "text", "people", "ties"),
    [
        ("a.net", PAJEK, ["001", "Bo Li", "c", "d"], [("001", "Bo Li"), ("Bo Li", "c"), ("c", "001"), ("c", "d")]),
        ("a.dl", MATRIX, ["a", "b", "c"], [("a", "b"), ("b", "a"), ("b", "c")]),
        ("a.dl", LIST, ["a", "b", "c"], [("a", "b"), ("b", "c")]),
        ("a.dl", NEIGHBOURS, ["1", "2", "3"], [("1", "2"), ("1", "3"), ("3", "1")]),
        ("a.csv", "from;to\n001;#7\n#7;b\n", ["001", "#7", "b"], [("001", "#7"), ("#7", "b")]),
    ],
)
def test_what_is_written_by_hand(tmp_path: Path, name: str, text: str, people: list[str], ties: Any) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_network([tmp_path / name])
    assert (list(found.people), pairs(found)) == (people, ties)


def test_strengths_and_directions_stay(tmp_path: Path) -> None:
    (tmp_path / "a.net").write_text(PAJEK, encoding="utf-8")
    found = read_network([tmp_path / "a.net"])
    assert [tie.values.get("weight") for tie in found.ties] == ["3.5", None, None, None]
    assert [tie.directed for tie in found.ties] == [True, False, True, True]


def test_declared_defaults_are_filled_in(tmp_path: Path) -> None:
    given = graph()
    given.graph["node_default"] = {"sector": "PUBLIC"}
    networkx.write_graphml(given, tmp_path / "a.graphml")
    found = read_network([tmp_path / "a.graphml"])
    assert [values.get("sector") for values in found.people.values()] == [
        "BUSINESS", "civic", "PUBLIC", "no sector", "PUBLIC",
    ]  # fmt: skip


def test_tables_of_people_and_ties(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("id,name,sector\n001,Ana,CIVIC\n1,Bo,\n2,Cai,PUBLIC\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text(
        "source,target,type,strength\n001,1,directed,4\n1,2,undirected,\n", encoding="utf-8"
    )
    book = openpyxl.Workbook()
    for title, name in (("Leaders", "p.csv"), ("Trust", "t.csv")):
        sheet = book.create_sheet(title)
        for line in (tmp_path / name).read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(","))
    book.save(tmp_path / "both.xlsx")
    first, second = read_network([tmp_path / "p.csv", tmp_path / "t.csv"]), read_network([tmp_path / "both.xlsx"])
    assert first == second
    assert list(first.people) == ["001", "1", "2"]
    assert [(tie.start, tie.end, dict(tie.values), tie.directed) for tie in first.ties] == [
        ("001", "1", {"strength": "4"}, True),
        ("1", "2", {}, False),
    ]


GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">%s</graph></graphml>'
NODES = '<node id="a"/><node id="b"/>'


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.txt", "a b", "accepted are .gexf, .graphml"),
        ("a.graphml", "<graphml", "it is no XML"),
        ("a.graphml", "<svg/>", "it begins with <svg>"),
        ("a.graphml", f"<!DOCTYPE graphml><graphml>{NODES}</graphml>", "it has a DTD"),
        ("a.graphml", GRAPHML % f'{NODES}<edge source="a" target="c"/>', "'c', who is not among the people"),
        ("a.graphml", GRAPHML % '<node id="a"/><node id="a"/>', "two people have the id 'a'"),
        ("a.graphml", GRAPHML % f"{NODES}<hyperedge/>", "ties of more than two people"),
        ("a.graphml", GRAPHML % "", "it has nobody"),
        ("a.gexf", '<gexf><graph><nodes><node id="a"><spells><spell start="1"/></spells></node></nodes></graph></gexf>',
         "a spell from 1 to nowhere; accepted are spells from a day to a day"),
        ("a.net", "*Vertices 2\n1 a\n2 b\n*Arcs :1\n1 2\n*Arcs :2\n2 1\n", "line 6 begins a second kind of tie"),
        ("a.net", "*Vertices 5 2\n", "people of two kinds"),
        ("a.net", "*Vertices 1\n1 a\n*Arcs\n1 2\n", "line 4 names '2', which is the number of nobody"),
        ("a.net", "*Matrix\n0 1\n", "line 1 begins a matrix before the people"),
        ("a.net", "*Vertices 2\n*Partition a\n", "line 2 begins '*Partition'; accepted are *Vertices"),
        ("a.net", "*Vertices 2\n*Matrix\n0 1 1\n", "3 numbers for 2 people, where 4 belong"),
        ("a.dl", "dl nr=2, nc=3\ndata:\n", "people of two kinds"),
        ("a.dl", "dl n=2 format=fullmatrix\ndata:\n0 1\n", "2 numbers for 2 people"),
        ("a.gml", "graph [ node [ id 1 ]", "a bracket has no partner"),
        ("a.json", "[]", "needed is an object"),
        ("a.json", "{", "it is no JSON"),
        ("a.csv", "city,year\nLima,2020\n", "neither a column with ids"),
        ("a.csv", "source,target\na,\n", "tie 1 has no end"),
        ("a.zip", "no archive", "no ZIP archive"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as error:
        read_network([tmp_path / name])
    assert words in str(error.value)


def test_other_bytes_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "a.gml").write_bytes('graph [ node [ id 1 label "é" ] ]'.encode("latin-1"))
    with pytest.raises(UnreadableFile, match="no UTF-8"):
        read_network([tmp_path / "a.gml"])
    with pytest.raises(UnreadableFile, match="cannot be read: No such file"):
        read_network([tmp_path / "none.gml"])
    with pytest.raises(UnreadableFile, match="only if all are CSV"):
        read_network([tmp_path / "a.gml", tmp_path / "b.csv"])


def asked(consent: str = "NAMED", wave: str = "2025-05", layer: str = "TRUSTS") -> Asked:
    agreed = next(each for each in LEADERS.agreed if each.consent.name == consent)
    return Asked("city/nl-11-rotterdam", "Leaders", "All.", wave, LEADERS.layer(layer), "A survey", "VERIFIED", agreed)


def rows(of: Network, wanted: Asked) -> tuple[list[dict[str, Any]], Rows]:
    making = Rows(of, wanted, model(), b"secret")
    return list(making.made()), making


def test_names_stay_only_with_consent(tmp_path: Path) -> None:
    networkx.write_graphml(graph(), tmp_path / "a.graphml")
    network = read_network([tmp_path / "a.graphml"])
    named, _ = rows(network, asked())
    hidden, _ = rows(network, asked("PSEUDONYM"))
    assert 'Ana \\"Bo\\" & Co' in json.dumps(named)
    for word in ("Ana", "Bo", "001", "Isolate"):
        assert word not in json.dumps(hidden)
    people = [row for row in hidden if row.get("label") == "Person"]
    assert {(row["kind"], row["marking"]) for row in people} == {("PSEUDONYMOUS", "RED")}
    assert {row["consent"] for row in hidden if row.get("type") == "ANSWERED"} == {"PSEUDONYM"}


def test_ids_are_the_same_each_time_and_a_pseudonym_is_of_one_wave(tmp_path: Path) -> None:
    networkx.write_graphml(graph(), tmp_path / "a.graphml")
    network = read_network([tmp_path / "a.graphml"])

    def people(wanted: Asked) -> list[str]:
        return [row["id"] for row in rows(network, wanted)[0] if row.get("label") == "Person"]

    assert people(asked()) == people(asked()) == people(asked(wave="2027"))
    assert not {*people(asked("PSEUDONYM"))} & {*people(asked("PSEUDONYM", wave="2027")), *people(asked())}


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    given = graph()
    given.add_edge("001", "001", weight=1)
    networkx.write_graphml(given, tmp_path / "a.graphml")
    made, making = rows(read_network([tmp_path / "a.graphml"]), asked())
    told = making.told
    assert (told.people, told.answered, told.ties) == (5, 4, 4)
    assert told.left_out == {"to oneself": 1}
    assert told.unknown == {"sector of people": 1}
    sectors = [row.get("sector") for row in made if row.get("label") == "Person"]
    assert sectors == ["BUSINESS", "CIVIC", None, None, None]


def test_weights_are_strengths_where_the_layer_has_them(tmp_path: Path) -> None:
    given = graph()
    for (start, end), weight in zip(TIES, (1, 5.0, 9, 2.5), strict=True):
        given.edges[start, end]["weight"] = weight
    networkx.write_graphml(given, tmp_path / "a.graphml")
    network = read_network([tmp_path / "a.graphml"])
    made, making = rows(network, asked())
    assert [row.get("strength") for row in made if row.get("type") == "TRUSTS"] == [1, 5, None, None]
    assert making.told.unknown["strength of ties"] == 2
    made, making = rows(network, asked(layer="KNOWS"))
    assert making.told.unknown["weight of ties"] == 4


def surveyed(tmp_path: Path, text: str, *given: str, people: str = "") -> list[Surveyed]:
    paths = [tmp_path / "ties.csv", tmp_path / "people.csv"][: 2 if people else 1]
    for path, each in zip(paths, (text, people), strict=False):
        path.write_text(each, encoding="utf-8")
    return by_wave(read_network(paths), given, "ties.csv")


TWO_WAVES = "source,target,wave\na,b,2016\nb,c,2014-05\na,b,2014-05\n"


def test_ties_are_of_the_waves_that_a_file_names(tmp_path: Path) -> None:
    by_dates = surveyed(tmp_path, TWO_WAVES)
    assert [(each.date, pairs(each.network)) for each in by_dates] == [
        ("2014-05", [("b", "c"), ("a", "b")]),
        ("2016", [("a", "b")]),
    ]
    assert {len(each.network.people) for each in by_dates} == {3}
    named = surveyed(tmp_path, TWO_WAVES.replace("2016", "B=1"), "B=1=2016")
    assert named == by_dates
    assert surveyed(tmp_path, "source,target\na,b\n", "2014")[0].date == "2014"
    assert surveyed(tmp_path, "source,target,Wave\na,b,first\n", "2014")[0].network.ties[0].values == {}
    other = surveyed(tmp_path, "source,target\na,b\n", "2014", people="id,waves\na,3\nb,4\n")
    assert [*other[0].network.people] == ["a", "b"]


def test_people_of_several_waves_are_named_alike_only_with_consent(tmp_path: Path) -> None:
    read = surveyed(tmp_path, TWO_WAVES, people="id,waves\nc,2014-05\na,2014-05|2016\nb,2014-05|2016\n")
    assert [[*each.network.people] for each in read] == [["c", "a", "b"], ["a", "b"]]
    order = {"c": 1, "a": 2, "b": 3}

    def people(consent: str, at: int) -> dict[str, str]:
        made = Rows(read[at].network, asked(consent, read[at].date), model(), b"secret", order=order).made()
        return {row["id"]: row["name"] for row in made if row.get("label") == "Person"}

    assert people("NAMED", 1).items() <= people("NAMED", 0).items()
    assert sorted(people("NAMED", 1).values()) == ["Person 2", "Person 3"]
    assert not {*people("PSEUDONYM", 0)} & {*people("PSEUDONYM", 1)}
    assert sorted(people("PSEUDONYM", 1).values()) == ["Person 1", "Person 2"]


@pytest.mark.parametrize(
    ("text", "given", "words"),
    [
        ("source,target\na,b\n", (), "names no wave. Give the date of its wave: --wave 2025-05"),
        ("source,target\na,b\n", ("soon",), "cannot have 'soon' as the date"),
        ("source,target\na,b\n", ("x=2014",), "names no wave"),
        (
            TWO_WAVES,
            ("2014",),
            "has 2 waves: 2016, 2014-05. Leave --wave away if the names are dates, or give each a date",
        ),
        (TWO_WAVES, ("x=2014",), "has no wave 'x'; it has 2016, 2014-05"),
        (TWO_WAVES, ("2016=2014-05",), "two waves of 2014-05"),
        (TWO_WAVES, ("2016=soon",), "cannot have 'soon' as the date"),
        ("source,target,wave\na,b,first\n", (), "has a wave 'first', which is no date"),
        (TWO_WAVES + "c,a,\n", (), "has 1 of 4 ties that name no wave"),
    ],
)
def test_waves_and_dates_must_fit(tmp_path: Path, text: str, given: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        surveyed(tmp_path, text, *given)
    assert words in str(error.value)


def test_who_is_named_in_a_wave_must_be_listed_in_it(tmp_path: Path) -> None:
    people = "id,waves\na,2014-05|2016\nb,2014-05\nc,2014-05\n"
    with pytest.raises(UnreadableFile, match="in wave 2016 \\(2016\\) of 'b', whose `waves` do not name it"):
        surveyed(tmp_path, TWO_WAVES, people=people)


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        ("2014-01-01", "2014-12-31", "2014"),
        ("2016-02-01", "2016-02-29T00:00:00", "2016-02"),
        ("2016-02-01", "2016-02-28", "2016-02-01/2016-02-28"),
        ("2014-01-01", "2015-12-31", "2014-01-01/2015-12-31"),
        ("2014-05-03", "2014-05-03", "2014-05-03"),
        ("2014", "2015", None),
        (None, "2014-05-03", None),
    ],
)
def test_a_spell_is_a_date(start: str | None, end: str | None, date: str | None) -> None:
    assert spell(start, end) == date


def test_an_archive_with_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("edges.csv", "source,target\n" + "a,b\n" * 500)
    packed = bytearray(path.read_bytes())
    packed[len("edges.csv") + 30 : len("edges.csv") + 40] = b"\xff" * 10
    path.write_bytes(packed)
    with pytest.raises(UnreadableFile, match="no ZIP archive that can be read"):
        read_network([path])
