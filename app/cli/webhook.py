"""`citygraph webhook`: add, list and remove webhooks, send events again. In: a URL, an owner. Out: stored webhooks."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from app.cli.administered import administered, day, listed, say, show
from app.cli.key import is_terminal, write_secret
from app.cli.settings import local_settings
from app.start.database import key_secret
from app.viewers.administration import Refused
from app.webhooks.administration import Asked, Hooks
from graph.webhooks.webhook import Letter, State, Webhook

app = typer.Typer(
    help="Add, list and remove webhooks, to which events of the log are sent.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

COLUMNS = ("webhook", "owner", "URL", "types", "near", "synthetic", "sees RED", "since", "state", "dead letters")
DEAD = ("webhook", "event", "fact", "given up", "attempts", "why")
Made = TypeVar("Made")
ID = "Id of a webhook, as `citygraph webhook list` shows it."


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Where events are posted, such as https://example.org/hook.")],
    *,
    owner: Annotated[
        str, typer.Option(help="Actor whose grants decide which events are sent. Without a grant: CLEAR.")
    ],
    type_: Annotated[
        list[str] | None,
        typer.Option("--type", help="A label or relationship type to be told of; may be repeated. By default all."),
    ] = None,
    near: Annotated[str | None, typer.Option(help="Id of a city: send only what happens at it and around it.")] = None,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="Send events of made-up facts too.")] = False,
    red: Annotated[
        bool, typer.Option("--red", help="Send events of RED facts too, if the owner is a steward.")
    ] = False,
    file: Annotated[
        Path | None, typer.Option(help="New file for the secret, which only you can read. By default it is printed.")
    ] = None,
) -> None:
    """Add a webhook, which gets the events from now on. Its signing secret is shown once."""
    _require_place(file)
    asked = Asked(url, owner, frozenset(type_ or ()), near, synthetic, red)
    made, secret = _done(lambda hooks: _added(hooks, asked, file))
    say(f"Added webhook {made.id} of {made.owner}.")
    _tell_secret(file, secret)


@app.command("list")
def list_webhooks(
    owner: Annotated[str | None, typer.Option(help="List the webhooks of one owner only.")] = None,
) -> None:
    """List all webhooks, without their secrets."""
    every = _done(lambda hooks: hooks.webhooks())
    rows = [_row(webhook, dead) for webhook, dead in every if owner in (None, webhook.owner)]
    show(COLUMNS, rows, "There is no webhook.")


@app.command()
def remove(webhook: Annotated[str, typer.Argument(help=ID)]) -> None:
    """Remove a webhook and its dead letters. A running server sends it nothing more."""
    removed = _done(lambda hooks: hooks.remove(webhook))
    say(f"Removed: webhook {removed.id} of {removed.owner}.")


@app.command()
def resume(webhook: Annotated[str, typer.Argument(help=ID)]) -> None:
    """Let a webhook go on where it stopped, at once: one that was disabled, or one that waits for its next try."""
    resumed = _done(lambda hooks: hooks.resume(webhook))
    say(f"Resumed: webhook {resumed.id} of {resumed.owner}.")


@app.command()
def replay(
    webhook: Annotated[str, typer.Argument(help=ID)],
    after: Annotated[
        str | None, typer.Option(help="Cursor of `citygraph log` after which to begin. By default the whole log.")
    ] = None,
) -> None:
    """Send events again, in the order of the log and with the ids that they had."""
    replayed = _done(lambda hooks: hooks.replay(webhook, after))
    say(
        f"Replaying: webhook {replayed.id} of {replayed.owner}, {'the whole log' if after is None else 'after the cursor'}."
    )


@app.command()
def rotate(
    webhook: Annotated[str, typer.Argument(help=ID)],
    *,
    hours: Annotated[
        int, typer.Option(min=0, max=720, help="Hours for which the former secret is valid too; 0 ends it at once.")
    ] = 24,
    file: Annotated[
        Path | None, typer.Option(help="New file for the secret, which only you can read. By default it is printed.")
    ] = None,
) -> None:
    """Give a webhook another signing secret. Until the former one ends, each post has a signature of both."""
    _require_place(file)
    told: list[str] = []

    def tell(secret: str) -> None:
        if file is not None:
            write_secret(file, secret, "secret was changed")
        told.append(secret)

    try:
        rotated = _done(lambda hooks: hooks.rotate(webhook, hours, tell))
    except Refused:
        if file is not None and told:
            file.unlink()
        raise
    say(f"Changed the secret of webhook {rotated.id} of {rotated.owner}. {_former(rotated)}")
    _tell_secret(file, told[0])


@app.command()
def dead(
    webhook: Annotated[
        str | None, typer.Argument(help="Id of a webhook. By default letters of all are listed.")
    ] = None,
    retry: Annotated[
        list[str] | None, typer.Option(help="Id of an event that is to be sent again; may be repeated.")
    ] = None,
    retry_all: Annotated[bool, typer.Option("--retry-all", help="Send all dead letters of the webhook again.")] = False,
) -> None:
    """List the dead letters: events that were given up after the last try. Or have them sent again."""
    if not (retry or retry_all):
        show(DEAD, [_letter(each) for each in _done(lambda hooks: hooks.letters(webhook))], "There is no dead letter.")
        return
    if webhook is None:
        raise Refused("Name the webhook whose dead letters are to be sent again.")
    marked = _done(lambda hooks: hooks.retry(webhook, None if retry_all else retry))
    say(f"To be sent again: {len(marked)} of webhook {webhook}. A running server does it.")


def _require_place(file: Path | None) -> None:
    """Refuse to make a secret that nobody would see."""
    if file is None and not is_terminal():
        raise Refused("The output is not a terminal, so the secret is not printed. Name a new file for it with --file.")


def _tell_secret(file: Path | None, secret: str) -> None:
    if file is None:
        say(f"The receiver verifies with this secret. It is shown this once:\n{secret}")
    else:
        say(f"The secret is in {file}, which only your user can read.")


def _former(webhook: Webhook) -> str:
    """Say until when the former secret is valid."""
    if webhook.expires is None:
        return "The former one is not valid any more."
    until = datetime.fromtimestamp(webhook.expires, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return f"The former one is valid until {until}."


def _done(work: Callable[[Hooks], Awaitable[Made]]) -> Made:
    settings = local_settings()
    return administered(lambda of: work(Hooks(of, key_secret(settings), settings.webhook_private)))


async def _added(hooks: Hooks, asked: Asked, file: Path | None) -> tuple[Webhook, str]:
    """Add a webhook; without a file for its secret it is removed again."""
    made, secret = await hooks.add(asked)
    if file is not None:
        try:
            write_secret(file, secret, "webhook was added")
        except BaseException:
            await hooks.remove(made.id)
            raise
    return made, secret


def _row(webhook: Webhook, dead: int) -> tuple[str, ...]:
    state = webhook.state.name.lower()
    if webhook.attempts:
        state = f"failed {webhook.attempts} times"
    if webhook.why and (webhook.attempts or webhook.state is State.DISABLED):
        state += f": {webhook.why}"
    if len(webhook.salts(datetime.now(UTC).timestamp())) > 1:
        state += ", two secrets"
    return (
        webhook.id,
        webhook.owner,
        webhook.url,
        listed(webhook.types or None),
        webhook.near or "",
        "yes" if webhook.synthetic else "no",
        "yes" if webhook.red else "no",
        day(webhook.since),
        state,
        str(dead),
    )


def _letter(letter: Letter) -> tuple[str, ...]:
    at = letter.at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return (letter.webhook, letter.message, letter.fact, at, str(letter.attempts), letter.why)
