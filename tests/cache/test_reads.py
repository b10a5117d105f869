"""Every label and type in a statement is among those that outdate its answer. The statements are those of all documents."""

import re

import pytest

from graph.question.engine import Question
from schema.model import FACT, model
from seeds import QUESTIONS
from tests.conftest import Asker
from tests.kit.family import Family, families
from tests.kit.paths import DOCUMENTS

EXPRESSION = re.compile(r"(?<![\w.])\w*:(`?\w+`?(?:\|`?\w+`?)*)")
"""What follows the name of a node or relationship: one label or type, or several of which one fits."""

BRANCH = re.compile(r"WHEN \w+:\S+ THEN")
"""What is returned of a node by its label; where the node is matched decides which it may have."""


def named(text: str) -> set[str]:
    """Name the labels and types of a statement."""
    known = {*model().concepts, *(spec.type for spec in model().relationships.values())}
    words = (word.strip("`") for found in EXPRESSION.findall(BRANCH.sub("", text)) for word in found.split("|"))
    return {word for word in words if word in known}


READ_BEFORE = families(DOCUMENTS / "language", QUESTIONS)


@pytest.mark.parametrize("family", READ_BEFORE, ids=lambda family: family.name)
def test_what_a_statement_reads_outdates_its_answer(family: Family, offline: Asker) -> None:
    compiled = offline.engine.prepare(Question(family.text, family.variables), offline.rights(family.viewer)).compiled
    if compiled.statement is None:
        return
    names, reads = named(compiled.statement.text), compiled.reads
    assert names <= reads
    for type_ in names - {*model().concepts}:
        # A statement leaves out the label of an end that the type implies.
        ends = [(spec.start.labels, spec.end.labels) for spec in model().relationships.values() if spec.type == type_]
        assert any(reads & {*start} and reads & {*end} for start, end in ends), type_
    assert reads <= {*model().concepts, *(spec.type for spec in model().relationships.values())}


def test_labels_and_types_are_found_in_a_statement() -> None:
    text = "MATCH (c:`City`)-[r:TRUSTS|KNOWS]->(n:Fact {id: $q.p0}) WHERE n:Visit AND n.name = $q.p1"
    assert named(text) == {"City", "TRUSTS", "KNOWS", "Visit"}
    assert FACT not in named("(n:Fact)")
