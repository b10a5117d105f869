"""Servers over the seeded database: one that answers everything, and others with settings of their own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.http.api import Service
from app.viewers.tokens import Viewers
from tests.access.test_noninterference import hide
from tests.conftest import Asker
from tests.http.conftest import TOKEN, make_service, nothing_is_warmed, running
from tests.http.running import Running, started

__all__ = ["hide", "make_service", "nothing_is_warmed", "running"]


@pytest.fixture(scope="package")
def made(make_service: Callable[..., Service], ask: Asker) -> Callable[..., Service]:
    """Make a service that sees made-up facts only if asked, and every audience of the database."""

    def make(**given: Any) -> Service:
        service = make_service(**{"synthetic": False, "statement_seconds": 120, **given})
        token = TOKEN if service.settings.local else None
        return replace(service, viewers=Viewers(token, ask.audiences))

    return make


@pytest.fixture(scope="package")
def server(made: Callable[..., Service]) -> Iterator[Running]:
    with started(made()) as opened:
        yield opened
