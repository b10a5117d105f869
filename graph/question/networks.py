"""Networks that a question asks for. In: selections of its root, variables, who asks. Out: their data.

The engine knows this much of measures; `graph/measures` has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.question.document.selection import Selection
from graph.question.document.values import Variables
from graph.question.turns import Turns


@dataclass(frozen=True)
class Asking:
    """What a question asks of networks, of what its viewer may see; `synthetic` is the default of that argument."""

    selections: Sequence[Selection]
    variables: Variables
    rights: Rights
    turns: Turns
    synthetic: bool


@dataclass(frozen=True)
class Measured:
    """The data of each field by its key, and the keys of those with synthetic facts."""

    data: Mapping[str, Any]
    synthetic: tuple[str, ...] = ()


class Networks(Protocol):
    """Measures networks."""

    async def measured(self, asking: Asking) -> Measured:
        """Return the data of the fields; raise QuestionError."""


class NoNetworks:
    """Measures nothing: for questions that come by a way on which that is not done."""

    async def measured(self, asking: Asking) -> Measured:
        """Refuse."""
        raise BadUserInput(f"`{asking.selections[0].name}` is not answered here. Send the operation to /graphql.")
