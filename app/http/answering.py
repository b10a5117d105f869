"""Answers for every transport. In: a question, a viewer, a client. Out: an answer as JSON, ready to send.

What all transports share is here: the turns of clients, the size of an answer, and answers that are kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import orjson

from app.http.clients import Client
from app.http.turns import Queues
from app.start.settings import Settings
from app.start.trusted import Trusted
from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.answers.kept import Answers
from graph.bolt.read import Reader
from graph.bolt.write import Writer
from graph.errors import AsksDrafts, PayloadTooLarge, QuestionError, Writes
from graph.mutations.run import Mutations
from graph.question.decode.native import Written
from graph.question.engine import Answer, Engine, Question
from graph.question.few import few
from graph.question.networks import Networks


@dataclass(frozen=True)
class Encoded:
    """An answer with its data, its errors and its extensions as JSON; a packed answer has its data in itself."""

    answer: Answer
    written: bytes = b"null"
    errors: bytes = b""
    extensions: bytes = b""

    @property
    def size(self) -> int:
        """Return the number of bytes of data, errors and extensions."""
        own = len(self.written) + len(self.errors) + len(self.extensions)
        return self.answer.packed.size if self.answer.packed else own

    @property
    def body(self) -> bytes:
        """Return the whole answer as JSON."""
        if self.answer.packed:
            return self.answer.packed.body
        if not self.errors and not self.extensions:
            return b"".join((b'{"data":', self.written, b"}"))
        parts = [b'"data":' + self.written] if self.answer.ran else []
        if self.errors:
            parts.append(b'"errors":' + self.errors)
        if self.extensions:
            parts.append(b'"extensions":' + self.extensions)
        return b"{" + b",".join(parts) + b"}"


DONE = Answer({})


@dataclass(frozen=True)
class Whole(Encoded):
    """An answer that is kept: the JSON of a question that ran without errors, and nothing else of it."""

    json: bytes = b""
    counted: int = 0

    @property
    def size(self) -> int:
        """Return the number of bytes of data and extensions."""
        return self.counted

    @property
    def body(self) -> bytes:
        """Return the whole answer as JSON."""
        return self.json


def refusal(error: QuestionError) -> Encoded:
    """Return the answer to a question that is refused before it runs."""
    return encoded(Answer(None, (error,), ran=False))


def encoded(answer: Answer) -> Encoded:
    """Encode an answer."""
    errors = orjson.dumps([error.as_dict() for error in answer.errors]) if answer.errors else b""
    extensions = orjson.dumps(answer.extensions) if answer.extensions else b""
    data = answer.shown.json if isinstance(answer.shown, Written) else orjson.dumps(answer.shown)
    return Encoded(answer, data, errors, extensions)


@dataclass
class Answering:
    """Answers questions. `under_way` counts those that run or wait; `draining` says that the server is about to stop."""

    engine: Engine
    reader: Reader
    settings: Settings
    queues: Queues
    trusted: Trusted
    mutations: Mutations
    writer: Writer
    networks: Networks
    answers: Answers[Encoded] | None = None
    under_way: int = field(default=0, init=False)
    draining: bool = field(default=False, init=False)

    async def answer(self, question: Question, viewer: Viewer, client: Client, *, writes: bool = True) -> Encoded:
        """Answer a question when it is its turn; refuse it as Unavailable if its client has too many.

        A mutation is run if `writes`, which is false for requests that must not change anything.
        """
        return self.known(question, viewer, client) or await self.fresh(question, viewer, client, writes=writes)

    def known(self, question: Question, viewer: Viewer, client: Client) -> Encoded | None:
        """Return the answer if the same was asked before and would be answered with the same bytes now."""
        key = None if self.answers is None else key_of(question, viewer.rights)
        kept = None if key is None or self.answers is None else self.answers.get(key)
        if kept is not None:
            self.queues.budget.asks(client)
        return kept

    async def fresh(self, question: Question, viewer: Viewer, client: Client, *, writes: bool = True) -> Encoded:
        """Answer a question as `answer` does, whatever was asked before."""
        began = 0 if self.answers is None else self.answers.changes.moment
        turns = self.queues.turns(client, trusted=self.trusted.knows(question.text))
        try:
            with self.busy():
                answer = await self.engine.ask(question, viewer.rights, self.reader, turns, self.networks)
                if writes and any(isinstance(error, Writes) for error in answer.errors):
                    answer = await self.mutations.answer(question, viewer, self.writer, turns)
                elif any(isinstance(error, AsksDrafts) for error in answer.errors):
                    answer = await self.mutations.drafts(question, viewer, self.writer, turns)
                if answer.is_large:
                    made = await turns.prepare(partial(self._encoded, answer))
                else:
                    made = self._encoded(answer)
                return self._kept(question, viewer.rights, made, began)
        except QuestionError as refused:
            return refusal(refused)

    def _kept(self, question: Question, rights: Rights, made: Encoded, began: int) -> Encoded:
        """Keep an answer if it may be kept."""
        reads = made.answer.reads
        key = None if self.answers is None or reads is None or made.answer.errors else key_of(question, rights)
        if self.answers is None or key is None or reads is None:
            return made
        whole = Whole(DONE, json=made.body, counted=made.size)
        size = len(whole.json) + len(question.text) + len(key[2]) + 8 * len(rights.audiences)
        self.answers.keep(key, whole, size, reads, began)
        return whole

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count an operation as under way, so that a server that stops waits for it."""
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1

    def _encoded(self, answer: Answer) -> Encoded:
        most, result = self.settings.max_result, encoded(answer)
        if result.size > most:
            return refusal(PayloadTooLarge(f"The answer has {result.size:,} bytes; at most {most:,} are allowed."))
        return result


def key_of(question: Question, rights: Rights) -> tuple[str, str, bytes, Rights] | None:
    """Return all that an answer depends on besides the facts; None if there are too many variables to compare.

    Variables are compared as JSON: for Python 1, 1.0 and true are equal.
    """
    if not few(question.variables):
        return None
    try:
        return question.text, question.operation_name or "", orjson.dumps(question.variables), rights
    except orjson.JSONEncodeError:
        return None
