"""Pajek (mrvar.fdv.uni-lj.si/pajek). In: a network. Out: numbered vertices with their ids as labels; arcs or edges with weights.

By hand: networkx 3.6.1 writes no numbers of its own where nodes have an attribute `id`, and makes people of what a second list of
arcs begins with; igraph 1.0.0 reads a quote of its own back as an entity.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from graph.export.graphs.exported import CannotHold, Exported, Lack
from graph.export.graphs.text import put

QUOTES = re.compile(r'["\\\n\r]')
"""What cannot stand in a label: the format has no way to write it, and readers take a backslash for the beginning of one."""


def write_pajek(of: Exported, to: BinaryIO) -> None:
    """Write a network without its attributes. Raise CannotHold for several waves, and for an id with a quote or a backslash."""
    if of.waves:
        raise CannotHold(Lack.WAVES, "ties of several waves")
    for node in of.nodes:
        if QUOTES.search(node.id):
            raise CannotHold(Lack.IDS, f"the id {node.id[:60]!r}, which has a quote, a backslash or a line's end")
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    yield f"*Vertices {len(of.nodes)}\n"
    for at, node in enumerate(of.nodes, 1):
        yield f'{at} "{node.id}"\n'
    yield "*Arcs\n" if of.directed else "*Edges\n"
    weight = of.weight_at
    if weight is None or not of.is_weighted:
        for start, end, _, _ in of.ties:
            yield f"{start + 1} {end + 1}\n"
        return
    for start, end, values, _ in of.ties:
        yield f"{start + 1} {end + 1} {values[weight]}\n"
