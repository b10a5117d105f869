"""A question that the command answers without a server. In: settings and a question. Out: the answer; it may be explained."""

import asyncio
from dataclasses import replace
from typing import Any

import orjson

from app.cli.remote import Request
from app.cli.starting import started
from app.http.api import Service
from app.start import boot
from app.start.settings import Settings
from app.viewers.stored import StoredKeys
from graph.access.rights import Rights
from graph.access.viewer import Viewer
from graph.bolt.connect import open_async_driver
from graph.bolt.profile import profile
from graph.bolt.read import Reader, Sessions
from graph.bolt.write import Writer
from graph.cypher.layout import laid_out
from graph.errors import AsksDrafts, QuestionError, QuestionRefused, Writes
from graph.measures.clouds import Clouds
from graph.measures.workers import Workers
from graph.mutations.run import Mutations
from graph.question.engine import Answer, Question
from graph.question.show import show
from graph.question.turns import AtOnce
from schema.model import model


def answered(settings: Settings, asked: Request, token: str | None, *, steward: bool, explain: bool) -> dict[str, Any]:
    """Answer a question for the viewer of a token, the steward, or everybody; start the managed Neo4j if it does not run."""
    question = Question(*asked)
    with boot.building(settings) as built, started(settings) as address:
        service = asyncio.run(boot.service(address, settings, built.result()))
        answer, viewer = asyncio.run(_answer(service, question, token, steward=steward))
        if explain and viewer is not None:
            _explain(service, question, viewer.rights)
    return answer.as_dict()


async def _answer(
    service: Service, question: Question, token: str | None, *, steward: bool
) -> tuple[Answer, Viewer | None]:
    """Return the answer and its viewer; a token that is unknown has none."""
    async with Sessions(open_async_driver(service.address, 2), service.address.database) as sessions:
        reader = Reader(sessions, service.settings.statement_seconds)
        viewers = replace(service.viewers, keys=StoredKeys(reader))
        try:
            header = None if token is None else f"Bearer {token}"
            viewer = viewers.local() if steward else await viewers.viewer(header)
        except QuestionError as refused:
            return Answer(None, (refused,), ran=False), None
        answer = await _asked(service, question, viewer.rights, reader)
        mutations = Mutations(service.engine, service.secret)
        writer = Writer(sessions.driver, service.address.database)
        if any(isinstance(error, Writes) for error in answer.errors):
            answer = await mutations.answer(question, viewer, writer, AtOnce())
        elif any(isinstance(error, AsksDrafts) for error in answer.errors):
            answer = await mutations.drafts(question, viewer, writer, AtOnce())
        return answer, viewer


async def _asked(service: Service, question: Question, rights: Rights, reader: Reader) -> Answer:
    """Ask a question; processes that measure networks for it end with it."""
    workers = Workers(service.address, service.settings.measure_seconds)
    try:
        return await service.engine.ask(question, rights, reader, networks=Clouds(model(), workers))
    finally:
        await workers.close()


def _explain(service: Service, question: Question, rights: Rights) -> None:
    """Print how a question is answered; print nothing if it is refused, because the answer says why."""
    try:
        ready = service.engine.ready(question)
        prepared = service.engine.bound(ready, question.variables, rights)
        compiled, bound = prepared.compiled, prepared.bound
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
