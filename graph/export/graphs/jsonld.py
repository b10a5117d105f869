"""JSON-LD 1.1 (w3.org/TR/json-ld11). In: a network. Out: JSON, one line for a node or tie, with a context of its own.

By hand: it is made line by line, and its context declares one type for each attribute. Nothing is fetched to read it.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

import orjson

from graph.export.graphs.exported import Exported, Type
from graph.export.graphs.graphology import present
from graph.export.graphs.text import about, put

TERMS, FACTS = "urn:citygraph:term:", "urn:citygraph:fact:"
"""What the names of attributes, and the ids of facts, are in RDF."""
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = {Type.INTEGER: f"{XSD}integer", Type.NUMBER: f"{XSD}double", Type.BOOLEAN: f"{XSD}boolean"}
SAFE = "/-._~"


def address(id_: str) -> str:
    """Return the URN of a fact: its id with what a URN cannot hold written as %."""
    return FACTS + quote(id_, SAFE)


def write_jsonld(of: Exported, to: BinaryIO) -> None:
    """Write a network. A node has a URN made of its id, and its id as it is; a tie is a blank node with two ends."""
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    yield f'{{"@context":{_json(_context(of))},\n"@type":"Network","directed":{_json(of.directed)},\n'
    for name, text in about(of):
        if name != "licences":
            yield f"{_json(name)}:{_json(text)},\n"
    yield f'"licences":{_json(of.about.licences)},\n"sources":{_json([address(each) for each in of.about.sources])},\n'
    yield '"nodes":['
    between = "\n"
    for node in of.nodes:
        head = {"@id": address(node.id), "@type": of.label, "factId": node.id}
        yield between + _json(head | present(of.node_attributes, node.values))
        between = ",\n"
    ids = [address(node.id) for node in of.nodes]
    yield '\n],\n"ties":['
    between = "\n"
    for number, (start, end, values, _) in enumerate(of.ties):
        ends: dict[str, Any] = (
            {"start": ids[start], "end": ids[end]} if of.directed else {"ends": [ids[start], ids[end]]}
        )
        yield between + _json({"@id": f"_:t{number}", "@type": of.type, **ends} | present(of.tie_attributes, values))
        between = ",\n"
    yield "\n]}\n"


def _context(of: Exported) -> dict[str, Any]:
    own: dict[str, Any] = {"@version": 1.1, "@vocab": TERMS, "directed": {"@type": f"{XSD}boolean"}}
    own |= {name: {"@type": "@id"} for name in ("start", "end", "ends", "sources")}
    for each in (*of.node_attributes, *of.tie_attributes):
        if each.type in TYPES:
            own[each.name] = {"@type": TYPES[each.type]}
        elif each.type is Type.TEXTS:
            own[each.name] = {"@container": "@list"}
    return own


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
