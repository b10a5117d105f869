"""Folding: what does not count in a name or an address, and which names are almost equal."""

import random

import pytest

from graph.matching.fold import LONGEST, Web, differ_by_one, folded, lines_of, near, spellings, web
from tests.kit.random.documents import random_seed

SAME = [
    ("Köln", "KÖLN", "Ko\u0308ln", "koln", " Köln. "),
    ("Saint-Ouen", "saint ouen", "Saint\u2010Ouen", "SAINT_OUEN"),
    ("Straße", "STRASSE", "strasse"),
    ("Ålborg", "Alborg", "A\u030alborg"),
    ("Łódź", "Lodz", "łodz"),
]


@pytest.mark.parametrize("names", SAME)
def test_case_accents_and_punctuation_do_not_count(names: tuple[str, ...]) -> None:
    assert len({folded(each) for each in names}) == 1
    assert folded(names[0]) not in ("", *(folded(each[0]) for each in SAME if each != names))


@pytest.mark.parametrize("name", ["", " ", "--", "x" * (LONGEST + 1)])
def test_what_is_no_name_has_no_line(name: str) -> None:
    assert folded(name) == ""
    assert near(name) == near("")


def test_names_that_are_stored_together_are_told_apart() -> None:
    assert lines_of(folded("Köln") + folded("Bad Köln")) == {folded("Köln"), folded("Bad Köln")}
    assert lines_of("") == frozenset()


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Minneapolis-St. Paul", "Minneapolis"),
        ("Minneapolis-St. Paul", "St. Paul"),
        ("City of Oslo", "Oslo"),
        ("Köln/Cologne", "Köln"),
        ("Köln/Cologne", "Cologne"),
        ("Bolzano (Bozen)", "Bozen"),
        ("Malmö Municipality", "Malmö"),
        ("San Luis, Santiago de Cuba", "San Luis"),
    ],
)
def test_parts_of_a_name_are_looked_for(name: str, part: str) -> None:
    assert folded(part) in near(name).lines
    assert folded(name) not in near(name).lines


def test_a_name_with_many_words_has_no_parts() -> None:
    assert near(" ".join("abcdefghijk")).lines == frozenset()


def distance(one: str, other: str) -> int:
    """Count by the book how many letters are more, less or other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row, before = [at], row
        for to, wanted in enumerate(other, 1):
            row.append(min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != wanted)))
    return row[-1]


def test_one_letter_is_counted_as_by_the_book() -> None:
    draw = random.Random(random_seed())
    counted = 0
    for _ in range(20_000):
        one, other = ("".join(draw.choices("ab", k=draw.randint(0, 5))) for _ in range(2))
        assert differ_by_one(one, other) is (distance(one, other) == 1), (one, other)
        counted += distance(one, other) == 1
    assert counted > 1_000


def test_each_name_with_one_letter_changed_lies_where_it_is_looked_for() -> None:
    """One half of a name is as it was: the database finds it by its beginning or its end."""
    draw = random.Random(random_seed())
    for _ in range(5_000):
        text = "".join(draw.choices("abc ", k=draw.randint(5, 12))).strip()
        at, with_ = draw.randrange(len(text) + 1), draw.choice("abc")
        changed = draw.choice(
            (text[:at] + with_ + text[at:], text[:at] + text[at + 1 :], text[:at] + with_ + text[at + 1 :])
        )
        mine, stored = near(text), folded(changed)
        if (
            len(folded(text).strip()) < 5
            or folded(text) == stored
            or not differ_by_one(folded(text).strip(), stored.strip())
        ):
            continue
        begins = [
            each for each in mine.beginnings if stored.startswith(each.text) and each.least <= len(stored) <= each.most
        ]
        ends = [each for each in mine.endings if stored.endswith(each.text) and each.least <= len(stored) <= each.most]
        assert begins or ends, (text, changed)


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("https://www.Oslo.Kommune.no/", Web("oslo.kommune.no", "")),
        ("http://oslo.kommune.no", Web("oslo.kommune.no", "")),
        ("oslo.kommune.no", Web("oslo.kommune.no", "")),
        ("https://oslo.kommune.no:8443/english/?a=1#top", Web("oslo.kommune.no", "/english")),
        ("https://example.org/A", Web("example.org", "/A")),
        ("https://example.org./", Web("example.org", "")),
        ("", None),
        ("localhost", None),
        ("not an address", None),
        ("https://[::1", None),
        ("n/a", None),
    ],
)
def test_addresses_are_read(address: str, read: Web | None) -> None:
    assert web(address) == read


def test_every_spelling_is_the_same_address() -> None:
    of = Web("oslo.kommune.no", "/english")
    assert len(spellings(of)) == 8
    assert {web(each) for each in spellings(of)} == {of}
