"""The checker. In: a History. Out: the violations of what writers are promised. It knows no database and no server.

Each field of a fact is a register. The log must be one order of all writes that agrees with real time, and to repeat it in
memory must give every answer and the stored facts.
"""

import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.histories.history import Fields, History, Transaction, Write


class Broken(enum.Enum):
    """The promise that is not kept."""

    LOST = "an acknowledged write is lost"
    TWICE = "something is stored twice"
    GAP = "the log is not one sequence without gaps"
    ORDER = "the order of writes is not kept"
    HALF = "a write is stored in part"
    ANSWER = "a repeated request got another answer"
    GUARD = "a refused or guarded write changed what it must not, or was refused without reason"


@dataclass(frozen=True)
class Violation:
    """One promise that is not kept, and where."""

    broken: Broken
    says: str

    def __str__(self) -> str:
        return f"{self.broken.name}: {self.says}"


@dataclass
class Matched:
    """The writes with their transactions, in the order of the log, and what is left over."""

    pairs: list[tuple[Write, Transaction]] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)


@dataclass
class State:
    """The facts while the log is repeated: the fields of each, and the time of its last change."""

    fields: dict[str, dict[str, str | int | None]] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)


def check(history: History) -> list[Violation]:
    """Return all violations; none for a history that keeps every promise."""
    matched = match(history)
    return [
        *_gaps(history),
        *_times(history),
        *_answers(history),
        *matched.violations,
        *_real_time(matched),
        *_refused(history, matched),
        *_repeat(history, matched),
    ]


def match(history: History) -> Matched:
    """Find the transaction of each write: by the time in its answer, otherwise by its facts."""
    matched, names = Matched(), history.names()
    timed = {(write.writer, _time(write)): write for write in history.writes if _is_stored(write) and _time(write)}
    rest = dict(timed)
    unknown = [write for write in history.writes if write.answer is None or (_is_stored(write) and not _time(write))]
    for done in history.transactions():
        facts = frozenset(names.get(event.fact, event.fact) for event in done.events)
        write = rest.pop((done.actor, done.at), None)
        if write is None:
            write = next((each for each in unknown if each.writer == done.actor and facts <= each.names), None)
            if write is None:
                matched.violations.append(_nobodys(history, done, facts, again=(done.actor, done.at) in timed))
                continue
            unknown.remove(write)
        if facts != write.names or len(done.events) != len(facts):
            missing = sorted(write.names - facts) or sorted(facts - write.names)
            matched.violations.append(
                Violation(Broken.HALF, f"{write.id}: {len(facts)} of {len(write.names)} facts, not {missing[:3]}")
            )
        matched.pairs.append((write, done))
    matched.violations += [
        Violation(Broken.LOST, f"{write.id} was acknowledged, and the log has nothing of it")
        for write in (*rest.values(), *filter(_is_stored, unknown))
    ]
    return matched


def _is_stored(write: Write) -> bool:
    return write.answer is not None and write.answer.stored


def _time(write: Write) -> str:
    return write.answer.at if write.answer else ""


def _nobodys(history: History, done: Transaction, facts: frozenset[str], *, again: bool) -> Violation:
    """Say what a transaction is that no write accounts for."""
    says = f"events {done.seq} to {done.events[-1].seq} of {done.actor} change {sorted(facts)[:3]}"
    mine = [write for write in history.writes if write.writer == done.actor]
    if again:
        return Violation(Broken.GAP, f"{says}, apart from other events of the same transaction")
    if any(write.answer and write.answer.stored and facts <= write.names for write in mine):
        return Violation(Broken.TWICE, f"{says} again")
    if any(write.answer and not write.answer.stored and facts & write.names for write in mine):
        return Violation(Broken.GUARD, f"{says}, and the write was refused")
    return Violation(Broken.TWICE, f"{says}, and nobody wrote that")


def _gaps(history: History) -> Iterator[Violation]:
    expected = list(range(history.base + 1, history.head + 1))
    seen = [event.seq for event in history.events]
    if seen != expected:
        odd = sorted(set(seen) ^ set(expected)) or [seq for seq, times in Counter(seen).items() if times > 1] or seen
        yield Violation(Broken.GAP, f"{len(seen)} events for {len(expected)} numbers; see {odd[:5]}")


def _times(history: History) -> Iterator[Violation]:
    """The times of transactions grow along the log."""
    before = ""
    for done in history.transactions():
        if done.at <= before:
            yield Violation(Broken.ORDER, f"event {done.seq} is of {done.at}, and the one before it of {before}")
        before = done.at


def _answers(history: History) -> Iterator[Violation]:
    """Every answer after the first stored one is the same."""
    for write in history.writes:
        texts = [each.answer.text for each in write.answers if each.answer]
        first = next((each.answer for each in write.answers if each.answer and each.answer.stored), None)
        if first is not None and any(text != first.text for text in texts[texts.index(first.text) :]):
            yield Violation(Broken.ANSWER, f"{write.id} got {len(set(texts))} different answers")


def _real_time(matched: Matched) -> Iterator[Violation]:
    """A write that was acknowledged before another one began stands before it in the log."""
    latest: Write | None = None
    for write, done in matched.pairs:
        if latest is not None and write.acknowledged < latest.invoked:
            says = f"{write.id} was acknowledged before {latest.id} began, and follows it in the log at {done.seq}"
            yield Violation(Broken.ORDER, says)
        if latest is None or write.invoked > latest.invoked:
            latest = write


def _refused(history: History, matched: Matched) -> Iterator[Violation]:
    """A guard refuses only if somebody changed the fact after the time that the writer knew, and before the answer."""
    for write in history.writes:
        if write.is_wrong and _is_stored(write):
            yield Violation(Broken.GUARD, f"{write.id} is wrong, and was not refused")
        if write.guard is None or write.answer is None or write.answer.stored:
            continue
        later = [each for each, done in matched.pairs if write.guard.fact in each.names and done.at > write.guard.at]
        if not any(each.invoked < write.acknowledged for each in later):
            yield Violation(Broken.GUARD, f"{write.id} was refused, and nobody had changed {write.guard.fact}")


def _repeat(history: History, matched: Matched) -> Iterator[Violation]:
    """Repeat the log in memory, and compare each answer, and the stored facts at the end."""
    state, names = State(), history.names()
    for write, done in matched.pairs:
        guard = write.guard
        if guard is not None and state.updated.get(guard.fact) != guard.at:
            yield Violation(Broken.GUARD, f"{write.id} knew {guard.fact} of {guard.at}, and it was changed since")
        dids = {names.get(event.fact, event.fact): event for event in done.events}
        for put in write.puts:
            event = dids.get(put.fact)
            if event is None:
                continue
            expected = "DELETED" if put.fields is None else "CHANGED" if put.fact in state.fields else "CREATED"
            if event.did != expected:
                yield Violation(Broken.ORDER, f"event {event.seq} says that {put.fact} is {event.did}, not {expected}")
            _apply(state, put.fact, put.fields, done.at)
        yield from _told(write, state)
    yield from _left(history, state)


def _apply(state: State, fact: str, fields: Fields | None, at: str) -> None:
    if fields is None:
        state.fields.pop(fact, None)
        state.updated.pop(fact, None)
    else:
        state.fields[fact] = {**state.fields.get(fact, {}), **fields}
        state.updated[fact] = at


def _told(write: Write, state: State) -> Iterator[Violation]:
    """The answer shows the facts as they were right after the write."""
    for shown in write.answer.shown if write.answer else ():
        known = state.fields.get(shown.fact, {})
        wrong = [name for name, value in shown.fields.items() if known.get(name) != value]
        if wrong or shown.updated != state.updated.get(shown.fact):
            yield Violation(
                Broken.ORDER, f"{write.id} was told {wrong or 'a time'} of {shown.fact} from another moment"
            )


def _left(history: History, state: State) -> Iterator[Violation]:
    """What is stored is what the log gives."""
    for name, times in Counter(shown.fact for shown in history.stored).items():
        if times > 1:
            yield Violation(Broken.TWICE, f"{times} facts are {name}")
    stored = {shown.fact: shown for shown in history.stored}
    for name in sorted(state.fields.keys() - stored.keys()):
        yield Violation(Broken.LOST, f"{name} is not stored")
    for name in sorted(stored.keys() - state.fields.keys()):
        yield Violation(Broken.TWICE, f"{name} is stored, and the log has nothing of it")
    for name in sorted(stored.keys() & state.fields.keys()):
        wrong = [key for key, value in state.fields[name].items() if stored[name].fields.get(key) != value]
        if wrong or stored[name].updated != state.updated[name]:
            yield Violation(Broken.LOST, f"{name} has not the last {', '.join(wrong) or 'time'} of the log")
