"""GEXF 1.3 (gexf.net). In: a network. Out: XML; a tie of several waves is one edge with a spell for each.

By hand: networkx 3.6.1 declares an attribute by one of its values and cannot read its own file if another is of a longer type; an
end that is absent it writes as the word None.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, BinaryIO

from graph.export.graphs.exported import Attribute, CannotHold, Exported, Lack, Tie, Type, Wave
from graph.export.graphs.text import about, as_xml, put, xml

TYPES = {
    Type.TEXT: "string",
    Type.TEXTS: "string",
    Type.INTEGER: "long",
    Type.NUMBER: "double",
    Type.BOOLEAN: "boolean",
}


def write_gexf(of: Exported, to: BinaryIO) -> None:
    """Write a network. Raise CannotHold for control characters, and for several waves if one has no date."""
    for each in of.waves:
        if each.first is None or each.last is None:
            raise CannotHold(Lack.DATES, f"the wave {each.id}, which has no first and last day and so is no spell")
    put(_lines(of), to)


def _lines(of: Exported) -> Iterator[str]:
    caption = "; ".join(f"{name}: {text}" for name, text in about(of))
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f"<meta><creator>citygraph</creator><description>{xml(caption)}</description></meta>\n"
        f'<graph defaultedgetype="{"directed" if of.directed else "undirected"}" idtype="string" '
    )
    yield 'mode="dynamic" timeformat="date" timerepresentation="interval">\n' if of.waves else 'mode="static">\n'
    for class_, mode, attributes in (
        ("node", "static", of.node_attributes),
        ("edge", "dynamic" if of.waves else "static", of.tie_attributes),
    ):
        yield f'<attributes class="{class_}" mode="{mode}">\n'
        for each in attributes:
            # graphology calls attributes by their ids, other readers by their titles.
            yield f'<attribute id="{each.name}" title="{each.name}" type="{TYPES[each.type]}"/>\n'
        yield "</attributes>\n"
    yield f'<nodes count="{len(of.nodes)}">\n'
    yield from _nodes(of)
    yield "</nodes>\n<edges>\n"
    yield from _spelled(of) if of.waves else _edges(of)
    yield "</edges>\n</graph>\n</gexf>\n"


def _nodes(of: Exported) -> Iterator[str]:
    values = _writer(of.node_attributes)
    spells = [_spell(each) for each in of.waves]
    for node in of.nodes:
        inside = values(node.values, "") + _spells(spells[at] for at in node.waves)
        yield f'<node id="{xml(node.id)}" label="{xml(of.called(node))}">{inside}</node>\n'


def _edges(of: Exported) -> Iterator[str]:
    values, at = _writer(of.tie_attributes), of.weight_at
    ids = [xml(node.id) for node in of.nodes]
    for number, (start, end, given, _) in enumerate(of.ties):
        weight = "" if at is None or given[at] is None else f' weight="{float(given[at])}"'  # type: ignore[arg-type]  # a number
        head = f'<edge id="{number}" source="{ids[start]}" target="{ids[end]}"{weight}'
        inside = values(given, "")
        yield f"{head}>{inside}</edge>\n" if inside else f"{head}/>\n"


def _spelled(of: Exported) -> Iterator[str]:
    """Write each tie once, with a spell for each wave; its values hold for the time of one wave."""
    values = _writer(of.tie_attributes)
    ids, spells = [xml(node.id) for node in of.nodes], [_spell(each) for each in of.waves]
    for number, (ends, group) in enumerate(groupby(of.ties, key=_ends)):
        ties = [(tie.values, spells[tie.wave]) for tie in group if tie.wave is not None]
        held = "".join(values(given, spell, bare=True) for given, spell in ties)
        inside = (f"<attvalues>{held}</attvalues>" if held else "") + _spells(spell for _, spell in ties)
        yield f'<edge id="{number}" source="{ids[ends[0]]}" target="{ids[ends[1]]}">{inside}</edge>\n'


def _ends(tie: Tie) -> tuple[int, int]:
    return tie.start, tie.end


def _spell(wave: Wave) -> str:
    return f' start="{wave.first}" end="{wave.last}"'


def _spells(of: Iterator[str]) -> str:
    inside = "".join(f"<spell{each}/>" for each in of)
    return f"<spells>{inside}</spells>" if inside else ""


def _writer(attributes: Sequence[Attribute]) -> Callable[..., str]:
    """Return what writes values, each for the time of a spell; absent ones are left out."""
    heads = [(f'<attvalue for="{each.name}" value="', as_xml(each)) for each in attributes]

    def values(given: Sequence[Any], spell: str, *, bare: bool = False) -> str:
        end = f'"{spell}/>'
        inside = "".join(
            [
                head + as_text(value) + end
                for (head, as_text), value in zip(heads, given, strict=True)
                if value is not None
            ]
        )
        return inside if bare or not inside else f"<attvalues>{inside}</attvalues>"

    return values
