"""Every format gives back the network, exactly, to two readers that are not ours, and says what it cannot hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from graph.export.graphs.exported import Exported
from tests.graphs import read
from tests.graphs.given import GIVEN, LETTERS, networks
from tests.graphs.read import Found, bare, expected, found, saved, typed

# igraph leaves entities of GML as they are, and says so; rdflib uses a class of its own that it gave up.
pytestmark = pytest.mark.filterwarnings("ignore:One or more unknown entities", "ignore:ConjunctiveGraph")
Reader = Callable[[str], Found]
ONE_WAVE = [name for name in GIVEN if name != "waves"]
LISTS = {"parquet.zip", "json", "jsonld"}
EXACT: dict[str, tuple[str, Reader]] = {
    "gexf by networkx": ("gexf", read.gexf_by_networkx),
    "graphml by networkx": ("graphml", read.graphml_by_networkx),
    "gml by networkx": ("gml", read.gml_by_networkx),
    "gml by igraph": ("gml", read.gml_by_igraph),
    "json by Python": ("json", read.json_by_python),
    "csv by pandas": ("csv.zip", read.csv_by_pandas),
    "csv by polars": ("csv.zip", read.csv_by_polars),
    "csv by Python": ("csv.zip", read.csv_by_python),
    "parquet by polars": ("parquet.zip", read.parquet_by_polars),
    "parquet by pandas": ("parquet.zip", read.parquet_by_pandas),
    "xlsx by openpyxl": ("xlsx", read.xlsx_by_openpyxl),
    "xlsx by its XML": ("xlsx", read.xlsx_by_xml),
    "jsonld by Oxigraph": ("jsonld", read.jsonld_by_oxigraph),
    "jsonld by rdflib": ("jsonld", read.jsonld_by_rdflib),
}
"""Readers that see all that was written."""
NO_FALSE: dict[str, tuple[str, Reader]] = {
    "graphml by igraph": ("graphml", read.graphml_by_igraph),
}
"""Readers for which an absent boolean is false."""
BARE: dict[str, tuple[str, Reader]] = {
    "net by networkx": ("net", read.pajek_by_networkx),
    "net by igraph": ("net", read.pajek_by_igraph),
    "dl by igraph": ("dl", read.dl_by_igraph),
    "dl by its lines": ("dl", read.dl_by_lines),
}
"""Formats without attributes."""


def without_false(of: Found) -> Found:
    def kept(values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value is not False}

    return found(
        of.directed, {id_: kept(each) for id_, each in of.nodes.items()}, [(a, b, kept(each)) for a, b, each in of.ties]
    )


def both_ways(of: Found) -> Found:
    """UCINET DL has no ties without direction, and a strength of 1 for ties without one."""
    ties = [(a, b, values or {"weight": 1.0}) for a, b, values in of.ties]
    return found(True, of.nodes, ties if of.directed else [*ties, *((b, a, values) for a, b, values in ties)])


def same(one: Found, other: Found) -> None:
    """Compare what can be equal whatever the number of digits: 2 and 2.0 are."""
    assert (one.directed, one.nodes) == (other.directed, other.nodes)
    assert sorted(one.ties, key=_key) == sorted(other.ties, key=_key)


def _key(tie: tuple[str, str, dict[str, Any]]) -> str:
    numbers = {k: float(v) if isinstance(v, int | float) else v for k, v in sorted(tie[2].items())}
    return repr((tie[0], tie[1], numbers))


def check(name: str, of: Exported, folder: Path) -> None:
    ending, reader = (EXACT | NO_FALSE | BARE)[name]
    seen = reader(saved(ending, of, folder))
    if ending == "csv.zip":
        seen = typed(of, seen)
    if name in BARE:
        wanted = both_ways(bare(of)) if ending == "dl" else bare(of)
    else:
        wanted = expected(of, lists=ending in LISTS)
        wanted = without_false(wanted) if name in NO_FALSE else wanted
    if ending in ("csv.zip", "parquet.zip", "xlsx") and not of.directed and not of.ties:
        seen = seen._replace(directed=False)  # said by each tie
    same(seen, wanted)


@pytest.mark.parametrize(
    ("name", "of"),
    # test_spells reads the other one.
    [(name, of) for name in (*EXACT, *NO_FALSE) for of in GIVEN if (name, of) != ("gexf by networkx", "waves")],
)
def test_a_network_is_read_back(name: str, of: str, tmp_path: Path) -> None:
    check(name, GIVEN[of], tmp_path)


@pytest.mark.parametrize(
    ("name", "of"),
    [(name, of) for name in BARE for of in ONE_WAVE if (name[:2], of) != ("dl", "empty")],
)
def test_a_network_without_attributes_is_read_back(name: str, of: str, tmp_path: Path) -> None:
    check(name, GIVEN[of], tmp_path)


def test_random_networks_are_read_back(tmp_path: Path) -> None:
    """To draw a network takes longer than to read it, so each is read by all."""

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(networks())
    def each(of: Exported) -> None:
        for name in EXACT | NO_FALSE:
            if not (of.waves and name == "gexf by networkx"):
                check(name, of, tmp_path)

    each()


def test_random_networks_without_attributes_are_read_back(tmp_path: Path) -> None:
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(networks(waves=False, letters="".join(each for each in LETTERS if each not in ",:='\"")))
    def each(of: Exported) -> None:
        for name in BARE:
            if of.nodes or not name.startswith("dl"):
                check(name, of, tmp_path)

    each()
