"""Words of a text. In: a text. Out: its words without capitals and accents, and where they stand in the text."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from unicodedata import category, normalize

from graphql import GraphQLError

MOST_WORDS = 10
WRITTEN_OUT = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
"""Letters that Unicode does not take for another letter with a mark."""


class Word(NamedTuple):
    """A word, folded, and the part of the text that it is, in code points: from `start` to just before `end`."""

    folded: str
    start: int
    end: int


@cache
def words(text: str) -> list[Word]:
    """Words: capitals and accents do not count. A word is a run of letters and digits."""
    found: list[Word] = []
    inside = False
    for at, character in enumerate(text):
        letters = _folded(character)
        if inside and not letters:  # a mark on its own belongs to the word that it stands in
            found[-1] = found[-1]._replace(end=at + 1)
        for letter in letters:
            if not letter.isalnum():
                inside = False
            elif inside:
                found[-1] = Word(found[-1].folded + letter, found[-1].start, at + 1)
            else:
                found.append(Word(letter, at, at + 1))
                inside = True
    return found


def _folded(character: str) -> str:
    """Fold one character: none, one or several letters without capitals and accents."""
    parts = normalize("NFKD", character.casefold())
    without_marks = [part for part in parts if not category(part).startswith("M")]
    return "".join(WRITTEN_OUT.get(part, part) for part in without_marks).casefold()


def sought_words(text: str) -> list[str]:
    """List the words to look for; accepted are 1 to 10."""
    sought = [word.folded for word in words(text)]
    if not 1 <= len(sought) <= MOST_WORDS:
        raise GraphQLError(f"{text!r} has {len(sought)} words; accepted are 1 to {MOST_WORDS}")
    return sought


def all_begin_a_word(sought: Iterable[str], texts: Iterable[str]) -> bool:
    """Words: each word of the text begins a word of the value; the words may stand in several texts."""
    there = [word.folded for text in texts for word in words(text)]
    return all(any(word.startswith(begin) for word in there) for begin in sought)
