"""Words of texts: the short way of plain ASCII gives what the general way gives."""

from hypothesis import given
from hypothesis import strategies as st

from schema.language.words import line, words


def general(text: str) -> str:
    folded = [word.text for word in words(text)]
    return f"\n {' '.join(folded)} \n" if folded else ""


def test_every_ascii_character() -> None:
    for at in range(128):
        text = f"a{chr(at)}B {chr(at)}"
        assert line(text) == general(text), ascii(text)


@given(st.text(st.characters(codec="ascii"), max_size=30) | st.text(max_size=30))
def test_any_text(text: str) -> None:
    assert line(text) == general(text)
