"""client/README.md as a reader has it: the package in an environment of its own, the examples as one program, a real server."""

import os
import re
import subprocess
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.http.api import Service
from graph.cypher.fragments import Fragment
from tests.http.conftest import TOKEN
from tests.http.running import Running, started
from tests.kit.paths import DOCS
from tests.kit.wheel import build, pip
from tests.kit.writer import BlockingWriter
from tests.python_client.test_wheel import CLIENT, constraints_of_tests
from tests.wheel.test_wheel import NOT_SEEN

README = (CLIENT / "README.md").read_text(encoding="utf-8")
STORED = Fragment("MATCH (n:Topic) WHERE n.name STARTS WITH 'Trams on' RETURN n.name AS name")
FORGET = Fragment("MATCH (n:Topic) WHERE n.name STARTS WITH 'Trams on' DETACH DELETE n")
ADDRESS = "http://127.0.0.1:8000"
SECONDS = 300


@pytest.fixture(scope="module")
def server(service: Callable[..., Service]) -> Iterator[Running]:
    """A server as `citygraph up` starts one, but that plans its first questions for as long as that takes."""
    with started(service(statement_seconds=120, measure_seconds=120, synthetic=False)) as running:
        yield running


@pytest.fixture
def forgotten(seeded: BlockingWriter) -> Iterator[None]:
    yield
    seeded.read(FORGET)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what its metadata ask for, and nothing else."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "constraints.txt").write_text(constraints_of_tests(), encoding="utf-8")
    venv.create(folder / "venv", with_pip=True, symlinks=True)
    found = folder / "venv" / "bin" / "python"
    install(found, str(build(CLIENT, folder / "built")))
    return found


def install(python: Path, what: str) -> None:
    pip(python, "install", "--quiet", "--constraint", python.parents[2] / "constraints.txt", what)


def section(name: str) -> str:
    return README.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def extras() -> str:
    """Return the extras that the page says the examples need."""
    return str(re.findall(r"pip install './client(\[.+?\])'", README)[0])


def ran(python: Path, folder: Path, text: str, server: Running) -> str:
    """Run the examples of a text in a folder as one program; return what they print."""
    program = "\n".join(blocks(text, "python")).replace(ADDRESS, f"http://127.0.0.1:{server.port}")
    (folder / "examples.py").write_text(program, encoding="utf-8")
    (table,) = blocks(README, "csv")
    (folder / "topics.csv").write_text(table, encoding="utf-8")
    return command([str(python), "-W", "error", "examples.py"], folder)


def command(words: list[str], folder: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_SEEN)}
    environment = kept | {"CITYGRAPH_TOKEN": TOKEN, "PATH": f"{Path(words[0]).parent}{os.pathsep}{kept['PATH']}"}
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


PLAIN = (
    "Seattle",
    "('GRAPHQL_VALIDATION_FAILED',)",
    "2 rows sent",
    "1 created",
    "row 2 (line 3), confidence: ",
    "CREATED Trams on bridges",
)


def test_the_examples_run_without_extras(
    python: Path, server: Running, seeded: BlockingWriter, forgotten: None, tmp_path: Path
) -> None:
    text = README
    for name in ("Data frames", "Networks", "Types"):
        assert blocks(section(name), "python")
        text = text.replace(section(name), "")
    printed = ran(python, tmp_path, text, server)
    for each in PLAIN:
        assert each in printed
    assert str(server.ask("{ cities { totalCount } }").json()["data"]["cities"]["totalCount"]) in printed.splitlines()
    assert seeded.read(STORED) == []


def test_all_examples_run(
    python: Path, server: Running, seeded: BlockingWriter, forgotten: None, tmp_path: Path
) -> None:
    (wheel,) = (python.parents[2] / "built").glob("*.whl")
    install(python, f"{wheel}{extras()}")
    (question,) = blocks(section("Types"), "graphql")
    (tmp_path / "question.graphql").write_text(question, encoding="utf-8")
    (tmp_path / "schema.graphql").write_bytes((DOCS / "schema.graphql").read_bytes())
    makes_schema, makes_types = blocks(section("Types"), "sh")[0].splitlines()
    assert makes_schema == "citygraph schema > schema.graphql"
    command([str(python), "-c", f"import os; raise SystemExit(os.system({makes_types!r}))"], tmp_path)
    printed = ran(python, tmp_path, README, server)
    for each in (*PLAIN, "costPerDelegate.amount", "['"):
        assert each in printed
    nodes, ties, wave = re.findall(r"^(\d+) (\d+) (\S.*)$", printed, re.MULTILINE)[0]
    assert int(ties) > int(nodes) > 10
    assert wave
    assert seeded.read(STORED) == []


def test_the_examples_for_analysts(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITYGRAPH_TOKEN", TOKEN)
    text = (DOCS / "analysts.md").read_text(encoding="utf-8").partition("\n## Python\n")[2].partition("\n## ")[0]
    found: dict[str, object] = {}
    program = "\n".join(blocks(text, "python")).replace(ADDRESS, f"http://127.0.0.1:{server.port}")
    exec(compile(program, "page", "exec"), found)
    visits, trust = found["visits"], found["trust"]
    assert len(visits) > 100  # type: ignore[arg-type]  # a DataFrame
    assert trust.is_directed()  # type: ignore[attr-defined]  # an igraph.Graph
    found["client"].close()  # type: ignore[attr-defined]  # a Client
