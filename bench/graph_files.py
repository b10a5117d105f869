"""Networks as files, against the writers of networkx. In: nothing. Out: seconds of the processor, memory of ours.

Both sides have the network in memory, and write to a file of the same folder.
"""

import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import networkx

from bench.promises import least, most
from graph.export.graphs.exported import About, Attribute, Exported, Node, Tie, Type
from graph.export.graphs.formats import FORMATS, write

PEOPLE, TIES, FEWER, ROUNDS = 20_000, 100_000, 20_000, 5
FASTER, FLAT = 3.0, 1.2
SECTORS = ("BUSINESS", "CIVIC", "PUBLIC", "ACADEMIC")
NODE = (Attribute("name", Type.TEXT), Attribute("sector", Type.TEXT), Attribute("elected", Type.BOOLEAN))
TIE = (Attribute("strength", Type.INTEGER), Attribute("since", Type.TEXT))
THEIRS: dict[str, Callable[[Any, Path], None]] = {
    "gexf": networkx.write_gexf,
    "graphml": networkx.write_graphml,
    "gml": networkx.write_gml,
    "net": networkx.write_pajek,
}
"""The formats that networkx writes."""
WITHOUT_ATTRIBUTES = ("net",)
"""Ours has the strength of ties alone there, so theirs gets no more."""
MEASURED = [ending for ending in FORMATS if not ending.startswith(("nodes.", "edges."))]


@dataclass(frozen=True)
class GraphFiles:
    """Seconds of networkx and of ours by ending; peaks of memory in bytes with few and with many ties."""

    theirs: dict[str, float]
    ours: dict[str, float]
    peaks: dict[str, tuple[int, int]]


def network(ties: int) -> Exported:
    """Make a random network: people with attributes, and so many ties with a strength."""
    dice = random.Random(7)
    nodes = [
        Node(f"person/{at:05d}", (f"Zoë O’Hara & Söhne {at}", dice.choice(SECTORS), dice.random() < 0.2))
        for at in range(PEOPLE)
    ]
    codes = sorted(dice.sample(range(PEOPLE * PEOPLE), ties + PEOPLE))
    pairs = [divmod(code, PEOPLE) for code in codes]
    made = [Tie(a, b, (dice.randint(1, 5), "2014-05")) for a, b in pairs if a != b][:ties]
    return Exported(About("Random", "A random network."), "Person", "TRUSTS", True, NODE, TIE, nodes, made, "strength")


def theirs(of: Exported, *, attributes: bool) -> Any:
    """Make the same network for networkx."""
    graph = networkx.DiGraph()
    for node in of.nodes:
        values = dict(zip((each.name for each in of.node_attributes), node.values, strict=True))
        graph.add_node(node.id, **(values if attributes else {}))
    for tie in of.ties:
        strength, since = tie.values
        values = {"strength": strength, "since": since} if attributes else {"weight": strength}
        graph.add_edge(of.nodes[tie.start].id, of.nodes[tie.end].id, **values)
    return graph


def measure() -> GraphFiles:
    """Write each format in turn with both; then measure the memory of ours."""
    many, few = network(TIES), network(FEWER)
    graphs = {attributes: theirs(many, attributes=attributes) for attributes in (True, False)}
    of_theirs, of_ours = dict[str, float](), dict[str, float]()
    with tempfile.TemporaryDirectory(prefix="citygraph-bench-") as name:
        path = Path(name, "written")
        for ending in MEASURED:
            works = {"ours": partial(_write, ending, many, path)}
            if ending in THEIRS:
                works["theirs"] = partial(THEIRS[ending], graphs[ending not in WITHOUT_ATTRIBUTES], path)
            # In turn, so that both meet the same machine.
            took = [{who: _timed(work) for who, work in works.items()} for _ in range(ROUNDS)]
            of_ours[ending] = statistics.median(each["ours"] for each in took)
            if ending in THEIRS:
                of_theirs[ending] = statistics.median(each["theirs"] for each in took)
        graphs.clear()
        peaks = {ending: (_peak(ending, few, path), _peak(ending, many, path)) for ending in MEASURED}
    return GraphFiles(of_theirs, of_ours, peaks)


def _write(ending: str, of: Exported, path: Path) -> None:
    with path.open("wb") as to:
        write(ending, of, to)


def _timed(work: Callable[[], None]) -> float:
    """Return the time of the processor: what else the machine does counts for neither side."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _peak(ending: str, of: Exported, path: Path) -> int:
    tracemalloc.start()
    try:
        _write(ending, of, path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def section(of: GraphFiles) -> str:
    """Return the section of the results about networks as files."""
    against = "\n".join(
        f"| {FORMATS[ending].name} | {their:.2f} | {of.ours[ending]:.2f} | {least(their / of.ours[ending], FASTER)} |"
        for ending, their in of.theirs.items()
    )
    memory = "\n".join(
        f"| {FORMATS[ending].name} | {of.ours[ending]:.2f} | {many / 2**20:.1f} | {most(many / few, FLAT)} |"
        for ending, (few, many) in of.peaks.items()
    )
    return f"""## Networks as files

One network of {PEOPLE:,} people and {TIES:,} ties, in memory, written to a file: seconds of the processor, median of
{ROUNDS}. Of Pajek both sides write the strength of ties and no other attribute.

| | networkx, s | ours, s | times as fast | promised | holds |
| --- | --- | --- | --- | --- | --- |
{against}

The peak of Python's memory while a file is written, and how many times that of {FEWER:,} ties it is.

| | ours, s | peak, MiB | times that of {FEWER:,} ties | promised | holds |
| --- | --- | --- | --- | --- | --- |
{memory}"""
