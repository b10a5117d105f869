"""Imports go one way, one package speaks to the database, one writes Cypher; files and functions are small."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import distributions

import pytest

from tests.architecture.code import ROOT, Module, modules, product

MOST_LINES, MOST_FUNCTION, MOST_PARAMETERS, MOST_DOCSTRING = 400, 60, 5, 4
MAY_IMPORT = {"schema": {"schema"}, "graph": {"graph", "schema"}, "app": {"app", "graph", "schema"}}
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|DETACH DELETE|CREATE (CONSTRAINT|INDEX)|COLLECT \{|RETURN [a-z\[])")

each = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
each_of_the_product = pytest.mark.parametrize("module", product(), ids=lambda module: module.name)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@each_of_the_product
def test_imports_go_one_way(module: Module) -> None:
    own = {name.partition(".")[0] for name in module.imports()} & {"app", "graph", "schema", "tests", "bench"}
    assert own <= MAY_IMPORT[module.package]


@each_of_the_product
def test_only_the_bolt_package_imports_the_driver(module: Module) -> None:
    if not module.name.startswith("graph/bolt/"):
        assert "neo4j" not in {name.partition(".")[0] for name in module.imports()}


@each_of_the_product
def test_only_app_imports_the_web(module: Module) -> None:
    if module.package != "app":
        found = {
            name for name in module.imports() if name.startswith(("fastapi", "starlette", "uvicorn", "strawberry.http"))
        }
        assert not found


@each_of_the_product
def test_only_the_cypher_package_holds_cypher(module: Module) -> None:
    if module.name.startswith("graph/cypher/"):
        return
    docstrings = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            assert not CYPHER.search(node.value), f"line {node.lineno}: {node.value[:60]}"


@pytest.mark.parametrize("module", [m for m in product() if m.name.startswith("graph/cypher/")], ids=lambda m: m.name)
def test_statement_text_is_made_of_constants(module: Module) -> None:
    """Templates of `clause` are literals, or names of literals: nothing is pasted into them."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("clause", "Fragment"):
            inside = [part for part in ast.walk(node.args[0]) if isinstance(part, ast.JoinedStr)] if node.args else []
            assert not inside, f"line {node.lineno} pastes into a template"


@each
def test_files_are_small(module: Module) -> None:
    assert len(module.text.splitlines()) <= MOST_LINES


@each
def test_functions_are_small(module: Module) -> None:
    for function in functions(module):
        assert (function.end_lineno or 0) - function.lineno < MOST_FUNCTION, function.name


@each_of_the_product
def test_parameters_are_few(module: Module) -> None:
    for function in functions(module):
        if any(isinstance(d, ast.Name) and d.id == "command" for d in function.decorator_list) or "cli" in module.name:
            continue  # the options of a command are its parameters
        positional = [a.arg for a in (*function.args.posonlyargs, *function.args.args) if a.arg not in ("self", "cls")]
        assert len(positional) <= MOST_PARAMETERS, function.name


@each
def test_modules_open_with_a_short_docstring(module: Module) -> None:
    docstring = ast.get_docstring(module.tree)
    assert docstring
    assert len(docstring.splitlines()) <= MOST_DOCSTRING


@each
def test_every_ignored_type_error_has_a_code_and_a_reason(module: Module) -> None:
    for line in module.text.splitlines():
        if "# type: ignore" in line and module.name != "tests/architecture/test_rules.py":
            assert re.search(r"# type: ignore\[[a-z-]+(,[a-z-]+)*\]  # \w", line), line


@each_of_the_product
def test_nothing_happens_at_import(module: Module) -> None:
    allowed = (
        ast.Import,
        ast.ImportFrom,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Assign,
        ast.AnnAssign,
    )
    for node in module.tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test):
            continue
        if module.name == "app/cli/__init__.py" and isinstance(node, ast.Expr):
            continue  # commands are named here, once
        assert isinstance(node, allowed), f"line {node.lineno}"


def test_no_dependency_brings_a_package_of_our_names() -> None:
    locked = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements" / "test.lock").read_text(), re.MULTILINE)
    names = {name.lower().replace("_", "-") for name in locked}
    for distribution in distributions():
        if distribution.metadata["Name"].lower().replace("_", "-") in names:
            tops = {str(file).partition("/")[0] for file in distribution.files or ()}
            assert not tops & {"app", "graph", "schema", "app.py", "graph.py", "schema.py"}, distribution.metadata[
                "Name"
            ]


def test_the_locks_name_no_index_and_hash_everything() -> None:
    for lock in ("run.lock", "test.lock"):
        text = (ROOT / "requirements" / lock).read_text()
        assert "://" not in text
        assert "--index" not in text
        assert len(re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE | re.IGNORECASE)) == len(
            re.findall(r"^[a-z0-9._-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE | re.IGNORECASE)
        )


def test_no_test_is_left_out() -> None:
    for module in modules():
        if module.package == "tests" and module.name != "tests/architecture/test_rules.py":
            assert not re.search(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|xfail)", module.text), module.name
