"""Commands run in the process of the tests; what they do to its logs is undone."""

import logging
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Put the handlers back: those of a command write to a stream that ends with it."""
    loggers = [logging.getLogger(), logging.getLogger("neo4j")]
    before = [(logger, list(logger.handlers), logger.level) for logger in loggers]
    yield
    for logger, handlers, level in before:
        logger.handlers = handlers
        logger.setLevel(level)
    structlog.reset_defaults()
