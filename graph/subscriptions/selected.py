"""What a subscription selects. In: a document and its variables. Out: plain fields of an event, and a question for its fact.

Subscribers who select the same share one Selected, whatever their documents and the places are at which they begin.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import FieldNode, GraphQLObjectType, get_named_type

from graph.access.rights import Rights
from graph.errors import BadUserInput, QuestionTooExpensive
from graph.events.read import Wanted
from graph.question.document.read import coerce
from graph.question.document.selection import Budget, Context, collect, defined
from graph.question.document.values import given
from graph.question.engine import Engine, Ready
from graph.question.part import IDS, PAGE, PLACEHOLDER, question
from schema.language.declare import upper_snake
from schema.model import FACT, Model

NODE, TYPENAME = "node", "__typename"
SIZES = (PAGE, 25, 5, 1)
"""How many facts may be asked for at once, the most first: the limit of cost holds for all facts of one question."""


@dataclass(frozen=True)
class Selected:
    """What is selected of an event. `key` is that of the root field; `plain` and `facts` are by response key.

    Equal marks give the same answers.
    """

    key: str
    type: str
    plain: tuple[tuple[str, str], ...]
    facts: Mapping[str, Ready] = field(hash=False)
    keys: tuple[str, ...]
    variables: Mapping[str, Any] = field(hash=False)
    mark: Hashable
    size: int = PAGE


@dataclass(frozen=True)
class Asked:
    """A subscription as it was asked for: what is selected, which events are wanted, and the cursor after which it begins."""

    selected: Selected
    wanted: Wanted
    after: str | None


def asked(ready: Ready, variables: Mapping[str, Any], engine: Engine) -> Asked:
    """Read a subscription. Raise QuestionError or QuestionRefused if it is refused."""
    compiler = engine.compiler
    coerced = coerce(compiler.schema, ready.operation, variables, compiler.limits.document)
    context = Context(ready.document, compiler.schema, coerced, Budget(compiler.limits.document.fields))
    root = compiler.schema.subscription_type
    assert root is not None
    collected = collect(context, root, [ready.operation.selection_set])
    if not collected:
        raise BadUserInput("The subscription selects no field, because @skip or @include leaves it out.")
    ((key, nodes),) = collected.items()
    selection = defined(context, root.fields[nodes[0].name.value], key, nodes)
    arguments = {name: given(read, coerced) for name, read in selection.arguments.items()}
    synthetic = arguments.get("synthetic")
    wanted = Wanted(
        _of(arguments.get("type"), compiler.model),
        arguments.get("near"),
        compiler.limits.synthetic if synthetic is None else synthetic,
    )
    type_ = get_named_type(root.fields[selection.name].type)
    assert isinstance(type_, GraphQLObjectType)
    below = collect(context, type_, [node.selection_set for node in nodes if node.selection_set])
    facts = {
        name: question(ready, each, FACT, engine, synthetic=wanted.synthetic)
        for name, each in below.items()
        if each[0].name.value == NODE
    }
    return Asked(_selected(key, type_.name, below, facts, variables), wanted, arguments.get("after"))


def _selected(
    key: str, type_: str, below: Mapping[str, list[FieldNode]], facts: Mapping[str, Ready], variables: Mapping[str, Any]
) -> Selected:
    plain = tuple((name, each[0].name.value) for name, each in below.items() if name not in facts)
    declared = {
        definition.variable.name.value
        for each in facts.values()
        for definition in each.operation.variable_definitions or ()
    }
    used = {name: value for name, value in variables.items() if name in declared}
    texts = tuple((name, ready.canonical) for name, ready in facts.items())
    mark = (key, tuple(below), plain, texts, orjson.dumps(used, option=orjson.OPT_SORT_KEYS))
    return Selected(key, type_, plain, facts, tuple(below), used, mark)


def size(selected: Selected, engine: Engine, rights: Rights) -> int:
    """Return how many facts may be asked for at once. Raise QuestionError if one alone is too much."""
    for most in SIZES:
        try:
            for ready in selected.facts.values():
                engine.bound(ready, {**selected.variables, IDS: [PLACEHOLDER] * most}, rights)
            return most
        except QuestionTooExpensive:
            if most == SIZES[-1]:
                raise
    return PAGE


def _of(type_: str | None, model: Model) -> str | None:
    """Return the label or the relationship type that a value of the argument `type` names."""
    labels = {upper_snake(label): label for label in model.concepts}
    return None if type_ is None else labels.get(type_, type_)
