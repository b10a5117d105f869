"""The product's own Python files as syntax trees. In: the repository. Out: modules with their text and imports."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.load.garbage import seldom_collected
from tests.kit.paths import ROOT

PACKAGES = ("app", "graph", "schema", "seeds", "tests", "bench", "client")
PRODUCT = ("app", "graph", "schema", "seeds")


@dataclass(frozen=True)
class Module:
    """A Python file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        return self.path.relative_to(ROOT).parts[0]

    def imports(self) -> Iterator[str]:
        """Yield the dotted names of everything that the module imports."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def modules() -> tuple[Module, ...]:
    """Read every module of the product, its tests and its benchmarks."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    with seldom_collected():  # six of seven seconds would go to looking through trees
        return tuple(Module(path, text, ast.parse(text)) for path, text in texts)


def product() -> list[Module]:
    """Return the modules of the product alone."""
    return [module for module in modules() if module.package in PRODUCT]


def for_each(chosen: Callable[[], Iterable[Module]]) -> Callable[[Callable[[Module], None]], Callable[[], None]]:
    """Make one test of a rule for modules, which names every module that breaks it.

    A test for each module and rule would be thousands, and pytest takes longer to tell of one than a rule takes to check.
    """

    def decorated(rule: Callable[[Module], None]) -> Callable[[], None]:
        def test() -> None:
            broken: dict[str, str] = {}
            among = list(chosen())
            for module in among:
                try:
                    rule(module)
                except AssertionError as error:
                    broken[module.name] = str(error)
            assert among, "the rule is for no module"
            assert broken == {}, "\n".join(f"{name}: {said}" for name, said in broken.items())

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return decorated
