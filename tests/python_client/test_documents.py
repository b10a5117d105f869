"""What the client reads of documents, against graphql-core; and what it writes into them."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    FieldNode,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    parse,
    validate,
    value_from_ast_untyped,
)
from graphql.language import parse_value

from citygraph_client.documents import Document, Word, connection, literal, with_request_ids
from citygraph_client.errors import BadDocument
from tests.kit.paths import DOCS, ROOT

DOCUMENTS = sorted(
    [*(ROOT / "seeds" / "questions").glob("*.graphql"), *(ROOT / "app" / "web" / "documents").glob("*.graphql")]
)
MUTATIONS = {
    "short": "mutation { deleteFacts(rows: []) { deleted } }",
    "named": "mutation M { a: deleteFacts(rows: [{id: \"x(\"}]) { deleted } b: deleteFacts(rows: []) { deleted } }",
    "variables": "mutation M($rows: [DeleteInput!]! = [], $p: Boolean) @skip(if: false) "
    "{ deleteFacts(rows: $rows, partial: $p) { deleted } }",
    "has": "mutation M($requestId: ID) { deleteFacts(rows: [], requestId: $requestId) { deleted } }",
    "has one": "mutation M { deleteFacts(rows: [], requestId: \"mine\") { deleted } b: endFacts(rows: []) { changed } }",
    "texts": 'mutation { deleteFacts(rows: [{id: """a "b" ) }"""}] # requestId: )\n) { deleted } }',
    "fragments": "mutation { deleteFacts(rows: []) { ...D } } fragment D on DeleteFactsPayload { requestId: deleted }",
}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((DOCS / "schema.graphql").read_text(encoding="utf-8"))


def keys(node: Any, fragments: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for each in node.selection_set.selections if node.selection_set else ():
        if isinstance(each, FieldNode):
            found.add(each.alias.value if each.alias else each.name.value)
        else:
            found |= keys(fragments[each.name.value] if each.kind == "fragment_spread" else each, fragments)
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_operations_variables_and_fields_are_those_of_graphql_core(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    read, parsed = Document(text), parse(text).definitions
    fragments = {each.name.value: each for each in parsed if each.kind == "fragment_definition"}  # type: ignore[attr-defined]  # a kind of node
    operations = [each for each in parsed if isinstance(each, OperationDefinitionNode)]
    assert [
        (of.kind, of.name, list(of.variables), {each.key for each in read.fields(of.below)}) for of in read.operations
    ] == [
        (
            of.operation.value,
            of.name.value if of.name else None,
            [each.variable.name.value for each in of.variable_definitions or ()],
            keys(of, fragments),
        )
        for of in operations
    ]


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) > 20


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_field_of_a_mutation_gets_a_request_id(schema: GraphQLSchema, name: str) -> None:
    write = with_request_ids(MUTATIONS[name])
    parsed = parse(write.text)
    unknown = [each.message for each in validate(schema, parsed) if "requestId" in each.message]
    assert unknown == []
    operation = next(each for each in parsed.definitions if isinstance(each, OperationDefinitionNode))
    declared = {each.variable.name.value for each in operation.variable_definitions or ()}
    assert {*write.ids} <= declared
    given = [
        {
            argument.name.value: value_from_ast_untyped(argument.value, {id_: id_ for id_ in write.ids})
            for argument in field.arguments or ()
        }
        for field in operation.selection_set.selections
        if isinstance(field, FieldNode)
    ]
    ids = [each["requestId"] for each in given]
    assert len({*ids}) == len(ids)
    assert {*write.ids} <= {*ids}
    assert write.repeatable


@pytest.mark.parametrize(
    "value", ["", 'a "b" \\ \n\t\x01 é 漢 😀', 0, -3, 1.5, True, None, [1, ["x"]], {"eq": "x", "in": [None, False]}]
)
def test_values_are_written_as_graphql_core_reads_them(value: Any) -> None:
    assert value_from_ast_untyped(parse_value(literal(value))) == value


def test_a_word_is_no_text() -> None:
    assert connection("visits", "id", {"orderBy": [{"since": Word("ASC")}], "asOf": "2019"}) == (
        'query ($first: Int, $after: String) { visits(first: $first, after: $after, orderBy: [{since: ASC}], asOf: "2019") '
        "{ nodes { id } pageInfo { hasNextPage endCursor } } }"
    )
    with pytest.raises(BadDocument, match="no word of an enum"):
        literal(Word("ASC}"))


@pytest.mark.parametrize(
    "text", ["{ a", "{ a(b: [1 }", "query ($a: Int { b }", "fragment", "hello { a }", "{ ...", "{ a: }", "query"]
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(BadDocument):
        Document(text)
