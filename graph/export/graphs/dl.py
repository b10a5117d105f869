"""UCINET DL (format edgelist1). In: a network. Out: labels in their order, then ties as numbers with weights.

By hand: no library of Python writes it.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from graph.export.graphs.exported import CannotHold, Exported, Lack
from graph.export.graphs.text import put

LABEL = re.compile(r"""[^\s,"'=:]+""")


def write_dl(of: Exported, to: BinaryIO) -> None:
    """Write a network without its attributes; a tie without direction is written both ways.

    Raise CannotHold for several waves, for an id that is no label, and for a network without nodes.
    """
    if of.waves:
        raise CannotHold(Lack.WAVES, "ties of several waves")
    if not of.nodes:
        raise CannotHold(Lack.EMPTY, "a network without nodes")
    for node in of.nodes:
        if not LABEL.fullmatch(node.id):
            raise CannotHold(
                Lack.IDS, f"the id {node.id[:60]!r}, which has a space, a comma, a quote, a colon or a sign ="
            )
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    # One line of labels: Gephi reads no second one, and loses whoever has no label and no tie.
    yield f"dl n={len(of.nodes)}\nformat = edgelist1\nlabels:\n{','.join(node.id for node in of.nodes)}\ndata:\n"
    at = of.weight_at if of.is_weighted else None
    for start, end, values, _ in of.ties:
        weight = "1" if at is None else values[at]
        yield f"{start + 1} {end + 1} {weight}\n"
        if not of.directed:
            yield f"{end + 1} {start + 1} {weight}\n"
