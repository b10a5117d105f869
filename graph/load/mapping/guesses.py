"""Guesses by names. In: columns and the model. Out: which column may hold which property, and which fact a record may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from graph.load.mapping.columns import MOST_WORDS, Column
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, upper_snake
from schema.language.kinds import Kind, Property
from schema.model import Model

ALIASES: dict[str, tuple[str, ...]] = {
    "title": ("titel", "titre", "titulo", "titolo", "tittel", "name", "subject", "heading", "bezeichnung"),
    "name": ("title", "naam", "navn", "namn", "nom", "nombre", "nome", "label", "bezeichnung", "titel"),
    "since": ("date", "datum", "dato", "fecha", "data", "start", "begin", "begun", "year", "jahr", "annee", "when", "day",
              "opened", "commenced", "held", "beginn", "debut", "inicio", "inizio", "from", "von", "desde", "fra"),
    "until": ("end", "ended", "ende", "closed", "to", "till", "bis", "hasta", "til"),
    "summary": ("description", "beschreibung", "beskrivelse", "abstract", "detail"),
    "statement": ("description", "text", "detail", "beschreibung"),
    "url": ("website", "link", "homepage", "web"),
    "website": ("url", "link", "homepage", "web", "webseite", "internet"),
    "kind": ("type", "typ", "art", "category"),
    "status": ("state",),
    "population": ("inhabitants", "einwohner", "residents"),
    "aliases": ("alias", "othernames", "alternatenames"),
    "note": ("notes", "remark", "remarks", "comment", "bemerkung"),
    "delegates": ("participants", "people", "persons", "travellers", "teilnehmer", "deltakere"),
    "isoCode": ("iso", "iso2", "code", "countrycode", "alpha2"),
}  # fmt: skip
"""Words of columns that may hold a property, besides its own name."""
CITY = ("city", "town", "municipality", "kommune", "gemeente", "gemeinde", "ville", "stadt", "ciudad", "cidade", "comune",
        "host")  # fmt: skip
COUNTRY = ("country", "land", "pays", "pais", "nation", "countrycode")
LATITUDE = ("lat", "latitude", "latitud", "latitudine", "breitengrad", "breddegrad", "breedtegraad")
LONGITUDE = (
    "lon",
    "lng",
    "long",
    "longitude",
    "longitud",
    "longitudine",
    "langengrad",
    "laengengrad",
    "lengdegrad",
    "lengtegraad",
)
UP, RIGHT = "y", "x"
"""Names of columns that are degrees only if both are there."""
NAMES = ("name", "title")
KEY = ("id", "no", "nr", "number", "nummer", "key", "code", "uid", "uuid", "guid", "ref")
ALIKE, SAME = 0.86, 0.94
"""How alike two names are, at least, that may mean the same, and that do: but for one letter of many."""
SOURCE_LABEL = COMMON["sources"].refers_to
"""A record is rarely about a source."""
EXACT, ALIAS, CLOSE = 3.0, 2.0, 1.0
SURE = ALIAS
FREE = (Kind.TEXT, Kind.TEXTS)


@dataclass(frozen=True)
class Guess:
    """A column that may hold a property, and how sure that is."""

    column: Column
    score: float


def has_word(column: Column, words: Sequence[str]) -> bool:
    """Whether one of the words stands in the name of a column; a longer word also at the end or beginning of another."""
    return any(
        part == word or (len(word) > 3 and (part.startswith(word) or part.endswith(word)))
        for word in words
        for part in column.words
    )


def is_degrees(column: Column, words: Sequence[str], most: int) -> bool:
    """Whether a column has degrees up to a number: its name says so, and its values are numbers in this range."""
    named = any(part.endswith(tuple(words)) for part in column.words)
    return named and degrees(column, most) is not None


def degrees(column: Column, most: int = 180) -> str | None:
    """Return the mark of decimals with which its values are degrees up to a number; None if they are none."""
    for thousands, decimal in column.marks:
        if not thousands and all(abs(float(value.replace(decimal, "."))) <= most for value in column.values):
            return decimal
    return None


def fits(column: Column, prop: Property) -> bool:
    """Whether the values of a column may be values of a property."""
    if column.several:
        return prop.kind in (Kind.TEXTS, Kind.POINT)
    if not column.values:
        return False
    if prop.choices:
        words = tuple(prop.choices.__members__)
        same = sum(bool(same_word(value, words)) for value in column.values)
        return column.is_few_words or (len(column.values) <= MOST_WORDS and same * 2 >= len(column.values))
    match prop.kind:
        case Kind.INTEGER | Kind.BIG_INTEGER | Kind.NUMBER | Kind.MONEY:
            return column.is_number
        case Kind.WHEN | Kind.END:
            return bool(column.formats or column.mixed)
        case Kind.URL:
            return column.is_url
        case Kind.BOOLEAN:
            return column.truths() is not None
        case Kind.TEXT | Kind.TEXTS:
            return not column.is_url
    return False


def same_word(value: str, words: Sequence[str]) -> str:
    """Return the word of a choice that a value is but for blanks, marks and capitals; an empty text if it is none."""
    same = {word.replace("_", "").lower(): word for word in words}
    return same.get("".join(char for char in value.lower() if char.isalnum()), "")


def names_country(column: Column) -> bool:
    """Whether a column is named after countries, as `Host country` is."""
    return any(part.endswith(word) for word in COUNTRY for part in column.words)


def guesses(prop: Property, columns: Sequence[Column], label: str = "") -> list[Guess]:
    """Return the columns that may hold a property, the likeliest first; with a label, its name may be in `City`."""
    found = [Guess(column, _score(prop, column, label)) for column in columns if fits(column, prop)]
    return sorted((each for each in found if each.score), key=lambda each: -each.score)


def _score(prop: Property, column: Column, label: str) -> float:
    name = prop.name.lower()
    aliases = ALIASES.get(prop.name, ())
    if column.folded == name:
        return EXACT
    if column.folded in aliases:
        return EXACT - 0.5
    parts = set(upper_snake(prop.name).lower().split("_"))
    if parts <= column.words:
        return ALIAS + 0.5
    if column.words & set(aliases):
        return ALIAS
    ratio = SequenceMatcher(None, name, column.folded).ratio()
    if ratio >= SAME:
        return ALIAS
    is_named = prop.name in NAMES and _same(label.lower(), column.folded)
    return CLOSE if ratio >= ALIKE or is_named else 0


def concept_of(columns: Sequence[Column], stem: str, model: Model) -> tuple[str, list[str]]:
    """Return the label of the concept that records seem to be, with those that come next; an empty text if none seems so."""
    file = Column(stem, (), 0)
    scored = sorted(
        ((_likeness(spec, columns, file), label) for label, spec in model.concepts.items() if label != SOURCE_LABEL),
        key=lambda e: -e[0],
    )
    likely = [label for score, label in scored if score >= 2]
    return (likely[0], likely[1:4]) if likely else ("", [label for _, label in scored[:3]])


def _likeness(spec: ConceptSpec, columns: Sequence[Column], file: Column) -> float:
    score = 0.0
    names = {spec.label.lower(), spec.plural.lower()}
    if any(_same(name, word) for name in names for word in (*file.words, file.folded)):
        score += 4
    keys = [column for column in columns if column.is_key]
    if not any(has_word(key, KEY) for key in keys) and any(_same(spec.label.lower(), key.folded) for key in keys):
        score += 2
    if any(names & column.words and column.words & {*KEY} for column in columns):
        score += 1.5
    for prop in spec.properties.values():
        if (best := guesses(prop, columns)) and best[0].score >= SURE:
            score += 0.5 if prop.name in ("name", "title", "kind", "status") else 1
        elif prop.kind is Kind.POINT and point_columns(columns):
            score += 0.5
        elif prop.required and not best:
            score -= 0.5
    return score


def _same(name: str, word: str) -> bool:
    """Whether two words are the same but for a letter or two of many, as organization and organisation are."""
    return name == word or (len(name) > 8 and SequenceMatcher(None, name, word).ratio() >= ALIKE)


def point_columns(columns: Sequence[Column], beside: Column | None = None) -> tuple[Column, Column] | None:
    """Return the columns of latitude and longitude; with `beside`, those whose names share a beginning with another's."""
    lats = [column for column in columns if is_degrees(column, LATITUDE, 90)]
    lons = [column for column in columns if is_degrees(column, LONGITUDE, 180)]
    if len(lats) == 1 and len(lons) == 1:
        return lats[0], lons[0]
    if beside is None:
        ups, rights = ([column for column in columns if column.folded == name] for name in (UP, RIGHT))
        fit = len(ups) == len(rights) == 1 and degrees(ups[0], 90) is not None and degrees(rights[0]) is not None
        return (ups[0], rights[0]) if fit else None
    lats = [column for column in lats if shares_beginning(column, beside)]
    lons = [column for column in lons if shares_beginning(column, beside)]
    return (lats[0], lons[0]) if len(lats) == 1 and len(lons) == 1 else None


def shares_beginning(one: Column, other: Column) -> bool:
    """Whether two names begin alike, as `origincity` and `originlat` do."""
    return len(one.folded) > 3 and one.folded[:4] == other.folded[:4]


def properties_of(spec: ConceptSpec) -> list[Property]:
    """Return what may be guessed of a concept: its own properties and the common ones that sources tell."""
    common = [COMMON[name] for name in ("since", "until", "note")]
    return [*spec.properties.values(), *common]
