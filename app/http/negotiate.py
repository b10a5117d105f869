"""Content negotiation. In: an Accept header. Out: the media type of the response, or None if ours are not accepted."""

from collections.abc import Iterator
from functools import lru_cache

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
STREAM = "text/event-stream"
LONGEST = 1_000
"""Characters of a header that are read. Browsers send less than 200."""


def accepted(header: str | None) -> list[tuple[str, float]]:
    """Return the media ranges of an Accept header with their weights, the largest weight first."""
    ranges = [(name, weight) for name, weight in _weighted(header or "*/*") if weight > 0]
    return sorted(ranges, key=lambda pair: -pair[1])


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for part in header[:LONGEST].split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            yield name, next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)


def takes_gzip(header: str | None) -> bool:
    """Whether an Accept-Encoding header accepts gzip."""
    return _takes_gzip(_short(header))


def response_type(header: str | None) -> str | None:
    """Return the media type of the response; None if the client accepts neither of ours."""
    return _response_type(_short(header))


def takes_stream(header: str | None) -> bool:
    """Whether an Accept header names server-sent events. A header that accepts everything does not."""
    return _takes_stream(_short(header))


def _short(header: str | None) -> str | None:
    """Return what is read of a header. What is remembered for it is small then."""
    return header if header is None or len(header) <= LONGEST else header[:LONGEST]


@lru_cache(maxsize=256)
def _takes_gzip(header: str | None) -> bool:
    weights = dict(_weighted(header or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


@lru_cache(maxsize=256)
def _response_type(header: str | None) -> str | None:
    for name, _ in accepted(header):
        if name in (GRAPHQL, STREAM):
            return name
        if name in (JSON, "application/*", "*/*"):
            return JSON
    return None


@lru_cache(maxsize=256)
def _takes_stream(header: str | None) -> bool:
    return any(name == STREAM for name, _ in accepted(header))


def wants_page(header: str | None) -> bool:
    """Whether the client prefers HTML to JSON, as browsers do."""
    names = [name for name, _ in accepted(header)]
    return HTML in names and not any(name in (GRAPHQL, JSON) for name in names[: names.index(HTML)])


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
