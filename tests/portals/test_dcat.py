"""DCAT: the same catalogue in four formats gives the same records; languages, lists, nested nodes, and what is no RDF."""

from typing import Any

import pyoxigraph
import pytest
from aiohttp import web

from graph.portals.rdf import FORMATS, listed
from tests.portals.reading import reading, run
from tests.portals.server import Dialect, Portal

TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://x.example/c> a dcat:Catalog ; dcat:dataset <http://x.example/1> ; dct:license <http://x.example/licence> .
<http://x.example/1> a dcat:Dataset ; dct:title "Visits"@en, "Besuche Köln"@de, "Wizyty"@pl ; dc:title "old" ;
  dcat:keyword "b", "a" ;
  dct:modified "2026-05-01T10:00:00"^^xsd:dateTime ; dct:publisher [ foaf:name "City" ] ; dct:isPartOf <http://x.example/1> ;
  dcat:distribution <http://x.example/f> ; dct:spatial <http://x.example/place> ; dct:description "" .
<http://x.example/f> a dcat:Distribution ; dcat:byteSize 1234567890123456789.5 ; dcat:downloadURL <http://x.example/f.csv> .
<http://x.example/2> a dcat:Dataset ; dct:title "Only" .
"""
MEDIA = {
    "jsonld": "application/ld+json",
    "turtle": "text/turtle",
    "rdfxml": "application/rdf+xml",
    "ntriples": "application/n-triples",
}


def written(form: str) -> bytes:
    """Write the catalogue in a format."""
    triples = [
        pyoxigraph.Triple(*each) for each in (q.triple for q in pyoxigraph.parse(TURTLE, pyoxigraph.RdfFormat.TURTLE))
    ]
    text = pyoxigraph.serialize(triples, format=getattr(pyoxigraph.RdfFormat, FORMATS[form]))
    assert text is not None
    return text


def records(languages: tuple[str, ...] = ("en",), form: str = "turtle") -> list[dict[str, Any]]:
    return listed(written(form), form, "http://x.example/", languages).datasets


@pytest.mark.parametrize("form", FORMATS)
def test_formats_give_the_same(form: str) -> None:
    first, second = records(form=form)
    assert first["uri"] == "http://x.example/1"
    assert first["title"] == "Visits"
    assert first["keyword"] == ["a", "b"]
    assert first["modified"] == "2026-05-01T10:00:00"
    assert first["publisher"] == {"name": "City"}
    assert first["isPartOf"] == first["uri"]
    assert first["spatial"] == "http://x.example/place"
    assert first["description"] == ""
    assert first["distribution"] == [
        {"uri": "http://x.example/f", "byteSize": "1234567890123456789.5", "downloadURL": "http://x.example/f.csv"}
    ]
    assert second == {"uri": "http://x.example/2", "title": "Only"}
    assert listed(written(form), form, "http://x.example/", ()).licence == "http://x.example/licence"


@pytest.mark.parametrize(
    ("languages", "title"),
    [
        (("de",), "Besuche Köln"),
        (("fr", "pl"), "Wizyty"),
        (("fr",), "Besuche Köln"),
        ((), "Besuche Köln"),
        (("en",), "Visits"),
    ],
)
def test_one_language_is_taken(languages: tuple[str, ...], title: str) -> None:
    """A wanted one, or else the first by the alphabet, so that two readings agree."""
    assert records(languages)[0]["title"] == title


def served(body: bytes, kind: str, **options: str) -> Portal:
    def answer(portal: Portal, request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": kind})

    return Portal(Dialect("dcat", {"kind": "dcat", **options}, answer, lambda values: (0, ""), path="/catalog"))


@pytest.mark.parametrize("form", FORMATS)
def test_the_format_is_of_the_media_type_or_the_option(form: str) -> None:
    async def work() -> None:
        async with served(written(form), MEDIA[form]) as portal:
            assert len((await reading(portal.options)).records) == 2
        async with served(written(form), "text/plain", format=form) as portal:
            assert len((await reading(portal.options)).records) == 2
        async with served(written(form), "text/plain") as portal:
            assert "`format` says it" in (await reading(portal.options)).failure

    run(work)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"", "text/turtle"), (b"<a> <b>", "text/turtle"), (b"{", "application/ld+json"), (b"<rdf", "application/rdf+xml"),
     (b'{"@context": "https://elsewhere.example/context", "@id": "a"}', "application/ld+json")],
)  # fmt: skip
def test_what_cannot_be_read_is_a_failure(body: bytes, kind: str) -> None:
    """Also a context that lies elsewhere: it is not loaded."""

    async def work() -> None:
        async with served(body, kind) as portal:
            assert portal.root in (await reading(portal.options)).failure

    run(work)
