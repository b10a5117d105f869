"""Networks and figures that a process keeps. In: a network with the version of the data it was read at. Out: the same, later."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import ReferenceType, ref

from graph.measures.cloud import Cloud

KEPT, KEPT_TIES = 100, 2_000_000
"""Bounds of the networks that a process keeps: their number, and the ties of all."""

KEPT_FIGURES = 16_000_000
"""Bytes of the figures that a process keeps."""


@dataclass
class Figures:
    """The figures that were used last, by their kind and arguments. One is given only for the very networks that it was drawn of:

    these were read for one viewer's scope, and are read again after each write.
    """

    drawn: OrderedDict[str, tuple[tuple[ReferenceType[Cloud], ...], bytes]] = field(default_factory=OrderedDict)

    def get(self, key: str, waves: Sequence[Cloud]) -> bytes | None:
        """Return the figure of these networks; None if none is kept."""
        of, figure = self.drawn.get(key, ((), b""))
        if len(of) != len(waves) or any(one() is not other for one, other in zip(of, waves, strict=True)):
            return None
        self.drawn.move_to_end(key)
        return figure

    def keep(self, key: str, waves: Sequence[Cloud], figure: bytes) -> bytes:
        """Keep a figure and return it; drop those that were not used for longest."""
        self.drawn[key] = tuple(map(ref, waves)), figure
        self.drawn.move_to_end(key)
        while sum(len(each) for _, each in self.drawn.values()) > KEPT_FIGURES:
            self.drawn.popitem(last=False)
        return figure


@dataclass
class Kept:
    """The networks that were used last, by what tells them apart, and their figures."""

    clouds: OrderedDict[str, tuple[str, Cloud]] = field(default_factory=OrderedDict)
    figures: Figures = field(default_factory=Figures)

    def get(self, key: str) -> tuple[str, Cloud] | None:
        """Return a network, which is then the last one used."""
        if key in self.clouds:
            self.clouds.move_to_end(key)
        return self.clouds.get(key)

    def keep(self, key: str, version: str, made: Cloud) -> None:
        """Keep a network; drop those that were not used for longest."""
        self.clouds[key] = (version, made)
        self.clouds.move_to_end(key)
        while len(self.clouds) > KEPT or sum(len(each.stated.ties) for _, each in self.clouds.values()) > KEPT_TIES:
            self.clouds.popitem(last=False)
