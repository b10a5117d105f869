"""What the chains need before their steps: sources, regions, practices, bodies, programmes. In: a Book. Out: facts in it."""

from collections.abc import Iterable

from seeds.curate.chains.book import FILE, Book
from seeds.curate.files import Row, made_of, node
from seeds.curate.sources import source_id

LABELS = {
    "regions": "Region",
    "organizations": "Organization",
    "programmes": "Programme",
    "metrics": "Metric",
}


def cite(table: Iterable[Row], existing: Iterable[Row]) -> tuple[list[Row], dict[str, str]]:
    """Make a source for each page that has none yet; return them, and the source of each row by its id."""
    pages = {row["url"]: row["id"] for row in existing if row.get("label") == "Source" and "url" in row}
    taken, sources, cited = set(pages.values()), dict[str, Row](), dict[str, str]()
    for row in table:
        url = row["source_url"]
        if url not in pages:
            pages[url] = _free(source_id(row["source_title"]), taken)
            taken.add(pages[url])
            properties = {"title": row["source_title"], "url": url, "publisher": row["publisher"]}
            properties["accessed"] = row["accessed"]
            sources[url] = node("Source", pages[url], properties, pages[url])
        cited[row["id"]] = pages[url]
        if url in sources:
            sources[url] = made_of(sources[url], f"{FILE} {row['id']}")
    return list(sources.values()), cited


def declare(book: Book) -> None:
    """Add what chains.json declares, each citing the rows in which it was read."""
    for kind, label in LABELS.items():
        for given in book.reading[kind]:
            properties = {name: value for name, value in given.items() if name not in ("id", "rows", "takesPart")}
            book.node(label, given["id"], properties, *given["rows"])
            for city, role in given.get("takesPart", {}).items():
                book.relate("TAKES_PART_IN", city, given["id"], tuple(given["rows"]), role=role)
    for given in book.reading["practices"]:
        rows = tuple(_first_rows(book, given["id"]))
        book.node("Practice", given["id"], {"name": given["name"], "summary": given["summary"]}, *rows)
        book.relate("UNDER", given["id"], given["under"], rows)


def _first_rows(book: Book, practice: str) -> Iterable[str]:
    """List the first row of each chain about a practice."""
    seen = set()
    for row in book.table.values():
        if practice in book.chain(row)["about"] and row["chain_id"] not in seen:
            seen.add(row["chain_id"])
            yield row["id"]


def _free(id_: str, taken: set[str]) -> str:
    return next(each for each in (id_, *(f"{id_}-{number}" for number in range(2, 100))) if each not in taken)
