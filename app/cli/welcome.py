"""What `citygraph up` says once it serves. In: settings, a port and the local token. Out: lines on standard output.

The token is shown on a terminal only: a log that the output goes to may be read by others.
"""

from pathlib import Path

from app.cli.progress import console
from app.start.secrets import TOKEN_FILE, data_folder
from app.start.servers import url_of
from app.start.settings import Settings
from graph.bolt.connect import decodes_fast

FIRST_QUESTION = """{
  lessons(where: {from: {some: {name: {eq: "London"}}}}) {
    nodes { statement learnedBy { name country { name } } topics { nodes { name } } }
  }
}"""


def welcome(settings: Settings, port: int, token: str | None) -> None:
    """Say where the server answers, what to ask first, and how to be the steward."""
    base = url_of(settings.host, port)
    console.print(f"\n[bold]Open {base}/ in a browser.[/bold]", highlight=False, soft_wrap=True)
    if token is not None and _is_terminal():
        _say(f"As the steward of every city, who sees confidential facts too: {base}/#token={token}")
    if not decodes_fast():
        console.print("[yellow]Large answers will be slow: the package neo4j-rust-ext is not installed.[/yellow]")
    console.print(f"citygraph answers at {base}/graphql  (health: {base}/healthz, {base}/readyz)", soft_wrap=True)
    _say("A first question to paste:\n" + FIRST_QUESTION)
    if token is not None:
        _say("\nWith the local token you are the steward of every city and see confidential facts too.")
        _say(_header(token) if _is_terminal() else _kept_in(data_folder(settings) / TOKEN_FILE))
    _say("Ctrl-C stops the server and Neo4j.\n")


def _is_terminal() -> bool:
    """Return whether a person reads the output. Rich would say yes to a file too if FORCE_COLOR is set."""
    return console.file.isatty()


def _header(token: str) -> str:
    return f'Send this header:\n{{"Authorization": "Bearer {token}"}}'


def _kept_in(file: Path) -> str:
    return (
        f"It is in {file}, which only your user can read.\n"
        "It is not shown here, because the output is not a terminal; `citygraph token` prints it."
    )


def _say(text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
