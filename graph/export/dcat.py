"""A catalogue after DCAT-AP 3 (semiceu.github.io/DCAT-AP/releases/3.0.0). In: entries, addresses. Out: JSON-LD or Turtle.

Every node has an address, so that the two forms are the same graph and a harvester finds a data set again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from graph.export.datasets import Dataset
from graph.export.formats import CSV, LINES, MEDIA, PARQUET
from graph.export.licences import KNOWN, UNKNOWN, Terms
from graph.export.store import Entry

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

JSON_LD, TURTLE = "application/ld+json", "text/turtle"
PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
FILE_TYPES = {CSV: f"{AUTHORITY}file-type/CSV", PARQUET: f"{AUTHORITY}file-type/PARQUET"}
"""The EU's table has no code for JSON Lines; it gets a node of our own."""
SHOWN = {CSV: "CSV", LINES: "JSONL", PARQUET: "PARQUET"}
SAYS = {
    CSV: "One table. Items of a list are joined by `|`; a text that a spreadsheet would run begins with a quote.",
    LINES: "One JSON object a line, as `citygraph load` reads it: nothing is lost.",
    PARQUET: "One table with the types of the properties.",
}
THEME = f"{AUTHORITY}data-theme/REGI"
"""Regions and cities."""
UNKNOWN_TERMS = "http://purl.org/adms/licencetype/UnknownIPR"
"""The kind of licence, in the vocabulary of ADMS, of which nothing is known."""
MOST_NAMED = 20
"""Terms that the description of a licence names."""


class Addresses(Protocol):
    """Where things are published."""

    @property
    def catalogue(self) -> str:
        """Address of the catalogue."""
        ...

    @property
    def entities(self) -> str:
        """Base of the NGSI-LD interface; empty if there is none."""
        ...

    def dataset(self, dataset: Dataset) -> str:
        """Return the address of a data set."""
        ...

    def distribution(self, dataset: Dataset, format_: str) -> str:
        """Return the address that names a data set in one format."""
        ...

    def file(self, dataset: Dataset, format_: str) -> str:
        """Return the address of a file."""
        ...


@dataclass(frozen=True)
class Published:
    """What is listed: data sets with their entries, the formats of each, who publishes them, and where."""

    entries: Sequence[tuple[Dataset, Entry]]
    addresses: Addresses
    publisher: str
    formats: tuple[str, ...] = (CSV, LINES, PARQUET)

    @property
    def modified(self) -> datetime | None:
        """When something that is listed last changed, or was last left out."""
        return max((entry.modified for _, entry in self.entries if entry.modified), default=None)


def catalogue(published: Published, media: str) -> bytes:
    """Write the whole catalogue. Data sets without facts are left out."""
    return _written(_catalogue(published), media)


def description(published: Published, media: str) -> bytes:
    """Write what the catalogue says of its data sets, without the catalogue itself."""
    graph = _Graph(published.addresses.catalogue)
    every = (triple for dataset, entry in published.entries for triple in _dataset(graph, published, dataset, entry))
    return _written([*every, *_shared(graph, published)], media)


def _written(triples: Iterable["Triple"], media: str) -> bytes:
    from pyoxigraph import RdfFormat, serialize

    form = RdfFormat.JSON_LD if media == JSON_LD else RdfFormat.TURTLE
    return serialize(list(dict.fromkeys(triples)), format=form, prefixes=PREFIXES) or b""


class _Graph:
    """Makes triples of short names."""

    def __init__(self, catalogue: str) -> None:
        self.catalogue = catalogue
        self.publisher, self.contact = f"{catalogue}#publisher", f"{catalogue}#contact"
        self.lines = f"{catalogue}#json-lines"

    def about(self, subject: str, *pairs: tuple[str, Any]) -> Iterator["Triple"]:
        """Yield what is said of a subject; an object that is None is left out, and a list says each of its items."""
        from pyoxigraph import Triple

        node = self.node(subject)
        for predicate, value in pairs:
            for each in value if isinstance(value, list) else [value]:
                if each is not None:
                    yield Triple(node, self.node(predicate), each)

    def node(self, name: str) -> "NamedNode":
        """Return the node of an address, or of a name such as dct:title."""
        from pyoxigraph import NamedNode

        prefix, _, rest = name.partition(":")
        return NamedNode(PREFIXES[prefix] + rest if prefix in PREFIXES else name)

    def text(self, text: str) -> Any:
        """Return a text in English."""
        from pyoxigraph import Literal

        return Literal(text, language="en")

    def plain(self, text: str) -> Any:
        """Return a text in no language."""
        from pyoxigraph import Literal

        return Literal(text)

    def time(self, moment: datetime | None) -> Any:
        """Return a moment."""
        from pyoxigraph import Literal

        written = None if moment is None else moment.isoformat().replace("+00:00", "Z")
        return written and Literal(written, datatype=self.node("xsd:dateTime"))


def _catalogue(published: Published) -> Iterator["Triple"]:
    graph, at = _Graph(published.addresses.catalogue), published.addresses
    listed = [(dataset, entry) for dataset, entry in published.entries if entry.rows]
    service = f"{at.catalogue}#ngsi-ld" if at.entities else None
    yield from graph.about(
        at.catalogue,
        ("rdf:type", graph.node("dcat:Catalog")),
        ("dct:title", graph.text(f"{published.publisher}: how cities learn from each other")),
        ("dct:description", graph.text("Public facts on visits, lessons, practices and the networks of cities.")),
        ("dct:publisher", graph.node(graph.publisher)),
        ("dct:language", graph.node(f"{AUTHORITY}language/ENG")),
        ("dct:modified", graph.time(published.modified)),
        ("dcat:themeTaxonomy", graph.node(f"{AUTHORITY}data-theme")),
        ("dcat:dataset", [graph.node(at.dataset(dataset)) for dataset, _ in listed]),
        ("dcat:service", service and graph.node(service)),
    )
    yield from _shared(graph, published)
    for dataset, entry in listed:
        yield from _dataset(graph, published, dataset, entry)
    if service:
        yield from graph.about(
            service,
            ("rdf:type", graph.node("dcat:DataService")),
            ("dct:title", graph.text("Facts as NGSI-LD entities")),
            ("dcat:endpointURL", graph.node(at.entities)),
            ("dct:publisher", graph.node(graph.publisher)),
            ("dcat:contactPoint", graph.node(graph.contact)),
            (
                "dcat:servesDataset",
                [graph.node(at.dataset(dataset)) for dataset, _ in listed if not dataset.of_relationships],
            ),
        )


def _shared(graph: _Graph, published: Published) -> Iterator["Triple"]:
    """Describe what several data sets name: the publisher, the contact, the formats."""
    name = graph.plain(published.publisher)
    yield from graph.about(graph.publisher, ("rdf:type", graph.node("foaf:Agent")), ("foaf:name", name))
    yield from graph.about(
        graph.contact,
        ("rdf:type", graph.node("vcard:Organization")),
        # For readers that do not know the vocabulary: DCAT-AP asks for this class.
        ("rdf:type", graph.node("vcard:Kind")),
        ("vcard:fn", name),
        ("vcard:hasURL", graph.node(graph.catalogue)),
    )
    for format_ in published.formats:
        yield from graph.about(
            FILE_TYPES.get(format_, graph.lines),
            ("rdf:type", graph.node("dct:MediaTypeOrExtent")),
            ("rdfs:label", graph.plain(SHOWN[format_])),
            ("rdf:value", None if format_ in FILE_TYPES else graph.plain(MEDIA[format_])),
        )


def _dataset(graph: _Graph, published: Published, dataset: Dataset, entry: Entry) -> Iterator["Triple"]:
    address, at = published.addresses.dataset(dataset), published.addresses
    kind = "Relationships" if dataset.of_relationships else "Facts"
    yield from graph.about(
        address,
        ("rdf:type", graph.node("dcat:Dataset")),
        ("dct:title", graph.text(f"{kind}: {dataset.title}")),
        ("dct:description", graph.text(f"{dataset.description} {entry.rows:,} public facts.")),
        ("dct:identifier", graph.plain(address)),
        ("dct:publisher", graph.node(graph.publisher)),
        ("dcat:contactPoint", graph.node(graph.contact)),
        ("dct:modified", graph.time(entry.modified)),
        ("dct:language", graph.node(f"{AUTHORITY}language/ENG")),
        ("dct:accessRights", graph.node(f"{AUTHORITY}access-right/PUBLIC")),
        ("dcat:theme", graph.node(THEME)),
        ("dcat:keyword", [graph.text(word) for word in ("cities", *dataset.neighbourhoods)]),
        ("dcat:distribution", [graph.node(at.distribution(dataset, format_)) for format_ in published.formats]),
    )
    licence = _licence(graph, entry.terms, f"{at.catalogue}#licence-{dataset.name}")
    yield from licence[1]
    for format_ in published.formats:
        file, known = graph.node(at.file(dataset, format_)), format_ in FILE_TYPES
        yield from graph.about(
            at.distribution(dataset, format_),
            ("rdf:type", graph.node("dcat:Distribution")),
            ("dct:title", graph.text(f"{dataset.title} as {SHOWN[format_]}")),
            ("dct:description", graph.text(SAYS[format_])),
            ("dcat:accessURL", file),
            ("dcat:downloadURL", file),
            ("dct:format", graph.node(FILE_TYPES.get(format_, graph.lines))),
            ("dcat:mediaType", graph.node(IANA + MEDIA[format_]) if known else None),
            ("dct:license", graph.node(licence[0])),
            ("dct:modified", graph.time(entry.modified)),
            ("dcatap:availability", graph.node(f"{AUTHORITY}planned-availability/AVAILABLE")),
        )


def _licence(graph: _Graph, terms: Sequence[Terms], own: str) -> tuple[str, list["Triple"]]:
    """Return the address of the licence of a data set, and what is said of it.

    If all sources state the same known licence, that is it. Otherwise a document of our own lists what they state.
    """
    if len(terms) == 1 and terms[0].address:
        address = terms[0].address
        said = graph.about(
            address,
            ("rdf:type", graph.node("dct:LicenseDocument")),
            ("dct:title", graph.plain(KNOWN[address][0])),
        )
        return address, list(said)
    unknown = all(each.text == UNKNOWN for each in terms)
    named = "; ".join(f"{each.text} ({each.facts:,} facts)" for each in terms[:MOST_NAMED])
    more = f"; and {len(terms) - MOST_NAMED:,} more" if len(terms) > MOST_NAMED else ""
    said = graph.about(
        own,
        ("rdf:type", graph.node("dct:LicenseDocument")),
        ("dct:title", graph.plain(UNKNOWN) if unknown else graph.text("As the sources of each fact state")),
        ("dct:description", graph.text(f"What the sources of the facts state: {named}{more}.")),
        ("dct:type", graph.node(UNKNOWN_TERMS) if any(each.text == UNKNOWN for each in terms) else None),
        ("dct:references", [graph.node(each.address) for each in terms if each.address]),
    )
    return own, list(said)
