"""Many writes of one client at once: none is refused, and questions of others go on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from graph.cypher.fragments import Fragment
from tests.http.conftest import TOKEN
from tests.http.test_mutations import SOURCE
from tests.http.test_turns import KNOWN, Start
from tests.kit.writer import BlockingWriter

WRITES = 120
FORGET = Fragment("MATCH (n:Topic) WHERE n.name STARTS WITH 'Many writes ' DETACH DELETE n")
WRITE = """mutation Topic($rows: [TopicInput!]!) { upsertTopics(rows: $rows) { created problems { message } } }"""


@pytest.fixture
def clean(seeded: BlockingWriter) -> Iterator[None]:
    yield
    seeded.read(FORGET)


def test_no_write_of_a_client_with_many_is_refused(running: Start, clean: None) -> None:
    """More than 48 at once, and nobody has read the document before."""
    server = running(trusted_proxies="127.0.0.1")
    source = server.ask(SOURCE).json()["data"]["sources"]["nodes"][0]["id"]

    def write(number: int) -> object:
        row = {"name": f"Many writes {number}", "confidence": "VERIFIED", "sources": [source]}
        asked, headers = {"query": WRITE, "variables": {"rows": [row]}}, {"authorization": f"Bearer {TOKEN}"}
        return httpx.post(f"http://127.0.0.1:{server.port}/graphql", json=asked, headers=headers, timeout=60).json()

    with ThreadPoolExecutor(WRITES) as pool:
        asked = [pool.submit(write, number) for number in range(WRITES)]
        server.until(lambda: server.under_way > 48, "many writes wait")
        assert server.ask(KNOWN, headers={"x-forwarded-for": "192.0.2.1"}).status_code == 200
        assert not all(each.done() for each in asked), "a question of somebody else waits for no write"
        told = [each.result() for each in asked]
    assert told == [{"data": {"upsertTopics": {"created": 1, "problems": []}}}] * WRITES
