"""Networks as files over HTTP: what they hold, for whom, and what is refused."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.http.api import Service
from graph.export.graphs.formats import FORMATS
from tests.clouds.conftest import Ask
from tests.clouds.test_clouds import PORTLAND, SEATTLE, TURIN
from tests.http.conftest import TOKEN
from tests.http.running import Running, started
from tests.kit.oracle.world import World

PEOPLE = "on { people ties wave } people(first: 1000) { personId name elected group } ties(first: 1000) { one { personId } other { personId } }"  # noqa: E501
WAVES = '{ rosters(where: {city: {id: {eq: "%s"}}}) { nodes { id waves(orderBy: [{since: ASC}]) { nodes { id } } } } }'
ONE_WAVE = ("net", "dl")


def get(server: Running, path: str, token: str | None = TOKEN, **asked: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.get(f"http://127.0.0.1:{server.port}/export/{path}", params=asked, headers=headers, timeout=30)


def graph(server: Running, path: str, **asked: Any) -> Any:
    answer = get(server, path, **asked)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def ends(of: Any) -> list[tuple[str, str]]:
    return [(each["source"], each["target"]) for each in of["edges"]]


def measured(ask: Ask, **asked: str) -> Any:
    quoted = {name: value if value.isupper() else json.dumps(value) for name, value in asked.items()}
    arguments = ", ".join(f"{name}: {value}" for name, value in quoted.items())
    answer = ask(f"{{ cloud({arguments}) {{ {PEOPLE} }} }}")
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["cloud"]


@pytest.mark.parametrize("direction", ["DIRECTED", "UNION", "MUTUAL"])
@pytest.mark.parametrize("layer", ["TRUSTS", "KNOWS", "WORKS_WITH", "SHARED_MEMBERSHIP"])
def test_a_cloud_has_the_people_and_ties_that_are_measured(
    server: Running, ask: Ask, layer: str, direction: str
) -> None:
    given = {"city": TURIN, "layer": layer, "direction": direction}
    found, wanted = graph(server, "cloud.json", **given), measured(ask, **given)
    people = {
        each["key"]: (each["attributes"].get("name"), each["attributes"]["elected"], each["attributes"].get("sector"))
        for each in found["nodes"]
    }
    assert people == {each["personId"]: (each["name"], each["elected"], each["group"]) for each in wanted["people"]}
    assert ends(found) == sorted((each["one"]["personId"], each["other"]["personId"]) for each in wanted["ties"])
    assert (len(people), len(found["edges"])) == (wanted["on"]["people"], wanted["on"]["ties"])
    directed = direction == "DIRECTED" and layer != "SHARED_MEMBERSHIP"
    assert found["options"] == {
        "type": "directed" if directed else "undirected",
        "multi": False,
        "allowSelfLoops": False,
    }
    assert found["attributes"]["synthetic"] == "true"
    # The seeds have no weak ties.
    assert bool(found["edges"]) == (layer != "KNOWS")


def stated(world: World, wave: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Read from the rows what is stated of ties in a wave."""
    rows = (each for each in world.relationships.values() if each.type == "TRUSTS" and each.values.get("wave") == wave)
    names = ("strength", "frequency", "frequencyUnit", "claimedSince", "caution", "since", "until")
    return {
        (each.start, each.end): {name: each.values[name] for name in names if each.values.get(name) is not None}
        for each in rows
    }


def test_ties_have_what_the_rows_state(server: Running, world: World) -> None:
    found = graph(server, "cloud.json", city=SEATTLE)
    rows = stated(world, found["attributes"]["wave"])
    assert {(e["source"], e["target"]): e["attributes"] for e in found["edges"]} == {
        pair: rows[pair] for pair in ends(found)
    }
    assert sum("strength" in each["attributes"] for each in found["edges"]) > 100


@pytest.mark.parametrize(("direction", "choose"), [("UNION", max), ("MUTUAL", min)])
def test_without_direction_a_tie_is_as_strong_as_said(
    server: Running, world: World, direction: str, choose: Callable[..., int]
) -> None:
    found = graph(server, "cloud.json", city=SEATTLE, direction=direction)
    rows = stated(world, found["attributes"]["wave"])
    assert found["edges"]
    for each in found["edges"]:
        pairs = ((each["source"], each["target"]), (each["target"], each["source"]))
        strengths = [rows[pair]["strength"] for pair in pairs if pair in rows]
        assert each["attributes"] == {"strength": choose(strengths)}
        assert len(strengths) == 2 or direction == "UNION"


def test_all_waves_are_the_waves_together(server: Running, ask: Ask) -> None:
    (roster,) = ask(WAVES % SEATTLE)["data"]["rosters"]["nodes"]
    waves = [each["id"] for each in roster["waves"]["nodes"]]
    found = graph(server, "cloud.json", city=SEATTLE, waves="all")
    assert (len(waves), found["options"]["multi"]) == (2, True)
    people: dict[str, list[str]] = {}
    for wave in waves:
        wanted = measured(ask, roster=roster["id"], wave=wave)
        of_wave = [each for each in found["edges"] if each["attributes"]["wave"] == wave]
        assert ends({"edges": of_wave}) == sorted(
            (e["one"]["personId"], e["other"]["personId"]) for e in wanted["ties"]
        )
        for each in wanted["people"]:
            people.setdefault(each["personId"], []).append(wave)
        alone = graph(server, "cloud.json", roster=roster["id"], wave=wave)
        answered = {each["key"] for each in alone["nodes"] if each["attributes"]["answered"]}
        assert answered == {e["key"] for e in found["nodes"] if wave in e["attributes"].get("answeredIn", ())}
    assert {each["key"]: each["attributes"]["waves"] for each in found["nodes"]} == people
    assert found["edges"] == sorted(found["edges"], key=lambda each: (each["source"], each["target"], int(each["key"])))


@pytest.mark.parametrize("asked", [{}, {"from": "2010", "to": "2015"}, {"city": PORTLAND}], ids=range(3))
def test_exchanges_are_those_that_are_measured(server: Running, ask: Ask, asked: dict[str, str]) -> None:
    found = graph(server, "exchange.json", synthetic="false", **asked)
    years = "".join(f", {name}Year: {asked[name]}" for name in ("from", "to") if name in asked)
    wanted = ask(
        f"{{ exchangeNetwork(synthetic: false{years}) "
        "{ cities { city { factId name } role made hosted hosts guests } legs { visitor { factId } host { factId } visits } } }"
    )
    assert "errors" not in wanted, wanted["errors"]
    network = wanted["data"]["exchangeNetwork"]
    legs = {(e["visitor"]["factId"], e["host"]["factId"]): e["visits"] for e in network["legs"]}
    counts = {e["city"]["factId"]: e for e in network["cities"]}
    if "city" in asked:
        legs = {pair: visits for pair, visits in legs.items() if asked["city"] in pair}
        counts = {id_: counts[id_] for pair in legs for id_ in pair}
    assert {(e["source"], e["target"]): e["attributes"]["visits"] for e in found["edges"]} == legs
    assert legs
    assert {each["key"] for each in found["nodes"]} == set(counts)
    for each in found["nodes"]:
        of, values = counts[each["key"]], each["attributes"]
        assert values["name"] == of["city"]["name"]
        named = {"made": "visitsMade", "hosted": "visitsHosted", "hosts": "citiesVisited", "guests": "citiesHosted"}
        if "city" not in asked:
            assert {its: values[mine] for its, mine in named.items()} == {its: of[its] for its in named}
            assert values["role"] == of["role"]
    for each in found["edges"]:
        first, last = (each["attributes"].get(name) for name in ("firstYear", "lastYear"))
        assert (first is None) == (last is None)
        if "from" in asked and first is not None:
            assert 2010 <= first <= last <= 2015


LESSONS = """query ($after: String) { lessons(first: 10, after: $after, synthetic: %s, where: {gainedOn: {some: {}}}) {
  pageInfo { hasNextPage endCursor }
  nodes { id learnedBy { id } from(first: 20) { nodes { id } } gainedOn(first: 3) { nodes {
    ... on Visit { status visitors(first: 30) { nodes { id } } hosts(first: 30) { nodes { id } } } } } }
} }"""


@pytest.mark.parametrize("synthetic", ["false", "true"])
def test_ties_of_exchanges_have_the_lessons_gained_on_their_visits(server: Running, ask: Ask, synthetic: str) -> None:
    found = graph(server, "exchange.json", synthetic=synthetic)
    wanted: dict[tuple[str, str], set[str]] = {}
    after: str | None = None
    while True:
        page = ask(LESSONS % synthetic, after=after)["data"]["lessons"]
        for each in page["nodes"]:
            places = {place["id"] for place in each["from"]["nodes"]}
            for visit in each["gainedOn"]["nodes"]:
                if each["learnedBy"] is None or visit.get("status") != "HELD":
                    continue
                hosts = {place["id"] for place in visit["hosts"]["nodes"]}
                if each["learnedBy"]["id"] in {place["id"] for place in visit["visitors"]["nodes"]}:
                    for host in (hosts & places) or hosts:
                        wanted.setdefault((each["learnedBy"]["id"], host), set()).add(each["id"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    seen = {(e["source"], e["target"]): e["attributes"] for e in found["edges"]}
    assert {pair: set(each["lessonIds"]) for pair, each in seen.items() if "lessonIds" in each} == {
        pair: ids for pair, ids in wanted.items() if pair in seen
    }
    assert all(each["lessons"] == len(each.get("lessonIds", ())) for each in seen.values())
    assert any(each["lessons"] for each in seen.values())


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_comes_with_its_headers_and_the_same_bytes(server: Running, ending: str) -> None:
    waves = {} if ending in ONE_WAVE else {"waves": "all"}
    first, second = (get(server, f"cloud.{ending}", city=TURIN, **waves) for _ in range(2))
    assert first.status_code == 200, first.text[:300]
    assert first.content == second.content
    assert first.headers["content-type"] == FORMATS[ending].media
    assert first.headers["content-disposition"] == f'attachment; filename="cloud.{ending}"'
    assert first.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert (first.headers["cache-control"], first.headers["x-content-type-options"]) == ("private, no-store", "nosniff")


def test_who_sees_nothing_gets_no_file(server: Running) -> None:
    hidden, absent = (get(server, "cloud.gexf", token=None, city=city) for city in (SEATTLE, "city/nowhere"))
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    real = get(server, "cloud.gexf", city=SEATTLE, synthetic="false")
    assert real.status_code == 404
    assert "Made-up facts are left out; `synthetic=true` takes them too." in real.text
    assert "Without a token" not in real.text
    assert "Without a token you see what everybody sees." in hidden.text
    nowhere = get(server, "exchange.gexf", city="city/nowhere")
    assert nowhere.status_code == 404
    assert "`city` is the id of a city, such as city/us-wa-seattle." in nowhere.text
    assert "Made-up" not in nowhere.text
    assert get(server, "cloud.gexf", token="wrong", city=SEATTLE).status_code == 401


@pytest.mark.parametrize(
    ("path", "asked", "status", "says"),
    [
        ("pie.gexf", {}, 404, "There is no such file; there are cloud and exchange, with the endings gexf,"),
        ("cloud.pdf", {"city": SEATTLE}, 404, "There is no such file"),
        ("cloud", {}, 404, "There is no such file"),
        ("cloud.csv", {"city": SEATTLE}, 404, "csv.zip, nodes.csv, edges.csv"),
        ("cloud.gexf", {}, 400, "give either `city` or `roster`"),
        (
            "cloud.gexf",
            {"city": SEATTLE, "seed": "1"},
            400,
            "'seed' is no argument of this network; accepted are city,",
        ),
        ("cloud.gexf", {"city": SEATTLE, "layer": "LOVES"}, 400, "accepted are TRUSTS"),
        ("cloud.gexf", {"city": SEATTLE, "waves": "last"}, 400, "`waves` is 'last'; accepted is all"),
        ("cloud.gexf", {"city": SEATTLE, "waves": "all", "asOf": "2024"}, 400, "give it without `wave` and `asOf`"),
        ("cloud.gexf", {"city": SEATTLE, "waves": "all", "layer": "WORKS_WITH"}, 400, "accepted for TRUSTS, KNOWS"),
        (
            "cloud.net",
            {"city": SEATTLE, "waves": "all"},
            400,
            "Pajek cannot hold ties of several waves. Formats that can:",
        ),
        ("exchange.gml", {"from": "soon"}, 400, "`from` is 'soon'"),
        ("exchange.gml", {"from": "2020", "to": "2010"}, 400, "which is after `to`"),
        ("exchange.gml", {"city": "topic/housing"}, 400, "the id of type Topic"),
        ("exchange.gml", {"synthetic": "maybe"}, 400, "accepted are true and false"),
        ("exchange.gml", {"from": ["2000", "2001"]}, 400, "Give each argument once"),
        ("exchange.gml", {"subject": "x" * 501}, 400, "in at most 500 characters"),
    ],
    ids=range(17),
)
def test_what_is_refused(server: Running, path: str, asked: dict[str, Any], status: int, says: str) -> None:
    found = get(server, path, **asked)
    assert found.status_code == status
    assert says in found.json()["errors"][0]["message"]


def test_a_server_of_trusted_documents_has_networks_too(all_seeing: Callable[..., Service]) -> None:
    with started(all_seeing(trusted_only=True)) as running:
        assert get(running, "cloud.gexf", city=SEATTLE).status_code == 200


def test_no_draft_stays(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of a file that was sent, nor of one that is refused, nor of one whose client left."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for path, asked in (("exchange.xlsx", {}), ("cloud.net", {"city": SEATTLE, "waves": "all"})):
        get(server, path, **asked)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"http://127.0.0.1:{server.port}/export/exchange.xlsx", timeout=0.02)
    until = time.monotonic() + 20
    while any(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    assert not list(tmp_path.iterdir())
    assert get(server, "exchange.net").status_code == 200


def test_without_room_a_client_is_told_to_try_again(
    server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "is-not-there"))
    refused = get(server, "exchange.gexf")
    assert (refused.status_code, refused.json()["errors"][0]["message"]) == (
        503,
        "The server has no room to make this file now.",
    )
