"""Answers for every transport. In: a question and the rights of a viewer. Out: an answer as JSON, ready to send.

Two limits that all transports share are enforced here: questions that run at the same time, and the size of an answer.
"""

from dataclasses import dataclass, field

import orjson

from app.start.settings import Settings
from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.errors import PayloadTooLarge, QuestionError, Unavailable
from graph.question.engine import Answer, Engine, Question


@dataclass(frozen=True)
class Encoded:
    """An answer with its data, its errors and its extensions as JSON; a packed answer has its data in itself."""

    answer: Answer
    written: bytes = b"null"
    errors: bytes = b""
    extensions: bytes = b""

    @property
    def data(self) -> bytes:
        """Return the data as JSON."""
        return self.answer.packed.data if self.answer.packed else self.written

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
        parts = [b'"data":' + self.written] if self.answer.ran else []
        if self.errors:
            parts.append(b'"errors":' + self.errors)
        if self.extensions:
            parts.append(b'"extensions":' + self.extensions)
        return b"{" + b",".join(parts) + b"}"


def refusal(error: QuestionError) -> Encoded:
    """Return the answer to a question that is refused before it runs."""
    return encoded(Answer(None, (error,), ran=False))


def encoded(answer: Answer) -> Encoded:
    """Encode an answer."""
    errors = orjson.dumps([error.as_dict() for error in answer.errors]) if answer.errors else b""
    extensions = orjson.dumps(answer.extensions) if answer.extensions else b""
    return Encoded(answer, orjson.dumps(answer.data), errors, extensions)


@dataclass
class Answering:
    """Answers questions. `under_way` counts those that run; `draining` says that the server is about to stop."""

    engine: Engine
    reader: Reader
    settings: Settings
    under_way: int = field(default=0, init=False)
    draining: bool = field(default=False, init=False)

    async def answer(self, question: Question, rights: Rights) -> Encoded:
        """Answer a question; refuse it as Unavailable if too many run already."""
        if self.under_way >= self.settings.max_in_flight:
            return refusal(Unavailable("The server is answering as many questions as it may. Try again in a moment."))
        self.under_way += 1
        try:
            return self._encoded(await self.engine.ask(question, rights, self.reader))
        finally:
            self.under_way -= 1

    def _encoded(self, answer: Answer) -> Encoded:
        most, result = self.settings.max_result, encoded(answer)
        if result.size > most:
            return refusal(PayloadTooLarge(f"The answer has {result.size:,} bytes; at most {most:,} are allowed."))
        return result
