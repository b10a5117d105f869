"""The Neo4j of a snapshot has its facts, answers Cypher as GraphQL answers, and reaches neither files nor addresses."""

import http.client
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import Neo4jError

from graph.access.rights import Rights
from graph.bolt.connect import Address
from graph.cypher.fragments import Fragment
from graph.facts.write import Stamp
from graph.managed import control, processes
from graph.snapshot import database
from graph.snapshot.make import Maker
from graph.snapshot.problems import SnapshotFailed
from seeds import QUESTIONS
from tests.cli.conftest import Run
from tests.conftest import NOW, SECRET, Asker
from tests.kit.family import Family, families
from tests.kit.table import table
from tests.kit.writer import BlockingWriter
from tests.language.test_queries import ask, seeds
from tests.notebooks.run import OF_SNAPSHOT, shows_what_is_written
from tests.snapshot.kit import EVERY, Row, Snapshots, different, parquet_rows, wishes

__all__ = ["ask", "seeds"]
"""The edge cases are away while these tests run, as for other tests of the questions."""
twofold = pytest.mark.parametrize(
    "family", [each for each in families(QUESTIONS) if each.systems], ids=lambda family: family.path.stem
)


ODD = 'a "q", \\"b\\"; \n line\r\n|\ttab \'x\' {y} é 漢字 🚲 \\'
"""A text of which a careless CSV loses something."""
ODD_SOURCE = {
    **{"label": "Source", "id": "source/snapshot-001:~@+.", "title": ODD, "note": f" {ODD} "},
    **{"rows": [ODD, ";", '"', " x ", "001"], "confidence": "REPORTED", "since": "0044-03-15"},
}
FORGET = Fragment("MATCH (n:Fact) WHERE n.id STARTS WITH 'source/snapshot-' DETACH DELETE n")
FORGET_LOAD = Fragment("MATCH (l:_Load {file: 'odd.jsonl'}) DELETE l")


@pytest.fixture(scope="module")
def folder(
    ask: Asker, snapshots: Snapshots, seeded: BlockingWriter, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A snapshot of the steward who asks, with made-up facts; its Neo4j runs. A shell would have to quote its path."""
    made: Path = tmp_path_factory.mktemp("a b,c=d") / "König's snapshot"
    odd = made.with_name("odd.jsonl")
    odd.write_text(json.dumps(ODD_SOURCE) + "\n", encoding="utf-8")
    (report,) = seeded.load([odd], Stamp(SECRET, NOW))
    assert report.diff.problems == ()
    wish = wishes(ask.rights("steward").with_synthetic(), database=True)
    snapshots.make(made, replace(wish, viewer="steward", synthetic=True))
    for statement in (FORGET, FORGET_LOAD):
        seeded.alone(statement)
    database.start(made, snapshots.managed)
    yield made
    database.stop(made, snapshots.managed)


@pytest.fixture(scope="module")
def running(folder: Path, snapshots: Snapshots) -> database.Running:
    return database.start(folder, snapshots.managed)


@pytest.fixture(scope="module")
def driver(running: database.Running) -> Iterator[Driver]:
    auth = (running.username, running.password_file.read_text("utf-8"))
    with GraphDatabase.driver(running.uri, auth=auth, notifications_min_severity="OFF") as opened:
        yield opened


def rows_of(driver: Driver, text: str) -> list[Any]:
    return driver.execute_query(text).records


def test_the_database_has_the_facts_of_the_files(driver: Driver, folder: Path) -> None:
    given: dict[str, dict[str, Row]] = {name: {} for name in EVERY}
    for record in rows_of(driver, "MATCH (n) RETURN labels(n) AS labels, properties(n) AS stored"):
        (label,) = set(record["labels"]) - {"Fact"}
        given[label][record["stored"]["id"]] = plain(record["stored"])
    ties = rows_of(driver, "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS stored")
    for record in ties:
        row = {"from": record["a"], "to": record["b"], **plain(record["stored"])}
        given[record["type"]][row["id"]] = row
    assert different(given, parquet_rows(folder)) == []
    odd = given["Source"][str(ODD_SOURCE["id"])]
    assert {name: odd[name] for name in ("title", "note", "rows", "since")} == {
        name: ODD_SOURCE[name] for name in ("title", "note", "rows", "since")
    }


def plain(stored: dict[str, Any]) -> Row:
    """Write the values of the driver as Parquet has them."""
    row: Row = {}
    for name, value in stored.items():
        if hasattr(value, "latitude"):
            row |= {f"{name}Latitude": value.latitude, f"{name}Longitude": value.longitude}
        else:
            row[name] = value.to_native() if hasattr(value, "to_native") else value
    return row


@twofold
def test_a_question_in_cypher_finds_what_graphql_finds(driver: Driver, ask: Asker, family: Family) -> None:
    asked = table(family.text, ask(family.text, family.variables, family.viewer).data or {})
    text = family.path.with_suffix(".cypher").read_text(encoding="utf-8")
    found = [tuple(map(as_answered, record.values())) for record in rows_of(driver, text)]
    assert asked
    # The order of rows that a statement does not tell apart differs between two databases, so it is not compared here.
    assert sorted(found, key=repr) == sorted(asked, key=repr)


def as_answered(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(as_answered, value))
    return value.iso_format() if hasattr(value, "iso_format") else value


def test_indexes_and_constraints_are_those_of_the_model(driver: Driver, address: Address, folder: Path) -> None:
    """All but those of the platform's own nodes, of its keys, and of labels without a fact."""
    shown = "SHOW INDEXES YIELD name, state, type, labelsOrTypes, properties RETURN *"
    made = {record["name"]: record for record in rows_of(driver, shown)}
    assert {record["state"] for record in made.values()} == {"ONLINE"}
    labels = {path.stem for path in (folder / "csv" / "nodes").iterdir()} | {"Fact"}
    with GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as other:
        wanted = {
            record["name"]
            for record in other.execute_query(shown).records
            if record["type"] == "FULLTEXT"
            or (set(record["labelsOrTypes"] or ()) & labels and record["properties"] != ["key"])
        }
    assert {name for name, record in made.items() if record["type"] != "LOOKUP"} == wanted
    assert len(wanted) > 80


WRITES = (
    "CREATE (n:Fact {id: 'x/1'})",
    "MATCH (n:City) SET n.name = 'x'",
    "MATCH (n:City) DETACH DELETE n",
    "CREATE INDEX FOR (n:City) ON (n.note)",
    "CALL db.createLabel('Made')",
    "MATCH (n:City) CALL (n) { SET n.name = 'x' } IN TRANSACTIONS",
)


@pytest.mark.parametrize("text", WRITES)
def test_it_refuses_writes(driver: Driver, text: str) -> None:
    with pytest.raises(Neo4jError) as refused, driver.session() as session:
        session.run(text).consume()
    assert refused.value.code == "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase"


def test_it_reads_no_file(driver: Driver, folder: Path) -> None:
    inside = folder / "neo4j" / "import" / "x.csv"
    inside.write_text("secret\n")
    for url in ("file:///x.csv", "file:///etc/passwd", inside.as_uri()):
        with pytest.raises(Neo4jError, match="allow_csv_import_from_file_urls"):
            driver.execute_query("LOAD CSV FROM $url AS line RETURN line", url=url)


def test_it_asks_no_address(driver: Driver) -> None:
    """A listener of this machine sees no connection, whatever name or number it is called by."""
    seen: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        listener.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                seen.append(connection)
                connection.close()

        listening = threading.Thread(target=listen)
        listening.start()
        try:
            for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "127.1", "2130706433", "[::ffff:127.0.0.1]"):
                for scheme in ("http", "https", "ftp"):
                    with pytest.raises(Neo4jError):
                        driver.execute_query("LOAD CSV FROM $url AS l RETURN l", url=f"{scheme}://{host}:{port}/x.csv")
            assert seen == []
            socket.create_connection(("127.0.0.1", port)).close()
            ended.wait(0.5)
        finally:
            ended.set()
            listening.join()
    assert len(seen) == 1, "the listener would have seen a connection"


def test_it_has_no_procedure_that_reaches_out(driver: Driver) -> None:
    names = {record["name"] for record in rows_of(driver, "SHOW PROCEDURES YIELD name")}
    names |= {record["name"] for record in rows_of(driver, "SHOW FUNCTIONS YIELD name")}
    assert {name.partition(".")[0] for name in names if "." in name} <= {
        *("db", "dbms", "tx", "vector", "graph", "point", "date", "datetime", "localdatetime", "localtime", "time"),
        "duration",
    }
    assert not [name for name in names if name.startswith("apoc") or "load" in name.lower()]


def test_it_listens_on_this_machine_only(running: database.Running, folder: Path, snapshots: Snapshots) -> None:
    pid = control.status(database.settings_of(folder, snapshots.managed)).pid
    sockets = {str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()}
    tables = (Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6"))
    lines = [line.split() for table_ in tables for line in table_]
    listening = [each[1].split(":") for each in lines if each[3] == "0A" and f"socket:[{each[9]}]" in sockets]
    assert {int(port, 16) for _, port in listening} == {port_of(running.uri), port_of(running.browser)}
    assert {where for where, _ in listening} <= {"0100007F", "0000000000000000FFFF00000100007F"}


def port_of(url: str) -> int:
    return int(url.split(":")[2].partition("/")[0])


def test_neo4j_browser_is_served_and_may_reach_its_own_server_alone(running: database.Running) -> None:
    host, port = running.browser.removeprefix("http://").partition("/")[0].split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    connection.request("GET", "/browser/")
    answer = connection.getresponse()
    assert answer.status == 200
    assert b"<title>Neo4j Browser</title>" in answer.read()
    policy = answer.headers["Content-Security-Policy"]
    bolt = running.uri.removeprefix("bolt://")
    assert f"connect-src 'self' ws://{bolt} http://{bolt};" in policy
    assert set(re.findall(r"https?:[^ ;]*|wss?:[^ ;]*", policy)) == {f"ws://{bolt}", f"http://{bolt}"}
    connection.request("POST", "/db/neo4j/tx/commit", "{}", {"Content-Type": "application/json"})
    refused = connection.getresponse()
    refused.read()
    connection.close()
    assert refused.status in (404, 405), "the HTTP API is not served"


def test_its_address_is_in_a_file_while_it_runs(running: database.Running, folder: Path) -> None:
    assert database.address_file(folder).read_text(encoding="utf-8") == running.uri


def test_its_password_is_private_and_is_not_that_of_the_live_one(running: database.Running, address: Address) -> None:
    assert running.password_file.stat().st_mode & 0o777 == 0o600
    with (
        pytest.raises(Neo4jError) as refused,
        GraphDatabase.driver(address.uri, auth=(address.username, running.password_file.read_text())) as other,
    ):
        other.verify_connectivity()
    assert "Security" in str(refused.value.code)


def test_a_running_database_keeps_its_folder(folder: Path, snapshots: Snapshots, running: database.Running) -> None:
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(SnapshotFailed, match="End it first: citygraph snapshot stop"):
        snapshots.make(folder, wishes(Rights()))
    assert (folder / "manifest.json").read_bytes() == before
    assert processes.lives(processes.mark(control.status(database.settings_of(folder, snapshots.managed)).pid))


def test_the_notebook_shows_what_is_written(
    folder: Path, running: database.Running, monkeypatch: pytest.MonkeyPatch, rewrite: bool
) -> None:
    monkeypatch.setenv("CITYGRAPH_SNAPSHOT", str(folder))
    shows_what_is_written(OF_SNAPSHOT, rewrite)


def test_a_database_runs_again_when_a_refresh_fails_after_it_was_stopped(
    run: Run, folder: Path, snapshots: Snapshots, running: database.Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder cannot be exchanged; what stands before that is left out here, for it takes long."""

    async def fails(*_: object) -> None:
        database.stop(folder, snapshots.managed)
        raise SnapshotFailed("The disk is full.")

    monkeypatch.setattr(Maker, "refresh", fails)
    before = control.status(database.settings_of(folder, snapshots.managed)).pid
    code, out, err = run("snapshot", "refresh", str(folder))
    assert code == 1, out
    assert "The disk is full." in err
    after = database.status(folder, snapshots.managed)
    assert after.running
    assert after.pid != before


def test_a_dump_is_one_of_neo4j(snapshots: Snapshots, folder: Path, running: database.Running) -> None:
    """It is written while the database is stopped; the other tests are done by then."""
    database.stop(folder, snapshots.managed)
    path = database.dump(folder, snapshots.managed)
    assert path.name == "neo4j.dump"
    assert path.stat().st_size > 100_000
