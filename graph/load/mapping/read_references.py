"""References as the config writes them. In: a spot, and the handles of the record. Out: a Reference; faults become complaints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.load.mapping.cells import Style
from graph.load.mapping.read_values import TEXT, Wanted, read_point, read_value, wanted
from graph.load.mapping.references import ByHandle, ById, ByKey, ByMatch, Reference
from graph.load.mapping.spots import Spot, nearest, offered
from graph.load.mapping.values import Cells, Constant
from schema.language.named import with_article
from schema.model import Model

FORMS = "a handle of this record, {match: City, name: column}, {id: topic/housing} or {fact: handle, key: column}"
TEXTS = ("country", "city", "website")
"""What tells facts of one name apart, besides unique properties and a point."""


@dataclass(frozen=True)
class Handles:
    """The facts of a record: the label of each handle. `own` is the handle that every record has, the feed's source."""

    labels: Mapping[str, str]
    model: Model
    style: Style
    own: str
    whole: bool = True
    """Whether all facts of the record could be read. If not, a handle may be that of another."""


def read_reference(spot: Spot, handles: Handles) -> Reference | None:
    """Read a reference; None, with a complaint, if it is wrong."""
    if not spot.is_map:
        handle = spot.text()
        if handle and handle not in handles.labels:
            known = tuple(handles.labels)
            if handles.whole:
                reason = f"{handle!r} is no fact of this record; {offered(handle, known)}. Others are written {FORMS}"
                spot.complain(reason, nearest(handle, known))
            return None
        return ByHandle(handle, (handles.labels[handle],)) if handle else None
    kinds = [word for word in ("match", "id", "fact") if any(key.node.value == word for key, _ in spot.pairs())]
    if len(kinds) != 1:
        spot.complain(f"is not a reference; write {FORMS}")
        return None
    return {"match": _by_match, "id": _by_id, "fact": _by_key}[kinds[0]](spot, handles)


def _by_match(spot: Spot, handles: Handles) -> Reference | None:
    matched, at = handles.model.matched(), next(value for key, value in spot.pairs() if key.node.value == "match")
    label = at.word(tuple(handles.model.concepts))
    if label and label not in matched:
        at.complain(
            f"names are matched of {', '.join(matched)}, and of no {label}; write its id, or a handle", tuple(matched)
        )
        return None
    if not label:
        return None
    properties = handles.model.concepts[label].properties
    unique = {name: properties[name] for name in matched[label].unique}
    fields = spot.fields(("match", "name", *TEXTS, *unique, "at"), ("name",))
    if "name" not in fields:
        return None
    many = Wanted(TEXT.kind, many=True)
    name = read_value(fields["name"], many, handles.style)
    texts = {word: read_value(fields[word], TEXT, handles.style) for word in TEXTS if word in fields}
    ids = {
        word: read_value(fields[word], wanted(prop), handles.style) for word, prop in unique.items() if word in fields
    }
    if isinstance(name, Cells) and name.split and ids:
        next(iter(fields[word] for word in ids)).complain("several names cannot share one id; leave split or this out")
    point = read_point(fields["at"], handles.style) if "at" in fields else None
    if name is None or None in texts.values() or None in ids.values():
        return None
    known: dict[str, Any] = {"texts": texts, "ids": ids, "at": point}
    return ByMatch((label,), name, **known)  # type: ignore[arg-type]  # a constant is read like a cell


def _by_id(spot: Spot, handles: Handles) -> Reference | None:
    fields = spot.fields(("id", "of"), ("id",))
    if "id" not in fields:
        return None
    of = fields["of"].word(tuple(handles.model.concepts)) if "of" in fields else ""
    at = fields["id"]
    if not at.is_map:
        labels = tuple(dict.fromkeys(filter(None, (_label(item, of, handles.model) for item in at.items()))))
        return ById(labels, Constant([*at.texts()])) if labels else None
    ids = read_value(at, Wanted(TEXT.kind, many=True), handles.style)
    if ids is None:
        return None
    fixed = _fixed(at, handles.model) if not of else (of,)
    return ById(fixed, ids)


def _fixed(spot: Spot, model: Model) -> tuple[str, ...]:
    """Return the labels of the ids that `values` lists, if these are all that there can be."""
    fields = spot.given()
    if "values" not in fields or not fields["values"].is_map:
        return ()
    given = [value for _, value in fields["values"].pairs()]
    given += [fields[word] for word in ("otherwise", "default") if word in fields]
    return tuple(dict.fromkeys(filter(None, (_label(item, "", model) for item in given if not item.is_null))))


def _label(spot: Spot, of: str, model: Model) -> str:
    """Return the label of an id that stands in the config."""
    text = spot.text()
    concept = model.concept_of_id(text)
    if text and (concept is None or "/" not in text):
        prefixes = tuple(f"{prefix}/..." for prefix in model.prefixes)
        close = nearest(text.partition("/")[0] + "/...", prefixes)
        meant = f"; did you mean {' or '.join(close)}?" if close and "/" in text else ", such as topic/housing"
        spot.complain(f"{text!r} is not an id{meant}; for a column write {{column: {text}}}", close)
        return ""
    if concept and of and concept.label != of:
        spot.complain(f"{text!r} is the id of {with_article(concept.label)}, and of says {of}")
    return concept.label if concept else ""


def _by_key(spot: Spot, handles: Handles) -> Reference | None:
    fields = spot.fields(("fact", "key"), ("fact", "key"))
    if not {"fact", "key"} <= fields.keys():
        return None
    known = tuple(handle for handle in handles.labels if handle != handles.own)
    handle = fields["fact"].word(known)
    columns = fields["key"].texts()
    return ByKey((handles.labels[handle],), handle, columns, handles.style.empty) if handle and columns else None
