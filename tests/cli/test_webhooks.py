"""Webhooks on the command line: what is done is said, what is wrong is named, and the secret is shown once."""

import base64
import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cypher.fragments import Fragment
from tests.cli.conftest import Run
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n) WHERE n:_Webhook OR n:_DeadLetter DETACH DELETE n")
DIE = Fragment(
    "UNWIND [7, 8] AS seq CREATE (d:_DeadLetter {id: $q.webhook + '/' + seq, webhook: $q.webhook, seq: seq, message: 'e-' + seq, "
    "fact: 'visit/' + seq, at: '2026-01-31T12:00:00+00:00', attempts: 10, why: 'status 500'})"
)
DEAD = Fragment("MATCH (d:_DeadLetter) RETURN d.message AS message, d.wanted AS wanted ORDER BY d.seq")
STATE = Fragment("MATCH (w:_Webhook) RETURN w.after AS after, w.state AS state, w.round AS round")
DISABLE = Fragment("MATCH (w:_Webhook) SET w.state = 'DISABLED', w.why = 'enough'")
URL = "https://example.org/hook"


@pytest.fixture(autouse=True)
def nothing_is_added(seeded: BlockingWriter) -> Iterator[None]:
    yield
    seeded.read(FORGET)


def added(run: Run, folder: Path, *options: str) -> tuple[str, str]:
    """Add a webhook; return its id and its secret."""
    file = folder / "hook.secret"
    code, out, err = run("webhook", "add", URL, "--owner", "anna", "--file", str(file), *options)
    assert (code, err) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = file.read_text().strip()
    assert secret.removeprefix("whsec_") not in out
    file.unlink()
    return str(re.findall(r"Added webhook (\w+) of anna\.", out)[0]), secret


def rows(out: str) -> list[list[str]]:
    """Return the cells of the rows of a table."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if "│" in line]


def test_webhooks_are_added_listed_and_removed(run: Run, tmp_path: Path) -> None:
    assert run("webhook", "list")[1].strip() == "There is no webhook."
    more = ("--type", "Visit", "--type", "HOSTED_BY", "--near", "us-wa-seattle", "--synthetic", "--red")
    webhook, secret = added(run, tmp_path, *more)
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    code, out, _ = run("webhook", "list")
    assert code == 0
    (row,) = rows(out)
    assert [*row[:7], *row[8:]] == [
        webhook, "anna", URL, "HOSTED_BY, Visit", "city/us-wa-seattle", "yes", "yes", "active", "0",
    ]  # fmt: skip
    assert secret.removeprefix("whsec_") not in out
    assert "There is no webhook." in run("webhook", "list", "--owner", "bo")[1]
    assert f"Removed: webhook {webhook} of anna." in run("webhook", "remove", webhook)[1]
    code, _, err = run("webhook", "remove", webhook)
    assert code == 1
    assert f"There is no webhook {webhook}." in err


def test_a_secret_is_changed(run: Run, tmp_path: Path) -> None:
    webhook, secret = added(run, tmp_path)
    file = tmp_path / "new.secret"
    code, out, _ = run("webhook", "rotate", webhook, "--file", str(file))
    assert code == 0
    assert re.findall(r"The former one is valid until 20\d\d-\d\d-\d\dT[\d:]{8}Z\.", out)
    assert file.read_text().startswith("whsec_")
    assert file.read_text().strip() != secret
    assert rows(run("webhook", "list")[1])[0][8] == "active, two secrets"
    for arguments, words in [
        ((webhook, "--file", str(file)), f"{file} is there already. Name a new file. No secret was changed."),
        ((webhook, "--file", str(tmp_path / "b")), "Wait, or end it and the present one at once: --hours 0."),
        (("nothing", "--file", str(tmp_path / "b")), "There is no webhook nothing."),
        ((webhook,), "The output is not a terminal"),
    ]:
        code, _, err = run("webhook", "rotate", *arguments, *(("--hours", "0") if "there" in words else ()))
        assert (code, words in err) == (1, True), err
    assert not (tmp_path / "b").exists()
    out = run("webhook", "rotate", webhook, "--hours", "0", "--file", str(tmp_path / "b"))[1]
    assert "The former one is not valid any more." in out
    assert rows(run("webhook", "list")[1])[0][8] == "active"


def test_a_terminal_shows_the_secret_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.webhook.is_terminal", lambda: True)
    out = run("webhook", "add", URL, "--owner", "anna")[1]
    assert re.findall(r"^whsec_[A-Za-z0-9+/]{43}=$", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((URL, "--owner", "anna"), "The output is not a terminal"),
        (("http://example.org", "--owner", "anna", "--file", "{}"), "over https only"),
        (("https://127.0.0.1/", "--owner", "anna", "--file", "{}"), "The address is one of this machine."),
        ((URL, "--owner", "steward", "--file", "{}"), "'steward' is no name of an actor"),
        ((URL, "--owner", "anna", "--type", "Visits", "--file", "{}"), "Did you mean Visit"),
        ((URL, "--owner", "anna", "--near", "us-wa-seatle", "--file", "{}"), "Did you mean city/us-wa-seattle"),
        ((URL, "--owner", "anna", "--file", "/no-folder/a"), "No webhook was added."),
    ],
)
def test_what_is_wrong_with_a_webhook_is_named_and_none_is_added(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, _, err = run("webhook", "add", *(each.replace("{}", str(tmp_path / "a")) for each in arguments))
    assert code == 1
    assert words in err
    assert run("webhook", "list")[1].strip() == "There is no webhook."


def test_replay_and_resume_place_a_webhook(run: Run, tmp_path: Path, seeded: BlockingWriter) -> None:
    webhook, _ = added(run, tmp_path)
    (begun,) = seeded.read(STATE)
    seeded.read(DISABLE)
    assert "disabled: enough" in run("webhook", "list")[1]
    assert f"Resumed: webhook {webhook} of anna." in run("webhook", "resume", webhook)[1]
    assert seeded.read(STATE) == [{**begun, "round": 1}]
    first = json.loads(run("log", "--json", "--last", "1", "--synthetic")[1].splitlines()[0])
    out = run("webhook", "replay", webhook, "--after", first["cursor"])[1]
    assert f"Replaying: webhook {webhook} of anna, after the cursor." in out
    assert seeded.read(STATE) == [{"after": first["seq"], "state": "ACTIVE", "round": 2}]
    assert "the whole log" in run("webhook", "replay", webhook)[1]
    assert seeded.read(STATE) == [{"after": 0, "state": "ACTIVE", "round": 3}]
    code, _, err = run("webhook", "replay", webhook, "--after", "nonsense")
    assert code == 1
    assert "This is no cursor of the event log." in err


def test_dead_letters_are_listed_and_sent_again(run: Run, tmp_path: Path, seeded: BlockingWriter) -> None:
    webhook, _ = added(run, tmp_path)
    assert run("webhook", "dead", webhook)[1].strip() == "There is no dead letter."
    seeded.read(DIE, webhook=webhook)
    assert rows(run("webhook", "dead")[1]) == [
        [webhook, "e-7", "visit/7", "2026-01-31T12:00:00Z", "10", "status 500"],
        [webhook, "e-8", "visit/8", "2026-01-31T12:00:00Z", "10", "status 500"],
    ]
    assert rows(run("webhook", "list")[1])[0][-1] == "2"
    assert f"To be sent again: 1 of webhook {webhook}." in run("webhook", "dead", webhook, "--retry", "e-8")[1]
    assert seeded.read(DEAD) == [{"message": "e-7", "wanted": None}, {"message": "e-8", "wanted": True}]
    code, _, err = run("webhook", "dead", webhook, "--retry", "e-9")
    assert code == 1
    assert f"Webhook {webhook} has no dead letter of event e-9. Did you mean" in err
    assert "To be sent again: 2 of webhook" in run("webhook", "dead", webhook, "--retry-all")[1]
    assert "Name the webhook" in run("webhook", "dead", "--retry-all")[2]
