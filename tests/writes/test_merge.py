"""Merges: two records are the same thing, both stay as they are, and nothing remains of a merge that is taken back."""

from typing import Any

import pytest

from graph.cypher.fragments import Fragment
from tests.writes.conftest import SEATTLE, TURIN, Mutate
from tests.writes.test_delete import delete
from tests.writes.test_upsert import SOURCE, visit

STORED = Fragment(
    "MATCH (n:Fact) OPTIONAL MATCH (n)-[r]->(m) WITH n, r, m ORDER BY n.id, r.id, m.id "
    "RETURN collect([properties(n), properties(r), m.id]) AS stored"
)


@pytest.fixture
def two(mutate: Mutate) -> dict[str, str]:
    """Two records of one visit, as the row of a merge without its source."""
    source = str(mutate.upsert("Sources", SOURCE)["nodes"][0]["id"])
    rows = [visit(source, title=title, hosts=[{"to": TURIN}]) for title in ("Seattle in Turin", "Turin, study tour")]
    one, other = (each["id"] for each in mutate.upsert("Visits", *rows)["nodes"])
    return {"from": one, "to": other, "source": source}


def row(two: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"from": two["from"], "to": two["to"], "sources": [two["source"]], "confidence": "VERIFIED", **more}


def stored(mutate: Mutate) -> str:
    """Return every fact with all its columns."""
    return str(mutate.writer.read(STORED)[0]["stored"])


def test_merged_records_lead_to_each_other(mutate: Mutate, two: dict[str, str]) -> None:
    done = mutate.upsert("SameAs", row(two))
    assert (done["created"], done["problems"]) == (1, [])
    asked = "query ($id: ID!) { visit(id: $id) { sameAs { nodes { id } } hosts { nodes { id } } } }"
    for one, other in (("from", "to"), ("to", "from")):
        shown = (mutate.ask(asked, {"id": two[one]}, "steward").data or {})["visit"]
        assert shown == {"sameAs": {"nodes": [{"id": two[other]}]}, "hosts": {"nodes": [{"id": TURIN}]}}


def test_a_merge_is_taken_back_to_the_byte(mutate: Mutate, two: dict[str, str]) -> None:
    before = stored(mutate)
    merged = mutate.upsert("SameAs", row(two))
    assert stored(mutate) != before
    assert delete(mutate, {"id": merged["ids"][0]})["deleted"] == 1
    assert stored(mutate) == before


def test_a_merge_in_the_other_direction_is_the_same_one(mutate: Mutate, two: dict[str, str]) -> None:
    first = mutate.upsert("SameAs", row(two))
    again = mutate.upsert("SameAs", row({**two, "from": two["to"], "to": two["from"]}))
    assert (again["created"], again["same"], again["ids"]) == (0, 1, first["ids"])


@pytest.mark.parametrize(
    ("to", "path", "says"),
    [
        (SEATTLE, "rows[0].to", "joins two facts of one concept"),
        ("visit/absent", "rows[0].to", "is not the id of a fact that you may see"),
        (None, "rows[0].to", "does not lead from"),
    ],
)
def test_what_cannot_be_merged_is_a_problem(
    mutate: Mutate, two: dict[str, str], to: str | None, path: str, says: str
) -> None:
    (problem,) = mutate.upsert("SameAs", row({**two, "to": to or two["from"]}))["problems"]
    assert problem["path"] == path
    assert says in problem["message"]


def test_who_does_not_see_both_records_sees_no_merge(mutate: Mutate, two: dict[str, str]) -> None:
    secret = mutate.upsert("Visits", visit(two["source"], marking="AMBER", holders=["city/us-or-portland"]))
    hidden = secret["nodes"][0]["id"]
    mutate.upsert("SameAs", row({**two, "to": hidden}))
    asked = "query ($id: ID!) { visit(id: $id) { sameAs { nodes { id } } } }"
    shown = mutate.ask(asked, {"id": two["from"]}, "anonymous")
    assert (shown.data or {})["visit"] == {"sameAs": {"nodes": []}}
