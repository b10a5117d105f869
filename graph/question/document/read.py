"""Parsing and validation. In: document text. Out: a Document that is parsed, within the limits and valid, or a refusal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLID,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
    GraphQLSyntaxError,
    Lexer,
    NoFragmentCyclesRule,
    OperationDefinitionNode,
    SelectionSetNode,
    Source,
    ValuesOfCorrectTypeRule,
    get_variable_values,
    specified_rules,
)
from graphql.execution.values import VariableValues
from graphql.language.parser import Parser
from graphql.validation import NoSchemaIntrospectionCustomRule

from graph.errors import BadUserInput, ParseFailed, QuestionRefused, QuestionTooExpensive, ValidationFailed
from graph.question.document.fitting import fitting_rule
from graph.question.document.hints import hinted
from graph.question.document.links import drop_tokens, take_apart, unlink_tokens, validated
from graph.question.document.literals import LiteralsRule
from graph.question.document.overlaps import Overlaps
from graph.question.document.scan import ScanLimits, scan
from schema.model import Model

Refusal = TypeVar("Refusal", ParseFailed, ValidationFailed, BadUserInput)

UNCOUNTED = {"edges", "nodes"}
"""Fields that only wrap a list. They do not count as depth."""
PLAIN = (GraphQLID, GraphQLString)
"""Types of variables whose values are the texts that are given."""
ABORTED = "Validation aborted."
"""What graphql-core says if the comparison of fields passes a budget of its own."""
INTROSPECTIONS = {"__schema": 1, "__type": 10}
"""How often an operation may select these fields. Introspecting the whole schema takes a second."""


@dataclass(frozen=True)
class DocumentLimits:
    """What one document may hold."""

    tokens: int = 10_000
    depth: int = 12
    aliases: int = 30
    root_fields: int = 20
    fields: int = 2_000
    pairs: int = 5_000
    errors: int = 100
    introspection: bool = True
    suggestions: bool = True


@dataclass(frozen=True)
class Document:
    """A document that is parsed, within the limits and valid."""

    ast: DocumentNode = field(repr=False)
    operations: dict[str, OperationDefinitionNode] = field(repr=False, hash=False)
    fragments: dict[str, FragmentDefinitionNode] = field(repr=False, hash=False)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation to run. Raise BadUserInput if the choice is not clear."""
        known = ", ".join(sorted(self.operations))
        if name is None:
            if len(self.operations) != 1:
                raise BadUserInput(f"The document has several operations; say which in operationName: {known}.")
            return next(iter(self.operations.values()))
        if name not in self.operations:
            has = "it has one without a name" if known == "" else f"it has: {known}"
            raise BadUserInput(f"The document has no operation {name[:100]!r}; {has}.")
        return self.operations[name]


def read(text: str, schema: GraphQLSchema, limits: DocumentLimits, model: Model) -> Document:
    """Parse and validate a document. Each step is cheaper than the next and refuses what would be too much for it.

    Raise ParseFailed, QuestionTooExpensive, or QuestionRefused with every ValidationFailed.
    """
    try:
        scan(text, ScanLimits(limits.tokens, limits.fields, limits.pairs))
        ast = _parse(text, schema, limits)
        try:
            document = _checked(ast, schema, limits, model)
        except BaseException:
            take_apart(ast)
            raise
    except RecursionError as error:
        raise QuestionTooExpensive("The document is nested too deeply to be read.") from error
    drop_tokens(ast)
    return document


def _checked(ast: DocumentNode, schema: GraphQLSchema, limits: DocumentLimits, model: Model) -> Document:
    document = _split(ast)
    try:
        _measure(document, limits)
    except QuestionTooExpensive:
        # A fragment that spreads itself has no size; this is then the error that helps.
        if not (errors := validated(schema, ast, [NoFragmentCyclesRule])):
            raise
    else:
        rules, shows = _rules(limits, model), limits.suggestions
        errors = validated(schema, ast, rules, max_errors=limits.errors, hide_suggestions=not shows)
    if any(error.message == ABORTED for error in errors):
        raise QuestionTooExpensive("Selection sets of the document overlap too much to be compared.")
    if errors:
        raise QuestionRefused([_shown(error, ValidationFailed, schema, limits) for error in errors])
    return document


def coerce(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any], limits: DocumentLimits
) -> dict[str, Any]:
    """Coerce variables to their declared types. Raise QuestionRefused with every BadUserInput."""
    if not operation.variable_definitions:
        return {}
    coerced = get_variable_values(
        schema,
        operation.variable_definitions,
        dict(given),
        max_errors=min(limits.errors, 50),
        hide_suggestions=not limits.suggestions,
    )
    if isinstance(coerced, VariableValues):
        return dict(coerced.coerced)
    raise QuestionRefused([_shown(error, BadUserInput, schema, limits) for error in coerced])


def texts(types: Iterable[tuple[str, Any]], given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the variables of an operation if all are ids or texts and given as such, as `coerce` would; None otherwise.

    The types are those that the operation declares. To coerce these alone takes a twentieth of the time.
    """
    read = {}
    for name, type_ in types:
        value = given.get(name)
        plain = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if type(value) is not str or plain not in PLAIN:
            return None
        read[name] = value
    return read


def _rules(limits: DocumentLimits, model: Model) -> list[Any]:
    rules = [LiteralsRule if rule is ValuesOfCorrectTypeRule else rule for rule in specified_rules]
    rules.append(fitting_rule(model))
    return rules if limits.introspection else [*rules, NoSchemaIntrospectionCustomRule]


def _parse(text: str, schema: GraphQLSchema, limits: DocumentLimits) -> DocumentNode:
    source = Source(text)
    lexer = Lexer(source)
    try:
        parser = Parser(source, lexer=lexer, max_lexical_tokens=limits.tokens, allow_empty_selection_sets=False)
        return parser.parse_document()
    except GraphQLSyntaxError as error:
        if "tokens" in error.message:
            raise QuestionTooExpensive(
                f"The document has more than {limits.tokens:,} tokens, the most allowed."
            ) from error
        if "nested too deeply" in error.message:
            raise QuestionTooExpensive("The document is nested too deeply to be read.") from error
        raise _shown(error, ParseFailed, schema, limits) from error
    finally:
        unlink_tokens(lexer.token)


def _shown(error: GraphQLError, as_: type[Refusal], schema: GraphQLSchema, limits: DocumentLimits) -> Refusal:
    if "integer string conversion" in error.message:
        return as_("A number has too many digits.", locations=tuple(error.locations or ()))
    # graphql-core writes null of a variable as Python does.
    message = hinted(
        error.message.replace(" not to be None.", " not to be null."), schema, suggestions=limits.suggestions
    )
    return as_(message, locations=tuple(error.locations or ()))


def _split(ast: DocumentNode) -> Document:
    operations: dict[str, OperationDefinitionNode] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for node in ast.definitions:
        if isinstance(node, OperationDefinitionNode):
            operations[node.name.value if node.name else ""] = node
        elif isinstance(node, FragmentDefinitionNode):
            fragments.setdefault(node.name.value, node)
    return Document(ast, operations, fragments)


def _measure(document: Document, limits: DocumentLimits) -> None:
    """Refuse a document over a limit. This comes before validation, whose work grows quadratically with some of the counts."""
    ruler = _Ruler(document.fragments)
    sets = [operation.selection_set for operation in document.operations.values()]
    aliases = sum(
        ruler.aliases(node.selection_set) for node in (*document.operations.values(), *document.fragments.values())
    )
    _refuse_over("aliases", aliases, limits.aliases)
    for selection_set in sets:
        for name, most in INTROSPECTIONS.items():
            _refuse_over(f"fields {name} at the root of an operation", ruler.roots(selection_set, name), most)
        _refuse_over("root fields", ruler.roots(selection_set), limits.root_fields)
        _refuse_over("levels of depth", ruler.depth(selection_set), limits.depth)
        Overlaps(document.fragments, limits.fields, limits.pairs).measure(selection_set)


def _refuse_over(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise QuestionTooExpensive(f"The document has {count} {what}; at most {limit} are allowed.")


class _Ruler:
    """Measures selection sets. Each fragment is measured once, so that spreads cannot multiply the work."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._depths: dict[str, int] = {}
        self._roots: dict[str, dict[str, int]] = {}

    def aliases(self, selection_set: SelectionSetNode) -> int:
        return sum(
            (isinstance(node, FieldNode) and node.alias is not None)
            + (self.aliases(inner) if (inner := getattr(node, "selection_set", None)) else 0)
            for node in selection_set.selections
        )

    def depth(self, selection_set: SelectionSetNode) -> int:
        return max((self._depth_of(node) for node in selection_set.selections), default=0)

    def _depth_of(self, node: Any) -> int:
        if isinstance(node, FragmentSpreadNode):
            return self._through(node.name.value, self._depths, self.depth)
        if not isinstance(node, FieldNode):
            return self.depth(node.selection_set)
        name = node.name.value
        if name.startswith("__"):
            return 1
        below = self.depth(node.selection_set) if node.selection_set else 0
        return below + (name not in UNCOUNTED)

    def roots(self, selection_set: SelectionSetNode, name: str = "") -> int:
        """Count the fields at a root: all of them, or those with this name."""
        known = self._roots.setdefault(name, {})

        def of(within: SelectionSetNode) -> int:
            return sum(one(node) for node in within.selections)

        def one(node: Any) -> int:
            if isinstance(node, FragmentSpreadNode):
                return self._through(node.name.value, known, of)
            return name in ("", node.name.value) if isinstance(node, FieldNode) else of(node.selection_set)

        return of(selection_set)

    def _through(self, name: str, known: dict[str, int], measure: Any) -> int:
        """Measure a fragment once. A fragment that spreads itself counts as 0 here and fails validation later."""
        if name not in known:
            known[name] = 0
            if name in self._fragments:
                known[name] = measure(self._fragments[name].selection_set)
        return known[name]
