"""Curation of bike sharing. In: feeds of shared vehicles, and existing rows. Out: rows for cities that have no use yet.

The file has no years, and no column that tells bicycles from scooters, mopeds and cars.
"""

import re
from collections import defaultdict
from urllib.parse import urlsplit

from seeds.curate.adoptions import Use, adoption_rows, free_id, uses_of
from seeds.curate.files import ORIGIN, Report, Row
from seeds.curate.match import Names, locate
from seeds.curate.sources import GBFS, source_id

PRACTICE = "practice/bike-sharing"

BICYCLE = re.compile(
    r"bike|bici|cycl|(?<!d[eé])v[eé]lo|v[eé]lib|v[eé]liv|rower|sykkel|fahrrad|donkey"
    r"|(stadt|lasten|regio|wupsi|usedom|winsen|vag_)rad",
    re.IGNORECASE,
)
"""Words for bicycle, and operators that have only bicycles: in the name of a feed, its id or the host of its page."""

BICYCLES_ONLY = frozenset(
    {
        "Bay Wheels",
        "Bilbao Bizi",
        "Biki",
        "BIXI Montréal",
        "Dbizi",
        "Indego",
        "MBajk",
        "Pogoh",
        "Sevici",
        "V'lille",
        "Valenbisi",
        "Villo",
    }
)
"""Systems that have only bicycles, although their names do not say so."""


def bike_share(feeds: list[Row], names: Names, existing: list[Row]) -> tuple[list[Row], Report]:
    """Make the rows of 41-bike-share.jsonl (one use for each city that has none yet) and a report on every feed."""
    bicycles = [feed for feed in feeds if is_bicycle(feed)]
    located = locate(bicycles, lambda feed: _city(feed, names))
    systems: dict[str, list[Row]] = defaultdict(list)
    for city, feed in located.found:
        systems[city].append(feed)
    known = uses_of(PRACTICE, existing)
    merged = {use.city for use in known} & set(systems)
    new = sorted(set(systems) - merged)
    taken = {use.id for use in known}
    rows = [row for city in new for row in _rows(city, systems[city], taken)]
    report: Report = {"feeds": len(feeds), "not known to be bicycles": len(feeds) - len(bicycles)}
    report |= {"cities": len(systems), "created": len(new), "merged": sorted(merged)}
    named = {origin for use in known for origin in use.rows}
    report["unnamed"] = [
        f"{city}: {feed[ORIGIN]}" for city in sorted(merged) for feed in systems[city] if feed[ORIGIN] not in named
    ]
    report["unmatched"] = sorted(_where(feed) for feed in located.unmatched)
    return rows, {**report, "ambiguous": sorted(_where(feed) for feed in located.ambiguous)}


def is_bicycle(feed: Row) -> bool:
    """Return whether a feed is known to have only bicycles; operators that mix vehicles under one name are left out."""
    texts = (feed["Name"], feed["System ID"], urlsplit(feed["URL"]).netloc)
    return feed["Name"].strip() in BICYCLES_ONLY or any(BICYCLE.search(text) for text in texts)


def _city(feed: Row, names: Names) -> str:
    """Return the id of a location's city: "Turin", "Brno, CZ" or, in the United States, "Portland, OR"."""
    country, location = feed["Country Code"], feed["Location"].strip()
    name, _, last = location.rpartition(", ")
    if name and last == country:
        return names.find(country, name)
    if name and country == "US":
        return names.find(country, name, last)
    return names.find(country, location)


def _where(feed: Row) -> str:
    return f"{feed['Location'].strip()} ({feed['Country Code']})"


def _rows(city: str, systems: list[Row], taken: set[str]) -> list[Row]:
    origins = tuple(feed[ORIGIN] for feed in systems)
    use = Use(free_id(city, PRACTICE, "", taken), city, None, (source_id(GBFS),), origins)
    feeds = "1 feed" if len(systems) == 1 else f"{len(systems)} feeds"
    note = f"{feeds} known to be of bicycles; the file has no years."
    return adoption_rows(use, PRACTICE, {"localName": min(feed["Name"].strip() for feed in systems), "note": note})
