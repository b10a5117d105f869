"""The drawing of a neighbourhood. In: the model. Out: a Mermaid flowchart of its labels and relationships."""

from collections.abc import Iterator
from dataclasses import dataclass

from schema.language.declare import RelationshipSpec
from schema.model import Model

STYLES = {
    "own": "fill:#dbeafe,stroke:#1d4ed8,color:#111827",
    "other": "fill:#f3f4f6,stroke:#6b7280,color:#111827,stroke-dasharray:4 3",
    "relationship": "fill:#fef3c7,stroke:#b45309,color:#111827",
}
"""Styles of labels of the neighbourhood, labels of others, and relationships that have a box of their own."""
CROWDED = 12
"""With more relationships than this, labels of other neighbourhoods get several boxes: one box would attract too many lines."""


@dataclass(frozen=True)
class Box:
    """A box at one end of a relationship: a label of the neighbourhood, or one or several labels of others."""

    id: str
    text: str
    own: bool


def drawing(model: Model, neighbourhood: str) -> Iterator[str]:
    """Draw a neighbourhood: an arrow for each relationship, through a box if it has several labels at an end or is a loop."""
    specs = [spec for spec in model.relationships.values() if spec.neighbourhood == neighbourhood]
    own = [label for label, spec in model.concepts.items() if spec.neighbourhood == neighbourhood]
    crowded = len(specs) > CROWDED
    yield from ("```mermaid", "flowchart LR")
    for name, style in STYLES.items():
        yield f"  classDef {name} {style}"
    drawn = {label: Box(label, label, True) for label in own}
    yield from map(_line, drawn.values())
    for spec in specs:
        starts = list(_boxes(spec.start.labels, spec.end.labels, own, crowded))
        ends = list(_boxes(spec.end.labels, spec.start.labels, own, crowded))
        for box in (*starts, *ends):
            if box.id not in drawn:
                drawn[box.id] = box
                yield _line(box)
        yield from _arrow(spec, starts, ends)
    yield "```"


def _boxes(labels: tuple[str, ...], across: tuple[str, ...], own: list[str], crowded: bool) -> Iterator[Box]:
    """Make the boxes of one end. If crowded, labels of other neighbourhoods share a box, one for each set of labels across."""
    others = [label for label in labels if label not in own]
    yield from (Box(label, label, True) for label in labels if label in own)
    if crowded and others:
        yield Box("_".join((*others, "of", *across)), ", ".join(others), False)
    else:
        yield from (Box(label, label, False) for label in others)


def _line(box: Box) -> str:
    return f'  {box.id}["{box.text}"]:::{"own" if box.own else "other"}'


def _arrow(spec: RelationshipSpec, starts: list[Box], ends: list[Box]) -> Iterator[str]:
    near, far = (" & ".join(box.id for box in boxes) for boxes in (starts, ends))
    head = "---" if spec.undirected else "-->"
    if len(starts) == len(ends) == 1 and starts != ends:
        yield f'  {near} {head}|"{spec.type}"| {far}'
        return
    between = f"type{spec.name}"
    yield f'  {between}(["{spec.type}"]):::relationship'
    yield f"  {near} --- {between}"
    yield f"  {between} {head} {far}"
