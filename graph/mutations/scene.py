"""In what a task works. In: nothing. Out: Scene; Refused and Tried, which end a transaction without a write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.bolt.write import Unit
from graph.facts.rows import Problem
from graph.facts.upsert import Writing
from graph.mutations.payload import Reading
from graph.mutations.review import Desk
from graph.question.engine import Engine


class Refused(Exception):
    """Rows were refused, and all or none of them are to be written: nothing is stored. `draft` is the one that stays open."""

    def __init__(self, problems: Sequence[Problem], draft: Mapping[str, Any] | None = None) -> None:
        super().__init__(problems)
        self.problems = problems
        self.draft = draft


class Tried(Exception):
    """A dry run is over: its transaction is rolled back, and `answer` is the payload."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer)
        self.answer = answer


@dataclass(frozen=True)
class Scene:
    """In what a task works: who writes, with which engine and variables."""

    engine: Engine
    variables: Mapping[str, Any]
    desk: Desk
    by: Writing

    @property
    def viewer(self) -> Viewer:
        """Return who writes."""
        return self.desk.viewer

    def reading(self, unit: Unit, rights: Rights, draft: Mapping[str, Any] | None = None) -> Reading:
        """Return how written facts are read."""
        return Reading(self.engine, self.variables, rights, unit, draft)
