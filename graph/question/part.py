"""A part of a document as a question of its own. In: what is selected of facts, whose ids come later. Out: `nodes(ids: ...)`.

The question has the fragments of the document, and the variables that the part uses.
"""

from collections.abc import Sequence

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DocumentNode,
    FieldNode,
    InlineFragmentNode,
    ListTypeNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
)

from graph.question.document.read import Document
from graph.question.document.structure import structure, variables_used
from graph.question.engine import Engine, Ready

IDS = "idsOfFacts"
KEY = "facts"
PLACEHOLDER = "source/-"
"""An id that stands for those of facts that are not known yet."""
PAGE = 100
"""Ids that one question may name."""


def question(ready: Ready, nodes: Sequence[FieldNode], type_: str, engine: Engine, *, synthetic: bool = True) -> Ready:
    """Make the question that answers a selection of facts of a type."""
    sets = [node.selection_set for node in nodes if node.selection_set]
    within = tuple(InlineFragmentNode(type_condition=_named(type_), directives=(), selection_set=each) for each in sets)
    arguments = (
        ArgumentNode(name=NameNode(value="ids"), value=VariableNode(name=NameNode(value=IDS))),
        ArgumentNode(name=NameNode(value="synthetic"), value=BooleanValueNode(value=synthetic)),
    )
    root = FieldNode(
        alias=NameNode(value=KEY), name=NameNode(value="nodes"), arguments=arguments, directives=(),
        selection_set=SelectionSetNode(selections=within),
    )  # fmt: skip
    ids = NonNullTypeNode(type=ListTypeNode(type=NonNullTypeNode(type=_named("ID"))))
    declared = VariableDefinitionNode(variable=VariableNode(name=NameNode(value=IDS)), type=ids, directives=())
    fragments = ready.document.fragments
    used = variables_used(SelectionSetNode(selections=(root,)), fragments)
    kept = (each for each in ready.operation.variable_definitions or () if each.variable.name.value in used)
    operation = OperationDefinitionNode(
        operation=OperationType.QUERY,
        name=ready.operation.name,
        variable_definitions=(*kept, declared),
        directives=(),
        selection_set=SelectionSetNode(selections=(root,)),
    )
    ast = DocumentNode(definitions=(operation, *fragments.values()))
    document = Document(ast, {"": operation}, fragments)
    return Ready(document, operation, structure(document, operation, engine.compiler.schema))


def _named(name: str) -> NamedTypeNode:
    return NamedTypeNode(name=NameNode(value=name))
