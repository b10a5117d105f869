"""Matching names to cities. In: a country and a name as a file writes it. Out: the id of the one city with that name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schema.language.ids import slug
from seeds.curate.places import Place

SPELLINGS = {
    ("AT", "klagenfurt"): "klagenfurt-am-worthersee",
    ("AU", "sydney-blacktown-rouse-hill"): "sydney",
    ("AU", "sydney-liverpool-parramatta"): "sydney",
    ("AU", "sydney-parramatta-rouse-hill"): "sydney",
    ("BR", "sao-paulo-metropolitan-area"): "sao-paulo",
    ("CA", "ville-de-quebec"): "quebec",
    ("DE", "frankfurt"): "frankfurt-am-main",
    ("DE", "halle"): "halle-saale",
    ("DK", "aarhus"): "arhus",
    ("ES", "castellon"): "castello-de-la-plana",
    ("ES", "donostia"): "donostia-san-sebastian",
    ("ES", "seville"): "sevilla",
    ("GT", "guatemala"): "guatemala-city",
    ("HR", "grad-zagreb"): "zagreb",
    ("MX", "ecatepec"): "ecatepec-de-morelos",
    ("MX", "juarez"): "ciudad-juarez",
    ("MX", "nezahualcoyotl"): "ciudad-nezahualcoyotl",
    ("NL", "almere"): "almere-stad",
    ("NL", "den-haag"): "the-hague",
    ("PA", "panama"): "panama-city",
    ("SE", "goteborg"): "gothenburg",
    ("SV", "gran-san-salvador"): "san-salvador",
    ("TW", "chiayi"): "chiayi-city",
    ("US", "new-york"): "new-york-city",
    ("XK", "prishtina"): "pristina",
}
"""Names of GeoNames by country and name in a file, both as slugs, if they differ; a metropolitan area stands for its city."""


Item = TypeVar("Item")


class NoCity(Exception):
    """No city of this country has the name."""


class SeveralCities(Exception):
    """Several cities of this country have the name."""


@dataclass(frozen=True)
class Names:
    """Ids of cities by country and name in slug form."""

    by_name: dict[tuple[str, str], tuple[str, ...]]

    @staticmethod
    def of(places: dict[str, Place]) -> "Names":
        """Index the names and aliases of cities."""
        by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, place in places.items():
            for name in dict.fromkeys(slug(each) for each in (place.name, *place.aliases)):
                by_name[place.country, name].append(id_)
        return Names({name: tuple(ids) for name, ids in by_name.items()})

    def find(self, country: str, name: str, division: str = "") -> str:
        """Return the id of the city with this name, in the first-order division if one is given.

        Raise NoCity or SeveralCities if there is not exactly one.
        """
        ids = self.ids(country, name)
        if division:
            ids = tuple(id_ for id_ in ids if id_.startswith(f"city/{country}-{division}-".lower()))
        return only(ids, name)

    def ids(self, country: str, name: str) -> tuple[str, ...]:
        """Return the ids of all cities of a country that have this name."""
        written = slug(name)
        return self.by_name.get((country, SPELLINGS.get((country, written), written)), ())


def only(ids: Sequence[str], name: str) -> str:
    """Return the one id; raise NoCity or SeveralCities, with this name, if there is not exactly one."""
    if not ids:
        raise NoCity(name)
    if len(ids) > 1:
        raise SeveralCities(name)
    return ids[0]


@dataclass
class Located(Generic[Item]):
    """The items of a file in its order: those with a city, those without one, and those with several."""

    found: list[tuple[str, Item]] = field(default_factory=list)
    unmatched: list[Item] = field(default_factory=list)
    ambiguous: list[Item] = field(default_factory=list)


def locate(items: Iterable[Item], city: Callable[[Item], str]) -> Located[Item]:
    """Find the city of each item; `city` raises NoCity or SeveralCities if there is not exactly one."""
    located = Located[Item]()
    for item in items:
        try:
            located.found.append((city(item), item))
        except NoCity:
            located.unmatched.append(item)
        except SeveralCities:
            located.ambiguous.append(item)
    return located


def written_otherwise(country: str, name: str) -> bool:
    """Return whether GeoNames has another name for the city of this name."""
    return (country, slug(name)) in SPELLINGS
