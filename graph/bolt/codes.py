"""What the database's error codes mean here. In: an error of the driver. Out: its code, and whether to try again."""

from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

FAILURES = (DriverError, Neo4jError, OSError)
"""Everything that the driver raises when a statement does not come back."""

_MEMORY = ("MemoryPoolOutOfMemory", "OutOfMemory")
_ENDED = (*_MEMORY, "TransactionTimedOut", "LockClientStopped", "Terminated")
_GONE = ("DatabaseUnavailable", "NotALeader", "DatabaseNotFound", "Unauthorized", "Security")


def code(error: Exception) -> str:
    """Return the code of an error; what the database says besides may quote stored values."""
    return (error.code or "none") if isinstance(error, Neo4jError) else type(error).__name__


def is_memory(error: Exception) -> bool:
    """Whether a transaction wanted more memory than one may have."""
    return any(part in code(error) for part in _MEMORY)


def is_ended(error: Exception) -> bool:
    """Whether a statement took too long or too much; it would do so again."""
    return any(part in code(error) for part in _ENDED)


def is_worth_another_try(error: Exception) -> bool:
    """Whether the same statement may succeed in a moment. Memory errors call themselves transient and are not."""
    if is_ended(error):
        return False
    return isinstance(error, ServiceUnavailable | SessionExpired | OSError) or ".TransientError." in code(error)


def is_gone(error: Exception) -> bool:
    """Whether the database is away, or is not the one it was."""
    away = isinstance(error, DriverError | OSError) or any(part in code(error) for part in _GONE)
    return away or is_worth_another_try(error)
