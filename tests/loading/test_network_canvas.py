"""Exports of Network Canvas, as its exporters write them: several interviews, rosters, matrices, several kinds, GraphML."""

import zipfile
from pathlib import Path

import pytest

from graph.load.files import UnreadableFile
from graph.load.networks.network import Network
from graph.load.networks.read import read_network

ALTERS = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name\n1,e1,u-a,Ana\n2,e1,u-b,Bo\n"
OTHERS = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name\n1,e2,u-c,Cai\n2,e2,u-d,Dee\n"
HEADER = "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID"
EDGES = f"{HEADER},strength\n1,1,2,e1,t1,u-a,u-b,4\n"
OTHER_EDGES = f"{HEADER}\n1,2,1,e2,t2,u-d,u-c\n"
EGO = "networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,name\n{0},case,{0}-s,Who was asked\n"
MATRIX = ",u-a,u-b\nu-a,0,1\nu-b,1,0\n"
GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:nc="http://schema.networkcanvas.com/xmlns">
<key id="label" for="all" attr.name="label" attr.type="string"/>
<key id="networkCanvasType" for="all" attr.name="networkCanvasType" attr.type="string"/>
<key id="networkCanvasUUID" for="all" attr.name="networkCanvasUUID" attr.type="string"/>
<key id="networkCanvasSourceUUID" for="edge" attr.name="networkCanvasSourceUUID" attr.type="string"/>
<key id="networkCanvasTargetUUID" for="edge" attr.name="networkCanvasTargetUUID" attr.type="string"/>
<key id="v1" for="node" attr.name="name" attr.type="string"/><key id="v2" for="edge" attr.name="strength" attr.type="int"/>
<graph edgedefault="undirected" nc:caseId="case"><data key="networkCanvasUUID">e1</data>
<node id="1"><data key="networkCanvasUUID">u-a</data><data key="networkCanvasType">Person</data><data key="v1">Ana</data></node>
<node id="2"><data key="networkCanvasUUID">u-b</data><data key="networkCanvasType">Person</data><data key="v1">Bo</data></node>
<edge id="1" source="1" target="2"><data key="networkCanvasUUID">t1</data><data key="networkCanvasType">trust</data>
<data key="networkCanvasSourceUUID">u-a</data><data key="networkCanvasTargetUUID">u-b</data><data key="v2">4</data></edge>
</graph></graphml>"""


def read(folder: Path, **files: str) -> Network:
    """Read an archive of CSV files by their names without the ending."""
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return read_network([folder / "export.zip"])


def names(of: Network) -> dict[str, str]:
    return {id_: values["name"] for id_, values in of.people.items()}


def ties(of: Network) -> list[tuple[str, str, bool]]:
    return [(tie.start, tie.end, tie.directed) for tie in of.ties]


def test_interviews_are_joined_by_its_own_ids_and_who_was_asked_is_nobody_of_the_network(tmp_path: Path) -> None:
    """Its numbers begin anew in each interview: by them, Ana and Cai would be one."""
    found = read(
        tmp_path,
        **{"a_attributeList_Person": ALTERS, "a_edgeList_trust": EDGES, "a_ego": EGO.format("e1")},
        **{"b_attributeList_Person": OTHERS, "b_edgeList_trust": OTHER_EDGES, "b_ego": EGO.format("e2")},
    )
    assert names(found) == {"u-a": "Ana", "u-b": "Bo", "u-c": "Cai", "u-d": "Dee"}
    assert ties(found) == [("u-a", "u-b", False), ("u-d", "u-c", False)]
    assert dict(found.ties[0].values)["strength"] == "4"


def test_csv_and_graphml_of_one_interview_are_one_network(tmp_path: Path) -> None:
    (tmp_path / "a.graphml").write_text(GRAPHML, encoding="utf-8")
    by_csv = read(tmp_path, a_attributeList_Person=ALTERS, a_edgeList_trust=EDGES, a_ego=EGO.format("e1"))
    by_markup = read_network([tmp_path / "a.graphml"])
    assert (names(by_csv), ties(by_csv)) == (names(by_markup), ties(by_markup))


def test_somebody_of_a_roster_is_one_person_in_several_interviews(tmp_path: Path) -> None:
    """Network Canvas makes the id of somebody of a roster of what the roster says, so it is the same each time."""
    again = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,sector\n1,e2,u-b,,CIVIC\n2,e2,u-c,Cai,\n"
    found = read(tmp_path, a_attributeList_Person=ALTERS, b_attributeList_Person=again, a_edgeList_trust=EDGES)
    assert names(found) == {"u-a": "Ana", "u-b": "Bo", "u-c": "Cai"}
    assert found.people["u-b"]["sector"] == "CIVIC"


def test_a_matrix_is_read_if_there_is_no_list_of_ties(tmp_path: Path) -> None:
    lists = {"a_attributeList_Person": ALTERS, "a_ego": EGO.format("e1")}
    alone = read(tmp_path, a_adjacencyMatrix_trust=MATRIX, **lists)
    both = read(tmp_path, a_adjacencyMatrix_trust=MATRIX, a_edgeList_trust=EDGES, **lists)
    assert ties(alone) == ties(both) == [("u-a", "u-b", False)]
    assert "strength" in both.ties[0].values


def test_several_kinds_are_refused_by_their_names(tmp_path: Path) -> None:
    """A list of a kind of which there is nothing has its header only, and does not count."""
    more = {"a_edgeList_knows": EDGES.replace("t1", "t2"), "a_edgeList_none": HEADER + "\n"}
    with pytest.raises(UnreadableFile, match=r"ties of several kinds: knows, trust; leave those of one kind"):
        read(tmp_path, a_attributeList_Person=ALTERS, a_edgeList_trust=EDGES, **more)
    with pytest.raises(UnreadableFile, match=r"people of several kinds: Person, Venue;"):
        read(tmp_path, a_attributeList_Person=ALTERS, a_attributeList_Venue=OTHERS, a_edgeList_trust=EDGES)
    matrices = {"a_adjacencyMatrix_knows": MATRIX, "a_adjacencyMatrix_trust": MATRIX}
    with pytest.raises(UnreadableFile, match=r"ties of several kinds: knows, trust;"):
        read(tmp_path, a_attributeList_Person=ALTERS, **matrices)
