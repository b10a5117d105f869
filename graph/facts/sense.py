"""Checks that compare several properties of one row. In: a validated row. Out: nothing, or RowRefused."""

from typing import Any

from graph.facts.rows import RowRefused
from schema.domain.evidence import Confidence
from schema.language.declare import ConceptSpec, RelationshipSpec
from schema.language.edtf import parse
from schema.language.kinds import MARKING_MEANING, Nature
from schema.language.named import with_article


def require_sources(row: Any) -> None:
    """Refuse a row without a source, unless it is SYNTHETIC."""
    if not row.sources and row.confidence != Confidence.SYNTHETIC.name:
        says = "there is no source: give the id of one or more; only SYNTHETIC facts may have none"
        raise RowRefused(("sources", says, "MISSING"))


def require_real(row: Any, spec: ConceptSpec | RelationshipSpec) -> None:
    """Refuse a SYNTHETIC row of a kind whose access is not tested, because nothing would hide it from a question."""
    if spec.always_clear and row.confidence == Confidence.SYNTHETIC.name:
        kind = spec.type if isinstance(spec, RelationshipSpec) else spec.label
        raise RowRefused(
            (
                "confidence",
                f"{with_article(kind)} is never SYNTHETIC, because every question sees all of them; state a source instead",
            )
        )


def require_order_of_dates(row: Any, spec: ConceptSpec | RelationshipSpec) -> None:
    """Refuse a period in one property, and an end before its beginning."""
    for name in ("since", "until", "lastConfirmed"):
        text = getattr(row, name)
        first, slash, last = (text or "").partition("/")
        if slash and ".." not in (first, last):
            raise RowRefused((name, f"{text!r} is a period; write its beginning as since and its end as until"))
    _require_confirmed_in_time(row)
    ordered = [("since", "until"), *((prop.after, prop.name) for prop in spec.properties.values() if prop.after)]
    for first_name, last_name in ordered:
        begun, ended = getattr(row, first_name), getattr(row, last_name)
        if begun and ended and _is_before(ended, begun):
            raise RowRefused((last_name, f"{ended!r} is before {first_name}, {begun!r}"))


def _is_before(text: str, other: str) -> bool:
    """Whether a date is before another one, however both are meant."""
    latest, earliest = parse(text).latest, parse(other).earliest
    return latest is not None and earliest is not None and latest < earliest


def _require_confirmed_in_time(row: Any) -> None:
    """Refuse a state that was last seen before its beginning or after its end."""
    if not row.lastConfirmed:
        return
    seen = parse(row.lastConfirmed)
    begun = parse(row.since).earliest if row.since else None
    ended = parse(row.until).latest if row.until else None
    if begun and seen.latest and seen.latest < begun:
        raise RowRefused(("lastConfirmed", f"{row.lastConfirmed!r} is before since, {row.since!r}"))
    if ended and seen.earliest and seen.earliest > ended:
        raise RowRefused(("lastConfirmed", f"{row.lastConfirmed!r} is after until, {row.until!r}"))


def require_state_if_confirmed(row: Any, nature: Nature) -> None:
    """Refuse a day of confirmation of what happened once: only a state goes on."""
    if row.lastConfirmed and nature is not Nature.STATE:
        raise RowRefused(("lastConfirmed", "is for states, which go on; this happened once, at since"))


def require_part_within_whole(row: Any, spec: ConceptSpec | RelationshipSpec) -> None:
    """Refuse a number that is larger than the number it is declared to be a part of."""
    for prop in spec.properties.values():
        if prop.within:
            part, whole = getattr(row, prop.name), getattr(row, prop.within)
            if part is not None and whole is not None and part > whole:
                raise RowRefused((prop.name, f"{part:,} is more than {prop.within}, {whole:,}"))


def require_marking(row: Any, spec: ConceptSpec) -> None:
    """Refuse a row that must state its marking and does not."""
    if spec.marked is None or row.marking is not None:
        return
    name, word = spec.marked
    if getattr(row, name) == word.name:
        default = f"{spec.marking.name}, {MARKING_MEANING[spec.marking].removesuffix('.').lower()}"
        such = f"{with_article(spec.label)} whose {name} is {word.name}"
        raise RowRefused(("marking", f"is missing: {such} must state it. Without it, the fact would be {default}"))
