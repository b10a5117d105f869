"""The kinds of portals. In: the options of a feed, as its mapping file states them under `from`. Out: a Source; BadOptions."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from graph.load.records import Source
from graph.portals import arcgis, ckan, dcat, feed, ngsi_ld, ogc_features, opendatasoft, plain, socrata
from graph.portals.limits import Asked, BadOptions, Limits
from graph.portals.options import Kind, Option, asked


def kinds() -> dict[str, Kind]:
    """Return all kinds by name."""
    return {kind.name: kind for kind in (*_tables(), *_features(), *_files())}


def open_portal(options: Mapping[str, Any], limits: Limits) -> Source:
    """Make the source that the options describe; raise BadOptions. Nothing is asked yet."""
    known, name = kinds(), options.get("kind")
    if not isinstance(name, str) or name not in known:
        close = get_close_matches(str(name), known, 1)
        meant = f" Is {close[0]!r} meant?" if close else ""
        raise BadOptions([f"kind: {name!r} is not accepted.{meant} Accepted are {', '.join(known)}."])
    return known[name].make(asked(known[name], options, limits))


def _tables() -> tuple[Kind, ...]:
    needed = True
    return (
        Kind(
            "ckan",
            "the data sets of a CKAN",
            (Option("query", "search text, as `q` of package_search"), Option("filter", "filter, as `fq` of package_search")),
            ckan.Catalogue, page_size=100, most_in_a_page=1_000, prefix="",
        ),
        Kind(
            "ckan-datastore",
            "the rows of a resource in the DataStore of a CKAN",
            (
                Option("resource", "id of the resource", required=needed),
                Option("filters", "columns and the values that they must have", dict),
            ),
            ckan.Rows, page_size=1_000, most_in_a_page=32_000, prefix="",
        ),
        Kind(
            "socrata",
            "the rows of a data set of a Socrata portal",
            (
                Option("dataset", "id of the data set, such as nwrr-3nqz", required=needed),
                Option("where", "condition in SoQL"),
                Option("select", "columns in SoQL; all of them by default"),
            ),
            socrata.Socrata, page_size=1_000, most_in_a_page=50_000, header="X-App-Token", prefix="",
        ),
        Kind(
            "opendatasoft",
            "the records of a data set of an Opendatasoft domain",
            (
                Option("dataset", "id of the data set", required=needed),
                Option("mode", "all in one export, or in pages; export by default", choices=("export", "records")),
                Option("where", "condition in ODSQL"),
                Option("select", "fields in ODSQL"),
                Option("order_by", "order in ODSQL that is unique"),
            ),
            opendatasoft.Opendatasoft, page_size=100, most_in_a_page=100, prefix="Apikey ",
        ),
    )  # fmt: skip


def _features() -> tuple[Kind, ...]:
    needed = True
    return (
        Kind(
            "arcgis",
            "the features of a layer of an ArcGIS Feature service",
            (
                Option("where", "condition in SQL; 1=1 by default"),
                Option("fields", "names of fields, with commas; all by default"),
                Option("key", "field that tells features apart, if the object id does not"),
            ),
            arcgis.Layer, page_size=1_000, most_in_a_page=32_000, header="X-Esri-Authorization",
        ),
        Kind("arcgis-hub", "the items of an ArcGIS Hub site", (), arcgis.Hub, header="X-Esri-Authorization"),
        Kind(
            "ngsi-ld",
            "the entities of a type of an NGSI-LD context broker",
            (
                Option("type", "type of the entities, short with `context`, or its whole IRI", required=needed),
                Option("context", "address of the JSON-LD context"),
                Option("tenant", "tenant of the broker"),
                Option("query", "condition, as `q` of the broker"),
            ),
            ngsi_ld.Broker, page_size=100, most_in_a_page=1_000,
        ),
        Kind(
            "ogc-features",
            "the features of a collection of an OGC API Features server",
            (
                Option("collection", "id of the collection", required=needed),
                Option("bbox", "four numbers with commas: west, south, east, north"),
                Option("datetime", "an instant or interval"),
            ),
            ogc_features.Collection, page_size=500, most_in_a_page=10_000,
        ),
    )  # fmt: skip


def _files() -> tuple[Kind, ...]:
    return (
        Kind(
            "dcat",
            "the data sets of a DCAT catalogue",
            (
                Option("format", "format, if the server states none", choices=("jsonld", "turtle", "rdfxml", "ntriples")),
                Option("languages", "languages in the order of preference; en by default"),
            ),
            dcat.Catalogue,
        ),
        Kind(
            "csv",
            "a CSV file",
            (
                Option("delimiter", "what separates cells; a comma by default"),
                Option("encoding", "such as latin-1; UTF-8 by default"),
                Option("quote", "what cells with a delimiter stand in; none for nothing"),
                Option("header", "number of the line with the names of the columns; 1 by default", int),
            ),
            plain.File,
        ),
        Kind(
            "excel",
            "a sheet of an Excel file (.xlsx)",
            (
                Option("sheet", "name of the sheet, or its number from 1; needed if several can be seen", str | int),
                Option("header", "number of the row with the names of the columns; 1 by default", int),
            ),
            plain.File,
        ),
        Kind("parquet", "a Parquet file", (), plain.File),
        Kind(
            "json",
            "a JSON file, or pages of JSON",
            (
                Option("items", "where the list of records is, with dots; the whole answer by default"),
                Option("form", "one document, or a document in each line", choices=("document", "lines")),
                Option("next", "where the address of the next page is, with dots"),
                Option("page_parameter", "parameter with the number of the page; pages end at an empty one"),
                Option("first_page", "number of the first page; 1 by default", int),
                Option("total", "where the number of all records is, with dots"),
                Option("key", "field of a record that tells it apart; all of it by default"),
            ),
            _json,
        ),
        Kind(
            "feed",
            "the entries of an RSS or Atom feed",
            (Option("whole", "the feed holds all entries, not the newest", bool),),
            feed.Entries,
        ),
    )  # fmt: skip


def _json(asked: Asked) -> Source:
    """Make the source of a file, or of pages."""
    paged = asked.option("next") is not None or asked.option("page_parameter") is not None
    return plain.Paged(asked) if paged else plain.File(asked)
