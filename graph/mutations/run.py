"""Mutations, from end to end. In: a document that writes, a viewer, a writer. Out: an Answer.

Each field of the root is one transaction, in the order of the document. Its answer is read in the same transaction.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLObjectType, get_named_type

from graph.access.viewer import Viewer
from graph.bolt.connect import DatabaseUnavailable
from graph.bolt.write import Unit, UnitTooLarge, Writer
from graph.errors import (
    Forbidden,
    Internal,
    QuestionError,
    QuestionRefused,
    QuestionTooExpensive,
    TimedOut,
    Unavailable,
)
from graph.facts.put import lock_at
from graph.facts.rows import Problem
from graph.facts.upsert import Writing
from graph.facts.write import Stamp, now
from graph.mutations.payload import Facts, Payload, Reading
from graph.mutations.requests import Request, request
from graph.mutations.writes import Write
from graph.mutations.writes import write as write_of
from graph.question.cache import Cache
from graph.question.document.read import coerce
from graph.question.document.selection import Budget, Context, Selection, collect, defined
from graph.question.document.values import given
from graph.question.engine import Answer, Engine, Question, Ready, few
from graph.question.part import question
from graph.question.turns import Turns

log = logging.getLogger(__name__)

SECONDS = 30
"""Time limit of a write, with its tries and its wait for other writers, such as a load."""
PAYLOADS = 500
"""How many payloads are kept, with the questions that answer them."""


class _Refused(Exception):
    """Rows were refused and the writer wants all of them or none: nothing is stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class _Asked:
    """Who asks, and the variables as he gave them."""

    viewer: Viewer
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class _Field:
    """One field of the root, ready to run."""

    key: str
    write: Write
    partial: bool
    request: Request | None
    payload: Payload


def _forget(_audiences: Iterable[str]) -> None:
    """Do nothing with audiences."""


@dataclass
class Mutations:
    """Runs mutations with one engine; `secret` is that of the keys of facts. `learn` is told which audiences were written."""

    engine: Engine
    secret: bytes = field(repr=False)
    clock: Callable[[], datetime] = now
    learn: Callable[[Iterable[str]], None] = _forget
    _known: Cache[bool] = field(default_factory=lambda: Cache(PAYLOADS))
    _payloads: Cache[Payload] = field(default_factory=lambda: Cache(PAYLOADS))

    async def answer(self, asked: Question, viewer: Viewer, writer: Writer, turns: Turns) -> Answer:
        """Run a mutation. A field that fails is null, with an error; the fields before it are stored."""
        try:
            make = partial(self._fields, asked, viewer)
            variables, fields = make() if self._is_known(asked) else await turns.prepare(make)
        except QuestionRefused as refused:
            return Answer(None, tuple(refused.errors[: self.engine.compiler.limits.document.errors]), ran=False)
        except QuestionError as error:
            return Answer(None, (error,), ran=False)
        data: dict[str, Any] = {}
        errors: list[QuestionError] = []
        for each in fields:
            if isinstance(each, str):
                data[each] = "Mutation"
                continue
            try:
                async with turns.to_write():
                    data[each.key] = await self._run(each, variables, viewer, writer)
            except QuestionError as error:
                error.path = (each.key, *error.path)
                errors.append(error)
                data[each.key] = None
        return Answer(data, tuple(errors))

    def _is_known(self, asked: Question) -> bool:
        """Whether a document was run before with few variables: it is ready in less time than a thread would take."""
        ready = self.engine.read_before(asked) if few(asked.variables) else None
        return ready is not None and self._known.get(self._shape(ready, asked)) is not None

    def _shape(self, ready: Ready, asked: Question) -> tuple[Any, ...]:
        compiler = self.engine.compiler
        variables = coerce(compiler.schema, ready.operation, asked.variables, compiler.limits.document)
        return hash(asked.text), asked.operation_name, ready.structure.key(variables)

    def _fields(self, asked: Question, viewer: Viewer) -> tuple[Mapping[str, Any], list["_Field | str"]]:
        """Read a document and make its fields ready. Raise QuestionError, or QuestionRefused if it is not valid."""
        if viewer.actor is None:
            raise Forbidden("Only who has a token or a key may write. Send `Authorization: Bearer <token>`.")
        compiler = self.engine.compiler
        ready = self.engine.ready(asked)
        variables = coerce(compiler.schema, ready.operation, asked.variables, compiler.limits.document)
        context = Context(ready.document, compiler.schema, variables, Budget(compiler.limits.document.fields))
        root = compiler.schema.mutation_type
        assert root is not None
        collected = collect(context, root, [ready.operation.selection_set])
        fields: list[_Field | str] = []
        for key, nodes in collected.items():
            if nodes[0].name.value == "__typename":
                fields.append(key)
            else:
                selection = defined(context, root.fields[nodes[0].name.value], key, nodes)
                fields.append(self._field(ready, context, selection, nodes, _Asked(viewer, asked.variables)))
        self._known.keep((hash(asked.text), asked.operation_name, ready.structure.key(variables)), True)
        return asked.variables, fields

    def _field(
        self, ready: Ready, context: Context, selection: Selection, nodes: list[FieldNode], asked: _Asked
    ) -> _Field:
        arguments = {name: given(read, context.variables) for name, read in selection.arguments.items()}
        today = self.clock().date().isoformat()
        write = write_of(selection.name, arguments["rows"], self.engine.compiler.model, today)
        payload = self._payload(ready, context, selection, nodes, write.of)
        body = (ready.canonical, selection.key, {**arguments, "requestId": None})
        repeated = request(str(asked.viewer.actor), arguments.get("requestId"), *body)
        payload.check(self.engine, asked.variables, write.count, asked.viewer.rights)
        return _Field(selection.key, write, bool(arguments.get("partial")), repeated, payload)

    def _payload(
        self, ready: Ready, context: Context, selection: Selection, nodes: list[FieldNode], of: str
    ) -> Payload:
        """Return the payload that a field selects. It is kept: the same document asks for the same facts again."""
        type_ = _object(context, selection.type)
        collected = collect(context, type_, [node.selection_set for node in nodes if node.selection_set])
        key = tuple((name, *map(id, each)) for name, each in collected.items())
        kept = self._payloads.get(key)
        if kept is not None:
            return kept
        plain, facts = dict[str, tuple[str, tuple[tuple[str, str], ...]]](), list[Facts]()
        for name, each in collected.items():
            field_ = each[0].name.value
            if field_ in ("nodes", "starts", "ends"):
                facts.append(Facts(name, field_, question(ready, each, of, self.engine)))
            else:
                plain[name] = field_, _inner(context, type_, each)
        return self._payloads.keep(key, Payload(type_.name, plain, tuple(facts), tuple(collected)))

    async def _run(self, each: _Field, variables: Mapping[str, Any], viewer: Viewer, writer: Writer) -> dict[str, Any]:
        """Write the rows of a field. A try after one that was stored without acknowledgement finds its facts."""
        seed = secrets.token_bytes(32)
        model, written = self.engine.compiler.model, set[str]()

        async def work(unit: Unit) -> dict[str, Any]:
            stamp = Stamp(self.secret, await lock_at(unit, self.clock), str(viewer.actor))
            by = Writing(viewer.rights, viewer.edits.may_write, stamp, seed)
            first = await each.request.answered(unit) if each.request else None
            if first is not None:
                return first
            done = await each.write.work(unit, model, by)
            if done.diff.problems and not each.partial:
                raise _Refused(done.diff.problems)
            # The first fact of a city has an audience that the writer's rights do not know yet.
            rights = viewer.rights.with_amber(done.audiences)
            answer = await each.payload.of(done, Reading(self.engine, variables, rights, unit))
            if each.request:
                await each.request.keep(unit, answer, stamp.now)
            written.update(done.audiences)
            return answer

        try:
            async with asyncio.timeout(SECONDS):
                answer = await writer.unit(work)
            self.learn(audience for audience in written if ":" in audience)
            return answer
        except _Refused as refused:
            return each.payload.refused(refused.problems)
        except UnitTooLarge as error:
            raise QuestionTooExpensive("The write needs more memory than one transaction may have.") from error
        except TimeoutError as error:
            raise TimedOut(f"The write did not end within {SECONDS} s. Repeat it with the same `requestId`.") from error
        except DatabaseUnavailable as error:
            log.warning("a write failed", extra={"reason": str(error)})
            raise Unavailable("The database did not take the write. Try again with the same `requestId`.") from error
        except QuestionError:
            raise
        except Exception as error:
            ours = Internal()
            log.exception("mutation failed", extra={"error_id": ours.mark})
            raise ours from error


def _inner(context: Context, type_: GraphQLObjectType, nodes: list[FieldNode]) -> tuple[tuple[str, str], ...]:
    """Return what is selected of a problem: response keys with names."""
    sets = [node.selection_set for node in nodes if node.selection_set]
    if not sets:
        return ()
    inner = _object(context, get_named_type(type_.fields[nodes[0].name.value].type).name)
    return tuple((key, each[0].name.value) for key, each in collect(context, inner, sets).items())


def _object(context: Context, name: str) -> GraphQLObjectType:
    """Return an object type of the schema; raise TypeError if it is none."""
    type_ = context.schema.type_map[name]
    if not isinstance(type_, GraphQLObjectType):
        raise TypeError(f"{name} is no object type")
    return type_
