"""docs/writing.md: every example runs in the order of the page, and does what the page says."""

import re

from graph.question.engine import Question
from graph.question.turns import AtOnce
from tests.kit.paths import DOCS
from tests.writes.conftest import Mutate

EXAMPLE = re.compile(r"```graphql\n(.*?)```", re.DOTALL)


def test_the_examples_of_the_page_work(mutate: Mutate) -> None:
    source, visit, change, stop, end, merge, delete, *_ = EXAMPLE.findall((DOCS / "writing.md").read_text())
    made = mutate.data(source)["upsertSources"]
    assert (made["created"], made["problems"]) == (1, [])
    cited = {"source": made["nodes"][0]["id"]}
    visited = mutate.data(visit, cited)["upsertVisits"]
    assert (visited["created"], visited["problems"]) == (4, [])
    (shown,) = visited["nodes"]
    assert shown["hosts"]["edges"] == [{"arrived": {"text": "2031-05-02"}, "node": {"id": "city/no-12-oslo"}}]
    asked = mutate.ask("query ($id: ID!) { visit(id: $id) { updatedAt } }", {"id": shown["id"]}, "steward").data or {}
    given = {"visit": shown["id"], "read": asked["visit"]["updatedAt"]}
    changed = mutate.data(change, given)["upsertVisits"]
    assert (changed["changed"], changed["nodes"][0]["delegates"]) == (1, 24)
    assert mutate.data(change, given)["upsertVisits"]["problems"][0]["code"] == "CONFLICT"
    stopped = mutate.data(stop, {"visit": shown["id"], **cited})["upsertHostedBy"]
    assert (stopped["created"], stopped["ends"]) == (1, [{"id": "city/it-12-turin"}])
    ended = mutate.data(end, {"membership": stopped["ids"][0]})["endFacts"]
    assert (ended["changed"], ended["endedIds"], ended["problems"]) == (1, stopped["ids"], [])
    other = mutate.data(visit.replace("Seattle in Oslo", "Oslo tour"), cited)["upsertVisits"]["nodes"][0]["id"]
    merged = mutate.data(merge, {"one": shown["id"], "other": other, **cited})["upsertSameAs"]
    assert (merged["created"], merged["problems"]) == (1, [])
    deleted = mutate.data(delete, {"sameAs": merged["ids"][0], "visit": other})["deleteFacts"]
    assert (deleted["deleted"], deleted["deletedIds"], deleted["problems"]) == (2, [merged["ids"][0], other], [])


def test_the_examples_of_drafts_work(mutate: Mutate) -> None:
    every = EXAMPLE.findall((DOCS / "writing.md").read_text())
    source, visit, *_, suggest, drafts, accept, refuse = every
    cited = {"source": mutate.data(source)["upsertSources"]["nodes"][0]["id"]}
    shown = mutate.data(visit, cited)["upsertVisits"]["nodes"][0]["id"]
    suggested = mutate.data(suggest, {"visit": shown})["upsertVisits"]
    assert (suggested["changed"], suggested["problems"]) == (1, [])
    made = suggested["draft"]
    asked = mutate.mutations.drafts(Question(drafts), mutate.steward, mutate.writer.writer, AtOnce())
    (read,) = (mutate.runner.run(asked).data or {})["drafts"]["nodes"]
    noted = {"field": "note", "before": None, "after": '"The tram depot was added."'}
    assert (read["id"], read["changes"][0]["fields"]) == (made["id"], [noted])
    accepted = mutate.data(accept, {"draft": made["id"], "read": made["updatedAt"]})["acceptDraft"]
    assert (accepted["changed"], accepted["facts"], accepted["draft"]["state"]) == (1, [shown], "ACCEPTED")
    other = mutate.data(suggest.replace("tram", "bus"), {"visit": shown})["upsertVisits"]["draft"]["id"]
    assert mutate.data(refuse, {"draft": other})["refuseDraft"]["draft"]["state"] == "REFUSED"
