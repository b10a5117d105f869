"""Administration of grants and keys. In: a writer, and what the operator asks. Out: stored grants and keys, or Refused."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import get_close_matches

from app.viewers.stored import Clock, grant_of, key_of, stored_grant, stored_key, utc_now
from app.viewers.tokens import STEWARD
from graph.access.api_keys import ACTOR, PREFIX, ApiKey, Scope, new_key, read_token
from graph.access.grants import WRITERS, Grant, Role
from graph.bolt.write import Unit, Writer
from graph.cypher import grants as cypher
from graph.cypher.facts import KNOWN_IDS
from schema.derived.rows import CITY
from schema.model import Model

OPERATOR = "operator"
"""The administrator: whoever runs the command line on the machine of the database."""
RESERVED = frozenset({OPERATOR, STEWARD, "anonymous", "citygraph", "load"})
NAME = re.compile(r"[!-~]{1,200}")
DAYS, MOST_DAYS = 90, 366
"""Days that a key holds: by default, and at most."""
NEAR, SHOWN = 3, 60
"""Most names that are offered instead of a wrong one, and most characters that are shown of it."""


class Refused(Exception):
    """What was asked is not done; the message says why and what is accepted."""


@dataclass(frozen=True)
class Wanted:
    """A grant that is to be made."""

    actor: str
    role: Role
    city: str
    concepts: frozenset[str] | None = None


@dataclass(frozen=True)
class Made:
    """A grant that was made, changed or there already; `before` are the concepts of one that was there."""

    grant: Grant
    is_new: bool
    before: frozenset[str] | None = None


@dataclass(frozen=True)
class Administration:
    """Grants and keys of one database. The time is given by `now`."""

    writer: Writer = field(repr=False)
    model: Model = field(repr=False)
    now: Clock = utc_now

    async def grant(self, wanted: Wanted, by: str = OPERATOR) -> Made:
        """Store a grant. A second grant of the same role for the same city replaces the concepts of the first.

        Nobody gives a grant to himself; the operator is no actor to whom grants are given.
        """
        actor = self.actor(wanted.actor)
        if by == actor:
            raise Refused(f"{actor} cannot give a grant to himself. Let another administrator give it.")
        if wanted.concepts is not None and wanted.role not in WRITERS:
            raise Refused("Concepts restrict what is written, and a member writes nothing. Leave --concept out.")
        city, concepts = (await self.cities([wanted.city]))[0], self.concepts(wanted.concepts)
        id_ = hashlib.sha256("\n".join((actor, wanted.role.name, city)).encode()).hexdigest()[:12]
        made = Grant(id_, actor, wanted.role, city, concepts, self.now(), by)
        (record,) = await self.writer.read(cypher.ADD_GRANT, stored=stored_grant(made))
        grant, before = grant_of(record["stored"]), record["before"]
        return Made(grant, grant.since == made.since, None if before is None else frozenset(before))

    async def remove(self, given: str) -> Grant:
        """Remove a grant by its id. The next request of its actor is answered without it."""
        removed = await self.writer.read(cypher.REMOVE_GRANT, id=given)
        if not removed:
            known = [grant.id for grant in await self.grants()]
            raise Refused(f"There is no grant {given}.{meant(given, known)} `citygraph grant list` lists all.")
        return grant_of(removed[0]["stored"])

    async def grants(self) -> list[Grant]:
        """List all grants, sorted by actor."""
        return [grant_of(record["stored"]) for record in await self.writer.read(cypher.GRANTS)]

    async def draft(self, owner: str, scope: Scope, days: int = DAYS, note: str = "") -> tuple[ApiKey, str]:
        """Return a new key and its text. It does not hold before it is stored.

        Its owner must have a grant, because a key has no rights of its own.
        """
        if not 1 <= days <= MOST_DAYS:
            raise Refused(f"A key holds for 1 to {MOST_DAYS} days, not {days}.")
        actor = self.actor(owner)
        if not await self.writer.read(cypher.GRANTS_OF, actor=actor):
            near = meant(actor, {grant.actor for grant in await self.grants()})
            raise Refused(f"{actor} has no grant, so a key would open nothing.{near} `citygraph grant add` adds one.")
        cities = None if scope.cities is None else frozenset(await self.cities(sorted(scope.cities)))
        bounded = replace(scope, cities=cities, concepts=self.concepts(scope.concepts))
        text, now = new_key(), self.now()
        token = read_token(text)
        if token is None:
            raise AssertionError("a new key has the form of a key")
        return ApiKey(token.id, actor, token.digest, bounded, now, now + timedelta(days=days), note=note), text

    async def store(self, key: ApiKey) -> None:
        """Store a key; it holds from now on. To store it again does nothing, because a commit may be tried twice."""

        async def work(unit: Unit) -> None:
            await unit.run(cypher.ADD_KEY, stored=stored_key(key))

        await self.writer.unit(work)

    async def revoke(self, given: str) -> ApiKey:
        """Revoke a key by its id or actor. The next request with it is refused."""
        id_ = given.removeprefix(ACTOR).removeprefix(PREFIX).partition("_")[0]
        revoked = await self.writer.read(cypher.REVOKE_KEY, id=id_, now=self.now().isoformat())
        if not revoked:
            known = [key.id for key in await self.keys()]
            raise Refused(f"There is no key {id_}.{meant(id_, known)} `citygraph key list` lists all.")
        return key_of(revoked[0]["stored"])

    async def keys(self) -> list[ApiKey]:
        """List all keys, sorted by owner."""
        return [key_of(record["stored"]) for record in await self.writer.read(cypher.KEYS)]

    def actor(self, given: str) -> str:
        """Return a name; raise Refused if it is not the name of an actor."""
        if not NAME.fullmatch(given) or given in RESERVED or given.startswith(ACTOR):
            raise Refused(
                f"{given[:SHOWN]!r} is no name of an actor; accepted are 1 to 200 printable ASCII characters without "
                f"blanks, except {', '.join(sorted(RESERVED))} and names that begin with {ACTOR}"
            )
        return given

    async def cities(self, given: list[str]) -> list[str]:
        """Return the ids of cities that are given with or without their prefix; raise Refused if there is none."""
        ids = [CITY + each.removeprefix(CITY) for each in given]
        stored = {record["id"] for record in await self.writer.read(KNOWN_IDS, ids=ids)}
        unknown = next((text for id_, text in zip(ids, given, strict=True) if id_ not in stored), None)
        if unknown is not None:
            near = _near_city(unknown, await self._named())
            raise Refused(f"There is no city {unknown[:SHOWN]}.{near} Write the id of a city.")
        return ids

    async def _named(self) -> dict[str, str]:
        """Return the names of the cities by id."""
        label = self.model.prefixes[CITY.removesuffix("/")]
        return {record["id"]: record["text"] for record in await self.writer.read(cypher.names(label, "name"))}

    def concepts(self, given: frozenset[str] | None) -> frozenset[str] | None:
        """Return labels and types of relationships; raise Refused if one is not declared."""
        known = {*self.model.concepts, *(spec.type for spec in self.model.relationships.values())}
        for each in sorted(given or ()):
            if each not in known:
                raise Refused(
                    f"There is no concept or type of relationship {each}.{meant(each, known)} docs/model lists all."
                )
        return given


def meant(given: str, known: Iterable[str]) -> str:
    """Name what is spelled almost like a text."""
    near = get_close_matches(given, sorted(known), NEAR)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _near_city(given: str, names: dict[str, str]) -> str:
    """Name the cities that are spelled almost like a text, by id or by name."""
    spelled: dict[str, str] = {}
    for id_, text in names.items():
        spelled |= {id_.removeprefix(CITY).lower(): id_, text.lower(): id_}
    near = get_close_matches(given.removeprefix(CITY).lower(), spelled, NEAR)
    ids = dict.fromkeys(spelled[each] for each in near)
    shown = " or ".join(f"{id_} ({names[id_]})" for id_ in ids)
    return f" Did you mean {shown}?" if shown else ""
