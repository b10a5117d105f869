"""Networks as graphs: the people and ties that `cloud` lists, direction, attributes, and people without ties."""

from typing import Any

import pytest

from citygraph_client import BadDocument
from tests.python_client.conftest import Connect

CITIES = ["city/us-wa-seattle", "city/it-12-turin", "city/us-or-portland"]
LISTED = """query ($city: ID, $layer: CloudLayer, $direction: TieDirection) {
  cloud(city: $city, layer: $layer, direction: $direction) {
    on { people ties roster wave direction layer date synthetic }
    people(first: 1000) { personId name elected SECTOR: group AGENCY: group(by: AGENCY) }
    ties(first: 1000) { one { personId } other { personId } }
  }
}"""


def nodes(graph: Any, to: str) -> dict[str, dict[str, Any]]:
    if to == "networkx":
        return dict(graph.nodes(data=True))
    return {
        each["name"]: {key: value for key, value in each.attributes().items() if key != "name"} for each in graph.vs
    }


def edges(graph: Any, to: str) -> list[tuple[str, str]]:
    if to == "networkx":
        return list(graph.edges())
    names = graph.vs["name"]
    return [(names[each.source], names[each.target]) for each in graph.es]


@pytest.mark.parametrize("to", ["networkx", "igraph"])
@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("direction", ["DIRECTED", "MUTUAL"])
def test_a_network_is_what_cloud_lists(client: Any, to: str, city: str, direction: str) -> None:
    asked = client.query(LISTED, {"city": city, "layer": "TRUSTS", "direction": direction})["cloud"]
    assert asked["on"]["ties"] == len(asked["ties"]) > 10
    graph = client.network(city=city, layer="TRUSTS", direction=direction, groups=["SECTOR", "AGENCY"], to=to)
    assert nodes(graph, to) == {
        each["personId"]: {
            "label": each["name"],
            "elected": each["elected"],
            "sector": each["SECTOR"],
            "agency": each["AGENCY"],
        }
        for each in asked["people"]
    }
    ties = [(each["one"]["personId"], each["other"]["personId"]) for each in asked["ties"]]
    as_sets = [{frozenset(each) for each in some} for some in (edges(graph, to), ties)]
    assert edges(graph, to) == ties if direction == "DIRECTED" else as_sets[0] == as_sets[1]
    assert (graph.is_directed(), len(edges(graph, to))) == (direction == "DIRECTED", len(ties))
    on = graph.graph if to == "networkx" else {name: graph[name] for name in graph.attributes()}
    assert {key: on[key] for key in asked["on"]} == asked["on"]


@pytest.mark.parametrize("to", ["networkx", "igraph"])
def test_people_without_ties_are_there(client: Any, to: str) -> None:
    found = []
    for city in CITIES:
        graph = client.network(city=city, direction="MUTUAL", groups=[], to=to)
        tied = {end for tie in edges(graph, to) for end in tie}
        text = f'{{ cloud(city: "{city}", direction: MUTUAL) {{ people(first: 1000) {{ personId inDegree }} }} }}'
        alone = {each["personId"] for each in client.query(text)["cloud"]["people"] if not each["inDegree"]}
        assert {*nodes(graph, to)} - tied == alone
        found.append(alone)
    assert any(found)


def test_a_layer_without_direction_and_a_roster(client: Any) -> None:
    roster = client.query(LISTED, {"city": CITIES[0]})["cloud"]["on"]["roster"]
    graph = client.network(roster=roster, layer="SHARED_MEMBERSHIP", to="igraph")
    assert (graph.is_directed(), graph["roster"], graph["layer"]) == (False, roster, "SHARED_MEMBERSHIP")


def test_what_is_no_network(connect: Connect, client: Any) -> None:
    with pytest.raises(BadDocument, match="no network of city/none"):
        client.network(city="city/none")
    for given in ({}, {"city": "city/x", "roster": "roster/x"}):
        with pytest.raises(BadDocument, match="either `city` or `roster`"):
            client.network(**given)
    with pytest.raises(BadDocument, match="`groups` is a list"):
        client.network(city="city/x", groups="SECTOR")
    with pytest.raises(BadDocument, match="accepted are networkx and igraph"):
        client.network(city="city/x", to="excel")
