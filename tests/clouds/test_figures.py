"""Figures over HTTP: what they show, for whom, and what is refused."""

from typing import Any
from xml.etree import ElementTree as Xml

import httpx
import pytest

from tests.clouds.test_clouds import PORTLAND, SEATTLE, TURIN
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.paths import DOCS

PRACTICE = "practice/bus-rapid-transit"
ASKED_PRACTICE = ("diffusion", "spread")
LIMA = "city/pe-lma-lima"


def get(server: Running, path: str, token: str | None = TOKEN, **asked: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return httpx.get(f"http://127.0.0.1:{server.port}/figures/{path}", params=asked, headers=headers, timeout=30)


def texts(svg: bytes) -> str:
    return " ".join(each for each in Xml.fromstring(svg).itertext())


ASKED: dict[str, dict[str, str]] = {
    "cloud": {"city": SEATTLE},
    "growth": {"city": PORTLAND, "direction": "UNION"},
    "what-if": {"city": PORTLAND, "withoutElected": "true"},
    "exchange": {"from": "2000"},
    "map": {"window": "europe"},
    "diffusion": {"practice": PRACTICE},
    "spread": {"practice": PRACTICE, "window": "north-america"},
}
OF_PEOPLE = ("cloud", "growth", "what-if")


@pytest.mark.parametrize("kind", ASKED)
def test_a_figure_is_the_same_each_time_and_says_what_it_shows(server: Running, kind: str) -> None:
    first, second = (get(server, f"{kind}.svg", **ASKED[kind]) for _ in range(2))
    assert (first.status_code, first.headers["content-type"]) == (200, "image/svg+xml; charset=utf-8"), first.text[:300]
    assert first.content == second.content
    assert first.headers["cache-control"] == "private, no-store"
    root = Xml.fromstring(first.content)
    assert "graphics-document" in (root.get("role") or "")
    assert ("Response rate" in texts(first.content)) == (kind in OF_PEOPLE)


def test_a_figure_as_png(server: Running) -> None:
    found = get(server, "cloud.png", city=TURIN)
    assert (found.headers["content-type"], found.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")


def test_a_cloud_states_its_wave_and_that_it_is_made_up(server: Running) -> None:
    later, earlier = (texts(get(server, "cloud.svg", city=SEATTLE, **more).content) for more in ({}, {"asOf": "2024"}))
    assert "2025-05" in later
    assert "2023-05" in earlier
    for each in (later, earlier):
        assert "80% (" in each
        assert "Synthetic" in each
    assert "n = 55" in later or "55 people" in later


def test_people_stay_in_place_from_wave_to_wave(server: Running) -> None:
    places = []
    for more in ({"asOf": "2024"}, {}):
        root = Xml.fromstring(get(server, "cloud.svg", city=SEATTLE, **more).content)
        places.append({each.get("data-id"): each.get("transform") for each in root.iter() if each.get("data-id")})
    both = {id_ for id_ in places[0] if id_ and id_.startswith("person/") and " " not in id_} & set(places[1])
    assert len(both) == 60
    assert {id_: places[0][id_] for id_ in both} == {id_: places[1][id_] for id_ in both}


def test_who_sees_nothing_gets_no_figure(server: Running) -> None:
    assert get(server, "cloud.svg", token=None, city=SEATTLE).status_code == 404
    real = get(server, "cloud.svg", city=SEATTLE, synthetic="false")
    assert real.status_code == 404
    assert "`synthetic=true` takes them too" in real.text
    assert get(server, "diffusion.svg", practice="practice/nobody-has-this").status_code == 404
    assert get(server, "growth.svg", city=SEATTLE, asOf="2024").status_code == 404
    assert get(server, "spread.svg", practice="practice/nobody-has-this").status_code == 404
    assert get(server, "map.svg", city="city/nowhere").status_code == 404


def test_a_figure_names_its_subject_if_the_viewer_may_see_it(server: Running) -> None:
    named, unknown = (texts(get(server, "exchange.svg", subject=each).content) for each in (PRACTICE, "topic/none"))
    assert "visits that were held about Bus rapid transit" in " ".join(named.split())
    assert "about topic/none" in " ".join(unknown.split())


def test_everybody_sees_the_public_exchanges(server: Running) -> None:
    seen, all_of_it = (get(server, "exchange.svg", token=token, synthetic="false") for token in (None, TOKEN))
    assert seen.status_code == all_of_it.status_code == 200
    assert "Synthetic" not in texts(seen.content)


def marks(svg: bytes, kind: str) -> dict[str, Xml.Element]:
    return {each.attrib["data-id"]: each for each in Xml.fromstring(svg).iter() if each.get("data-kind") == kind}


@pytest.mark.parametrize("kind", ["exchange", "map"])
def test_a_city_has_its_own_links_alone(server: Running, kind: str) -> None:
    """The links of Portland are those of the whole figure that begin or end there, with as many visits."""
    whole, own = (get(server, f"{kind}.svg", synthetic="false", **more).content for more in ({}, {"city": PORTLAND}))
    every, links = marks(whole, "visits"), marks(own, "visits")
    times = {id_: each.get("data-times") for id_, each in every.items() if PORTLAND in id_.split()}
    assert {id_: each.get("data-times") for id_, each in links.items()} == times
    assert len(every) > len(links) > 5
    assert set(marks(own, "place")) == {end for id_ in links for end in id_.split()} | {PORTLAND}
    assert "Exchanges of Portland" in texts(own)


def test_a_city_without_visits_stands_alone(server: Running) -> None:
    drawn = get(server, "map.svg", synthetic="false", city=LIMA).content
    assert (set(marks(drawn, "place")), marks(drawn, "visits")) == ({LIMA}, {})


def test_the_map_of_a_practice_has_each_city_of_its_curve(server: Running) -> None:
    """A city with several uses is one mark, with the year of its first: the curve has its year for the same id."""
    curve, drawn = (marks(get(server, f"{kind}.svg", practice=PRACTICE).content, "adoption") for kind in ASKED_PRACTICE)
    dated = {id_: each.attrib["data-year"] for id_, each in drawn.items() if each.get("data-year")}
    assert len(dated) > 150
    assert dated == {id_: curve[id_].get("data-year") for id_ in dated}
    first: dict[str, str] = {}
    for each in curve.values():
        city = (each.get("aria-label") or "").split(": ")[0]
        first[city] = min(first.get(city, "9999"), each.attrib["data-year"])
    assert sorted(first.values()) == sorted(dated.values())


def test_a_supposition_is_drawn_as_the_api_counts_it(server: Running) -> None:
    """Two boards are added and the elected leave: the new pairs and the people who leave are those of `whatIf`."""
    of = f'members: {{some: {{on: {{person: {{rosters: {{some: {{city: {{id: {{eq: "{PORTLAND}"}}}}}}}}}}}}}}}}'
    headers = {"authorization": f"Bearer {TOKEN}"}
    query = f"{{ organizations(where: {{{of}}}, first: 2, synthetic: true) {{ nodes {{ id name }} }} }}"
    boards = server.ask(query, headers=dict(headers)).json()["data"]["organizations"]["nodes"]
    ids = [each["id"] for each in boards]
    columns = "on { people } columns { personIds one other }"
    then = f'whatIf(withoutElected: true, gatherings: ["{ids[0]}", "{ids[1]}"]) {{ {columns} }}'
    cloud = f'{{ cloud(city: "{PORTLAND}", synthetic: true) {{ {columns} {then} }} }}'
    now = server.ask(cloud, headers=dict(headers)).json()["data"]["cloud"]
    after = now["whatIf"]
    arcs = [
        {(of["personIds"][a], of["personIds"][b]) for a, b in zip(of["one"], of["other"], strict=True)}
        for of in (now["columns"], after["columns"])
    ]
    asked = {"city": PORTLAND, "withoutElected": "true", "gatherings": " ".join(ids)}
    svg = get(server, "what-if.svg", **asked).content
    drawn = {id_ for id_, each in marks(svg, "tie").items() if each.get("data-change") == "added"}
    assert drawn == {f"{min(arc)} {max(arc)} added" for arc in arcs[1] - arcs[0]}
    gone = {id_ for id_, each in marks(svg, "person").items() if each.get("opacity")}
    assert len(gone) == now["on"]["people"] - after["on"]["people"] > 0
    assert gone == set(now["columns"]["personIds"]) - set(after["columns"]["personIds"])
    said = " ".join(texts(svg).split())
    assert "What if without the elected leaders" in said
    assert f"{len(arcs[1] - arcs[0])} new ties between" in said
    assert boards[0]["name"].removesuffix(" (synthetic)") in said
    assert get(server, "what-if.png", **asked).content.startswith(b"\x89PNG")
    assert get(server, "what-if.svg", token=None, **asked).status_code == 404


@pytest.mark.parametrize(
    ("path", "asked", "status", "says"),
    [
        ("pie.svg", {}, 404, "There is no such figure"),
        ("cloud.gif", {}, 404, "There is no such figure"),
        ("cloud.svg", {}, 400, "give either `city` or `roster`"),
        ("cloud.svg", {"city": SEATTLE, "colour": "red"}, 400, "'colour' is no argument"),
        ("cloud.svg", {"city": SEATTLE, "layer": "LOVES"}, 400, "accepted are TRUSTS"),
        ("cloud.svg", {"city": SEATTLE, "seed": "x"}, 400, "`seed` is 'x'"),
        ("map.svg", {"window": "moon"}, 400, "accepted are world"),
        ("exchange.svg", {"from": "soon"}, 400, "`from` is 'soon'"),
        ("exchange.svg", {"from": "2020", "to": "2010"}, 400, "`from` is 2020, which is after `to`, 2010"),
        ("exchange.svg", {"subject": "mobility"}, 400, "An id here begins with topic/ or practice/"),
        ("map.svg", {"city": "practice/a"}, 400, "the id of type Practice"),
        ("diffusion.svg", {"practice": "bus"}, 400, "An id here begins with practice/"),
        ("cloud.svg", {"city": SEATTLE, "asOf": "soon"}, 400, "'soon' is not a date"),
        ("what-if.svg", {"city": SEATTLE, "layer": "LOVES"}, 400, "accepted are TRUSTS"),
        ("what-if.svg", {"city": SEATTLE, "asOf": "2017/.."}, 400, "has no latest day"),
        ("diffusion.svg", {}, 400, "`practice` is missing"),
        ("spread.svg", {}, 400, "`practice` is missing"),
        ("diffusion.svg", {"practice": PRACTICE, "city": LIMA}, 400, "'city' is no argument"),
        ("exchange.svg", {"synthetic": "maybe"}, 400, "accepted are true and false"),
        ("what-if.svg", {"city": SEATTLE, "gatherings": "visit/none"}, 400, "which is not there"),
        ("what-if.svg", {"city": SEATTLE, "withoutElected": "yes"}, 400, "`withoutElected` is 'yes'"),
        ("what-if.svg", {"city": SEATTLE, "gatherings": "visit/a " * 21}, 400, "at most 20"),
        ("exchange.svg", {"from": ["2000", "2001"]}, 400, "Give each argument once"),
    ],
    ids=range(23),
)
def test_what_is_refused(server: Running, path: str, asked: dict[str, Any], status: int, says: str) -> None:
    found = get(server, path, **asked)
    assert found.status_code == status
    assert says in found.json()["errors"][0]["message"]


OF_DOCS = {
    "exchange": ("exchange", {"synthetic": "false"}),
    "turin": ("cloud", {"city": TURIN}),
    "portland": ("cloud", {"city": PORTLAND}),
}
"""The figures of the README: their kind and arguments."""


@pytest.mark.parametrize("name", OF_DOCS)
def test_the_figures_of_the_docs_are_fresh(server: Running, name: str) -> None:
    """docs/figures.md says how each is made."""
    kind, asked = OF_DOCS[name]
    fresh = (DOCS / "figures" / f"{name}.svg").read_bytes() == get(server, f"{kind}.svg", **asked).content
    assert fresh, (
        f"run: citygraph figure {kind} {' '.join(f'{k}={v}' for k, v in asked.items())} -o docs/figures/{name}.svg"
    )
