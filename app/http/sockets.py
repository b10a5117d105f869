"""GraphQL over WebSocket, protocol graphql-transport-ws. In: connections. Out: the same answers as over HTTP.

Strawberry speaks the protocol. This module adds viewers, checks of messages, all limits, and answers by the engine.
"""

import asyncio
import copy
import json
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLFormattedError,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.exceptions import ConnectionRejectionError
from strawberry.extensions import SchemaExtension
from strawberry.fastapi import GraphQLRouter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types import unset
from strawberry.types.execution import PreExecutionError

from app.http.answering import Answering, Encoded, refusal
from app.http.connected import Connected
from app.http.request import MalformedRequest, checked
from app.http.viewing import Viewing
from graph.errors import QuestionError, Unauthenticated, Unavailable
from graph.question.engine import Question
from schema.derived.graphql.build import core

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


class Shown(GraphQLError):
    """One of our errors as a GraphQLError, so that Strawberry sends it unchanged."""

    def __init__(self, error: QuestionError) -> None:
        super().__init__(error.message)
        self._shown: Any = error.as_dict()

    @property
    def formatted(self) -> GraphQLFormattedError:
        """Return the error as every transport shows it."""
        shown: GraphQLFormattedError = self._shown
        return shown


class Compiled(SchemaExtension):
    """Answers an operation with the engine. It is the last extension, so that nothing changes the result."""

    def __init__(self, answering: Answering, viewing: Viewing) -> None:
        self._answering, self._viewing = answering, viewing
        self._extensions: dict[str, Any] = {}

    def on_parse(self) -> Iterator[None]:
        """Keep the question, and give Strawberry a trivial document so that it neither parses nor validates the real one."""
        context = self.execution_context
        self._question = Question(context.query or "", context.variables or {}, context.operation_name)
        context.graphql_document, context.validation_rules = _stand_in(context.operation_name), ()
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Set the result; for a refused question too, because an error raised here would send no message.

        The viewer is built for each operation, because a key or a grant may be removed while the connection is open.
        """
        context = self.execution_context
        authorization, scope = context.context["authorization"], context.context["request"].scope
        try:
            with self._answering.busy():
                viewer, client = await self._viewing.viewer(scope, authorization)
                encoded = await self._answering.answer(self._question, viewer, client)
        except QuestionError as error:
            encoded = refusal(error)
        self._extensions = encoded.answer.extensions
        errors: list[GraphQLError] = [Shown(error) for error in encoded.answer.errors]
        context.result = _ran(encoded, errors) if encoded.answer.ran else PreExecutionError(data=None, errors=errors)
        yield

    def get_results(self) -> dict[str, Any]:
        """Return what the answer says beside its data; Strawberry asks for it and ignores that of the result."""
        return self._extensions


def _stand_in(name: str | None) -> DocumentNode:
    """Return the document that Strawberry gets instead of the question's; the engine reads the real one within its limits."""
    asked = SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename")),))
    named = None if name is None else NameNode(value=name)
    return DocumentNode(
        definitions=(OperationDefinitionNode(operation=OperationType.QUERY, name=named, selection_set=asked),)
    )


def _ran(encoded: Encoded, errors: list[GraphQLError]) -> ExecutionResult:
    data: Any = orjson.Fragment(encoded.data)
    return ExecutionResult(data, errors or None)


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
                await self.websocket.close(GOING_AWAY, reason)
                await asyncio.wait({serving}, timeout=CLOSING_SECONDS)
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving

    async def _reason_to_close(self, serving: asyncio.Future[None]) -> str | None:
        """Wait for a reason to close the connection; return None if it has ended before."""
        connected: Connected = self.context["request"].state.connected
        while not serving.done():
            if self.operations:
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


class Sockets(GraphQLRouter[Any, None]):
    """The route of WebSocket connections."""

    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler

    def __init__(self, served: strawberry.Schema, answering: Answering, viewing: Viewing) -> None:
        compiled = copy.copy(served)
        compiled.extensions = (*served.extensions, partial(Compiled, answering, viewing))
        super().__init__(
            compiled,
            path="/graphql",
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
            max_subscriptions_per_connection=None,
            include_in_schema=False,
        )
        self._answering, self._viewing = answering, viewing

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
