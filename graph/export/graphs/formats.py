"""The formats of networks as files. In: an ending. Out: its media type and writer; what it cannot hold is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from graph.export.graphs import tables
from graph.export.graphs.dl import write_dl
from graph.export.graphs.exported import CannotHold, Exported, Lack
from graph.export.graphs.gexf import write_gexf
from graph.export.graphs.gml import write_gml
from graph.export.graphs.graphml import write_graphml
from graph.export.graphs.graphology import write_graphology
from graph.export.graphs.jsonld import write_jsonld
from graph.export.graphs.pajek import write_pajek
from graph.export.graphs.script import write_script
from graph.export.graphs.xlsx import write_xlsx

Writer = Callable[[Exported, BinaryIO], None]
PARQUET = "application/vnd.apache.parquet"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """A format: its name, its media type, what writes it, and what it cannot hold."""

    name: str
    media: str
    write: Writer
    lacks: frozenset[Lack] = frozenset()


FORMATS: Mapping[str, Format] = {
    "gexf": Format("GEXF", "application/gexf+xml", write_gexf, frozenset({Lack.CHARACTERS, Lack.DATES})),
    "graphml": Format("GraphML", "application/graphml+xml", write_graphml, frozenset({Lack.CHARACTERS})),
    "net": Format("Pajek", "text/plain; charset=utf-8", write_pajek, frozenset({Lack.WAVES, Lack.IDS})),
    "dl": Format("UCINET DL", "text/plain; charset=utf-8", write_dl, frozenset({Lack.WAVES, Lack.IDS, Lack.EMPTY})),
    "gml": Format("GML", "text/plain; charset=utf-8", write_gml, frozenset({Lack.NUMBERS})),
    "json": Format("graphology JSON", "application/json", write_graphology),
    "csv.zip": Format("CSV", "application/zip", partial(tables.write_both, tables.write_csv, "csv")),
    "nodes.csv": Format("CSV of nodes", "text/csv; charset=utf-8", partial(tables.write_csv, tables.nodes)),
    "edges.csv": Format("CSV of ties", "text/csv; charset=utf-8", partial(tables.write_csv, tables.ties)),
    "parquet.zip": Format("Parquet", "application/zip", partial(tables.write_both, tables.write_parquet, "parquet")),
    "nodes.parquet": Format("Parquet of nodes", PARQUET, partial(tables.write_parquet, tables.nodes)),
    "edges.parquet": Format("Parquet of ties", PARQUET, partial(tables.write_parquet, tables.ties)),
    "xlsx": Format("Excel", EXCEL, write_xlsx, frozenset({Lack.CHARACTERS, Lack.SIZE})),
    "jsonld": Format("JSON-LD", "application/ld+json", write_jsonld),
    "cypher": Format("Cypher", "text/plain; charset=utf-8", write_script),
}
"""The formats by the ending of their files."""


def write(ending: str, of: Exported, to: BinaryIO) -> None:
    """Write a network; raise CannotHold, which says what the format cannot hold and which formats can."""
    try:
        FORMATS[ending].write(of, to)
    except CannotHold as error:
        can = ", ".join(name for name, each in FORMATS.items() if error.lack not in each.lacks)
        raise CannotHold(
            error.lack, f"{FORMATS[ending].name} cannot hold {error.what}. Formats that can: {can}."
        ) from None
