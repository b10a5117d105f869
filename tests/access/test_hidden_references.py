"""The id of a hidden fact stands nowhere in what its viewer gets, not even inside the id of a visible tie."""

import json
from typing import Any

from graph.access.rights import Rights
from graph.question.engine import Question
from schema.language.ids import slug
from tests.conftest import Asker
from tests.kit.oracle.world import World

TIES = '{ person(id: "person/edge-0") { trusts(first: 100) { edges { relationshipId wave { id } } } } }'


def test_the_id_of_a_tie_does_not_name_a_hidden_wave(ask: Asker, world: World) -> None:
    answer = ask.runner.run(ask.engine.ask(Question(TIES), Rights(0), ask.reader))
    assert not answer.errors
    shown = json.dumps(answer.data)
    hidden = [node.id for node in world.nodes.values() if node.label == "Wave" and node.marking > 0]
    assert hidden
    assert [id_ for id_ in hidden if slug(id_) in shown or id_ in shown] == []


TWO = """{ a: person(id: "person/edge-0") { trusts(first: 100) { edges { relationshipId wave { id } } } }
          b: person(id: "person/edge-1") { trusts(first: 100) { edges { relationshipId wave { id } } } } }"""


def test_ties_do_not_tell_that_they_are_of_the_same_hidden_wave(ask: Asker) -> None:
    """What tells parallel ties apart belongs to their two ends: elsewhere the same wave reads differently."""
    data: Any = ask.runner.run(ask.engine.ask(Question(TWO), Rights(0), ask.reader)).data
    edges = [edge for person in data.values() for edge in person["trusts"]["edges"]]
    tails = [edge["relationshipId"].rpartition("/")[2] for edge in edges]
    assert len(edges) > 2
    assert len(set(tails)) == len(tails)
