"""The terms under which facts of a network may be used. In: ids of sources. Out: what the sources state that a viewer may see."""

from collections.abc import Sequence

from graph.access.rights import Rights
from graph.cypher import learning as cypher
from graph.export.licences import address_of
from graph.measures.learning.read import Reader, Reading
from schema.domain.evidence import LICENCE
from schema.model import model


async def licences(
    reader: Reader, rights: Rights, sources: Sequence[str], *, synthetic: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the licences of sources, by address if they are known and else as stated; and the ids that the viewer sees."""
    if not sources:
        return (), ()
    reading = Reading(reader, rights, model(), synthetic)
    part = cypher.named((LICENCE,), by_audience=rights.by_audience, synthetic=synthetic)
    (rows,) = await reading.rows(part, ids=list(sources))
    stated = sorted({address_of(text) or text for _, text in rows if text})
    return tuple(stated), tuple(sorted(id_ for id_, _ in rows))
