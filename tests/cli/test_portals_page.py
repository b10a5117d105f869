"""The newcomer's page docs/portals.md and docs/mapping.md: their files and commands do what they say."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cypher.fragments import Fragment
from graph.load.mapping import parse_config
from graph.load.mapping.suggest import suggest
from schema.model import model
from tests.cli.conftest import Run
from tests.kit.paths import DOCS
from tests.kit.writer import BlockingWriter

PAGE = (DOCS / "portals.md").read_text(encoding="utf-8")
FORGET = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/our-visits-' OR n:_Feed|_FeedRow|_FeedName|_FeedRun|_FeedClaim OR n:_Match "
    "DETACH DELETE n"
)


def blocks(text: str, language: str) -> list[str]:
    every = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [body for name, body in every if name == language]


@pytest.fixture
def folder(run: Run, seeded: BlockingWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    seeded.read(FORGET)
    (tmp_path / "visits.csv").write_text(blocks(PAGE, "csv")[0], encoding="utf-8")
    yield tmp_path
    seeded.read(FORGET)


def commands() -> list[list[str]]:
    """Return the commands of the first part of the page, each as its arguments."""
    told = "\n".join(blocks(PAGE.partition("## Feeds")[0], ""))
    return [shlex.split(line)[1:] for line in told.splitlines() if line.startswith("citygraph ")]


def test_the_page_from_a_csv_to_facts(run: Run, folder: Path) -> None:
    suggested, trial, load, ask = commands()
    code, told, _ = run(*suggested)
    assert (code, "10 of 10 records give rows without a problem" in told) == (0, True)
    (folder / "visits.yaml").write_text(blocks(PAGE, "yaml")[0], encoding="utf-8")
    code, told, _ = run(*trial)
    assert (code, "Nothing was written." in told) == (0, True), told
    assert run(*load)[0] == 0
    told = run(*load)[1]
    assert "unchanged at the source" in told
    code, told, _ = run(*ask)
    assert (code, "Trams and how they pay" in told, "Oslo" in told) == (0, True, True)


def test_the_draft_of_the_page_loads(run: Run, folder: Path) -> None:
    run(*commands()[0])
    text = (folder / "visits.yaml").read_text(encoding="utf-8").replace("feed: visits", "feed: our-visits")
    (folder / "visits.yaml").write_text(text, encoding="utf-8")
    assert "    delegates: people " in text
    assert run("load", "visits.csv", "--mapping", "visits.yaml")[0] == 0


def test_a_config_of_a_portal_is_checked_before_it_is_added(run: Run, tmp_path: Path) -> None:
    """A file over HTTP has other options than the same kind on this machine."""
    path, text = tmp_path / "web.yaml", blocks(PAGE, "yaml")[0]
    web = text.replace(
        "{kind: csv, path: visits.csv}", "{kind: json, url: https://a.example, items: rows, per_second: 2}"
    )
    path.write_text(web, encoding="utf-8")
    assert run("mapping", "check", str(path))[:2] == (0, f"{path} is right.\n")
    path.write_text(web.replace("per_second: 2", "per_second: 0"), encoding="utf-8")
    code, _, told = run("mapping", "check", str(path))
    assert (code, "web.yaml:2:69 from.per_second: 0 is not accepted. It is a number above 0" in told) == (1, True), told


def test_the_example_of_the_mapping_page_is_a_config() -> None:
    for text in blocks((DOCS / "mapping.md").read_text(encoding="utf-8"), "yaml"):
        assert parse_config(text, Path("visits.yaml"), model(), {}).feed == "oslo-visits"


def test_every_word_of_a_config_is_on_the_mapping_page() -> None:
    from graph.load.formats.options import KINDS
    from graph.load.mapping.config import WORDS
    from graph.load.mapping.read_facts import CONCEPT_WORDS, RELATIONSHIP_WORDS
    from graph.load.mapping.read_values import ANY, MORE

    page = (DOCS / "mapping.md").read_text(encoding="utf-8")
    options = {option for each in KINDS.values() for option in each}
    words = {
        *WORDS,
        *KINDS,
        *options,
        *CONCEPT_WORDS,
        *RELATIONSHIP_WORDS,
        *ANY,
        *(word for each in MORE.values() for word in each),
    }
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", page)] == []


@pytest.mark.parametrize("name", ["facts.csv", "countries.csv"])
def test_a_draft_of_a_strange_file_can_be_read(name: str, tmp_path: Path) -> None:
    rows = {"facts.csv": "id;kind;text\n1;x;a\n2;y;b\n", "countries.csv": "code,country\nNO,Norway\nDK,Denmark\n"}
    (tmp_path / name).write_text(rows[name])
    draft = suggest(tmp_path / name, name, model(), "Country" if name == "countries.csv" else "Idea")
    assert draft.records == 2
    assert parse_config(draft.text, tmp_path / "draft.yaml", model(), {})
