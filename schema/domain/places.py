"""Places: cities, regions and countries, which city lies in which of them, and which cities are twinned."""

from schema.domain.countries import COUNTRIES
from schema.domain.interfaces import Party, Place
from schema.language.declare import Concept, Matched, Relationship, at
from schema.language.kinds import Choice, Nature, big_integer, choice, integer, point, text, texts


class SizeClass(Choice):
    """Size of a city by its population, in the classes of the United Nations' World Urbanization Prospects."""

    MEGA = "10 million people or more."
    LARGE = "5 to 10 million people."
    MEDIUM = "1 to 5 million people."
    SMALL = "500,000 to 1 million people."
    TOWN = "Fewer than 500,000 people."


class TwinKind(Choice):
    """What two twinned cities call their relationship."""

    TWIN = "Twin towns."
    SISTER = "Sister cities."
    FRIENDSHIP = "Friendship cities, or a friendship agreement."


class IncomeGroup(Choice):
    """Income group of a country, as the World Bank names them."""

    LOW = "Low income."
    LOWER_MIDDLE = "Lower middle income."
    UPPER_MIDDLE = "Upper middle income."
    HIGH = "High income."


class City(Place, Party, Concept):
    """A city. Whether it is visitor or host, learner or teacher, depends on the visit."""

    nature = Nature.STATE
    always_clear = True
    plural = "cities"
    example = "city/us-wa-seattle"
    matched = Matched(
        names=("name", "aliases"),
        unique=("geonamesId", "wikidataId"),
        near="location",
        country="country",
        needs=("country",),
    )

    aliases = texts("Other names of the city.", searched=True)
    location = point("Where the city lies.")
    population = integer("Number of people who live in the city.", sorted=True, least=0)
    populationYear = integer("The year that the population was counted or estimated for.")
    sizeClass = choice(SizeClass, "Size of the city by its population.")
    geonamesId = big_integer("Number of the city in GeoNames.", unique=True)
    wikidataId = text("Identifier of the city in Wikidata.", indexed=True)


class Country(Place, Concept):
    """A country."""

    nature = Nature.STATE
    always_clear = True
    plural = "countries"
    matched = Matched(names=("name",), unique=("isoCode",), spelled=COUNTRIES)

    isoCode = text("Two-letter code, ISO 3166-1.", required=True, unique=True)
    population = integer("Number of people who live in the country.", sorted=True, least=0)
    incomeGroup = choice(IncomeGroup, "Income group of the country.")
    incomeGroupYear = integer("The year that the income group holds for.")


class Region(Place, Concept):
    """An area larger than a city. It also stands for cities that a source mentions without naming them."""

    nature = Nature.STATE
    always_clear = True

    isoCode = text("Code of the region, ISO 3166-2; null if it has none.")


class InCountry(Relationship):
    """A city lies in a country."""

    nature = Nature.STATE
    always_clear = True
    start = at(City, field="country", says="The country that the city lies in.", one=True)
    end = at(Country, field="cities", says="Cities of the country.")


class InRegion(Relationship):
    """A city lies in a region."""

    nature = Nature.STATE
    always_clear = True
    start = at(City, field="regions", says="Regions that the city lies in.")
    end = at(Region, field="cities", says="Cities of the region.")


class TwinnedWith(Relationship):
    """Two cities are twinned. The relationship has no direction; it is stored once, starting at the smaller id."""

    nature = Nature.STATE
    undirected = True
    start = at(City, field="twins", says="Cities that this city is twinned with.")
    end = at(City, field="twins", says="Cities that this city is twinned with.")

    kind = choice(TwinKind, "What the two cities call their relationship.")
