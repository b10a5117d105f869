"""What both clients share, without input and output. In: questions. Out: steps: requests to send and pauses to make.

A part of work is a generator: it yields a Send or a Pause, is given the reply or the error of a Send, and returns its result.
`sync.py` and `aio.py` take the steps.
"""

import json
import random
import uuid
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from citygraph_client import documents
from citygraph_client.errors import (
    REFUSALS,
    AnswerTimedOut,
    BadDocument,
    Busy,
    GraphQLErrors,
    NotGraphQL,
    Refused,
    TlsFailed,
    TransportError,
    errors_of,
)

ACCEPT = "application/graphql-response+json, application/json;q=0.9"
PASSING, PASSING_WRITES = frozenset({"UNAVAILABLE"}), frozenset({"UNAVAILABLE", "TIMEOUT"})
"""Codes of errors that pass. A question that took too long would take as long again; a write may have been waiting."""

T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """A request to send."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None


@dataclass(frozen=True)
class Pause:
    """Seconds to wait."""

    seconds: float


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers with names in lower case, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Steps = Generator[Send | Pause, Reply | None, T]


@dataclass(frozen=True)
class Retries:
    """How often a request is tried, and how long the pauses between tries are, in seconds.

    A pause is what `Retry-After` says, else `first` doubled each time, up to `longest`. A server that asks for more than
    `longest` is not waited for. `longest=0` never waits. A subscription that was followed is tried for `away` seconds at least: a
    server needs some time to start again.
    """

    tries: int = 6
    first: float = 0.25
    longest: float = 30.0
    away: float = 600.0

    def pause(self, tried: int, error: TransportError | GraphQLErrors, chance: Callable[[], float]) -> float | None:
        """Return the pause after so many tries, None if there is no further one."""
        asked = error.retry_after if isinstance(error, Refused) else None
        if tried >= self.tries or isinstance(error, TlsFailed):
            return None
        if asked is not None:
            return asked if asked <= self.longest else None
        return min(self.first * 2.0 ** (tried - 1), self.longest) * (0.5 + chance() / 2)


@dataclass(frozen=True)
class Core:
    """Builds requests to one server and reads their replies. Raise BadDocument for an address that is none."""

    url: str
    token: str | None = field(default=None, repr=False)
    retries: Retries = field(default_factory=Retries)
    chance: Callable[[], float] = random.random

    def __post_init__(self) -> None:
        scheme, _, rest = self.url.partition(":")
        url = f"{scheme.lower()}:{rest}"
        if not _is_address(url):
            raise BadDocument(f"{self.url[:80]!r} is no address of a server; give one such as http://127.0.0.1:8000.")
        if self.token is not None and not (self.token.isascii() and self.token.isprintable()):
            raise BadDocument(
                "The token has characters that no token has; give what `citygraph token` prints, or a key."
            )
        object.__setattr__(self, "url", url.rstrip("/").removesuffix("/graphql"))

    @property
    def headers(self) -> dict[str, str]:
        """The headers of every request."""
        return {"authorization": f"Bearer {self.token}"} if self.token else {}

    # A question ------------------------------------------------------------------------------------------------------

    def query(self, body: Mapping[str, Any]) -> Steps[Any]:
        """Ask a question, again if there was no answer; return its data."""
        return (yield from self._again(self._post(body), always=True))

    def mutate(self, text: str, variables: Mapping[str, Any], **given: Any) -> Steps[Any]:
        """Send a mutation with request ids; again if there was no answer and this writes nothing twice; return its data."""
        if not given.pop("repeatable", True):
            return (yield from self._again(self._post({"query": text, "variables": variables, **given}), always=False))
        write = documents.with_request_ids(text, given.get("operationName"))
        ids = {name: variables.get(name) or str(uuid.uuid4()) for name in write.ids}
        body = {"query": write.text, "variables": {**variables, **ids}, **given}
        return (yield from self._again(self._post(body), always=write.repeatable, passing=PASSING_WRITES))

    def get(self, path: str) -> Steps[Any]:
        """Read JSON at a path of the server."""
        return (yield from self._again(Send("GET", self.url + path, self.headers), always=True, read=_json))

    def end_of_log(self) -> Steps[str]:
        """Read the cursor of the end of the event log."""
        found = yield from self.get("/events?after=now")
        if not isinstance(found, Mapping) or not isinstance(found.get("cursor"), str):
            raise NotGraphQL("What answers has no event log of citygraph.")
        return str(found["cursor"])

    def _post(self, body: Mapping[str, Any]) -> Send:
        headers = {"content-type": "application/json", "accept": ACCEPT, **self.headers}
        whole = {name: value for name, value in body.items() if value is not None}
        try:
            content = json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()
        except (TypeError, ValueError) as error:
            raise BadDocument(f"The variables cannot be sent as JSON: {error}.") from None
        return Send("POST", f"{self.url}/graphql", headers, content)

    def _again(
        self,
        send: Send,
        *,
        always: bool,
        passing: frozenset[str] = PASSING,
        read: "Callable[[Reply], Any] | None" = None,
    ) -> Steps[Any]:
        """Send until there is an answer. `always` says that to send twice does no harm."""
        tried = 0
        while True:
            tried += 1
            error: TransportError | GraphQLErrors
            try:
                reply = yield send
                return (read or answered)(reply or Reply(0, {}, b""))
            except TransportError as failed:
                error, again = failed, _passes(failed, passing) and (always or not failed.sent)
            except GraphQLErrors as failed:
                error, again = failed, always and bool(failed.codes) and {*failed.codes} <= passing
            pause = self.retries.pause(tried, error, self.chance) if again else None
            if pause is None:
                raise error
            yield Pause(pause)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _passes(error: TransportError, passing: frozenset[str]) -> bool:
    if isinstance(error, AnswerTimedOut):
        return passing is PASSING_WRITES
    return isinstance(error, Busy) if isinstance(error, Refused | NotGraphQL) else True


def answered(reply: Reply) -> Any:
    """Return the data of a reply; raise GraphQLErrors, Refused or NotGraphQL."""
    answer = _parsed(reply)
    errors = errors_of(answer) if isinstance(answer, Mapping) else []
    if reply.status in REFUSALS or (not errors and not 200 <= reply.status < 300):
        message = errors[0].message if errors else reply.body[:200].decode(errors="replace") or "no text"
        kind = REFUSALS.get(reply.status, Refused)
        raise kind(reply.status, message, errors[0].code if errors else None, _retry_after(reply))
    if not isinstance(answer, Mapping) or not ("data" in answer or errors):
        raise NotGraphQL(f"What answered is no GraphQL: {reply.status}, {reply.body[:80].decode(errors='replace')!r}.")
    if errors or answer.get("errors"):
        raise GraphQLErrors(errors, answer.get("data"), reply.status)
    return answer["data"]


def _json(reply: Reply) -> Any:
    """Return the JSON of a reply, whatever is in it."""
    if reply.status != 200:
        return answered(reply)
    return _parsed(reply)


def _parsed(reply: Reply) -> Any:
    try:
        return json.loads(reply.body)
    except ValueError:
        return None


def _retry_after(reply: Reply) -> float | None:
    """Return the seconds of the header Retry-After, which has a number or a date."""
    given = reply.headers.get("retry-after", "").strip()
    if given.isascii() and given.isdecimal():
        return float(given)
    try:
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
