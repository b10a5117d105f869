"""Random sequences of mutations: each does what it does to facts in memory, and afterwards the oracle reads the same world."""

import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest

from app.start.boot import seed_files
from graph.access.rights import Rights
from graph.access.viewer import Edits, Permit, Viewer
from graph.question.engine import Question
from schema.language.kinds import Kind
from schema.model import model
from tests.conftest import BROKEN, EDGES, NOW_TEXT
from tests.kit.family import hide_cursors
from tests.kit.oracle.answer import answer as oracle
from tests.kit.oracle.view import Viewer as OracleViewer
from tests.kit.oracle.world import World
from tests.kit.random.documents import random_seed
from tests.kit.random.mutations import KINDS, TIES, WRITERS, Expected, Facts, Writer
from tests.writes.conftest import Mutate

FIXED, FRESH, SOAK, LENGTH = 2, 1, 40, 40
"""Sequences of fixed seeds, of this run's own seed, of the soak, and the mutations in each."""
TOKENS = ("us-wa-seattle", "it-12-turin", "us-or-portland")
PAIRS = [f"2:{'+'.join(sorted(pair))}" for pair in ((a, b) for a in TOKENS for b in TOKENS if a < b)]
AUDIENCES = (*(f"2:{token}" for token in TOKENS), *PAIRS)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        soak = metafunc.config.getoption("soak")
        metafunc.parametrize("seed", [*range(SOAK if soak else FIXED), *(random_seed() + n for n in range(FRESH))])


def viewer(writer: Writer) -> Viewer:
    """Return the viewer that a writer is."""
    seen = [text for text in AUDIENCES if any(city.removeprefix("city/") in text for city in writer.sees)]
    edits = (
        Edits(everywhere=True)
        if writer.cities is None
        else Edits(tuple(Permit(city) for city in sorted(writer.cities)))
    )
    return Viewer(writer.name, Rights(1, tuple(seen)), edits)


def input_of(name: str) -> str:
    """Return the type of the rows of a field."""
    rows = {f"upsert{kind.title}": f"{kind.label}Input" for kind in KINDS}
    rows |= {f"upsert{name}": f"{name}Input" for name in ("HostedBy", "MadeBy")}
    return (rows | {"upsertSameAs": "RelationshipInput", "endFacts": "EndInput", "deleteFacts": "DeleteInput"})[name]


def run(mutate: Mutate, done: Expected, by: Viewer) -> dict[str, Any]:
    """Run a mutation, and return its payload."""
    counts = " ".join(done.counts)
    shown = "nodes { id }" if done.name in {f"upsert{kind.title}" for kind in KINDS} else ""
    shown = "ids" if done.name in {f"upsert{name}" for name in TIES} else shown
    selected = f"{counts} {shown} problems {{ path code }}"
    text = f"mutation ($rows: [{input_of(done.name)}!]!) {{ {done.name}(rows: $rows) {{ {selected} }} }}"
    payload: dict[str, Any] = mutate.data(text, {"rows": done.rows}, by)[done.name]
    return payload


def ids(payload: dict[str, Any]) -> Iterable[str]:
    return [node["id"] for node in payload.get("nodes", ())] or payload.get("ids", [])


def whole(label: str) -> str:
    """Write a question for everything that a concept and its relationships have."""
    selected = f"... on {label} {{ {_fields(label)} {_routes(label)} }}"
    return f"query ($ids: [ID!]!) {{ nodes(ids: $ids, synthetic: true) {{ {selected} }} }}"


def _fields(type_: str) -> str:
    return " ".join(_field(prop.name, prop.kind) for prop in model().properties(type_).values())


def _field(name: str, kind: Kind) -> str:
    if kind.is_date:
        return f"{name} {{ text }}"
    inner = {Kind.MONEY: "{ amount currency }", Kind.POINT: "{ latitude longitude }"}
    inner |= dict.fromkeys((Kind.REFERENCE, Kind.REFERENCES), "{ id }")
    return f"{name} {inner.get(kind, '')}"


def _routes(label: str) -> str:
    edge = "cursor relationshipId note updatedAt recordedAt marking until { text } sources { id } node { id }"
    fields = [field for field in ("hosts", "visitors", "sameAs") if field in model().routes[label]]
    return " ".join(f"{field} {{ totalCount edges {{ {edge} }} }}" for field in fields)


def differences(mutate: Mutate, facts: Facts) -> list[str]:
    """Ask for everything of every fact, for each writer and for everybody, and compare with the oracle."""
    world = World.read([*seed_files(), *EDGES, BROKEN], NOW_TEXT, facts.rows.values())
    wrong = []
    for rights in (Rights(), *(viewer(writer).rights for writer in WRITERS)):
        for kind in KINDS:
            named = [id_ for id_, row in facts.rows.items() if row.get("label") == kind.label][:100]
            question = Question(whole(kind.label), {"ids": named})
            answer = mutate.runner.run(mutate.ask.engine.ask(question, rights, mutate.ask.reader)).as_dict()
            expected = oracle(
                world, question.text, question.variables, OracleViewer(rights.open, frozenset(rights.audiences))
            )
            if hide_cursors(answer) != hide_cursors(expected):
                wrong.append(f"{kind.label} for {rights}:\nfound    {answer}\nexpected {expected}")
    return wrong


@pytest.mark.soak
def test_mutations_do_what_they_do_in_memory(mutate: Mutate, seed: int) -> None:
    facts = Facts(random.Random(seed))
    kinds = set[tuple[str, bool]]()
    for number in range(LENGTH):
        writer = facts.dice.choice((*WRITERS[:1] * 3, *WRITERS))
        expected = facts.mutation(writer)
        payload = run(mutate, expected, viewer(writer))
        told = f"seed {seed}, mutation {number} by {writer.name}: {expected.name} {expected.rows}"
        assert sorted((each["path"], each["code"]) for each in payload["problems"]) == sorted(expected.problems), told
        assert {name: payload[name] for name in expected.counts} == expected.counts, told
        new = [id_ for id_ in ids(payload) if id_ not in facts.rows]
        facts.apply(expected, iter(new), shown(mutate.clock.at))
        kinds.add((expected.name[:6], bool(expected.problems)))
    assert len(kinds) >= 4
    assert not differences(mutate, facts)


def shown(moment: datetime) -> str:
    """Write the moment of a write as answers show it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
