"""Curation of European lighthouse projects. In: a list of cities and roles, and existing rows. Out: rows of other roles."""

from schema.language.ids import slug
from seeds.curate.files import ORIGIN, Report, Row, made_of, node, relationship
from seeds.curate.match import NoCity, locate
from seeds.curate.sources import LIGHTHOUSES, source_id

SOURCE = source_id(LIGHTHOUSES)
CONFIDENCE = {"V": "VERIFIED", "D": "VERIFIED", "P": "PARTLY", "U": "UNVERIFIED"}
"""Confidence of a row by its status; U: nobody has read it in a page."""

SUMMARY = "European lighthouse project (Horizon 2020)."

Part = tuple[str, str, str]
"""City, programme and role."""


def lighthouses(
    listed: list[Row], cities: dict[str, str], pages: list[Row], existing: list[Row]
) -> tuple[list[Row], Report]:
    """Make the rows of 42-lighthouse.jsonl and a report on every row of the list.

    `cities` has ids by the names that the list uses, `pages` are rows of sources, `existing` are rows that state roles.
    A role that `existing` states makes no row, but it should cite the page that the list names: `uncited` lists those
    that do not.
    """
    programmes = {row["name"]: row["id"] for row in existing if row.get("label") == "Programme"}
    stated = {(row["from"], row["to"], row["role"]): row for row in existing if row.get("type") == "TAKES_PART_IN"}
    urls = {page["id"]: page.get("url", "") for page in pages}
    located = locate(listed, lambda row: _city(cities, row["city"]))
    rows: list[Row] = []
    report: Report = {"rows": len(listed), "created": 0, "merged": 0, "programmes": [], "uncited": [], "unnamed": []}
    for city, row in located.found:
        name = row["project"]
        part = (city, programmes.get(name, f"programme/{slug(name)}"), row["role"].upper())
        if same := stated.get(part):
            report["merged"] += 1
            report["uncited"] += [] if _page(row) in {urls[id_] for id_ in same["sources"]} else [_where(row)]
            report["unnamed"] += [] if row[ORIGIN] in same["rows"] else [f"{part}: {row[ORIGIN]}"]
            continue
        if name not in programmes:
            report["programmes"].append(name)
            programmes[name] = part[1]
            rows.append(_programme(part[1], row))
        report["created"] += 1
        rows.append(_takes_part(part, row))
    return rows, {**report, "unmatched": [_where(row) for row in located.unmatched]}


def _city(cities: dict[str, str], name: str) -> str:
    if name not in cities:
        raise NoCity(name)
    return cities[name]


def _programme(id_: str, row: Row) -> Row:
    properties = {"name": row["project"], "kind": "JOINT_PROJECT", "status": "HELD", "summary": SUMMARY}
    return _with_evidence(node("Programme", id_, {**properties, **_years(row)}, SOURCE), row)


def _takes_part(part: Part, row: Row) -> Row:
    city, programme, role = part
    fact = relationship("TAKES_PART_IN", city, programme, SOURCE)
    return _with_evidence({**fact, "role": role, **_years(row)}, row)


def _with_evidence(fact: Row, row: Row) -> Row:
    """Add the confidence of a fact, and a note with the page that the list names for it."""
    page = _page(row)
    note = f"The list names {page}." if page else "The list names no page for it."
    return made_of({**fact, "confidence": CONFIDENCE[row["status"]], "note": note}, row[ORIGIN])


def _years(row: Row) -> Row:
    """Return the years of the project; "2017-" has no end."""
    since, _, until = row["years"].partition("-")
    return {"since": since, **({"until": until} if until else {})}


def _page(row: Row) -> str:
    return str(row["source"]).replace("github:", "https://github.com/")


def _where(row: Row) -> str:
    return f"{row['city']}, {row['role']} in {row['project']}"
