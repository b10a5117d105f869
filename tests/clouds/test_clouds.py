"""What a network is measured on, waves, what-ifs, and what is refused; over the seeds, as the steward."""

from typing import Any

import pytest

from tests.clouds.conftest import Ask
from tests.clouds.rosters import person, roster

SEATTLE, TURIN, PORTLAND = "city/us-wa-seattle", "city/it-12-turin", "city/us-or-portland"
EARLIER = "{ rosters(where: {city: {id: {eq: \"%s\"}}}) { nodes { waves(orderBy: [{since: ASC}]) { nodes { id tieChange { lasted appeared ended unknown } } } } } }"  # fmt: skip  # noqa: E501


def cloud(ask: Ask, arguments: str, fields: str, **variables: Any) -> Any:
    answer = ask(f"{{ cloud({arguments}) {{ {fields} }} }}", **variables)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["cloud"]


def refused(ask: Ask, document: str, **variables: Any) -> str:
    (error,) = ask(document, **variables)["errors"]
    return f"{error['extensions']['code']}: {error['message']}"


@pytest.mark.parametrize(
    ("city", "shape"), [(SEATTLE, "MIXED"), (TURIN, "SINGLE_TIGHT_CLUSTER"), (PORTLAND, "CLUSTER_OF_LOOSE_TIES")]
)
def test_the_signature_of_a_city(ask: Ask, city: str, shape: str) -> None:
    wanted = "on { people ties responseRate synthetic wave date layer direction libraries caution } signature { shape stable rule note leftOut values { excess coreFit largestShare communities } }"  # noqa: E501
    found = cloud(ask, f'city: "{city}"', wanted)
    assert (found["signature"]["shape"], found["signature"]["stable"]) == (shape, True)
    assert len(found["signature"]["values"]) == 5
    on = found["on"]
    assert on["synthetic"]
    assert (on["layer"], on["direction"]) == ("TRUSTS", "DIRECTED")
    assert 0 < on["responseRate"] < 1
    assert on["libraries"][0].startswith("igraph ")


def test_the_change_between_waves_is_what_the_wave_says(ask: Ask) -> None:
    """The same counts are computed inside a statement by `tieChange`, by other code."""
    for city in (SEATTLE, TURIN, PORTLAND):
        nodes = ask(EARLIER % city)["data"]["rosters"]["nodes"]
        first, second = nodes[0]["waves"]["nodes"]
        found = cloud(
            ask,
            f'city: "{city}"',
            "on { wave } changeSince { earlier later kept appeared ended unknown stayed joined { stepsToCore coreNumber "
            "groups { by group } } left { personId } }",
        )
        change = found["changeSince"]
        assert (change["earlier"], change["later"], found["on"]["wave"]) == (first["id"], second["id"], second["id"])
        counts = {"kept": "lasted", "appeared": "appeared", "ended": "ended", "unknown": "unknown"}
        stated = {mine: second["tieChange"][its] for mine, its in counts.items()}
        mine = {name: change[name] for name in counts}
        if city == SEATTLE:
            assert mine == stated
        # Elsewhere some answered under a pseudonym, another one in each wave. Here their ties count too, and nobody can tell
        # whether a tie to such a person was stated in the other wave.
        assert mine["kept"] == stated["kept"]
        assert mine["appeared"] <= stated["appeared"]
        assert mine["ended"] <= stated["ended"]
        assert mine["unknown"] >= stated["unknown"]
        back = cloud(
            ask,
            f'city: "{city}", wave: "{first["id"]}"',
            f'changeSince(wave: "{second["id"]}") {{ kept left {{ personId }} }}',
        )
        assert back["changeSince"] == {key: change[key] for key in ("kept", "left")}
        assert cloud(ask, f'city: "{city}", wave: "{first["id"]}"', "changeSince { kept }")["changeSince"] is None


def test_a_date_chooses_the_wave(ask: Ask) -> None:
    days = {"2022": None, "2024-01-01": "2023-05", "2026": "2025-05"}
    for day, wave in days.items():
        found = ask(f'{{ cloud(city: "{SEATTLE}", asOf: "{day}") {{ on {{ date }} }} }}')["data"]["cloud"]
        assert (found and found["on"]["date"]) == wave


def test_layers_are_not_mixed(ask: Ask) -> None:
    fields = "on { ties direction } krackhardt { hierarchy } triads { count }"
    layers = ("TRUSTS", "KNOWS", "WORKS_WITH", "SHARED_MEMBERSHIP")
    found = {layer: cloud(ask, f'city: "{SEATTLE}", layer: {layer}', fields) for layer in layers}
    assert len({each["on"]["ties"] for each in found.values()}) == 4
    assert found["SHARED_MEMBERSHIP"]["on"]["direction"] == "UNION"
    assert found["SHARED_MEMBERSHIP"]["krackhardt"] is None
    assert found["KNOWS"]["krackhardt"] is not None


def test_trust_beside_boards_and_clubs(ask: Ask) -> None:
    """Counted by hand from the pairs of both layers."""
    ties = "ties(first: 1000) { one { personId } other { personId } }"
    found = {
        layer: cloud(ask, f'city: "{SEATTLE}", layer: {layer}, direction: UNION', f"{ties} on {{ people wave }}")
        for layer in ("TRUSTS", "SHARED_MEMBERSHIP", "WORKS_WITH")
    }
    pairs = {
        layer: {tuple(sorted((each["one"]["personId"], each["other"]["personId"]))) for each in of["ties"]}
        for layer, of in found.items()
    }
    wanted = "both onlyHere onlyThere neither jaccard correlation"
    told = cloud(
        ask,
        f'city: "{SEATTLE}"',
        f"beside {{ {wanted} }} works: beside(layer: WORKS_WITH) {{ {wanted} }} same: beside(layer: TRUSTS) {{ {wanted} }}",
    )
    every = 55 * 54 // 2
    for key, layer in {"beside": "SHARED_MEMBERSHIP", "works": "WORKS_WITH"}.items():
        trust, other = pairs["TRUSTS"], pairs[layer]
        assert told[key]["both"] == len(trust & other) > 0
        assert told[key]["onlyHere"] == len(trust - other)
        assert told[key]["onlyThere"] == len(other - trust)
        assert told[key]["neither"] == every - len(trust | other)
        assert told[key]["jaccard"] == len(trust & other) / len(trust | other)
        assert -1 < told[key]["correlation"] < 1
    assert (told["same"]["jaccard"], round(told["same"]["correlation"], 9), told["same"]["onlyHere"]) == (1, 1, 0)


def test_directions_of_one_network(ask: Ask) -> None:
    ties = {
        rule: cloud(ask, f'roster: "{roster("ht_advice")}", direction: {rule}', "on { ties }")["on"]["ties"]
        for rule in ("DIRECTED", "UNION", "MUTUAL")
    }
    assert ties == {"DIRECTED": 190, "UNION": 145, "MUTUAL": 45}


def test_what_if_people_leave_or_come_together(ask: Ask) -> None:
    heather, jane, andre = (person("kite", each) for each in ("008", "010", "001"))
    found = cloud(
        ask,
        f'roster: "{roster("kite")}", direction: UNION',
        f'a: whatIf(without: ["{heather}"]) {{ on {{ people ties }} components {{ sizes }} }} '
        f'b: whatIf(together: [["{jane}", "{andre}", "{heather}"]]) {{ on {{ people ties }} distances {{ diameter }} '
        f'c: whatIf(without: ["{andre}"]) {{ on {{ people ties }} }} }} on {{ people ties }}',
    )
    assert found["a"] == {"on": {"people": 9, "ties": 15}, "components": {"sizes": [7, 2]}}
    assert found["b"]["on"] == {"people": 10, "ties": 21}
    assert found["b"]["distances"]["diameter"] == 3
    assert found["b"]["c"]["on"] == {"people": 9, "ties": 15}
    assert found["on"] == {"people": 10, "ties": 18}


def test_a_council_brings_its_members_of_the_day_together(ask: Ask) -> None:
    """The members are read by ordinary questions here."""
    people = cloud(ask, f'city: "{SEATTLE}"', "on { date } people(first: 1000) { personId }")
    day, listed = people["on"]["date"], {each["personId"] for each in people["people"]}
    boards: dict[str, list[str]] = {}
    for id_ in sorted(listed):
        document = f'{{ person(id: "{id_}", asOf: "{day}", synthetic: true) {{ memberships(first: 50) {{ nodes {{ id }} }} }} }}'
        found = ask(document)["data"]["person"]
        for board in found["memberships"]["nodes"] if found else ():
            boards.setdefault(board["id"], []).append(id_)
    board, members = max(boards.items(), key=lambda each: (len(each[1]), each[0]))
    assert len(members) > 2
    stated = "[[" + ", ".join(f'"{each}"' for each in members) + "]]"
    ties = "ties(first: 1000) { one { personId } other { personId } }"
    found = cloud(
        ask,
        f'city: "{SEATTLE}", synthetic: true',
        f'a: whatIf(gatherings: ["{board}"]) {{ {ties} }} b: whatIf(together: {stated}) {{ {ties} }} {ties}',
    )
    assert found["a"] == found["b"]
    assert len(found["a"]["ties"]) > len(found["ties"])


def test_a_list_in_a_variable_is_read_anew_each_time(ask: Ask) -> None:
    """The same document with a longer list, and then a shorter one, is answered for the list that it came with."""
    people = [person("kite", each) for each in ("001", "008", "010")]
    document = """query ($without: [ID!]) { cloud(roster: "%s", direction: UNION) {
      whatIf(without: $without) { on { people } } } }""" % roster("kite")
    left = [ask(document, without=people[:count])["data"]["cloud"]["whatIf"]["on"]["people"] for count in (1, 3, 2)]
    assert left == [9, 7, 8]


def test_what_remains_without_the_elected(ask: Ask) -> None:
    found = cloud(
        ask,
        f'city: "{SEATTLE}"',
        "on { people } people(first: 1000) { personId elected } "
        "whatIf(withoutElected: true) { people(first: 1000) { personId elected } }",
    )
    stay = [each["personId"] for each in found["people"] if not each["elected"]]
    assert 0 < len(stay) < found["on"]["people"]
    assert [each["personId"] for each in found["whatIf"]["people"]] == stay


def test_people_are_sorted_by_a_measure(ask: Ask) -> None:
    fields = "a: people(orderBy: IN_DEGREE, first: 3) { n: name inDegree __typename } b: people(first: 2) { personId }"
    found = cloud(ask, f'roster: "{roster("kite")}", direction: UNION', fields)
    assert [each["inDegree"] for each in found["a"]] == [6, 5, 5]
    assert found["a"][0] == {"n": "Diane", "inDegree": 6, "__typename": "PersonMeasures"}
    assert [each["personId"] for each in found["b"]] == [person("kite", "001"), person("kite", "002")]


def test_a_network_beside_facts_in_the_order_asked(ask: Ask) -> None:
    document = """query($id: ID, $yes: Boolean!) {
      __typename
      a: cloud(roster: $id) { density @skip(if: $yes) on { ...N } }
      cities(first: 1) { totalCount }
      b: cloud(roster: "roster/nobody-has-this") { density }
      ... on Query { c: cloud(roster: $id, layer: KNOWS) { density __typename } }
    } fragment N on CloudBasis { __typename people }"""
    data = ask(document, id=roster("kite"), yes=True)["data"]
    assert list(data) == ["__typename", "a", "cities", "b", "c"]
    assert data["a"] == {"on": {"__typename": "CloudBasis", "people": 10}}
    assert data["b"] is None
    assert data["c"] == {"density": 0, "__typename": "Cloud"}


def test_who_sees_nothing_of_a_roster_gets_null(ask: Ask) -> None:
    answer = ask(f'{{ cloud(city: "{SEATTLE}") {{ density }} }}', token=None)
    assert answer == {"data": {"cloud": None}}
    assert ask(f'{{ cloud(city: "{SEATTLE}", synthetic: false) {{ density }} }}') == {"data": {"cloud": None}}


REFUSED = {
    "{ cloud { density } }": "BAD_USER_INPUT: cloud: give either `city` or `roster`.",
    '{ x: cloud(city: "city/a", roster: "roster/b") { density } }': "BAD_USER_INPUT: x: give either",
    '{ cloud(city: "roster/a") { density } }': 'BAD_USER_INPUT: cloud: "roster/a" is the id of type Roster.',
    '{ cloud(roster: "roster/kite", wave: "wave/a", asOf: "2020") { density } }': "BAD_USER_INPUT: cloud: give `wave` or `asOf`",
    '{ cloud(roster: "roster/kite", asOf: "2020/..") { density } }': "BAD_USER_INPUT: cloud.asOf: '2020/..' has no latest day",
    '{ cloud(roster: "roster/kite") { people(first: 0) { personId } } }': "BAD_USER_INPUT: `first` is 0; accepted are 1",
    '{ cloud(roster: "roster/kite") { breakers(count: 9) { value } } }': "BAD_USER_INPUT: `count` is 9; accepted are 1 to 5.",
    # Numbers are looked at before a network is read: these have none.
    '{ cloud(roster: "roster/x") { missingTies(first: -5) { __typename } } }': "BAD_USER_INPUT: `first` is -5; accepted are 1",
    '{ cloud(roster: "roster/x") { introductions(first: 101) { __typename } } }': "BAD_USER_INPUT: `first` is 101; accepted",
    '{ cloud(roster: "roster/x") { whatIf { spreaders(count: 0) { value } } } }': "BAD_USER_INPUT: `count` is 0; accepted",
    '{ cloud(roster: "roster/x") { groupBetweenness(people: [%s]) } }'
    % ", ".join(f'"person/{at}"' for at in range(21)): "BAD_USER_INPUT: `people` has 21 ids; accepted are at most 20.",
    '{ cloud(roster: "roster/kite") { whatIf(together: [["person/x"]]) { density } } }': "BAD_USER_INPUT: `together` names",
    '{ cloud(roster: "roster/kite") { whatIf(gatherings: ["city/a"]) { density } } }': "BAD_USER_INPUT: `gatherings` names "
    "'city/a', which is not there; accepted are ids of visits and organizations.",
    '{ cloud(roster: "roster/kite") { whatIf(gatherings: [%s]) { density } } }'
    % ", ".join(
        f'"visit/{at}"' for at in range(21)
    ): "BAD_USER_INPUT: `whatIf` names 21 `gatherings`; accepted are at most 20.",
    "{ %s }"
    % " ".join(f'c{at}: cloud(roster: "roster/kite") {{ density }}' for at in range(11)): "QUERY_TOO_EXPENSIVE: ",
    '{ cloud(roster: "roster/kite") { %s } }'
    % " ".join(
        f"c{at}: changeSince {{ kept }}" for at in range(10)
    ): "QUERY_TOO_EXPENSIVE: The document asks for 11 networks",
}


@pytest.mark.parametrize("document", REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused(ask: Ask, document: str) -> None:
    assert refused(ask, document).startswith(REFUSED[document])


def test_a_wave_of_another_roster_is_none(ask: Ask) -> None:
    waves = ask(EARLIER % TURIN)["data"]["rosters"]["nodes"][0]["waves"]["nodes"]
    assert ask(f'{{ cloud(city: "{SEATTLE}", wave: "{waves[0]["id"]}") {{ density }} }}')["data"]["cloud"] is None
    change = cloud(ask, f'city: "{SEATTLE}"', f'changeSince(wave: "{waves[0]["id"]}") {{ kept }}')
    assert change["changeSince"] is None
