"""`citygraph ask` finds the running server, takes a document in four ways, and costs little.

The cost is CPU time of the command's process, over that of a process that imports httpx, which asking needs: a wall clock
would measure how busy the machine is, and seconds how fast.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.cli import COMMANDS, imported
from app.http.api import Service
from app.start.servers import announced, running_server
from app.start.settings import Profile, Settings
from app.viewers.tokens import Viewers
from graph.bolt.connect import Address
from graph.question.compile import Limits
from graph.question.engine import Engine
from tests.cli.conftest import Run
from tests.conftest import Asker
from tests.http.running import Running, started

TOKEN = "the-token-of-the-tests"
MOST_HELP, MOST_ASK = 2.0, 6.0
"""Times the CPU of a process that imports httpx. To import what compiles and serves costs 13, the engine alone 8."""
COUNT = "{ cities { totalCount } }"


@pytest.fixture(scope="module")
def server(ask: Asker, address: Address, new_engine: Callable[[Limits], Engine]) -> Iterator[Running]:
    """A server over the seeded database."""
    settings = Settings(profile=Profile.LOCAL, host="127.0.0.1", port=0, statement_seconds=120)
    viewers = Viewers(TOKEN, ask.audiences)
    with started(Service(new_engine(Limits()), address, viewers, settings)) as running:
        yield running


@pytest.fixture
def of_folder(server: Running, address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The server, as the one of the data folder that the fixture `run` sets; its log stays out of what is printed."""
    monkeypatch.setattr("app.http.log.log", SimpleNamespace(info=lambda *_, **__: None))
    settings = Settings(data_dir=tmp_path / "data", neo4j_uri=address.uri, neo4j_password="x")
    with announced(settings, server.port):
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture
def no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whoever answers without the server."""
    monkeypatch.setattr("app.cli.alone.answered", lambda *_, **__: pytest.fail("answered without the server"))


def cost(*arguments: str, environment: dict[str, str] | None = None) -> float:
    """Run a command five times, in turn with an import of httpx; return the median of its cost in such imports."""
    times = [
        seconds("from app.cli import main; main()", *arguments, environment=environment) / seconds("import httpx")
        for _ in range(5)
    ]
    return statistics.median(times)


def seconds(code: str, *arguments: str, environment: dict[str, str] | None = None) -> float:
    """Return the CPU seconds of a Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.usefixtures("neo4j")
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("ask", "--help")], ids=" ".join)
def test_help_costs_little(arguments: tuple[str, ...]) -> None:
    assert cost(*arguments) < MOST_HELP


def test_a_question_to_a_running_server_costs_little(server: Running, tmp_path: Path) -> None:
    mine = {"CITYGRAPH_DATA_DIR": str(tmp_path)}
    address = f"http://127.0.0.1:{server.port}"
    assert cost("ask", "years-from-lesson-to-use", "--table", "--server", address, environment=mine) < MOST_ASK


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_has_the_first_sentences_of_each_command(name: str) -> None:
    written = " ".join((imported(name).help or "").split())
    assert written.startswith(COMMANDS[name])


@pytest.mark.usefixtures("no_start")
def test_the_server_of_the_data_folder_is_asked(run: Run, of_folder: str) -> None:
    code, out, _ = run("ask", "ppp-from-london")
    assert code == 0
    assert json.loads(out)["data"]["lessons"]["nodes"][0]["learnedBy"]["name"] == "Lima"


@pytest.mark.usefixtures("no_start")
def test_a_text_and_standard_input_are_answered(
    run: Run, of_folder: str, monkeypatch: pytest.MonkeyPatch, world: object
) -> None:
    given = json.loads(run("ask", COUNT)[1])
    monkeypatch.setattr(
        sys, "stdin", StringIO('# variables: {"n": 2}\nquery Q($n: Int) { cities(first: $n) { nodes { id } } }')
    )
    assert given["data"]["cities"]["totalCount"] > 6_000
    assert len(json.loads(run("ask", "-", "--operation", "Q")[1])["data"]["cities"]["nodes"]) == 2


@pytest.mark.usefixtures("no_start")
def test_the_viewer_is_who_the_token_says(
    run: Run, of_folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rosters(*more: str) -> int:
        text = '{ rosters(where: {name: {startsWith: "Leaders"}}, synthetic: true) { totalCount } }'
        return int(json.loads(run("ask", text, *more)[1])["data"]["rosters"]["totalCount"])

    assert rosters() == 0
    assert rosters("--token", TOKEN) == 3
    (tmp_path / "data" / "steward.token").write_text(TOKEN)
    assert rosters("--as", "steward") == 3
    monkeypatch.setenv("CITYGRAPH_TOKEN", "not known")
    code, out, _ = run("ask", COUNT)
    assert code == 1
    assert json.loads(out)["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.usefixtures("no_start")
def test_tables_are_printed_when_asked_for(run: Run, of_folder: str) -> None:
    code, out, _ = run("ask", "ppp-from-london", "--table")
    assert code == 0
    assert "Lima" in out
    assert "{" not in out
    code, out, err = run("ask", "{ nothing }", "--table")
    assert (code, out) == (1, "")
    assert "GRAPHQL_VALIDATION_FAILED: Cannot query field 'nothing'" in err


def test_an_address_without_a_server_is_named(run: Run) -> None:
    code, _, err = run("ask", COUNT, "--server", "http://127.0.0.1:9")
    assert code == 1
    assert "No server answers at http://127.0.0.1:9 (Connection refused)" in err
    code, _, err = run("ask", COUNT, "--server", "localhost:8000")
    assert code == 1
    assert "localhost:8000 is not the address of a server; one looks like http://127.0.0.1:8000" in err


def test_a_wrong_id_gets_the_near_ones(run: Run) -> None:
    assert "Did you mean ppp-from-london?" in run("ask", "ppp-from-londn")[2]
    assert "Did you mean what-seattles-tours-cost?" in run("ask", "tours cost")[2]


def test_a_server_that_has_ended_or_has_another_database_is_not_asked(tmp_path: Path) -> None:
    mine = Settings(data_dir=tmp_path)
    with announced(mine, 8123):
        assert running_server(mine) == "http://127.0.0.1:8123"
        other = Settings(data_dir=tmp_path, neo4j_uri="bolt://127.0.0.1:7687", neo4j_password="x")
        assert running_server(other) is None
    assert running_server(mine) is None
    ended = tmp_path / "servers" / "1.json"
    ended.write_text(json.dumps({"url": "http://127.0.0.1:8123", "process": [1, "never"], "database": ["", "neo4j"]}))
    assert running_server(mine) is None
    assert not ended.exists()
    (tmp_path / "servers" / "2.json").write_text("{")
    assert running_server(mine) is None
