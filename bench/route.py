"""A route written by hand: one Cypher statement for each question, with the access rule. In: a driver. Out: a FastAPI app."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from neo4j import READ_ACCESS, AsyncDriver, Query
from pydantic import BaseModel

from app.viewers.tokens import Viewers
from bench.questions import ALL

STATEMENTS = {measured.name: Query(measured.cypher, timeout=30) for measured in ALL}


class Asked(BaseModel):
    """The body of a request."""

    question: str
    variables: dict[str, Any]


def body(question: str, variables: dict[str, Any]) -> str:
    """Return the body of a request."""
    return json.dumps({"question": question, "variables": variables})


def app(driver: AsyncDriver, viewers: Viewers) -> FastAPI:
    """Make the app."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with driver:
            yield

    made = FastAPI(docs_url=None, redoc_url=None, lifespan=lifespan)

    @made.post("/graphql")
    async def answer(asked: Asked, request: Request) -> Response:
        rights = (await viewers.viewer(request.headers.get("authorization"))).rights
        parameters = {**asked.variables, "open": rights.open, "audiences": list(rights.audiences)}
        async with driver.session(database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1) as session:
            result = await session.run(STATEMENTS[asked.question], parameters)
            records = [record[0] async for record in result]
        return Response(orjson.dumps({"data": records}), media_type="application/json")

    return made
