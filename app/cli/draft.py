"""`citygraph draft`: rows that wait for a decision. In: ids of drafts. Out: what they would change; that they are decided on."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from app.cli.administered import say, show
from app.cli.writing import PROBLEMS, By, RequestId, Server, Token, asked, send
from app.start.settings import SettingsError
from schema.language.writes import ACCEPT, DRAFT, DRAFTS, MOST_SHOWN, REFUSE

app = typer.Typer(
    help="List, show, accept and refuse drafts, which are rows that somebody reviews before they are written.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

COLUMNS = ("draft", "author", "field", "rows", "last changed", "problems")
DECIDED = ("draft", "author", "field", "rows", "decided", "by", "note")
HEAD = "id author updatedAt state field rows note decidedBy"
ID = "Id of a draft, as `citygraph draft list` shows it."
LISTED = f"""query ($state: DraftState, $city: ID, $first: Int) {{
  {DRAFTS}(state: $state, city: $city, first: $first) {{ nodes {{ {HEAD} {PROBLEMS} }} pageInfo {{ hasNextPage }} }} }}"""
ONE = f"""query ($draft: ID!) {{
  {DRAFT}(id: $draft) {{ {HEAD} {PROBLEMS} changes {{ action fact type start end fields {{ field before after }} }} }} }}"""
ACCEPTED = f"""mutation ($draft: ID!, $id: ID, $expected: Instant) {{
  {ACCEPT}(id: $draft, requestId: $id, expectedUpdatedAt: $expected) {{ created changed facts {PROBLEMS} }} }}"""
REFUSED = f"mutation ($draft: ID!, $note: String) {{ {REFUSE}(id: $draft, note: $note) {{ draft {{ id }} }} }}"


class State(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@app.command("list")
def list_drafts(
    state: Annotated[
        State, typer.Option(help="Drafts of this state; of decided ones, your own and those you decided on.")
    ] = State.OPEN,
    city: Annotated[str | None, typer.Option(help="Id of a city: only drafts that name it.")] = None,
    most: Annotated[int, typer.Option(min=1, max=MOST_SHOWN, help="Most drafts.")] = MOST_SHOWN,
    server: Server = None,
    token: Token = None,
) -> None:
    """List drafts, the oldest first."""
    page = asked(LISTED, {"state": state.name, "city": city, "first": most}, By(server, token))[DRAFTS]
    decided = state is not State.OPEN
    rows = [_decided(each) if decided else _open(each) for each in page["nodes"]]
    show(DECIDED if decided else COLUMNS, rows, f"There is no {state.value} draft.")
    if page["pageInfo"]["hasNextPage"]:
        say(f"There are more than {most:,}.")


@app.command("show")
def show_draft(draft: Annotated[str, typer.Argument(help=ID)], server: Server = None, token: Token = None) -> None:
    """Show what a draft would change, and what keeps it from being accepted."""
    one = asked(ONE, {"draft": draft}, By(server, token))[DRAFT]
    if one is None:
        raise SettingsError("There is no draft with this id that you may see.")
    say(f"{one['id']} of {one['author']}: {one['field']}, {one['state'].lower()}, last changed {one['updatedAt']}")
    if one["decidedBy"]:
        say(f"Decided by {one['decidedBy']}" + (f": {one['note']}" if one["note"] else "."))
    for change in one["changes"]:
        for line in _change(change):
            say(line)
    for problem in one["problems"]:
        say(f"not accepted as it is: {problem['path']}: {problem['message']}")


@app.command()
def accept(
    draft: Annotated[str, typer.Argument(help=ID)],
    *,
    unchanged_since: Annotated[
        str | None, typer.Option(help="Refuse if the draft was changed after this `updatedAt`.")
    ] = None,
    server: Server = None,
    token: Token = None,
    request_id: RequestId = None,
) -> None:
    """Write the rows of a draft: all of them, or none if one cannot be written."""
    done = send(ACCEPTED, {"draft": draft, "expected": unchanged_since}, By(server, token, request_id))[ACCEPT]
    say(f"Accepted: {draft}. {done['created']:,} created, {done['changed']:,} changed.")
    for fact in done["facts"]:
        say(f"  {fact}")


@app.command()
def refuse(
    draft: Annotated[str, typer.Argument(help=ID)],
    *,
    note: Annotated[str | None, typer.Option(help="Why, for its author.")] = None,
    server: Server = None,
    token: Token = None,
) -> None:
    """Close a draft without writing anything. Its author withdraws it so."""
    asked(REFUSED, {"draft": draft, "note": note}, By(server, token))
    say(f"Refused: {draft}.")


def _open(draft: Mapping[str, Any]) -> tuple[str, ...]:
    return (*_head(draft), str(len(draft["problems"])))


def _decided(draft: Mapping[str, Any]) -> tuple[str, ...]:
    return (*_head(draft), draft["decidedBy"] or "", draft["note"] or "")


def _head(draft: Mapping[str, Any]) -> tuple[str, ...]:
    return draft["id"], draft["author"], draft["field"], f"{draft['rows']:,}", draft["updatedAt"]


def _change(change: Mapping[str, Any]) -> Iterator[str]:
    """Say what would happen to a fact, a line for each field."""
    ends = f" ({change['start']} -> {change['end']})" if change["start"] else ""
    yield f"{change['action'].lower()} {change['type']} {change['fact']}{ends}"
    for field in change["fields"]:
        before = "" if field["before"] is None else f"{field['before']} -> "
        yield f"  {field['field']}: {before}{field['after'] or 'removed'}"
