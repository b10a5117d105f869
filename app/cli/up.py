"""`citygraph up` and `serve`. In: settings. Out: a server with its database; `up` also fills an empty one."""

import asyncio
from typing import Annotated
from urllib.parse import quote

import typer
from rich.markup import escape

from app.cli.progress import bar, console, fetching
from app.start import boot
from app.start.database import database
from app.start.serve import bound_socket, set_up_logs
from app.start.serve import serve as serve_on
from app.start.settings import Profile, Settings, SettingsError, read_settings
from graph.bolt.connect import Address, decodes_fast
from graph.load.run import FileReport

SHOWN = 20
FIRST_QUESTION = """{
  lessons(where: {from: {some: {name: {eq: "London"}}}}) {
    nodes { statement learnedBy { name country { name } } topics { nodes { name } } }
  }
}"""


def up(port: Annotated[int | None, typer.Option(help="Port to serve on; 8000 where absent.")] = None) -> None:
    """Start everything: Neo4j, constraints, seeds if the database is empty, and the server."""
    settings = local_settings(**({} if port is None else {"port": port}))
    set_up_logs(settings)
    with (
        bound_socket(settings) as on,
        boot.building(settings) as built,
        fetching() as fetched,
        database(settings, fetched) as address,
    ):
        console.print(f"Neo4j answers at {address.uri}")
        asyncio.run(_fill(address, settings))
        ready = asyncio.run(boot.service(address, settings, built.result()))
        _welcome(settings, on.getsockname()[1], ready.viewers.token)
        serve_on(ready, on)
    console.print("Stopped.")


def serve() -> None:
    """Serve a database that is prepared and filled; hardened unless CITYGRAPH_PROFILE says local."""
    settings = read_settings()
    set_up_logs(settings)
    with (
        bound_socket(settings) as on,
        boot.building(settings) as built,
        fetching() as fetched,
        database(settings, fetched) as address,
    ):
        asyncio.run(boot.prepare(address, settings))
        serve_on(asyncio.run(boot.service(address, settings, built.result())), on)


def token() -> None:
    """Print the token of the local steward."""
    kept = boot.local_token(local_settings())
    if kept is None:
        raise SettingsError("There is a local token in local mode only; CITYGRAPH_PROFILE says otherwise.")
    print(kept)


def local_settings(**given: object) -> Settings:
    """Read the settings for a command of the owner of a machine: local, unless the environment says otherwise."""
    import os

    profile = {} if os.environ.get("CITYGRAPH_PROFILE") else {"profile": Profile.LOCAL}
    return read_settings(**profile, **given)


async def _fill(address: Address, settings: Settings) -> None:
    """Make constraints and indexes, and load the seeds if they belong here."""
    await boot.prepare(address, settings)
    if await boot.wants_seeds(address):
        await _load_seeds(address, settings)


async def _load_seeds(address: Address, settings: Settings) -> None:
    """Load the files of the seeds that are missing, with a bar."""
    files = boot.seed_files()
    with bar("Loading seeds", len(files)) as advance:
        reports = await boot.load_files(address, settings, files, lambda report: advance(report.file))
    loaded = [report for report in reports if not report.unchanged]
    if loaded:
        console.print(f"Loaded {sum(report.diff.created for report in loaded):,} facts from {len(loaded)} files")
    _complain(reports)


def _complain(reports: list[FileReport]) -> None:
    for report in reports:
        problems = report.diff.problems
        for problem in problems[:SHOWN]:
            console.print(f"[yellow]not loaded[/yellow] {escape(str(problem))}", highlight=False, soft_wrap=True)
        if len(problems) > SHOWN:
            console.print(f"and {len(problems) - SHOWN:,} more in {report.file}; `citygraph load` lists them all")


def _welcome(settings: Settings, port: int, token: str | None) -> None:
    base = f"http://{settings.host}:{port}"
    if not decodes_fast():
        console.print("[yellow]The fast decoder neo4j-rust-ext is not there: large answers will be slow.[/yellow]")
    console.print(f"\n[bold]citygraph answers at {base}/graphql[/bold]  (health: {base}/healthz, {base}/readyz)")
    if settings.local:
        console.print(f"A first question, in a browser: {base}/graphql?q={quote(FIRST_QUESTION)}", soft_wrap=True)
    console.print("A first question to paste:\n" + FIRST_QUESTION, highlight=False, markup=False)
    if token is not None:
        console.print(
            "\nWith the local token you are steward of every seeded city and see confidential facts too. Header:"
        )
        console.print(f'{{"Authorization": "Bearer {token}"}}', highlight=False, markup=False, soft_wrap=True)
    console.print("Ctrl-C stops everything.\n")
