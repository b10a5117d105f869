"""Content negotiation. In: an Accept header. Out: the media type of the response, or None if ours are not accepted."""

from collections.abc import Iterator
from functools import lru_cache

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
STREAM = "text/event-stream"


def accepted(header: str | None) -> list[tuple[str, float]]:
    """Return the media ranges of an Accept header with their weights, the largest weight first."""
    ranges = [(name, weight) for name, weight in _weighted(header or "*/*") if weight > 0]
    return sorted(ranges, key=lambda pair: -pair[1])


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            yield name, next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)


@lru_cache(maxsize=256)
def takes_gzip(header: str | None) -> bool:
    """Whether an Accept-Encoding header accepts gzip."""
    weights = dict(_weighted(header or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


@lru_cache(maxsize=256)
def response_type(header: str | None) -> str | None:
    """Return the media type of the response; None if the client accepts neither of ours."""
    for name, _ in accepted(header):
        if name in (GRAPHQL, STREAM):
            return name
        if name in (JSON, "application/*", "*/*"):
            return JSON
    return None


@lru_cache(maxsize=256)
def takes_stream(header: str | None) -> bool:
    """Whether an Accept header names server-sent events. A header that accepts everything does not."""
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
