"""The examples of client/README.md and docs/analysts.md, run in the order of the page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from tests.events.log import SOURCE
from tests.http.conftest import TOKEN
from tests.http.running import Running
from tests.kit.paths import DOCS, ROOT
from tests.kit.writer import BlockingWriter

README = ROOT / "client" / "README.md"
FORGET = Fragment("MATCH (n:Topic) WHERE n.name STARTS WITH 'Trams on' DETACH DELETE n")
WAITS = "## Follow what happens"
"""The section whose example waits for what others write; test_events.py has subscriptions."""


@pytest.fixture
def topics(seeded: BlockingWriter) -> Iterator[None]:
    yield
    seeded.read(FORGET)


def examples(text: str) -> str:
    return "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))


def run(text: str, server: Running, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("CITYGRAPH_TOKEN", TOKEN)
    found: dict[str, Any] = {}
    exec(compile(text.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{server.port}"), "page", "exec"), found)
    return found


def test_the_examples_of_the_readme(
    server: Running, topics: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = tmp_path / "topics.csv", examples(README.read_text(encoding="utf-8").partition(WAITS)[0])
    path.write_text(
        f"name,confidence,sources\nTrams on viaducts,VERIFIED,{SOURCE}\nTrams on beaches,NOBODY_KNOWS,{SOURCE}\n"
    )
    found = run(text.replace("topics.csv", str(path)), server, monkeypatch)
    found["client"].close()
    assert found["data"]["city"]["name"] == "Seattle"
    assert len(found["frame"]) == len(found["titles"]) > 3
    assert str(found["frame"].dtypes["since.earliest"]) == "datetime64[s]"
    assert found["network"].number_of_edges() == found["graph"].ecount() > 10
    assert found["written"]["upsertTopics"]["created"] == 1
    assert (found["uploaded"].created, len(found["uploaded"].problems)) == (1, 1)
    assert "('GRAPHQL_VALIDATION_FAILED',)" in capsys.readouterr().out


def test_the_examples_for_analysts(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCS / "analysts.md").read_text(encoding="utf-8")
    section = page.partition("\n## Python\n")[2].partition("\n## ")[0]
    found = run(examples(section), server, monkeypatch)
    found["client"].close()
    assert len(found["visits"]) > 100
    assert found["trust"].is_directed()
