"""The client stands alone: it imports two libraries and nothing of the server, and holds the rules of the product."""

import ast

from tests.architecture import rules
from tests.architecture.code import PRODUCT, Module, for_each, modules
from tests.architecture.test_rules import MOST_PARAMETERS, functions

NEEDS = {"httpx", "websockets"}
EXTRAS = {"graphql"}
"""What is imported inside a function, because it comes with an extra. Others are imported by name: `frames.needed`."""


def of_client() -> list[Module]:
    return [module for module in modules() if module.package == "client"]


def test_there_is_a_client() -> None:
    assert len(of_client()) > 10


@for_each(of_client)
def test_it_imports_nothing_of_the_server(module: Module) -> None:
    import sys

    tops = {name.partition(".")[0] for name in module.imports()}
    assert not tops & {*PRODUCT, "tests", "bench"}
    assert tops - set(sys.stdlib_module_names) <= {"citygraph_client", *NEEDS, *EXTRAS}
    first = {
        name.partition(".")[0]
        for node in module.tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in Module(module.path, "", ast.Module([node], [])).imports()
    }
    assert not first & EXTRAS


@for_each(of_client)
def test_it_holds_the_rules_of_the_product(module: Module) -> None:
    assert not list(rules.work(module.tree))
    assert not list(rules.cypher(module.tree))
    for function in functions(module):
        given = [a.arg for a in (*function.args.posonlyargs, *function.args.args) if a.arg not in ("self", "cls")]
        assert len(given) <= MOST_PARAMETERS, function.name
    classes = [node for node in module.tree.body if isinstance(node, ast.ClassDef)]
    for node in [*module.tree.body, *(inner for each in classes for inner in each.body)]:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


def test_nothing_of_the_server_imports_it() -> None:
    using = {m.package for m in modules() for name in m.imports() if name.partition(".")[0] == "citygraph_client"}
    assert using <= {"client", "tests", "bench"}
