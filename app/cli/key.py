"""`citygraph key`: issue, list and revoke API keys. In: an owner and a scope. Out: a key, on a terminal or in a file."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.administered import administered, chosen, day, listed, say, show
from app.cli.progress import console
from app.viewers.administration import DAYS, MOST_DAYS, Administration, Refused
from graph.access.api_keys import ACTOR, ApiKey, Scope
from graph.managed.files import why

app = typer.Typer(
    help="Issue, list and revoke API keys, with which programs ask and write.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

COLUMNS = ("key", "owner", "cities", "writes", "sees RED", "issued", "expires", "state", "note")


@app.command()
def issue(
    owner: Annotated[str, typer.Argument(help="Actor to whom the key belongs. It never opens more than his grants.")],
    *,
    city: Annotated[
        list[str] | None, typer.Option(help="Id of a city that the key is for; may be repeated. By default all.")
    ] = None,
    concept: Annotated[
        list[str] | None,
        typer.Option(help="A label or relationship type that the key may write; may be repeated. By default all."),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="The key writes nothing.")] = False,
    red: Annotated[bool, typer.Option("--red", help="The key sees RED facts too, if its owner is a steward.")] = False,
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="Days until the key expires.")] = DAYS,
    note: Annotated[str, typer.Option(help="What the key is for, shown in the list.")] = "",
    file: Annotated[
        Path | None, typer.Option(help="New file for the key, which only you can read. By default it is printed.")
    ] = None,
) -> None:
    """Issue a key. It is shown once: on a terminal, or in a file of mode 0600."""
    if file is None and not is_terminal():
        raise Refused("The output is not a terminal, so the key is not printed. Name a new file for it with --file.")
    scope = Scope(chosen(city), chosen(concept), read_only, red)
    key, text = administered(lambda administration: _issued(administration, owner, scope, (days, note, file)))
    say(f"Issued {key.actor} for {key.owner}, until {day(key.expires)}.")
    if file is None:
        say(f'Send this header. The key is shown this once:\n{{"Authorization": "Bearer {text}"}}')
    else:
        say(f"The key is in {file}, which only your user can read.")


@app.command("list")
def list_keys(
    owner: Annotated[str | None, typer.Option(help="List the keys of one owner only.")] = None,
) -> None:
    """List all keys, without their secrets."""
    keys = administered(lambda administration: administration.keys())
    now = datetime.now(UTC)
    show(COLUMNS, [_row(key, now) for key in keys if owner in (None, key.owner)], "There is no key.")


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="Id of a key, as `citygraph key list` shows it.")]) -> None:
    """Revoke a key. A running server refuses the next request with it."""
    revoked = administered(lambda administration: administration.revoke(key))
    say(f"Revoked: {revoked.actor} of {revoked.owner}.")


async def _issued(
    administration: Administration, owner: str, scope: Scope, how: tuple[int, str, Path | None]
) -> tuple[ApiKey, str]:
    """Issue a key; write its file before it holds, so that no key holds that nobody has."""
    days, note, file = how
    key, text = await administration.draft(owner, scope, days, note)
    if file is not None:
        write_secret(file, text, "key was issued")
    try:
        await administration.store(key)
    except BaseException:
        if file is not None:
            file.unlink(missing_ok=True)
        raise
    return key, text


def write_secret(file: Path, text: str, done: str) -> None:
    """Write a secret into a new file that nobody else can read. Raise Refused, which says that nothing was done, if it fails."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(text + "\n")
    except FileExistsError as error:
        raise Refused(f"{file} is there already. Name a new file. No {done}.") from error
    except OSError as error:
        raise Refused(f"{file} cannot be written: {why(error)}. No {done}.") from error


def is_terminal() -> bool:
    """Return whether a person reads the output."""
    return console.file.isatty()


def _row(key: ApiKey, now: datetime) -> tuple[str, ...]:
    scope = key.scope
    return (
        key.actor.removeprefix(ACTOR),
        key.owner,
        listed(scope.cities),
        "nothing" if scope.read_only else listed(scope.concepts),
        "yes" if scope.red else "no",
        day(key.issued),
        day(key.expires),
        key.ended(now) or "holds",
        key.note,
    )
