"""Curation, from names to cities. In: a country and a name as a file writes it. Out: the one city that it can mean."""

from collections import defaultdict
from dataclasses import dataclass

from graph.curate.places import Place
from schema.ids import slug

SPELLINGS = {
    ("AU", "sydney-blacktown-rouse-hill"): "sydney",
    ("AU", "sydney-liverpool-parramatta"): "sydney",
    ("AU", "sydney-parramatta-rouse-hill"): "sydney",
    ("BR", "sao-paulo-metropolitan-area"): "sao-paulo",
    ("GT", "guatemala"): "guatemala-city",
    ("MX", "juarez"): "ciudad-juarez",
    ("PA", "panama"): "panama-city",
    ("SV", "gran-san-salvador"): "san-salvador",
    ("US", "new-york"): "new-york-city",
}
"""Names that the files write in another way than GeoNames, by country; a metropolitan area stands for its city."""


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
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_, place in places.items():
            for name in dict.fromkeys(slug(each) for each in (place.name, *place.aliases)):
                found[place.country, name].append(id_)
        return Names({name: tuple(ids) for name, ids in found.items()})

    def find(self, country: str, name: str, division: str = "") -> str:
        """Return the id of the city of this name; raise NoCity or SeveralCities. `division` is of first order."""
        written = slug(name)
        ids = self.by_name.get((country, SPELLINGS.get((country, written), written)), ())
        if division:
            ids = tuple(id_ for id_ in ids if id_.startswith(f"city/{country}-{division}-".lower()))
        if not ids:
            raise NoCity(name)
        if len(ids) > 1:
            raise SeveralCities(name)
        return ids[0]
