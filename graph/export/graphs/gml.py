"""GML (Himsolt, 1997). In: a network. Out: ASCII; nodes have numbers, and their ids as labels.

By hand: networkx 3.6.1 writes small numbers such as 1.E-05, which igraph 1.0.0 refuses, and igraph writes letters beyond ASCII,
which networkx refuses.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from graph.export.graphs.exported import Attribute, CannotHold, Exported, Lack, Type, joined
from graph.export.graphs.text import about, put

MOST = 2**31
CONTROLS = {each: f"&#{each};" for each in (*range(32), 127)}
"""networkx makes a space of a line's end."""


def write_gml(of: Exported, to: BinaryIO) -> None:
    """Write a network. Booleans are 0 and 1. Raise CannotHold for a whole number of more than 32 bits."""
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    yield f"graph [\n  directed {int(of.directed)}\n"
    if of.waves:
        yield "  multigraph 1\n"
    for name, text in about(of):
        yield f"  {name} {_quoted(text)}\n"
    values = _writer(of.node_attributes)
    for at, node in enumerate(of.nodes):
        yield f"  node [\n    id {at}\n    label {_quoted(node.id)}\n{values(node.values)}  ]\n"
    values = _writer(of.tie_attributes)
    for start, end, given, _ in of.ties:
        yield f"  edge [\n    source {start}\n    target {end}\n{values(given)}  ]\n"
    yield "]\n"


def _quoted(text: str) -> str:
    """Write a text: entities for quotes and for what is not ASCII, as the format has it, and for ends of lines."""
    if not (text.isascii() and text.isprintable()) or '"' in text or "&" in text:
        text = text.replace("&", "&amp;").replace('"', "&quot;")
        text = text if text.isprintable() else text.translate(CONTROLS)
        text = text.encode("ascii", "xmlcharrefreplace").decode()
    return f'"{text}"'


def _writer(attributes: Sequence[Attribute]) -> Callable[[Sequence[Any]], str]:
    writes: dict[Type, Callable[[Any], str]] = {
        Type.TEXT: _quoted,
        Type.TEXTS: lambda value: _quoted(joined(value)),
        Type.INTEGER: _whole,
        Type.NUMBER: _number,
        Type.BOOLEAN: lambda value: str(int(value)),
    }
    heads = [(f"    {each.name} ", writes[each.type]) for each in attributes]

    def values(given: Sequence[Any]) -> str:
        return "".join(
            [f"{head}{write(value)}\n" for (head, write), value in zip(heads, given, strict=True) if value is not None]
        )

    return values


def _whole(value: int) -> str:
    if not -MOST <= value < MOST:
        raise CannotHold(Lack.NUMBERS, f"the whole number {value}, which has more than 32 bits")
    return str(value)


def _number(value: float) -> str:
    """Write a number without an exponent, and with a point: one reader takes 1E-05 for a word, and another 2 for whole."""
    text = repr(float(value))
    return text if "e" not in text else f"{Decimal(text):f}" + ("" if "e-" in text else ".0")
