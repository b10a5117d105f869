"""Walks through all pages, forwards and backwards: each row once, in the order of the oracle, whatever the order and sizes."""

import random
from dataclasses import dataclass
from typing import Any

import pytest

from schema.model import model
from tests.conftest import Asker
from tests.kit.oracle.filters import matches
from tests.kit.oracle.orders import ordered
from tests.kit.oracle.view import Entry, View, Viewer
from tests.kit.oracle.world import World

Order = list[dict[str, Any]]
Row = tuple[str, str]

QUERY = """query ($first: Int, $after: String, $last: Int, $before: String, $order: [%sOrder!], $where: %sWhere) {
  %s list: %s(first: $first, after: $after, last: $last, before: $before, orderBy: $order, where: $where) {
    edges { cursor %s node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } %s }"""


@dataclass(frozen=True)
class Listed:
    """A list: of a label, or of what a field of one fact leads to; `stem` begins the names of its input types."""

    stem: str
    field: str
    of: str = ""

    @property
    def text(self) -> str:
        if not self.of:
            return QUERY % (self.stem, self.stem, "", self.field, "", "")
        label = model().concept_of_id(self.of)
        assert label is not None
        head = f'near: node(id: "{self.of}") {{ ... on {label.label} {{'
        return QUERY % (self.stem, self.stem, head, self.field, "relationshipId", "} }")

    def rows(self, view: View) -> list[Entry]:
        if not self.of:
            return view.all(self.stem)
        node = view.find(self.of)
        return view.related(node, model().routes[node.label][self.field]) if node else []


VISITS, EFFORTS, STORES = (
    Listed("Visit", "visits"),
    Listed("Effort", "efforts"),
    Listed("KnowledgeStore", "knowledgeStores"),
)
ADOPTIONS, BENCHMARKS = Listed("Adoption", "adoptions"), Listed("Benchmark", "benchmarks")
KNOWN, TRUSTED = (
    Listed("Person", "knows", "person/edge-hub"),
    Listed("Person", "trustedBy", "person/edge-hub"),
)
PARALLEL, MEMBERS = (
    Listed("Person", "trusts", "person/edge-0"),
    Listed("Named", "members", "organization/edge-0"),
)
TWINS = Listed("City", "twins", "city/us-wa-seattle")
CLUBS, AGAIN = (
    Listed("Organization", "organizations"),
    Listed("Named", "members", "organization/edge-high-z"),
)
HIGH = {"kind": {"eq": "CONSORTIUM"}}
"""Texts that UTF-16 puts in another order than code points do."""
RETURNED = Listed("Named", "members", "organization/edge-returned")
"""Two people who are members time and again: relationships that have ids of their own, and for the rest are equal."""

WALKS: list[tuple[Listed, Order, dict[str, Any]]] = [
    (VISITS, [], {"kind": {"eq": "STUDY_TOUR"}}),
    (VISITS, [{"delegates": "DESC"}], {"kind": {"eq": "STUDY_TOUR"}}),
    (VISITS, [{"title": "ASC"}, {"delegates": "DESC"}], {}),
    (VISITS, [{"since": "ASC"}, {"until": "DESC"}], {"kind": {"eq": "STUDY_TOUR"}}),
    (VISITS, [{"hosts": {"count": "DESC"}}, {"sponsors": {"count": "ASC"}}], {}),
    (VISITS, [{"recordedAt": "DESC"}], {}),
    (EFFORTS, [{"hours": "DESC"}], {}),
    (EFFORTS, [{"people": "ASC"}, {"city": {"name": "DESC"}}], {}),
    (EFFORTS, [{"city": {"population": "ASC"}}, {"until": "ASC"}], {}),
    (EFFORTS, [{"city": {"country": {"name": "DESC"}}}, {"marking": "ASC"}], {}),
    (STORES, [{"name": "DESC"}], {}),
    (STORES, [{"access": "ASC"}, {"kind": "DESC"}, {"lastConfirmed": "ASC"}], {}),
    (STORES, [{"lessons": {"count": "ASC"}}], {}),
    (ADOPTIONS, [{"practice": {"name": "ASC"}}, {"since": "DESC"}], {"practice": {"name": {"startsWith": "B"}}}),
    (ADOPTIONS, [{"city": {"visitsMade": {"count": "DESC"}}}], {"localName": {"search": "s"}}),
    (BENCHMARKS, [{"comparator": {"country": {"isoCode": "ASC"}}}, {"ownValue": "DESC"}], {}),
    (KNOWN, [{"edge": {"since": "DESC"}}], {}),
    (KNOWN, [{"sector": "ASC"}, {"edge": {"until": "ASC"}}], {"edge": {"since": {"isNull": False}}}),
    (KNOWN, [{"name": "DESC"}, {"trusts": {"count": "ASC"}}], {}),
    (TRUSTED, [{"edge": {"strength": "DESC"}}, {"ageBand": "ASC"}], {}),
    (TRUSTED, [{"edge": {"frequency": "ASC"}}, {"knownBy": {"count": "DESC"}}], {}),
    (PARALLEL, [], {}),
    (PARALLEL, [{"name": "DESC"}], {}),
    (PARALLEL, [{"edge": {"frequency": "ASC"}}, {"edge": {"id": "DESC"}}], {}),
    (MEMBERS, [{"edge": {"role": "DESC"}}, {"note": "ASC"}], {}),
    (RETURNED, [], {}),
    (RETURNED, [{"note": "DESC"}], {}),
    (RETURNED, [{"edge": {"role": "DESC"}}], {}),
    (RETURNED, [{"edge": {"role": "ASC"}}, {"note": "DESC"}], {}),
    (CLUBS, [], HIGH),
    (CLUBS, [{"name": "ASC"}], HIGH),
    (CLUBS, [{"name": "DESC"}], HIGH),
    (CLUBS, [{"kind": "ASC"}], HIGH),
    (CLUBS, [{"kind": "ASC"}, {"name": "ASC"}], HIGH),
    (CLUBS, [{"note": "DESC"}, {"kind": "ASC"}], HIGH),
    (AGAIN, [], {}),
    (AGAIN, [{"edge": {"role": "DESC"}}], {}),
    (AGAIN, [{"name": "ASC"}, {"edge": {"role": "ASC"}}], {}),
    (TWINS, [{"edge": {"kind": "ASC"}}, {"country": {"name": "DESC"}}], {}),
]


@dataclass
class Walker:
    """Asks for the pages of one list."""

    ask: Asker
    listed: Listed
    viewer: str
    order: Order
    where: dict[str, Any]

    def expected(self, world: World) -> list[Row]:
        rights = self.ask.rights(self.viewer)
        view = View(world, Viewer(rights.open, frozenset(rights.audiences)), synthetic=True)
        rows = [row for row in self.listed.rows(view) if matches(view, row, self.where)]
        return [row.ids for row in ordered(view, rows, self.order)]

    def page(self, **given: Any) -> tuple[list[Row], list[str], bool, bool]:
        """Return the rows of a page, their cursors, and whether there are more before and after it."""
        found = self.ask(self.listed.text, {"order": self.order, "where": self.where, **given}, self.viewer)
        assert not found.errors, found.errors
        data: Any = found.data
        listed = (data["near"] if self.listed.of else data)["list"]
        info, cursors = listed["pageInfo"], [edge["cursor"] for edge in listed["edges"]]
        assert (info["startCursor"], info["endCursor"]) == ((cursors[0], cursors[-1]) if cursors else (None, None))
        rows = [(edge["node"]["id"], edge.get("relationshipId", "")) for edge in listed["edges"]]
        return rows, cursors, info["hasPreviousPage"], info["hasNextPage"]


def sizes(dice: random.Random, rows: int) -> int:
    """Choose a page size, so that a walk has some pages and an end."""
    return dice.randint(max(1, rows // 12), min(100, rows // 4 + 2))


def forwards(walker: Walker, dice: random.Random, expected: list[Row]) -> list[str]:
    """Walk from the first page to the last; return all cursors."""
    rows: list[Row] = []
    cursors: list[str] = []
    more = True
    while more:
        size = sizes(dice, len(expected))
        after = cursors[-1] if cursors else None
        found, passed, before, more = walker.page(first=size, after=after)
        rows, cursors = rows + found, cursors + passed
        assert before is (after is not None)
        assert rows == expected[: len(rows)]
        assert len(found) == min(size, len(expected) - len(rows) + len(found))
    assert rows == expected
    assert len(set(cursors)) == len(cursors)
    return cursors


def backwards(walker: Walker, dice: random.Random, expected: list[Row], cursors: list[str]) -> None:
    """Walk from the last page to the first; the cursors are those of the other way."""
    rows: list[Row] = []
    passed: list[str] = []
    more = True
    while more:
        size = sizes(dice, len(expected))
        before = passed[0] if passed else None
        found, there, more, after = walker.page(last=size, before=before)
        rows, passed = found + rows, there + passed
        assert after is (before is not None)
        assert rows == expected[len(expected) - len(rows) :]
        assert len(found) == min(size, len(expected) - len(rows) + len(found))
    assert rows == expected
    assert passed == cursors


def between(walker: Walker, dice: random.Random, expected: list[Row], cursors: list[str]) -> None:
    """Cut pages out between two cursors, in either order."""
    for _ in range(3):
        begin, end, size = dice.randrange(len(cursors)), dice.randrange(len(cursors)), dice.randint(1, 5)
        cut = expected[begin + 1 : end]
        both = {"after": cursors[begin], "before": cursors[end]}
        found, _, before, after = walker.page(first=size, **both)
        assert (found, before, after) == (cut[:size], True, len(cut) > size)
        found, _, before, after = walker.page(last=size, **both)
        assert (found, before, after) == (cut[-size:], len(cut) > size, True)


@pytest.mark.parametrize("viewer", ["anonymous", "steward"])
@pytest.mark.parametrize("at", range(len(WALKS)), ids=lambda at: f"{WALKS[at][0].field}-{at}")
def test_walks_give_each_row_once_in_order(ask: Asker, world: World, at: int, viewer: str) -> None:
    listed, order, where = WALKS[at]
    walker, dice = Walker(ask, listed, viewer, order, where), random.Random(at)
    expected = walker.expected(world)
    assert len(expected) >= (1 if viewer == "anonymous" else 2)
    cursors = forwards(walker, dice, expected)
    backwards(walker, dice, expected, cursors)
    between(walker, dice, expected, cursors)
