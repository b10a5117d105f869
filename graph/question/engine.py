"""From question to answer. In: document text, variables and a viewer's rights. Out: an Answer, never an exception.

Two caches: parsed documents by their text, and for each document the compiled questions by the key of their variables.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import orjson
from graphql import GraphQLSchema, OperationDefinitionNode, print_ast

from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.errors import Internal, QuestionError, QuestionRefused
from graph.question.bind import Binder, Bound
from graph.question.cache import Cache
from graph.question.compile import Compiled, Compiler, Limits
from graph.question.cost import check as check_cost
from graph.question.cursor import Cursors
from graph.question.decode import slow
from graph.question.decode.page import Absent, Request
from graph.question.document.introspect import introspect
from graph.question.document.read import Document, coerce, read
from graph.question.document.selection import select
from graph.question.document.structure import Structure, structure
from graph.question.document.values import Variables
from graph.question.introspections import Introspections, Packed
from graph.question.missed_names import may_have_missed, sought
from schema.model import Model

log = logging.getLogger(__name__)

DOCUMENTS, DOCUMENTS_TEXT = 500, 500_000
REFUSED, REFUSED_TEXT = 200, 1_000_000
"""Bounds of the caches: number of documents, and characters in them. A parsed document takes up to 250 bytes a character."""
SHAPES = 64
SYNTHETIC = "These fields hold made-up facts (confidence SYNTHETIC), which say nothing about real people or cities."


@dataclass(frozen=True)
class Question:
    """What a client sends."""

    text: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a client gets: data if the question ran, errors if something went wrong, and the HTTP status.

    `synthetic` are the keys of the root fields that hold synthetic facts, `hints` tell what an empty list may have missed.
    The data of a question about the schema alone are `packed` instead.
    """

    data: dict[str, Any] | None
    errors: tuple[QuestionError, ...] = ()
    ran: bool = True
    synthetic: tuple[str, ...] = ()
    hints: tuple[dict[str, str], ...] = ()
    packed: Packed | None = None

    @property
    def status(self) -> int:
        """HTTP status: 200 if the question ran, else that of the first error."""
        return 200 if self.ran else self.errors[0].status

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as GraphQL shows it."""
        data = orjson.loads(self.packed.data) if self.packed else self.data
        shown: dict[str, Any] = {"data": data} if self.ran else {}
        if self.errors:
            shown["errors"] = [error.as_dict() for error in self.errors]
        return shown | ({"extensions": self.extensions} if self.extensions else {})

    @property
    def extensions(self) -> dict[str, Any]:
        """Return what is said beside the data: which root fields hold synthetic facts, and hints."""
        told = {"synthetic": {"fields": list(self.synthetic), "message": SYNTHETIC}} if self.synthetic else {}
        return told | ({"hints": list(self.hints)} if self.hints else {})


@dataclass(frozen=True)
class Ready:
    """An operation of a parsed document, with its compiled questions."""

    document: Document
    operation: OperationDefinitionNode
    structure: Structure
    compiled: Cache[Compiled] = field(default_factory=lambda: Cache(SHAPES))

    @cached_property
    def canonical(self) -> str:
        """Return the text without what has no meaning: tools write the same document with different blanks."""
        return print_ast(self.document.ast)


class Engine:
    """Answers questions over one model and one database."""

    def __init__(self, schema: GraphQLSchema, model: Model, limits: Limits, cursors: Cursors) -> None:
        self.compiler = Compiler(schema, model, limits)
        self._cursors = cursors
        self._binder = Binder(model, cursors, limits.cost.page)
        self._ready: Cache[Ready] = Cache(DOCUMENTS, DOCUMENTS_TEXT)
        self._introspections = Introspections()
        self._refused: Cache[QuestionRefused | QuestionError] = Cache(REFUSED, REFUSED_TEXT)

    async def ask(self, question: Question, rights: Rights, reader: Reader) -> Answer:
        """Answer a question for a viewer."""
        try:
            answer = await self._ask(question, rights, reader)
            return await self._hinted(question, answer, rights, reader) if self.compiler.limits.hints else answer
        except QuestionRefused as refused:
            return Answer(None, tuple(refused.errors[: self.compiler.limits.document.errors]), ran=False)
        except QuestionError as error:
            return Answer(None, (error,), ran=False)
        except Exception:
            # The client gets an id. The log has the details under that id.
            ours = Internal()
            log.exception("question failed", extra={"error_id": ours.mark})
            return Answer(None, (ours,), ran=False)

    def bound(self, ready: Ready, given: Mapping[str, Any], rights: Rights) -> tuple[Compiled, Variables, Bound]:
        """Return the compiled question of a request, its coerced variables and its parameters."""
        limits = self.compiler.limits
        variables = coerce(self.compiler.schema, ready.operation, given, limits.document)
        key = (rights.by_audience, ready.structure.key(variables))
        kept = ready.compiled.get(key)
        if kept is not None:
            check_cost(kept.plan.cost_terms, variables, limits.cost)
        compiled = kept or self.compiler.compile(ready.document, ready.operation, variables, rights.by_audience)
        bound = self._binder.bind(compiled.plan, variables, rights)
        # Cached only after binding succeeded, so that refused cursors do not fill the cache.
        return kept or ready.compiled.keep(key, compiled), variables, bound

    async def _ask(self, question: Question, rights: Rights, reader: Reader) -> Answer:
        ready = self.ready(question)
        compiled, variables, bound = self.bound(ready, question.variables, rights)
        request = Request(bound.parameters["q"], bound.scopes, self._cursors.seal)
        about = partial(
            introspect,
            ready.document,
            ready.operation,
            self.compiler.schema,
            variables,
            self.compiler.limits.document.fields,
        )
        if compiled.introspects and compiled.statement is None:
            data = shaped(compiled, [], request).data or {}
            key = (ready.canonical, question.operation_name or "", repr(variables))
            packed = await self._introspections.packed(key, lambda: _merged(compiled, data, about()))
            return Answer(None, packed=packed)
        told = await self._introspections.run(object(), about) if compiled.introspects else {}
        record: list[Any] = []
        if compiled.statement is not None:
            name = ready.operation.name.value if ready.operation.name else "anonymous"
            record = await reader.value(compiled.statement.text, bound.parameters, name)
        answer = shaped(compiled, record, request)
        if told and answer.data is not None:
            return replace(answer, data=_merged(compiled, answer.data, told))
        return answer

    async def _hinted(self, question: Question, answer: Answer, rights: Rights, reader: Reader) -> Answer:
        """Add hints about the names that an empty list was filtered by. An answer is given without them if they fail."""
        if answer.data is None or answer.errors or not may_have_missed(answer.data):
            return answer
        try:
            return replace(answer, hints=await self._hints(question, answer.data, rights, reader))
        except (QuestionError, QuestionRefused) as refused:
            log.warning("a name could not be looked up", extra={"reason": str(refused)})
            return answer

    async def _hints(
        self, question: Question, data: dict[str, Any], rights: Rights, reader: Reader
    ) -> tuple[dict[str, str], ...]:
        """Look names up, each with a further question."""
        ready, compiler = self.ready(question), self.compiler
        limits = compiler.limits.document
        variables = coerce(compiler.schema, ready.operation, question.variables, limits)
        root = select(ready.document, ready.operation, compiler.schema, variables, limits.fields)
        hints = []
        for name in sought(root, compiler.model, variables, data):
            look_up = await self._ask(Question(name.question, name.variables), rights, reader)
            if look_up.data is not None and (hint := name.hint(look_up.data)):
                hints.append(hint)
        return tuple(hints)

    def ready(self, question: Question) -> Ready:
        """Return the operation of a question. Each document text is parsed once."""
        key = (question.text, question.operation_name)
        weight = len(question.text) + len(question.operation_name or "")
        ready = self._ready.get(key)
        if ready is not None:
            return ready
        refused = self._refused.get(key)
        if refused is not None:
            raise refused.with_traceback(None)
        try:
            document = read(question.text, self.compiler.schema, self.compiler.limits.document, self.compiler.model)
            operation = document.operation(question.operation_name)
        except (QuestionRefused, QuestionError) as error:
            # The cause and the traceback would keep the parser's frames, and with them the whole document.
            error.__cause__ = error.__context__ = None
            raise self._refused.keep(key, error.with_traceback(None), weight) from None
        made = Ready(document, operation, structure(document, operation, self.compiler.schema))
        return self._ready.keep(key, made, weight)


def _merged(compiled: Compiled, data: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """Put the fields about the schema among the others, in the order asked."""
    merged = {**data, **about}
    return {key: merged[key] for key in compiled.keys}


def shaped(compiled: Compiled, record: list[Any], request: Request) -> Answer:
    """Shape a record. The slow shaper runs only if a required value is missing."""
    synthetic = compiled.find_synthetic(record, request.parameters)
    try:
        return Answer(compiled.shaper(record, request), synthetic=synthetic)
    except Absent:
        data, errors = slow.shape(compiled.plan.shape, record, request)
        for error in errors:
            log.error("a required value is missing", extra={"error_id": error.mark, "path": error.path})
        return Answer(data, tuple(errors), synthetic=synthetic)
