"""Fixtures of the tests of the language."""

from typing import Any

import pytest

from tests.conftest import Asker


@pytest.fixture
def data(ask: Asker) -> Any:
    """Ask as somebody without rights, or as another viewer, and return the data."""

    def asked(text: str, variables: dict[str, Any] | None = None, viewer: str = "anonymous") -> Any:
        found = ask(text, variables, viewer)
        assert not found.errors
        return found.data

    return asked
