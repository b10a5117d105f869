"""Figures that are asked for. In: the kind of figure and arguments as texts, as in an address. Out: a job that draws it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.measures.clouds import Clouds, check
from graph.measures.learning.exchange import Wanted as WantedVisits
from graph.measures.pictures import CloudPicture, DiffusionPicture, Drawing, ExchangePicture, WhatIfPicture, window
from graph.measures.wanted import Wanted
from graph.measures.worker import Job
from graph.question.id_form import check_ids
from graph.question.networks import Asking
from graph.question.turns import AtOnce
from schema.domain.measures.learning import ABOUT
from schema.language.networks import Direction, Networks
from schema.model import Model

Asked = Mapping[str, str]
COMMON = ("synthetic", "seed")
OF_CLOUD = ("city", "roster", "layer", "direction", "wave", "asOf", *COMMON)
OF_WHAT_IF = ("without", "withoutElected", "gatherings")
OF_EXCHANGE = ("from", "to", "subject", "city", *COMMON)
KINDS: Mapping[str, tuple[str, ...]] = {
    "cloud": OF_CLOUD,
    "growth": OF_CLOUD,
    "what-if": (*OF_CLOUD, *OF_WHAT_IF),
    "network": OF_CLOUD,
    "exchange": OF_EXCHANGE,
    "map": (*OF_EXCHANGE, "window"),
    "diffusion": ("practice", *COMMON),
    "spread": ("practice", "window", *COMMON),
}
"""The kinds of figures, each with the names of its arguments."""
FORMATS = {kind: ("json",) if kind == "network" else ("svg", "png") for kind in KINDS}
"""In which formats there is each kind."""
MOST_SEED = 1_000_000
ACCEPTED: Mapping[str, str] = {
    "city": "`city` is the id of a city, such as city/us-wa-seattle.",
    "roster": "`roster` is the id of a roster; the field `rosters` lists those that you may see.",
    "wave": "`wave` is the id of a wave of this roster; without it the last one is taken.",
    "subject": "`subject` is the id of a topic or a practice, such as practice/bus-rapid-transit.",
    "practice": "`practice` is the id of a practice, such as practice/bus-rapid-transit.",
}
"""What is accepted by arguments that name a fact."""


@dataclass(frozen=True)
class Figures:
    """Makes jobs of figures for one viewer; `synthetic` is the default of that argument."""

    clouds: Clouds
    rights: Rights
    synthetic: bool

    def job(self, kind: str, asked: Asked, *, as_png: bool) -> Job:
        """Return the job of a figure; raise BadUserInput if an argument is wrong."""
        only(asked, KINDS[kind], "this figure")
        drawing = Drawing(number(asked, "seed", 0, MOST_SEED) or 0, as_png)
        synthetic = with_synthetic(asked, self.synthetic)
        makes: Mapping[str, Callable[[], Job]] = {
            **{each: partial(self._cloud, asked, drawing, synthetic, each) for each in ("cloud", "growth", "network")},
            "what-if": lambda: self._what_if(asked, drawing, synthetic),
            "exchange": lambda: self._exchange(asked, drawing, synthetic, None),
            "map": lambda: self._exchange(asked, drawing, synthetic, window(asked.get("window"))),
            "diffusion": lambda: self._diffusion(asked, drawing, synthetic, None),
            "spread": lambda: self._diffusion(asked, drawing, synthetic, window(asked.get("window"))),
        }
        return makes[kind]()

    def _cloud(self, asked: Asked, drawing: Drawing, synthetic: bool, kind: str) -> CloudPicture:
        words_of_cloud(asked, self.clouds.networks)
        asking = Asking((), {}, self.rights, AtOnce(), synthetic)
        given = {name: value for name, value in asked.items() if name not in COMMON}
        whole = {name: value for name, value in given.items() if name not in ("wave", "asOf")}
        reading, last = (self.clouds.reading(Wanted("figure", "", each), asking) for each in (given, whole))
        return CloudPicture(reading, last, drawing, kind, self.clouds.workers.seconds)

    def _what_if(self, asked: Asked, drawing: Drawing, synthetic: bool) -> WhatIfPicture:
        given = {name: value for name, value in asked.items() if name not in OF_WHAT_IF}
        lists: dict[str, object] = {name: asked.get(name, "").split() for name in ("without", "gatherings")}
        supposed = {
            **lists,
            "withoutElected": "withoutElected" in asked and yes(asked["withoutElected"], "withoutElected"),
        }
        check("what-if", supposed)
        cloud = self._cloud(given, drawing, synthetic, "cloud")
        asking = Asking((), {}, self.rights, AtOnce(), synthetic)
        of = {name: value for name, value in given.items() if name not in COMMON}
        measuring = self.clouds.measuring(Wanted("figure", "", {**of, **supposed}), asking)
        return WhatIfPicture(cloud, measuring, self.rights, synthetic)

    def _exchange(self, asked: Asked, drawing: Drawing, synthetic: bool, part: str | None) -> ExchangePicture:
        return ExchangePicture(
            self.rights, synthetic, visits(asked, self.clouds.model), part, drawing, self.clouds.workers.seconds
        )

    def _diffusion(self, asked: Asked, drawing: Drawing, synthetic: bool, part: str | None) -> DiffusionPicture:
        if "practice" not in asked:
            raise BadUserInput("`practice` is missing: the id of a practice.")
        well_formed(asked, self.clouds.model)
        return DiffusionPicture(self.rights, synthetic, asked["practice"], part, drawing, self.clouds.workers.seconds)


def only(asked: Asked, known: Sequence[str], what: str) -> None:
    """Raise BadUserInput for an argument that is not known; `what` says of what it is one."""
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise BadUserInput(f"{unknown[0][:40]!r} is no argument of {what}; accepted are {', '.join(known)}.")


def words_of_cloud(asked: Asked, networks: Networks) -> None:
    """Raise BadUserInput if the layer or the direction of a cloud is none."""
    words = {
        "layer": tuple(each.name for each in networks.layers),
        "direction": tuple(each.name for each in Direction),
    }
    for name, accepted in words.items():
        if name in asked and asked[name] not in accepted:
            raise BadUserInput(f"`{name}` is {asked[name][:40]!r}; accepted are {', '.join(accepted)}.")


def well_formed(asked: Asked, model: Model) -> None:
    """Raise BadUserInput if what should be the id of a fact has not the form of one."""
    for name in ABOUT.keys() & asked.keys():
        check_ids(asked[name], name, tuple(model.concepts[label].prefix for label in ABOUT[name]), model)


def visits(asked: Asked, model: Model) -> WantedVisits:
    """Return which visits are wanted; raise BadUserInput if a year or an id is none."""
    well_formed(asked, model)
    first, last = (number(asked, name, 1, 9999) for name in ("from", "to"))
    if first is not None and last is not None and first > last:
        raise BadUserInput(f"`from` is {first}, which is after `to`, {last}.")
    return WantedVisits(first, last, asked.get("subject"), asked.get("city"))


def number(asked: Asked, name: str, least: int, most: int) -> int | None:
    """Return a whole number that is asked for, None if none is; raise BadUserInput if it is out of its bounds."""
    given = asked.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 9 and least <= int(given) <= most):
        raise BadUserInput(f"`{name}` is {given[:40]!r}; accepted is a number from {least} to {most:,}.")
    return int(given)


def with_synthetic(asked: Asked, default: bool) -> bool:
    """Return whether made-up facts are taken; raise BadUserInput for other words than true and false."""
    return yes(asked["synthetic"]) if "synthetic" in asked else default


def nothing(asked: Asked, to: str, viewer: str, *, synthetic: bool) -> str:
    """Say that there is nothing to draw or to export, and what is accepted.

    Only the request decides what is said, so that what is hidden and what is absent look alike.
    """
    says = [f"There is nothing to {to}: no such facts, or none that {viewer} may see."]
    says += [text for name, text in ACCEPTED.items() if name in asked]
    if not synthetic:
        says.append("Made-up facts are left out; `synthetic=true` takes them too.")
    return " ".join(says)


def yes(given: str, name: str = "synthetic") -> bool:
    """Return whether something is wanted; raise BadUserInput for other words than true and false."""
    if given not in ("true", "false"):
        raise BadUserInput(f"`{name}` is {given[:40]!r}; accepted are true and false.")
    return given == "true"
