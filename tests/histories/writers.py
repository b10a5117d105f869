"""One writer. In: his steps, the servers, his key. Out: his writes with all attempts; each is repeated until it is answered."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import httpx

from tests.histories.history import Answer, Attempt, Write
from tests.histories.kinds import KINDS, Known, Request, Step, answered
from tests.histories.plan import PATIENCE
from tests.histories.processes import App

AGAIN = frozenset({"UNAVAILABLE", "TIMEOUT"})
"""Codes of errors after which a writer repeats his request."""
PAUSE = 0.2
ECHO = 0.25
"""Share of the stored writes that are repeated once more, later."""


class Odd(AssertionError):
    """An error that no writer of a right request should get."""


@dataclass
class Author:
    """A writer with a key of his own. `ends` counts how attempts ended."""

    actor: str
    token: str = field(repr=False)
    apps: Sequence[App]
    known: Known = field(default_factory=Known)
    ends: Counter[str] = field(default_factory=Counter)

    async def run(self, steps: Sequence[Step]) -> list[Write]:
        """Do all steps, one after the other, and repeat some of those that were acknowledged."""
        done: list[tuple[Write, Request, Step]] = []
        async with httpx.AsyncClient(headers={"authorization": f"Bearer {self.token}"}) as client:
            for step in steps:
                request = KINDS[step.kind][1](step, Random(step.dice), self.known)
                write = Write(step.id, self.actor, step.kind, request.puts, request.guard, request.is_wrong)
                await self._until_answered(client, write, request, step)
                done.append((write, request, step))
                if step.echo < ECHO:
                    again = done[int(step.echo / ECHO * len(done))]
                    if again[0].answer and again[0].answer.stored:
                        await self._until_answered(client, *again)
        return [write for write, _, _ in done]

    async def _until_answered(self, client: httpx.AsyncClient, write: Write, request: Request, step: Step) -> None:
        until = len(write.answers) + 1
        while len(write.answers) < until:
            number = len(write.attempts)
            app = self.apps[(step.dice + number) % len(self.apps)]
            patience = PATIENCE if number else step.patience
            invoked = time.monotonic()
            answer = await self._attempt(client, app, request, patience)
            write.attempts.append(Attempt(invoked, time.monotonic(), answer))
            if answer is None:
                await asyncio.sleep(PAUSE)
            elif until == 1:
                # A repeated answer tells of the moment of the first.
                self.known.learn(answer, write.puts)

    async def _attempt(self, client: httpx.AsyncClient, app: App, request: Request, patience: float) -> Answer | None:
        body = {"query": request.text, "variables": request.variables}
        try:
            async with asyncio.timeout(patience):
                response = await client.post(f"{app.url}/graphql", json=body, timeout=patience)
        except (TimeoutError, httpx.TimeoutException):
            self.ends["given up"] += 1
            return None
        except httpx.HTTPError:
            self.ends["connection lost"] += 1
            return None
        return self._read(request, response)

    def _read(self, request: Request, response: httpx.Response) -> Answer | None:
        told = json.loads(response.text)
        if errors := told.get("errors"):
            codes = {error["extensions"]["code"] for error in errors}
            if not codes <= AGAIN:
                raise Odd(response.text)
            self.ends.update(codes)
            return None
        answer = answered(request, response.text, told["data"]["done"])
        self.ends["acknowledged" if answer.stored else "refused"] += 1
        return answer
