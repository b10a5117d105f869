"""Words of texts, folded so that capitals and accents do not count. In: text. Out: its words, and where they stand in it."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MOST_WORDS = 10
MOST_TEXT = 200
MOST_HOPS = 6
"""Of a path; like the others it is told in the schema and holds where a question is bound."""
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True)
class Word:
    """A folded word, and the part of the text that it was made of, in code points."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def fold(character: str) -> str:
    """Fold one character: no capitals, no marks, one form for letters that are written in several ways."""
    plain = unicodedata.normalize("NFKD", character.casefold())
    return "".join(c for c in plain if unicodedata.category(c)[0] != "M").translate(_LETTERS).casefold()


def words(text: str) -> Iterator[Word]:
    """Yield the runs of letters and digits of a text, folded; a mark, which folds to nothing, belongs to what it marks."""
    run, start, end = "", 0, 0
    for at, character in enumerate(text):
        folded = fold(character)
        if run and not folded:
            end = at + 1
        for letter in folded:
            if letter.isalnum():
                start = start if run else at
                run, end = run + letter, at + 1
            elif run:
                yield Word(run, start, end)
                run = ""
    if run:
        yield Word(run, start, end)


def line(text: str) -> str:
    """Return the words of a text as they are stored: a line of them, each after a blank; empty where there is none."""
    found = [word.text for word in words(text)]
    return f"\n {' '.join(found)} \n" if found else ""
