"""Facts found by words. In: a View, a text and types. Out: entries in the order of their rank, and where the words stand."""

from typing import Any

from graphql import GraphQLError

from schema.language.declare import upper_snake
from tests.kit.oracle.view import Entry, View
from tests.kit.oracle.words import all_begin_a_word, sought_words, words
from tests.kit.oracle.world import Fact

MOST_CHARACTERS = 200
IS_WHAT_IS_SOUGHT, BEGINS_SO, HAS_THE_WORDS = range(3)


def search(view: View, text: str, types: list[str] | None) -> list[Entry]:
    """Words: `search` looks at the searched texts of all types, or of `types`, for facts in which all words are found."""
    if len(text) > MOST_CHARACTERS:
        raise GraphQLError(f"text has {len(text)} characters; accepted are at most {MOST_CHARACTERS}")
    sought = sought_words(text)
    labels = [label for label in view.world.nodes_of if types is None or upper_snake(label) in types]
    entries = [entry for label in labels for entry in view.all(label)]
    hits = [entry for entry in entries if all_begin_a_word(sought, [held for _, held in _searched_texts(entry.fact)])]
    return sorted(hits, key=lambda entry: (_rank(entry.fact, sought), entry.fact.id))


def _rank(fact: Fact, sought: list[str]) -> int:
    """Words: first facts of which one text is the words asked for, then those of which one begins with them, then others."""
    asked = " ".join(sought)
    texts = [" ".join(word.folded for word in words(held)) for _, held in _searched_texts(fact)]
    if asked in texts:
        return IS_WHAT_IS_SOUGHT
    return BEGINS_SO if any(each.startswith(asked) for each in texts) else HAS_THE_WORDS


def _searched_texts(fact: Fact) -> list[tuple[str, str]]:
    """List the texts of the searched properties, each after the name of its property; a list has one for each item."""
    texts: list[tuple[str, str]] = []
    for name, prop in fact.properties.items():
        if prop.searched:
            held = fact.values.get(name) or []
            texts += [(name, text) for text in ([held] if isinstance(held, str) else held)]
    return texts


def highlights(fact: Fact, text: str) -> list[dict[str, Any]]:
    """Words: `highlights` says where the words stand, in Unicode code points; a text without any is left out."""
    begins = tuple(sought_words(text))
    shown = []
    for name, held in _searched_texts(fact):
        hits = [word for word in words(held) if word.folded.startswith(begins)]
        ranges = [{"start": word.start, "end": word.end} for word in hits]
        if ranges:
            shown.append({"property": name, "text": held, "ranges": ranges})
    return shown
