"""Curation, uses of a practice. In: existing seed rows. Out: which city uses a practice since when; the rows of a new use."""

from dataclasses import dataclass

from seeds.curate.files import Row, made_of, node, relationship


@dataclass(frozen=True)
class Use:
    """A city's use of a practice; `year` is None if the start is unknown."""

    id: str
    city: str
    year: int | None
    sources: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


def uses_of(practice: str, rows: list[Row]) -> list[Use]:
    """Return the uses of a practice that the rows state."""
    cities = {row["to"]: row["from"] for row in rows if row.get("type") == "MADE"}
    using = {row["from"] for row in rows if row.get("type") == "USES" and row["to"] == practice}
    return [
        Use(row["id"], cities[row["id"]], _year(row.get("since", "")), tuple(row["sources"]), tuple(row["rows"]))
        for row in rows
        if row.get("label") == "Adoption" and row["id"] in using
    ]


def free_id(city: str, practice: str, year: str, taken: set[str]) -> str:
    """Make the readable id of a use; the year is appended if the id without it is taken."""
    plain = f"adoption/{city.removeprefix('city/')}-{practice.removeprefix('practice/')}"
    return f"{plain}-{year}" if plain in taken else plain


def adoption_rows(use: Use, practice: str, properties: Row) -> list[Row]:
    """Make the rows of a use: the adoption, its relationship to the city, its relationship to the practice."""
    facts = [
        node("Adoption", use.id, {"status": "RUNNING", **properties}, *use.sources),
        relationship("MADE", use.city, use.id, *use.sources),
        relationship("USES", use.id, practice, *use.sources),
    ]
    return [made_of(fact, *use.rows) for fact in facts]


def _year(since: str) -> int | None:
    return int(since[:4]) if since[:4].isdigit() else None
