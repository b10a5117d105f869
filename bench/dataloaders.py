"""The usual way, done well: a Strawberry schema with resolvers and DataLoaders over the same data. In: a Source. Out: a schema.

A load is one statement for all keys that wait, with the same access predicates. Loaders last for one request, and their keys
have all arguments. Parsed and validated documents are cached.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

import strawberry
from neo4j import READ_ACCESS, AsyncDriver, Query
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import BaseContext

from bench.questions import visible
from graph.access.rights import Rights

DIRECTIONS = {"ASC": "", "DESC": " DESC"}
PEOPLE = f"""UNWIND $ids AS id MATCH (p:Person {{id: id}}) WHERE {visible("p")}
RETURN [p.id, p.name, p.sector, p.kind, p.confidence]"""
CITIES = "MATCH (c:City) WHERE c.id IN $ids WITH c ORDER BY c.id LIMIT $first RETURN [c.id, c.name]"
RESIDENTS = f"""UNWIND $ids AS id MATCH (c:City {{id: id}}) RETURN [id, COLLECT {{
  MATCH (c)<-[l:LIVES_IN]-(p) WHERE {visible("l", "p")}
  WITH p ORDER BY p.name%s, p.id%s LIMIT $first RETURN [p.id, p.name] }}]"""
TRUSTS = f"""UNWIND $ids AS id MATCH (p:Person {{id: id}}) RETURN [id, COLLECT {{
  MATCH (p)-[t:TRUSTS]->(o) WHERE {visible("t", "o")}
  WITH t, o ORDER BY t.strength%s, o.id%s LIMIT $first RETURN [t.strength, o.id, o.name] }}]"""


@dataclass(frozen=True)
class Source:
    """A driver and the rights of the viewer."""

    driver: AsyncDriver
    rights: Rights

    async def rows(self, text: str, **parameters: Any) -> list[Any]:
        """Run a statement as our own reader does, in auto-commit with one fetch; return the first column."""
        parameters |= {"open": self.rights.open, "audiences": list(self.rights.audiences)}
        async with self.driver.session(database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1) as session:
            result = await session.run(Query(text, timeout=30), parameters)
            return [record[0] async for record in result]


@dataclass(frozen=True)
class Listed:
    """The key of a list: the id of its owner, and every argument."""

    owner: str
    first: int
    direction: str


class Loaders(BaseContext):
    """The loaders of one request; they are its GraphQL context."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.people: DataLoader[str, list[Any] | None] = DataLoader(self._people)
        self.residents: DataLoader[Listed, list[Any]] = DataLoader(self._residents)
        self.trusts: DataLoader[Listed, list[Any]] = DataLoader(self._trusts)

    async def _people(self, ids: list[str]) -> list[list[Any] | None]:
        people = {row[0]: row for row in await self.source.rows(PEOPLE, ids=ids)}
        return [people.get(id_) for id_ in ids]

    async def _residents(self, keys: list[Listed]) -> list[list[Any]]:
        return await self._lists(RESIDENTS, keys)

    async def _trusts(self, keys: list[Listed]) -> list[list[Any]]:
        return await self._lists(TRUSTS, keys)

    async def _lists(self, text: str, keys: list[Listed]) -> list[list[Any]]:
        """Load lists with one statement for all keys that differ only in their owner."""
        owners: dict[tuple[int, str], list[str]] = defaultdict(list)
        for key in keys:
            owners[key.first, key.direction].append(key.owner)
        lists: dict[Listed, list[Any]] = {}
        for (first, direction), ids in owners.items():
            rows = await self.source.rows(text % ((DIRECTIONS[direction],) * 2), ids=ids, first=first)
            lists |= {Listed(owner, first, direction): listed for owner, listed in rows}
        return [lists.get(key, []) for key in keys]


Info = strawberry.Info[Loaders, None]


@strawberry.enum
class OrderDirection(Enum):
    ASC = "ASC"
    DESC = "DESC"


@strawberry.input
class PersonOrder:
    name: OrderDirection


@strawberry.input
class TieOrder:
    strength: OrderDirection


@strawberry.input
class TrustsOrder:
    edge: TieOrder


@strawberry.input
class IdFilter:
    in_: list[strawberry.ID] | None = strawberry.field(name="in", default=None)


@strawberry.input
class CityWhere:
    id: IdFilter


@strawberry.type
class Person:
    """A person. A list loads id and name of its people, which most questions ask for; other fields are loaded when selected."""

    id: strawberry.ID
    name: str
    details: strawberry.Private[list[Any] | None] = None

    def _detail(self, info: Info, at: int) -> Any:
        """Return a value that is loaded already, or else an awaitable of it."""
        return self.details[at] if self.details else self._loaded(info, at)

    async def _loaded(self, info: Info, at: int) -> Any:
        row = await info.context.people.load(self.id)
        return row[at] if row else None

    @strawberry.field
    def sector(self, info: Info) -> str | None:
        return self._detail(info, 2)  # type: ignore[no-any-return]  # a stored text, or an awaitable of it

    @strawberry.field
    def kind(self, info: Info) -> str | None:
        return self._detail(info, 3)  # type: ignore[no-any-return]  # a stored text, or an awaitable of it

    @strawberry.field
    def confidence(self, info: Info) -> str | None:
        return self._detail(info, 4)  # type: ignore[no-any-return]  # a stored text, or an awaitable of it

    @strawberry.field
    async def trusts(
        self,
        info: Info,
        first: int = 20,
        order_by: Annotated[TrustsOrder | None, strawberry.argument(name="orderBy")] = None,
    ) -> "Trusts":
        direction = order_by.edge.strength.value if order_by else "ASC"
        rows = await info.context.trusts.load(Listed(self.id, first, direction))
        return Trusts(edges=[Trust(strength=strength, node=Person(id=id_, name=name)) for strength, id_, name in rows])


@strawberry.type
class Trust:
    strength: int | None
    node: Person


@strawberry.type
class Trusts:
    edges: list[Trust]


@strawberry.type
class People:
    nodes: list[Person]


@strawberry.type
class City:
    id: strawberry.ID
    name: str

    @strawberry.field
    async def residents(
        self,
        info: Info,
        first: int = 20,
        order_by: Annotated[PersonOrder | None, strawberry.argument(name="orderBy")] = None,
    ) -> People:
        direction = order_by.name.value if order_by else "ASC"
        rows = await info.context.residents.load(Listed(self.id, first, direction))
        return People(nodes=[Person(id=id_, name=name) for id_, name in rows])


@strawberry.type
class Cities:
    nodes: list[City]


@strawberry.type
class Asked:
    @strawberry.field
    async def person(self, info: Info, id: strawberry.ID) -> Person | None:
        row = await info.context.people.load(id)
        return Person(id=row[0], name=row[1], details=row) if row else None

    @strawberry.field
    async def city(self, info: Info, id: strawberry.ID) -> City | None:
        rows = await info.context.source.rows(CITIES, ids=[id], first=1)
        return City(id=rows[0][0], name=rows[0][1]) if rows else None

    @strawberry.field
    async def cities(self, info: Info, where: CityWhere, first: int = 20) -> Cities:
        rows = await info.context.source.rows(CITIES, ids=where.id.in_ or [], first=first)
        return Cities(nodes=[City(id=id_, name=name) for id_, name in rows])


def schema() -> strawberry.Schema:
    """Make the schema, with caches for parsed and validated documents."""
    return strawberry.Schema(
        query=Asked, extensions=[lambda: ParserCache(maxsize=1000), lambda: ValidationCache(maxsize=1000)]
    )
