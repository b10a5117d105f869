"""`citygraph grant`: add, list and remove grants. In: an actor, a role, a city. Out: stored grants."""

import enum
from typing import Annotated

import typer

from app.cli.administered import administered, chosen, day, listed, say, show
from app.viewers.administration import Wanted
from graph.access.grants import Grant, Role

app = typer.Typer(
    help="Add, list and remove grants: who may see and write the facts of a city.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

COLUMNS = ("grant", "actor", "role", "city", "writes", "since", "by")


class RoleName(enum.Enum):
    """The roles as they are typed."""

    MEMBER = "member"
    EDITOR = "editor"
    STEWARD = "steward"


@app.command()
def add(
    actor: Annotated[str, typer.Argument(help="Who gets the grant: a name without blanks, such as anna or a-portal.")],
    role: Annotated[
        RoleName,
        typer.Argument(
            help="member: sees what is AMBER for the city. editor: also writes. steward: also sees what is RED for it."
        ),
    ],
    city: Annotated[str, typer.Argument(help="Id of a city, such as city/us-wa-seattle, or without `city/`.")],
    concept: Annotated[
        list[str] | None,
        typer.Option(help="A label or relationship type that may be written; may be repeated. By default all."),
    ] = None,
) -> None:
    """Add a grant. To add it again with other concepts replaces the concepts."""
    wanted = Wanted(actor, Role[role.name], city, chosen(concept))
    made = administered(lambda administration: administration.grant(wanted))
    what = _said(made.grant)
    if made.is_new:
        say(f"Added: {what}.")
    elif made.before == made.grant.concepts:
        say(f"Nothing to do: {what} since {day(made.grant.since)}.")
    else:
        say(f"Changed: {what}; it was {listed(made.before)} before.")


@app.command("list")
def list_grants(
    actor: Annotated[str | None, typer.Option(help="List the grants of one actor only.")] = None,
) -> None:
    """List all grants."""
    grants = administered(lambda administration: administration.grants())
    show(COLUMNS, [_row(grant) for grant in grants if actor in (None, grant.actor)], "There is no grant.")


@app.command()
def remove(grant: Annotated[str, typer.Argument(help="Id of a grant, as `citygraph grant list` shows it.")]) -> None:
    """Remove a grant. A running server answers the actor's next request without it."""
    removed = administered(lambda administration: administration.remove(grant))
    say(f"Removed: {_said(removed)}.")


def _said(grant: Grant) -> str:
    writes = f", writes {listed(grant.concepts)}" if _writes(grant) else ""
    return f"{grant.actor} is {grant.role.name.lower()} of {grant.city}{writes} (grant {grant.id})"


def _writes(grant: Grant) -> bool:
    return grant.role is not Role.MEMBER


def _row(grant: Grant) -> tuple[str, ...]:
    writes = listed(grant.concepts) if _writes(grant) else "nothing"
    return (grant.id, grant.actor, grant.role.name.lower(), grant.city, writes, day(grant.since), grant.by)
