"""The questions of the documentation, over the seeds alone: what a newcomer asks, and the answer that he gets."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.cli.welcome import FIRST_QUESTION
from app.start.boot import seed_files
from graph.bolt.connect import Address
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.question.engine import Engine
from seeds import QUESTIONS
from tests.conftest import EDGES, NOW, NOW_TEXT, REPLAN, SECRET, Asker, write_broken
from tests.kit import family_checks as check
from tests.kit.family import Family, families
from tests.kit.oracle.world import World
from tests.kit.paths import DOCS, ROOT
from tests.kit.table import Line, table
from tests.kit.writer import BlockingWriter

LANGUAGE = DOCS / "language.md"
FORGET_RELATIONSHIPS = Fragment("MATCH (:Fact)-[r]->(:Fact) WHERE r.id IN $q.ids DELETE r")
FORGET_NODES = Fragment("UNWIND $q.ids AS id MATCH (n:Fact {id: id}) DETACH DELETE n")
FORGET_LOAD = Fragment("MATCH (l:_Load) WHERE l.file IN $q.files DELETE l")

query = pytest.mark.parametrize("family", families(QUESTIONS), ids=lambda family: family.path.stem)
twofold = pytest.mark.parametrize(
    "family", [each for each in families(QUESTIONS) if each.systems], ids=lambda family: family.path.stem
)


@pytest.fixture(scope="module")
def offline(offline: Asker, plain_engine: Engine) -> Asker:
    """Compile questions with the settings of a new server."""
    return replace(offline, engine=plain_engine)


@pytest.fixture(scope="module")
def seeds() -> World:
    """The seeds for the oracle, without the edge cases."""
    return World.read(seed_files(), NOW_TEXT)


@pytest.fixture(scope="module")
def ask(ask: Asker, plain_engine: Engine, seeded: BlockingWriter, world: World, seeds: World) -> Iterator[Asker]:
    """Ask a database from which the edge cases are taken while these tests run, with the settings of a new server."""
    nodes = sorted(set(world.nodes) - set(seeds.nodes))
    relationships = sorted(set(world.relationships) - set(seeds.relationships))
    seeded.unit(lambda unit: unit.run(FORGET_RELATIONSHIPS, ids=relationships))
    seeded.unit(lambda unit: unit.run(FORGET_NODES, ids=nodes))
    seeded.unit(lambda unit: unit.run(FORGET_LOAD, files=[file.name for file in EDGES]))
    seeded.alone(REPLAN)
    yield replace(ask, engine=plain_engine)
    seeded.load(EDGES, Stamp(SECRET, NOW))
    write_broken(seeded)


def test_there_are_many_questions_each_with_its_sentence_and_viewer() -> None:
    found = families(QUESTIONS)
    assert len(found) >= 22
    for each in found:
        first = each.text.splitlines()[0]
        assert re.fullmatch(r"# [A-Z].*\.", first), first
        assert len(first) > 40
        assert each.viewer in ("anonymous", "steward")


@query
def test_plan_and_statement_are_as_written(offline: Asker, family: Family, rewrite: bool) -> None:
    check.plan_and_statement(offline, family, rewrite)


@query
def test_answer_is_as_written_and_takes_one_statement(ask: Asker, family: Family, rewrite: bool) -> None:
    check.answer(ask, family, rewrite)


@query
def test_work_is_as_written(ask: Asker, address: Address, family: Family, rewrite: bool) -> None:
    check.work(ask, address, family, rewrite)


@query
def test_answer_equals_the_oracle(ask: Asker, seeds: World, family: Family) -> None:
    check.against_the_oracle(ask, seeds, family)


@query
def test_other_values_give_the_same_statement(offline: Asker, family: Family) -> None:
    check.other_values_same_statement(offline, family)


def test_the_readme_tells_the_truth(ask: Asker) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(graphql|json)\n(.*?)```", readme, re.DOTALL))
    assert ask(blocks["graphql"], {}, "anonymous").as_dict() == json.loads(blocks["json"])


@pytest.mark.parametrize("example", re.findall(r"```graphql\n(.*?)```", LANGUAGE.read_text("utf-8"), re.DOTALL))
def test_an_example_of_the_language_has_an_answer(ask: Asker, example: str) -> None:
    found = ask(example, {}, "anonymous")
    assert not found.errors
    assert all(found.data.values()) if found.data else False


def test_the_first_question_of_a_newcomer_has_an_answer(ask: Asker) -> None:
    found: Any = ask(FIRST_QUESTION, {}, "anonymous").as_dict()
    assert [lesson["learnedBy"]["name"] for lesson in found["data"]["lessons"]["nodes"]] == ["Lima", "New York City"]


@twofold
def test_the_same_question_in_cypher_finds_the_same(ask: Asker, seeded: BlockingWriter, family: Family) -> None:
    text = family.path.with_suffix(".cypher").read_text(encoding="utf-8")
    answer = ask(family.text, family.variables, family.viewer)
    asked = table(family.text, answer.data or {})
    found = [tuple(map(_plain, record.values())) for record in seeded.read(Fragment(text))]
    ordered = "ORDER BY" in text.rpartition("RETURN")[2]
    assert text.startswith("// ")
    assert asked
    assert _bag(found, ordered) == _bag(asked, ordered)


def _plain(value: Any) -> Any:
    """Write a value of the database as the API writes it."""
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return value.iso_format() if hasattr(value, "iso_format") else value


def _bag(lines: list[Line], ordered: bool) -> list[Line]:
    return lines if ordered else sorted(lines, key=repr)


# Made-up facts ----------------------------------------------------------------------------------------------------

SEATTLE = 'city(id: "city/us-wa-seattle"%s) { visitsMade { aggregate { avg { costPerDelegate } } } }'


def test_the_cost_of_seattles_tours_is_unknown_without_the_made_up_ones(ask: Asker) -> None:
    """Made up are 9,200, 10,400 and 1,450: 7,016.67 on average. No source states a cost."""
    both = f"{{ real: {SEATTLE % ''} all: {SEATTLE % ', synthetic: true'} }}"
    answer = ask(both, {}, "anonymous")
    found: Any = answer.data
    assert found["real"]["visitsMade"]["aggregate"]["avg"]["costPerDelegate"] is None
    assert round(found["all"]["visitsMade"]["aggregate"]["avg"]["costPerDelegate"], 2) == 7016.67
    assert answer.synthetic == ("all",)


def test_nashville_comes_before_seattle_whose_visits_are_made_up_in_part(ask: Asker) -> None:
    """Nashville hosted 4 real visits. Seattle hosted 3, and 2 made-up ones."""
    hosts = """cities(where: {id: {in: ["city/us-wa-seattle", "city/us-tn-nashville"]}},
      orderBy: [{visitsHosted: {count: DESC}}]%s) { nodes { name visitsHosted { totalCount } } }"""
    found: Any = ask(f"{{ real: {hosts % ''} all: {hosts % ', synthetic: true'} }}", {}, "anonymous").data
    counts = {
        name: [(city["name"], city["visitsHosted"]["totalCount"]) for city in each["nodes"]]
        for name, each in found.items()
    }
    assert counts == {"real": [("Nashville", 4), ("Seattle", 3)], "all": [("Seattle", 5), ("Nashville", 4)]}


def test_what_is_only_made_up_is_counted_only_if_asked_for(ask: Asker) -> None:
    real: Any = ask("{ benchmarks { totalCount } problems { totalCount } }", {}, "anonymous")
    assert real.data == {"benchmarks": {"totalCount": 0}, "problems": {"totalCount": 0}}
    assert real.synthetic == ()
    text = "{ benchmarks(synthetic: true) { totalCount } problems(synthetic: true) { totalCount } }"
    every: Any = ask(text, {}, "anonymous")
    assert every.data == {"benchmarks": {"totalCount": 6}, "problems": {"totalCount": 4}}
    assert every.synthetic == ("benchmarks", "problems")


def test_the_made_up_evaluations_are_six(ask: Asker) -> None:
    text = "{ real: evaluations { totalCount } all: evaluations(synthetic: true) { totalCount } }"
    found: Any = ask(text, {}, "anonymous").data
    assert found["all"]["totalCount"] - found["real"]["totalCount"] == 6


def test_search_paths_groups_and_computed_fields_see_no_made_up_fact(ask: Asker) -> None:
    ends = 'from: "person/4fgnhw3n6ondgzrh", to: "person/lkvqvqwgh5w73nbz", through: [TRUSTS]'
    text = f"""{{ search(text: "synthetic"%s) {{ totalCount }}
      people(where: {{rosters: {{some: {{}}}}}}%s) {{ totalCount nodes {{ trustsWithoutSharedBoard {{ id }} }} }}
      waves(%s first: 1) {{ nodes {{ tieChange {{ lasted }} }} }} path({ends}%s) {{ length }}
      visits%s {{ aggregate {{ groupBy(by: [confidence]) {{ nodes {{ key {{ confidence }} }} }} }} }} }}"""
    real: Any = ask(text % ("", "", "", "", "")).data
    given = ", synthetic: true"
    every: Any = ask(text % (given, given, "synthetic: true,", given, "(synthetic: true)")).data
    assert (real["search"]["totalCount"], real["people"]["totalCount"], real["waves"]["nodes"]) == (0, 0, [])
    assert every["search"]["totalCount"] > 100
    assert every["people"]["totalCount"] > 100
    assert len(every["waves"]["nodes"]) == 1
    confidences = [
        {group["key"]["confidence"] for group in found["visits"]["aggregate"]["groupBy"]["nodes"]}
        for found in (real, every)
    ]
    assert "SYNTHETIC" not in confidences[0]
    assert confidences[1] == confidences[0] | {"SYNTHETIC"}
    assert (real["path"], every["path"]) == (None, {"length": 4})
