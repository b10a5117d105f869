"""The values of one request. In: a plan's bindings, variables, rights. Out: the statement's parameters, the scopes of cursors."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import Any

from graph.access.rights import Rights
from graph.errors import BadUserInput
from graph.question.codepoints import operand
from graph.question.cost import page_size
from graph.question.cursor import Cursors
from graph.question.document.values import Variables, resolve
from graph.question.id_form import check_ids
from graph.question.last_day import last_day
from graph.question.plan.columns import Binding, Plan
from schema.language.days import operand_day
from schema.language.declare import upper_snake
from schema.language.edtf import parse
from schema.language.kinds import Kind, Marking
from schema.language.operators import MOST_VALUES
from schema.language.words import MOST_HOPS, MOST_TEXT, MOST_WORDS, line
from schema.language.words import words as words_of
from schema.model import Model

MOST_IDS = 100
LONGEST_TERM = 100
"""The full-text index splits longer words. It only finds candidates, so the first characters of a word are enough."""


@dataclass(frozen=True)
class Bound:
    """The statement's parameters, and for each list the digest that its cursors are bound to."""

    parameters: dict[str, Any]
    scopes: tuple[bytes, ...]


@dataclass(frozen=True)
class Binder:
    """Turns the values of a request into parameters."""

    model: Model
    cursors: Cursors
    most_rows: int

    def bind(self, plan: Plan, variables: Variables, rights: Rights) -> Bound:
        """Return the parameters of a request. Raise BadUserInput if a value is out of range."""
        scopes = tuple(
            _scope(scope.described, [resolve(source, variables) for source in scope.filters], rights)
            for scope in plan.scopes
        )
        values = rights.parameters(synthetic=bool(plan.synthetic_roots))
        for index, binding in enumerate(plan.bindings):
            values[f"p{index}"] = self._value(binding, resolve(binding.source, variables), scopes)
        return Bound({"q": values}, scopes)

    def _value(self, binding: Binding, value: Any, scopes: tuple[bytes, ...]) -> Any:
        if binding.convert == "first":
            return page_size(value, binding.where, self.most_rows) + int(binding.detail)
        if binding.convert == "cursor":
            scope, at, kind, high = binding.detail
            held = self.cursors.open(value, scopes[scope], binding.where)[at]
            return operand(held) if high else _key(held, kind)
        if binding.detail is not None and binding.convert in ("plain", "id", "ids"):
            check_ids(value, binding.where, binding.detail, self.model)
        if binding.convert == "labels":
            return _each(value, binding.where, self._labels.__getitem__)
        return CONVERSIONS[binding.convert](value, binding.where)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {upper_snake(label): label for label in self.model.concepts}


def _scope(described: tuple[object, ...], filters: list[Any], rights: Rights) -> bytes:
    """Digest what the cursors of a list are bound to: its type, order, filter and date, and the viewer's rights."""
    text = json.dumps([described, filters, rights.open, rights.audiences], separators=(",", ":"), ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _each(value: Any, where: str, convert: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        _few(value, where)
        return [convert(item) for item in value]
    return None if value is None else convert(value)


def _few(values: list[Any], where: str) -> None:
    if len(values) > MOST_VALUES:
        raise BadUserInput(f"{where} has {len(values)} values; accepted are at most {MOST_VALUES}.")


def _key(value: Any, kind: Kind) -> Any:
    """Turn a day in a cursor, which is text, back into a date. Other values stay as they are."""
    return date.fromisoformat(value) if kind.is_date and value is not None else value


def _plain(value: Any, where: str) -> Any:
    if isinstance(value, str):
        _utf8(value, where)
    if isinstance(value, list):
        _few(value, where)
        return [_plain(item, where) for item in value]
    # Only 0.0 is stored. An index distinguishes -0.0 from it, so -0.0 is looked up as 0.0.
    return value + 0.0 if isinstance(value, float) else value


def _utf8(value: str, where: str) -> None:
    if value.isascii():
        return
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadUserInput(f"{where} is not valid Unicode.") from error


def _day(value: str | None, where: str, kind: Kind, *, last: bool) -> date | None:
    if value is None:
        return None
    day = operand_day(kind, parse(value), last=last)
    if day is None:
        raise BadUserInput(f"{where}: {value!r} has no {'last' if last else 'first'} day to compare with.")
    return day


def _ids(value: list[str], where: str) -> list[str]:
    if len(value) > MOST_IDS:
        raise BadUserInput(f"{where} has {len(value)} ids; accepted are at most {MOST_IDS}.")
    return list(_plain(value, where))


def _instant(value: Any, where: str) -> Any:
    try:
        return _each(value, where, lambda text: datetime.fromisoformat(text).astimezone(UTC))
    except OverflowError as error:
        raise BadUserInput(f"{where} lies outside the years 1 to 9999 of universal time.") from error


def _words(value: str | None, where: str) -> list[str] | None:
    """Fold a text to words. Each begins with a blank, as words do in the stored lines that are searched."""
    if value is None:
        return None
    if len(value) > MOST_TEXT:
        raise BadUserInput(f"{where} has {len(value)} characters; accepted are at most {MOST_TEXT}.")
    folded = [f" {word.text}" for word in words_of(value)]
    if not 1 <= len(folded) <= MOST_WORDS:
        raise BadUserInput(f"{where} has {len(folded)} words; accepted are 1 to {MOST_WORDS}.")
    return folded


def _line(value: str | None, where: str) -> str | None:
    """Fold a text to a line as it is stored; None, which matches nothing, if it has no words."""
    if value is None:
        return None
    if len(value) > MOST_TEXT:
        raise BadUserInput(f"{where} has {len(value)} characters; accepted are at most {MOST_TEXT}.")
    return line(value) or None


def _hops(value: int, where: str) -> int:
    if not 1 <= value <= MOST_HOPS:
        raise BadUserInput(f"{where} is {value}; accepted are 1 to {MOST_HOPS}.")
    return value


CONVERSIONS: dict[str, Callable[[Any, str], Any]] = {
    "plain": _plain,
    "high": lambda value, where: operand(_plain(value, where)),
    "id": _plain,
    "ids": _ids,
    "first day": partial(_day, kind=Kind.WHEN, last=False),
    "last day": partial(_day, kind=Kind.WHEN, last=True),
    "first end day": partial(_day, kind=Kind.END, last=False),
    "last end day": partial(_day, kind=Kind.END, last=True),
    "as of": last_day,
    "marking": lambda value, where: _each(value, where, lambda name: Marking[name].value),
    "instant": _instant,
    "words": _words,
    "line": _line,
    "candidates": lambda value, where: " ".join(f"+{word[1:LONGEST_TERM]}*" for word in _words(value, where) or ()),
    "phrase": lambda value, where: f"\n{''.join(_words(value, where) or ())} \n",
    "beginning": lambda value, where: f"\n{''.join(_words(value, where) or ())}",
    "hops": _hops,
}
"""Conversions from values of the API to values of the database, by the name in a binding."""
