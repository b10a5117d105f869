"""Ids of facts that are created one by one. In: a declaration, values, a seed. Out: an id that nobody has.

The end of an id is random: a readable id alone could be that of a fact that the writer must not know of.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from schema.derived.rows import marking_of
from schema.language.declare import ConceptSpec, RelationshipSpec, kebab
from schema.language.ids import slug
from schema.language.kinds import Marking
from schema.language.writes import natural

READABLE, SHORT, LONG = 60, 10, 26
"""Characters of the readable part, and of the random part behind it or alone: 50 and 130 bits."""


def fresh_id(spec: ConceptSpec, values: Mapping[str, Any], seed: bytes, where: str) -> str:
    """Make the id of a new node: readable for CLEAR and GREEN facts, random above."""
    if _is_confidential(spec, values):
        return f"{spec.prefix}/{_random(seed, where)[:LONG]}"
    texts = [str(values[prop.name]) for prop in natural(spec) if prop.name in values]
    readable = slug(texts[-1])[:READABLE].strip("-") if texts else ""
    return f"{spec.prefix}/{'-'.join(filter(None, (readable, _random(seed, where)[:SHORT])))}"


def fresh_relationship_id(spec: RelationshipSpec, seed: bytes, where: str) -> str:
    """Make the id of a new relationship."""
    return f"{kebab(spec.type)}/{_random(seed, where)[:LONG]}"


def _is_confidential(spec: ConceptSpec, values: Mapping[str, Any]) -> bool:
    try:
        return marking_of(spec, values.get("marking")) > Marking.GREEN
    except (KeyError, ValueError):
        return True


def _random(seed: bytes, where: str) -> str:
    """Return base 32 text that nobody can guess without the seed."""
    digest = hashlib.blake2b(where.encode(), key=seed, digest_size=20).digest()
    return base64.b32encode(digest).decode().lower().rstrip("=")
