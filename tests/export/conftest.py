"""Servers over the seeded database whose exports are kept in a folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.http.conftest import Client, make_client, make_service, nothing_is_warmed, running

__all__ = ["make_client", "make_service", "nothing_is_warmed", "running"]


@pytest.fixture(scope="session")
def exports(make_client: Callable[..., Client], tmp_path_factory: pytest.TempPathFactory) -> Client:
    """A client of a server with the settings that it has by itself."""
    folder: Path = tmp_path_factory.mktemp("data")
    return make_client(synthetic=False, data_dir=folder)
