"""`citygraph review`: names of feeds that no rule decides. In: a key, and the id of a fact or `none`. Out: stored decisions."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import orjson
import typer

from app.cli.administered import administered, say, show
from app.viewers.administration import OPERATOR, Administration, Refused
from graph.bolt.write import Unit
from graph.facts.write import now
from graph.matching import waiting
from graph.matching.waiting import DECIDED, NONE, WAITING, Listed, NotDecided, Waiting
from schema.model import model

app = typer.Typer(
    help="Decide which facts the names of feeds mean, where no rule decides. Without a command, list the names that wait.",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)

COLUMNS = ("key", "name", "why", "candidates", "feeds")
DECISIONS = ("key", "name", "means", "decided by", "on", "feeds")
SHOWN = 50
KEY = "Key of a name, as `citygraph review` shows it."
LATER, END = "", "q"
Made = TypeVar("Made")


@app.callback()
def review(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(help="Only names that this feed gives.")] = None,
    decided: Annotated[bool, typer.Option("--decided", help="List the decisions instead.")] = False,
    offered: Annotated[
        bool,
        typer.Option("--offered", help="Only names for which candidates were found. Others are mostly small towns."),
    ] = False,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="Most names.")] = SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
) -> None:
    """List the names that wait for a decision, the oldest first."""
    if context.invoked_subcommand is not None:
        return
    state = DECIDED if decided else WAITING
    every = _done(lambda unit: _listed(unit, feed=feed, state=state, most=most + 1, offered=offered))
    if as_json:
        for each in every[:most]:
            sys.stdout.write(orjson.dumps(shown(each)).decode() + "\n")
        return
    if decided:
        show(DECISIONS, [_decision(each) for each in every[:most]], "Nothing was decided.")
    else:
        show(COLUMNS, [_row(each) for each in every[:most]], "No name waits.")
    if len(every) > most:
        say(f"There are more than {most:,}. Narrow them with --feed or --offered, or show more with --most.")


@app.command()
def decide(
    key: Annotated[str, typer.Argument(help=KEY)],
    fact: Annotated[
        str, typer.Argument(help=f"Id of the fact that is meant, or `{NONE}`: what the feed says of it is left out.")
    ],
) -> None:
    """Decide which fact a name means. The next run of each feed uses it."""
    made = _done(lambda unit: _decided(unit, key, fact))
    say(f"Decided: {_name(made)} is {made.decision}." if fact != NONE else f"Decided: {_name(made)} is left out.")


@app.command()
def undo(key: Annotated[str, typer.Argument(help=KEY)]) -> None:
    """Take a decision back. The name waits again."""
    made = _done(lambda unit: _undone(unit, key))
    say(f"Waits again: {_name(made)}.")


@app.command()
def each(
    feed: Annotated[str | None, typer.Option(help="Only names that this feed gives.")] = None,
    offered: Annotated[bool, typer.Option("--offered", help="Only names for which candidates were found.")] = False,
) -> None:
    """Decide on one name after the other, on a terminal."""
    if not is_terminal():
        raise Refused("This needs a terminal. Elsewhere use `citygraph review --json` and `citygraph review decide`.")
    administered(lambda of: _each(of, feed, offered))


def is_terminal() -> bool:
    """Return whether a person reads and answers."""
    return sys.stdin.isatty() and sys.stdout.isatty()


async def _each(of: Administration, feed: str | None, offered: bool) -> None:
    every = await of.writer.unit(lambda unit: _listed(unit, feed=feed, offered=offered))
    if not every:
        say("No name waits.")
    for at, one in enumerate(every, 1):
        say(f"\n{at:,} of {len(every):,}: {_name(one)}\n{one.why}; asked by {', '.join(one.feeds)}")
        for number, candidate in enumerate(one.candidates, 1):
            say(f"  {number}  {candidate.id}  {candidate.name} ({candidate.why})")
        while True:
            # Nothing else runs in this loop.
            answer = input(  # noqa: ASYNC250
                f"Number, id, `{NONE}`, Enter for later, `{END}` to end: "
            ).strip()
            if answer in (LATER, END):
                break
            if await _answered(of, one, meant(answer, one)):
                break
        if answer == END:
            return


async def _answered(of: Administration, one: Waiting, fact: str) -> bool:
    """Store an answer; say why if it is not accepted."""
    try:
        await of.writer.unit(lambda unit: waiting.decide(unit, one, fact, OPERATOR, now()))
    except NotDecided as refused:
        say(str(refused))
        return False
    return True


def meant(answer: str, one: Waiting) -> str:
    """Return the id that an answer means: a number is that of a candidate."""
    if answer.isdecimal() and 1 <= int(answer) <= len(one.candidates):
        return one.candidates[int(answer) - 1].id
    return answer


def _done(work: Callable[[Unit], Awaitable[Made]]) -> Made:
    async def done(of: Administration) -> Made:
        try:
            return await of.writer.unit(work)
        except NotDecided as refused:
            near = f" Offered are {', '.join(refused.accepted)}." if refused.accepted else ""
            raise Refused(f"{refused}{near}") from refused

    return administered(done)


async def _listed(
    unit: Unit,
    *,
    feed: str | None,
    state: str = WAITING,
    most: int = 100_000,
    offered: bool = False,
) -> Sequence[Waiting]:
    return await waiting.listed(unit, Listed(model().matched(), feed, state, most=most, offered=offered))


async def _decided(unit: Unit, key: str, fact: str) -> Waiting:
    return await waiting.decide(unit, await _one(unit, key), fact, OPERATOR, now())


async def _undone(unit: Unit, key: str) -> Waiting:
    return await waiting.undo(unit, await _one(unit, key))


async def _one(unit: Unit, key: str) -> Waiting:
    one = await waiting.one(unit, key)
    if one is None:
        raise NotDecided(
            f"There is no name with the key {key}. `citygraph review` lists all.", field="key", code="NOT_FOUND"
        )
    return one


def shown(one: Waiting) -> dict[str, Any]:
    """Return a name as JSON."""
    named = one.named
    return {
        "key": one.key,
        "label": named.label,
        "name": named.name,
        "country": named.country,
        "city": named.city,
        "website": named.website,
        "at": named.at,
        "ids": dict(named.ids),
        "feeds": one.feeds,
        "why": one.why,
        "candidates": [{"fact": each.id, "name": each.name, "why": each.why} for each in one.candidates],
        "since": one.since,
        "state": one.state,
        "means": one.decision,
        "decidedBy": one.by,
        "decidedAt": one.decided,
    }


def _name(one: Waiting) -> str:
    """Write a name with what sources tell of it."""
    named = one.named
    told = [named.city, named.country, named.website, *(f"{prop} {value}" for prop, value in named.ids)]
    if named.at is not None:
        told.append(f"at {named.at[0]:.2f}, {named.at[1]:.2f}")
    return ", ".join([f"{named.label} {named.name!r}", *(each for each in told if each)])


def _row(one: Waiting) -> tuple[str, ...]:
    offered = "\n".join(f"{each.id}: {each.why}" for each in one.candidates)
    return one.key, _name(one), one.why, offered, ", ".join(one.feeds)


def _decision(one: Waiting) -> tuple[str, ...]:
    return one.key, _name(one), one.decision or "", one.by or "", (one.decided or "")[:10], ", ".join(one.feeds)
