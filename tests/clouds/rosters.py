"""Published networks as rosters. In: the name of one of tests/measures/networks. Out: rows of a roster, its people and ties.

Columns of people are mapped to what people have here: a department or office is the organization that they work for.
"""

import json
from pathlib import Path
from typing import Any

from tests.measures.published import column, people, published

COMMON = {"confidence": "SYNTHETIC", "note": "A published network, for tests.", "rows": ["published"]}
BANDS = ("UNDER_30", "FROM_30_TO_44", "FROM_45_TO_59", "OVER_60")
SECTORS = ("BUSINESS", "CIVIC", "ELECTED", "PUBLIC")
ORIGINS = ("NATIVE", "GLOBAL")
MAPPED = {
    "ht": {"agency": "dept", "ageBand": "level"},
    "law": {"agency": "office", "sector": "practice", "ageBand": "status", "origin": "gender"},
}
WORDS = {"ageBand": BANDS, "sector": SECTORS, "origin": ORIGINS}


def person(of: str, id_: str) -> str:
    """Return the id of a person."""
    return f"person/{of.replace('_', '-')}-{id_}"


def roster(of: str) -> str:
    """Return the id of a roster."""
    return f"roster/{of.replace('_', '-')}"


def rows(
    of: str, *, without: tuple[str, ...] = (), turned: bool = False, called: str | None = None
) -> list[dict[str, Any]]:
    """Return the rows of a network without some people; `turned` ties lead the other way; `called` is another name."""
    name, given = called or of, published(of, without=without)
    mapped = MAPPED.get(of.partition("_")[0], {})
    columns = {
        to: dict(zip((row["id"] for row in people(of)), column(of, source), strict=True))
        for to, source in mapped.items()
    }
    labels = {row["id"]: row.get("name") or row["id"].lstrip("0") for row in people(of)}
    made: list[dict[str, Any]] = [{"label": "Roster", "id": roster(name), "name": name, "rule": "Published.", **COMMON}]
    agencies = sorted({value for value in columns.get("agency", {}).values() if value})
    made += [
        {"label": "Organization", "id": _agency(name, each), "name": f"{name} {each}", "kind": "AGENCY", **COMMON}
        for each in agencies
    ]
    for id_ in given.people:
        words = {to: WORDS[to][int(float(columns[to][id_] or 1)) - 1] for to in columns if to in WORDS}
        made.append(
            {"label": "Person", "id": person(name, id_), "name": labels[id_], "kind": "NAMED", **words, **COMMON}
        )
        made.append(_tie("LISTED_ON", person(name, id_), roster(name)))
        if "agency" in columns:
            made.append(_tie("WORKS_FOR", person(name, id_), _agency(name, columns["agency"][id_] or "")))
    for a, b in given.ties:
        start, end = (b, a) if turned else (a, b)
        made.append(_tie("TRUSTS", person(name, given.people[start]), person(name, given.people[end])))
    return made


def _agency(of: str, value: str) -> str:
    return f"organization/{of.replace('_', '-')}-{int(float(value))}"


def _tie(type_: str, start: str, end: str) -> dict[str, Any]:
    return {"type": type_, "from": start, "to": end, "marking": "CLEAR", **COMMON}


def write(folder: Path, *networks: list[dict[str, Any]]) -> Path:
    """Write networks to one file of rows; the marking of each fact is CLEAR."""
    folder.mkdir(exist_ok=True)
    path = folder / f"published-{folder.name}.jsonl"
    lines = [json.dumps({**row, "marking": "CLEAR"}) for network in networks for row in network]
    path.write_text("\n".join(lines) + "\n")
    return path
