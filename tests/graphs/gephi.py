"""Gephi's own importers, without its window. In: paths of files. Out: what Gephi reads of each.

Its toolkit and a runner of scripts come from Maven into the download cache: 85 MB, at the first run on a machine.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from graph.managed.fetch import fetch
from graph.managed.manifest import Jar
from graph.managed.server import java
from tests.graphs.read import Found, Values, found

JARS = [
    Jar(
        "org.gephi:gephi-toolkit:0.10.1:all",
        "3e4f5fd6c7d1d75c1e0bfbeae42cc58a1d22ae7c5d793a498e6c5842f22bf027",
        82_850_887,
    ),
    Jar("org.mozilla:rhino-all:1.9.1", "1cc2b468a51857747dcb29ae533e352a2abc04e81c5aa61e397dc774dd395329", 1_932_094),
]
SCRIPT = Path(__file__).with_name("gephi.js")
PATIENCE = 170
Spells = list[list[float]]
"""Begins and ends in milliseconds since 1970."""


class Element(NamedTuple):
    """A node by its id, or a tie by the ids of its ends. A value that changes over time is a list of begin, end and value."""

    names: tuple[str, ...]
    weight: float | None
    values: Values
    spells: Spells


class ByGephi(NamedTuple):
    """A network as Gephi reads it."""

    directed: bool
    nodes: list[Element]
    ties: list[Element]

    def found(self, *, weighted: bool = False) -> Found:
        """Return it as other readers do; with `weighted` the weight is the one value of a tie."""
        ties = [(*each.names, {"weight": each.weight} if weighted else each.values) for each in self.ties]
        return found(self.directed, {each.names[0]: each.values for each in self.nodes}, ties)  # type: ignore[arg-type]  # a tie has two names


def read_by_gephi(paths: Sequence[Path]) -> list[ByGephi]:
    """Read files by one process of Java, each in a project of its own."""
    cache = Path(os.environ.get("CITYGRAPH_CACHE_DIR") or platformdirs.user_cache_dir("citygraph")) / "gephi"
    jars = os.pathsep.join(map(str, fetch(cache, jars=JARS)))
    shell = ("-cp", jars, "org.mozilla.javascript.tools.shell.Main", "-opt", "-1", "-version", "200", str(SCRIPT))
    done = subprocess.run(
        [java(), "-Djava.awt.headless=true", *shell, *map(str, paths)],
        capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [_read(json.loads(line)) for line in done.stdout.splitlines()]


def _read(given: Any) -> ByGephi:
    """Labels are the ids of the files, which for GML and Pajek are numbers to Gephi; GEXF has ids beside labels."""
    by_id = {id_: id_ if id_.startswith("person/") else label for id_, label, *_ in given["nodes"]}
    nodes = [Element((by_id[id_],), None, values, spells) for id_, _, values, spells in given["nodes"]]
    ties = [Element((by_id[a], by_id[b]), weight, values, spells) for a, b, _, weight, values, spells in given["ties"]]
    kinds = {each[2] for each in given["ties"]} - {"null"}
    return ByGephi("UNDIRECTED" not in kinds | {given["directed"]}, nodes, ties)
