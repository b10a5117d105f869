"""Events as they are sent. In: a page of the log, what is selected, how facts are read. Out: JSON, ready but for the cursor.

All who share a page send the same bytes; only the cursor is each one's own.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson

from graph.errors import PayloadTooLarge, QuestionError
from graph.events.cursor import Position
from graph.events.event import Event
from graph.events.read import Page
from graph.question.engine import Answer, Ready
from graph.question.part import KEY
from graph.subscriptions.selected import TYPENAME, Selected
from schema.language.declare import upper_snake
from schema.model import Model

CURSOR = "cursor"
Ask = Callable[[Ready, Sequence[str]], Awaitable[Answer]]
"""Answers the question of a selection for some ids."""


@dataclass(frozen=True)
class Node:
    """A fact as it is selected: its JSON, the errors in it, and whether something in it is made up."""

    text: bytes = b"null"
    errors: tuple[QuestionError, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True)
class Sent:
    """One event as it is sent, in pieces between which the cursor goes, and the place after it."""

    pieces: tuple[bytes, ...]
    position: Position

    def body(self, cursor: str) -> bytes:
        """Return the answer as JSON."""
        return orjson.dumps(cursor).join(self.pieces)


@dataclass(frozen=True)
class Shown:
    """Events that are sent, and the place after them. `full` says that more may be there already."""

    events: tuple[Sent, ...]
    position: Position
    full: bool = False


async def shown(page: Page, selected: Selected, ask: Ask, model: Model, most: int) -> Shown:
    """Show the first events of a page: as many as facts may be asked for at once, in at most about `most` bytes."""
    events = page.events[: selected.size]
    wanted = list(dict.fromkeys(event.fact for event in events if event.of in model.concepts))
    nodes = {key: await _nodes(ready, wanted, ask) for key, ready in selected.facts.items()}
    sent: list[Sent] = []
    total = 0
    for event in events:
        at = Position(event.seq, page.position.mark)
        own = {key: known.get(event.fact, Node()) for key, known in nodes.items()}
        each = Sent(_pieces(event, selected, own, model), at)
        if (length := sum(map(len, each.pieces))) > most:
            each = Sent(_pieces(event, selected, dict.fromkeys(nodes, _too_large(length, most)), model), at)
        if sent and total + length > most:
            break
        sent.append(each)
        total += length
    if len(sent) == len(page.events):
        return Shown(tuple(sent), page.position, page.full)
    return Shown(tuple(sent), sent[-1].position, full=True)


async def _nodes(ready: Ready, ids: Sequence[str], ask: Ask) -> dict[str, Node]:
    """Read facts. If something is made up, each fact is asked for alone, because an answer does not say where it is."""
    if not ids:
        return {}
    answer = await ask(ready, ids)
    if answer.synthetic and len(ids) > 1:
        return {id_: each for one in ids for id_, each in (await _nodes(ready, [one], ask)).items()}
    values = (answer.data or {}).get(KEY) or [None] * len(ids)
    errors: dict[Any, list[QuestionError]] = {}
    for error in answer.errors:
        errors.setdefault(error.path[1] if len(error.path) > 1 else 0, []).append(error)
    return {
        id_: Node(orjson.dumps(value), tuple(errors.get(at, ())), bool(answer.synthetic))
        for at, (id_, value) in enumerate(zip(ids, values, strict=True))
    }


def _too_large(length: int, most: int) -> Node:
    return Node(errors=(PayloadTooLarge(f"The event has {length:,} bytes; at most {most:,} are allowed."),))


def _pieces(event: Event, selected: Selected, nodes: Mapping[str, Node], model: Model) -> tuple[bytes, ...]:
    """Write an answer around its cursors."""
    values = event.shown()
    values |= {"type": _type(event.of, model), "synthetic": event.synthetic, TYPENAME: selected.type}
    plain = dict(selected.plain)
    pieces = [b'{"data":{' + orjson.dumps(selected.key) + b":{"]
    for at, key in enumerate(selected.keys):
        pieces[-1] += (b"," if at else b"") + orjson.dumps(key) + b":"
        if key in nodes:
            pieces[-1] += nodes[key].text
        elif plain[key] == CURSOR:
            pieces.append(b"")
        else:
            pieces[-1] += orjson.dumps(values.get(plain[key]))
    pieces[-1] += b"}}" + _more(event, selected, nodes) + b"}"
    return tuple(pieces)


def _more(event: Event, selected: Selected, nodes: Mapping[str, Node]) -> bytes:
    """Write what an answer says beside its data: errors in facts, and that something is made up."""
    placed = partial(_placed, selected.key)
    errors = [placed(key, error) for key, node in nodes.items() for error in node.errors]
    made_up = event.synthetic or any(node.synthetic for node in nodes.values())
    about = Answer(None, synthetic=(selected.key,) if made_up else ()).extensions
    more = b',"errors":' + orjson.dumps(errors) if errors else b""
    return more + (b',"extensions":' + orjson.dumps(about) if about else b"")


def _placed(root: str, key: str, error: QuestionError) -> dict[str, Any]:
    """Show an error with its path in the event instead of that in the question."""
    return {**error.as_dict(), "path": [root, key, *error.path[2:]]}


def _type(of: str, model: Model) -> str:
    return upper_snake(of) if of in model.concepts else of
