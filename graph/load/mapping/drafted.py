"""Lines of a drafted config. In: a property and the columns that it may come from. Out: a line, and what is to be checked."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.load.mapping.columns import Column
from graph.load.mapping.guesses import FREE, SURE, Guess, same_word
from graph.load.mapping.spots import nearest
from schema.language.kinds import Kind, Property

PLAIN = re.compile(r"[A-Za-z_][\w.-]*( [\w.-]+)*")
SPECIAL = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
CHECK = "CHECK"
"""Stands in the comment of each line that a person should look at."""
WIDTH = 52


@dataclass(frozen=True)
class Line:
    """A word with its value and a comment. What is not sure stands as a comment."""

    word: str
    value: str
    comment: str
    sure: bool = True

    def text(self, indent: str) -> str:
        """Return the line with this beginning."""
        said = f"{indent}{'' if self.sure else '# '}{self.word}: {self.value}"
        return f"{said:{WIDTH}}  # {commented(self.comment)}" if self.comment else said


def scalar(text: str) -> str:
    """Return a text as YAML has it, in quotes where it needs them."""
    if PLAIN.fullmatch(text) and text.isascii() and text.lower() not in SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def commented(text: str) -> str:
    """Return a text as it can stand in a comment: on one line, without characters that show nothing."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())


def flow(**words: str) -> str:
    """Return a map on one line."""
    return "{" + ", ".join(f"{word.replace('_', ' ')}: {value}" for word, value in words.items() if value) + "}"


def property_line(prop: Property, found: Sequence[Guess], key: Column | None) -> Line | None:
    """Return the line of a property; None if no column may hold it and it is not required."""
    if not found:
        return _without_column(prop, key) if prop.required else None
    best = found[0]
    alike = [guess for guess in found if guess.score == best.score]
    value, doubt = _value(prop, best.column)
    sure = best.score >= SURE and len(alike) == 1 and not doubt
    comment = best.column.sample
    if len(alike) > 1:
        doubt = f"several columns may be meant: {', '.join(guess.column.name for guess in alike)}"
    elif best.score < SURE and not doubt:
        doubt = "the names are only alike"
    comment = f"{CHECK}: {doubt}; {comment}" if not sure else comment
    # A required property must stand, so that the draft can be read.
    return Line(prop.name, value, comment, sure or prop.required)


def _without_column(prop: Property, key: Column | None) -> Line:
    if prop.choices:
        words = tuple(prop.choices.__members__)
        word = "UNKNOWN" if "UNKNOWN" in words else words[0]
        return Line(prop.name, flow(value=word), f"{CHECK}: no column says it; accepted are {', '.join(words)}")
    if prop.kind in FREE and key:
        return Line(prop.name, _column(key), f"{CHECK}: no column says it, so the key stands here; {key.sample}")
    return Line(prop.name, scalar(prop.name), f"{CHECK}: it is required, and no column seems to have it")


def _column(column: Column, **more: str) -> str:
    """Return the value that a column is."""
    empty = f"[{', '.join(scalar(word) for word in column.odd)}]" if column.odd else ""
    more = {word: value for word, value in more.items() if value} | ({"empty": empty} if empty else {})
    return flow(column=scalar(column.name), **more) if more else scalar(column.name)


def _value(prop: Property, column: Column) -> tuple[str, str]:
    """Return what the config says of a column, and why it is not sure."""
    if prop.choices:
        return _choice(prop, column)
    match prop.kind:
        case Kind.WHEN | Kind.END:
            formats = column.formats
            if not formats:
                listed = ", ".join(json.dumps(each) for each in column.mixed)
                return _column(column, format=f"[{listed}]"), ""
            doubt = f"its dates may be {' or '.join(formats)}" if len(formats) > 1 else ""
            return _column(column, format=json.dumps(formats[0]) if formats[0] else ""), doubt
        case Kind.INTEGER | Kind.BIG_INTEGER | Kind.NUMBER | Kind.MONEY:
            return _number(prop, column)
        case Kind.BOOLEAN:
            true, false = column.truths() or ((), ())
            lists = {"true": true, "false": false}
            return _column(
                column, **{word: f"[{', '.join(map(json.dumps, each))}]" for word, each in lists.items()}
            ), ""
    mark = next(
        (mark for mark in (";", "|") if sum(mark in text for text in column.values) * 5 > len(column.values)), ""
    )
    if prop.kind is Kind.TEXTS and mark:
        return _column(column, split=json.dumps(mark)), ""
    return _column(column), ""


def _number(prop: Property, column: Column) -> tuple[str, str]:
    whole = prop.kind in (Kind.INTEGER, Kind.BIG_INTEGER)
    marks = (column.whole if whole else []) or column.marks
    thousands, decimal = marks[0]
    doubt = "its numbers may be written in several ways: which mark is that of decimals?" if len(marks) > 1 else ""
    more = {
        "thousands": json.dumps(thousands) if thousands else "",
        "decimal": json.dumps(decimal) if decimal != "." else "",
    }
    if prop.kind is Kind.MONEY:
        more, doubt = {"currency": "EUR", **more, "round": "true"}, "the currency is not known"
    return _column(column, **more), doubt


def _choice(prop: Property, column: Column) -> tuple[str, str]:
    """Say which value of a column stands for which word. Only the same word is sure."""
    words = tuple(prop.choices.__members__) if prop.choices else ()
    found = {value: same_word(value, words) for value in column.values}
    if all(value == word for value, word in found.items()):
        return _column(column), ""
    unknown = "UNKNOWN" if "UNKNOWN" in words else ""
    close = {value: word or next(iter(nearest(value, words)), unknown) for value, word in found.items()}
    listed = ", ".join(f"{scalar(value)}: {word}" for value, word in close.items() if word)
    doubt = "" if all(found.values()) else f"which value stands for which word? accepted are {', '.join(words)}"
    if left := [value for value, word in close.items() if not word]:
        doubt += f"; still without a word: {', '.join(map(repr, left))}"
    return _column(column, values=f"{{{listed}}}"), doubt
