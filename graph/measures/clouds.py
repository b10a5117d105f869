"""Networks of a question. In: its selections, variables and viewer. Out: jobs for a process that measures, and their answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.cypher.networks import NetworkStatement
from graph.errors import BadUserInput, QuestionTooExpensive
from graph.measures.cloud import Basis
from graph.measures.jobs import Measuring, Reading
from graph.measures.learning.jobs import Learning, checked
from graph.measures.network import Rule
from graph.measures.wanted import Wanted
from graph.measures.worker import Done, Job
from graph.measures.workers import Workers
from graph.question.document.selection import Selection
from graph.question.document.values import Variables, given
from graph.question.id_form import check_ids
from graph.question.last_day import last_day
from graph.question.networks import Asking, Measured
from schema.domain.clouds import LEADERS
from schema.domain.measures.cloud import LAYER, MOST_ENTRIES, MOST_GROUP, MOST_PEOPLE, MOST_PLAYERS, MOST_TOGETHER
from schema.language.networks import CLOUD, MOST_CLOUDS, Direction, Layer, Networks
from schema.model import Model

BESIDE = "beside"
ANOTHER = ("whatIf", "changeSince", BESIDE)
MOST_GATHERINGS = 20
"""Visits and organizations of one `whatIf`."""
GROUP = "groupBetweenness"
NUMBERS = {
    "people": ("first", MOST_PEOPLE),
    "ties": ("first", MOST_PEOPLE),
    "missingTies": ("first", MOST_ENTRIES),
    "introductions": ("first", MOST_ENTRIES),
    "breakers": ("count", MOST_PLAYERS),
    "spreaders": ("count", MOST_PLAYERS),
}
"""Fields with an argument that is a number from 1 to the most that is accepted."""


@dataclass(frozen=True)
class Clouds:
    """Measures the networks that are declared, in processes of their own. `began` is told of each measure."""

    model: Model
    workers: Workers
    networks: Networks = LEADERS
    began: Callable[[str], None] = lambda _: None

    async def measured(self, asking: Asking) -> Measured:
        """Return the data of the fields, one network after the other; raise QuestionError."""
        wanted = [_wanted(each, asking.variables) for each in asking.selections]
        count = len(wanted) + sum(len(list(each.named(name))) for each in wanted for name in ANOTHER)
        if count > MOST_CLOUDS:
            raise QuestionTooExpensive(
                f"The document asks for {count} networks and measures of learning, with those of {' and '.join(ANOTHER)}; at "
                f"most {MOST_CLOUDS} are allowed."
            )
        jobs = [self._job(each, asking) for each in wanted]
        done: dict[str, Done] = {}
        for each, job in zip(wanted, jobs, strict=True):
            async with asking.turns.to_measure():
                done[each.key] = await self.workers.do(job, self.began)
        made_up = tuple(key for key, each in done.items() if each.synthetic)
        return Measured({key: each.data for key, each in done.items()}, made_up)

    def _job(self, wanted: Wanted, asking: Asking) -> Job:
        """Return the job that measures a field; raise BadUserInput if its arguments are wrong."""
        if wanted.name == CLOUD:
            layers = self._layers(wanted, asking)
            return self.measuring(wanted, asking, layers)
        arguments, synthetic = checked(wanted, self.model), _synthetic(wanted, asking)
        network = self._of_waves(wanted, asking) if LAYER.name in arguments else None
        return Learning(wanted, arguments, asking.rights, synthetic, self.workers.seconds, network)

    def measuring(self, wanted: Wanted, asking: Asking, layers: Mapping[str, Reading] | None = None) -> Measuring:
        """Return the job that measures a cloud. Raise BadUserInput if its arguments are wrong."""
        gathered = self._statement(self.networks.layers[0], asking, synthetic=_synthetic(wanted, asking)).gathered()
        return Measuring(self.reading(wanted, asking), wanted, self.workers.seconds, gathered.text, layers or {})

    def _of_waves(self, wanted: Wanted, asking: Asking) -> Reading:
        """Return how networks of survey waves are read; raise BadUserInput if waves do not ask for the layer."""
        asked = wanted.asked.get(LAYER.name)
        accepted = [each.name for each in self.networks.layers if each.wave is not None]
        if asked is not None and asked not in accepted:
            raise BadUserInput(f"{wanted.key}: waves do not ask for {asked}; accepted are {', '.join(accepted)}.")
        layer = self.networks.layer(asked or accepted[0])
        return self._read(layer, wanted, asking, by_city=False, found={"id": None, "asked": None, "day": None})

    def _layers(self, wanted: Wanted, asking: Asking) -> dict[str, Reading]:
        """Return how the layers are read that are wanted beside a network."""
        names = {str(each.asked.get("layer") or LAYER.default) for each in wanted.named(BESIDE)}
        return {
            name: self.reading(replace(wanted, asked={**wanted.asked, "layer": name}), asking) for name in sorted(names)
        }

    def reading(self, wanted: Wanted, asking: Asking, told: tuple[str, ...] | None = None) -> Reading:
        """Return how the network of a field is read, with these properties of ties if `told` is given.

        Raise BadUserInput if its arguments are wrong.
        """
        asked = wanted.asked
        by_city, id_ = self._found_by(wanted)
        wave, as_of = asked.get("wave"), asked.get("asOf")
        day = None if as_of is None else last_day(as_of, f"{wanted.key}.asOf")
        if wave is not None and day is not None:
            raise BadUserInput(f"{wanted.key}: give `wave` or `asOf`, not both.")
        layer = self.networks.layer(asked.get("layer") or self.networks.layers[0].name)
        found = {"id": id_, "asked": wave, "day": day}
        return self._read(layer, wanted, asking, by_city=by_city, found=found, told=told)

    def _read(
        self,
        layer: Layer,
        wanted: Wanted,
        asking: Asking,
        *,
        by_city: bool,
        found: Mapping[str, Any],
        told: tuple[str, ...] | None = None,
    ) -> Reading:
        """Return how a network is read; `found` are the parameters by which roster and wave are found."""
        synthetic, day = _synthetic(wanted, asking), found["day"]

        base = self._statement(layer, asking, synthetic=synthetic)

        def statement(*, by_city: bool, by_wave: bool) -> str:
            return replace(base, by_city=by_city, by_wave=by_wave, told=told).written().text

        has_direction = len(layer.chain) == 1
        rule = Rule[wanted.asked.get("direction") or Direction.DIRECTED.name] if has_direction else Rule.UNION
        asked_on, surveyed = day.isoformat() if day else None, layer.wave is not None
        basis = Basis("", None, None, None, None, layer.name, rule, asked_on, False, surveyed)
        values = {**found, **asking.rights.parameters(synthetic=synthetic)}
        groupings = tuple(each.name for each in self.networks.groupings)
        text = statement(by_city=by_city, by_wave=found["asked"] is not None)
        return Reading(text, statement(by_city=False, by_wave=True), values, basis, groupings, has_direction)

    def _statement(self, layer: Layer, asking: Asking, *, synthetic: bool) -> NetworkStatement:
        """Return the statement of a roster that is found by its own id."""
        by_audience = asking.rights.by_audience
        return NetworkStatement(self.networks, self.model, layer, False, False, by_audience, synthetic)

    def _found_by(self, wanted: Wanted) -> tuple[bool, str]:
        """Return whether the roster is found by a city, and the id."""
        city, roster = wanted.asked.get("city"), wanted.asked.get("roster")
        if (city is None) == (roster is None):
            raise BadUserInput(f"{wanted.key}: give either `city` or `roster`.")
        label = self.networks.city if roster is None else self.networks.roster
        id_ = str(city if roster is None else roster)
        check_ids(id_, wanted.key, (self.model.concepts[label].prefix,), self.model)
        return roster is None, id_


def _wanted(selection: Selection, variables: Variables) -> Wanted:
    """Read a selection with its arguments."""
    asked: Mapping[str, Any] = {name: given(read, variables) for name, read in selection.arguments.items()}
    check(selection.name, asked)
    type_ = selection.cases[0].types[0] if selection.cases else ""
    return Wanted(
        selection.key, selection.name, asked, tuple(_wanted(each, variables) for each in selection.fields), type_
    )


def _synthetic(wanted: Wanted, asking: Asking) -> bool:
    return asking.synthetic if wanted.asked.get("synthetic") is None else bool(wanted.asked["synthetic"])


def check(name: str, asked: Mapping[str, Any]) -> None:
    """Raise BadUserInput if a number is out of range, or too many ids are given, before any network is read."""
    argument, most = NUMBERS.get(name, ("", 0))
    number = asked.get(argument)
    if number is not None and not 1 <= number <= most:
        raise BadUserInput(f"`{argument}` is {number}; accepted are 1 to {most:,}.")
    if name == GROUP and len(asked.get("people") or ()) > MOST_GROUP:
        raise BadUserInput(f"`people` has {len(asked['people']):,} ids; accepted are at most {MOST_GROUP}.")
    people = sum(len(group) for group in asked.get("together") or ())
    if people > MOST_TOGETHER:
        raise BadUserInput(f"`{name}` names {people:,} people in `together`; accepted are at most {MOST_TOGETHER:,}.")
    gatherings = len(asked.get("gatherings") or ())
    if gatherings > MOST_GATHERINGS:
        raise BadUserInput(f"`{name}` names {gatherings:,} `gatherings`; accepted are at most {MOST_GATHERINGS}.")
