"""`citygraph draft`: a draft is listed, shown, accepted or refused, with the messages of the API."""

import json
from collections.abc import Iterator

import pytest

from graph.cypher.fragments import Fragment
from tests.cli.conftest import Run
from tests.cli.test_writing import SOURCE, forgotten
from tests.kit.writer import BlockingWriter

__all__ = ["forgotten"]

FORGET = Fragment("MATCH (d:_Draft) DETACH DELETE d")
MADE = """mutation ($title: String!) { upsertVisits(draft: {}, rows: [{title: $title, kind: STUDY_TOUR, status: PLANNED,
  since: "2031-05", confidence: VERIFIED, sources: ["%s"]}]) { draft { id } problems { message } } }"""


@pytest.fixture(autouse=True)
def no_drafts(seeded: BlockingWriter) -> Iterator[None]:
    seeded.read(FORGET)
    yield
    seeded.read(FORGET)


def made(run: Run, title: str) -> str:
    variables = json.dumps({"title": title})
    code, out, err = run("ask", MADE % SOURCE, "--variables", variables, "--as", "steward", "--json")
    assert (code, err) == (0, "")
    return str(json.loads(out)["data"]["upsertVisits"]["draft"]["id"])


def test_drafts_are_listed_shown_and_decided_on(run: Run) -> None:
    assert run("draft", "list") == (0, "There is no open draft.\n", "")
    one, two = made(run, "Seattle in Oslo"), made(run, "Seattle in Turin")
    out = run("draft", "list")[1]
    assert out.index(one) < out.index(two)
    code, out, _ = run("draft", "show", one)
    assert code == 0
    assert "upsertVisits, open" in out
    assert "created Visit visit/" in out
    assert '  title: "Seattle in Oslo"' in out.splitlines()
    code, out, _ = run("draft", "accept", one)
    assert (code, out.splitlines()[0]) == (0, f"Accepted: {one}. 1 created, 0 changed.")
    assert out.splitlines()[1].strip().startswith("visit/")
    assert run("draft", "refuse", two, "--note", "In 2030.") == (0, f"Refused: {two}.\n", "")
    assert "In 2030." in run("draft", "list", "--state", "refused")[1]
    assert "steward: In 2030." in run("draft", "show", two)[1]
    assert one in run("draft", "list", "--state", "accepted")[1]
    for command in ("accept", "refuse"):
        code, out, err = run("draft", command, one)
        assert (code, out) == (1, "")
        assert "Somebody has decided on this draft: it is ACCEPTED." in err
        code, out, err = run("draft", command, "draft/nothing")
        assert (code, err) == (1, "There is no draft with this id that you may see.\n")
    code, _, err = run("draft", "show", "draft/nothing")
    assert code == 1
    assert "There is no draft with this id that you may see." in err
