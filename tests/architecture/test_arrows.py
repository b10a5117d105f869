"""Which folder may import which. In: the imports of every module. Out: the arrows of docs/house.md hold, and form no circle."""

import re
from graphlib import TopologicalSorter

import pytest

from tests.architecture.code import Module, for_each, product
from tests.kit.paths import DOCS

APP = {"app": {"graph", "schema", "seeds"}, "graph": {"schema"}, "schema": set(), "seeds": {"schema"}}
"""The packages of the product."""

GRAPH: dict[str, set[str]] = {
    "errors": set(),
    "addresses": set(),
    "access": set(),
    "cypher": {"access"},
    "bolt": {"cypher", "errors"},
    "managed": {"bolt"},
    "answers": {"bolt", "cypher", "errors"},
    "events": {"access", "bolt", "cypher", "errors"},
    "facts": {"access", "bolt", "cypher", "events"},
    "webhooks": {"bolt", "cypher"},
    "load": {"access", "bolt", "cypher", "facts", "matching"},
    "matching": {"access", "bolt", "cypher", "facts"},
    "portals": {"addresses", "load"},
    "export": {"access", "bolt", "cypher", "errors", "facts", "measures", "question"},
    "snapshot": {"access", "bolt", "cypher", "export", "managed"},
    "figures": set(),
    "computed": {"cypher"},
    "measures": {"access", "bolt", "cypher", "errors", "figures", "question"},
    "question": {"access", "bolt", "computed", "cypher", "errors"},
    "mutations": {"access", "bolt", "cypher", "errors", "facts", "matching", "question"},
    "subscriptions": {"access", "bolt", "errors", "events", "question"},
}
"""The folders of graph."""

QUESTION: dict[str, set[str]] = {
    "document": {"codepoints", "cursor"},
    "plan": {"document", "codepoints", "cursor"},
    "render": {"plan", "guard", "as_of"},
    "decode": {"plan"},
}
"""The folders inside graph/question, which come in this order. The modules beside them use them all."""

SCHEMA: dict[str, set[str]] = {
    "language": set(),
    "domain": {"language"},
    "model": {"language", "domain"},
    "derived": {"language", "domain", "model"},
}
"""The folders of schema."""


def imported(module: Module, *above: str) -> set[str]:
    """Name what a module imports below a package, in the package's own folder or file."""
    prefix = ".".join(above) + "."
    return {name.removeprefix(prefix).partition(".")[0] for name in module.imports() if name.startswith(prefix)} - set(
        above
    )


def part(module: Module, depth: int) -> str:
    """Name the folder or file at a depth of a module's path."""
    pieces = module.name.removesuffix(".py").split("/")
    return pieces[depth] if depth < len(pieces) else "__init__"


def inside(*folders: str) -> list[Module]:
    return [module for module in product() if module.name.startswith("/".join(folders) + "/")]


@for_each(product)
def test_packages(module: Module) -> None:
    own = {name.partition(".")[0] for name in module.imports()} & {*APP, "tests", "bench"}
    assert own - {module.package} <= APP[module.package]


@for_each(lambda: inside("graph"))
def test_folders_of_graph(module: Module) -> None:
    folder = part(module, 1)
    if folder != "__init__":
        assert imported(module, "graph") - {folder} <= GRAPH[folder]


@for_each(lambda: inside("graph", "question"))
def test_folders_of_a_question(module: Module) -> None:
    folder = part(module, 2)
    if folder in QUESTION:
        assert imported(module, "graph", "question") - {folder} <= QUESTION[folder]


@for_each(lambda: inside("schema"))
def test_folders_of_schema(module: Module) -> None:
    folder = part(module, 1)
    if folder != "__init__":
        assert imported(module, "schema") - {folder} <= SCHEMA[folder]


@pytest.mark.parametrize("arrows", [APP, GRAPH, QUESTION, SCHEMA])
def test_arrows_form_no_circle(arrows: dict[str, set[str]]) -> None:
    assert list(TopologicalSorter(arrows).static_order())


def test_the_house_page_shows_the_same_arrows() -> None:
    table = (DOCS / "house.md").read_text().partition("| folder | may import |")[2].partition("\n\n")[0]
    shown: dict[str, set[str]] = {}
    for line in table.strip().splitlines()[1:]:
        folders, targets = (set(re.findall(r"`(\w+)`", cell)) for cell in line.strip("|").split("|"))
        shown |= dict.fromkeys(folders, targets)
    assert shown == GRAPH


def test_every_folder_of_graph_has_its_arrows() -> None:
    folders = {part(module, 1) for module in inside("graph")} - {"__init__"}
    assert folders <= set(GRAPH)
