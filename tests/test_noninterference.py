"""Noninterference: facts that a viewer may not see change no byte of any answer, cursors included."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph.access import Rights
from graph.bolt.write import Writer
from graph.cypher.fragments import Fragment
from graph.engine import Question
from graph.load.run import load
from graph.load.write import Stamp
from schema.graphql.build import core, schema
from schema.model import model
from tests.conftest import NOW, SECRET, Asker
from tests.family import families
from tests.oracle.world import World
from tests.random_documents import Written, documents

FORGET = Fragment("MATCH (n) WHERE n.id CONTAINS '/hidden-' DETACH DELETE n")
FORGET_TIES = Fragment("MATCH ()-[r]->() WHERE r.id CONTAINS '/hidden-' DELETE r")
FORGET_LOAD = Fragment("MATCH (l:_Load {file: 'hidden.jsonl'}) DELETE l")
FORGET_AUDIENCE = Fragment("MATCH (a:_Audience) WHERE a.audience CONTAINS 'us-or-portland' DELETE a")
HIDDEN = {"confidence": "SYNTHETIC", "marking": "AMBER", "holders": ["city/us-or-portland"]}
EVERYBODY, TURIN = Rights(0), Rights(1, ("2:it-12-turin", "2:it-12-turin+us-wa-seattle"))
WRITTEN = (Path(__file__).parent / "documents" / "language", Path(__file__).parents[1] / "docs" / "queries")
EXTRA = ("visits", "organizations", "lessons", "adoptions", "people")


def hidden_rows(world: World) -> list[dict[str, Any]]:
    """Make facts that collide with visible ones: equal values, first and last in every order, a hub of many ties."""
    dice = random.Random(7)
    rows: list[dict[str, Any]] = []
    people = [id_ for id_, fact in world.nodes.items() if fact.label == "Person" and fact.marking == 0]
    for n in range(20):
        name = dice.choice(["", "!", "zzzz", "Edge person 0", "Zürich"]) + f" {n}"
        rows.append(
            {"label": "Person", "id": f"person/hidden-{n}", "name": name, "kind": "NAMED", "since": "1970", **HIDDEN}
        )
        rows.append({"label": "Organization", "id": f"organization/hidden-{n}", "name": name, "kind": "NGO", **HIDDEN})
        visit = {"title": name, "kind": "STUDY_TOUR", "status": "HELD", "delegates": n, "since": "2009"}
        rows.append({"label": "Visit", "id": f"visit/hidden-{n}", **visit, **HIDDEN})
        rows.append({"label": "Lesson", "id": f"lesson/hidden-{n}", "statement": name, "since": "1900", **HIDDEN})
    for n, person in enumerate(people * 3):
        ends = {"from": f"person/hidden-{n % 20}", "to": person}
        rows.append({"type": "TRUSTS", "id": f"trusts/hidden-{n}", **ends, "strength": 5, **HIDDEN})
        rows.append({"type": "KNOWS", "id": f"knows/hidden-{n}", "from": person, "to": dice.choice(people), **HIDDEN})
    for n in range(20):
        city = dice.choice(["city/us-wa-seattle", "city/it-12-turin"])
        for type_, start, end in (
            ("MADE_BY", f"visit/hidden-{n}", city),
            ("HOSTED_BY", f"visit/edge-{n % 8}", f"organization/hidden-{n}"),
            ("MEMBER_OF", f"person/edge-{n % 4}", f"organization/hidden-{n}"),
            ("DREW_ON", f"adoption/edge-{n % 6}", f"lesson/hidden-{n}"),
            ("FROM", f"lesson/edge-{n % 6}", "city/us-or-portland"),
        ):
            prefix = type_.lower().replace("_", "-")
            rows.append({"type": type_, "id": f"{prefix}/hidden-{n}", "from": start, "to": end, **HIDDEN})
    return rows


@pytest.fixture
def hide(seeded: Writer, world: World, tmp_path: Path) -> Iterator[Any]:
    """Add hidden facts when called; take them away in the end."""

    def add() -> None:
        path = tmp_path / "hidden.jsonl"
        path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in hidden_rows(world)))
        (report,) = load([path], seeded, model(), Stamp(SECRET, NOW), lambda _: None)
        assert report.bad == ()
        assert report.created > 300

    yield add
    for statement in (FORGET_TIES, FORGET, FORGET_LOAD, FORGET_AUDIENCE):
        seeded.alone(statement)


def questions(world: World) -> list[Written]:
    """Random questions, the written ones, and whole lists whose first and last rows matter."""
    written = [Written(family.text, family.variables) for family in families(*WRITTEN)]
    lists = [
        Written(f"{{ {name}(first: 100) {{ totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ id }} }} }}", {})
        for name in EXTRA
    ]
    return [*documents(core(schema()), world, 4242, 60), *written, *lists]


def answers(ask: Asker, asked: list[Written]) -> list[bytes]:
    return [
        orjson.dumps(ask.runner.run(ask.engine.ask(Question(*each), rights, ask.reader)).as_dict())
        for each in asked
        for rights in (EVERYBODY, TURIN)
    ]


def test_hidden_facts_change_no_byte_of_any_answer(ask: Asker, world: World, hide: Any) -> None:
    texts = questions(world)
    before = answers(ask, texts)
    hide()
    after = answers(ask, texts)
    changed = [texts[at // 2] for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert changed == []


def test_the_edit_is_one_that_a_viewer_with_rights_sees(ask: Asker, world: World, hide: Any) -> None:
    """The test above would prove nothing if nobody could see the difference."""
    portland = Rights(1, ("2:us-or-portland",))
    texts = questions(world)

    def seen() -> list[bytes]:
        asked = [ask.runner.run(ask.engine.ask(Question(*each), portland, ask.reader)) for each in texts]
        return [orjson.dumps(answer.as_dict()) for answer in asked]

    before = seen()
    hide()
    assert sum(one != other for one, other in zip(before, seen(), strict=True)) >= 10
