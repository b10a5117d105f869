"""Fixtures of the tests of the native writer. Without the library they are skipped, but where CITYGRAPH must have it: in CI."""

import os

import pytest

from graph.question.decode.native import Library, installed


@pytest.fixture(scope="session")
def library() -> Library:
    """The installed library."""
    found = installed()
    if found is None and os.environ.get("CI"):
        pytest.fail("citygraph-native is not installed: `make native` builds it, and needs cargo")
    if found is None:
        pytest.skip("citygraph-native is not installed: `make native`")
    return found
