"""Figures as jobs of a process. In: how the facts are read, and which figure. Out: the bytes of an SVG or a PNG.

A server sends these jobs and does not do them: what draws is imported where it is used.
"""

from dataclasses import dataclass

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.measures.jobs import Measuring, Reading
from graph.measures.learning.exchange import Wanted
from graph.measures.worker import Done, Process

WINDOWS = ("world", "europe", "north-america")
"""Parts of the world that a map can show."""


@dataclass(frozen=True)
class Drawing:
    """What every figure has: a seed of its layout, and whether it is wanted as PNG."""

    seed: int
    as_png: bool

    def bytes_of(self, svg: bytes) -> bytes:
        """Return the figure in the format that is wanted."""
        if not self.as_png:
            return svg
        from graph.figures.png import png

        return png(svg)


@dataclass(frozen=True)
class CloudPicture:
    """A cloud in one wave, as `growth` that wave beside the one before, or as `network` all waves as JSON.

    `whole` reads the last wave of the roster.
    """

    reading: Reading
    whole: Reading
    drawing: Drawing
    kind: str
    seconds: float

    async def done(self, process: Process) -> Done:
        """Draw it; no data if there is no such network, or no wave before."""
        from graph.measures.drawing import draw_cloud

        return await draw_cloud(self, process)


@dataclass(frozen=True)
class WhatIfPicture:
    """A cloud in one wave of which people leave or come together.

    What is supposed is in the arguments of `measuring`: `without` and `gatherings` are ids, `withoutElected` is a bool.
    """

    cloud: CloudPicture
    measuring: Measuring
    rights: Rights
    synthetic: bool

    @property
    def seconds(self) -> float:
        """Its time limit."""
        return self.cloud.seconds

    async def done(self, process: Process) -> Done:
        """Draw it; no data if there is no such network. Raise BadUserInput if a gathering is not there."""
        from graph.measures.supposing import draw_what_if

        return await draw_what_if(self, process)


@dataclass(frozen=True)
class ExchangePicture:
    """The exchange network, or one city's part of it, laid out or on a map: `window` names the part of the world."""

    rights: Rights
    synthetic: bool
    wanted: Wanted
    window: str | None
    drawing: Drawing
    seconds: float

    async def done(self, process: Process) -> Done:
        """Draw it; no data if the viewer does not see the city that is wanted."""
        from graph.measures.drawing import draw_exchange

        return await draw_exchange(self, process)


@dataclass(frozen=True)
class DiffusionPicture:
    """The adoptions of a practice by year, or on a map: `window` names the part of the world."""

    rights: Rights
    synthetic: bool
    practice: str
    window: str | None
    drawing: Drawing
    seconds: float

    async def done(self, process: Process) -> Done:
        """Draw it; no data if the viewer sees no such practice."""
        from graph.measures.drawing import draw_diffusion

        return await draw_diffusion(self, process)


def window(name: str | None) -> str:
    """Return the name of a part of the world; raise BadUserInput if there is none of this name."""
    found = name or WINDOWS[0]
    if found not in WINDOWS:
        raise BadUserInput(f"`window` is {found[:40]!r}; accepted are {', '.join(WINDOWS)}.")
    return found
