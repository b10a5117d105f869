"""Cursors of the log are opaque, each differs, and only their own viewer may use them."""

import base64

import pytest

from graph.errors import BadUserInput
from graph.events.cursor import LogCursors, Position, mark

CURSORS = LogCursors(b"a secret of the tests")
AT = Position(1_234_567_890_123, mark("a log"))


@pytest.mark.parametrize("viewer", [None, "steward", ""])
@pytest.mark.parametrize("seq", [0, 1, 2**53])
def test_a_cursor_is_read_as_it_was_made(viewer: str | None, seq: int) -> None:
    at = Position(seq, AT.mark)
    assert CURSORS.open(CURSORS.seal(at, viewer), viewer) == at


def test_cursors_of_one_place_differ_and_are_equally_long() -> None:
    made = {CURSORS.seal(Position(seq, AT.mark), None) for seq in (0, 7, 7, 7, 2**53)}
    assert len(made) == 5
    assert {len(each) for each in made} == {48}


def test_a_cursor_shows_neither_its_place_nor_its_log() -> None:
    raw = base64.urlsafe_b64decode(CURSORS.seal(AT, None))
    assert (1_234_567_890_123).to_bytes(6, "big") not in raw
    assert AT.mark not in raw


@pytest.mark.parametrize(("of", "by"), [(None, "steward"), ("steward", None), ("key/1", "key/2"), ("", None)])
def test_a_cursor_of_another_viewer_is_refused(of: str | None, by: str | None) -> None:
    with pytest.raises(BadUserInput, match="forged or belongs to another viewer"):
        CURSORS.open(CURSORS.seal(AT, of), by)


@pytest.mark.parametrize("at", range(0, 36, 5))
def test_a_cursor_with_another_byte_is_refused(at: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(CURSORS.seal(AT, None)))
    raw[at] ^= 1
    with pytest.raises(BadUserInput, match="forged or belongs to another viewer"):
        CURSORS.open(base64.urlsafe_b64encode(raw).decode(), None)


def test_a_cursor_made_with_another_secret_is_refused() -> None:
    with pytest.raises(BadUserInput, match="forged"):
        LogCursors(b"another secret").open(CURSORS.seal(AT, None), None)


@pytest.mark.parametrize("text", ["", "12345", "é" * 48, "%" * 48, "A" * 47, "A" * 52, " " * 48, "[1]"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadUserInput, match="no cursor of the event log"):
        CURSORS.open(text, None)
