"""Errors of the HTTP library. In: one of them. Out: ours, which says whether the request may have arrived."""

import ssl

import httpx

from citygraph_client.errors import AnswerLost, AnswerTimedOut, NotGraphQL, ServerAway, TlsFailed, TransportError


def as_ours(error: httpx.HTTPError) -> TransportError:
    """Return our error for one of httpx."""
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol):
        return connecting(error)
    if isinstance(error, httpx.TimeoutException):
        return AnswerTimedOut("The answer did not come in time.")
    if isinstance(error, httpx.DecodingError):
        return NotGraphQL(f"The answer cannot be read: {error}.")
    return AnswerLost(f"The connection was lost before the answer was there: {error or type(error).__name__}.")


def connecting(error: BaseException) -> ServerAway:
    """Return our error for a connection that could not be made."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return TlsFailed(f"The connection is not secure: {cause}.")
        cause = cause.__cause__ or cause.__context__
    return ServerAway(f"The server does not answer: {error or type(error).__name__}.")
