"""Connecting to a database. In: an Address. Out: drivers, or DatabaseUnavailable with a message that says what to check."""

from dataclasses import dataclass, field
from importlib.util import find_spec

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable

from graph.cypher.system import CHANGE_PASSWORD, PING

CONNECT_SECONDS = 5.0
"""Seconds within which a server must accept a connection."""
ACQUISITION_SECONDS = 10.0
"""Seconds within which a connection of a pool must be free, or a new one be logged in."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached, refuses the login, or fails; the message says what to check."""


@dataclass(frozen=True)
class Address:
    """The address of a database with the login to it."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str = "neo4j"


def open_driver(address: Address) -> Driver:
    """Open a blocking driver for administration; it connects when it is first used."""
    return GraphDatabase.driver(
        address.uri,
        auth=(address.username, address.password),
        notifications_min_severity="OFF",
        connection_timeout=5,
        max_transaction_retry_time=60,
    )


def open_async_driver(address: Address, connections: int) -> AsyncDriver:
    """Open an async driver with at most so many connections."""
    return AsyncGraphDatabase.driver(
        address.uri,
        auth=(address.username, address.password),
        notifications_min_severity="OFF",
        max_connection_pool_size=connections,
        connection_timeout=CONNECT_SECONDS,
        connection_acquisition_timeout=ACQUISITION_SECONDS,
    )


def check(address: Address) -> None:
    """Run one query on the database of an address; raise DatabaseUnavailable if that fails."""
    try:
        with (
            open_driver(address) as driver,
            driver.session(database=address.database, default_access_mode=READ_ACCESS) as session,
        ):
            session.run(PING.text).consume()
    except (DriverError, Neo4jError, OSError, ValueError) as error:
        raise DatabaseUnavailable(_reason(address, error)) from error


def change_password(uri: str, username: str, old: str, new: str) -> None:
    """Replace the password of a user; raise DatabaseUnavailable if that fails."""
    try:
        with GraphDatabase.driver(uri, auth=(username, old)) as driver, driver.session(database="system") as session:
            session.run(CHANGE_PASSWORD.text, old=old, new=new).consume()
    except (DriverError, Neo4jError, OSError) as error:
        raise DatabaseUnavailable(_reason(Address(uri, username, old), error)) from error


def decodes_fast() -> bool:
    """Return whether the driver's fast decoder is installed; without it large answers take many times as long."""
    return find_spec("neo4j._rust") is not None


def _reason(address: Address, error: Exception) -> str:
    where = f"Neo4j at {address.uri}"
    if isinstance(error, AuthError):
        return f"{where} refused the login of {address.username!r}. Check NEO4J_USERNAME and NEO4J_PASSWORD."
    if isinstance(error, ServiceUnavailable):
        return f"{where} does not answer. Check that it runs and that NEO4J_URI is right."
    if isinstance(error, Neo4jError):
        return f"{where} refused the statement ({error.code})."
    return f"{where} cannot be used: {error}"
