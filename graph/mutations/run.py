"""Mutations, from end to end. In: a document that writes, a viewer, a writer. Out: an Answer.

Each field of the root is one transaction, in the order of the document. Its answer is read in the same transaction.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType

from graph.access.viewer import Viewer
from graph.bolt.write import Unit, Writer
from graph.errors import Forbidden, QuestionError, QuestionRefused
from graph.facts.upsert import Writing
from graph.facts.write import Stamp, now
from graph.mutations.begin import Began
from graph.mutations.failures import failures
from graph.mutations.groups import Groups
from graph.mutations.job import Job
from graph.mutations.listed import drafts_asked, read_drafts
from graph.mutations.payload import Facts, Payload
from graph.mutations.requests import Request, request
from graph.mutations.review import Desk
from graph.mutations.scene import Refused, Scene, Tried
from graph.mutations.tasks import DECISIONS, Task, task
from graph.mutations.writes import Write, written_type
from graph.mutations.writes import write as write_of
from graph.question.cache import Cache
from graph.question.document.read import coerce
from graph.question.document.selection import Budget, Context, Selection, arguments, collect, defined
from graph.question.document.values import given
from graph.question.engine import Answer, Engine, Question, Ready
from graph.question.few import few
from graph.question.part import question
from graph.question.turns import Pace, Turns

FORMS, FORMS_TEXT = 500, 120_000
"""Bounds of the kept forms: their number, and characters in their documents."""


@dataclass(frozen=True)
class _Root:
    """A field of the root: its response key, what declares it, its node, and what is selected of its payload."""

    key: str
    definition: GraphQLField
    node: FieldNode
    payload: Payload


@dataclass(frozen=True)
class _Form:
    """An operation with its coerced variables, and the key of what follows from the document and from few of them."""

    ready: Ready
    variables: Mapping[str, Any]
    key: tuple[Any, ...]


@dataclass(frozen=True)
class _Field:
    """One field of the root, ready to run."""

    key: str
    task: Task
    write: Write | None
    request: Request | None


def _forget(_audiences: Iterable[str]) -> None:
    """Do nothing with audiences."""


@dataclass
class Mutations:
    """Runs mutations with one engine; `secret` is that of the keys of facts. `learn` is told which audiences were written."""

    engine: Engine
    secret: bytes = field(repr=False)
    clock: Callable[[], datetime] = now
    learn: Callable[[Iterable[str]], None] = _forget
    _groups: Groups = field(default_factory=Groups)
    _pace: Pace = field(default_factory=Pace)
    _roots: Cache[tuple[_Root | str, ...]] = field(default_factory=lambda: Cache(FORMS, FORMS_TEXT))

    async def answer(self, asked: Question, viewer: Viewer, writer: Writer, turns: Turns) -> Answer:
        """Run a mutation. A field that fails is null, with an error; the fields before it are stored."""
        try:
            if viewer.actor is None:
                raise Forbidden("Only who has a token or a key may write. Send `Authorization: Bearer <token>`.")
            form = self._form_of_few(asked)
            make = partial(self._fields, asked, viewer, form)
            # What was run before, with few variables, is ready in less time than a thread would take.
            is_known = form is not None and self._is_known(form, viewer)
            variables, fields = make() if is_known else await turns.prepare(make)
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
                async with turns.to_write(small=each.write is not None and each.write.is_small):
                    data[each.key] = await self._run(each, variables, viewer, writer)
            except QuestionError as error:
                error.path = (each.key, *error.path)
                errors.append(error)
                data[each.key] = None
        return Answer(data, tuple(errors))

    def _is_known(self, form: "_Form", viewer: Viewer) -> bool:
        """Whether the fields of a form are kept, and all its questions compiled."""
        roots = self._roots.get(form.key)
        return roots is not None and all(
            isinstance(each, str) or each.payload.is_compiled(form.variables, viewer.rights) for each in roots
        )

    def _form_of_few(self, asked: Question) -> "_Form | None":
        """Return the form of a document that was read before and has few variables."""
        ready = self.engine.read_before(asked) if few(asked.variables) else None
        return None if ready is None else self._form(ready, asked)

    def _form(self, ready: Ready, asked: Question) -> "_Form":
        compiler = self.engine.compiler
        variables = coerce(compiler.schema, ready.operation, asked.variables, compiler.limits.document)
        return _Form(ready, variables, (asked.text, asked.operation_name, ready.structure.switched(variables)))

    def _fields(
        self, asked: Question, viewer: Viewer, form: "_Form | None"
    ) -> tuple[Mapping[str, Any], list["_Field | str"]]:
        """Read a document, unless it has a form, and make its fields ready. Raise QuestionError, or QuestionRefused."""
        compiler = self.engine.compiler
        form = form or self._form(self.engine.ready(asked), asked)
        ready, variables = form.ready, form.variables
        context = Context(ready.document, compiler.schema, variables, Budget(compiler.limits.document.fields))
        roots = self._roots.get(form.key) or self._roots_of(ready, context)
        fields = [each if isinstance(each, str) else self._field(ready, context, each, viewer) for each in roots]
        self._roots.keep(form.key, roots, len(asked.text))
        return variables, fields

    def _roots_of(self, ready: Ready, context: Context) -> tuple[_Root | str, ...]:
        """Return the fields of the root; of `__typename` the response key alone."""
        root = context.schema.mutation_type
        assert root is not None
        roots: list[_Root | str] = []
        for key, nodes in collect(context, root, [ready.operation.selection_set]).items():
            name = nodes[0].name.value
            if name == "__typename":
                roots.append(key)
            else:
                selection = defined(context, root.fields[name], key, nodes)
                payload = self._payload(ready, context, selection, nodes)
                roots.append(_Root(key, root.fields[name], nodes[0], payload))
        return tuple(roots)

    def _field(self, ready: Ready, context: Context, root: _Root, viewer: Viewer) -> _Field:
        read, name, payload = arguments(context, root.definition, root.node), root.node.name.value, root.payload
        values = {argument: given(each, context.variables) for argument, each in read.items()}
        values = values.get("input", values)
        write = self._write(name, values)
        # A decision is applied once, also if its first try is stored without acknowledgement.
        id_ = values.get("requestId")
        id_ = secrets.token_urlsafe() if id_ is None and not write else id_
        body = () if id_ is None else (ready.canonical, root.key, {**values, "requestId": None})
        repeated = request(str(viewer.actor), id_, *body)
        if write:
            payload.check(self.engine, context.variables, write.count, viewer.rights)
        return _Field(root.key, task(name, values, write, payload), write, repeated)

    def _write(self, name: str, values: Mapping[str, Any]) -> Write | None:
        if name in DECISIONS:
            return None
        today = self.clock().date().isoformat()
        write = write_of(name, values["rows"], self.engine.compiler.model, today)
        # A draft tries its rows, and is stored beside the facts: no other mutation shares its transaction.
        return write if values.get("draft") is None else replace(write, marks=None)

    def _payload(self, ready: Ready, context: Context, selection: Selection, nodes: list[FieldNode]) -> Payload:
        """Return the payload that a field selects."""
        of = written_type(selection.name, self.engine.compiler.model)
        type_ = _object(context, selection.type)
        collected = collect(context, type_, [node.selection_set for node in nodes if node.selection_set])
        plain, facts, nested = dict[str, str](), list[Facts](), list[Selection]()
        for key, each in collected.items():
            name = each[0].name.value
            if name in ("nodes", "starts", "ends"):
                facts.append(Facts(key, name, question(ready, each, of, self.engine)))
            elif name in ("problems", "draft", "match"):
                nested.append(defined(context, type_.fields[name], key, each))
            else:
                plain[key] = name
        return Payload(type_.name, plain, tuple(facts), tuple(nested), tuple(collected))

    async def _run(self, each: _Field, variables: Mapping[str, Any], viewer: Viewer, writer: Writer) -> dict[str, Any]:
        """Do what a field asks for. A try after one that was stored without acknowledgement finds its facts."""
        seed, written = secrets.token_bytes(32), set[str]()

        async def work(unit: Unit, began: Began) -> dict[str, Any]:
            stamp = Stamp(self.secret, began.now, str(viewer.actor))
            by = Writing(viewer.rights, viewer.edits.may_write, stamp, seed, looked=began.looked)
            scene = Scene(self.engine, variables, self._desk(viewer, stamp.now), by)
            answer, audiences = await each.task.do(unit, scene)
            if each.request:
                await each.request.keep(unit, answer, stamp.now)
            written.update(audiences)
            return answer

        async with failures():
            try:
                answer = await self._groups.run(writer, self.clock, Job(each.write, each.request, viewer.rights, work))
            except Refused as refused:
                return each.task.payload.refused(refused.problems, refused.draft)
            except Tried as tried:
                return tried.answer
        self.learn(audience for audience in written if ":" in audience)
        return answer

    def _desk(self, viewer: Viewer, now: datetime) -> Desk:
        return Desk(self.engine.compiler.model, self.secret, viewer, now)

    async def drafts(self, asked: Question, viewer: Viewer, writer: Writer, turns: Turns) -> Answer:
        """Answer a question for drafts, or for names that wait."""
        try:
            context, fields = await turns.prepare(partial(drafts_asked, self.engine, asked, viewer))
            async with turns.at_database(self._pace), failures():
                with self._pace.measured():
                    data = await read_drafts(context, fields, self._desk(viewer, self.clock()), writer)
        except QuestionRefused as refused:
            return Answer(None, tuple(refused.errors[: self.engine.compiler.limits.document.errors]), ran=False)
        except QuestionError as error:
            return Answer(None, (error,), ran=False)
        return Answer(data)


def _object(context: Context, name: str) -> GraphQLObjectType:
    """Return an object type of the schema; raise TypeError if it is none."""
    type_ = context.schema.type_map[name]
    if not isinstance(type_, GraphQLObjectType):
        raise TypeError(f"{name} is no object type")
    return type_
