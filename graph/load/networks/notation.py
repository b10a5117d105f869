"""GML and the JSON of graphology, networkx and d3. In: the text of a file. Out: its network. Labels of GML are ids."""

import html
import re
import sys
from collections.abc import Iterator
from typing import Any

import orjson

from graph.load.networks.network import Found, Network
from graph.load.networks.waves import joined

TOKEN = re.compile(r'"([^"]*)"|([\[\]])|(?m:^[ \t]*#.*)|([^\s\[\]"]+)')
"""A text, a bracket, a comment or a word. A line of a text may begin with `#` too."""
ENTITY = re.compile(r"&(?:#(\d{1,7})|\w+);")
OWN = {"key", "source", "target", "undirected", "attributes"}
LIST = "_networkx_list_start"
"""What networkx writes before the only item of a list in GML."""


def read_gml(text: str, name: str) -> Network:
    """Read a graph; raise UnreadableFile if it is none, or if two people have one label."""
    found = Found(name)
    graphs = [each for key, each in _blocks(_tokens(text), found, 0) if key == "graph" and isinstance(each, list)]
    if len(graphs) != 1:
        raise found.wrong(f"it has {len(graphs)} graphs, and should have one")
    directed = any(key == "directed" and value == "1" for key, value in graphs[0])
    nodes = [_merged(each) for key, each in graphs[0] if key == "node"]
    labelled = all(isinstance(node.get("label"), str) for node in nodes)
    ids = dict[str, str]()
    for node in nodes:
        own = str(node.get("id", ""))
        ids[own] = str(node["label"]) if labelled else own
        found.person(ids[own], {key: each for key, each in node.items() if key not in ("id", "label") and _is(each)})
    for key, each in graphs[0]:
        if key == "edge":
            edge = _merged(each)
            start, end = (str(edge.pop(side, "")) for side in ("source", "target"))
            values = {key: value for key, value in edge.items() if _is(value)}
            found.tie(ids.get(start, start), ids.get(end, end), values, directed=directed)
    return found.network()


def _is(value: object) -> bool:
    return isinstance(value, str)


def _merged(block: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a block as keys and values; a key that is repeated has a list."""
    values = dict[str, list[Any]]()
    for key, each in block:
        values.setdefault(key, []).append(each)
    return {
        key: joined(each for each in every if each != LIST) if len(every) > 1 and all(map(_is, every)) else every[-1]
        for key, every in values.items()
    }


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Yield words and whether each is a text or a number and no bracket."""
    for each in TOKEN.finditer(text):
        quoted, bracket, word = each.groups()
        if bracket:
            yield bracket, False
        elif word or quoted is not None:
            yield word or ENTITY.sub(_character, quoted), True


def _character(entity: re.Match[str]) -> str:
    """Return what an entity means. That of HTML would take a number such as 133 for a character of Windows."""
    number = int(entity[1]) if entity[1] else 0
    return chr(number) if 0 < number <= sys.maxunicode else html.unescape(entity[0])


def _blocks(tokens: Iterator[tuple[str, bool]], found: Found, depth: int) -> list[tuple[str, Any]]:
    """Read keys and values up to the end of a block; a block in a block is a list."""
    if depth > 20:
        raise found.wrong("its blocks lie more than 20 deep")
    read = list[tuple[str, Any]]()
    for key, is_word in tokens:
        if not is_word:
            if key == "]" and depth:
                return read
            raise found.wrong("a bracket has no partner")
        value, is_value = next(tokens, ("", False))
        if not is_value and value != "[":
            raise found.wrong(f"the key {key[:60]!r} has no value")
        read.append((key, value if is_value else _blocks(tokens, found, depth + 1)))
    if depth:
        raise found.wrong("a bracket has no partner")
    return read


def read_json(text: str, name: str) -> Network:
    """Read nodes and edges (or links); raise UnreadableFile if the file has none."""
    found = Found(name)
    try:
        read = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise found.wrong(f"it is no JSON: {error}") from error
    nodes = read.get("nodes") if isinstance(read, dict) else None
    edges = read.get("edges", read.get("links")) if isinstance(read, dict) else None
    if not isinstance(nodes, list) or not isinstance(edges, list):
        raise found.wrong("needed is an object with `nodes` and `edges` or `links`")
    options = read.get("options")
    kind = options.get("type") if isinstance(options, dict) else None
    directed = bool(read["directed"]) if "directed" in read else kind != "undirected"
    for node in nodes:
        if not isinstance(node, dict):
            raise found.wrong("a node is no object")
        found.person(_text(node.get("key", node.get("id"))), _attributes(node, {"key", "id"}))
    for edge in edges:
        if not isinstance(edge, dict):
            raise found.wrong("an edge is no object")
        this = directed and not edge.get("undirected", False)
        found.tie(_text(edge.get("source")), _text(edge.get("target")), _attributes(edge, OWN), directed=this)
    return found.network()


def _attributes(of: dict[str, Any], own: set[str]) -> dict[str, str]:
    """Return the values: those below `attributes`, or else those beside the ids."""
    given = of.get("attributes")
    beside = given if isinstance(given, dict) else {key: each for key, each in of.items() if key not in own}
    return {key: _text(each) for key, each in beside.items() if each is not None and not isinstance(each, dict)}


def _text(value: object) -> str:
    if isinstance(value, list):
        return joined(map(_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
