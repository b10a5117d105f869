"""`citygraph ask`. In: a GraphQL document, by file or by id. Out: its answer; with --explain also plan and statement."""

import asyncio
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from app.cli.progress import fetching
from app.cli.settings import local_settings
from app.http.api import Service
from app.start import boot
from app.start.database import database
from app.start.settings import SettingsError
from app.start.trusted import document_files, document_text, head, json_object
from app.viewers.tokens import ANONYMOUS
from graph.access.rights import Rights
from graph.bolt.connect import open_async_driver
from graph.bolt.profile import profile
from graph.bolt.read import Reader, Sessions
from graph.cypher.layout import laid_out
from graph.errors import QuestionError, QuestionRefused
from graph.question.engine import Answer, Question
from graph.question.show import show


class As(Enum):
    """The viewer for whom a question is answered."""

    ANONYMOUS = "anonymous"
    STEWARD = "steward"


def ask(
    document: Annotated[str, typer.Argument(help="File with a GraphQL document, or id of a trusted document.")],
    viewer: Annotated[As, typer.Option("--as", help="Viewer for whom the question is answered.")] = As.ANONYMOUS,
    variables: Annotated[
        str | None, typer.Option(help="Variables, a JSON object; by default those in the document's header comment.")
    ] = None,
    operation: Annotated[str | None, typer.Option(help="Name of the operation, if there are several.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show plan, statement, parameters and profile.")] = False,
) -> None:
    """Answer the question in a file or in a trusted document."""
    settings = local_settings()
    path = _path(document, boot.trusted_folder(settings))
    text = document_text(path)
    question = Question(text, _of_head(path, text) if variables is None else _given(variables), operation)
    with boot.building(settings) as built, fetching() as fetched, database(settings, fetched) as address:
        service = asyncio.run(boot.service(address, settings, built.result()))
        rights = service.viewers.steward() if viewer is As.STEWARD else ANONYMOUS
        answer = asyncio.run(_answer(service, question, rights))
        if explain:
            _explain(service, question, rights)
    print(orjson.dumps(answer.as_dict(), option=orjson.OPT_INDENT_2).decode())
    if answer.errors:
        raise typer.Exit(1)


async def _answer(service: Service, question: Question, rights: Rights) -> Answer:
    async with Sessions(open_async_driver(service.address, 2), service.address.database) as sessions:
        reader = Reader(sessions, service.settings.statement_seconds)
        return await service.engine.ask(question, rights, reader)


def _explain(service: Service, question: Question, rights: Rights) -> None:
    """Print how a question is answered; print nothing if it is refused, because the answer says why."""
    try:
        ready = service.engine.ready(question)
        compiled, _, bound = service.engine.bound(ready, question.variables, rights)
    except (QuestionError, QuestionRefused):
        return
    print("# plan\n" + show(compiled.secured))
    if compiled.statement is None:
        print("# no statement: the question is answered from the schema alone")
        return
    print(f"# statement\n{laid_out(compiled.statement.text)}\n")
    print("# parameters\n" + orjson.dumps(bound.parameters, option=orjson.OPT_INDENT_2).decode() + "\n")
    print(
        "# profile\n"
        + profile(service.address, compiled.statement, bound.parameters, service.settings.statement_seconds)
    )
    print("# answer")


def _path(document: str, folder: Path) -> Path:
    """Return the path of a document: a file with this name if it exists, else the trusted document with this id."""
    known = document_files(folder)
    if Path(document).is_file():
        return Path(document)
    if document in known:
        return known[document]
    ids = ", ".join(known) or "none"
    raise SettingsError(
        f"{document} is neither a file nor the id of a trusted document. The ids in {folder} are: {ids}."
    )


def _of_head(path: Path, text: str) -> Mapping[str, Any]:
    try:
        return head(text).variables
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from error


def _given(variables: str) -> dict[str, Any]:
    try:
        return json_object(variables, "--variables")
    except ValueError as error:
        raise SettingsError(str(error)) from error
