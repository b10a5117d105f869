"""A network as a graph of networkx or igraph. In: what is wanted of `cloud`, and its answer. Out: a graph with attributes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from citygraph_client.errors import BadDocument
from citygraph_client.frames import needed

Library = Literal["networkx", "igraph"]
LIBRARIES = ("networkx", "igraph")
_TYPES = {
    "city": "ID",
    "roster": "ID",
    "layer": "CloudLayer",
    "direction": "TieDirection",
    "wave": "ID",
    "asOf": "Edtf",
    "synthetic": "Boolean",
}
_ON = "roster rosterName wave waveName date layer direction people ties invited answered synthetic"


@dataclass(frozen=True)
class Wanted:
    """Which network. Give `city` or `roster`; the arguments mean what those of the field `cloud` mean.

    `groups` are the groupings that people get as attributes, such as `SECTOR` and `AGENCY`.
    """

    city: str | None = None
    roster: str | None = None
    layer: str | None = None
    direction: str | None = None
    wave: str | None = None
    as_of: str | None = None
    synthetic: bool | None = None
    groups: Sequence[str] = ("SECTOR",)

    def __post_init__(self) -> None:
        if (self.city is None) == (self.roster is None):
            raise BadDocument("Give either `city` or `roster`.")
        if isinstance(self.groups, str) or not all(each.isidentifier() for each in self.groups):
            raise BadDocument('`groups` is a list of groupings, such as ["SECTOR", "AGENCY"].')

    @property
    def variables(self) -> dict[str, Any]:
        """The arguments that are given."""
        given = {
            "city": self.city,
            "roster": self.roster,
            "layer": self.layer,
            "direction": self.direction,
            "wave": self.wave,
            "asOf": self.as_of,
            "synthetic": self.synthetic,
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def text(self) -> str:
        """The question."""
        declared = ", ".join(f"${name}: {_TYPES[name]}" for name in self.variables)
        given = ", ".join(f"{name}: ${name}" for name in self.variables)
        groups = " ".join(f"group_{each}: columns(by: {each}) {{ groups }}" for each in self.groups)
        return (
            f"query ({declared}) {{ cloud({given}) {{ on {{ {_ON} }} "
            f"columns {{ personIds names elected one other }} {groups} }} }}"
        )


def check(to: str) -> None:
    """Raise BadDocument for an unknown library, MissingExtra for one that is not installed, before anything is asked."""
    if to not in LIBRARIES:
        raise BadDocument(f"`to` is {to!r}; accepted are {' and '.join(LIBRARIES)}.")
    needed(to, to)


def built(data: Any, wanted: Wanted, to: Library) -> Any:
    """Return the graph of an answer: with direction if the ties have one, with people who have no tie.

    People are named by their ids, `name` in igraph, and have `label` (their name), `elected`, and each grouping in lower case.
    The graph has what the network was measured on: roster, wave, date, layer, direction and so on. Raise BadDocument if there is
    no such network that the viewer sees.
    """
    cloud = data["cloud"]
    if cloud is None:
        hint = "" if wanted.synthetic else " Made-up facts may be left out; synthetic=True takes them too."
        raise BadDocument(f"There is no network of {wanted.city or wanted.roster}, or none that you may see.{hint}")
    columns: Mapping[str, Sequence[Any]] = cloud["columns"]
    people = {"label": columns["names"], "elected": columns["elected"]}
    people |= {each.lower(): cloud[f"group_{each}"]["groups"] for each in wanted.groups}
    return _MAKERS[to](columns, people, cloud["on"])


def _networkx(columns: Mapping[str, Sequence[Any]], people: Mapping[str, Sequence[Any]], on: Mapping[str, Any]) -> Any:
    networkx = needed("networkx", "networkx")
    graph = networkx.DiGraph(**on) if on["direction"] == "DIRECTED" else networkx.Graph(**on)
    ids, names = columns["personIds"], list(people)
    rows = zip(*people.values(), strict=True)
    graph.add_nodes_from((id_, dict(zip(names, row, strict=True))) for id_, row in zip(ids, rows, strict=True))
    graph.add_edges_from((ids[one], ids[other]) for one, other in zip(columns["one"], columns["other"], strict=True))
    return graph


def _igraph(columns: Mapping[str, Sequence[Any]], people: Mapping[str, Sequence[Any]], on: Mapping[str, Any]) -> Any:
    igraph = needed("igraph", "igraph")
    ids = columns["personIds"]
    return igraph.Graph(
        n=len(ids),
        edges=list(zip(columns["one"], columns["other"], strict=True)),
        directed=on["direction"] == "DIRECTED",
        vertex_attrs={"name": list(ids), **{name: list(values) for name, values in people.items()}},
        graph_attrs=dict(on),
    )


_MAKERS: Mapping[str, Callable[[Mapping[str, Sequence[Any]], Mapping[str, Sequence[Any]], Mapping[str, Any]], Any]] = {
    "networkx": _networkx,
    "igraph": _igraph,
}
