"""Warming of caches after a start. In: the trusted documents and the viewers of a server. Out: cached plans, ours and Neo4j's.

Documents are asked one after the other, first those that the server's own pages ask when they are opened. They are run,
because EXPLAIN fills only a part of Neo4j's caches.
"""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import OperationDefinitionNode, OperationType, get_introspection_query, parse

from app.start.trusted import Trusted, TrustedDocument
from app.viewers.tokens import ANONYMOUS, Viewers
from graph.access.rights import Rights
from graph.bolt.read import Reader
from graph.question.engine import Answer, Engine, Question
from graph.question.networks import Asking, Measured, Networks
from graph.question.turns import Turns

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds before the first question, so that warming does not slow the start."""


STEP, LONGEST = 0.02, 0.5
"""Seconds between looks whether clients ask, and the longest time that one document waits for them."""
PAGES_SECONDS = 60.0
"""Longest time for the documents of the pages; then those of clients are warmed."""
Busy = Callable[[], bool]


@dataclass(frozen=True)
class Turn:
    """A turn to warm caches: of several processes on one database, the first makes it plan, and the others find the plans.

    `wait` returns when it is the turn; `done` is called at its end.
    """

    wait: Callable[[], Awaitable[object]]
    done: Callable[[], None]


def never() -> bool:
    """Say that nobody asks."""
    return False


class Unmeasured:
    """Measures nothing, and says so to nobody."""

    async def measured(self, asking: Asking) -> Measured:
        """Return nothing for each field."""
        return Measured({each.key: None for each in asking.selections})


@dataclass(frozen=True)
class Warming:
    """What is warmed, with the turns of its questions, and whether clients ask at the moment.

    Without `networks`, what reads and measures a network is not warmed, but what else a document asks is.
    """

    engine: Engine
    reader: Reader
    turns: Turns | None = None
    busy: Busy = never
    networks: Networks | None = None

    async def ask(self, question: Question, rights: Rights, networks: Networks | None = None) -> Answer:
        """Ask a question after those of clients that are under way."""
        await _let_others_go_first(self.busy)
        return await self.engine.ask(question, rights, self.reader, self.turns, networks)


async def warm_in(turn: Turn | None, warming: Warming, viewers: Viewers, trusted: Trusted) -> None:
    """Warm in a turn, if there are turns."""
    if turn is None:
        await warm(warming, viewers, trusted)
        return
    await turn.wait()
    try:
        await warm(warming, viewers, trusted)
    finally:
        turn.done()


async def warm(warming: Warming, viewers: Viewers, trusted: Trusted) -> None:
    """Ask every trusted document once for each shape of rights; log errors and go on. Questions of clients go first."""
    await asyncio.sleep(PAUSE)
    await warm_pages(warming, viewers, trusted)
    await warm_introspection(warming)
    for document in trusted.documents:
        for rights in shapes(viewers):
            await _warm(warming, document, document.head.variables, rights)
    # What is kept now lives long. Each look of the garbage collector at it would keep every question waiting; so would a
    # last look before this.
    gc.freeze()


async def warm_pages(warming: Warming, viewers: Viewers, trusted: Trusted) -> None:
    """Ask what the pages of the server ask when they are opened, for a bounded time."""
    networks = warming.networks or Unmeasured()
    loop = asyncio.get_running_loop()
    until = loop.time() + PAGES_SECONDS
    for document in trusted.pages:
        for rights in shapes(viewers):
            if document.head.first is not None and loop.time() < until:
                await _warm(warming, document, document.head.first, rights, networks)


async def _let_others_go_first(busy: Busy) -> None:
    """Wait while questions of clients are under way: the database plans a new statement on a core that they need."""
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    while busy() and loop.time() < until:  # noqa: ASYNC110  # nobody tells when the last question is answered
        await asyncio.sleep(STEP)


async def warm_introspection(warming: Warming) -> None:
    """Answer what common tools ask about the schema, if the engine answers that; an editor asks it as soon as it opens."""
    if warming.engine.compiler.limits.document.introspection:
        for text in introspections():
            await warming.ask(Question(text), ANONYMOUS)


def introspections() -> list[str]:
    """Return the texts of common tools: those of graphql-js from version 15 on, whose options and details differ."""
    now, all_of_it = get_introspection_query(), {"specified_by_url": True, "directive_is_repeatable": True}
    before = get_introspection_query(type_depth=7).replace("name kind }", "name }")
    inputs = {"schema_description": True, "input_value_deprecation": True}
    return [
        now,
        before,
        get_introspection_query(**inputs),
        get_introspection_query(**all_of_it, **inputs, one_of=True),
        get_introspection_query(descriptions=False),
    ]


def shapes(viewers: Viewers) -> list[Rights]:
    """Return one example for each shape of rights of a server's viewers: statements differ by shape only."""
    has_others = viewers.token is not None or viewers.keys is not None
    known = [ANONYMOUS, viewers.steward()] if has_others else [ANONYMOUS]
    return list({rights.by_audience: rights for rights in known}.values())


def operations(text: str) -> list[str | None]:
    """Return the names of the queries of a document; None is one without a name. Mutations and subscriptions are not warmed."""
    definitions = [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
    queries = [each for each in definitions if each.operation is OperationType.QUERY]
    return [each.name.value if each.name else None for each in queries]


async def _warm(
    warming: Warming,
    document: TrustedDocument,
    variables: Mapping[str, Any],
    rights: Rights,
    networks: Networks | None = None,
) -> None:
    for name in operations(document.text):
        answer = await warming.ask(Question(document.text, variables, name), rights, networks)
        for error in answer.errors:
            about = {"document": document.id, "operation": name, "code": error.code, "reason": error.message}
            log.warning("a trusted document could not be warmed", extra=about)
