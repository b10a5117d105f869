"""`citygraph feed` and `load --mapping`: from a CSV to facts, and what a person is told on the way."""

import csv
import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cypher.fragments import Fragment
from tests.cli.conftest import Run
from tests.kit.writer import BlockingWriter

FORGET = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/t-visits-' OR n:_Feed|_FeedRow|_FeedName|_FeedRun|_FeedClaim OR n:_Match "
    "DETACH DELETE n"
)
FACTS = Fragment("MATCH (n:Visit) WHERE n.id CONTAINS '/t-visits-' RETURN n.title AS title ORDER BY title")
IDS = Fragment(
    "MATCH (n:Visit {title: $q.title})-[r:HOSTED_BY]->() RETURN n.id AS id, r.id AS hosted, n.sources[0] AS source"
)
CONFIG = """
feed: t-visits
from: {FROM}
schedule: daily
source: {title: Visits of a city, licence: CC0-1.0}
key: no
facts:
  - concept: Visit
    title: title
    kind: {value: STUDY_TOUR}
    status: {value: HELD}
    since: {column: day, format: "%d.%m.%Y"}
  - relationship: HOSTED_BY
    from: visit
    to: {match: City, name: host, country: land}
"""
ROWS = [(no, f"Visit {no}", f"{no:02}.03.2026", "Oslo", "NO") for no in range(1, 11)]


@pytest.fixture
def folder(run: Run, seeded: BlockingWriter, tmp_path: Path) -> Iterator[Path]:
    seeded.read(FORGET)
    write(tmp_path, ROWS)
    (tmp_path / "visits.yaml").write_text(CONFIG.replace("{FROM}", "{kind: csv, path: visits.csv}"), encoding="utf-8")
    yield tmp_path
    seeded.read(FORGET)


def write(folder: Path, rows: list[tuple[int, str, str, str, str]]) -> None:
    with (folder / "visits.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["no", "title", "day", "host", "land"])
        lines.writerows(rows)


def titles(seeded: BlockingWriter) -> list[str]:
    return [record["title"] for record in seeded.read(FACTS)]


def test_a_dry_run_then_a_load_then_the_same_again(run: Run, folder: Path, seeded: BlockingWriter) -> None:
    arguments = ("load", str(folder / "visits.csv"), "--mapping", str(folder / "visits.yaml"))
    code, told, _ = run(*arguments, "--dry-run")
    assert (code, titles(seeded)) == (0, [])
    assert "Nothing was written." in told
    assert run(*arguments)[0] == 0
    assert len(titles(seeded)) == 10
    code, told, _ = run(*arguments)
    assert (code, "unchanged at the source" in told) == (0, True)


def test_a_fact_names_its_feed_record_and_runs(run: Run, folder: Path, seeded: BlockingWriter) -> None:
    run("feed", "add", str(folder / "visits.yaml"))
    run("feed", "run", "t-visits")
    write(folder, [ROWS[0], (2, "Another", "02.03.2026", "Oslo", "NO"), *ROWS[2:]])
    run("feed", "run", "t-visits")
    run("feed", "run", "t-visits")
    (first, second) = ({"title": each} for each in ("Visit 1", "Another"))
    for each in (first, second):
        (found,) = seeded.read(IDS, **each)
        each |= found
    source = f"Source: Visits of a city ({first['source']}), licence CC0-1.0"
    for fact in (second["id"], second["hosted"]):
        code, told, err = run("feed", "origin", fact)
        assert (code, err) == (0, "")
        lines = told.splitlines()
        assert lines[0] == "Feed t-visits brought it, with the record 2."
        assert re.fullmatch(r"First written by run 1 of 20\S+Z, last by run 2 of 20\S+Z\.", lines[1])
        assert lines[2] == source
    told = run("feed", "origin", first["id"])[1]
    assert re.search(r"First written by run 1 of 20\S+Z, last by run 1 of 20", told)
    assert run("feed", "origin", first["source"])[1].startswith("It is the source of feed t-visits.\n")
    assert run("feed", "origin", "city/no-12-oslo")[1].startswith("No feed brought it")
    code, _, err = run("feed", "origin", "visit/nothing")
    assert (code, "There is no fact visit/nothing." in err) == (1, True)


def test_what_waits_is_told_decided_and_taken(run: Run, folder: Path, seeded: BlockingWriter) -> None:
    write(folder, [*ROWS, (11, "Doubt", "11.03.2026", "Springfield", "US")])
    assert run("feed", "add", str(folder / "visits.yaml"))[:2] == (0, "Added feed t-visits. It is run every day.\n")
    code, told, _ = run("feed", "run", "t-visits")
    assert (code, "'Springfield'" in told) == (1, True)
    key = next(word for word in run("review")[1].split() if word.startswith("city-"))
    assert run("review", "decide", key, "city/us-il-springfield")[0] == 0
    assert run("feed", "run", "t-visits")[0] == 0
    assert "city-" not in run("review")[1]
    code, told, _ = run("feed", "log", "t-visits")
    assert [line.split("│")[1].strip() for line in told.splitlines() if "│" in line] == ["2", "1"]


def test_too_much_is_gone(run: Run, folder: Path, seeded: BlockingWriter) -> None:
    run("feed", "add", str(folder / "visits.yaml"))
    run("feed", "run", "t-visits")
    write(folder, ROWS[:5])
    code, told, _ = run("feed", "run", "t-visits")
    assert (code, "5 of 10 records are gone at the source" in told, len(titles(seeded))) == (1, True, 10)
    code, told, _ = run("feed", "run", "t-visits", "--accept")
    assert (code, len(titles(seeded))) == (0, 10)  # they stay for the grace
    assert "10" in run("feed", "status", "t-visits")[1]
    code, told, _ = run("feed", "remove", "t-visits", "--facts")
    assert (code, told, titles(seeded)) == (0, "Removed: feed t-visits and 21 facts.\n", [])
    assert run("feed", "list")[1] == "There is no feed.\n"


def test_a_feed_that_is_not_there_is_named_with_the_nearest(run: Run, folder: Path) -> None:
    run("feed", "add", str(folder / "visits.yaml"))
    code, _, told = run("feed", "run", "t-visit")
    assert (code, "There is no feed t-visit. Did you mean t-visits?" in told) == (1, True)


def test_faults_of_a_config_have_line_and_column(run: Run, folder: Path) -> None:
    text = (folder / "visits.yaml").read_text().replace("concept: Visit", "concept: Vist").replace("daily", "dayly")
    (folder / "visits.yaml").write_text(text)
    code, _, told = run("feed", "add", str(folder / "visits.yaml"))
    assert code == 1
    assert "visits.yaml:4:11" in told
    assert "visits.yaml:8:14" in told


def test_a_csv_of_a_server(run: Run, folder: Path, seeded: BlockingWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/visits.csv"
        text = CONFIG.replace("{FROM}", f"{{kind: csv, url: '{url}', allow_private: true}}")
        (folder / "visits.yaml").write_text(text, encoding="utf-8")
        assert "private" in run("feed", "add", str(folder / "visits.yaml"))[2]
        monkeypatch.setenv("CITYGRAPH_FEED_PRIVATE", "true")
        assert run("feed", "add", str(folder / "visits.yaml"))[0] == 0
        assert run("feed", "run", "t-visits")[0] == 0
        assert len(titles(seeded)) == 10
        assert "unchanged at the source" in run("feed", "run", "t-visits")[1]
        server.shutdown()
