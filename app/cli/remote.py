"""A question or a mutation to a running server. In: an address, a document, a token. Out: the answer as the server sends it."""

import http.client
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import orjson

from app.start.secrets import local_token
from app.start.servers import running_server
from app.start.settings import Settings, SettingsError

Request = tuple[str, Mapping[str, Any], str | None]
"""The text of a document, its variables, and the name of the operation."""
SECONDS = 3600
"""Longest time to wait for an answer: the longest that a statement may take. The server ends a statement earlier."""


class NoServer(SettingsError):
    """Nobody listens at the address of a server."""


def ask_running(settings: Settings, asked: Request, server: str | None, token: str | None) -> dict[str, Any] | None:
    """Return the answer of a server; None if none is named and none runs on this data folder."""
    url = server or running_server(settings)
    if url is None:
        return None
    try:
        return ask_server(url, asked, token)
    except NoServer:
        if server is not None:
            raise
        return None


def own_token(settings: Settings, server: str | None) -> str | None:
    """Return the token of the local steward, None if there is none.

    Raise SettingsError for a server that may be on another machine, which must not get it.
    """
    if server is not None and not _is_here(str(_address(server).hostname)):
        raise SettingsError(f"{server} may be on another machine. Give a key of that server with --token.")
    return local_token(settings)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(url: str) -> SplitResult:
    """Read the address of a server. Raise SettingsError."""
    address = urlsplit(url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError(f"{url} is not the address of a server; one looks like http://127.0.0.1:8000")
    return address


def base_address(url: str) -> str:
    """Return the address of a server without path and with which paths begin. Raise SettingsError."""
    address = _address(url)
    return f"{address.scheme}://{address.netloc}{address.path.removesuffix('/').removesuffix('/graphql').removesuffix('/mcp')}"


def ask_server(url: str, asked: Request, token: str | None) -> dict[str, Any]:
    """Ask a server; raise NoServer if it cannot be reached, SettingsError if it answers something else."""
    address = _address(url)
    secure = address.scheme == "https"
    connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(
        address.netloc, timeout=SECONDS
    )
    text, variables, operation = asked
    body = orjson.dumps({"query": text, "variables": dict(variables), "operationName": operation})
    headers = {"content-type": "application/json", "accept": "application/graphql-response+json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    path = address.path.removesuffix("/").removesuffix("/graphql") + "/graphql"
    try:
        connection.request("POST", path, body, headers)
        return _answer(url, connection.getresponse())
    except (OSError, http.client.HTTPException) as error:
        raise NoServer(f"No server answers at {url} ({_why(error)}). `citygraph up` starts one.") from error
    finally:
        connection.close()


def _answer(url: str, response: http.client.HTTPResponse) -> dict[str, Any]:
    try:
        answer = orjson.loads(response.read())
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict) or not ("data" in answer or "errors" in answer):
        raise SettingsError(
            f"The server at {url} is not a citygraph: its answer, of status {response.status}, is no GraphQL."
        )
    return answer


def _why(error: OSError | http.client.HTTPException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
