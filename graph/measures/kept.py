"""What a process keeps of what it read and measured. In: it, with the version of the data. Out: the same, later."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.measures.drawn import Figures

KEPT, KEPT_WEIGHT = 100, 2_500_000
"""Bounds of what a process keeps: the number of networks and results, and the people, ties and facts of all."""


class Weighing(Protocol):
    """What can be kept."""

    @property
    def weight(self) -> int:
        """Return how many people, ties or facts it holds."""
        ...


@dataclass
class Kept:
    """What was used last, by what tells it apart, and figures."""

    made: OrderedDict[str, tuple[str, Any]] = field(default_factory=OrderedDict)
    figures: Figures = field(default_factory=Figures)

    def get(self, key: str) -> tuple[str, Any] | None:
        """Return what is kept, with its version; it is then the last one used."""
        if key in self.made:
            self.made.move_to_end(key)
        return self.made.get(key)

    def keep(self, key: str, version: str, made: Weighing) -> None:
        """Keep something; drop what was not used for longest."""
        self.made[key] = (version, made)
        self.made.move_to_end(key)
        weights = sum(each.weight for _, each in self.made.values())
        while len(self.made) > KEPT or weights > KEPT_WEIGHT:
            _, (_, dropped) = self.made.popitem(last=False)
            weights -= dropped.weight
