"""Figures that are kept: given for the very networks that they were drawn of, and within their bound."""

import pytest

from graph.measures import drawn
from graph.measures.drawn import Figures
from tests.measures.test_registry import made


def test_a_figure_is_given_for_the_very_networks_it_was_drawn_of() -> None:
    first, second, figures = made("ring"), made("ring"), Figures()
    assert figures.get("cloud", [first]) is None
    figures.keep("cloud", [first], b"drawn")
    assert figures.get("cloud", [first]) == b"drawn"
    assert figures.get("cloud", [second]) is None, "a network that was read again may be another one"
    assert figures.get("cloud", [first, second]) is None
    assert figures.get("growth", [first]) is None
    figures.keep("cloud", [second], b"again")
    assert (figures.get("cloud", [first]), figures.get("cloud", [second])) == (None, b"again")
    del second
    assert figures.get("cloud", [made("ring")]) is None


def test_the_figures_used_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "KEPT_FIGURES", 10)
    of, figures = made("ring"), Figures()
    for key in "ab":
        figures.keep(key, [of], key.encode() * 5)
    figures.get("a", [of])
    figures.keep("c", [of], b"ccc")
    assert [key for key in "abc" if figures.get(key, [of])] == ["a", "c"]
    figures.keep("large", [of], b"l" * 11)
    assert figures.drawn == {}
