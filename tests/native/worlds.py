"""Records of random worlds. In: what a plan reads. Out: a record that a database could have sent for it, without a database."""

import random
from typing import Any

from graph.question.plan.columns import (
    Aggregate,
    AggregateFunction,
    AggregateValue,
    AnySynthetic,
    ByLabel,
    Column,
    Computed,
    GroupKey,
    Groups,
    IsSynthetic,
    Label,
    Lookup,
    Page,
    Read,
    Referenced,
    Related,
    Row,
    ShortestPath,
)
from schema.language.computed import ChangeBetweenWaves, Share, Size, YearsBetween
from schema.language.kinds import Kind

TEXTS = ("", "Turin", 'a "b"\n\\', "日本 😀\x00", "city/it-12-turin", "x" * 300, "Person")
DATES = ("1993", "2009-04", "2009-04-17", "1991~", "197X", "2016/2022", "[2024,2025]", "1900-02-28?", "0044")
NUMBERS = (0, 1, -1, 7, 300, 70_000, 2**31, 2**53 + 1, -(2**63))
FLOATS = (0.0, -0.0, 1.0, 0.375, 45.070312, 1e16, 1 / 3, 5e-324, -123456.75)


class Worlds:
    """Draws records."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def row(self, row: Row) -> list[Any]:
        labels = [
            name for column in row.columns if isinstance(column, ByLabel) for names, _ in column.rows for name in names
        ]
        label = self.chance.choice(labels) if labels else "City"
        return [self.column(column, label) for column in row.columns]

    def rows(self, row: Row) -> list[Any]:
        return [self.row(row) for _ in range(self.chance.choice((0, 1, 1, 2, 3)))]

    def maybe(self, value: Any, absent: float = 0.15) -> Any:
        return None if self.chance.random() < absent else value

    def column(self, column: Column, label: str) -> Any:
        if isinstance(column, Read):
            needed = column.prop.required or column.prop.kind is Kind.ID
            return self.maybe(self.value(column.prop.kind), 0.002 if needed else 0.2)
        if isinstance(column, Label):
            return label
        if isinstance(column, ByLabel):
            return next(self.row(row) for names, row in column.rows if label in names)
        if isinstance(column, IsSynthetic | AnySynthetic):
            return self.chance.random() < 0.2
        if isinstance(column, Related) or (isinstance(column, Referenced) and column.one):
            return self.maybe(self.row(column.row))
        if isinstance(column, Page | Referenced | Lookup):
            return self.rows(column.row)
        if isinstance(column, Computed):
            return self.computed(column)
        if isinstance(column, Aggregate):
            return self.aggregate(column)
        if isinstance(column, ShortestPath):
            return self.maybe([self.chance.randrange(5), self.rows(column.nodes), self.rows(column.relationships)])
        return self.chance.choice((*NUMBERS, *TEXTS))

    def value(self, kind: Kind) -> Any:
        """Draw a stored value of a kind."""
        pick = self.chance.choice
        if kind in (Kind.TEXTS, Kind.REFERENCES):
            return [pick(TEXTS) for _ in range(pick((0, 1, 3)))]
        if kind is Kind.MONEY:
            return [self.maybe(pick(NUMBERS)), pick(("EUR", "USD"))]
        if kind is Kind.POINT:
            return [self.maybe(pick(FLOATS)), pick(FLOATS)]
        known: dict[Kind, tuple[Any, ...]] = {
            Kind.INTEGER: NUMBERS, Kind.BIG_INTEGER: NUMBERS, Kind.NUMBER: FLOATS, Kind.BOOLEAN: (True, False),
            Kind.WHEN: DATES, Kind.END: DATES,
            Kind.INSTANT: (0, 1_769_860_800_000, 4_100_000_000_123), Kind.MARKING: (0, 1, 2, 3),
        }  # fmt: skip
        return pick(known.get(kind, TEXTS))

    def computed(self, column: Computed) -> Any:
        if column.row is not None:
            return self.rows(column.row)
        pick = self.chance.choice
        if isinstance(column.declared, Share):
            return self.maybe([self.maybe(pick((0, 1, 7))), pick((0, 7, 9))])
        if isinstance(column.declared, Size):
            return self.maybe([pick((0, 3)), pick((3, 9)), self.maybe(pick((2, 7.5)))])
        if isinstance(column.declared, YearsBetween):
            texts = [[pick(DATES) for _ in range(pick((0, 1, 2)))] for _ in range(2)]
            return self.maybe([*texts, pick(([], [3], [1, 8]))])
        if isinstance(column.declared, ChangeBetweenWaves):
            return self.maybe([1, pick((0, 2)), 3, 9])
        return self.maybe(pick(NUMBERS))

    def aggregate(self, column: Aggregate) -> Any:
        values = [self.aggregated(each) for each in column.computed]
        return self.maybe(
            [*values, *(self.groups(each) if isinstance(each, Groups) else 3 for each in column.groups)], 0.01
        )

    def groups(self, groups: Groups) -> list[Any]:
        return [
            [
                *(self.key(part) for part in groups.common),
                *(self.aggregated(each) for each in groups.computed),
                *(self.chance.choice((*NUMBERS, *TEXTS)) for _ in groups.order),
            ]
            for _ in range(self.chance.choice((0, 1, 2, 3)))
        ]

    def key(self, part: GroupKey) -> Any:
        if part.row is not None:
            return self.maybe(self.row(part.row))
        return self.maybe(self.value(part.prop.kind if part.prop else Kind.TEXT))

    def aggregated(self, value: AggregateValue) -> Any:
        """Draw what is aggregated: totals and amounts come in parts."""
        pick, kind = self.chance.choice, value.prop.kind if value.prop else Kind.INTEGER
        if value.function is AggregateFunction.TOTAL:
            both = [pick(("EUR", "USD")), "EUR"] if kind is Kind.MONEY else []
            parts: tuple[list[Any], ...] = ([pick((0, 3)), pick(FLOATS)], [3, pick(NUMBERS), pick((0, 1, 2**40))])
            return self.maybe([*parts[1], *both] if both else pick(parts))
        if value.function in (AggregateFunction.COUNT, AggregateFunction.DISTINCT):
            return abs(pick(NUMBERS[:-1]))
        if kind is Kind.MONEY:
            return self.maybe([self.maybe(pick(NUMBERS)), "EUR", pick(("EUR", "USD"))])
        return self.maybe(pick(("2024-03-01", "1999-12-31")) if kind is Kind.END else self.value(kind))
