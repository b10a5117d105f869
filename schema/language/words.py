"""Words of texts, folded so that case and accents do not count. In: text. Out: its words with their positions in the text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MOST_WORDS = 10
MOST_TEXT = 200
MOST_HOPS = 6
"""Most relationships of a path. The schema's descriptions state these three limits; binding a question enforces them."""
ASCII_WORD = re.compile("[a-z0-9]+")
"""A word of a text in lower case that is all ASCII. Most texts are, and `words` takes ten times as long."""
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True)
class Word:
    """A folded word with its start and end in the text, in code points."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def fold(character: str) -> str:
    """Fold one character: lower case, without accents, one form of letters that have several spellings (ß, ø, æ)."""
    plain = unicodedata.normalize("NFKD", character.casefold())
    return "".join(c for c in plain if unicodedata.category(c)[0] != "M").translate(_LETTERS).casefold()


def words(text: str) -> Iterator[Word]:
    """Yield the runs of letters and digits of a text, folded. An accent written as a character belongs to the word before it."""
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
    """Return the words of a text as they are stored: on one line, each after a space; empty if there are none."""
    folded = ASCII_WORD.findall(text.lower()) if text.isascii() else [word.text for word in words(text)]
    return f"\n {' '.join(folded)} \n" if folded else ""
