"""The JSON of graphology (graphology.github.io), for programs in browsers. In: a network. Out: JSON, one line for a node or tie.

By hand: it is made line by line. The node-link JSON of networkx 3.6.1 overwrites a tie's
attribute `source` and a person's `id`.
"""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import orjson

from graph.export.graphs.exported import Attribute, Exported
from graph.export.graphs.text import about, put


def write_graphology(of: Exported, to: BinaryIO) -> None:
    """Write a network."""
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    options = {"type": "directed" if of.directed else "undirected", "multi": bool(of.waves), "allowSelfLoops": False}
    said = dict(about(of)) | {"licences": of.about.licences, "sources": of.about.sources}
    yield f'{{"options":{_json(options)},\n"attributes":{_json(said)},\n"nodes":['
    between = "\n"
    for node in of.nodes:
        yield between + _json({"key": node.id, "attributes": present(of.node_attributes, node.values)})
        between = ",\n"
    yield '\n],\n"edges":['
    between = "\n"
    for number, (start, end, values, _) in enumerate(of.ties):
        edge = {"key": str(number), "source": of.nodes[start].id, "target": of.nodes[end].id}
        direction = {} if of.directed else {"undirected": True}
        yield between + _json({**edge, **direction, "attributes": present(of.tie_attributes, values)})
        between = ",\n"
    yield "\n]}\n"


def present(attributes: Sequence[Attribute], values: Sequence[Any]) -> dict[str, Any]:
    """Return the values that are there, by name."""
    return {each.name: value for each, value in zip(attributes, values, strict=True) if value is not None}


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
