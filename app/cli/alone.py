"""A question that the command answers without a server. In: settings and a question. Out: the answer; it may be explained."""

import asyncio
from typing import Any

import orjson

from app.cli.progress import fetching
from app.cli.remote import Request
from app.http.api import Service
from app.start import boot
from app.start.database import database
from app.start.settings import Settings
from app.viewers.tokens import ANONYMOUS
from graph.access.rights import Rights
from graph.bolt.connect import open_async_driver
from graph.bolt.profile import profile
from graph.bolt.read import Reader, Sessions
from graph.cypher.layout import laid_out
from graph.errors import QuestionError, QuestionRefused
from graph.question.engine import Answer, Question
from graph.question.show import show


def answered(settings: Settings, asked: Request, *, steward: bool, explain: bool) -> dict[str, Any]:
    """Answer a question; start the managed Neo4j for it if it does not run."""
    question = Question(*asked)
    with boot.building(settings) as built, fetching() as fetched, database(settings, fetched) as address:
        service = asyncio.run(boot.service(address, settings, built.result()))
        rights = service.viewers.steward() if steward else ANONYMOUS
        answer = asyncio.run(_answer(service, question, rights))
        if explain:
            _explain(service, question, rights)
    return answer.as_dict()


async def _answer(service: Service, question: Question, rights: Rights) -> Answer:
    async with Sessions(open_async_driver(service.address, 2), service.address.database) as sessions:
        reader = Reader(sessions, service.settings.statement_seconds)
        return await service.engine.ask(question, rights, reader)


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
