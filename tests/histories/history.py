"""What happened in a round. In: nothing. Out: History: the writes with their attempts, the stored facts, and the event log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

Fields = Mapping[str, str | int | None]


@dataclass(frozen=True)
class Put:
    """What a write states of one fact, by its name in the history. Fields of None: the fact is deleted."""

    fact: str
    fields: Fields | None


@dataclass(frozen=True)
class Guard:
    """The time of the last change that a writer knows of a fact."""

    fact: str
    at: str


@dataclass(frozen=True)
class Shown:
    """A fact as an answer or the database shows it."""

    fact: str
    id: str
    fields: Fields
    updated: str


@dataclass(frozen=True)
class Answer:
    """What a writer was told: whether it is stored, the facts shown, the codes of problems, and the text as it was sent.

    `at` is the time of the write, if the answer shows it.
    """

    stored: bool
    shown: tuple[Shown, ...] = ()
    codes: tuple[str, ...] = ()
    text: str = ""
    at: str = ""


@dataclass(frozen=True)
class Attempt:
    """One request: when it was sent, when it ended, and its answer; None if the writer must repeat it."""

    invoked: float
    ended: float
    answer: Answer | None = None


@dataclass
class Write:
    """One write of one writer, with all its attempts under one id; a wrong one must be refused."""

    id: str
    writer: str
    kind: str
    puts: tuple[Put, ...]
    guard: Guard | None = None
    is_wrong: bool = False
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def answers(self) -> list[Attempt]:
        """The attempts that were answered."""
        return [each for each in self.attempts if each.answer is not None]

    @property
    def answer(self) -> Answer | None:
        """The first answer."""
        return self.answers[0].answer if self.answers else None

    @property
    def invoked(self) -> float:
        return self.attempts[0].invoked

    @property
    def acknowledged(self) -> float:
        """When the first answer came; never, if none did."""
        return self.answers[0].ended if self.answers else float("inf")

    @property
    def names(self) -> frozenset[str]:
        return frozenset(put.fact for put in self.puts)


@dataclass(frozen=True)
class Event:
    """One entry of the event log; `fact` is an id."""

    seq: int
    at: str
    actor: str
    did: str
    fact: str
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Transaction:
    """The events of one transaction: one writer and one time, in sequence."""

    at: str
    actor: str
    events: tuple[Event, ...]

    @property
    def seq(self) -> int:
        return self.events[0].seq


@dataclass(frozen=True)
class History:
    """A round. `base` and `head` are the numbers of the last events before and after it."""

    writes: tuple[Write, ...]
    stored: tuple[Shown, ...]
    events: tuple[Event, ...]
    base: int
    head: int

    def transactions(self) -> Iterator[Transaction]:
        """Yield the transactions in the order of the log."""
        for (at, actor), events in groupby(self.events, key=lambda event: (event.at, event.actor)):
            yield Transaction(at, actor, tuple(events))

    def names(self) -> dict[str, str]:
        """Return the names of facts by their ids, as answers and the database show them."""
        told = (shown for write in self.writes for each in write.answers for shown in _shown(each))
        return {shown.id: shown.fact for shown in (*told, *self.stored)}


def _shown(attempt: Attempt) -> tuple[Shown, ...]:
    return attempt.answer.shown if attempt.answer else ()
