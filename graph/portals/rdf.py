"""Data sets in RDF. In: a page of a DCAT catalogue, its media type. Out: a flat dict for each data set, and the next page.

Literals stay as they are written. Of texts in several languages one is taken.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.portals.paging import row_key

DCAT, DCT, HYDRA = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://www.w3.org/ns/hydra/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SHORT = (DCT, DCAT, "http://xmlns.com/foaf/0.1/", "http://www.w3.org/ns/adms#", "http://www.w3.org/2006/vcard/ns#")
"""Vocabularies whose names are written without their prefix; of equal names the first counts."""
LISTS = ("keyword", "theme", "distribution", "language")
"""Properties that are a list also if there is one."""
DEEPEST = 3
FORMATS = {
    "jsonld": "JSON_LD", "turtle": "TURTLE", "rdfxml": "RDF_XML", "ntriples": "N_TRIPLES",
}  # fmt: skip
WORDS = {
    "ld+json": "jsonld",
    "json": "jsonld",
    "turtle": "turtle",
    "rdf+xml": "rdfxml",
    "xml": "rdfxml",
    "n-triples": "ntriples",
}
"""Parts of media types, and the formats that they mean; the first that fits counts."""
ENDS = {".jsonld": "jsonld", ".json": "jsonld", ".ttl": "turtle", ".rdf": "rdfxml", ".xml": "rdfxml", ".nt": "ntriples"}

Terms = dict[str, list[Any]]


@dataclass(frozen=True)
class Listed:
    """What a page lists: data sets, the next page, the number of all, and the licence of the catalogue itself."""

    datasets: list[dict[str, Any]]
    link: str | None
    total: int | None
    licence: str | None


def format_of(media_type: str, path: str, wanted: str | None) -> str | None:
    """Return the format of a body: the one of the option, of its media type, or of the end of its path."""
    if wanted is not None:
        return wanted
    found = next((name for part, name in WORDS.items() if part in media_type.lower()), None)
    return found or next((name for end, name in ENDS.items() if path.lower().endswith(end)), None)


def listed(body: bytes, form: str, base: str, languages: tuple[str, ...]) -> Listed:
    """Read a page; raise ValueError or SyntaxError if it is not of its format."""
    graph = _Graph(body, form, base)
    found = graph.of_type(f"{DCAT}Dataset") + graph.of_type(f"{DCAT}DatasetSeries")
    datasets = [graph.flat(subject, languages) for subject in sorted(set(found))]
    catalogues = graph.of_type(f"{DCAT}Catalog")
    licences = sorted({text for each in catalogues for text in graph.texts(each, f"{DCT}license")})
    views = [graph.texts(s, f"{HYDRA}{name}") for s in graph.subjects for name in ("next", "nextPage")]
    links = sorted({link for view in views for link in view})
    totals = {text for s in graph.subjects for text in graph.texts(s, f"{HYDRA}totalItems")}
    total = next(iter(totals)) if len(totals) == 1 else ""
    return Listed(
        datasets,
        links[0] if links else None,
        int(total) if total.isdecimal() else None,
        licences[0] if len(licences) == 1 else None,
    )


class _Graph:
    """The triples of a page by subject. Subjects are texts: addresses, or `_:` with a name for blank nodes."""

    def __init__(self, body: bytes, form: str, base: str) -> None:
        import pyoxigraph

        self.subjects: dict[str, Terms] = defaultdict(lambda: defaultdict(list))
        chosen = getattr(pyoxigraph.RdfFormat, FORMATS[form])
        for quad in pyoxigraph.parse(body, format=chosen, base_iri=base, lenient=True):
            self.subjects[_name(quad.subject)][_name(quad.predicate)].append(quad.object)
        self._literal = pyoxigraph.Literal

    def of_type(self, iri: str) -> list[str]:
        return [s for s, terms in self.subjects.items() if any(_name(each) == iri for each in terms.get(TYPE, ()))]

    def texts(self, subject: str, predicate: str) -> list[str]:
        terms = self.subjects.get(subject, {})
        return [each.value if isinstance(each, self._literal) else _name(each) for each in terms.get(predicate, ())]

    def flat(self, subject: str, languages: tuple[str, ...], depth: int = 0) -> dict[str, Any]:
        """Return the properties of a subject under short names."""
        values: dict[str, Any] = {} if subject.startswith("_:") else {"uri": subject}
        terms = self.subjects.get(subject, {})
        for predicate in sorted(terms, key=_rank):
            name = _short(predicate)
            if name not in values and predicate != TYPE:
                values[name] = self._value(terms[predicate], languages, depth, listed=name in LISTS)
        return values

    def _value(self, terms: list[Any], languages: tuple[str, ...], depth: int, *, listed: bool) -> Any:
        texts = [each for each in terms if isinstance(each, self._literal)]
        chosen = _language({each.language for each in texts}, languages)
        plain = [each.value for each in texts if each.language == chosen]
        others = [self._node(_name(each), languages, depth) for each in terms if not isinstance(each, self._literal)]
        found = sorted(plain) + sorted(others, key=lambda each: each if isinstance(each, str) else row_key(each))
        return found if listed or len(found) != 1 else found[0]

    def _node(self, name: str, languages: tuple[str, ...], depth: int) -> Any:
        """Return what a page says of a node; its address alone if it says nothing, or if this would lead too deep."""
        if depth >= DEEPEST or name not in self.subjects or _is_dataset(self.subjects[name]):
            return name
        return self.flat(name, languages, depth + 1)


def _is_dataset(terms: Mapping[str, list[Any]]) -> bool:
    return any(_name(each) in (f"{DCAT}Dataset", f"{DCAT}Catalog") for each in terms.get(TYPE, ()))


def _name(term: Any) -> str:
    text = str(term)
    return text if text.startswith("_:") else str(getattr(term, "value", text))


def _rank(predicate: str) -> tuple[int, str]:
    """Order predicates so that the first of those with the same short name counts."""
    places = [at for at, prefix in enumerate(SHORT) if predicate.startswith(prefix)]
    return (places[0] if places else len(SHORT), predicate)


def _short(predicate: str) -> str:
    found = next((prefix for prefix in SHORT if predicate.startswith(prefix)), None)
    return predicate.removeprefix(found) if found is not None else predicate


def _language(tags: set[str | None], wanted: tuple[str, ...]) -> str | None:
    """Choose a language: a wanted one, also by its first part; else texts without one; else the first by the alphabet."""
    named = sorted(tag for tag in tags if tag)
    for each in wanted:
        fitting = [tag for tag in named if tag.lower() == each or tag.lower().startswith(f"{each}-")]
        if fitting:
            return fitting[0]
    return named[0] if named and None not in tags else None
