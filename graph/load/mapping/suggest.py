"""A draft of a config. In: a file. Out: YAML that can be read, with comments that say what was guessed, and from what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from graph.load.files import UnreadableFile
from graph.load.formats.open import open_file
from graph.load.formats.options import file_options
from graph.load.formats.sniff import sniff
from graph.load.mapping.columns import Column, columns_of
from graph.load.mapping.config import parse_config
from graph.load.mapping.drafted import CHECK, Line, commented, flow, property_line, scalar
from graph.load.mapping.ends import end_lines
from graph.load.mapping.guesses import (
    KEY,
    SOURCE_LABEL,
    Guess,
    concept_of,
    degrees,
    guesses,
    has_word,
    point_columns,
    properties_of,
)
from graph.load.mapping.spots import offered
from graph.load.mapping.tried import tried
from graph.load.records import Record
from schema.language.declare import ConceptSpec
from schema.language.ids import slug
from schema.language.kinds import Kind
from schema.model import Model

READ = 1_000
"""Records that are looked at."""
WORDS = re.compile(r"\b(concept|match|relationship|as|value|from|to): \w+|'[^']*'")
"""What names no column in a draft: concepts, relationships, handles, words of sets, and the values of columns in comments."""


@dataclass(frozen=True)
class Draft:
    """A config as drafted: its text, and how many of the records that were looked at give rows without a problem."""

    text: str
    records: int
    good: int


def suggest(path: Path, shown: str, model: Model, concept: str = "") -> Draft:
    """Draft a config for a file; `shown` is its path as the config names it. Raise UnreadableFile."""
    if concept and concept not in model.concepts:
        raise UnreadableFile(f"{concept!r} is no concept; {offered(concept, tuple(model.concepts))}.")
    options, unsure = sniff(path)
    records = open_file(path, file_options(options)).first(READ)
    readable = [record for record in records if not record.problem]
    columns = columns_of(readable)
    if not columns:
        bad = f" that can be read: {records[0].where} {records[0].problem}" if records else ""
        raise UnreadableFile(f"{path} has no records{bad}.")
    label, others = (concept, []) if concept else concept_of(columns, path.stem, model)
    if not label:
        raise UnreadableFile(
            f"{path}: its columns do not say what a record is; say it with --concept, such as {' or '.join(others)}."
        )
    key, unique = _key(columns, readable)
    spec = model.concepts[label]
    lines = [
        f"# A draft, made of the first {len(records):,} records of {commented(path.name)}. Lines with {CHECK} are guesses.",
        f"feed: {_feed(path)}",
        *(f"# {CHECK} {commented(each)}" for each in unsure),
        f"from: {_from(options, shown)}",
        f"source: {{title: {scalar(path.name)}}}  # {CHECK}: what it is called; add publisher, url and licence",
        _key_line(key, unique),
        "facts:",
        f"  - concept: {label}{_doubt(others) if not concept else ''}",
        *(["    as: page"] if label == SOURCE_LABEL else []),
        *_properties(spec, columns, key[0]),
        *end_lines(spec, columns, model),
    ]
    used = WORDS.sub("", "\n".join(lines))
    rest = [column for column in columns if not re.search(rf"(?<!\w){re.escape(scalar(column.name))}(?![\w:])", used)]
    lines += ["# Columns that are not used:"] if rest else []
    lines += [f"#   {commented(column.name)}: {commented(column.sample)}" for column in rest]
    return _tried("\n".join(lines) + "\n", path, records, model)


def _doubt(others: Sequence[str]) -> str:
    """Say that a concept is guessed, and what else it may be."""
    return f"  # {CHECK}: by the names of file and columns" + (f"; may also be {', '.join(others)}" if others else "")


def _from(options: dict[str, Any], shown: str) -> str:
    given = {"kind": options["kind"], "path": shown, **options}
    return flow(**{word: str(value) if isinstance(value, int) else scalar(str(value)) for word, value in given.items()})


def _feed(path: Path) -> str:
    return slug(path.stem)[:60].strip("-") or "feed"


def _key(columns: Sequence[Column], records: Sequence[Record]) -> tuple[list[Column], bool]:
    """Return the columns that tell records apart, and whether they do."""
    keys = [column for column in columns if column.is_key]
    if named := [column for column in keys if has_word(column, KEY)]:
        return [named[0]], True
    if keys:
        return [keys[0]], True
    filled = [column for column in columns if len(column.texts) == len(records) and not column.several]
    pairs = {pair: len(set(zip(pair[0].texts, pair[1].texts, strict=True))) for pair in combinations(filled[:12], 2)}
    if not pairs:
        return [columns[0]], False
    most = max(pairs, key=lambda pair: pairs[pair])
    alone = max(most, key=lambda column: (len(set(column.texts)), has_word(column, KEY)))
    if len(set(alone.texts)) == pairs[most]:
        # Rows that stand twice: a second column tells none apart.
        return [alone], False
    return [*most], pairs[most] == len(records)


def _key_line(key: Sequence[Column], unique: bool) -> str:
    names = [scalar(column.name) for column in key]
    said = f"key: {names[0]}" if len(names) == 1 else f"key: [{', '.join(names)}]"
    sample = commented(key[0].sample)
    if not unique:
        return f"{said}  # {CHECK}: no column tells all records apart; {sample}"
    doubt = "" if len(key) == 1 and has_word(key[0], KEY) else f"{CHECK}: each record has another value here; "
    return f"{said}  # {doubt}{sample}"


def _properties(spec: ConceptSpec, columns: Sequence[Column], key: Column) -> Iterator[str]:
    """Yield the lines of the properties; a column is used once."""
    properties = properties_of(spec)
    found = {prop.name: guesses(prop, columns, spec.label) for prop in properties}
    order = sorted(properties, key=lambda prop: -(found[prop.name][0].score if found[prop.name] else 0))
    taken: dict[str, str] = {}
    lines: dict[str, Line | None] = {}
    # Twice, because another property may have taken one of two columns that may be meant.
    for prop in (*order, *order):
        others = {column for name, column in taken.items() if name != prop.name}
        left: list[Guess] = [guess for guess in found[prop.name] if guess.column.name not in others]
        line = property_line(prop, left, key)
        if line and line.sure and left:
            taken[prop.name] = left[0].column.name
        lines[prop.name] = line
    for prop in properties:
        if prop.kind is Kind.POINT and (pair := point_columns(columns)):
            names = ", ".join(scalar(column.name) for column in pair)
            mark = degrees(pair[0])
            decimal = f", decimal: {scalar(mark)}" if mark == "," else ""
            yield Line(prop.name, f"{{columns: [{names}]{decimal}}}", pair[0].sample).text("    ")
        elif line := lines[prop.name]:
            yield line.text("    ")


def _tried(text: str, path: Path, records: Sequence[Record], model: Model) -> Draft:
    """Read the draft and map the records with it; say at its head what came of them."""
    outcome = tried(parse_config(text, path.with_suffix(".yaml"), model), records)
    head = f"# {outcome.good:,} of {len(records):,} records give rows without a problem."
    if outcome.problems:
        head += f" The first problem: {commented(str(outcome.problems[0]))}"
    return Draft(f"{head}\n{text}", len(records), outcome.good)
