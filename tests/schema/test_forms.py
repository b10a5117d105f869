"""Forms know what the API can write, and each document of a form is accepted by a server with the limits by default."""

import re

import pytest
from graphql import GraphQLInputObjectType, get_named_type

from app.viewers.tokens import ANONYMOUS
from graph.question.compile import Limits
from graph.question.cursor import Cursors
from graph.question.document.read import read
from graph.question.engine import Engine, Question
from schema.derived.forms.documents import documents
from schema.derived.forms.fields import described
from schema.derived.graphql.build import core, schema
from schema.model import model

DOCUMENTS = documents(model())
TOLD = described(model())
MADE_BY_THE_FORM = {
    "concepts": {"key", "expectedUpdatedAt"},
    "relationships": {"from", "to", "id", "expectedUpdatedAt"},
}
"""What a row has besides fields that a person fills in."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(core(schema()), model(), Limits(), Cursors(b"the secret of these tests, 32 bytes"))


def inputs(field: str) -> set[str]:
    """Return the fields of the rows that a field of Mutation takes."""
    mutation = core(schema()).mutation_type
    assert mutation is not None
    row = get_named_type(mutation.fields[field].args["rows"].type)
    assert isinstance(row, GraphQLInputObjectType)
    return set(row.fields)


def test_a_form_has_every_field_of_the_rows_of_its_mutation() -> None:
    for kind in ("concepts", "relationships"):
        for name, told in TOLD[kind].items():
            (field,) = re.findall(r"written: (\w+)\(", DOCUMENTS[told["upsert"]])
            common = {each["name"] for each in TOLD["common"]} - ({"lastConfirmed"} if not told["state"] else set())
            own = {each["name"] for each in told["fields"]}
            related = {each["field"] for each in told.get("related", ())}
            assert inputs(field) - MADE_BY_THE_FORM[kind] == common | own | related, name


def test_every_document_that_writes_or_finds_is_valid_and_within_the_limits(engine: Engine) -> None:
    compiler = engine.compiler
    others = [text for name, text in DOCUMENTS.items() if not name.startswith(("explorer-read-", "explorer-related-"))]
    assert len(others) == len(model().concepts) + len(model().relationships) + 2
    for text in others:
        read(text, compiler.schema, compiler.limits.document, compiler.model)


def test_every_document_that_reads_a_fact_costs_less_than_is_allowed(engine: Engine) -> None:
    for spec in model().concepts.values():
        told = TOLD["concepts"][spec.label]
        for name in (told["read"], told["relatedBy"]):
            engine.prepare(Question(DOCUMENTS[name], {"id": f"{spec.prefix}/none"}), ANONYMOUS)
    for name, related in model().relationships.items():
        ends = {
            end: f"{model().concepts[at.labels[0]].prefix}/none"
            for end, at in (("from", related.start), ("to", related.end))
        }
        if document := TOLD["relationships"][name]["read"]:
            engine.prepare(Question(DOCUMENTS[document], ends), ANONYMOUS)
