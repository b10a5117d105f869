"""GraphML (graphml.graphdrawing.org). In: a network. Out: XML with one declared type for each attribute, and an id for each tie.

By hand: networkx 3.6.1 repeats the ids of parallel edges, which graphology 0.26 refuses; igraph 1.0.0 writes what is absent as
the word None, or false.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from graph.export.graphs.exported import Attribute, Exported, Type
from graph.export.graphs.text import about, as_xml, put, xml

TYPES = {
    Type.TEXT: "string",
    Type.TEXTS: "string",
    Type.INTEGER: "long",
    Type.NUMBER: "double",
    Type.BOOLEAN: "boolean",
}


def write_graphml(of: Exported, to: BinaryIO) -> None:
    """Write a network. Raise CannotHold for control characters."""
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    said = list(about(of))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield from _keys("graph", [Attribute(name, Type.TEXT) for name, _ in said])
    yield from _keys("node", of.node_attributes)
    yield from _keys("edge", of.tie_attributes)
    yield f'<graph edgedefault="{"directed" if of.directed else "undirected"}">\n'
    for at, (_, text) in enumerate(said):
        yield f'<data key="g{at}">{xml(text)}</data>\n'
    values = _writer("n", of.node_attributes)
    for node in of.nodes:
        yield f'<node id="{xml(node.id)}">{values(node.values)}</node>\n'
    values, ids = _writer("e", of.tie_attributes), [xml(node.id) for node in of.nodes]
    for number, (start, end, given, _) in enumerate(of.ties):
        yield f'<edge id="e{number}" source="{ids[start]}" target="{ids[end]}">{values(given)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _keys(of: str, attributes: Sequence[Attribute]) -> Iterator[str]:
    for at, each in enumerate(attributes):
        yield f'<key id="{of[0]}{at}" for="{of}" attr.name="{xml(each.name)}" attr.type="{TYPES[each.type]}"/>\n'


def _writer(letter: str, attributes: Sequence[Attribute]) -> Callable[[Sequence[Any]], str]:
    """Return what writes values; absent ones are left out."""
    heads = [(f'<data key="{letter}{at}">', as_xml(each)) for at, each in enumerate(attributes)]

    def values(given: Sequence[Any]) -> str:
        return "".join(
            [
                head + write(value) + "</data>"
                for (head, write), value in zip(heads, given, strict=True)
                if value is not None
            ]
        )

    return values
