"""A running platform: Neo4j is killed under it, clients go away, it is told to stop; it recovers and leaves nothing."""

import json
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cypher.fragments import Fragment
from graph.managed import processes
from graph.question.engine import DOCUMENTS
from tests.kit.slow import SLOW
from tests.recovery.platform import Platform

CACHED_PLANS = Fragment(
    "SHOW SETTINGS YIELD name, value WHERE name = 'server.memory.query_cache.per_db_cache_num_entries' RETURN value"
)
RUNNING = Fragment("SHOW TRANSACTIONS YIELD metaData, currentQuery RETURN metaData.operation AS operation")


@pytest.fixture(scope="module")
def platform(neo4j: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    made = Platform(Path(tmp_path_factory.mktemp("running")) / "data")
    made.data.mkdir()
    made.start()
    made.until_ready()
    yield made
    if made.process and made.process.poll() is None:
        made.kill()
    made.until_no_server()


def under_way(platform: Platform) -> int:
    with platform.writer() as writer:
        return sum(record["operation"] == "Slow" for record in writer.read(RUNNING))


def test_neo4j_keeps_a_plan_for_every_document_that_the_engine_keeps(platform: Platform) -> None:
    with platform.writer() as writer:
        assert int(writer.read(CACHED_PLANS)[0]["value"]) >= DOCUMENTS


def test_the_questions_of_the_documentation_are_asked_by_id(platform: Platform) -> None:
    headers = {"content-type": "application/json"}
    asked = urllib.request.Request(
        f"http://127.0.0.1:{platform.port}/graphql", b'{"documentId": "ppp-from-london"}', headers
    )
    with urllib.request.urlopen(asked, timeout=10) as response:
        assert json.load(response)["data"]["lessons"]["nodes"][0]["learnedBy"]["name"] == "Lima"


def test_a_client_that_goes_away_ends_its_statement(platform: Platform) -> None:
    body = f'{{"query": {SLOW!r}}}'.replace("'", '"')
    head = f"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", platform.port)) as client:
        client.sendall((head + body).encode())
        platform.until(lambda: under_way(platform) == 1, "the statement is under way")
    begun = time.monotonic()
    platform.until(lambda: under_way(platform) == 0, "the statement is ended")
    assert time.monotonic() - begun < 7, "the statement itself may take 10 seconds"
    assert platform.ask("{ cities { totalCount } }")[0] == 200


def test_service_recovers_by_itself_when_neo4j_is_killed(platform: Platform) -> None:
    server = platform.server()
    processes.send(processes.mark(server.pid), signal.SIGKILL)
    seen = set()
    for _ in range(20):
        status, body = platform.ask("{ cities { totalCount } }")
        seen.add(status)
        if status != 200:
            assert {error["extensions"]["code"] for error in body["errors"]} == {"UNAVAILABLE"}
            assert "bolt" not in str(body)
        time.sleep(0.05)
    assert seen <= {200, 503}
    assert 503 in seen
    platform.until_ready()


def test_it_stops_cleanly_and_leaves_no_process(platform: Platform) -> None:
    assert platform.stop(signal.SIGTERM) in (0, -signal.SIGTERM)
    platform.until_no_server()
    assert "Traceback" not in platform.log.read_text()
