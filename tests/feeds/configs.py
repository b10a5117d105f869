"""A config of a feed for tests, parts of it exchanged, and what it makes of records."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.load.mapped import Mapped
from graph.load.mapping import Complaint, Config, WrongConfig, parse_config
from graph.load.records import Record
from schema.model import model

TEXT = """\
feed: oslo-visits
from: {kind: csv, path: visits.csv}
source:
  title: Visits of Oslo
  licence: CC0-1.0
key: no
facts:
  - concept: Visit
    title: title
    kind: {value: STUDY_TOUR}
    status: {column: state, values: {done: HELD, off: CANCELLED}}
    since: {column: day, format: "%d.%m.%Y"}
    delegates: people
  - relationship: HOSTED_BY
    from: visit
    to: {match: City, name: host, country: land}
"""
PATH = Path("oslo.yaml")


def changed(old: str, new: str, text: str = TEXT) -> str:
    assert text.count(old) == 1, f"{old!r} stands once in the config"
    return text.replace(old, new)


def config(text: str = TEXT) -> Config:
    return parse_config(text, PATH, model())


def complaints(text: str) -> tuple[Complaint, ...]:
    """Return everything that is wrong with a config."""
    try:
        config(text)
    except WrongConfig as wrong:
        return wrong.complaints
    return ()


def fact(*lines: str) -> Config:
    """Return a config with these lines for its one visit, whose other parts are fixed."""
    head = TEXT.partition("  - concept")[0]
    fixed = ["concept: Visit", "title: {value: T}", "kind: {value: MISSION}", "status: {value: HELD}"]
    given = {line.partition(":")[0] for line in lines}
    kept = [line for line in fixed if line.partition(":")[0] not in given]
    return config(f"{head}  - {'    '.join(f'{line}{chr(10)}' for line in (*kept, *lines))}")


def own_id(label: str, handle: str, key: str) -> str:
    return f"{model().concepts[label].prefix}/{handle}-{key.replace('|', '-')}".rstrip("-")


def mapped(made: Config, values: Mapping[str, Any]) -> Mapped:
    record = Record("visits.csv:2", {"no": "1", **values})
    key = made.mapper.key(record)
    assert isinstance(key, str), key
    return made.mapper.rows(record, key, own_id)
