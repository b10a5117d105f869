"""The tools beside the documents: which there are, what they cost to list, what they answer, and how they fail."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client
from mcp.types import ImageContent

from app.mcp.catalogue import MOST_TOKENS, catalogue, tokens
from app.start.trusted import Trusted, TrustedDocument
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.mcp.clients import called, connected, failed, talk, text, whole
from tests.mcp.test_documents import BEARER, DOCUMENTS

ONLY = {"find_question", "answer_question", "explain_measure", "figure", "rest"}
FIXED = ONLY | {"search", "cloud", "find_in_schema", "describe_type", "ask"}
SEATTLE, TURIN = "city/us-wa-seattle", "city/it-12-turin"
PNG = b"\x89PNG\r\n\x1a\n"


def test_every_document_is_a_tool_within_the_budget(server: Running) -> None:
    """What the client reads is counted, so nothing that it gets is left out."""

    async def every(client: Client) -> list[list[Any]]:
        return [
            (await client.list_tools()).tools,
            (await client.list_resources()).resources,
            (await client.list_resource_templates()).resource_templates,
            (await client.list_prompts()).prompts,
        ]

    listed, *beside = talk(server, every)
    assert {each.name for each in listed} == FIXED | set(DOCUMENTS)
    assert all(beside)
    shown = [each.model_dump(mode="json", by_alias=True, exclude_none=True) for each in sum(beside, listed)]
    assert 5_000 < tokens(shown) <= MOST_TOKENS
    by_name = {each.name: each for each in listed}
    latest = by_name["latest-visits"]
    assert latest.description == DOCUMENTS["latest-visits"].head.sentence
    assert latest.input_schema == {
        "type": "object",
        "properties": {"last": {"type": "integer", "default": 4}, "before": {"type": "string"}},
    }


def test_more_documents_than_fit_are_answered_by_their_id() -> None:
    text = "# {}\n{{ __typename }}"
    many = tuple(TrustedDocument(f"question-{at}", text.format("Why? " * 40)) for at in range(600))
    odd = TrustedDocument("an odd name.v2", text.format("Odd"))
    made = catalogue(Trusted((*many, odd)))
    assert tokens(made.shown) <= MOST_TOKENS
    assert 100 < sum(name.startswith("question-") for name in made.tools) < 600
    assert odd.id not in made.tools
    assert set(made.tools) >= FIXED


def test_a_server_for_trusted_documents_has_only_those_and_figures(
    made: Callable[..., Any], running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    only = running(trusted_only=True)
    assert {each.name for each in talk(only, lambda client: client.list_tools()).tools} == ONLY | set(DOCUMENTS)
    assert called(only, "latest-visits")["data"]["visits"]["nodes"]
    assert failed(only, "ask", document="{ __typename }") == "'ask' is no tool of this server."
    hidden = {"tool": "ask", "arguments": {"document": "{ __typename }"}, "at": "/data", "from": 0}
    assert failed(only, "rest", **hidden) == "'ask' is no tool of this server."


def test_a_question_of_ones_own(server: Running) -> None:
    document = (
        "query($first: Int) { cities(first: $first, orderBy: [{name: ASC}]) { nodes { name country { name } } } }"
    )
    told = called(server, "ask", document=document, variables={"first": 2})
    assert told["data"] == server.ask(document, variables={"first": 2}).json()["data"]
    assert told["sources"]
    several = 'query A { __typename } query B { city(id: "%s") { name } }' % TURIN
    assert called(server, "ask", document=several, operation="B")["data"] == {"city": {"name": "Turin"}}
    fragments = (
        "query { visits(first: 3) { ...Page } } fragment Page on VisitConnection { nodes { ...One } edges { node { ...One } } } "
        "fragment One on Visit { title confidence sources { title } hosts { ...Hosts } } "
        "fragment Hosts on NamedConnection { edges { since { text } node { ... on Named { called: name } } } }"
    )
    assert called(server, "ask", document=fragments)["data"] == server.ask(fragments).json()["data"]


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED: Cannot query field 'nothing'"),
        ("{", "GRAPHQL_PARSE_FAILED: "),
        (
            "{ cities(first: 1000) { nodes { name } } }",
            "BAD_USER_INPUT: cities: a page of 1000 rows; accepted are 0 to 100.",
        ),
        ("mutation { deleteFacts(rows: []) { __typename } }", "BAD_USER_INPUT: "),
        ("subscription { events { cursor } }", "BAD_USER_INPUT: This operation is a subscription"),
        ("{a" * 9_000, "QUERY_TOO_EXPENSIVE: "),
        ('{ city(id: "x") { name } } query B { __typename }', "GRAPHQL_VALIDATION_FAILED: "),
        ("query($a: Int!) { cities(first: $a) { totalCount } }", "BAD_USER_INPUT: Variable '$a'"),
    ],
)
def test_errors_of_graphql_are_told_with_their_code(server: Running, document: str, says: str) -> None:
    said = failed(server, "ask", TOKEN, document=document)
    assert says in said
    assert "Traceback" not in said
    assert "app/" not in said


def test_a_mutation_changes_nothing_although_its_caller_may_write(server: Running) -> None:
    city = '{ city(id: "%s") { note updatedAt } }' % TURIN
    before = server.ask(city, headers=BEARER).json()
    document = 'mutation { upsertCities(rows: [{key: {id: "%s"}, note: "by a tool"}]) { __typename } }' % TURIN
    assert "This operation writes." in failed(server, "ask", TOKEN, document=document)
    assert server.ask(city, headers=BEARER).json() == before


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("nothing", {}, "'nothing' is no tool of this server."),
        ("x" * 5_000, {}, "is no tool of this server."),
        ("latest-visits", {"first": 1}, "'first' is no argument of this tool; accepted are last, before."),
        ("latest-visits", {"last": "many"}, "last is 'many'; accepted is a value of type integer."),
        ("latest-visits", {"last": True}, "last is True; accepted is a value of type integer."),
        ("who-says-so", {"id": 1}, "'id' is no argument of this tool; this tool takes none."),
        ("answer_question", {"id": "x"}, "'x' is no id of a question; `find_question` finds them."),
        ("answer_question", {"id": "who-says-so", "variables": {"a": 1}}, "this tool takes none"),
        ("cloud", {}, "The argument cities is missing: Ids of cities or rosters."),
        ("cloud", {"cities": []}, "cities has 0 entries; accepted are 1 to 5."),
        ("cloud", {"cities": [SEATTLE], "layer": "LOVES"}, "accepted are TRUSTS, KNOWS, WORKS_WITH, SHARED_MEMBERSHIP."),
        ("cloud", {"cities": [1]}, "cities[0] is 1; accepted is a value of type string."),
        ("search", {}, "The argument text is missing"),
        ("search", {"text": "x", "first": 1_000}, "first is 1000; accepted are 1 to 100."),
        ("rest", {"tool": "who-visits-whom", "arguments": {}, "at": "", "from": -3}, "from is -3; accepted are 0 and more."),
        ("search", {"text": "x", "types": ["NOTHING"]}, "BAD_USER_INPUT: "),
        ("describe_type", {"name": "Citty"}, "'Citty' is no type of the schema; `find_in_schema` finds them."),
        ("explain_measure", {"name": "beauty"}, "'beauty' is no measure; there are "),
        ("figure", {"kind": "pie"}, "kind is 'pie'; accepted are cloud, growth, what-if, exchange, map, diffusion, spread."),
        ("figure", {"kind": "cloud", "practice": "x"}, "BAD_USER_INPUT: 'practice' is no argument of this figure"),
        ("figure", {"kind": "cloud", "city": "city/nothing"}, "NOT_FOUND: There is nothing to draw"),
        ("rest", {"tool": "who-says-so", "arguments": {}, "at": "/data/nothing", "from": 0}, "There is nothing at"),
        ("rest", {"tool": "who-says-so", "arguments": {}, "at": "/data", "from": 7}, "There is nothing from 7 on at /data."),
        ("rest", {"tool": "rest", "arguments": {}, "at": "", "from": 0}, "'rest' is no tool of this server."),
    ],
)  # fmt: skip
def test_a_call_that_fails_says_what_is_accepted(
    server: Running, name: str, arguments: dict[str, Any], says: str
) -> None:
    said = failed(server, name, **arguments)
    assert says in said
    assert ".." not in said
    assert len(said) < 1_000


def test_the_schema_is_found_by_words(server: Running) -> None:
    found = called(server, "find_in_schema", words="visit hosts")["data"]["found"]
    assert "Visit.hosts" in [each["name"] for each in found[:3]]
    assert len(json.dumps(found)) < 10_000
    assert called(server, "find_in_schema", words="xyzzy")["data"]["found"] == []


def test_a_type_is_described_as_introspection_describes_it(server: Running) -> None:
    for name in ("City", "Query", "CityWhere", "Confidence"):
        told = called(server, "describe_type", name=name)
        asked = f'{{ __type(name: "{name}") {{ description fields {{ name }} inputFields {{ name }} enumValues {{ name }} }} }}'
        type_ = server.ask(asked).json()["data"]["__type"]
        members = type_["fields"] or type_["inputFields"] or type_["enumValues"]
        data = told["data"]
        shown = [each["name"] for each in data.get("fields", data.get("values"))]
        cut = {each["at"]: each["total"] for each in told.get("cut", ())}
        assert shown == [each["name"] for each in members][: len(shown)]
        assert len(members) == cut.get("/data/fields", len(shown))
        assert data["says"] == (type_["description"] or "")
    only = called(server, "describe_type", name="Query", words="visit")["data"]["fields"]
    assert {"visit", "visits"} <= {each["name"] for each in only}
    assert len(only) < 20


def test_questions_are_found_by_words(server: Running) -> None:
    found = called(server, "find_question", words="congestion charging")["data"]["questions"]
    assert "what-came-of-congestion-charging" in [each["id"] for each in found[:3]]
    assert called(server, "find_question", words="xyzzy")["data"]["questions"] == []


def test_facts_are_searched(server: Running) -> None:
    told = called(server, "search", text="bus rapid", first=3)
    asked = 'query { search(text: "bus rapid", first: 3) { totalCount edges { node { id } } } }'
    data = server.ask(asked).json()["data"]["search"]
    assert told["data"]["search"]["totalCount"] == data["totalCount"]
    assert [each["node"]["id"] for each in told["data"]["search"]["edges"]] == [
        each["node"]["id"] for each in data["edges"]
    ]
    after = told["data"]["search"]["pageInfo"]["endCursor"]
    second = called(server, "search", text="bus rapid", first=3, after=after)["data"]["search"]["edges"]
    assert not {each["node"]["id"] for each in second} & {each["node"]["id"] for each in data["edges"]}


def test_networks_are_measured(server: Running) -> None:
    told = called(server, "cloud", TOKEN, cities=[SEATTLE, TURIN], direction="UNION")
    asked = 'query { cloud(city: "%s", direction: UNION, synthetic: true) { on { people synthetic } density } }'
    for city in (SEATTLE, TURIN):
        network = server.ask(asked % city, headers=BEARER).json()["data"]["cloud"]
        shown = told["data"][city]
        assert (shown["on"]["people"], shown["density"]) == (network["on"]["people"], network["density"])
        assert shown["on"]["synthetic"] is True
    assert "made-up facts" in " ".join(told["notes"])
    without = called(server, "cloud", TOKEN, cities=[SEATTLE], withoutElected=True)["data"][SEATTLE]
    assert without["whatIf"]["on"]["people"] < 55
    people = called(server, "cloud", TOKEN, cities=[SEATTLE], people=True)
    assert len(people["data"][SEATTLE]["people"]) == 55
    nobody = called(server, "cloud", cities=[SEATTLE])
    assert nobody["data"] == {SEATTLE: None}
    assert f"{SEATTLE!r} has no roster that you may see." in nobody["notes"]


def test_a_measure_is_explained(server: Running) -> None:
    told = called(server, "explain_measure", name="density")["data"]
    assert {"says", "formula", "source", "pitfalls"} <= set(told)
    names = [each["name"] for each in called(server, "explain_measure")["data"]["measures"]]
    assert {"density", "betweenness", "diffusion"} <= set(names)


@pytest.mark.parametrize(
    "asked",
    [{"kind": "cloud", "city": TURIN, "synthetic": True}, {"kind": "exchange", "from": 2010, "to": 2012}],
    ids=str,
)
def test_a_figure_is_a_picture(server: Running, asked: dict[str, Any]) -> None:
    async def work() -> Any:
        async with connected(server, TOKEN) as client:
            return await client.call_tool("figure", asked)

    result = asyncio.run(work())
    image = result.content[1]
    assert isinstance(image, ImageContent)
    png = base64.b64decode(image.data)
    assert (png[:8], png[12:16], png[-8:-4], image.mime_type) == (PNG, b"IHDR", b"IEND", "image/png")
    assert png == _over_http(server, whole(result)["address"].replace(".svg", ".png"))
    assert "/figures/" in text(result)


def _over_http(server: Running, path: str) -> bytes:
    import httpx

    return httpx.get(f"http://127.0.0.1:{server.port}{path}", headers=BEARER, timeout=60).content
