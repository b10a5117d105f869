"""What a database needs before its first row. In: a writer and the model. Out: constraints and indexes that are there.

The database remembers which rules it has and whose keys it holds, so that a second start does nothing.
"""

import hashlib

from graph.bolt.write import Unit, Writer
from graph.cypher import ddl
from graph.cypher import facts as cypher
from schema.derived.constraints import rules
from schema.model import Model

SCHEMA = "schema"
KEYS = "keys"


class WrongSecret(Exception):
    """The secret of the keys is not the one that this database was filled with."""


def migrate(writer: Writer, model: Model, secret: bytes) -> int:
    """Make every constraint and index; return how many statements were run, 0 where nothing was to be done.

    Raise WrongSecret where the database was filled with another secret, DatabaseUnavailable where it cannot be reached.
    """
    noted = {record["name"]: record["value"] for record in writer.read(cypher.META)}
    mark = hashlib.blake2b(b"fingerprint", key=secret, digest_size=8).hexdigest()
    if noted.get(KEYS, mark) != mark:
        raise WrongSecret(
            "This database was filled with another key secret. Give the one that it was filled with "
            "(CITYGRAPH_KEY_SECRET, or the file key.secret beside the managed server), or take an empty database."
        )
    statements = [ddl.statement(rule) for rule in rules(model)]
    digest = hashlib.sha256("\n".join(statement.text for statement in statements).encode()).hexdigest()
    if noted.get(SCHEMA) == digest and KEYS in noted:
        return 0
    writer.alone(ddl.FORGET_WORDS)
    writer.unit(lambda unit: [unit.run(statement) for statement in statements])
    writer.alone(cypher.AWAIT_INDEXES)
    writer.unit(lambda unit: _note(unit, {KEYS: mark, SCHEMA: digest}))
    return len(statements)


def _note(unit: Unit, values: dict[str, str]) -> None:
    for name, value in values.items():
        unit.run(cypher.SET_META, name=name, value=value)
