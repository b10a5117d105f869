"""A network of a file as rows of facts. In: Network, and what is asked. Out: rows of a roster, a wave, people and ties, and Told.

It knows no concept by name: labels and types come from the declaration of networks.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from graph.load.networks.network import Network, Tie, Values
from schema.domain.clouds import CITED, LEADERS
from schema.language.kinds import Kind, Marking, Property
from schema.language.networks import Agreed, Layer, Networks
from schema.model import Model, Route

Row = dict[str, Any]
NAMED_BY = ("name", "label")
WEIGHT = "weight"
LABELLED_TRUE = ("true", "1", "yes")


@dataclass(frozen=True)
class Asked:
    """What the rows are of: a city, a roster by name, a wave by its date, a layer, a source by id or title, and a consent."""

    city: str
    name: str
    rule: str
    wave: str
    layer: Layer
    source: str
    confidence: str
    agreed: Agreed


@dataclass
class Told:
    """What became of the network: people, ties, what was left out, by reason, and values that the model does not have."""

    people: int = 0
    answered: int = 0
    ties: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)


@dataclass
class Rows:
    """Makes the rows. Ids are the same each time: hashes of what they are of, with a secret, so that they tell nothing."""

    of: Network
    asked: Asked
    model: Model
    secret: bytes = field(repr=False)
    networks: Networks = LEADERS
    order: Mapping[str, int] = field(default_factory=dict)
    """Numbers of people by id, who are called by them if they have no name; in a file of several waves the same in each."""
    told: Told = field(default_factory=Told)

    def made(self) -> Iterator[Row]:
        """Yield the rows in an order in which they can be loaded."""
        asked, networks = self.asked, self.networks
        roster = self._id(networks.roster, asked.city, asked.name)
        wave = self._id(self._waves.target, roster, asked.wave)
        source = asked.source if self._is_id(asked.source, CITED[0]) else self._id(CITED[0], asked.source)
        ties = list(self._ties())
        people = {id_: self._person_id(id_, roster, wave) for id_ in self.of.people}
        told = {tie.start for tie in ties} | {
            id_ for id_, values in self.of.people.items() if self._says_that_he_answered(values)
        }
        self.told.people, self.told.answered, self.told.ties = len(people), len(told), len(ties)
        if source != asked.source:
            yield {"label": CITED[0], "id": source, CITED[1]: asked.source, "confidence": asked.confidence}
        stated = {"sources": [source], "confidence": asked.confidence}
        mine = {**stated, **self._marked(Marking.AMBER)}
        yield {"label": networks.roster, "id": roster, "name": asked.name, networks.rule: asked.rule, **mine}
        yield {**self._led(self._rosters, asked.city, roster), **mine}
        numbers = {networks.invited: len(people), networks.answered: len(told)}
        of_wave = f"{asked.name}, {asked.wave}"
        yield {"label": self._waves.target, "id": wave, "name": of_wave, "since": asked.wave, **numbers, **mine}
        yield {**self._led(self._waves, roster, wave), "since": asked.wave, **mine}
        for number, (id_, values) in enumerate(self.of.people.items(), 1):
            yield {**self._person(id_, people[id_], values, number), **stated, **self._marked(asked.agreed.marking)}
            yield {**self._led(self._people, roster, people[id_]), **mine}
            if id_ in told:
                consent = {networks.survey.consent: asked.agreed.consent.name, "since": asked.wave}
                yield {**self._led(self._answered, people[id_], wave), **consent, **mine}
        for tie in ties:
            values = self._values(self._weighed(tie.values), self._tie.relationship.properties, "ties")
            led = {**self._led(self._tie, people[tie.start], people[tie.end]), str(asked.layer.wave): wave}
            yield {**led, "since": asked.wave, **values, **stated, **self._marked(self._tie.relationship.marking)}

    def _ties(self) -> Iterator[Tie]:
        """Yield each tie once and in one direction; one without direction was said by both."""
        seen = set[tuple[str, str]]()
        for tie in self.of.ties:
            if tie.start == tie.end:
                self.told.left_out["to oneself"] += 1
                continue
            for start, end in ((tie.start, tie.end),) if tie.directed else ((tie.start, tie.end), (tie.end, tie.start)):
                if (start, end) in seen:
                    self.told.left_out["stated twice"] += 1
                else:
                    seen.add((start, end))
                    yield Tie(start, end, tie.values)

    def _person(self, of: str, id_: str, values: Values, number: int) -> Row:
        agreed = self.asked.agreed
        names = [value for key, value in values.items() if key.lower() in NAMED_BY]
        # Some programs write the id as the label of each person, beside the name.
        called = next((each for each in names if each != of), names[0] if names else None)
        kind = {name: choice.name for name, choice in agreed.recorded.items()}
        # A pseudonym of one wave must not tell who it is in another one.
        name = called if agreed.named and called else f"Person {self.order.get(of, number) if agreed.named else number}"
        rest = {key: value for key, value in values.items() if key.lower() not in (*NAMED_BY, *kind, *_NOT_SAID)}
        properties = self.model.concepts[self._people.target].properties
        return {
            "label": self._people.target,
            "id": id_,
            "name": name,
            **kind,
            **self._values(rest, properties, "people"),
        }

    def _values(self, given: Values, properties: Mapping[str, Property], of: str) -> dict[str, Any]:
        """Return the values that the model has, as it writes them; count the others."""
        known, found = {name.lower(): (name, each) for name, each in properties.items()}, dict[str, Any]()
        for key, text in given.items():
            name, declared = known.get(key.lower(), ("", None))
            value = None if declared is None else _value(text, declared)
            if value is None:
                self.told.unknown[f"{key} of {of}"] += 1
            else:
                found[name] = value
        return found

    def _weighed(self, given: Values) -> Values:
        """Call the weight of a tie by the name that the layer has for it, unless the file has that too."""
        weight, key = self.asked.layer.weight, next((each for each in given if each.lower() == WEIGHT), None)
        if weight is None or key is None:
            return given
        return {weight: given[key]} | {name: value for name, value in given.items() if name != key}

    def _says_that_he_answered(self, values: Values) -> bool:
        return any(
            key.lower() == self.networks.answered and each.lower() in LABELLED_TRUE for key, each in values.items()
        )

    def _person_id(self, id_: str, roster: str, wave: str) -> str:
        """Return an id: of a named person the same in each wave, of others another one in each."""
        return self._id(self._people.target, roster if self.asked.agreed.named else wave, id_)

    def _id(self, label: str, *of: str) -> str:
        digest = hashlib.blake2b("\0".join((label, *of)).encode(), key=self.secret[:64], digest_size=10).hexdigest()
        return f"{self.model.concepts[label].prefix}/{digest}"

    def _is_id(self, text: str, label: str) -> bool:
        return self.model.prefixes.get(text.partition("/")[0]) == label

    def _marked(self, marking: Marking) -> Row:
        return {"marking": marking.name} | ({} if marking is Marking.CLEAR else {"holders": [self.asked.city]})

    def _led(self, along: Route, start: str, end: str) -> Row:
        """Write a relationship along a field."""
        first, second = (start, end) if along.forward else (end, start)
        return {"type": along.relationship.type, "from": first, "to": second}

    @property
    def _rosters(self) -> Route:
        return self.model.routes[self.networks.city][self.networks.rosters]

    @property
    def _waves(self) -> Route:
        return self.model.routes[self.networks.roster][self.networks.survey.waves]

    @property
    def _people(self) -> Route:
        return self.model.routes[self.networks.roster][self.networks.survey.people]

    @property
    def _answered(self) -> Route:
        return self.model.routes[self._people.target][self.networks.survey.answered]

    @property
    def _tie(self) -> Route:
        return self.model.routes[self._people.target][self.asked.layer.chain[0]]


_NOT_SAID = ("answered", "elected", "community", "id")
"""Values that exports of networks have and that other rows state."""


def _value(text: str, declared: Property) -> Any:
    """Return a value as a row writes it; None if the text is none of this kind."""
    if declared.choices is not None:
        word = text.strip().upper().replace(" ", "_").replace("-", "_")
        return word if word in {choice.name for choice in declared.choices} else None
    if declared.kind in (Kind.INTEGER, Kind.BIG_INTEGER, Kind.NUMBER):
        return _number(text, declared)
    return text if declared.kind in (Kind.TEXT, Kind.WHEN) else None


def _number(text: str, declared: Property) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    least, most = declared.least, declared.most
    if not isfinite(number) or (least is not None and number < least) or (most is not None and number > most):
        return None
    if declared.kind is Kind.NUMBER:
        return number
    return int(number) if number.is_integer() else None
