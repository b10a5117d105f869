"""From question to answer. In: document text, variables and a viewer's rights. Out: an Answer, never an exception.

Two caches: parsed documents by their text, and for each document the compiled questions by the key of their variables.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import orjson
from graphql import GraphQLSchema, OperationDefinitionNode, OperationType, print_ast

from graph.access.rights import Rights
from graph.bolt.read import Note, Reader
from graph.bolt.write import Unit
from graph.errors import Internal, QuestionError, QuestionRefused, Subscribes, Writes
from graph.question.bind import Binder, Bound
from graph.question.cache import Cache
from graph.question.compile import Compiled, Compiler, Limits
from graph.question.cost import check as check_cost
from graph.question.cursor import Cursors
from graph.question.decode import slow
from graph.question.decode.native import Library, Unpack, Written
from graph.question.decode.page import Absent, Request
from graph.question.document.introspect import introspect
from graph.question.document.read import Document, coerce, read, texts
from graph.question.document.selection import select
from graph.question.document.structure import Structure, structure
from graph.question.document.values import Variables
from graph.question.few import few
from graph.question.introspections import Introspections, Packed
from graph.question.missed_names import Sought, may_have_missed, sought
from graph.question.networks import Asking, Networks, NoNetworks
from graph.question.roots import refuse_drafts
from graph.question.turns import AtOnce, Turns
from schema.model import Model

log = logging.getLogger(__name__)

DOCUMENTS, DOCUMENTS_TEXT = 500, 120_000
REFUSED, REFUSED_TEXT = 200, 1_000_000
"""Bounds of the caches: number of documents, and characters in them. A parsed document takes up to 250 bytes a character."""
SHAPES = 64
MANY_ROWS, MANY_BYTES = 500, 200_000
"""A question that may read more rows is shaped where documents are read: to shape many rows takes long. A record of fewer
bytes is written at once: that takes less than a millisecond."""
SUBSCRIBE = (
    "This operation is a subscription. Send it over WebSocket (graphql-transport-ws), or by GET or POST to /graphql with the "
    "header `Accept: text/event-stream`."
)
SYNTHETIC = "These fields hold made-up facts (confidence SYNTHETIC), which say nothing about real people or cities."
Read = Callable[[str, dict[str, Any], str, Note], Awaitable[Any]]


@dataclass(frozen=True)
class Question:
    """What a client sends."""

    text: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a client gets: data if the question ran, errors if something went wrong, and the HTTP status.

    The data are `shown` as an object, or as JSON if the native writer made them. `synthetic` are the keys of the root fields that
    hold synthetic facts, `hints` tell what an empty list may have missed. The data of a question about the schema alone are
    `packed` instead. To encode an answer that `is_large` takes long.
    `reads` are the labels and types that the answer depends on, None if it must not be kept for who asks the same later.
    """

    shown: dict[str, Any] | Written | None
    errors: tuple[QuestionError, ...] = ()
    ran: bool = True
    synthetic: tuple[str, ...] = ()
    hints: tuple[dict[str, str], ...] = ()
    packed: Packed | None = None
    is_large: bool = False
    reads: frozenset[str] | None = None

    @property
    def data(self) -> dict[str, Any] | None:
        """The data as an object; JSON is read again."""
        return self.shown.data if isinstance(self.shown, Written) else self.shown

    @property
    def status(self) -> int:
        """HTTP status: 200 if the question ran, else that of the first error."""
        return 200 if self.ran else self.errors[0].status

    @property
    def subscribes(self) -> bool:
        """Whether there is no answer because the operation is a subscription."""
        return any(isinstance(error, Subscribes) for error in self.errors)

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

    def key(self, variables: Variables, rights: Rights) -> tuple[Any, ...]:
        """Return what the statement's text depends on."""
        return rights.by_audience, self.structure.key(variables)


@dataclass(frozen=True)
class Asker:
    """Who asks, of which database, the turns of the question, and who measures networks."""

    rights: Rights
    reader: Reader
    turns: Turns
    networks: Networks | None = None


@dataclass(frozen=True)
class Prepared:
    """A question that is ready to run for one viewer; `cost` is the number of rows that it may read."""

    ready: Ready
    compiled: Compiled
    variables: Variables
    bound: Bound
    cost: int


class Engine:
    """Answers questions over one model and one database."""

    def __init__(
        self, schema: GraphQLSchema, model: Model, limits: Limits, cursors: Cursors, native: Library | None = None
    ) -> None:
        """Make an engine. Records that come as bytes are written by the native library, if there is one."""
        self.compiler = Compiler(schema, model, limits, native)
        self._cursors = cursors
        self._binder = Binder(model, cursors, limits.cost.page)
        self._ready: Cache[Ready] = Cache(DOCUMENTS, DOCUMENTS_TEXT)
        self._introspections = Introspections()
        self._refused: Cache[QuestionRefused | QuestionError] = Cache(REFUSED, REFUSED_TEXT)

    async def ask(
        self,
        question: Question,
        rights: Rights,
        reader: Reader,
        turns: Turns | None = None,
        networks: Networks | None = None,
    ) -> Answer:
        """Answer a question for a viewer. What takes long is done when it is the question's turn."""
        asker = Asker(rights, reader, turns or AtOnce(), networks)
        try:
            answer = await self._ask(question, asker)
            return await self._hinted(question, answer, asker) if self.compiler.limits.hints else answer
        except QuestionRefused as refused:
            return Answer(None, tuple(refused.errors[: self.compiler.limits.document.errors]), ran=False)
        except QuestionError as error:
            return Answer(None, (error,), ran=False)
        except Exception:
            # The client gets an id. The log has the details under that id.
            ours = Internal()
            log.exception("question failed", extra={"error_id": ours.mark})
            return Answer(None, (ours,), ran=False)

    def prepare(self, question: Question, rights: Rights) -> Prepared:
        """Read, validate and compile a question. Raise QuestionError or QuestionRefused if it is refused.

        Raise Writes for a mutation, Subscribes for a subscription, and AsksDrafts for a question for drafts.
        """
        ready = self.ready(question)
        _require_no_mutation(ready)
        if ready.operation.operation is OperationType.SUBSCRIPTION:
            raise Subscribes(SUBSCRIBE)
        return self.bound(ready, question.variables, rights)

    def bound(self, ready: Ready, given: Mapping[str, Any], rights: Rights) -> Prepared:
        """Return the compiled question of a request, with its coerced variables and its parameters."""
        return self.bound_to(ready, self._coerced(ready, given), rights)

    def bound_to(self, ready: Ready, variables: Variables, rights: Rights) -> Prepared:
        """Return the compiled question of a request whose variables are coerced already."""
        key = ready.key(variables, rights)
        if (kept := ready.compiled.get(key)) is not None:
            return self._bind(ready, kept, variables, rights)
        refuse_drafts(ready.document, ready.operation)
        compiled = self.compiler.compile(ready.document, ready.operation, variables, rights.by_audience)
        prepared = self._bind(ready, compiled, variables, rights)
        # Cached only after binding succeeded, so that refused cursors do not fill the cache.
        ready.compiled.keep(key, compiled)
        return prepared

    def _known(self, question: Question, rights: Rights) -> Prepared | None:
        """Return a question that was prepared before and has few variables; None if it takes longer to prepare."""
        if (ready := self.read_before(question)) is None:
            return None
        _require_no_mutation(ready)
        return self._compiled_before(ready, question.variables, rights)

    def _compiled_before(self, ready: Ready, given: Mapping[str, Any], rights: Rights) -> Prepared | None:
        if not few(given):
            return None
        variables = self._coerced(ready, given)
        compiled = ready.compiled.get(ready.key(variables, rights))
        return None if compiled is None else self._bind(ready, compiled, variables, rights)

    def _coerced(self, ready: Ready, given: Mapping[str, Any]) -> Variables:
        schema, limits = self.compiler.schema, self.compiler.limits.document
        return texts(ready.structure.types, given) or coerce(schema, ready.operation, given, limits)

    def _bind(self, ready: Ready, compiled: Compiled, variables: Variables, rights: Rights) -> Prepared:
        cost = check_cost(compiled.plan.cost_terms, variables, self.compiler.limits.cost)
        return Prepared(ready, compiled, variables, self._binder.bind(compiled.plan, variables, rights), cost)

    async def _ask(self, question: Question, asker: Asker) -> Answer:
        prepared = self._known(question, asker.rights)
        if prepared is None:
            prepared = await asker.turns.prepare(partial(self.prepare, question, asker.rights))
        compiled = prepared.compiled
        if compiled.introspects and compiled.statement is None and not compiled.networks:
            key = (prepared.ready.canonical, question.operation_name or "", repr(prepared.variables))
            make = partial(self._about_schema, prepared)
            return Answer(None, packed=await self._introspections.packed(key, make, asker.turns))
        told = await asker.turns.prepare(partial(self._introspect, prepared)) if compiled.introspects else {}
        answer = await self._run(prepared, asker)
        if compiled.networks and answer.shown is not None:
            wide = self.compiler.limits.synthetic
            asking = Asking(compiled.networks, prepared.variables, asker.rights, asker.turns, wide)
            measured = await (asker.networks or NoNetworks()).measured(asking)
            told = {**told, **measured.data}
            answer = replace(answer, synthetic=(*answer.synthetic, *measured.synthetic), reads=None)
        if told and answer.data is not None:
            return replace(answer, shown=_merged(compiled, answer.data, told), reads=None)
        return answer

    async def answer(self, ready: Ready, given: Mapping[str, Any], asker: Asker) -> Answer:
        """Answer an operation that was read before. Raise QuestionError if it is refused."""
        prepared = self._compiled_before(ready, given, asker.rights)
        if prepared is None:
            prepared = await asker.turns.prepare(partial(self.bound, ready, given, asker.rights))
        return await self._run(prepared, asker)

    async def _run(self, prepared: Prepared, asker: Asker) -> Answer:
        """Run the statement of a question and shape what it returns."""
        compiled, reader, request = prepared.compiled, asker.reader, self._request(prepared)
        if compiled.writer is None or not reader.packs:
            shape = partial(shaped, compiled, await self._record(prepared, asker, reader.value), request)
            is_large = prepared.cost > MANY_ROWS
        else:
            packed: bytes = await self._record(prepared, asker, reader.packed)
            shape = partial(written, compiled, packed, request, reader.unpacked)
            is_large = len(packed) > MANY_BYTES
        if not is_large:
            return shape()
        answer = await asker.turns.prepare(shape)
        return answer if isinstance(answer.shown, Written) else replace(answer, is_large=True)

    async def within(self, prepared: Prepared, unit: Unit) -> Answer:
        """Answer a prepared question in a transaction under way, with what it has written. Synthetic facts are not told."""
        statement, ids = prepared.compiled.statement, prepared.compiled.ids if prepared.cost <= MANY_ROWS else None
        record = [] if statement is None else await unit.value(statement.text, prepared.bound.parameters, ids)
        return shaped(prepared.compiled, record, self._request(prepared), find_synthetic=False)

    def _request(self, prepared: Prepared) -> Request:
        return Request(prepared.bound.parameters["q"], prepared.bound.scopes, self._cursors.seal)

    async def _record(self, prepared: Prepared, asker: Asker, read: Read) -> Any:
        """Run the statement of a question, if it has one."""
        statement, pace, operation = prepared.compiled.statement, prepared.compiled.pace, prepared.ready.operation
        if statement is None:
            return []
        name = operation.name.value if operation.name else "anonymous"
        async with asker.turns.at_database(pace):
            with pace.measured() as run:
                return await read(statement.text, prepared.bound.parameters, name, run.note)

    def _introspect(self, prepared: Prepared) -> dict[str, Any]:
        """Answer the fields about the schema."""
        ready, limits = prepared.ready, self.compiler.limits.document
        return introspect(ready.document, ready.operation, self.compiler.schema, prepared.variables, limits.fields)

    def _about_schema(self, prepared: Prepared) -> dict[str, Any]:
        """Answer a question about the schema alone."""
        data = shaped(prepared.compiled, [], self._request(prepared)).data or {}
        return _merged(prepared.compiled, data, self._introspect(prepared))

    async def _hinted(self, question: Question, answer: Answer, asker: Asker) -> Answer:
        """Add hints about the names that an empty list was filtered by. An answer is given without them if they fail."""
        if answer.errors or (isinstance(answer.shown, Written) and not answer.shown.may_have_missed):
            return answer
        data = answer.data
        if data is None or not may_have_missed(data):
            return answer
        try:
            return await self._with_hints(question, answer, data, asker)
        except (QuestionError, QuestionRefused) as refused:
            log.warning("a name could not be looked up", extra={"reason": str(refused)})
            return replace(answer, reads=None)

    async def _with_hints(self, question: Question, answer: Answer, data: dict[str, Any], asker: Asker) -> Answer:
        """Look names up, each with a further question, on which the answer then depends too."""
        hints, reads = [], answer.reads
        for name in await asker.turns.prepare(partial(self._sought, question, data)):
            look_up = await self._ask(Question(name.question, name.variables), asker)
            reads = None if reads is None or look_up.reads is None else reads | look_up.reads
            if look_up.data is not None and (hint := name.hint(look_up.data)):
                hints.append(hint)
        return replace(answer, hints=tuple(hints), reads=reads)

    def _sought(self, question: Question, data: dict[str, Any]) -> list[Sought]:
        """Find the names that an empty list was filtered by."""
        ready, compiler = self.ready(question), self.compiler
        limits = compiler.limits.document
        variables = coerce(compiler.schema, ready.operation, question.variables, limits)
        root = select(ready.document, ready.operation, compiler.schema, variables, limits.fields)
        return sought(root, compiler.model, variables, data)

    def ready(self, question: Question) -> Ready:
        """Return the operation of a question. Each document text is parsed once."""
        before = self.read_before(question)
        if before is not None:
            return before
        key = (question.text, question.operation_name)
        weight = len(question.text) + len(question.operation_name or "")
        try:
            document = read(question.text, self.compiler.schema, self.compiler.limits.document, self.compiler.model)
            operation = document.operation(question.operation_name)
        except (QuestionRefused, QuestionError) as error:
            # The cause and the traceback would keep the parser's frames, and with them the whole document.
            error.__cause__ = error.__context__ = None
            raise self._refused.keep(key, error.with_traceback(None), weight) from None
        made = Ready(document, operation, structure(document, operation, self.compiler.schema))
        return self._ready.keep(key, made, weight)

    def read_before(self, question: Question) -> Ready | None:
        """Return the operation of a question that was read before; raise the error for which it was refused."""
        key = (question.text, question.operation_name)
        ready = self._ready.get(key)
        refused = self._refused.get(key) if ready is None else None
        if refused is not None:
            raise refused.with_traceback(None)
        return ready


def _require_no_mutation(ready: Ready) -> None:
    if ready.operation.operation is OperationType.MUTATION:
        raise Writes("This operation writes. Send it by POST to /graphql.")


def _merged(compiled: Compiled, data: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """Put the fields about the schema and the networks among the others, in the order asked."""
    merged = {**data, **about}
    return {key: merged[key] for key in compiled.keys}


def shaped(compiled: Compiled, record: list[Any], request: Request, *, find_synthetic: bool = True) -> Answer:
    """Shape a record. The slow shaper runs only if a required value is missing."""
    synthetic = compiled.find_synthetic(record, request.parameters) if find_synthetic else ()
    try:
        reads = None if compiled.statement is None else compiled.reads
        return Answer(compiled.shaper(record, request), synthetic=synthetic, reads=reads)
    except Absent:
        data, errors = slow.shape(compiled.plan.shape, record, request)
        for error in errors:
            log.error("a required value is missing", extra={"error_id": error.mark, "path": error.path})
        return Answer(data, tuple(errors), synthetic=synthetic)


def written(compiled: Compiled, packed: bytes, request: Request, unpack: Unpack) -> Answer:
    """Write a record as JSON. It is shaped as a value where the library leaves that to Python."""
    made = compiled.writer.write(packed, request, unpack) if compiled.writer else None
    if made is None:
        return shaped(compiled, unpack(packed), request)
    return Answer(made, synthetic=made.synthetic, reads=compiled.reads)
