"""Headers: those of responses, and what is read of those of a request."""

from collections.abc import Sequence

AGAIN = {"retry-after": "1"}
ALWAYS = {
    "cache-control": "private, no-store",
    "vary": "Accept, Accept-Encoding, Authorization",
    "x-content-type-options": "nosniff",
}
"""Headers that every response has."""
Raw = list[tuple[bytes, bytes]]


def raw(headers: dict[str, str]) -> Raw:
    """Return headers as ASGI sends them."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


class Given:
    """The headers of a request, by their names in lower case; the first one of a name counts."""

    __slots__ = ("_by_name",)

    def __init__(self, headers: Sequence[tuple[bytes, bytes]]) -> None:
        self._by_name = dict(reversed(headers))

    def get(self, name: bytes) -> str | None:
        """Return a header, None if there is none."""
        value = self._by_name.get(name)
        return None if value is None else value.decode("latin-1")
