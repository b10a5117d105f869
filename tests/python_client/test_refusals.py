"""What is no answer: a server that is away, busy, no citygraph, or not to be trusted. A server of the test says so."""

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from citygraph_client import (
    AnswerTimedOut,
    BadDocument,
    Busy,
    Client,
    GraphQLErrors,
    NotGraphQL,
    Refused,
    Retries,
    ServerAway,
    TlsFailed,
    UploadStopped,
)
from tests.kit.paths import DOCS
from tests.python_client.conftest import Connect

Said = tuple[int, dict[str, str], bytes]
GOOD: Said = (200, {}, b'{"data": {"a": 1}}')
BUSY = json.dumps({"errors": [{"message": "Wait.", "extensions": {"code": "UNAVAILABLE"}}]}).encode()
LATE = json.dumps({"errors": [{"message": "Late.", "extensions": {"code": "TIMEOUT"}}]}).encode()
MUTATION = "mutation { upsertTopics(rows: []) { created } }"


class Told:
    """A server that gives what it is told, in turn, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[Said] = []
        self.asked: list[tuple[float, Any]] = []
        told = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                told.asked.append((time.monotonic(), json.loads(body)))
                status, headers, said = told.answers.pop(0)
                time.sleep(float(headers.pop("wait", 0)))
                self.send_response(status)
                for name, value in {**headers, "content-length": str(len(said))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.http.server_address[1]

    def say(self, *answers: Said) -> None:
        self.answers = [(status, dict(headers), body) for status, headers, body in answers]
        self.asked.clear()


@pytest.fixture
def told() -> Iterator[Told]:
    made = Told()
    thread = threading.Thread(target=made.http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join(5)


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_server_is_asked_again_when_it_says(connect: Connect, told: Told, status: int) -> None:
    told.say((status, {"retry-after": "1"}, b"wait"), GOOD)
    assert connect(told.port).query("{ a }") == {"a": 1}
    (first, _), (second, _) = told.asked
    assert 1 <= second - first < 1.9


def test_retry_after_may_be_a_date(connect: Connect, told: Told) -> None:
    told.say((503, {"retry-after": formatdate(time.time() + 3_600, usegmt=True)}, BUSY))
    with pytest.raises(Busy) as refused:
        connect(told.port).query("{ a }")
    assert 3_500 < (refused.value.retry_after or 0) <= 3_600
    assert (refused.value.code, refused.value.message) == ("UNAVAILABLE", "Wait.")


def test_a_server_that_stays_busy_is_left(connect: Connect, told: Told) -> None:
    told.say(*[(503, {}, BUSY)] * 4)
    with pytest.raises(Busy):
        connect(told.port, retries=Retries(tries=3, first=0.01)).query("{ a }")
    assert len(told.asked) == 3


def test_a_write_that_took_too_long_is_repeated_under_its_id(connect: Connect, told: Told) -> None:
    told.say((504, {}, LATE), (503, {}, BUSY), GOOD)
    assert connect(told.port).mutate(MUTATION) == {"a": 1}
    bodies = [body for _, body in told.asked]
    assert len(bodies) == 3
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0]["variables"]["requestId"]


def test_a_question_that_took_too_long_is_not(connect: Connect, told: Told) -> None:
    told.say((504, {}, LATE))
    with pytest.raises(GraphQLErrors) as refused:
        connect(told.port).query("{ a }")
    assert refused.value.codes == ("TIMEOUT",)


def test_each_mutation_has_an_id_of_its_own(connect: Connect, told: Told) -> None:
    told.say(GOOD, GOOD)
    client = connect(told.port)
    client.mutate(MUTATION)
    client.mutate(MUTATION)
    assert len({body["variables"]["requestId"] for _, body in told.asked}) == 2


def test_a_write_without_an_id_is_not_repeated(connect: Connect, told: Told) -> None:
    told.say((503, {}, BUSY))
    with pytest.raises(Busy):
        connect(told.port).mutate(MUTATION, repeatable=False)
    assert told.asked[0][1]["query"] == MUTATION


def test_an_answer_that_does_not_come_in_time(connect: Connect, told: Told) -> None:
    told.say((200, {"wait": "0.5"}, GOOD[2]))
    with pytest.raises(AnswerTimedOut):
        connect(told.port, timeout=0.1).query("{ a }")


@pytest.mark.parametrize("body", [b"<html>hello</html>", b"[]", b"{}", b"", b"null", b"\xff"])
def test_what_is_no_graphql_is_told_so(connect: Connect, told: Told, body: bytes) -> None:
    told.say((200, {}, body))
    with pytest.raises(NotGraphQL):
        connect(told.port).query("{ a }")


def test_another_status_without_errors_is_told(connect: Connect, told: Told) -> None:
    told.say((302, {"location": "http://elsewhere.invalid/"}, b""), (404, {}, b"not here"))
    for status in (302, 404):
        with pytest.raises(Refused) as refused:
            connect(told.port).query("{ a }")
        assert refused.value.status == status


def test_nobody_at_the_address(connect: Connect, told: Told) -> None:
    told.http.shutdown()  # a thread that still waits for connections would keep the socket open
    told.http.server_close()
    begun = time.monotonic()
    with pytest.raises(ServerAway):
        connect(told.port, retries=Retries(tries=3, first=0.1)).mutate(MUTATION, repeatable=False)
    assert time.monotonic() - begun > 0.1
    with pytest.raises(ServerAway):
        connect(told.port, retries=Retries(tries=1)).query("{ a }")


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://x", "", "http://", "/graphql", "http://x:y", "http://x:99999", "http://[::1"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(BadDocument, match="no address of a server"):
        Client(url)


@pytest.mark.parametrize("token", ["tök", "a\nb"])
def test_what_is_no_token(token: str) -> None:
    with pytest.raises(BadDocument, match="no token has"):
        Client("http://x", token)


WRITTEN: Said = (200, {}, b'{"data": {"upsertTopics": {"created": 1, "changed": 0, "same": 0, "problems": []}}}')


def test_a_row_that_is_no_json_is_the_problem_of_its_row(connect: Connect, told: Told) -> None:
    told.say(WRITTEN)
    rows = [{"name": "a"}, {"name": float("nan")}, {"name": date(2026, 1, 1)}]
    done = connect(told.port).upload("upsertTopics", rows, schema=DOCS / "schema.graphql")
    assert [(each.row, each.code) for each in done.problems] == [(2, "INVALID"), (3, "INVALID")]
    assert (done.rows, done.created) == (3, 1)
    assert [body["variables"]["rows"] for _, body in told.asked] == [[{"name": "a"}]]


def test_a_file_that_breaks_after_some_rows_says_how_to_go_on(connect: Connect, told: Told, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('name\na\nb\n"c\n')
    told.say(WRITTEN)
    with pytest.raises(UploadStopped, match=r"x\.csv, line 4") as stopped:
        connect(told.port).upload("upsertTopics", path, batch=1, schema=DOCS / "schema.graphql")
    assert (stopped.value.result.created, len(told.asked)) == (1, 1)
    assert stopped.value.upload_id == told.asked[0][1]["variables"]["requestId"].partition("/")[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.jsonl", b'{"name": "a"}\n\xff\n', "x.jsonl is not UTF-8"),
        ("x.csv", b"name,note,name\na,b,c\n", "x.csv has the column 'name' twice"),
    ],
)
def test_a_file_that_cannot_be_read_sends_nothing(
    connect: Connect, told: Told, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadDocument, match=says):
        connect(told.port).upload("upsertTopics", tmp_path / name, schema=DOCS / "schema.graphql")
    assert told.asked == []


def test_what_cannot_be_sent(connect: Connect, told: Told) -> None:
    for value in (object(), float("nan")):
        with pytest.raises(BadDocument, match="cannot be sent as JSON"):
            connect(told.port).query("{ a }", {"x": value})
    assert told.asked == []


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(connect: Connect, told: Told, tmp_path: Path) -> None:
    made = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            tmp_path / "key.pem", "-out", tmp_path / "cert.pem", "-subj", "/CN=127.0.0.1", "-addext",
            "subjectAltName=IP:127.0.0.1", "-days", "2")  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    told.http.socket = context.wrap_socket(told.http.socket, server_side=True, do_handshake_on_connect=False)
    told.say(GOOD)
    url = f"https://127.0.0.1:{told.port}"
    with Client(url) as client, pytest.raises(TlsFailed, match="not secure"):
        client.query("{ a }")
    trusts = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with Client(url, verify=trusts) as client:
        assert client.query("{ a }") == {"a": 1}


def test_the_token_is_not_shown() -> None:
    with Client("http://127.0.0.1:1/graphql", "secret-token") as client:
        assert "secret-token" not in repr(client.core)
        assert client.core.url == "http://127.0.0.1:1"
    with Client("HTTP://127.0.0.1:1/") as client:
        assert client.core.url == "http://127.0.0.1:1", "a WebSocket's address is made of it"
