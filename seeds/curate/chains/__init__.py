"""Curation of the chains from a visit to what came of it. In: chains.csv, how it is read, other rows. Out: rows.

`python -m seeds.curate` writes them to 10-sources-c.jsonl and 35-chains.jsonl. A fact that another
file states already is not made again.
"""

from collections import Counter

from seeds.curate.chains.book import FILE, Book, Key
from seeds.curate.chains.declared import cite, declare
from seeds.curate.chains.learning import add_adoptions, add_lessons
from seeds.curate.chains.results import add_evaluations, add_lags, add_outcomes
from seeds.curate.chains.travel import add_bodies, add_costs, add_delegates, add_objectives, add_visits
from seeds.curate.files import Report, Row

STEPS = (
    declare,
    add_visits,
    add_bodies,
    add_delegates,
    add_objectives,
    add_lessons,
    add_adoptions,
    add_costs,
    add_outcomes,
    add_evaluations,
    add_lags,
)


def chains(table: list[Row], reading: Row, existing: list[Row]) -> tuple[list[Row], list[Row], Report]:
    """Make the sources of the chains, the facts that cite them, and a report on every row of the table.

    `reading` is chains.json: what a row means where its columns do not say it. `unnamed` lists rows of the table that are
    merged with a fact of another file which does not name them.
    """
    sources, cited = cite(table, existing)
    book = Book({row["id"]: row for row in table}, reading, {_key(row): row for row in existing}, cited)
    for step in STEPS:
        step(book)
    facts = list(book.facts.values())
    named = Counter(origin for row in (*facts, *existing) for origin in row["rows"])
    report: Report = {"rows": len(table), "chains": len({row["chain_id"] for row in table}), "sources": len(sources)}
    report |= {"facts": len(facts), "unnamed": _unnamed(book)}
    return sources, facts, {**report, "lost": [id_ for id_ in book.table if not named[f"{FILE} {id_}"]]}


def _unnamed(book: Book) -> list[str]:
    """List the rows that were merged with a fact which does not name them, with that fact."""
    merged = ((id_, fact) for id_, facts in book.made.items() for fact in facts if fact in book.existing)
    return [f"{id_}: {fact}" for id_, fact in merged if f"{FILE} {id_}" not in book.existing[fact]["rows"]]


def _key(row: Row) -> Key:
    return row["id"] if "label" in row else (row["type"], row["from"], row["to"])
