"""A subscription by the protocol graphql-transport-ws, without input and output. In: messages and ends of connections.

Out: messages to send, events, and whether and when to connect again.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from citygraph_client.core import Core
from citygraph_client.documents import Document
from citygraph_client.errors import (
    REFUSALS,
    AnswerLost,
    BadDocument,
    GraphQLErrors,
    NotGraphQL,
    Refused,
    StreamEnded,
    TlsFailed,
    TransportError,
    Unauthenticated,
    errors_of,
)

PROTOCOL = "graphql-transport-ws"
FINAL = {4400, 4401, 4406, 4409, 4429}
"""Codes with which a server ends a connection for a fault of ours, so that another try ends alike."""
UNKNOWN_TOKEN, TOO_LARGE = 4403, 1009
ID = "1"
STEADY = 60.0
"""Seconds after which a connection counts as one that held: failures before it are forgotten."""


@dataclass
class Stream:
    """What is known of a subscription over all its connections. Raise BadDocument if the document does not subscribe.

    It goes on after the last cursor. So that nothing is missed before the first event, its place is asked for at the start.
    """

    core: Core
    question: Mapping[str, Any]
    clock: Callable[[], float] = time.monotonic
    over: bool = field(init=False, default=False)
    failures: int = field(init=False, default=0)
    _place: str | None = field(init=False, default=None)
    _followed: bool = field(init=False, default=False)
    _began: float | None = field(init=False, default=None)
    _lost: float = field(init=False, default=0.0)
    _failed: TransportError | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        document = Document(self.question["query"])
        of = document.operation(self.question.get("operationName"))
        if of.kind != "subscription":
            raise BadDocument(f"A subscription is needed, and this is a {of.kind}.")
        roots = list(document.fields(of.below))
        cursors = [
            (root.key, each.key) for root in roots for each in document.fields(root.below) if each.name == "cursor"
        ]
        self._cursor = cursors[0] if cursors and "after" in of.variables else None
        self._place = self.question["variables"].get("after")

    @property
    def needs_place(self) -> bool:
        """Whether the cursor of the end of the log is needed, to begin there."""
        return self._cursor is not None and self._place is None

    def begin_at(self, cursor: str) -> None:
        """Begin after a cursor."""
        self._place = cursor

    # Messages --------------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The address of the WebSocket."""
        return f"ws{self.core.url.removeprefix('http')}/graphql"

    def first(self) -> str:
        """Return the message that opens the connection; the token goes in the header."""
        return json.dumps({"type": "connection_init", "payload": {}})

    def take(self, text: str | bytes) -> tuple[list[Any], str | None]:
        """Read a message. Return the events in it, and a message to send. Raise GraphQLErrors or TransportError."""
        try:
            message = json.loads(text)
            kind = message["type"]
        except (ValueError, TypeError, KeyError):
            raise NotGraphQL("What answers does not speak graphql-transport-ws.") from None
        if kind == "connection_ack":
            self._began, self._followed = self.clock(), True
            variables = {**self.question["variables"], **({"after": self._place} if self._place else {})}
            body = {
                name: value for name, value in {**self.question, "variables": variables}.items() if value is not None
            }
            return [], json.dumps({"type": "subscribe", "id": ID, "payload": body})
        if kind == "ping":
            return [], json.dumps({"type": "pong"})
        if kind == "next":
            return [self._event(message["payload"])], None
        if kind == "error":
            self._refused(GraphQLErrors(errors_of({"errors": message["payload"]})))
        if kind == "complete":
            self.over = True
        return [], None

    def _event(self, payload: Any) -> Any:
        self.failures, data, errors = 0, payload.get("data"), errors_of(payload)
        if self._cursor is not None and data and data.get(self._cursor[0]):
            self._place = data[self._cursor[0]].get(self._cursor[1], self._place)
        if errors:
            raise GraphQLErrors(errors, data)
        return data

    def _refused(self, error: GraphQLErrors) -> None:
        if {*error.codes} - {"UNAVAILABLE"} or not error.codes:
            raise error
        raise Refused(503, error.errors[0].message, "UNAVAILABLE")

    # Ends of connections ---------------------------------------------------------------------------------------------

    def closed(self, code: int, reason: str) -> None:
        """The server closed the connection, 1006 if it was lost. Raise what is final."""
        said = f"The server ended the connection with {code}{f': {reason}' if reason else ''}."
        if code == UNKNOWN_TOKEN:
            raise Unauthenticated(401, reason or "The token is unknown.", "UNAUTHENTICATED")
        if code == TOO_LARGE:
            raise Refused(413, said, "PAYLOAD_TOO_LARGE")
        if code in FINAL:
            raise NotGraphQL(said)
        self.failed(AnswerLost(said))

    def refused(self, status: int) -> None:
        """The server refused the WebSocket by an HTTP status. Raise what is final."""
        kind = REFUSALS.get(status, Refused)
        error = kind(status, "The server refused the WebSocket.")
        if status not in (429, 502, 503):
            raise error
        self.failed(error)

    def failed(self, error: TransportError) -> None:
        """The connection could not be made, or was lost. Raise what is final."""
        if isinstance(error, TlsFailed):
            raise error
        now = self.clock()
        held = self._began is not None and now - self._began >= STEADY
        self._failed, self._began = error, None
        self.failures = 1 if held else self.failures + 1
        if self.failures == 1:
            self._lost = now

    def pause(self) -> float:
        """Return the seconds until the next connection. Raise if there should be none."""
        error = self._failed or AnswerLost("The connection ended.")
        if self._cursor is None and self._followed:
            raise StreamEnded(
                "The connection was lost, and the subscription cannot go on where it was: declare `$after: String`, give it "
                "(`after: $after`), and select `cursor`."
            ) from error
        retries, tried = self.core.retries, max(1, self.failures)
        if self._followed and self.clock() - self._lost < retries.away:
            tried = max(1, min(tried, retries.tries - 1))
        pause = retries.pause(tried, error, self.core.chance)
        if pause is None:
            raise error
        return pause
