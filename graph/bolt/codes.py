"""The meaning of the database's error codes. In: an error of the driver. Out: its code, its kind, whether to try again."""

from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

FAILURES = (DriverError, Neo4jError, OSError)
"""Every error that the driver raises if a statement fails."""

_MEMORY = ("MemoryPoolOutOfMemory", "OutOfMemory")
_ENDED = (*_MEMORY, "TransactionTimedOut", "LockClientStopped", "Terminated")
_BROKEN = ("TransactionStartFailed", "TransactionCommitFailed", "TransactionLogError", ".DatabaseError.Database.")
"""Codes of a database in panic, which answers nobody until it is restarted; a full disk is the common reason."""
_GONE = (*_BROKEN, "DatabaseUnavailable", "NotALeader", "DatabaseNotFound", "Unauthorized", "Security")


def code(error: Exception) -> str:
    """Return the code of an error, never its message, which may quote stored values."""
    return (error.code or "none") if isinstance(error, Neo4jError) else type(error).__name__


def is_memory(error: Exception) -> bool:
    """Return whether a transaction needed more memory than is allowed."""
    return any(part in code(error) for part in _MEMORY)


def is_ended(error: Exception) -> bool:
    """Return whether a statement needed too much time or memory, as it would again."""
    return any(part in code(error) for part in _ENDED)


def is_worth_another_try(error: Exception) -> bool:
    """Return whether the statement may succeed if tried again, as the driver judges it, with two exceptions.

    Memory errors have a transient code, but are not transient. A commit without acknowledgement may be repeated, because
    everything that is written here can be written twice.
    """
    if is_ended(error):
        return False
    if isinstance(error, OSError) or is_unacknowledged(error):
        return True
    return isinstance(error, DriverError | Neo4jError) and error.is_retryable()


def is_unacknowledged(error: Exception) -> bool:
    """Return whether the connection ended during a commit, so that nobody knows whether it was done."""
    return isinstance(error, IncompleteCommit)


def is_broken(error: Exception) -> bool:
    """Return whether the database is in panic: it answers nobody until it is restarted."""
    return any(part in code(error) for part in _BROKEN)


def is_unknown(error: Exception) -> bool:
    """Return whether the database could not say why a statement failed, as when another client's schema change is undone."""
    return "General.UnknownError" in code(error)


def is_gone(error: Exception) -> bool:
    """Return whether the database cannot be reached, or no longer accepts the login or the database's name."""
    away = isinstance(error, DriverError | OSError) or any(part in code(error) for part in _GONE)
    return away or is_worth_another_try(error)
