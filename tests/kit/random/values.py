"""Values to ask with. In: a Draft and the name of a property. Out: numbers, dates, texts, words to search for, ids."""

from typing import Any

from graphql import GraphQLEnumType, get_named_type

from tests.kit.oracle.words import words
from tests.kit.random.draft import Draft

DAYS = ("2009", "2009-04-17", "1970", "[1998..2001]", "2012-12", "1500", "2026", "1991~", "197X", "[1989..1992]")
DAYS_WITHOUT_BEGIN = ("../2012", "[..1999]")
DAYS_WITHOUT_END = ("2005/..", "[2004..]")
OPEN = {"gt": DAYS_WITHOUT_BEGIN, "lte": DAYS_WITHOUT_BEGIN, "gte": DAYS_WITHOUT_END, "lt": DAYS_WITHOUT_END}
"""Dates with an open side, for the operators that do not need that side."""
AS_OF = (*DAYS, "2006~/2013~", "../2012", "2005-06-15", "2015?", "199X", "2004-02-29")
INSTANTS = (
    "2026-01-31T12:00:00Z",
    "2026-01-31T13:00:00+01:00",
    "2020-02-29T00:00:00.001Z",
    "2031-01-01T00:00:00-11:00",
)
LARGEST_INTEGER = 2**31 - 1


def operand(draft: Draft, type_: Any, name: str, operator: str, label: str) -> Any:
    """Make what an operator compares with: mostly a value that some fact has under the name of the property."""
    part, known = get_named_type(type_), draft.pool.values.get(name) or [""]
    if isinstance(part, GraphQLEnumType):
        return draft.pick(part.values)
    if part.name == "Edtf":
        return _date(draft, known, operator)
    if part.name == "Instant":
        return draft.pick(INSTANTS)
    if part.name == "Boolean":
        return draft.chance(0.5)
    if part.name in ("Int", "BigInt", "Float"):
        number = _number(draft, known)
        return number if part.name == "Float" else int(number)
    return fact_id(draft, label) if part.name == "ID" else _text(draft, known, operator)


def _date(draft: Draft, known: list[Any], operator: str) -> Any:
    """Take a date; an open side only for operators that do not need it."""
    written = [value for value in known if value] if operator in ("eq", "ne") else []
    return draft.pick([*written, *DAYS, *OPEN.get(operator, DAYS_WITHOUT_BEGIN + DAYS_WITHOUT_END)])


def _number(draft: Draft, known: list[Any]) -> float:
    number: float = draft.pick([value for value in known if isinstance(value, int | float)] or [0])
    if abs(number) >= LARGEST_INTEGER:
        return number
    near: float = draft.pick([number, number, number, number + 1, -1, 3])
    return near


def _text(draft: Draft, known: list[Any], operator: str) -> str:
    """Take a text that some fact has, or the part of it that an operator looks for."""
    items = [item for value in known for item in (value if isinstance(value, list) else [value])]
    text: str = draft.pick([item for item in items if isinstance(item, str)] or ["x"])
    if operator == "is":
        return str(draft.pick([text, text, text.upper(), f"{text}!"]))[:200]
    if operator == "search":
        return sought(draft, draft.pick([text, *draft.pool.texts[:2]]))
    if operator in ("contains", "startsWith", "endsWith") and len(text) > 3:
        at = draft.dice.randint(0, len(text) - 2)
        return {"startsWith": text[: at + 1], "endsWith": text[at:], "contains": text[at : at + 2]}[operator]
    return text


def sought(draft: Draft, text: str) -> str:
    """Make words to search for of a text: a few, whole or their beginnings, in capitals or in another order."""
    there = [text[word.start : word.end] for word in words(text)] or ["zu"]
    at = draft.dice.randrange(len(there))
    taken = there[at : at + draft.pick([1, 1, 2, 2, 3])]
    if draft.chance(0.6):
        taken[-1] = taken[-1][: draft.dice.randint(1, len(taken[-1]))]
    if not words(" ".join(taken)):
        return "a"
    if draft.chance(0.2):
        taken.reverse()
    joined = draft.pick([" ", " ", "-", ", "]).join(taken)
    return str(draft.pick([joined, joined, joined.upper(), joined.lower()]))


def fact_id(draft: Draft, of: str) -> str:
    """Take the id of a fact that a label, or the stem of an input type, says; sometimes one that no fact has."""
    known = draft.pool.ids_of(of)
    taken = str(draft.pick(known))
    return f"{taken.partition('/')[0]}/not-there" if draft.chance(0.04) else taken
