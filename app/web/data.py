"""What the pages read besides answers. In: trusted documents. Out: JSON: how many facts are real, and the questions to ask.

app/web/explorer/views/ask.js shows the questions, views/start.js the counts.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from app.start.trusted import Trusted, TrustedDocument, lines
from schema.derived.reference.systems import SYSTEMS
from seeds import QUESTIONS
from seeds.counts import counted


def counts() -> bytes:
    """Say how many rows the seeds have, and how many of them are real."""
    told = counted()
    return orjson.dumps({"rows": told.rows, "real": told.real, "madeUp": told.rows - told.real})


def questions(trusted: Trusted) -> bytes:
    """List the questions, and the systems that they are about, in order."""
    systems = [{"number": str(each.number), "heading": each.heading} for each in SYSTEMS]
    return orjson.dumps({"systems": systems, "questions": list(map(_question, trusted.documents))})


def _question(known: TrustedDocument) -> dict[str, Any]:
    header = lines(known.text)
    return {
        "id": known.id,
        "sentence": known.head.sentence or known.id,
        "more": " ".join(header.prose).removeprefix(known.head.sentence).strip(),
        "systems": list(_systems(header.keys.get("system", ()))),
        "variables": dict(known.head.variables),
        "viewer": known.head.viewer,
        "graphql": header.body,
        "cypher": cypher(known),
    }


def _systems(given: tuple[str, ...]) -> Iterator[str]:
    """Yield the numbers that are those of a system."""
    known = {str(each.number) for each in SYSTEMS}
    yield from (number for number in given if number in known)


def cypher(known: TrustedDocument) -> str | None:
    """Return the same question in Cypher; None if there is none, or if the document is not the one that comes with citygraph."""
    own, twin = (QUESTIONS / f"{known.id}{suffix}" for suffix in (".graphql", ".cypher"))
    if not twin.is_file() or own.read_text(encoding="utf-8") != known.text:
        return None
    return twin.read_text(encoding="utf-8")
