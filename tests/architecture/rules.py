"""What rules of the house look for in a syntax tree. In: a module's tree. Out: the lines that break a rule.

They are functions so that each can be shown a module that breaks it.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.architecture.code import product

CYPHER = re.compile(
    r"\b(MATCH\s*(\(|\w+\s*=)|MERGE\s*\(|UNWIND\b|CREATE\s*\(|(CREATE|DROP)\s+(\w+\s+)?(CONSTRAINT|INDEX)\b"
    r"|(DETACH\s+)?DELETE\s+[\w`]|SET\s+[\w`]+(\.[\w`]+\s*\+?=|\s*\+?=|:[\w`])|CALL\s*([({]|\w+\.\w)"
    r"|(COLLECT|EXISTS|COUNT)\s*\{|(?-i:RETURN) [a-z\[])",
    re.IGNORECASE,
)
"""Small `return` begins lines of the Python that is generated; a question that returns anything says one of the others too."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def cypher(tree: ast.Module) -> Iterator[int]:
    """Find strings with Cypher in them; docstrings may speak of it."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and CYPHER.search(node.value):
            yield node.lineno


# Statement text ----------------------------------------------------------------------------------------------------

TEMPLATED = {"clause": "template", "Fragment": "text", "join": "separator"}
WORDS_OF_OURS = {"of.function.value"}
"""Members of an enum of the house."""


def pasted(tree: ast.Module) -> Iterator[int]:
    """Find statement text that is not made of constants: literals, names of literals, choices and sums of them."""
    yield from _pasted(tree, tree, [])


def _pasted(tree: ast.Module, node: ast.AST, inside: list[Function]) -> Iterator[int]:
    if isinstance(node, Function):
        inside = [*inside, node]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEMPLATED:
        named = TEMPLATED[node.func.id]
        given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == named)]
        if not given or not all(_constant(tree, each, inside) for each in given):
            yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _pasted(tree, child, inside)


def _constant(tree: ast.Module, node: ast.expr, inside: list[Function]) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.IfExp):
        return _constant(tree, node.body, inside) and _constant(tree, node.orelse, inside)
    if isinstance(node, ast.BinOp):
        both = (node.left, node.right)
        return isinstance(node.op, ast.Add) and all(_constant(tree, each, inside) for each in both)
    if isinstance(node, ast.Name):
        found = _assigned(tree, node.id, inside)
        return bool(found) and all(_constant(tree, each, inside) for each in found)
    if isinstance(node, ast.Subscript):
        return _values_are_constant(tree, node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        default = node.args[1:]
        return _values_are_constant(tree, node.func.value) and all(_constant(tree, each, inside) for each in default)
    return ast.unparse(node) in WORDS_OF_OURS


def _values_are_constant(tree: ast.Module, table: ast.expr) -> bool:
    """Whether a table of the module holds nothing but literals."""
    found = _assigned(tree, table.id, []) if isinstance(table, ast.Name) else []
    tables = [each for each in found if isinstance(each, ast.Dict)]
    return bool(tables) and all(_constant(tree, value, []) for each in tables for value in each.values)


def _assigned(tree: ast.Module, name: str, inside: list[Function]) -> list[ast.expr]:
    """Return what a name is made of: in the functions around, from the nearest, else in the module; a parameter of nothing."""
    for function in reversed(inside):
        given = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        found = _values(name, function)
        if found or name in [argument.arg for argument in given]:
            return found
    return _values(name, *tree.body)


def _values(name: str, *places: ast.AST) -> list[ast.expr]:
    nodes = [node for place in places for node in (ast.walk(place) if isinstance(place, Function) else (place,))]
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    return [node.value for node in assigned for to in node.targets if isinstance(to, ast.Name) and to.id == name]


# Work at import ----------------------------------------------------------------------------------------------------

MAKES = {
    "AfterValidator", "AliasChoices", "BeforeValidator", "ConfigDict", "Console", "Field", "Head", "NewType", "Path",
    "SettingsConfigDict",
    "TypeVar",
    "app.callback", "app.command", "clause", "dataclass", "dataclasses.field", "enumerate", "field", "frozenset",
    "logging.getLogger", "lru_cache",
    "model_validator", "partial", "timedelta",
    "name", "optional", "range", "re.compile", "source_id", "strawberry.scalar", "structlog.get_logger", "tuple",
    "typer.Option", "typer.Typer",
}  # fmt: skip
METHODS = {"format", "maketrans", "values", "with_name"}
DECLARES = {
    "at", "big_integer", "boolean", "choice", "integer", "money", "number", "point", "reference", "text", "texts", "url", "when",
}  # fmt: skip
"""What may be called at import: it makes a value of what stands there, and neither asks nor tells anybody anything."""

STATEMENTS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assign,
    ast.AnnAssign,
)


def work(tree: ast.Module) -> Iterator[int]:
    """Find what happens when a module is imported, but for definitions and the making of values."""
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue  # never true when the product runs
        if not isinstance(node, STATEMENTS):
            yield node.lineno
        for call in _called(node):
            if not _makes_a_value(call.func):
                yield call.lineno


def _called(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that are made on import: not those inside functions, but those of their decorators and defaults."""
    if isinstance(node, ast.Call):
        yield node
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, Function | ast.Lambda):
        inner = [*node.args.defaults, *filter(None, node.args.kw_defaults), *getattr(node, "decorator_list", [])]
    for child in inner:
        yield from _called(child)


def _makes_a_value(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute) and called.attr in METHODS:
        return True
    return ast.unparse(called) in MAKES | DECLARES | frozen_values()


@cache
def frozen_values() -> frozenset[str]:
    """Name the product's own frozen dataclasses and named tuples: values that only hold what they are given."""
    classes = (node for module in product() for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
    return frozenset(
        each.name
        for each in classes
        if any("frozen=True" in ast.unparse(mark) for mark in each.decorator_list)
        or any(ast.unparse(base) == "NamedTuple" for base in each.bases)
    )
