"""What is documented is there, and what is there is documented: settings, errors, the schema, the model, the links."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type, is_input_object_type, is_object_type, parse

import app.http.catalogue
import app.http.hosts
import app.http.request  # noqa: F401  # the errors of all belong to the tree
from app.cli.schema import HEART
from app.start.settings import Settings
from graph.errors import Internal, QuestionError
from graph.question import bind
from graph.question.plan import groups, orders
from schema.derived.graphql import build, inputs
from schema.derived.graphql.small import small
from schema.language import operators, words
from schema.language.kinds import Choice
from schema.model import model
from seeds import ROWS
from seeds.counts import Counts, counted
from tests.architecture.code import modules
from tests.kit.paths import DOCS, ROOT


def errors(of: type[QuestionError] = QuestionError) -> Iterator[type[QuestionError]]:
    for each in of.__subclasses__():
        yield each
        yield from errors(each)


def alias_of(name: str) -> str:
    """Name the environment variable of a setting."""
    choices = getattr(Settings.model_fields[name].validation_alias, "choices", [f"CITYGRAPH_{name.upper()}"])
    return str(choices[0])


def seed_rows() -> list[dict[str, Any]]:
    """Read every row that comes with citygraph."""
    return [json.loads(line) for path in ROWS.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]


def rows(page: str, columns: str) -> list[str]:
    """Return the first columns of the rows of a page's table whose head begins with some columns."""
    table = (DOCS / page).read_text().partition(f"\n| {columns} |")[2].partition("\n\n")[0]
    width = len(columns.split(" | "))
    return ["|".join(line.split("|")[1 : width + 1]).strip() for line in table.splitlines()[2:]]


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_has_its_row(name: str) -> None:
    field, alias = Settings.model_fields[name], alias_of(name)
    default = field.default.value if isinstance(field.default, Enum) else field.default
    shown = "" if default in (None, "") else f"`{default}`"
    assert f"| `{alias}` | {shown} | {field.description} |" in (DOCS / "settings.md").read_text()


def test_every_row_is_of_a_setting() -> None:
    assert rows("settings.md", "variable") == [f"`{alias_of(name)}`" for name in Settings.model_fields]


def test_every_row_is_of_an_error() -> None:
    known = {f"`{error.code}` | {error.status} | `{error.__name__}`" for error in errors()}
    found = rows("errors.md", "code | status | class")
    assert set(found) == known
    assert len(found) == len(known)


@pytest.mark.parametrize("error", list(errors()), ids=lambda error: error.__name__)
def test_every_error_has_its_row(error: type[QuestionError]) -> None:
    assert f"| `{error.code}` | {error.status} | `{error.__name__}` |" in (DOCS / "errors.md").read_text()
    made = Internal() if error is Internal else error("x")
    assert made.as_dict()["extensions"] == {"code": error.code}


def test_the_committed_schema_is_fresh() -> None:
    assert build.sdl(build.schema()) == (DOCS / "schema.graphql").read_text(), (
        "run: citygraph schema > docs/schema.graphql"
    )


def test_the_committed_small_schema_is_fresh_and_small() -> None:
    committed = (DOCS / "schema.small.graphql").read_text()
    assert small(model(), build.sdl(build.schema()), HEART) == committed, (
        "run: citygraph schema --small > docs/schema.small.graphql"
    )
    assert parse(committed).definitions
    assert committed.count("\n") <= MOST_SMALL


MOST_SMALL = 800
MOST_COPIES = 11
SHARED = {
    "Where": "Fact",
    "Order": "Fact",
    "EdgeWhere": "",
    "Aggregate": "Fact",
    "Edge": "Search",
    "Connection": "Search",
    "Payload": "Relationships",
}
"""Kinds of types that each concept has, and the one of each kind that has the texts for all."""
CHOICES = {choices.__name__ for choices in Choice.__subclasses__()}


def test_the_schema_describes_everything_once() -> None:
    schema = build.core(build.schema())
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or name in ("ID", "String", "Int", "Float", "Boolean"):
            continue
        suffix = next((end for end in ("EdgeWhere", *SHARED, "Key", "Input") if name.endswith(end)), None)
        assert type_.description or suffix in ("Edge", "Connection", "Key", "Aggregate", "Payload"), name
        for field, definition in getattr(type_, "fields", {}).items():
            elsewhere = (
                suffix is not None
                or name.removesuffix("Filter") in CHOICES
                or name in ("EdgeOrder", "Extremes", "Numbers", "PathTie")
            )
            above = any(field in each.fields for each in getattr(type_, "interfaces", ()))
            assert definition.description or elsewhere or above or name == "Query", f"{name}.{field}"
        for value, definition in getattr(type_, "values", {}).items():
            # The types of events are those of FactType and TieType, which describe them.
            assert definition.description or name in ("GroupBy", "LogEventType"), f"{name}.{value}"


def test_what_all_lists_share_is_described_at_one_of_them() -> None:
    types: dict[str, Any] = dict(build.core(build.schema()).type_map)
    own = {"and", "or", "not", "edge", "some", "none", "every", "count", "type", "as", "same", "on"}
    for name in own:
        assert types["FactWhere"].fields[name].description, name
    for suffix in ("Aggregate", "Connection", "Edge"):
        described = types[f"{SHARED[suffix]}{suffix}"]
        assert all(field.description for field in described.fields.values()), described.name
    assert all(each.description for each in types["FactAggregate"].fields["groupBy"].args.values())
    described = [name for name, each in types["Query"].fields["search"].args.items() if each.description]
    assert described == ["text", "types", "first", "after", "last", "before"]
    described = [name for name, each in types["Query"].fields["nodes"].args.items() if each.description]
    assert described == ["ids", "asOf", "synthetic"]
    for word in ("`where`", "`orderBy`", "`asOf`", "`search`"):
        assert word in types["Query"].description


def test_only_facts_relationships_on_a_path_events_and_drafts_have_an_id() -> None:
    """Clients take objects with an equal id for one. An edge has none: a relationship has one from each of its ends."""
    types: dict[str, Any] = dict(build.core(build.schema()).type_map)
    objects = [each for each in types.values() if is_object_type(each) and "id" in each.fields]
    others = [each.name for each in objects if types["Node"] not in each.interfaces]
    assert sorted(others) == ["Draft", "LogEvent", "PathTie"]
    assert list(types["Query"].fields["node"].args) == ["id"]


def test_no_long_text_stands_twice_in_the_schema() -> None:
    texts = re.findall(r'"{1,3}\n?\s*(.{60,}?)\s*"{1,3}\n', (DOCS / "schema.graphql").read_text())
    assert len(texts) > 50
    assert [text for text, times in Counter(texts).items() if times > MOST_COPIES] == []


MOST_LINES, MOST_TYPES, MOST_OF_WRITES, MOST_CLASSES = 18_000, 550, 130, 130


def test_the_schema_fits_in_an_editor() -> None:
    assert build.sdl(build.schema()).count("\n") <= MOST_LINES
    names = [name for name in build.core(build.schema()).type_map if not name.startswith("__")]
    of_writes = [name for name in names if name.endswith(("Input", "Payload"))]
    assert len(of_writes) <= MOST_OF_WRITES
    assert len(names) - len(of_writes) <= MOST_TYPES


def test_a_typed_client_of_one_filter_has_few_classes() -> None:
    """Its import takes the time of these classes; `python -m bench.client` measures it."""
    types, reached = build.core(build.schema()).type_map, ["CityWhere"]
    for name in reached:  # it grows meanwhile
        inner = {get_named_type(field.type) for field in types[name].fields.values()}  # type: ignore[attr-defined]  # an input
        reached += sorted(each.name for each in inner if is_input_object_type(each) and each.name not in reached)
    assert "WaveWhere" in reached
    assert len(reached) <= MOST_CLASSES


def test_limits_that_refuse_a_question_are_described_where_they_hold() -> None:
    types: dict[str, Any] = dict(build.core(build.schema()).type_map)
    search = types["Query"].fields["search"].args
    in_list = f"at most {operators.MOST_VALUES:,}"
    in_words = f"At most {words.MOST_TEXT} characters and 1 to {words.MOST_WORDS} words."
    assert f"1 to {words.MOST_WORDS}, in at most {words.MOST_TEXT} characters" in search["text"].description
    assert f"at most {orders.MOST_KEYS} keys" in types["Query"].description
    assert f"1 to {groups.MOST_KEYS}. " in types["FactAggregate"].fields["groupBy"].args["by"].description
    for name in ("first", "last"):
        largest = f"at most the server's largest page, {Settings.model_fields['max_page'].default} by default"
        assert largest in search[name].description
    assert f"at most {bind.MOST_IDS}" in types["Query"].fields["nodes"].description
    for name, type_ in types.items():
        if isinstance(type_, GraphQLInputObjectType) and name in inputs.COMPARED:
            for operator in {"in", "notIn"} & set(type_.fields):
                assert in_list in type_.fields[operator].description, name
            if "search" in type_.fields:
                assert in_words in type_.fields["search"].description, name


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_readme_opens_with_the_two_commands() -> None:
    head = (ROOT / "README.md").read_text()[:1500]
    assert "make up" in head
    assert "make test" in head


def test_the_readme_counts_the_rows_of_the_seeds() -> None:
    told = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    every = seed_rows()
    real = [row for row in every if row["confidence"] != "SYNTHETIC"]
    assert counted() == Counts(len(every), len(real)), "the first page tells the same numbers"
    kinds = Counter(row.get("label") or row["type"] for row in real)
    assert f"comes with {len(every):,} rows" in told
    assert f"**{len(real):,} rows are real**" in told
    assert f"**{len(every) - len(real):,} rows are made up**" in told
    assert (
        f"{kinds['City']:,} cities, {kinds['TWINNED_WITH']:,} pairs of twin towns, {kinds['Adoption']} adoptions of a "
        f"practice, {kinds['Visit']} visits and {kinds['Lesson']} lessons"
    ) in told


def test_every_row_that_is_not_made_up_cites_a_source() -> None:
    assert [row for row in seed_rows() if row["confidence"] != "SYNTHETIC" and not row.get("sources")] == []


def test_every_folder_has_its_line_in_the_house() -> None:
    house = (DOCS / "house.md").read_text(encoding="utf-8").partition("## Which folder may import which")[0]
    paths = {module.path.parent.relative_to(ROOT) for module in modules()}
    folders = {path.as_posix() for path in paths if len(path.parts) == 2 or path.parts[:2] == ("graph", "question")}
    assert {folder for folder in folders if f"`{folder}`" not in house} == set()


def test_the_glossary_is_short_and_has_one_meaning_for_each_term() -> None:
    house = (DOCS / "house.md").read_text(encoding="utf-8").partition("## Glossary")[2]
    terms = [line.split(" | ")[0] for line in house.splitlines() if line.startswith("| ")][2:]
    assert 20 <= len(set(terms)) == len(terms) <= 30


def test_every_decision_has_a_row_in_the_index() -> None:
    index = (DOCS / "decisions" / "README.md").read_text()
    for path in (DOCS / "decisions").glob("*.md"):
        assert path.name == "README.md" or f"]({path.name})" in index


def test_paths_in_the_house_exist() -> None:
    """Paths of coming parts do not exist yet; they stand in a section of their own and in the recipes for these parts."""
    house = (DOCS / "house.md").read_text(encoding="utf-8")
    start, end = house.index("## Where coming parts go"), house.index("## The words of the declaration")
    recipes = [line for line in house[end:].splitlines() if "mutation" not in line]
    text = house[:start] + "\n".join(recipes)
    paths = set(re.findall(r"`((?:app|graph|schema|seeds|tests|docs)/[\w/.]+)`", text))
    coming = {"graph/measures", "graph/export", "graph/portals"}
    assert {path for path in paths - coming if not (ROOT / path).exists()} == set()


def test_tests_that_pages_name_exist() -> None:
    named = {
        path for page in (ROOT / "docs").rglob("*.md") for path in re.findall(r"`(tests/[\w/.]+)`", page.read_text())
    }
    assert len(named) > 15
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_page_of_clients_names_the_versions_that_are_tested() -> None:
    page = (DOCS / "clients.md").read_text(encoding="utf-8")
    locked = json.loads((ROOT / "tests" / "clients" / "node" / "package.json").read_text())["dependencies"]
    pins = re.findall(
        r"^(gql|schemathesis)==([^\s;]+)", (ROOT / "requirements" / "test.lock").read_text(), re.MULTILINE
    )
    told = dict(re.findall(r"`([@\w/-]+)` (\d[\w.]*)", page))
    assert told.items() <= {**locked, **dict(pins)}.items()
    of_files = {"graphology", "graphology-gexf", "graphology-graphml"}
    assert {*locked} - {*told} == {"graphql", "rxjs", *of_files}
