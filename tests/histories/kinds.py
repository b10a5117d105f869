"""The kinds of writes, one entry each. In: dice, a writer's step, what he knows. Out: a Request, and what it states."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.histories.history import Answer, Guard, Put, Shown

SOURCE = "source/of-histories"
CITIES = ("city/xx-xx-alpha", "city/xx-xx-beta", "city/xx-xx-gamma")
SHARED, OWN = 3, 3
"""Facts that all writers write, and facts of one writer."""
ROWS = 12
"""Rows of one bulk write."""
VISIT = """id title note delegates until { text } updatedAt
  hosts(first: 5) { edges { relationshipId note stop updatedAt node { id } } }
  visitors(first: 5) { edges { relationshipId note updatedAt node { id } } }"""
VISITS = f"""mutation Visits($rows: [VisitInput!]!, $id: ID) {{ done: upsertVisits(rows: $rows, requestId: $id) {{
  created changed problems {{ path code }} nodes {{ {VISIT} }} }} }}"""
HOSTS = f"""mutation Hosts($rows: [HostedByInput!]!, $id: ID) {{ done: upsertHostedBy(rows: $rows, requestId: $id) {{
  created changed problems {{ path code }} ids starts {{ ... on Visit {{ {VISIT} }} }} }} }}"""
MERGE = """mutation Merge($rows: [RelationshipInput!]!, $id: ID) { done: upsertSameAs(rows: $rows, requestId: $id) {
  created changed problems { path code } ids
  starts { ... on Visit { title
    sameAs(first: 5) { edges { relationshipId note updatedAt node { ... on Visit { title } } } } } } } }"""
DELETE = """mutation Delete($rows: [DeleteInput!]!, $id: ID) { done: deleteFacts(rows: $rows, requestId: $id) {
  deleted deletedIds problems { path code } } }"""
END = """mutation End($rows: [EndInput!]!, $id: ID) { done: endFacts(rows: $rows, requestId: $id) {
  endedIds problems { path code } } }"""
FIRST_DAY = date(2040, 1, 1)


@dataclass(frozen=True)
class Step:
    """One write of a plan: its id, its writer, the number of the writer, a mark of the round, and dice of its own."""

    id: str
    number: int
    mark: str
    kind: str
    dice: int
    patience: float
    echo: float


@dataclass
class Known:
    """What a writer knows of facts, from answers: their ids and the times of their last changes."""

    ids: dict[str, str] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)

    def learn(self, answer: Answer, puts: Sequence[Put]) -> None:
        for shown in answer.shown:
            self.ids[shown.fact] = shown.id
            self.updated[shown.fact] = shown.updated
        for put in puts if answer.stored else ():
            if put.fields is None:
                self.ids.pop(put.fact, None)
                self.updated.pop(put.fact, None)


@dataclass(frozen=True)
class Request:
    """What is sent, and what it states."""

    text: str
    variables: Mapping[str, Any]
    puts: tuple[Put, ...]
    guard: Guard | None = None
    is_wrong: bool = False


Make = Callable[[Step, Random, Known], Request]


def visit(title: str) -> str:
    """Return the name of a visit in a history."""
    return f"visit {title}"


def link(type_: str, title: str, city: str) -> str:
    """Return the name of a relationship of a visit in a history."""
    return f"{type_} {title} {city}"


def merge(titles: Sequence[str]) -> str:
    """Return the name of the merge of two visits in a history."""
    return link("SAME_AS", *sorted(titles))


def _owned(step: Step) -> list[str]:
    return [f"{step.mark} own {step.number} {at}" for at in range(OWN)]


def _own(step: Step, dice: Random) -> str:
    return dice.choice(_owned(step))


def _shared(step: Step, dice: Random) -> str:
    return f"{step.mark} shared {dice.randrange(SHARED)}"


def _row(title: str, **fields: Any) -> dict[str, Any]:
    stated = {"key": {"title": title}, "kind": "STUDY_TOUR", "status": "PLANNED", "since": "2031-05"}
    return {**stated, "sources": [SOURCE], "confidence": "VERIFIED", **fields}


def _fields(step: Step, dice: Random) -> dict[str, Any]:
    """Return one or two fields with values that no other write has."""
    both = {"note": step.id, "delegates": step.dice}
    return dice.choice([both, {"note": both["note"]}, {"delegates": both["delegates"]}])


def _visits(step: Step, rows: Mapping[str, dict[str, Any]], **more: Any) -> Request:
    sent = [_row(title, **fields) for title, fields in rows.items()]
    puts = tuple(Put(visit(title), fields) for title, fields in rows.items())
    return Request(VISITS, {"rows": sent, "id": step.id}, puts, **more)


def own(step: Step, dice: Random, known: Known) -> Request:
    """Change a fact that nobody else writes."""
    return _visits(step, {_own(step, dice): _fields(step, dice)})


def contended(step: Step, dice: Random, known: Known) -> Request:
    """Change a fact that all write, found by its title."""
    return _visits(step, {_shared(step, dice): _fields(step, dice)})


def guarded(step: Step, dice: Random, known: Known) -> Request:
    """Change a fact that all write, if nobody has changed it since this writer saw it."""
    title = _shared(step, dice)
    made = _visits(step, {title: _fields(step, dice)})
    at = known.updated.get(visit(title))
    if at is None:
        return made
    made.variables["rows"][0]["expectedUpdatedAt"] = at
    return Request(made.text, made.variables, made.puts, Guard(visit(title), at))


def bulk(step: Step, dice: Random, known: Known) -> Request:
    """Change many facts at once, some of which all write."""
    titles = [f"{step.mark} bulk {step.number} {at}" for at in range(ROWS - SHARED)]
    titles += [f"{step.mark} shared {at}" for at in range(SHARED)]
    return _visits(step, {title: {"note": step.id, "delegates": step.dice} for title in titles})


def nested(step: Step, dice: Random, known: Known) -> Request:
    """Create a fact without a key, with its relationships: done twice, there would be two."""
    title = f"{step.mark} new {step.id}"
    row = _row(title, note=step.id)
    row["title"] = row.pop("key")["title"]
    hosts = dice.sample(CITIES, 2)
    row["hosts"] = [{"to": city, "stop": at + 1} for at, city in enumerate(hosts)]
    row["visitors"] = [{"to": CITIES[0], "note": step.id}]
    puts = (
        Put(visit(title), {"note": step.id}),
        *(Put(link("HOSTED_BY", title, city), {"stop": at + 1}) for at, city in enumerate(hosts)),
        Put(link("MADE_BY", title, CITIES[0]), {"note": step.id}),
    )
    return Request(VISITS, {"rows": [row], "id": step.id}, puts)


def hosting(step: Step, dice: Random, known: Known) -> Request:
    """Change a relationship of a fact that all write, or the fact itself as long as its id is not known."""
    title, city = _shared(step, dice), dice.choice(CITIES)
    id_ = known.ids.get(visit(title))
    if id_ is None:
        return contended(step, dice, known)
    row = {"from": id_, "to": city, "note": step.id, "sources": [SOURCE], "confidence": "VERIFIED"}
    return Request(HOSTS, {"rows": [row], "id": step.id}, (Put(link("HOSTED_BY", title, city), {"note": step.id}),))


def ended(step: Step, dice: Random, known: Known) -> Request:
    """End a fact that nobody else writes, or write it if it is not there. One that has ended already is refused."""
    fact = visit(title := _own(step, dice))
    if fact not in known.ids:
        return _visits(step, {title: _fields(step, dice)})
    day = (FIRST_DAY + timedelta(days=step.dice % 1_000_000)).isoformat()
    return Request(END, {"rows": [{"id": known.ids[fact], "until": day}], "id": step.id}, (Put(fact, {"until": day}),))


def merged(step: Step, dice: Random, known: Known) -> Request:
    """Merge two facts that nobody else writes, or separate them again. Write them if they are not there."""
    titles = dice.sample(_owned(step), 2)
    both, name = [known.ids.get(visit(title)) for title in titles], merge(titles)
    if None in both:
        return _visits(step, {title: {"note": step.id} for title in titles})
    if name in known.ids:
        return Request(DELETE, {"rows": [{"id": known.ids[name]}], "id": step.id}, (Put(name, None),))
    row = {"from": both[0], "to": both[1], "note": step.id, "sources": [SOURCE], "confidence": "VERIFIED"}
    return Request(MERGE, {"rows": [row], "id": step.id}, (Put(name, {"note": step.id}),))


def deleted(step: Step, dice: Random, known: Known) -> Request:
    """Delete a fact that nobody else writes, with its merges, or write it if it is not there."""
    fact = visit(title := _own(step, dice))
    if fact not in known.ids:
        return _visits(step, {title: _fields(step, dice)})
    merges = [name for each in _owned(step) if (name := merge((title, each))) in known.ids]
    row = {"id": known.ids[fact], "withRelationships": True}
    return Request(DELETE, {"rows": [row], "id": step.id}, tuple(Put(name, None) for name in (fact, *merges)))


def wrong(step: Step, dice: Random, known: Known) -> Request:
    """State several facts, one of which cites a source that does not exist: all are refused."""
    rows = {f"{step.mark} shared {at}": {"note": step.id} for at in range(SHARED)}
    made = _visits(step, rows, is_wrong=True)
    dice.choice(made.variables["rows"])["sources"] = ["source/that-is-not-there"]
    return made


KINDS: dict[str, tuple[int, Make]] = {
    "own": (4, own),
    "contended": (4, contended),
    "guarded": (4, guarded),
    "bulk": (1, bulk),
    "nested": (3, nested),
    "hosting": (3, hosting),
    "ended": (2, ended),
    "merged": (5, merged),
    "deleted": (3, deleted),
    "wrong": (1, wrong),
}
"""Every kind, with how often it is chosen. A new kind is one entry; what its answers show is read by `answered`."""


def answered(request: Request, text: str, payload: Mapping[str, Any]) -> Answer:
    """Read the payload of a mutation."""
    codes = tuple(problem["code"] for problem in payload["problems"])
    shown = tuple(each for node in payload.get("nodes") or payload.get("starts") or () for each in _of(node))
    times = {each.fact: each.updated for each in shown}
    first = request.puts[0]
    return Answer(not codes, () if codes else shown, codes, text, times.get(first.fact, ""))


def _of(node: Mapping[str, Any]) -> list[Shown]:
    """Return a visit and its relationships, as an answer shows them."""
    title = node["title"]
    if "sameAs" in node:
        edges = node["sameAs"]["edges"]
        return [_shown(merge((title, e["node"]["title"])), e["relationshipId"], e, ("note",)) for e in edges]
    until = (node["until"] or {}).get("text")
    shown = [_shown(visit(title), node["id"], {**node, "until": until}, ("note", "delegates", "until"))]
    for field_, type_, names in (("hosts", "HOSTED_BY", ("note", "stop")), ("visitors", "MADE_BY", ("note",))):
        for edge in node[field_]["edges"]:
            name = link(type_, title, edge["node"]["id"])
            shown += [_shown(name, edge["relationshipId"], edge, names)]
    return shown


def _shown(fact: str, id_: str, of: Mapping[str, Any], names: tuple[str, ...]) -> Shown:
    return Shown(fact, id_, {name: of[name] for name in names}, of["updatedAt"])
