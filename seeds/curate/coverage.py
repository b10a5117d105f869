"""The page that says what the data cover. In: every seed row, and the reports of the curation. Out: docs/coverage.md."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from schema.language.edtf import parse
from seeds.curate.files import Report, Row

DATED = ("Visit", "Lesson", "Adoption", "Outcome", "Evaluation", "Event", "Programme", "Measurement")
MOST_KINDS = 8
HEAD = """# What the data cover

Made by `python -m seeds.curate` from the rows; do not edit it.

citygraph comes with several data sets. They were gathered for different purposes and overlap, so **their numbers must not be
added**: the property `rows` of each fact names the rows of the files that it was made from, such as `facts.csv F102`. A
filter keeps one data set: `where: {rows: {hasPrefix: "facts.csv"}}`. None of them is complete, and what is missing says
nothing: a city without a visit here may have made many.
"""


@dataclass(frozen=True)
class Part:
    """A data set: how the rows that were made from it begin, what it is, and what to know before counting it."""

    prefixes: tuple[str, ...]
    title: str
    says: str


PARTS = (
    Part(
        ("facts.csv",),
        "How cities learn from each other (facts.csv)",
        "Read by hand from public pages: visits, transfers of practices, European networks. Visits have no lesson unless a "
        "row states one. What became of a row is in the rows that name it; two series of trips became programmes, and five "
        "survey answers are statements, not visits.",
    ),
    Part(
        ("chains.csv",),
        "From a visit to what came of it (chains.csv)",
        "Read by hand from public pages, mostly from their first 2,000 characters. In 48 of the 64 chains the learner is in "
        "the United States, and it is told by those who travelled: successes are told more than failures. **No success rate "
        "follows from it.** A visit is related to a lesson, a use or a result only if a source ties them.",
    ),
    Part(
        ("year_system_commenced.csv",),
        "Bus rapid transit systems (BRTdata)",
        "Opening years, state of about 2016; a year is that of the opening, never of learning. Every use is said to be "
        "running, because the file does not say what closed.",
    ),
    Part(
        ("gbfs_systems.csv",),
        "Bike sharing (General Bikeshare Feed Specification)",
        "Feeds of shared vehicles, without years. A city has one use here, however many feeds it has.",
    ),
    Part(
        ("lighthouse_cities.csv",),
        "European lighthouse projects",
        "Cities and their roles. That a fellow is to replicate is the intention of the project: there are no lessons.",
    ),
    Part(
        ("sister_cities.tsv",),
        "Twin towns of 25 European countries (Wikidata)",
        "Pairs without years. Most towns of the file are smaller than the cities here.",
    ),
    Part(
        ("cities_pop100k.csv", "facts_cities.csv", "countries.json"),
        "Cities and countries (GeoNames)",
        "Cities of 100,000 people or more, and smaller ones that facts.csv names.",
    ),
    Part(
        ("synthetic",),
        "Made-up facts",
        "Leaders of three cities with their trust ties, and stories for parts of the model without a source. A question sees "
        "them only with `synthetic: true`.",
    ),
)


def page(rows: list[Row], reports: dict[str, Report]) -> str:
    """Write the page."""
    dropped = {PARTS[number].title: text for number, text in _dropped(rows, reports).items()}
    texts = [HEAD, *(_section(part, rows, dropped.get(part.title, "")) for part in PARTS)]
    return "\n".join(texts)


def _section(part: Part, rows: list[Row], dropped: str) -> str:
    own = [row for row in rows if _of(part, row)]
    alone = sum(all(origin.startswith(part.prefixes) for origin in row["rows"]) for row in own)
    kinds = Counter(row.get("label") or row["type"] for row in own)
    nodes = Counter(row["label"] for row in own if "label" in row and row["label"] != "Source")
    shown = ", ".join(f"{count:,} {kind}" for kind, count in nodes.most_common(MOST_KINDS)) or "none"
    ties = sum(count for kind, count in kinds.items() if kind.isupper())
    lines = [
        f"| facts | {len(own):,}, of which {len(own) - alone:,} are stated by another data set too |",
        f"| nodes | {shown} |",
        f"| relationships | {ties:,} |",
        f"| years | {_years(own)} |",
        *([f"| left out | {dropped} |"] if dropped else []),
    ]
    return f"## {part.title}\n\n{part.says}\n\n| | |\n| --- | --- |\n" + "\n".join(lines) + "\n"


def _of(part: Part, row: Row) -> bool:
    return any(origin.startswith(part.prefixes) for origin in row["rows"])


def _years(rows: Iterable[Row]) -> str:
    """Write the first and the last year in which something began, and how many have no date."""
    dated = [row for row in rows if row.get("label") in DATED]
    whens = [parse(row["since"]) for row in dated if "since" in row]
    years = [day.year for when in whens for day in (when.earliest, when.latest) if day]
    if not years:
        return "none stated"
    return f"{min(years)} to {max(years)}; {len(dated) - len(whens):,} of {len(dated):,} without a date"


def _dropped(rows: list[Row], reports: dict[str, Report]) -> dict[int, str]:
    """Write what each data set states that made no fact, and why, by the number of the part."""
    buses, bikes, twins = reports["bus rapid transit"], reports["bike sharing"], reports["twin towns"]
    lights, chains = reports["lighthouse projects"], reports["chains"]
    return {
        0: "nothing: each of the 470 rows is named by a fact",
        1: f"{len(chains['lost'])} of {chains['rows']} rows; days, figures and remarks of a row are in the note of its fact",
        2: _buses(rows, buses),
        3: f"{bikes['not known to be bicycles']:,} of {bikes['feeds']:,} feeds are not known to be of bicycles; "
        f"{len(bikes['unmatched'])} others are in no city that is here. {bikes['cities']} cities are left",
        4: f"{len(lights['unmatched'])} of {lights['rows']} rows",
        5: f"{len(twins['unmatched']):,} of {twins['rows']:,} rows have no city here at one end or both, "
        f"{len(twins['ambiguous'])} have several; {twins['matched']:,} rows are {twins['pairs']:,} pairs",
    }


def _buses(rows: list[Row], report: Report) -> str:
    file = PARTS[2].prefixes[0]
    uses = [row for row in rows if row.get("label") == "Adoption" and _of(PARTS[2], row)]
    systems = {origin for row in uses for origin in row["rows"] if origin.startswith(file)}
    early = sum(row.get("since", "9999")[:4] <= "2010" for row in uses)
    return (
        f"{report['systems'] - len(uses)} of {report['systems']} systems have no use of their own: "
        f"{len(report['unmatched'])} have no city here, {len(report['ambiguous'])} have several cities of their name, the "
        f"rest ({len(systems) - len(uses)}) opened within two years of another system of their city. "
        f"Of {report['by 2010']} systems that opened by 2010, {early} uses are here"
    )
