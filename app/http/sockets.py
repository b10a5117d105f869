"""GraphQL over WebSocket, protocol graphql-transport-ws. In: connections. Out: the same answers as over HTTP.

Strawberry speaks the protocol. This module adds viewers, checks of messages, all limits, answers, and subscriptions.
"""

import asyncio
import json
import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, aclosing, suppress
from datetime import timedelta
from typing import Any

import orjson
import strawberry
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.exceptions import ConnectionRejectionError
from strawberry.fastapi import GraphQLRouter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.types import unset

from app.http.answering import Answering, Encoded, refusal
from app.http.clients import Client
from app.http.connected import Connected
from app.http.request import MalformedRequest, checked
from app.http.subscribing import Opened, Subscribing
from app.http.viewing import Viewing
from graph.errors import Internal, QuestionError, Unauthenticated, Unavailable
from graph.question.engine import Question
from schema.derived.graphql.build import core

log = logging.getLogger(__name__)

GOING_AWAY = 1001
"""The code with which a server closes a connection for a reason of its own; clients connect again."""
CLOSING_SECONDS = 5.0
"""Seconds that a client has to take note that its connection is closed."""
LOOK_SECONDS = 1.0
"""Seconds between two looks whether there is a reason to close a connection."""
INIT_SECONDS = 10
"""Seconds within which a connection must send its first message."""
TOKENS = 4
"""Most different tokens of a first message: each key among them costs a look into the database."""
OPERATIONS = 16
"""Most operations of a connection that run at the same time."""
ALONE = frozenset(
    {"authtoken", "token", "accesstoken", "bearertoken", "idtoken", "jwt", "apikey", "xapikey", "xauthtoken"}
)
"""Names under which clients send a token without the word Bearer; capitals and marks between the words do not count."""
LONGEST_REASON = 120
"""Most bytes of the reason for which a connection is closed; the protocol allows 123."""


class Adapter(ASGIWebSocketAdapter):
    """A connection that cuts the reason for closing to the length that the protocol allows."""

    async def close(self, code: int, reason: str) -> None:
        """Close with as much of the reason as fits."""
        await super().close(code, reason.encode()[:LONGEST_REASON].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Any, None]):
    """Checks messages before Strawberry acts on them, and closes a connection that is idle or old."""

    view: "Sockets"

    async def handle(self) -> None:
        """Serve the connection until its client ends it, or until there is a reason to close it."""
        serving = asyncio.ensure_future(super().handle())
        try:
            reason = await self._reason_to_close(serving)
            if reason is not None:
                # Who reads nothing is not even told.
                with suppress(TimeoutError):
                    async with asyncio.timeout(CLOSING_SECONDS):
                        await self.websocket.close(GOING_AWAY, reason)
                        await asyncio.wait({serving})
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving

    async def _reason_to_close(self, serving: asyncio.Future[None]) -> str | None:
        """Wait for a reason to close the connection; return None if it has ended before."""
        connected: Connected = self.context["request"].state.connected
        while not serving.done():
            if len(self.operations) > connected.following:
                connected.used = time.monotonic()
            if reason := connected.reason:
                return reason
            await asyncio.wait({serving}, timeout=LOOK_SECONDS)
        return None

    async def handle_message(self, message: Any) -> None:
        """Refuse an id that is not a text; treat a null payload of the first message as absent."""
        if not isinstance(message.get("id", ""), str):
            await self.handle_invalid_message("`id` must be a text")
            return
        if message.get("type") == "connection_init" and message.get("payload", "") is None:
            del message["payload"]
        await super().handle_message(message)

    async def handle_subscribe(self, message: Any) -> None:
        """Begin an operation, or send the error for which it is refused."""
        if not self.connection_acknowledged or message["id"] in self.operations:
            await super().handle_subscribe(message)
            return
        try:
            asked = self.view.question(message["payload"], len(self.operations))
        except QuestionError as error:
            refused: Any = {"id": message["id"], "type": "error", "payload": [error.as_dict()]}
            await self.send_message(refused)
            return
        message["payload"] = {
            "query": asked.text,
            "variables": asked.variables,
            "operationName": asked.operation_name,
        }
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Any, None]) -> None:
        """Send the answer of an operation, or the events of a subscription."""
        asked = Question(operation.query, operation.variables or {}, operation.operation_name)
        try:
            answer = await self.view.answer(asked, self.context)
            if answer.answer.subscribes:
                await self._follow(operation, asked)
            elif answer.answer.ran:
                with self.view.sending(answer.size, self.context):
                    await _send(operation, "next", orjson.Fragment(answer.body))
                    await _send(operation, "complete")
            else:
                await _send(operation, "error", [error.as_dict() for error in answer.answer.errors])
        except QuestionError as error:
            await _send(operation, "error", [error.as_dict()])
        except WebSocketDisconnected:
            pass
        except Exception:  # a fault of ours ends one operation, not the connection
            ours = Internal()
            log.exception("an operation over WebSocket failed", extra={"error_id": ours.mark})
            await _send(operation, "error", [ours.as_dict()])

    async def _follow(self, operation: Operation[Any, None], asked: Question) -> None:
        """Send the events of a subscription, until its client ends it or the connection is about to be closed."""
        connected: Connected = self.context["request"].state.connected
        connected.following += 1
        try:
            opened = await self.view.opened(asked, self.context)
            async with aclosing(opened.events(connected)) as several:
                async for events in several:
                    for _, body in events:
                        await _send(operation, "next", orjson.Fragment(body))
        finally:
            connected.following -= 1


async def _send(operation: Operation[Any, None], type_: str, payload: object = None) -> None:
    message: Any = {"id": operation.id, "type": type_} | ({} if payload is None else {"payload": payload})
    await operation.send_operation_message(message)


class Sockets(GraphQLRouter[Any, None]):
    """The route of WebSocket connections."""

    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler

    def __init__(
        self, served: strawberry.Schema, answering: Answering, viewing: Viewing, subscribing: Subscribing
    ) -> None:
        super().__init__(
            served,
            path="/graphql",
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
            max_subscriptions_per_connection=None,
            include_in_schema=False,
        )
        self._answering, self._viewing, self._subscribing = answering, viewing, subscribing

    async def on_ws_connect(self, context: Any) -> Any:
        """Take the token from the header or the first message; close the connection if the token is unknown.

        One unknown token among several is enough to refuse, because nobody is to be anonymous without knowing it. If the
        database is away, the connection stays open, and each operation says so.
        """
        given = list(given_tokens(context["connection_params"]))
        tokens = given or [context["request"].headers.get("authorization")]
        if not all(isinstance(token, str | None) for token in tokens) or len({*tokens}) > TOKENS:
            raise ConnectionRejectionError
        try:
            for token in dict.fromkeys(tokens):
                await self._viewing.viewer(context["request"].scope, token)
        except Unauthenticated as error:
            raise ConnectionRejectionError from error
        except Unavailable:
            pass
        context["authorization"] = tokens[0]
        return unset.UNSET

    async def answer(self, asked: Question, context: Any) -> Encoded:
        """Answer an operation.

        The viewer is built for each operation, because a key or a grant may be removed while the connection is open.
        """
        try:
            with self._answering.busy():
                viewer, client = await self._viewing.viewer(context["request"].scope, context["authorization"])
                return await self._answering.answer(asked, viewer, client)
        except QuestionError as error:
            return refusal(error)

    def sending(self, size: int, context: Any) -> AbstractContextManager[None]:
        """Count an answer as held until it is sent; raise Unavailable if its address has too many that it does not read."""
        address = self._viewing.clients.address(context["request"].scope)
        return self._answering.queues.held.hold(Client(address), size)

    async def opened(self, asked: Question, context: Any) -> Opened:
        """Begin a subscription; raise QuestionError if it is refused."""
        return await self._subscribing.open(asked, context["request"].scope, context["authorization"], None)

    def question(self, payload: Any, under_way: int) -> Question:
        """Return the question of a subscribe message; raise QuestionError if it is malformed or may not run now."""
        if self._answering.draining:
            raise Unavailable("The server is about to stop. Connect again in a moment.")
        if under_way >= OPERATIONS:
            raise Unavailable(
                f"The connection has {under_way} running operations, the most allowed. Wait for one to end."
            )
        if not isinstance(payload, dict):
            raise MalformedRequest("`payload` must be an object.")
        extensions = payload.get("extensions")
        named = extensions.get("documentId") if isinstance(extensions, dict) else None
        return checked({"documentId": named, **payload}, self._answering.trusted)

    def decode_json(self, data: str | bytes) -> object:
        """Read a message; raise JSONDecodeError if it is not a JSON object."""
        message = orjson.loads(data)
        if not isinstance(message, dict):
            raise json.JSONDecodeError("a message must be an object", "", 0)
        return message

    def encode_json(self, data: object) -> str:
        """Write a message as text, because bytes would be sent as binary frames."""
        return orjson.dumps(data).decode()


def given_tokens(payload: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the tokens of a first message as values of an Authorization header, wherever common clients put them.

    `authToken` and the like hold the token alone. A value that is no text is yielded as it is.
    """
    for key, value in payload.items():
        name = re.sub("[^a-z]", "", key.lower())
        if value is None:
            continue
        if name == "headers":
            yield from given_tokens(value) if isinstance(value, dict) else [value]
        elif name == "authorization":
            yield value
        elif name in ALONE:
            yield f"Bearer {value}" if isinstance(value, str) and not value.lower().startswith("bearer ") else value


def check_fields(served: strawberry.Schema) -> None:
    """Raise TypeError if a field has permission classes or extensions: compiled answers would skip them."""
    for name, type_ in core(served).type_map.items():
        fields: Mapping[str, Any] = getattr(type_, "fields", {})
        for field, graphql_field in fields.items():
            definition = graphql_field.extensions.get("strawberry-definition")
            if getattr(definition, "permission_classes", None) or getattr(definition, "extensions", None):
                raise TypeError(f"{name}.{field} has permission classes or extensions, which compiled answers skip")
