"""What a database needs before its first row. In: a writer and the model. Out: constraints, indexes, levels and days of facts.

The database remembers which rules it has and whose keys it holds, so that a second start does nothing.
"""

import hashlib
from contextlib import suppress

from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import Unit, Writer
from graph.cypher import ddl, events
from graph.cypher import system as cypher
from graph.cypher.facts import dates_without, set_days, set_levels, set_updated
from schema.derived.constraints import Lines, Unique, rules
from schema.language.days import SINCE_LAST, UNTIL_FIRST, certain_days
from schema.model import Model

CERTAIN = {"since": SINCE_LAST, "until": UNTIL_FIRST}
"""The columns of the days between which a fact certainly holds, by the date that they come from."""
SCHEMA = "schema"
KEYS = "keys"


class WrongSecret(Exception):
    """The secret of the keys is not the secret that this database was filled with."""


async def migrate(writer: Writer, model: Model, secret: bytes) -> int:
    """Make every constraint and index; return how many statements were run, 0 if there was nothing to do.

    Facts that a former version wrote get what they lack: level, time of the last change, days on which they certainly hold.
    The event log begins.
    Raise WrongSecret if the database was filled with another secret, DatabaseUnavailable if it cannot be reached.
    """
    noted = {record["name"]: record["value"] for record in await writer.read(cypher.META)}
    mark = hashlib.blake2b(b"fingerprint", key=secret, digest_size=8).hexdigest()
    if noted.get(KEYS, mark) != mark:
        raise WrongSecret(
            "This database was filled with another key secret. Set CITYGRAPH_KEY_SECRET to the secret that it was "
            "filled with (the managed server keeps it in the file key.secret), or use an empty database."
        )
    statements, levels = [ddl.statement(rule) for rule in rules(model)], (*set_levels(), *set_updated())
    days = [set_days(date, column, of_relationships=True) for date, column in CERTAIN.items()]
    digest = hashlib.sha256("\n".join(each.text for each in (*statements, *levels, *days)).encode()).hexdigest()
    if noted.get(SCHEMA) == digest and KEYS in noted:
        return 0

    async def make_rules(unit: Unit) -> None:
        for statement in statements:
            await unit.run(statement)

    async def note(unit: Unit) -> None:
        await unit.run(events.TURN)
        for name, value in {KEYS: mark, SCHEMA: digest}.items():
            await unit.run(cypher.SET_META, name=name, value=value)

    await writer.alone(ddl.FORGET_WORDS)
    await drop_outdated(writer, model)
    try:
        await writer.unit(make_rules)
    except DatabaseUnavailable:
        if not await drop_unowned(writer, model):
            raise
        await writer.unit(make_rules)
    await writer.alone(cypher.AWAIT_INDEXES)
    for statement in levels:
        await writer.alone(statement)
    await add_certain_days(writer)
    await writer.unit(note)
    return len(statements) + len(levels)


async def add_certain_days(writer: Writer) -> None:
    """Give facts without them the days between which they certainly hold. Dates that are open on that side have none."""
    for of_relationships in (False, True):
        for date, column in CERTAIN.items():
            missing = await writer.read(dates_without(date, column, of_relationships=of_relationships))
            texts = [str(record["text"]) for record in missing]
            days = {text: day for text in texts if (day := certain_days(**_dated(date, text)).get(column))}
            if days:
                await writer.alone(set_days(date, column, of_relationships=of_relationships), days=days)


def _dated(date: str, text: str) -> dict[str, str | None]:
    return {"since": None, "until": None, date: text}


async def drop_outdated(writer: Writer, model: Model) -> None:
    """Drop the text indexes of names that no rule asks for."""
    kept = [ddl.lines_name(rule) for rule in rules(model) if isinstance(rule, Lines)]
    for record in await writer.read(ddl.OUTDATED, kept=kept):
        await writer.alone(ddl.drop_index(record["name"]))


async def drop_unowned(writer: Writer, model: Model) -> int:
    """Drop the indexes that a killed client left without their constraint; return how many there were.

    If another process is making the constraint now, its index cannot be dropped, and need not be.
    """
    constraints = [ddl.constraint_name(rule) for rule in rules(model) if isinstance(rule, Unique)]
    unowned = await writer.read(ddl.UNOWNED, constraints=constraints)
    for record in unowned:
        with suppress(DatabaseUnavailable):
            await writer.alone(ddl.drop_index(record["name"]))
    return len(unowned)
