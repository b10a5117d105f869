"""Readers of the files that are written, none of them ours where a library reads the format. In: bytes. Out: Found."""

import csv
import html
import io
import json
import math
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as Xml

import igraph
import networkx
import openpyxl
import pandas
import polars
import pyoxigraph
import rdflib

from graph.export.graphs.exported import Exported, joined
from graph.export.graphs.formats import write

Values = dict[str, Any]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Found(NamedTuple):
    """A network as it was read: values of nodes by id, and ties with their values, sorted; without direction ends are sorted."""

    directed: bool
    nodes: dict[str, Values]
    ties: list[tuple[str, str, Values]]


def found(directed: bool, nodes: Mapping[str, Values], ties: Iterable[tuple[str, str, Values]]) -> Found:
    every = [(a, b, values) if directed or a <= b else (b, a, values) for a, b, values in ties]
    return Found(directed, dict(nodes), sorted(every, key=repr))


def expected(of: Exported, *, lists: bool = False) -> Found:
    """What a format must give back; texts in a list are one text, unless the format has `lists`."""

    def given(attributes: Any, values: Any) -> Values:
        named = zip((each.name for each in attributes), values, strict=True)
        return {
            name: (list(value) if lists else joined(value)) if isinstance(value, tuple) else value
            for name, value in named
            if value is not None
        }

    ids = [each.id for each in of.nodes]
    ties = [(ids[each.start], ids[each.end], given(of.tie_attributes, each.values)) for each in of.ties]
    return found(of.directed, {each.id: given(of.node_attributes, each.values) for each in of.nodes}, ties)


def bare(of: Exported) -> Found:
    """What a format without attributes must give back: of ties their strength, if all have one."""
    whole, weight = expected(of), of.weight if of.is_weighted else None
    ties = [(a, b, {} if weight is None else {"weight": float(values[weight])}) for a, b, values in whole.ties]
    return found(of.directed, {key: {} for key in whole.nodes}, ties)


def written(ending: str, of: Exported) -> bytes:
    to = io.BytesIO()
    write(ending, of, to)
    return to.getvalue()


def saved(ending: str, of: Exported, folder: Path) -> str:
    path = folder / f"written.{ending}"
    path.write_bytes(written(ending, of))
    return str(path)


def _networkx(graph: Any, *drop: str, of_nodes: tuple[str, ...] = ()) -> Found:
    def kept(values: Values, without: tuple[str, ...]) -> Values:
        return {name: value for name, value in values.items() if name not in without}

    return found(
        graph.is_directed(),
        {id_: kept(values, of_nodes) for id_, values in graph.nodes(data=True)},
        [(a, b, kept(values, drop)) for a, b, values in graph.edges(data=True)],
    )


def gexf_by_networkx(path: str) -> Found:
    return _networkx(networkx.read_gexf(path), "id", "weight", of_nodes=("label", "spells"))


def graphml_by_networkx(path: str) -> Found:
    return _networkx(networkx.read_graphml(path), "id")


def gml_by_networkx(path: str) -> Found:
    return _networkx(networkx.read_gml(path))


def pajek_by_networkx(path: str) -> Found:
    return _networkx(networkx.read_pajek(path), of_nodes=("id",))


def _igraph(graph: Any, name: str, drop: tuple[str, ...]) -> Found:
    """igraph has the empty text and nan for what is absent, and False for a boolean, which is left out then."""

    def kept(values: Values) -> Values:
        there = {key: value for key, value in values.items() if key not in drop and value not in ("", None)}
        return {
            key: html.unescape(value) if isinstance(value, str) and "gml" in drop else value
            for key, value in there.items()
            if value is not False and not (isinstance(value, float) and math.isnan(value))
        }

    ids = [html.unescape(each) if "gml" in drop else each for each in (graph.vs[name] if len(graph.vs) else [])]
    nodes = {id_: kept(each.attributes()) for id_, each in zip(ids, graph.vs, strict=True)}
    return found(graph.is_directed(), nodes, [(ids[e.source], ids[e.target], kept(e.attributes())) for e in graph.es])


def graphml_by_igraph(path: str) -> Found:
    # As the id of a tie it has that of a person.
    return _igraph(igraph.Graph.Read_GraphML(path), "id", ("id",))


def gml_by_igraph(path: str) -> Found:
    # It leaves all entities but five as they are, and says so.
    return _igraph(igraph.Graph.Read_GML(path), "label", ("id", "label", "gml"))


def pajek_by_igraph(path: str) -> Found:
    return _igraph(igraph.Graph.Read_Pajek(path), "name", ("name",))


def dl_by_igraph(path: str) -> Found:
    return _igraph(igraph.Graph.Read_DL(path), "name", ("name",))


def dl_by_lines(path: str) -> Found:
    """Read DL as the guide of UCINET has it: a number of nodes, labels, and a line for each tie."""
    head, labels, data = Path(path).read_text().replace("data:", "labels:").split("labels:\n")
    assert head.startswith("dl n=")
    ids = labels.strip().split(",")
    assert len(ids) == int(head.split()[1].removeprefix("n="))
    lines = [line.split() for line in data.splitlines()]
    return found(
        True, {key: {} for key in ids}, [(ids[int(a) - 1], ids[int(b) - 1], {"weight": float(w)}) for a, b, w in lines]
    )


def _rows(nodes: Iterable[Values], ties: Iterable[Values]) -> Found:
    """Read rows whose absent values are left out."""
    of_ties = list(ties)
    assert [each.pop("id") for each in of_ties] == [str(at) for at in range(len(of_ties))]
    kinds = {each.pop("type") for each in of_ties} or {"directed"}
    return found(
        kinds == {"directed"},
        {each.pop("id"): each for each in nodes},
        [(each.pop("source"), each.pop("target"), each) for each in of_ties],
    )


def _there(row: Mapping[str, Any]) -> Values:
    def absent(value: Any) -> bool:
        return value is None or value == "" or (isinstance(value, float) and math.isnan(value))

    return {name: value for name, value in row.items() if not absent(value)}


def _parts(path: str, ending: str) -> list[io.BytesIO]:
    with zipfile.ZipFile(path) as archive:
        return [io.BytesIO(archive.read(f"{name}.{ending}")) for name in ("nodes", "edges")]


def parquet_by_polars(path: str) -> Found:
    return _rows(*([_there(row) for row in polars.read_parquet(part).to_dicts()] for part in _parts(path, "parquet")))


def parquet_by_pandas(path: str) -> Found:
    def plain(row: Values) -> Values:
        return {k: v.tolist() if hasattr(v, "tolist") else v for k, v in row.items()}

    tables = (pandas.read_parquet(part, dtype_backend="pyarrow") for part in _parts(path, "parquet"))
    rows = ([plain(row) for row in each.astype(object).where(each.notna(), None).to_dict("records")] for each in tables)
    return _rows(*([_there(row) for row in each] for each in rows))


def typed(of: Exported, read: Found) -> Found:
    """Make values of the texts of a format that has only texts."""
    readers: dict[str, Callable[[str], Any]] = {
        "INTEGER": int,
        "NUMBER": float,
        "BOOLEAN": {"true": True, "false": False}.__getitem__,
    }

    def value(text: str, kind: str = "TEXT") -> Any:
        bare_text = text.lstrip("'")
        harmful = len(text) > len(bare_text) and bare_text[:1] in tuple("=+-@\t\r")
        return readers[kind](text) if kind in readers else text[1:] if harmful else text

    def values(given: Values, attributes: Any) -> Values:
        kinds = {each.name: each.type.name for each in attributes}
        return {name: value(text, kinds[name]) for name, text in given.items()}

    return found(
        read.directed,
        {value(id_): values(each, of.node_attributes) for id_, each in read.nodes.items()},
        [(value(a), value(b), values(each, of.tie_attributes)) for a, b, each in read.ties],
    )


def csv_by_pandas(path: str) -> Found:
    parts = (pandas.read_csv(part, dtype=str, keep_default_na=False) for part in _parts(path, "csv"))
    return _rows(*([_there(row) for row in each.to_dict("records")] for each in parts))


def csv_by_polars(path: str) -> Found:
    parts = (polars.read_csv(part, infer_schema=False) for part in _parts(path, "csv"))
    return _rows(*([_there(row) for row in each.to_dicts()] for each in parts))


def csv_by_python(path: str) -> Found:
    parts = (io.TextIOWrapper(part, "utf-8", newline="") for part in _parts(path, "csv"))
    return _rows(*([_there(row) for row in csv.DictReader(each)] for each in parts))


def xlsx_by_openpyxl(path: str) -> Found:
    book = openpyxl.load_workbook(path)
    for name in ("Nodes", "Edges"):
        assert not any(cell.data_type == "f" for row in book[name].iter_rows() for cell in row)
    return _rows(*(_records(list(book[name].iter_rows(values_only=True))) for name in ("Nodes", "Edges")))


def xlsx_by_xml(path: str) -> Found:
    """Read the sheets by their XML; the cells of a row are in the order of the columns."""

    def value(cell: Xml.Element) -> Any:
        inline = cell.find(f"{SHEET}is/{SHEET}t")
        if inline is not None:
            return inline.text
        number = cell.find(f"{SHEET}v")
        if number is None or number.text is None:
            return None
        return number.text == "1" if cell.get("t") == "b" else float(number.text)

    with zipfile.ZipFile(path) as archive:
        sheets = [Xml.fromstring(archive.read(f"xl/worksheets/sheet{at}.xml")) for at in (1, 2)]
    return _rows(*(_records([[value(cell) for cell in row] for row in each.iter(f"{SHEET}row")]) for each in sheets))


def _records(rows: list[Any]) -> list[Values]:
    return [_there(dict(zip(rows[0], row, strict=False))) for row in rows[1:]]


def json_by_python(path: str) -> Found:
    read = json.loads(Path(path).read_bytes())
    assert [each["key"] for each in read["edges"]] == [str(at) for at in range(len(read["edges"]))]
    return found(
        read["options"]["type"] == "directed",
        {each["key"]: each["attributes"] for each in read["nodes"]},
        [(each["source"], each["target"], each["attributes"]) for each in read["edges"]],
    )


TERM = "urn:citygraph:term:"
TYPED: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "string": str,
}
Triples = dict[str, dict[str, list[Any]]]


def _rdf(triples: Triples) -> Found:
    def first(of: dict[str, list[Any]], name: str) -> Any:
        return of[name][0]

    def texts(head: str) -> list[Any]:
        items = []
        while not head.endswith("#nil"):
            cell = triples[head]
            items.append(first(cell, "#first"))
            head = first(cell, "#rest")
        return items

    def values(of: dict[str, list[Any]]) -> Values:
        own = {name: each[0] for name, each in of.items() if name not in ("#type", "factId", "start", "end", "ends")}
        return {name: texts(each) if name == "waves" else each for name, each in own.items()}

    (network,) = (each for each in triples.values() if each.get("#type") == [f"{TERM}Network"])
    ids = {at: first(triples[at], "factId") for at in network.get("nodes", [])}
    ties = []
    for at in network.get("ties", []):
        tie = triples[at]
        a, b = (tie["start"][0], tie["end"][0]) if "start" in tie else tie["ends"]
        ties.append((ids[a], ids[b], values(tie)))
    return found(first(network, "directed"), {ids[at]: values(triples[at]) for at in ids}, ties)


def _gathered(triples: Iterable[tuple[str, str, Any]]) -> Triples:
    every: Triples = {}
    for subject, predicate, value in triples:
        name = predicate.removeprefix(TERM) if predicate.startswith(TERM) else "#" + predicate.partition("#")[2]
        every.setdefault(subject, {}).setdefault(name, []).append(value)
    return every


def jsonld_by_oxigraph(path: str) -> Found:
    def value(of: Any) -> Any:
        if not isinstance(of, pyoxigraph.Literal):
            return str(of.value)
        return TYPED[of.datatype.value.partition("#")[2]](of.value)

    read = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.JSON_LD)
    return _rdf(_gathered((each.subject.value, each.predicate.value, value(each.object)) for each in read))


def jsonld_by_rdflib(path: str) -> Found:
    def value(of: Any) -> Any:
        if not isinstance(of, rdflib.Literal):
            return str(of)
        return TYPED[str(of.datatype or "#string").partition("#")[2]](str(of))

    read = rdflib.Graph().parse(path, format="json-ld")
    return _rdf(_gathered((str(a), str(b), value(c)) for a, b, c in read))
