"""The reader of statements: what a client is told of a failure, and what the log keeps of it."""

import logging

import pytest

from graph.errors import Internal
from tests.conftest import Asker


def test_an_error_of_ours_has_an_id_that_stands_in_the_log(ask: Asker, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(Internal) as failed:
        ask.runner.run(ask.reader.value("RETURN 'a secret' AND", {}, "broken"))
    noted = [record for record in caplog.records if getattr(record, "error_id", None) == failed.value.mark]
    assert failed.value.mark in failed.value.message
    assert [getattr(record, "code", "") for record in noted] == ["Neo.ClientError.Statement.SyntaxError"]
    assert "secret" not in failed.value.message + caplog.text
