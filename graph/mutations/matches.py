"""Names that wait for a person, over GraphQL. In: a viewer, arguments. Out: a page of names, or a decision.

A viewer sees the names of types whose facts he may write without holders. To others there are none.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.access.viewer import Edits
from graph.bolt.write import Unit
from graph.errors import BadUserInput
from graph.facts.rows import Problem
from graph.matching import waiting
from graph.matching.waiting import NONE, WAITING, Listed, NotDecided, Waiting
from graph.mutations.payload import Payload
from graph.mutations.review import Desk
from graph.mutations.scene import Refused, Scene
from schema.language.declare import upper_snake
from schema.language.moments import moment_text
from schema.language.writes import MOST_SHOWN, SHOWN
from schema.model import Model

WHERE = "input"
UNKNOWN = "There is no name with this key that you may decide on."
"""Said of a key that nobody has, and of one of a type that the viewer may not write."""
LONGEST = 500


def labels(edits: Edits, model: Model) -> list[str]:
    """Return the labels whose names one may decide on."""
    return [label for label in model.matched() if edits.may_write(label, ())]


def page(desk: Desk, arguments: Mapping[str, Any]) -> Any:
    """Return the work that reads a page of names."""
    first = SHOWN if arguments.get("first") is None else arguments["first"]
    if not 1 <= first <= MOST_SHOWN:
        raise BadUserInput(f"`first` is {first}; accepted are 1 to {MOST_SHOWN}.")
    after, label = arguments.get("after"), arguments.get("label")
    position = None if after is None else _opened(after)
    own = [each for each in labels(desk.viewer.edits, desk.model) if label in (None, upper_snake(each))]
    of = Listed(own, arguments.get("feed"), arguments.get("state") or WAITING, position, first + 1)

    async def work(unit: Unit) -> dict[str, Any]:
        every = await waiting.listed(unit, of) if own else []
        return _connection(every, first, is_first=position is None)

    return work


@dataclass(frozen=True)
class Decides:
    """Decides on a name: the id of a fact, NONE, or None to take the decision back."""

    payload: Payload
    key: str
    decision: str | None = field(default=None)

    async def do(self, unit: Unit, scene: Scene) -> tuple[dict[str, Any], Sequence[str]]:
        """Store the decision."""
        desk = scene.desk
        try:
            one = await waiting.one(unit, self.key)
            if one is None or one.named.label not in labels(desk.viewer.edits, desk.model):
                raise NotDecided(UNKNOWN, field="key", code="NOT_FOUND")
            if self.decision is None:
                made = await waiting.undo(unit, one)
            else:
                made = await waiting.decide(unit, one, self.decision, desk.reader, desk.now)
        except NotDecided as refused:
            problem = Problem(WHERE, refused.field, str(refused), refused.code, refused.accepted)
            raise Refused([problem]) from refused
        return self.payload.told(match=shown(made)), ()


def decides(arguments: Mapping[str, Any], payload: Payload) -> Decides:
    """Read a decision. Raise BadUserInput unless it says exactly one thing."""
    id_, none, undo = arguments.get("id"), arguments.get("none"), arguments.get("undo")
    if sum((id_ is not None, bool(none), bool(undo))) != 1:
        raise BadUserInput("Give exactly one of `id`, `none: true` and `undo: true`.")
    # The word that stands for no fact is no id.
    given = NONE if none else None if undo else f"{id_}"[:LONGEST]
    if given == NONE and not none:
        raise BadUserInput("`id` is the id of a fact. Give `none: true` if no fact is meant.")
    return Decides(payload, arguments["key"], given)


def shown(one: Waiting) -> dict[str, Any]:
    """Return a name with all fields of its type."""
    named = one.named
    at = named.at and {"__typename": "Point", "latitude": named.at[0], "longitude": named.at[1]}
    offered = [
        {"__typename": "MatchCandidate", "fact": each.id, "name": each.name, "why": each.why} for each in one.candidates
    ]
    numbers = [{"__typename": "MatchNumber", "property": prop, "value": str(value)} for prop, value in named.ids]
    return {
        "__typename": "Match",
        "key": one.key,
        "type": upper_snake(named.label),
        "name": named.name,
        "country": named.country,
        "city": named.city,
        "website": named.website,
        "at": at,
        "numbers": numbers,
        "feeds": list(one.feeds),
        "why": one.why,
        "candidates": offered,
        "since": _moment(one.since),
        "state": one.state,
        "means": None if one.decision == NONE else one.decision,
        "leftOut": one.decision == NONE,
        "decidedBy": one.by,
        "decidedAt": None if one.decided is None else _moment(one.decided),
    }


def _moment(stored: str) -> str:
    return moment_text(datetime.fromisoformat(stored))


def _connection(every: Sequence[Waiting], first: int, *, is_first: bool) -> dict[str, Any]:
    here = every[:first]
    info = {
        "__typename": "PageInfo",
        "hasNextPage": len(every) > first,
        "hasPreviousPage": not is_first,
        "startCursor": _cursor(here[0]) if here else None,
        "endCursor": _cursor(here[-1]) if here else None,
    }
    return {"__typename": "MatchConnection", "nodes": [shown(each) for each in here], "pageInfo": info}


def _cursor(one: Waiting) -> str:
    return base64.urlsafe_b64encode(f"{one.since} {one.key}".encode()).decode()


def _opened(cursor: str) -> tuple[str, str]:
    try:
        since, _, key = base64.urlsafe_b64decode(cursor).decode().partition(" ")
        datetime.fromisoformat(since)
    except (binascii.Error, ValueError) as error:
        raise BadUserInput("`after` is no cursor. Take `endCursor` from an answer to the same question.") from error
    return since, key
