"""`make faults`: plant each fault in a copy of the tree. In: FAULTS. Out: a line for each; exit code 1 if one is missed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.faults.fault import Fault
from tests.faults.table import FAULTS
from tests.kit.database import PASSWORD, test_database
from tests.kit.paths import ROOT

FAILED = 1
"""The exit code of pytest if tests ran and some failed. Others say that nothing was tested."""
COPIED = ("app", "graph", "schema", "seeds", "tests", "docs", "requirements", "bench")


def main(names: Sequence[str]) -> int:
    """Plant the faults whose description contains one of the names, or all of them."""
    chosen = [fault for fault in FAULTS if not names or any(name in fault.says for name in names)]
    missed = []
    with tempfile.TemporaryDirectory(prefix="citygraph-faults-") as folder, test_database(None) as address:
        tree = _copy(Path(folder))
        environment = os.environ | {
            "NEO4J_TEST_URI": address.uri,
            "NEO4J_TEST_PASSWORD": address.password or PASSWORD,
            "PYTHONPATH": str(tree),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CITYGRAPH_RANDOM_SEED": "1",
        }
        for tests in dict.fromkeys(fault.tests for fault in chosen):
            if _run(tree, tests, environment) != 0:
                print(f"without a fault these tests do not pass: {' '.join(tests)}")
                return 1
        for number, fault in enumerate(chosen, start=1):
            found = _is_found(tree, fault, environment)
            print(
                f"{number}/{len(chosen)} {'found' if found else 'NOT FOUND'}: {fault.stage}: {fault.says}", flush=True
            )
            missed += [] if found else [fault]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} faults were found")
    return 1 if missed else 0


def _copy(folder: Path) -> Path:
    tree = folder / "tree"
    for name in COPIED:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("*.yml"), ROOT / "Dockerfile", ROOT / "Makefile"):
        shutil.copy(file, tree)
    return tree


def _is_found(tree: Path, fault: Fault, environment: dict[str, str]) -> bool:
    """Run the tests of a fault, which must fail while it is planted."""
    file = tree / fault.file
    right = file.read_text(encoding="utf-8")
    file.write_text(right.replace(fault.old, fault.new), encoding="utf-8")
    try:
        return _run(tree, fault.tests, environment) == FAILED
    finally:
        file.write_text(right, encoding="utf-8")


def _run(tree: Path, tests: Sequence[str], environment: dict[str, str]) -> int:
    """Run tests in a tree and return the exit code of pytest."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
