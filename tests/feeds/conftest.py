"""The seeded database with a feed of trips; what it brings is deleted after the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeds.trips import FORGET, Stage
from tests.kit.writer import BlockingWriter


@pytest.fixture
def stage(seeded: BlockingWriter, tmp_path: Path) -> Iterator[Stage]:
    seeded.read(FORGET)
    yield Stage(seeded, tmp_path)
    seeded.read(FORGET)
