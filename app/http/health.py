"""Health checks. In: a request to /healthz or /readyz. Out: 200 if the server runs or can answer questions, else 503."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.http.answering import Answering
from graph.bolt.read import Reader
from graph.cypher.system import PING
from graph.errors import QuestionError

SECONDS = 3.0
"""Seconds within which the database must answer to be ready."""


@dataclass
class Pinged:
    """Asks the database for a sign of life. All who wait for one at the same time share it, so many take one connection."""

    reader: Reader
    _asking: asyncio.Task[Any] | None = field(default=None, init=False)

    async def value(self) -> None:
        """Wait for a sign of life; raise QuestionError if there is none."""
        if self._asking is None:
            self._asking = asyncio.create_task(self.reader.value(PING.text, {}, "readyz"))
            self._asking.add_done_callback(self._done)
        await asyncio.shield(self._asking)

    def _done(self, asked: asyncio.Task[Any]) -> None:
        self._asking = None
        if not asked.cancelled():
            # Asked for here, because all who waited may be gone.
            asked.exception()


def health_routes(answering: Answering) -> APIRouter:
    """Make the two routes."""
    routes, pinged = APIRouter(tags=["health"]), Pinged(answering.reader)

    @routes.get("/healthz", summary="Whether the server runs")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @routes.get("/readyz", summary="Whether the server can answer questions")
    async def readyz() -> JSONResponse:
        if answering.draining:
            return JSONResponse({"status": "stopping"}, status_code=503, headers={"retry-after": "1"})
        try:
            async with asyncio.timeout(SECONDS):
                await pinged.value()
        except (QuestionError, TimeoutError):
            return JSONResponse({"status": "unavailable"}, status_code=503, headers={"retry-after": "1"})
        if answering.queues.is_overloaded:
            return JSONResponse({"status": "overloaded"}, status_code=503, headers={"retry-after": "1"})
        return JSONResponse({"status": "ok"})

    return routes
