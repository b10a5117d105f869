"""What pyproject.toml declares is all that the product imports, and the locks have a version of it that fits."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.code import PRODUCT, product
from tests.kit.paths import ROOT

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = [Requirement(text) for text in DECLARED["project"]["dependencies"]]
GROUPS = {name: [Requirement(text) for text in texts] for name, texts in DECLARED["dependency-groups"].items()}


def pins(lock: str) -> dict[str, str]:
    """Return the versions of a lock by name."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize(
    ("lock", "needed"),
    [
        ("run.lock", [*NEEDED, *GROUPS["build"]]),
        ("test.lock", [*NEEDED, *GROUPS["build"], *GROUPS["test"]]),
    ],
    ids=["run", "test"],
)
def test_a_lock_has_what_is_declared(lock: str, needed: list[Requirement]) -> None:
    locked = pins(lock)
    unfit = [str(each) for each in needed if not each.specifier.contains(locked.get(canonicalize_name(each.name), "0"))]
    assert not unfit, "make lock"


def test_both_locks_have_the_same_versions() -> None:
    assert pins("run.lock").items() <= pins("test.lock").items()


def test_what_the_product_imports_is_declared() -> None:
    tops = {name.partition(".")[0] for module in product() for name in module.imports()}
    foreign = tops - set(PRODUCT) - set(sys.stdlib_module_names)
    bring = packages_distributions()
    declared = {canonicalize_name(each.name) for each in NEEDED}
    assert "fastapi" in foreign
    assert {name for name in foreign if not {canonicalize_name(one) for one in bring[name]} & declared} == set()
