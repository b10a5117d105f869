"""Grants and keys on the command line: what is done is said, what is wrong is named, and no secret is shown twice."""

import hashlib
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cypher.fragments import Fragment
from tests.cli.conftest import Run
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n) WHERE n:_Grant OR n:_Key DETACH DELETE n")
DIGESTS = Fragment("MATCH (k:_Key) RETURN k.digest AS digest")


@pytest.fixture(autouse=True)
def nothing_is_granted(seeded: BlockingWriter) -> Iterator[None]:
    yield
    seeded.unit(lambda unit: unit.run(FORGET))


def added(run: Run, *arguments: str) -> str:
    """Add a grant and return its id."""
    code, out, err = run("grant", "add", *arguments)
    assert (code, err) == (0, "")
    return str(re.findall(r"grant (\w+)\)", out)[0])


def test_grants_are_added_listed_changed_and_removed(run: Run) -> None:
    assert run("grant", "list")[1].strip() == "There is no grant."
    grant = added(run, "anna", "steward", "us-wa-seattle", "--concept", "Visit", "--concept", "HOSTED_BY")
    assert added(run, "bo", "member", "city/pe-lma-lima") != grant
    code, out, _ = run("grant", "list")
    assert code == 0
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in out.splitlines() if "city/" in line]
    assert [[*row[:5], row[6]] for row in rows] == [
        [grant, "anna", "steward", "city/us-wa-seattle", "HOSTED_BY, Visit", "operator"],
        [rows[1][0], "bo", "member", "city/pe-lma-lima", "nothing", "operator"],
    ]
    assert "bo" not in run("grant", "list", "--actor", "anna")[1]
    again = ("grant", "add", "anna", "steward", "us-wa-seattle")
    assert "Changed: anna is steward of city/us-wa-seattle, writes all" in run(*again)[1]
    assert "Nothing to do: anna is steward of city/us-wa-seattle" in run(*again)[1]
    assert "Removed: anna is steward of city/us-wa-seattle" in run("grant", "remove", grant)[1]
    code, _, err = run("grant", "remove", grant)
    assert code == 1
    assert f"There is no grant {grant}" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("anna", "member", "us-wa-seatle"), "Did you mean city/us-wa-seattle (Seattle)"),
        (("anna", "member", "Seattle"), "Did you mean city/us-wa-seattle (Seattle)"),
        (("anna", "member", "qqqqqqqq"), "There is no city qqqqqqqq. Write the id of a city."),
        (("anna", "editor", "us-wa-seattle", "--concept", "Visits"), "Did you mean Visit"),
        (("anna", "member", "us-wa-seattle", "--concept", "Visit"), "a member writes nothing"),
        (("steward", "member", "us-wa-seattle"), "'steward' is no name of an actor"),
    ],
)
def test_what_is_wrong_with_a_grant_is_named(run: Run, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = run("grant", "add", *arguments)
    assert code == 1
    assert words in err
    assert run("grant", "list")[1].strip() == "There is no grant."


def test_a_role_that_is_unknown_is_an_error_of_the_arguments(run: Run) -> None:
    assert run("grant", "add", "anna", "king", "us-wa-seattle")[0] == 2


def test_a_key_is_written_once_into_a_private_file_and_listed_without_its_secret(
    run: Run, tmp_path: Path, seeded: BlockingWriter
) -> None:
    added(run, "anna", "steward", "us-wa-seattle")
    file = tmp_path / "anna.key"
    code, out, _ = run(
        "key", "issue", "anna", "--city", "us-wa-seattle", "--red", "--note", "tests", "--file", str(file)
    )
    assert code == 0
    text = file.read_text().strip()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert text not in out
    assert [record["digest"] for record in seeded.read(DIGESTS)] == [hashlib.sha256(text.encode()).hexdigest()]
    id_ = text.split("_")[1]
    assert f"Issued key/{id_} for anna" in out
    listed = run("key", "list")[1]
    (row,) = ([cell.strip() for cell in line.split("│")[1:-1]] for line in listed.splitlines() if id_ in line)
    assert [*row[:5], *row[7:]] == [id_, "anna", "city/us-wa-seattle", "all", "yes", "holds", "tests"]
    assert text.split("_", 2)[2] not in listed
    assert seeded.read(DIGESTS)[0]["digest"] not in listed
    assert f"Revoked: key/{id_} of anna." in run("key", "revoke", id_)[1]
    assert " revoked " in run("key", "list", "--owner", "anna")[1]
    assert "There is no key." in run("key", "list", "--owner", "bo")[1]


def test_a_key_is_asked_with_and_stops_when_it_is_revoked(run: Run, tmp_path: Path) -> None:
    added(run, "anna", "member", "us-wa-seattle")
    file = tmp_path / "anna.key"
    assert run("key", "issue", "anna", "--read-only", "--days", "366", "--file", str(file))[0] == 0
    text = file.read_text().strip()
    asked = ("ask", "{ rosters(synthetic: true) { totalCount } }", "--token", text)
    everybody = run(*asked[:2])[1]
    code, out, _ = run(*asked)
    assert code == 0
    assert out != everybody
    assert run("key", "revoke", f"key/{text.split('_')[1]}")[0] == 0
    code, out, _ = run(*asked)
    assert code == 1
    assert "UNAUTHENTICATED" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("anna",), 1, "The output is not a terminal"),
        (("ana", "--file", "{}"), 1, "ana has no grant, so a key would open nothing. Did you mean anna?"),
        (("anna", "--city", "us-wa-seatle", "--file", "{}"), 1, "Did you mean city/us-wa-seattle (Seattle)"),
        (("anna", "--concept", "Visitt", "--file", "{}"), 1, "Did you mean Visit"),
        (("anna", "--days", "367", "--file", "{}"), 2, "less than or equal to 366"),
        (("anna", "--days", "0", "--file", "{}"), 2, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_with_a_key_is_named_and_none_is_issued(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    added(run, "anna", "steward", "us-wa-seattle")
    file = tmp_path / "a.key"
    ended, _, err = run("key", "issue", *(each.replace("{}", str(file)) for each in arguments))
    assert ended == code
    assert words in err
    assert not file.exists()
    assert run("key", "list")[1].strip() == "There is no key."


def test_a_file_that_is_there_is_left_alone(run: Run, tmp_path: Path) -> None:
    added(run, "anna", "steward", "us-wa-seattle")
    file = tmp_path / "a.key"
    file.write_text("mine")
    code, _, err = run("key", "issue", "anna", "--file", str(file))
    assert code == 1
    assert "is there already" in err
    assert file.read_text() == "mine"
    code, _, err = run("key", "issue", "anna", "--file", str(tmp_path / "no-folder" / "a.key"))
    assert code == 1
    assert "No key was issued" in err
    assert run("key", "list")[1].strip() == "There is no key."


def test_a_terminal_shows_the_key_once(run: Run, monkeypatch: pytest.MonkeyPatch, seeded: BlockingWriter) -> None:
    added(run, "anna", "steward", "us-wa-seattle")
    monkeypatch.setattr("app.cli.key.is_terminal", lambda: True)
    out = run("key", "issue", "anna")[1]
    (text,) = re.findall(r'\{"Authorization": "Bearer (cg_\w{12}_[\w-]{43})"\}', out)
    assert seeded.read(DIGESTS)[0]["digest"] == hashlib.sha256(text.encode()).hexdigest()
    code, _, err = run("key", "revoke", "0123456789ab")
    assert code == 1
    assert "There is no key 0123456789ab" in err
