"""A fault of ours: the client gets an id, and the log has the cause under it."""

import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.http.figures import FigureRoutes
from app.http.viewing import Viewing
from graph.mutations.run import Mutations
from tests.http.conftest import TOKEN
from tests.http.running import Running

QUESTION = {"query": 'mutation { deleteFacts(rows: [{id: "city/none"}]) { deleted } }'}
SECRET = "a value that nobody may see"


async def fails(*_: Any, **__: Any) -> Any:
    raise TypeError(SECRET)


def fails_at_once(*_: Any) -> Any:
    raise TypeError(SECRET)


@pytest.mark.parametrize(
    ("path", "at_fault", "broken"),
    [
        ("/graphql", (Mutations, "answer"), fails),
        ("/graphql", (Viewing, "known"), fails_at_once),
        ("/figures/map.svg", (FigureRoutes, "drawn"), fails),
    ],
    ids=range(3),
)
def test_the_client_gets_an_id_and_the_log_the_cause(
    running: Callable[..., Running],
    path: str,
    at_fault: tuple[type, str],
    broken: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server = running()
    monkeypatch.setattr(*at_fault, broken)
    with httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}", headers={"authorization": f"Bearer {TOKEN}"}
    ) as client:
        with caplog.at_level(logging.ERROR):
            found = client.post(path, json=QUESTION) if path == "/graphql" else client.get(path)
        assert found.headers["content-type"].startswith(("application/json", "application/graphql-response+json"))
        (error,) = found.json()["errors"]
        assert client.get("/healthz").status_code == 200
    assert (found.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert SECRET not in found.text
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert vars(record)["error_id"] in error["message"]
    assert SECRET in str(record.exc_info)
