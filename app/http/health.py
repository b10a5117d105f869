"""Health checks. In: a request to /healthz or /readyz. Out: 200 if the server runs or can answer questions, else 503."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.http.answering import Answering
from graph.cypher.system import PING
from graph.errors import QuestionError

SECONDS = 3.0
"""Seconds within which the database must answer to be ready."""


def health_routes(answering: Answering) -> APIRouter:
    """Make the two routes."""
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", summary="Whether the server runs")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @routes.get("/readyz", summary="Whether the server can answer questions")
    async def readyz() -> JSONResponse:
        if answering.draining:
            return JSONResponse({"status": "stopping"}, status_code=503, headers={"retry-after": "1"})
        try:
            async with asyncio.timeout(SECONDS):
                await answering.reader.value(PING.text, {}, "readyz")
        except (QuestionError, TimeoutError):
            return JSONResponse({"status": "unavailable"}, status_code=503, headers={"retry-after": "1"})
        if answering.queues.is_overloaded:
            return JSONResponse({"status": "overloaded"}, status_code=503, headers={"retry-after": "1"})
        return JSONResponse({"status": "ok"})

    return routes
