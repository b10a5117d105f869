"""GEXF and GraphML. In: a file. Out: its network. Declared defaults are filled in; documents with a DTD are refused.

Ids stay texts, so that `001` does not become 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from graph.load.networks.network import Found, Network
from graph.load.networks.waves import ANSWERED_IN, WAVE, WAVES, items, joined, spell

NAMES = {"graphml": "GraphML", "gexf": "GEXF"}
REFUSED = {"hyperedge": "ties of more than two people", "port": "ports"}
"""What has no meaning here, by the element that has it."""
Days = tuple[str | None, str | None]
"""The first and the last day of a spell, as the file has them."""


def read_markup(file: BinaryIO, name: str) -> Network:
    """Read a file of either format; raise UnreadableFile."""
    state = _Document(Found(name))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = state.begin, state.end
    parser.CharacterDataHandler = state.text
    parser.StartDoctypeDeclHandler = state.refuse_dtd
    try:
        parser.ParseFile(file)
    except expat.ExpatError as error:
        raise state.found.wrong(f"it is no XML: {error}") from error
    if state.format is None:
        raise state.found.wrong("it is neither GEXF nor GraphML")
    return state.network()


@dataclass
class _Item:
    """A person or a tie that is being read."""

    kind: str
    given: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    spells: list[Days] = field(default_factory=list)
    timed: list[tuple[Days, str, str]] = field(default_factory=list)
    """Values that hold for a time: days, key and value."""


@dataclass
class _Document:
    """What was read so far. `keys` are the declared attributes by kind and id: name and default."""

    found: Found
    format: str | None = None
    directed: bool = True
    keys: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)
    open: list[_Item] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    kind: str = ""
    key: str | None = None
    words: str = ""
    graphs: int = 0
    called: dict[str, str] = field(default_factory=dict)
    """Dates of waves, by the names that ties have for them."""

    def refuse_dtd(self, *_: object) -> None:
        raise self.found.wrong("it has a DTD, which no file of either format needs")

    def begin(self, element: str, given: dict[str, str]) -> None:
        at = element.rpartition(" ")[2]
        if self.format is None:
            self.format = NAMES.get(at)
            if self.format is None:
                raise self.found.wrong(f"it begins with <{at[:60]}>, and GEXF and GraphML with <gexf> and <graphml>")
        if at in REFUSED:
            raise self.found.wrong(f"it has {REFUSED[at]}, which are not read")
        handler: Callable[[dict[str, str]], None] | None = getattr(self, f"_begin_{at}", None)
        if handler is not None:
            handler(given)
        elif self.open:
            self.key = None  # what holds elements of its own is no value
        self.words = ""

    def text(self, words: str) -> None:
        self.words += words

    def end(self, element: str) -> None:
        at = element.rpartition(" ")[2]
        if at in ("node", "edge") and self.open:
            self.items.append(self.open.pop())
        elif at == "data" and self.open and self.key is not None:
            self._value(self.key, self.words)
        elif at == "NodeLabel" and self.open and self.words.strip():
            self.open[-1].values.setdefault("label", self.words.strip())  # the name in files of yEd
        elif at == "default" and self.key is not None:
            for kind in self._kinds():
                self.defaults[kind, self.key] = self.words
        self.words = ""

    def _begin_graph(self, given: dict[str, str]) -> None:
        self.graphs += 1
        if self.graphs > 1:
            raise self.found.wrong("it has several graphs, of which each is a network")
        self.directed = given.get("edgedefault", given.get("defaultedgetype", "undirected")) == "directed"

    def _begin_key(self, given: dict[str, str]) -> None:
        self.kind, self.key = given.get("for", "all"), given.get("id", "")
        for kind in self._kinds():
            self.keys[kind, self.key] = [given.get("attr.name", self.key)]

    def _kinds(self) -> tuple[str, ...]:
        return ("node", "edge") if self.kind == "all" else (self.kind,)

    def _begin_attributes(self, given: dict[str, str]) -> None:
        self.kind = given.get("class", "node")

    def _begin_attribute(self, given: dict[str, str]) -> None:
        self.key = given.get("id", "")
        self.keys[self.kind, self.key] = [given.get("title", self.key)]

    def _begin_node(self, given: dict[str, str]) -> None:
        self.open.append(_Item("node", given))

    def _begin_edge(self, given: dict[str, str]) -> None:
        self.open.append(_Item("edge", given))

    def _begin_data(self, given: dict[str, str]) -> None:
        self.key = given.get("key")

    def _begin_attvalue(self, given: dict[str, str]) -> None:
        if not self.open:
            return
        key, value = given.get("for", given.get("id", "")), given.get("value", "")
        if self.open[-1].kind == "edge" and ("start" in given or "end" in given):
            self.open[-1].timed.append(((given.get("start"), given.get("end")), self._name(key), value))
        else:
            self._value(key, value)

    def _begin_spell(self, given: dict[str, str]) -> None:
        if self.open:
            self.open[-1].spells.append((given.get("start"), given.get("end")))

    def _value(self, key: str, value: str) -> None:
        self.open[-1].values[self._name(key)] = value

    def _name(self, key: str) -> str:
        return self.keys.get((self.open[-1].kind, key), [key])[0]

    def network(self) -> Network:
        # Ties come first: they say by which names people tell of waves.
        for item in sorted(self.items, key=lambda each: each.kind):
            filled = {self.keys[where][0]: value for where, value in self.defaults.items() if where[0] == item.kind}
            values = {**filled, **item.values}
            if item.kind == "node":
                label = {"label": item.given["label"]} if "label" in item.given else {}
                self.found.person(item.given.get("id", ""), {**label, **values, **self._listed(item, values)})
            else:
                weight = {"weight": item.given["weight"]} if "weight" in item.given else {}
                for of_wave in self._waves(item):
                    self.found.tie(
                        item.given.get("source", ""),
                        item.given.get("target", ""),
                        {**weight, **values, **of_wave},
                        directed=self._is_directed(item.given),
                    )
        return self.found.network()

    def _listed(self, item: _Item, values: dict[str, str]) -> dict[str, str]:
        """Return the waves of a person by their dates, if he has spells."""
        if not item.spells:
            return {}
        answered = [self.called.get(each, each) for each in items(values.get(ANSWERED_IN, ""))]
        return {WAVES: joined(map(self._date, item.spells)), ANSWERED_IN: joined(answered)}

    def _waves(self, item: _Item) -> list[dict[str, str]]:
        """Return what a tie has in each of its waves; of one without spells what it has at any time."""
        if not item.spells:
            return [{name: value for _, name, value in item.timed}]
        found = []
        for days in item.spells:
            values = {name: value for of, name, value in item.timed if of == days}
            if WAVE in values:
                self.called[values[WAVE]] = self._date(days)
            found.append(values | {WAVE: self._date(days)})
        return found

    def _date(self, days: Days) -> str:
        date = spell(*days)
        if date is None:
            raise self.found.wrong(
                f"it has a spell from {days[0] or 'nowhere'} to {days[1] or 'nowhere'}; accepted are spells from a day to a day, "
                "each of which is a wave"
            )
        return date

    def _is_directed(self, given: dict[str, str]) -> bool:
        if "directed" in given:
            return given["directed"] == "true"
        return given["type"] == "directed" if "type" in given else self.directed
