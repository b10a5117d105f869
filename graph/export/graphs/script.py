"""A Cypher script for an empty Neo4j of one's own. In: a network. Out: statements for `cypher-shell`; to run it twice is as once.

By hand: no library writes it. Values are literals, because a script has no parameters that could hold them.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from graph.cypher.scripts import Script
from graph.export.graphs.exported import Exported
from graph.export.graphs.graphology import present
from graph.export.graphs.text import about, put

ROWS = 500
"""Rows of a statement."""
ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write_script(of: Exported, to: BinaryIO) -> None:
    """Write a network. A tie without direction is stored in one direction and found in both, as Cypher does without an arrow."""
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    script = Script(of.label, of.type, by_wave=bool(of.waves))
    for key, text in about(of):
        yield f"// {key}: {_comment(text)}\n"
    yield script.constraint.text + ";\n"
    nodes = (_map({"id": node.id} | present(of.node_attributes, node.values)) for node in of.nodes)
    yield from _statements(nodes, script.nodes)
    ids = [_literal(node.id) for node in of.nodes]
    waves = [_literal(each.id) for each in of.waves]
    ties = (
        f"[{ids[start]},{ids[end]},{_map(present(of.tie_attributes, values))},{'null' if wave is None else waves[wave]}]"
        for start, end, values, wave in of.ties
    )
    yield from _statements(ties, script.ties)


def _statements(rows: Iterator[str], around: tuple[Any, Any]) -> Iterator[str]:
    head, tail = (each.text for each in around)
    for first in rows:
        yield f"{head}[\n{first}"
        for row in islice(rows, ROWS - 1):
            yield f",\n{row}"
        yield f"\n]{tail};\n"


def _comment(text: str) -> str:
    """Write a text in one line. Neo4j takes `\\u000A` for the end of a line in a comment too, and would run what follows."""
    return " ".join(text.replace("\\", "/").split())


def _map(values: dict[str, Any]) -> str:
    return "{" + ",".join([f"{key}:{_literal(value)}" for key, value in values.items()]) + "}"


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value.translate(ESCAPES)}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "[" + ",".join(map(_literal, value)) + "]"
    return repr(value)
