"""Where questions of every transport are answered. In: a question and a viewer's rights. Out: an answer, ready to send.

The bounds that all transports share stand here: how many questions run at once, and how large an answer may be.
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
    """An answer with its data and errors as JSON, encoded once for every transport."""

    answer: Answer
    data: bytes = b"null"
    errors: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of what was answered."""
        return len(self.data) + len(self.errors)

    @property
    def body(self) -> bytes:
        """The whole answer as JSON."""
        parts = [b'"data":' + self.data] if self.answer.ran else []
        if self.errors:
            parts.append(b'"errors":' + self.errors)
        return b"{" + b",".join(parts) + b"}"


def refusal(error: QuestionError) -> Encoded:
    """Return the answer to a question that does not run."""
    return encoded(Answer(None, (error,), ran=False))


def encoded(answer: Answer) -> Encoded:
    """Encode an answer."""
    errors = orjson.dumps([error.as_dict() for error in answer.errors]) if answer.errors else b""
    return Encoded(answer, orjson.dumps(answer.data), errors)


@dataclass
class Answering:
    """Answers questions; `draining` says that the server is about to stop."""

    engine: Engine
    reader: Reader
    settings: Settings
    under_way: int = field(default=0, init=False)
    draining: bool = field(default=False, init=False)

    async def answer(self, question: Question, rights: Rights) -> Encoded:
        """Answer a question, unless too many are under way."""
        if self.under_way >= self.settings.max_in_flight:
            return refusal(Unavailable("Too many questions are under way. Try again in a moment."))
        self.under_way += 1
        try:
            return self._encoded(await self.engine.ask(question, rights, self.reader))
        finally:
            self.under_way -= 1

    def _encoded(self, answer: Answer) -> Encoded:
        most, made = self.settings.max_result, encoded(answer)
        if made.size > most:
            return refusal(PayloadTooLarge(f"The answer has {made.size:,} bytes; at most {most:,} are allowed."))
        return made
