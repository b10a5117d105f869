"""The image is built from what is there: each file that the Dockerfile copies exists, and .dockerignore admits it."""

import re
from fnmatch import fnmatch

import pytest

from tests.kit.paths import ROOT

COPY = re.compile(r"^COPY (?!--from=)(.+) \S+$", re.MULTILINE)
SOURCES = [source for line in COPY.findall((ROOT / "Dockerfile").read_text()) for source in line.split()]


def admitted(path: str) -> bool:
    """Whether a file is sent to the builder: of the lines that match it, or a folder that it lies in, the last decides."""
    parts = path.split("/")
    above = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    kept = True
    for line in filter(None, (ROOT / ".dockerignore").read_text().splitlines()):
        pattern = line.removeprefix("!")
        if any(fnmatch(each, pattern) for each in above):
            kept = line.startswith("!")
    return kept


def test_the_image_copies_something() -> None:
    assert {"app", "graph", "schema", "seeds"} <= set(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_what_the_image_copies_exists_and_is_admitted(source: str) -> None:
    assert (ROOT / source).exists()
    assert admitted(source)


def test_what_nothing_copies_is_not_sent() -> None:
    assert not admitted("tests")
    assert not admitted(".git")
