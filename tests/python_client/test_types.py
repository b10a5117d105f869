"""Types made of documents: mypy accepts them at its strictest, and real answers are of these types."""

import importlib.util
import subprocess
import sys
import types
from pathlib import Path
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints

import pytest

from citygraph_client.__main__ import main
from tests.kit.paths import DOCS, ROOT

SDL = DOCS / "schema.graphql"
DOCUMENT = """
query Visits($first: Int!, $after: String, $where: VisitWhere, $deep: Boolean = false) {
  visits(first: $first, after: $after, where: $where) {
    totalCount
    nodes { title kind delegates since { text } costPerDelegate { amount }
      hosts(first: 3) { edges { from: arrived { text } node { ...Place } } } note @include(if: $deep) }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Place on City { name location { latitude } }
query Facts($ids: [ID!]!) {
  nodes(ids: $ids) { __typename id ... on Visit { title kind } ... on City { name class: population } ... on Fact { marking } }
}
query Lessons { lessons(first: 5) { nodes { gainedOn {
  nodes { since { text } ... on Visit { title } ... on Event { name } } } } } }
query lone_city($id: ID!) { city(id: $id) { name } city(id: $id) { country { name } } }
mutation Up($rows: [VisitInput!]!) { upsertVisits(rows: $rows) { created problems { path code accepted } } }
subscription Log { events { cursor kind type node { __typename ... on Lesson { statement } } } }
"""
PROGRAM = """
from typing import assert_type
from citygraph_client import Client
import answers

with Client("http://127.0.0.1:1") as client:
    found: answers.Visits = client.query(answers.VISITS, {"first": 3})
    for visit in found["visits"]["nodes"]:
        assert_type(visit["delegates"], int | None)
        assert_type(visit["hosts"]["edges"][0]["from"], answers.VisitsVisitsNodesHostsEdgesFrom | None)
        kind: answers.VisitKind = visit["kind"]
    facts: answers.Facts = client.query(answers.FACTS, {"ids": []})
    for fact in facts["nodes"]:
        if fact is not None and fact["__typename"] == "Visit":
            assert_type(fact["title"], str)
    city: answers.LoneCity = client.query(answers.LONE_CITY)
    assert city["city"] is not None
    assert_type(city["city"]["name"], str)
    values: answers.VisitsVariables = {"first": 1, "where": {"title": {"eq": "x"}}}
"""
WRONG = {
    'found["visits"]["nodes"][0]["titel"]': "typeddict-item",
    'found["visits"]["nodes"][0]["kind"] == "VISIT"': "comparison-overlap",
    '{**values, "second": 1} and answers.VisitsVariables(second=1)': "typeddict-",
    'facts["nodes"][0]["title"]': "index",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("types")
    (folder / "question.graphql").write_text(DOCUMENT)
    done = command(folder / "question.graphql", SDL)
    assert done.returncode == 0, done.stderr
    (folder / "answers.py").write_text(done.stdout)
    return folder


def command(*arguments: Path) -> "subprocess.CompletedProcess[str]":
    run = [sys.executable, "-m", "citygraph_client", "types", *map(str, arguments)]
    return subprocess.run(run, cwd=ROOT / "client", capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def answers(made: Path) -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("answers", made / "answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_mypy_accepts_the_types_and_finds_what_is_wrong(made: Path) -> None:
    (made / "right.py").write_text(PROGRAM)
    lines = "".join(f"    {line}\n" for line in WRONG)
    (made / "wrong.py").write_text(PROGRAM + lines)
    (made / "mypy.ini").write_text(f"[mypy]\nstrict = true\nmypy_path = {ROOT / 'client'}\n")
    run = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "answers.py", "right.py", "wrong.py"]
    done = subprocess.run(run, cwd=made, capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if ": error:" in line]
    begun = PROGRAM.count("\n")
    for at, code in enumerate(WRONG.values(), begun + 1):
        here = [line for line in found if line.startswith(f"wrong.py:{at}:")]
        assert any(f"[{code}" in line for line in here), (at, done.stdout)
    assert [line for line in found if int(line.split(":")[1]) <= begun or not line.startswith("wrong.py")] == []


def fits(value: Any, type_: Any) -> bool:
    """Whether a value is of a type, all the way down; a TypedDict has no other keys."""
    origin, inside = get_origin(type_), get_args(type_)
    if origin in (NotRequired, Required):
        return fits(value, inside[0])
    if origin in (Union, types.UnionType):
        return any(fits(value, each) for each in inside)
    if origin is Literal:
        return value in inside
    if origin is list:
        return isinstance(value, list) and all(fits(each, inside[0]) for each in value)
    if hasattr(type_, "__required_keys__"):
        hints = get_type_hints(type_)
        return (
            isinstance(value, dict)
            and type_.__required_keys__ <= value.keys() <= hints.keys()
            and all(fits(each, hints[key]) for key, each in value.items())
        )
    return value is None if type_ is type(None) else isinstance(value, (int, float) if type_ is float else type_)


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("Visits", {"first": 50}),
        ("Visits", {"first": 50, "deep": True}),
        ("Facts", {"ids": ["city/us-wa-seattle", "topic/public-transport", "city/none"]}),
        ("Lessons", {}),
        ("lone_city", {"id": "city/us-wa-seattle"}),
    ],
)
def test_real_answers_are_of_the_types(client: Any, answers: types.ModuleType, name: str, variables: Any) -> None:
    text = getattr(answers, name.upper())
    data = client.query(text, variables)
    type_ = getattr(answers, name.title().replace("_", ""))
    assert fits(data, type_), data
    assert not fits({**data, "more": 1}, type_)


def test_the_text_is_the_question(client: Any, answers: types.ModuleType) -> None:
    seattle = {"id": "city/us-wa-seattle"}
    assert client.query(answers.LONE_CITY, seattle) == client.query(DOCUMENT, seattle, operation="lone_city")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{ cities { totalCount } }", "Give each operation a name"),
        ("query A { nothing }", "Cannot query field 'nothing'"),
        ("query A {", "Syntax Error"),
    ],
)
def test_what_has_no_types_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str) -> None:
    (tmp_path / "q.graphql").write_text(text)
    assert main(["types", str(tmp_path / "q.graphql"), str(SDL)]) == 1
    assert says in capsys.readouterr().err
    assert main(["types", str(tmp_path / "none.graphql"), str(SDL)]) == 1
    assert "No such file" in capsys.readouterr().err
