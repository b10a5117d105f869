"""The networks that a process keeps. In: a network with the version of the data that it was read at. Out: the same, later."""

from collections import OrderedDict
from dataclasses import dataclass, field

from graph.measures.cloud import Cloud

KEPT, KEPT_TIES = 100, 2_000_000
"""Bounds of the networks that a process keeps: their number, and the ties of all."""


@dataclass
class Kept:
    """The networks that were used last, by what tells them apart."""

    clouds: OrderedDict[str, tuple[str, Cloud]] = field(default_factory=OrderedDict)

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
