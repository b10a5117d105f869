"""Highlights of a search. In: texts of a fact and the words that were searched for. Out: highlights as the API shows them."""

from collections.abc import Iterator, Sequence
from typing import Any

from schema.language.words import words as words_of

Pairs = tuple[tuple[str, str], ...]


def highlights(
    texts: Sequence[tuple[str, Any]], asked: Sequence[str], parts: Pairs, ranges: tuple[tuple[str, Pairs], ...]
) -> list[dict[str, Any]]:
    """List the texts that have a word beginning with one of the searched words.

    `parts` are the (response key, field) pairs of a highlight, `ranges` the pairs of each of its lists of ranges.
    """
    begins, inside = tuple(word.strip() for word in asked), dict(ranges)
    shown = []
    for name, text in _each(texts):
        matches = [word for word in words_of(text) if word.text.startswith(begins)]
        if matches:
            whole = {"property": name, "text": text, "__typename": "Highlight"}
            places = [{"start": word.start, "end": word.end, "__typename": "TextRange"} for word in matches]
            shown.append(
                {
                    key: [{k: place[n] for k, n in inside[key]} for place in places]
                    if field == "ranges"
                    else whole[field]
                    for key, field in parts
                }
            )
    return shown


def _each(texts: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield every text with the name of its property. A property may hold several texts."""
    for name, value in texts:
        for text in [value] if isinstance(value, str) else value or ():
            yield name, text
