"""Imports go one way, one package speaks to the database, one writes Cypher; files and functions are small."""

import ast
import json
import re
from collections.abc import Iterator
from importlib.metadata import distributions

import pytest

from tests.architecture import rules
from tests.architecture.code import PRODUCT, Module, for_each, modules, product
from tests.kit.paths import ROOT

MOST_LINES, MOST_FUNCTION, MOST_PARAMETERS, MOST_DOCSTRING = 400, 60, 5, 4
HOLD_CYPHER = ("graph/cypher/", "graph/question/render/", "graph/computed/")

each = for_each(modules)
each_of_the_product = for_each(product)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


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
def test_only_the_folders_that_write_statements_hold_cypher(module: Module) -> None:
    if not module.name.startswith(HOLD_CYPHER):
        assert not list(rules.cypher(module.tree))


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n",
        "match (n:City)",
        "Match way = shortest",
        "merge (n)",
        "unwind $q.rows as row",
        "CALL db.clearQueryCaches()",
        "call (n) { finish }",
        "CALL { }",
        "SET n.name = 1",
        "set n += $q",
        "SET n:City",
        "detach delete n",
        "DELETE r",
        "create (n)",
        "CREATE FULLTEXT INDEX words",
        "drop constraint x",
        "exists { (n)-->() }",
        "RETURN n.id",
    ],
)
def test_cypher_is_found_in_any_case(text: str) -> None:
    assert list(rules.cypher(ast.parse(f"X = {text!r}"))) == [1]
    pasted = "{y} " + text.replace("{", "{{").replace("}", "}}")
    assert list(rules.cypher(ast.parse(f"X = f{pasted!r}"))) == [1]


@pytest.mark.parametrize(
    "text",
    ["Cities that set the objective.", "All that match `where`.", "What it is called.", "return absent()", "Call me."],
)
def test_plain_words_are_no_cypher(text: str) -> None:
    assert not list(rules.cypher(ast.parse(f"X = {text!r}")))


@for_each(lambda: [module for module in product() if module.name.startswith(HOLD_CYPHER)])
def test_statement_text_is_made_of_constants(module: Module) -> None:
    """Nothing is pasted into it; the one module that makes fragments of names and templates is read by people."""
    if module.name != "graph/cypher/fragments.py":
        assert not list(rules.pasted(module.tree))


@pytest.mark.parametrize(
    "line",
    [
        "clause(f'MATCH {x}')",
        "clause('MATCH ' + x)",
        "clause('MATCH %s' % x)",
        "clause('MATCH {}'.format(x))",
        "Fragment(x)",
        "Fragment(str(x))",
        "Fragment(text=x)",
        "join(x, [])",
        "clause(TEXTS[x] + x)",
        "clause(UNSAFE[x])",
        "clause(*x)",
        "clause('A' if x else x)",
    ],
)
def test_what_is_pasted_into_statement_text_is_found(line: str) -> None:
    before = "TEXTS = {1: 'A'}\nUNSAFE = {1: input()}\nx = 'A'\n"
    assert list(rules.pasted(ast.parse(f"{before}def f(x):\n    return {line}"))) == [5]


@pytest.mark.parametrize(
    "line", ["clause('A' + B)", "clause(c)", "clause(T[x])", "clause('A' if x else B)", "Fragment(B)"]
)
def test_constants_are_no_paste(line: str) -> None:
    before = "B = 'B'\nT = {1: 'A'}\n"
    assert not list(rules.pasted(ast.parse(f"{before}def f(x):\n    c = 'a' if x else 'b'\n    return {line}")))


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
    if module.name != "app/cli/__init__.py":  # commands are named there, once
        assert not list(rules.work(module.tree))


@pytest.mark.parametrize(
    "line",
    [
        "print('x')",
        "LINE = print('x')",
        "STATE = dict(os.environ)",
        "LINE: str = input()",
        "class A:\n    state = os.getcwd()",
        "def f(x=open('x')): pass",
        "f = lambda x=open('x'): x",
        "@register()\ndef f(): pass",
        "HERE = Path('x').read_text()",
        "for x in (): pass",
    ],
)
def test_work_at_import_is_found(line: str) -> None:
    assert list(rules.work(ast.parse(line)))


def test_what_waits_for_a_call_is_no_work_at_import() -> None:
    assert not list(rules.work(ast.parse("X = re.compile('x')\ndef f():\n    print('x')\ng = lambda: print('x')")))


def test_no_dependency_brings_a_package_of_our_names() -> None:
    locked = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements" / "test.lock").read_text(), re.MULTILINE)
    names = {name.lower().replace("_", "-") for name in locked}
    for distribution in distributions():
        if distribution.metadata["Name"].lower().replace("_", "-") in names:
            tops = {str(file).partition("/")[0] for file in distribution.files or ()}
            assert not tops & {*PRODUCT, *(f"{name}.py" for name in PRODUCT)}, distribution.metadata["Name"]


def test_the_locks_name_no_index_and_hash_everything() -> None:
    for lock in ("run.lock", "test.lock"):
        text = (ROOT / "requirements" / lock).read_text()
        assert "://" not in text
        assert "--index" not in text
        assert len(re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE | re.IGNORECASE)) == len(
            re.findall(r"^[a-z0-9._-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE | re.IGNORECASE)
        )


def test_the_lock_of_the_javascript_clients_names_no_registry_and_hashes_everything() -> None:
    lock = json.loads((ROOT / "tests" / "clients" / "node" / "package-lock.json").read_text(encoding="utf-8"))
    packages = [about for name, about in lock["packages"].items() if name]
    assert len(packages) > 200
    assert [about for about in packages if "resolved" in about or "integrity" not in about] == []


def test_no_test_is_left_out() -> None:
    for module in modules():
        if module.package == "tests" and module.name != "tests/architecture/test_rules.py":
            assert not re.search(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|xfail)", module.text), module.name
