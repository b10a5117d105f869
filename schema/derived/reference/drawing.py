"""The drawing of a neighbourhood. In: the model. Out: a Mermaid flowchart: its labels, its relationships, where they end."""

from collections.abc import Iterator
from dataclasses import dataclass

from schema.language.declare import RelationshipSpec
from schema.model import Model

STYLES = {
    "own": "fill:#dbeafe,stroke:#1d4ed8,color:#111827",
    "other": "fill:#f3f4f6,stroke:#6b7280,color:#111827,stroke-dasharray:4 3",
    "tie": "fill:#fef3c7,stroke:#b45309,color:#111827",
}
"""Labels of the neighbourhood, labels of others, and relationships that have a box of their own."""
CROWDED = 12
"""With more relationships than this, one box for `City` would draw every line of the page to it: it is drawn where it is met."""


@dataclass(frozen=True)
class Seat:
    """A box at one end of a relationship: a label of the neighbourhood, or one or several of others."""

    id: str
    text: str
    own: bool


def drawing(model: Model, neighbourhood: str) -> Iterator[str]:
    """Draw a neighbourhood: an arrow for each relationship, through a box where it has several ends or returns."""
    ties = [spec for spec in model.relationships.values() if spec.neighbourhood == neighbourhood]
    own = [label for label, spec in model.concepts.items() if spec.neighbourhood == neighbourhood]
    crowded = len(ties) > CROWDED
    yield from ("```mermaid", "flowchart LR")
    for name, style in STYLES.items():
        yield f"  classDef {name} {style}"
    drawn = {label: Seat(label, label, True) for label in own}
    yield from map(_box, drawn.values())
    for tie in ties:
        starts = list(_seats(tie.start.labels, tie.end.labels, own, crowded))
        ends = list(_seats(tie.end.labels, tie.start.labels, own, crowded))
        for seat in (*starts, *ends):
            if seat.id not in drawn:
                drawn[seat.id] = seat
                yield _box(seat)
        yield from _arrow(tie, starts, ends)
    yield "```"


def _seats(labels: tuple[str, ...], across: tuple[str, ...], own: list[str], crowded: bool) -> Iterator[Seat]:
    """Seat the labels of one end; in a crowd those of other neighbourhoods share a box, met from one other end only."""
    others = [label for label in labels if label not in own]
    yield from (Seat(label, label, True) for label in labels if label in own)
    if crowded and others:
        yield Seat("_".join((*others, "of", *across)), ", ".join(others), False)
    else:
        yield from (Seat(label, label, False) for label in others)


def _box(seat: Seat) -> str:
    return f'  {seat.id}["{seat.text}"]:::{"own" if seat.own else "other"}'


def _arrow(tie: RelationshipSpec, starts: list[Seat], ends: list[Seat]) -> Iterator[str]:
    near, far = (" & ".join(seat.id for seat in seats) for seats in (starts, ends))
    head = "---" if tie.undirected else "-->"
    if len(starts) == len(ends) == 1 and starts != ends:
        yield f'  {near} {head}|"{tie.type}"| {far}'
        return
    box = f"tie{tie.name}"
    yield f'  {box}(["{tie.type}"]):::tie'
    yield f"  {near} --- {box}"
    yield f"  {box} {head} {far}"
