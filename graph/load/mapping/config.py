"""The config of a feed, whole. In: a YAML file and the model. Out: Config, or WrongConfig with every fault."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from graph.facts.rows import Row
from graph.load.files import UnreadableFile
from graph.load.formats.open import FileSource, open_file
from graph.load.formats.options import KINDS, WrongOption, file_options
from graph.load.mapped import OwnId
from graph.load.mapping.cells import Style
from graph.load.mapping.mapper import SOURCE, RecordMapper, digest_of
from graph.load.mapping.read_facts import read_facts
from graph.load.mapping.read_values import CELLS, read_style, read_value, wanted
from graph.load.mapping.spots import Complaint, Spot, WrongConfig, compose, nearest, offered
from schema.domain.evidence import COMMON, Confidence
from schema.model import Model

WORDS = ("feed", "from", "schedule", "grace", "source", "confidence", "cells", "key", "facts")
NEEDED = ("feed", "from", "source", "key", "facts")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}", re.ASCII)
SPAN = re.compile(r"(\d{1,4}) (hour|day|week)s?", re.ASCII)
SCHEDULES = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1)}
GRACE = timedelta(days=7)
LONGEST = timedelta(days=3650)
Check = Callable[[Mapping[str, Any]], list[str]]
"""Tells what is wrong with the options of a portal, each as `option: what is wrong`."""


@dataclass(frozen=True)
class Options:
    """Where records come from: the kind, and its options as plain values. `places` are line and column of each."""

    kind: str
    values: Mapping[str, Any]
    places: Mapping[str, tuple[int, int]]
    file: str

    @property
    def is_file(self) -> bool:
        """Whether a file on this machine is meant: some kinds are also read over HTTP, from a url."""
        return self.kind in KINDS and "url" not in self.values

    def complaint(self, option: str, reason: str, accepted: tuple[str, ...] = ()) -> Complaint:
        """Return what is wrong with an option, at its place."""
        line, column = self.places.get(option, self.places[""])
        return Complaint(self.file, line, column, f"from.{option}".rstrip("."), reason, accepted)

    def problem(self, told: str) -> Complaint:
        """Return a problem of a portal, `option: what is wrong`, at the place of the option, or of all if it is absent."""
        option, _, reason = told.partition(": ")
        return self.complaint(option, reason)


@dataclass(frozen=True)
class Config:
    """A feed: where its records come from, how often, and what they state.

    `schedule` is None if it runs only when it is told to. `grace` is how long a fact stays after a whole reading without it.
    `stated` changes with what is said of where records come from, and of the source.
    """

    path: Path
    text: str = field(repr=False)
    feed: str
    from_: Options
    schedule: timedelta | None
    grace: timedelta
    source: Mapping[str, Any]
    mapper: RecordMapper
    columns: tuple[str, ...]
    stated: str
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def is_file(self) -> bool:
        """Whether the records come from a file on this machine."""
        return self.from_.is_file

    def open(self, path: Path | None = None) -> FileSource:
        """Open the file that the records come from, beside the config, or another one; raise UnreadableFile or WrongConfig."""
        given = self.from_.values if self.is_file else {}
        if path is None and not given.get("path"):
            raise WrongConfig([self.from_.complaint("", f"{self.from_.kind} needs path: which file")])
        try:
            options = file_options({**given, "kind": self.from_.kind} if self.is_file else {})
        except WrongOption as wrong:
            raise WrongConfig([self.from_.complaint(wrong.option, wrong.reason, wrong.accepted)]) from wrong
        return open_file(path or self.path.parent / str(given["path"]), options)

    def source_row(self, own_id: OwnId) -> Row:
        """Return the row of the source that the feed itself is; its facts cite it."""
        label = self.mapper.source_label
        where = f"{self.from_.file}:{self.places.get('source', (1, 1))[0]}"
        id_ = own_id(label, SOURCE, "")
        return Row(where, {"label": label, "id": id_, **self.source, "confidence": self.mapper.confidence})

    def missing_columns(self, found: Collection[str]) -> tuple[Complaint, ...]:
        """Return a complaint for each column of the config that records do not have, with the nearest that they have."""
        line, column = self.places.get("key", (1, 1))
        gone = [each for each in self.columns if each not in found and each.partition(".")[0] not in found]
        return tuple(
            Complaint(self.from_.file, line, column, "columns", _no_column(each, found), nearest(each, found))
            for each in gone
        )


def _no_column(column: str, found: Collection[str]) -> str:
    return f"no record has a column {column!r}; {offered(column, [*found])}"


def read_config(
    path: Path, model: Model, kinds: Mapping[str, Collection[str]] | None = None, check: Check | None = None
) -> Config:
    """Read the config of a feed; raise WrongConfig with all its faults, or UnreadableFile.

    `kinds` are the kinds of portals with the options of each; without it, kinds that are no files are taken as they are.
    `check` says what is wrong with the values of these options.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} is not UTF-8; save it as UTF-8.") from error
    return parse_config(text, path, model, kinds, check)


def parse_config(
    text: str,
    path: Path,
    model: Model,
    kinds: Mapping[str, Collection[str]] | None = None,
    check: Check | None = None,
) -> Config:
    """Read the text of a config; `path` is where it stands, or is to stand. Raise WrongConfig."""
    root = compose(text, path.name)
    fields = root.fields(WORDS, NEEDED)
    style = read_style(fields["cells"].fields(CELLS) if "cells" in fields else {}, Style())
    options = _options(fields.get("from"), root, kinds)
    if check is not None and options.kind and not options.is_file and kinds is not None:
        given = {word: value for word, value in options.values.items() if word in kinds[options.kind]}
        root.book.complaints += map(options.problem, check({"kind": options.kind, **given}))
    label = str(COMMON["sources"].refers_to)
    confidence = fields["confidence"].word([*Confidence.__members__]) if "confidence" in fields else ""
    facts = read_facts(fields["facts"], model, style, (SOURCE, label)) if "facts" in fields else ()
    keys = fields["key"].texts() if "key" in fields else ()
    feed = _feed(fields.get("feed"))
    mapper = RecordMapper(
        feed=feed, digest=_digest(fields, model), keys=keys, facts=facts, empty=style.empty,
        confidence=confidence or Confidence.REPORTED.name, source_label=label, model=model,
    )  # fmt: skip
    config = Config(
        path=path, text=text, feed=feed, from_=options, schedule=_schedule(fields.get("schedule")), mapper=mapper,
        grace=_span(fields["grace"]) if "grace" in fields else GRACE,
        source=_source(fields.get("source"), label, model),
        columns=tuple(dict.fromkeys((*keys, *(column for fact in facts for column in fact.columns)))),
        stated=digest_of(_said(fields, ("from", "source"))),
        places={word: (spot.line, spot.column) for word, spot in fields.items()},
    )  # fmt: skip
    if root.book.complaints:
        raise WrongConfig(root.book.complaints)
    return config


def _feed(spot: Spot | None) -> str:
    text = spot.text() if spot else ""
    if spot and text and not NAME.fullmatch(text):
        spot.complain(
            f"{text[:100]!r} is not a name of a feed; accepted are a to z, 0 to 9 and -, at most 60 characters"
        )
    return text


def _options(spot: Spot | None, root: Spot, kinds: Mapping[str, Collection[str]] | None) -> Options:
    """Read where records come from, and check the options of files."""
    at = spot or root
    places = {"": (at.line, at.column)}
    if spot is None or not spot.is_map:
        if spot:
            spot.complain("is not a map; write {kind: csv, path: visits.csv}")
        return Options("", {}, places, root.book.file)
    fields = spot.given()
    places |= {word: (value.line, value.column) for word, value in fields.items()}
    known = {name: {*KINDS.get(name, ()), *(kinds or {}).get(name, ())} for name in {**KINDS, **(kinds or {})}}
    kind = ""
    if "kind" not in fields:
        spot.complain(f"kind is missing; accepted are {', '.join(known)}")
    elif kinds is None:
        kind = fields["kind"].text()
    else:
        kind = fields["kind"].word(tuple(known))
    options = Options(
        kind, {word: value.plain() for word, value in fields.items() if word != "kind"}, places, root.book.file
    )
    if kind in known:
        for key, _ in spot.pairs():
            word = str(key.node.value)
            if word != "kind" and word not in known[kind]:
                accepted = tuple(sorted(known[kind]))
                key.complain(f"{word!r} is no option of {kind}; {offered(word, accepted)}", nearest(word, accepted))
    if options.is_file:
        _check_file(options, spot)
    return options


def _check_file(options: Options, spot: Spot) -> None:
    """Complain of options of a file whose values are not accepted."""
    if not options.values.get("path"):
        spot.complain(f"{options.kind} needs path: which file")
    for word in options.values.keys() & KINDS[options.kind]:
        try:
            file_options({"kind": options.kind, word: options.values[word]})
        except WrongOption as wrong:
            accepted = f"; accepted are {', '.join(map(repr, wrong.accepted))}" if wrong.accepted else ""
            spot.book.complaints.append(options.complaint(word, wrong.reason + accepted, wrong.accepted))


def _span(spot: Spot) -> timedelta:
    """Read a span such as 7 days."""
    text = spot.text()
    match = SPAN.fullmatch(text)
    if match is None:
        if text:
            spot.complain(f"{text!r} is not a span; write hours, days or weeks, such as 7 days")
        return GRACE
    span = timedelta(**{f"{match[2]}s": int(match[1])})
    if span > LONGEST:
        spot.complain(f"{text!r} is too long; at most {LONGEST.days:,} days are accepted")
    return span


def _schedule(spot: Spot | None) -> timedelta | None:
    if spot is None:
        return None
    text = spot.text()
    if text in SCHEDULES:
        return SCHEDULES[text]
    match = SPAN.fullmatch(text.removeprefix("every ")) if text.startswith("every ") else None
    if match is None or int(match[1]) == 0:
        spot.complain(
            f"{text!r} is not accepted; accepted are {', '.join(SCHEDULES)} and `every 6 hours`", tuple(SCHEDULES)
        )
        return None
    return timedelta(**{f"{match[2]}s": int(match[1])})


def _source(spot: Spot | None, label: str, model: Model) -> dict[str, Any]:
    """Read what is said of the source that the feed is."""
    if spot is None:
        return {}
    properties = model.concepts[label].properties
    needed = [name for name, prop in properties.items() if prop.required]
    fields = spot.fields(tuple(properties), needed)
    found = {name: _constant(fields[name], name, label, model) for name in fields if not fields[name].is_null}
    return {name: value for name, value in found.items() if value is not None}


def _constant(spot: Spot, name: str, label: str, model: Model) -> Any:
    text = spot.text()
    prop = model.concepts[label].properties[name]
    if not text:
        return None
    want = wanted(prop)
    if want.words:
        return spot.word(want.words) or None
    if name == "url" and not text.startswith(("http://", "https://")):
        spot.complain(f"{text[:100]!r} is not a web address; it begins with http:// or https://")
    value = read_value(Spot(_value_node(spot), spot.way, spot.book), want, Style())
    return value.get({}) if value else None


def _value_node(spot: Spot) -> Any:
    """Return the node of {value: ...}, so that what stands here is read as a constant."""
    import yaml

    marks = {"start_mark": spot.node.start_mark, "end_mark": spot.node.end_mark}
    key = yaml.ScalarNode("tag:yaml.org,2002:str", "value", **marks)
    return yaml.MappingNode("tag:yaml.org,2002:map", [(key, spot.node)], **marks)


def _digest(fields: Mapping[str, Spot], model: Model) -> str:
    """Return a digest of what rows are made from: the words of the mapping, and how the model declares what they name."""
    text = _said(fields, ("feed", "confidence", "cells", "key", "facts"))
    named = set(re.findall(r"\w+", text))
    declared = [spec for spec in (*model.concepts.values(), *model.relationships.values()) if _names(spec) & named]
    return digest_of(text, *sorted(line for spec in declared for line in _declared(spec)))


def _said(fields: Mapping[str, Spot], words: Collection[str]) -> str:
    """Return what a config says under some words, without what makes no difference."""
    return json.dumps({word: _canonical(fields[word].node) for word in words if word in fields}, sort_keys=True)


def _names(spec: Any) -> set[str]:
    return {getattr(spec, "label", ""), getattr(spec, "type", "")} - {""}


def _declared(spec: Any) -> Iterator[str]:
    for name, prop in spec.properties.items():
        words = ",".join(prop.choices.__members__) if prop.choices else ""
        bounds = f"{prop.least} {prop.most} {prop.within} {prop.required} {prop.refers_to}"
        yield f"{'/'.join(sorted(_names(spec)))}.{name} {prop.kind.name} {words} {bounds}"


def _canonical(node: Any) -> Any:
    if node.id == "mapping":
        return {"map": sorted(json.dumps([_canonical(key), _canonical(value)]) for key, value in node.value)}
    if node.id == "sequence":
        return [_canonical(each) for each in node.value]
    return None if node.style is None and node.value in ("", "~", "null") else str(node.value)
