"""Reading a network of any format. In: one file, or a CSV file of people and one of ties. Out: Network."""

from collections.abc import Callable, Sequence
from pathlib import Path

from graph.load.files import MOST_BYTES, UnreadableFile
from graph.load.networks import tables
from graph.load.networks.lines import read_dl, read_pajek
from graph.load.networks.markup import read_markup
from graph.load.networks.network import Network
from graph.load.networks.notation import read_gml, read_json

TEXTS: dict[str, Callable[[str, str], Network]] = {
    ".net": read_pajek,
    ".paj": read_pajek,
    ".dl": read_dl,
    ".gml": read_gml,
    ".json": read_json,
}
MARKUP, TABLES = (".gexf", ".graphml"), (".csv", ".tsv", ".zip", ".xlsx")
ENDINGS = (*MARKUP, *TEXTS, *TABLES)


def read_network(paths: Sequence[Path]) -> Network:
    """Read a network; raise UnreadableFile, which says what is wrong and what is accepted."""
    endings = {path.suffix.lower() for path in paths}
    unknown = sorted(endings - set(ENDINGS))
    if unknown:
        raise UnreadableFile(f"Files that end in {unknown[0] or 'nothing'} are not read as networks; {_accepted()}")
    if len(paths) > 1 and not endings <= {".csv", ".tsv"}:
        raise UnreadableFile("Several files are read together only if all are CSV: one of people and one of ties.")
    try:
        for path in paths:
            if path.stat().st_size > MOST_BYTES:
                raise UnreadableFile(f"{path} is larger than {MOST_BYTES // 2**20} MiB.")
        return _read(paths)
    except OSError as error:
        raise UnreadableFile(f"{error.filename or paths[0]} cannot be read: {error.strerror or error}.") from error


def _read(paths: Sequence[Path]) -> Network:
    path, ending = paths[0], paths[0].suffix.lower()
    if ending in MARKUP:
        with path.open("rb") as file:
            return read_markup(file, path.name)
    if ending in TEXTS:
        return TEXTS[ending](tables.decoded(path.read_bytes(), path.name), path.name)
    if ending == ".zip":
        with path.open("rb") as file:
            return tables.read_tables(tables.zipped(file, path.name), path.name)
    if ending == ".xlsx":
        return tables.read_tables(tables.sheets(path), path.name)
    texts = [(each.name, tables.csv_rows(tables.decoded(each.read_bytes(), each.name), each.name)) for each in paths]
    return tables.read_tables(texts, " and ".join(each.name for each in paths))


def _accepted() -> str:
    return f"accepted are {', '.join(ENDINGS)}."
