"""Relationships of a drafted config. In: columns that name cities and countries. Out: lines of relationships to them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.load.mapping.columns import Column
from graph.load.mapping.drafted import CHECK, commented, flow, scalar
from graph.load.mapping.guesses import ALIKE, CITY, guesses, has_word, names_country, point_columns, shares_beginning
from schema.derived.rows import CITY as CITY_ID
from schema.language.declare import ConceptSpec, RelationshipSpec, camel, upper_snake
from schema.language.kinds import Property
from schema.model import Model

SEVERAL = (";", "|", " / ")
"""What divides several names in a cell."""
ORIGIN = ("from", "origin", "von", "desde", "fra")
DESTINATION = ("to", "destination", "nach", "hasta", "til")
"""Names of two columns that are places if both are there and neither has dates."""
CODE = 2
"""Letters of the code of a country."""


@dataclass(frozen=True)
class Way:
    """A relationship that leads from a concept to a place, or from there to the concept."""

    relationship: RelationshipSpec
    forward: bool

    @property
    def words(self) -> frozenset[str]:
        """The words of its type and of its fields, in small letters."""
        names = (self.relationship.type, self.relationship.start.field, self.relationship.end.field)
        return frozenset(word.lower() for name in names for word in upper_snake(name).split("_"))


def end_lines(spec: ConceptSpec, columns: Sequence[Column], model: Model) -> Iterator[str]:
    """Yield the lines of relationships from a concept to the places that columns name."""
    city = model.concept_of_id(f"{CITY_ID}x")
    if city is None:
        return
    countries = [column for column in columns if names_country(column)]
    if spec.label == city.label:
        yield from _country(spec, countries, model)
        return
    cities = [column for column in columns if _names_cities(column)] or _from_to(columns)
    for column in cities:
        ways = _ways(spec, city.label, model)
        likely = [way for way in ways if _alike(column, way)] if len(ways) > 1 else ways
        match = _match(column, cities, countries, columns, city)
        if len(likely) == 1:
            yield from _lines(spec, likely[0], match, column.sample)
        elif ways:
            types = " or ".join(way.relationship.type for way in ways)
            yield f"  # {CHECK}: {commented(column.name)} may be the end of {types}: {commented(column.sample)}"
            way = ways[-1 if column.folded in DESTINATION else 0]
            yield from (f"  # {line.removeprefix('  ')}" for line in _lines(spec, way, match, ""))


def _names_cities(column: Column) -> bool:
    if names_country(column) or column.is_number or column.is_url:
        return False
    return has_word(column, CITY) and bool(column.values)


def _from_to(columns: Sequence[Column]) -> list[Column]:
    """Return the two columns that say from where to where; none if only one does."""
    texts = [
        each for each in columns if each.values and not (each.formats or each.mixed or each.is_number or each.is_url)
    ]
    found = [[each for each in texts if each.folded in words] for words in (ORIGIN, DESTINATION)]
    return [one for (one,) in found] if [len(each) for each in found] == [1, 1] else []


def _ways(spec: ConceptSpec, label: str, model: Model) -> list[Way]:
    """Return the relationships between two concepts that need no more than their ends."""
    found: list[Way] = []
    for each in model.relationships.values():
        if each.alike or any(prop.required for prop in each.properties.values()):
            continue
        if spec.label in each.start.labels and label in each.end.labels:
            found.append(Way(each, forward=True))
        elif spec.label in each.end.labels and label in each.start.labels:
            found.append(Way(each, forward=False))
    return found


def _alike(column: Column, way: Way) -> bool:
    """Whether a word of a column is the beginning of a word of a relationship, as host is of HOSTED_BY."""
    return any(len(part) > 3 and word.startswith(part) for part in column.words for word in way.words)


def _match(
    column: Column, cities: Sequence[Column], countries: Sequence[Column], columns: Sequence[Column], city: ConceptSpec
) -> str:
    """Return what is written to match the city of a column, with what stands beside it."""
    values = column.values
    mark = next((mark for mark in SEVERAL if sum(mark in value for value in values) * 10 > len(values)), "")
    name = flow(column=scalar(column.name), split=json.dumps(mark)) if mark else scalar(column.name)
    words = {"match": city.label, "name": name}
    beside = countries if len(cities) == 1 else [each for each in countries if shares_beginning(each, column)]
    if len(beside) == 1:
        words["country"] = scalar(beside[0].name)
    if len(cities) == 1 and not mark:
        words |= {prop.name: scalar(unique.name) for prop in _unique(city) if (unique := _id_column(prop, columns))}
    if not mark and (pair := point_columns(columns, beside=column)):
        words["at"] = f"[{scalar(pair[0].name)}, {scalar(pair[1].name)}]"
    return flow(**words)


def _unique(spec: ConceptSpec) -> list[Property]:
    return [prop for prop in spec.properties.values() if prop.unique]


def _id_column(prop: Property, columns: Sequence[Column]) -> Column | None:
    """Return the column that holds a unique property: one whose name is hardly different."""
    found = [guess for guess in guesses(prop, columns) if guess.score >= ALIKE and not guess.column.odd]
    return found[0].column if len(found) == 1 else None


def _lines(spec: ConceptSpec, way: Way, match: str, sample: str) -> Iterator[str]:
    own, other = camel(spec.label), match
    start, end = (own, other) if way.forward else (other, own)
    yield f"  - relationship: {way.relationship.type}" + (f"  # {commented(sample)}" if sample else "")
    yield f"    from: {start}"
    yield f"    to: {end}"


def _country(spec: ConceptSpec, countries: Sequence[Column], model: Model) -> Iterator[str]:
    """Yield the line that says in which country a city is."""
    unique = {label: _unique(each) for label, each in model.concepts.items() if label != spec.label}
    for way in (
        way for label in unique for way in _ways(spec, label, model) if way.relationship.start.one and way.forward
    ):
        label = way.relationship.end.labels[0]
        if len(countries) == 1 and unique[label]:
            column = countries[0]
            is_code = all(len(value) == CODE and value.isupper() for value in column.values)
            code = {unique[label][0].name: scalar(column.name)} if is_code else {}
            yield from _lines(spec, way, flow(match=label, name=scalar(column.name), **code), column.sample)
