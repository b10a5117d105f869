"""What stands below a figure. In: what is known of its data, and counts. Out: sentences, which stand inside the file.

Numbers are counted from what is drawn, so that the caption cannot differ from the picture.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What the asker knows of the data. `when` is a date or a wave, `rule` says how the direction of a tie counts.

    `people` says that people are drawn, some of whom may not have answered.
    """

    title: str
    when: str
    rule: str
    people: bool = False
    answered: int | None = None
    invited: int | None = None
    synthetic: bool = False
    notes: tuple[str, ...] = ()


SYNTHETIC = "Synthetic: made up, and true of nobody."
LICENCE = "Each fact cites its source, and the data's licences are listed in docs/licences.md of citygraph."
"""The last line of every figure, the same as in pages that the explorer saves."""


def sentences(facts: Facts, *counts: str) -> tuple[str, ...]:
    """Return the caption: when, the counts, the rule, the response rate of people, whether it is synthetic, and the notes."""
    made = (f"{_ended(facts.when)} {_ended(', '.join(counts))}", _ended(facts.rule))
    answered = (response(facts),) if facts.people else ()
    return (*made, *answered, *((SYNTHETIC,) if facts.synthetic else ()), *map(_ended, facts.notes))


def response(facts: Facts) -> str:
    """Return the response rate in words."""
    if facts.answered is None or not facts.invited:
        return "Response rate: not known."
    share = 100 * facts.answered / facts.invited
    return f"Response rate: {share:.0f}% ({facts.answered} of {facts.invited})."


def count(number: int, one: str, more: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else more}"


def _ended(sentence: str) -> str:
    text = sentence.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
