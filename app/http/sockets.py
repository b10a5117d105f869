"""GraphQL over WebSocket, graphql-transport-ws. In: connections. Out: answers of the same function that answers HTTP.

Strawberry keeps the protocol; who asks, what a message may hold and every limit stand here.
"""

import copy
import json
from collections.abc import AsyncIterator, Iterator, Mapping
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
from starlette.responses import JSONResponse
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.exceptions import ConnectionRejectionError
from strawberry.extensions import SchemaExtension
from strawberry.fastapi import GraphQLRouter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.types import unset
from strawberry.types.execution import PreExecutionError

from app.http.answering import Answering, Encoded, refusal
from app.http.request import MalformedRequest, checked
from app.start.trusted import Trusted
from app.viewers.tokens import Viewers
from graph.errors import QuestionError, Unauthenticated, Unavailable
from graph.question.engine import Question
from schema.derived.graphql.build import core

INIT_SECONDS = 10
OPERATIONS = 16
LONGEST_REASON = 120


class Shown(GraphQLError):
    """An error of ours as Strawberry passes it on."""

    def __init__(self, error: QuestionError) -> None:
        super().__init__(error.message)
        self._shown: Any = error.as_dict()

    @property
    def formatted(self) -> GraphQLFormattedError:
        """The error as every transport shows it."""
        shown: GraphQLFormattedError = self._shown
        return shown


class Compiled(SchemaExtension):
    """Answers an operation by the engine; stands last, so that nothing runs after it."""

    def __init__(self, answering: Answering, viewers: Viewers) -> None:
        self._answering, self._viewers = answering, viewers

    def on_parse(self) -> Iterator[None]:
        """Keep the question, and leave nothing to read or validate."""
        context = self.execution_context
        self._question = Question(context.query or "", context.variables or {}, context.operation_name)
        context.graphql_document, context.validation_rules = _stand_in(context.operation_name), ()
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Set the result; a refused question ends as one, for raising here would end it without a word."""
        context = self.execution_context
        try:
            rights = self._viewers.rights(context.context["authorization"])
            found = await self._answering.answer(self._question, rights)
        except QuestionError as error:
            found = refusal(error)
        errors: list[GraphQLError] = [Shown(error) for error in found.answer.errors]
        context.result = _ran(found, errors) if found.answer.ran else PreExecutionError(data=None, errors=errors)
        yield


def _stand_in(name: str | None) -> DocumentNode:
    """Return what Strawberry reads instead of a question's text, which the engine reads within its limits."""
    asked = SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename")),))
    named = None if name is None else NameNode(value=name)
    return DocumentNode(
        definitions=(OperationDefinitionNode(operation=OperationType.QUERY, name=named, selection_set=asked),)
    )


def _ran(found: Encoded, errors: list[GraphQLError]) -> ExecutionResult:
    data: Any = orjson.Fragment(found.data)
    return ExecutionResult(data, errors or None)


class Adapter(ASGIWebSocketAdapter):
    """A connection whose closing reason is never longer than the protocol allows."""

    async def close(self, code: int, reason: str) -> None:
        """Close with as much of the reason as fits."""
        await super().close(code, reason.encode()[:LONGEST_REASON].decode(errors="ignore"))


class Handler(BaseGraphQLTransportWSHandler[Any, None]):
    """Checks messages before Strawberry acts on them."""

    view: "Sockets"

    async def handle_message(self, message: Any) -> None:
        """Refuse ids that are no texts; a payload of the first message that is null is as if it were absent."""
        if not isinstance(message.get("id", ""), str):
            await self.handle_invalid_message("`id` is not a text")
            return
        if message.get("type") == "connection_init" and message.get("payload", "") is None:
            del message["payload"]
        await super().handle_message(message)

    async def handle_subscribe(self, message: Any) -> None:
        """Begin an operation, or say why not."""
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
    """The route of WebSocket connections; at most so many at once."""

    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler

    def __init__(self, served: strawberry.Schema, answering: Answering, viewers: Viewers, trusted: Trusted) -> None:
        compiled = copy.copy(served)
        compiled.extensions = (*served.extensions, partial(Compiled, answering, viewers))
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
        self._answering, self._viewers, self._trusted = answering, viewers, trusted
        self.open = 0

    async def run(self, request: Any, context: Any = unset.UNSET, root_value: Any = unset.UNSET) -> Any:
        """Serve a connection until it ends, unless there are too many."""
        if self.open >= self._answering.settings.max_sockets or self._answering.draining:
            busy = Unavailable("No further connection can be had here. Try again in a moment.")
            body = {"errors": [busy.as_dict()]}
            await request.send_denial_response(JSONResponse(body, busy.status, {"retry-after": "1"}))
            return request
        self.open += 1
        try:
            return await super().run(request, context, root_value)
        finally:
            self.open -= 1

    async def on_ws_connect(self, context: Any) -> Any:
        """Take the token of the connection, from its header or its first message; an unknown one ends it."""
        params = context["connection_params"]
        # Every spelling counts: a token that is not known is refused, whatever stands beside it.
        given = [value for key, value in params.items() if key.lower() == "authorization" and value is not None]
        tokens = given or [context["request"].headers.get("authorization")]
        if not all(isinstance(token, str | None) for token in tokens):
            raise ConnectionRejectionError
        try:
            for token in tokens:
                self._viewers.rights(token)
        except Unauthenticated as error:
            raise ConnectionRejectionError from error
        context["authorization"] = tokens[0]
        return unset.UNSET

    def question(self, payload: Any, under_way: int) -> Question:
        """Return the question of a subscribe message; raise QuestionError where it is none or may not run now."""
        if self._answering.draining:
            raise Unavailable("The server is about to stop. Connect again in a moment.")
        if under_way >= OPERATIONS:
            raise Unavailable(f"The connection has {under_way} operations under way, the most it may have.")
        if not isinstance(payload, dict):
            raise MalformedRequest("`payload` is not an object.")
        extensions = payload.get("extensions")
        named = extensions.get("documentId") if isinstance(extensions, dict) else None
        return checked({"documentId": named, **payload}, self._trusted)

    def decode_json(self, data: str | bytes) -> object:
        """Read a message; whatever is no object is no message."""
        found = orjson.loads(data)
        if not isinstance(found, dict):
            raise json.JSONDecodeError("no object", "", 0)
        return found

    def encode_json(self, data: object) -> str:
        """Write a message as text, for bytes would go out as binary frames."""
        return orjson.dumps(data).decode()


def check_fields(served: strawberry.Schema) -> None:
    """Raise TypeError where a field carries what compiled answers would skip: permission classes, field extensions."""
    for name, type_ in core(served).type_map.items():
        fields: Mapping[str, Any] = getattr(type_, "fields", {})
        for field, made in fields.items():
            definition = made.extensions.get("strawberry-definition")
            if getattr(definition, "permission_classes", None) or getattr(definition, "extensions", None):
                raise TypeError(f"{name}.{field} has permission classes or extensions, which compiled answers skip")
