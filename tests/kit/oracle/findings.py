"""What is found by words and along ties. In: a View and what is sought. Out: entries, places of words, a path."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from unicodedata import category, normalize

from graphql import GraphQLError

from schema.language.declare import upper_snake
from schema.model import model
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.world import Fact

OTHERS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}


@cache
def words(text: str) -> list[tuple[str, int, int]]:
    """List the words of a text, folded, each with where it begins and ends in the text as written."""
    found: list[tuple[str, int, int]] = []
    inside = False
    for at, character in enumerate(text):
        bare = [each for each in normalize("NFKD", character.casefold()) if category(each)[0] != "M"]
        for folded in "".join(OTHERS.get(each, each) for each in bare).casefold() or (inside and [""]) or []:
            if folded.isalnum() or not folded:  # a mark belongs to the word that it stands in
                word, start, _ = found.pop() if inside else ("", at, at)
                found.append((word + folded, start, at + 1))
            inside = folded.isalnum() or not folded
    return found


def sought(text: str) -> list[str]:
    """List the words to look for, from 1 to 10."""
    found = [word for word, _, _ in words(text)]
    if not 1 <= len(found) <= 10:
        raise GraphQLError(f"{text!r} has {len(found)} words; accepted are 1 to 10")
    return found


def has(texts: Iterable[str], begins: list[str]) -> bool:
    """Whether each word looked for begins a word of some text."""
    there = [word for text in texts for word, _, _ in words(text)]
    return all(any(word.startswith(begin) for word in there) for begin in begins)


def search(view: View, text: str, types: list[str] | None) -> list[Entry]:
    """List the visible facts in whose texts all words are found: by rank, then by id."""
    if len(text) > 200:
        raise GraphQLError(f"text has {len(text)} characters; accepted are at most 200")
    labels = [label for label in view.world.labels if types is None or upper_snake(label) in types]
    rows = [row for label in labels for row in view.all(label)]
    found = [row for row in rows if has((text for _, text in _texts(row.node)), sought(text))]
    return sorted(found, key=lambda row: (_rank(row.node, sought(text)), row.node.id))


def _rank(fact: Fact, wanted: list[str]) -> int:
    """0 where a text is what is looked for, 1 where one begins so, else 2."""
    lines = [[word for word, _, _ in words(text)] for _, text in _texts(fact)]
    return 0 if wanted in lines else 1 if any(" ".join(line).startswith(" ".join(wanted)) for line in lines) else 2


def _texts(fact: Fact) -> list[tuple[str, str]]:
    """List the texts of the searched properties, with the name of the property; a list has one for each item."""
    values = [(name, fact.values.get(name)) for name, prop in fact.properties.items() if prop.searched]
    return [(name, text) for name, given in values for text in ([given] if isinstance(given, str) else given or [])]


def highlights(fact: Fact, text: str) -> list[dict[str, Any]]:
    """List the texts in which words were found, with the places of these words."""
    begins = tuple(sought(text))
    found = [(name, held, [at for word, *at in words(held) if word.startswith(begins)]) for name, held in _texts(fact)]
    places = [(name, held, [{"start": start, "end": end} for start, end in at]) for name, held, at in found if at]
    return [{"property": name, "text": held, "ranges": ranges} for name, held, ranges in places]


def path(view: View, ends: tuple[str, str], through: list[str], most: int | None) -> list[Entry] | None:
    """Find the shortest way between two facts, each but the first with the tie that leads to it."""
    hops = 6 if most is None else most
    if not through or not 1 <= hops <= 6:
        raise GraphQLError("through has 1 type or more; maxHops is 1 to 6")
    here, there = view.find(ends[0]), view.find(ends[1])
    names = [spec.name for spec in model().relationships.values() if spec.type in through]
    ways = [[Entry(here)]] if here and there else []
    seen = {ends[0]}
    for way in ways:  # it grows meanwhile: the shorter ways come first, then the first by ids of nodes, then of ties
        if way[-1].node is there:
            return way
        met = [pair for name in names for pair in view.world.meeting(way[-1].node, name) if len(way) <= hops]
        for row in view.visible(met):
            if row.node.id not in seen:
                seen.add(row.node.id)
                ways.append([*way, row])
    return None
