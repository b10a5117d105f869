"""`citygraph ask`. In: a GraphQL document. Out: its answer as tables or JSON; with --explain also plan and statement."""

import re
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from app.cli.remote import Request
    from app.start.settings import Settings

# Everything else is imported where it is used, because the help should not wait for it.

NEAR = 5
"""Most ids that are offered instead of a wrong one."""
MOST_NAME = 255
"""Most characters of a file name; a longer document is a text."""


class As(Enum):
    """The viewer for whom a question is answered."""

    ANONYMOUS = "anonymous"
    STEWARD = "steward"


def ask(
    document: Annotated[
        str,
        typer.Argument(
            help="A GraphQL document: its text, a file, `-` for standard input, or a trusted document's id."
        ),
    ],
    *,
    viewer: Annotated[As, typer.Option("--as", help="Viewer for whom the question is answered.")] = As.ANONYMOUS,
    variables: Annotated[
        str | None, typer.Option(help="Variables, a JSON object; by default those in the document's header comment.")
    ] = None,
    operation: Annotated[str | None, typer.Option(help="Name of the operation, if there are several.")] = None,
    table: Annotated[
        bool | None,
        typer.Option("--table/--json", help="How the answer is printed; by default tables on a terminal, else JSON."),
    ] = None,
    server: Annotated[
        str | None,
        typer.Option(help="Address of a server, such as http://127.0.0.1:8000; by default the one of the data folder."),
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="CITYGRAPH_TOKEN", help="Token or API key with which to ask, instead of --as.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show plan, statement, parameters and profile.")] = False,
) -> None:
    """Answer a question: a text, a file, standard input, or a trusted document by its id.

    A running server answers it: the one at --server, else the one that `citygraph up` or `citygraph serve` runs on this
    data folder. If there is none, or with --explain, the command answers it alone. Exit code 1: the answer has errors.
    """
    from app.cli.settings import local_settings

    where, text = _document(document, local_settings())
    asked = (text, _variables(variables, where, text), operation)
    answer = answered_by(asked, viewer, server, token, explain=explain)
    _show(answer, sys.stdout.isatty() and not explain if table is None else table)
    if answer.get("errors"):
        raise typer.Exit(1)


def answered_by(
    asked: "Request", viewer: As, server: str | None, token: str | None, *, explain: bool = False
) -> dict[str, Any]:
    """Return the answer of a running server, or without one of this command, for a viewer or for who has a token."""
    from app.cli.settings import local_settings

    settings = local_settings()
    answer = None
    if not explain or server is not None:
        from app.cli.remote import ask_running, own_token

        by = token or (own_token(settings, server) if viewer is As.STEWARD else None)
        answer = ask_running(settings, asked, server, by)
    if answer is None:
        from app.cli.alone import answered

        answer = answered(settings, asked, token, steward=token is None and viewer is As.STEWARD, explain=explain)
    return answer


def _show(answer: dict[str, Any], as_tables: bool) -> None:
    import orjson

    if not as_tables:
        print(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
        return
    from app.cli.tables import show

    show(answer)


def _document(given: str, settings: "Settings") -> tuple[str, str]:
    """Return where a document comes from and its text. A file wins over a text, and both over an id."""
    from app.start.settings import SettingsError
    from app.start.trusted import document_files, document_text, trusted_folder

    if given == "-":
        return "standard input", sys.stdin.read()
    if len(given) <= MOST_NAME and Path(given).is_file():
        return given, document_text(Path(given))
    if "{" in given:
        return "the text", given
    folder = trusted_folder(settings)
    known = document_files(folder)
    if given in known:
        return str(known[given]), document_text(known[given])
    near = _near(given, list(known))
    hint = f"Did you mean {near}?" if near else f"The ids in {folder} are: {', '.join(known) or 'none'}."
    raise SettingsError(f"{given} is neither a file nor the id of a trusted document, nor a text with braces. {hint}")


def _near(given: str, known: list[str]) -> str:
    """Return the ids that have all words of a wrong one, else those that are spelled almost like it."""
    words = re.split(r"[^a-z0-9]+", given.removesuffix(".graphql").lower())
    holding = [each for each in known if all(word in each.split("-") for word in words)]
    near = holding[:NEAR] or get_close_matches("-".join(words), known, NEAR, 0.6)
    return " or ".join([", ".join(near[:-1]), near[-1]] if len(near) > 1 else near)


def _variables(given: str | None, where: str, text: str) -> Mapping[str, Any]:
    """Return the given variables, else those of the document's header."""
    from app.start.settings import SettingsError
    from app.start.trusted import head, json_object

    try:
        return head(text).variables if given is None else json_object(given, "--variables")
    except ValueError as error:
        raise SettingsError(str(error) if given is not None else f"{where}: {error}") from error
