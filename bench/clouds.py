"""Networks that are measured, beside other questions. In: a database with the generated graph. Out: the times of each.

A network of 150 people with all measures of the whole network, against the medium question; small questions meanwhile.
"""

import asyncio
import itertools
import json
import statistics
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import orjson
from graphql import GraphQLObjectType, get_named_type, is_object_type

from bench import rosters
from bench.compiler import RIGHTS, Run, Times, new_engine, settle, timed, values_of
from bench.http import WARM_SECONDS
from bench.questions import MEDIUM
from bench.serving import OURS, TOKEN, put_load, server
from graph.bolt.connect import Address, open_async_driver
from graph.bolt.read import Reader, Sessions
from graph.bolt.write import Writer
from graph.measures.clouds import Clouds
from graph.measures.workers import Workers
from graph.question.engine import Question
from schema.derived.graphql.build import core, schema
from schema.domain import measures
from schema.model import model

PEOPLE, ROUNDS, WARM, SECONDS = 150, 30, 5, 24.0
KEPT_ROUNDS, TURNS = 200, 8


@dataclass(frozen=True)
class Small:
    """The times of a network that is asked for again, of one after each write, and of the medium question, all in turn."""

    kept: Times
    after_write: Times
    medium: Times


@dataclass(frozen=True)
class Beside:
    """p50 of small questions alone, and while networks are measured; the number of networks that were."""

    alone: float
    meanwhile: float
    measured: int


@dataclass(frozen=True)
class Measured:
    """All times of networks of a city."""

    small: Small
    beside: Beside


def measure(address: Address) -> Measured:
    """Measure both, one after the other."""
    return Measured(asyncio.run(_small(address)), _beside(address))


def everything() -> str:
    """Write a selection of all measures of a whole network with all their fields."""
    type_ = schema_of("Cloud")
    return " ".join(
        each.name + ARGUMENTS.get(each.name, "") + _below(get_named_type(type_.fields[each.name].type))
        for each in measures.NETWORK
    )


ARGUMENTS = {"groupBetweenness": '(people: ["person/1", "person/120"])'}


def schema_of(name: str) -> GraphQLObjectType:
    """Return a type of the schema."""
    found = core(schema()).type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def _below(type_: object) -> str:
    if not is_object_type(type_):
        return ""
    assert isinstance(type_, GraphQLObjectType)
    fields = (name + _below(get_named_type(field.type)) for name, field in type_.fields.items())
    return " { " + " ".join(fields) + " }"


async def _small(address: Address) -> Small:
    engine, times = new_engine(), Small(*(Times([], []) for _ in range(3)))
    question = Question(f'{{ cloud(roster: "{rosters.SMALL}") {{ on {{ people ties }} {everything()} }} }}', {})
    workers = Workers(address, 60)
    async with Sessions(open_async_driver(address, 8), address.database) as sessions:
        writer = Writer(sessions.driver, address.database)
        await rosters.enrol(writer, rosters.SMALL, PEOPLE)
        reader, networks = Reader(sessions, 60), Clouds(model(), workers)

        async def cloud(_: dict[str, object]) -> bytes:
            answer = await engine.ask(question, RIGHTS, reader, networks=networks)
            assert not answer.errors, answer.errors
            return orjson.dumps(answer.as_dict())

        async def medium(values: dict[str, object]) -> bytes:
            return orjson.dumps((await engine.ask(Question(MEDIUM.graphql, values), RIGHTS, reader)).as_dict())

        settle()
        try:
            assert json.loads(await cloud({}))["data"]["cloud"]["on"]["people"] == PEOPLE
            await _rounds(writer, cloud, medium, times)
        finally:
            await workers.close()
    return times


async def _rounds(writer: Writer, cloud: Run, medium: Run, times: Small) -> None:
    spare = Times([], [])
    for at in range(WARM + ROUNDS):
        await rosters.write(writer)
        for way, taken in ((cloud, times.after_write), (cloud, times.kept), (medium, times.medium)):
            await timed(way, values_of(MEDIUM, at), taken if at >= WARM else spare)
    for at in range(KEPT_ROUNDS):
        for way, taken in ((cloud, times.kept), (medium, times.medium)):
            await timed(way, values_of(MEDIUM, at), taken)


def _beside(address: Address) -> Beside:
    """Ask small questions of a server, alone and while one client has networks measured without a pause, in turn."""
    alone, meanwhile, asked = list[float](), list[float](), itertools.count()
    with server(OURS, address) as (port, *_):
        put_load(port, WARM_SECONDS)
        _ask_cloud(port, next(asked))
        for _ in range(TURNS):
            alone += put_load(port, SECONDS / TURNS)["latencies"]
            with _measuring(port, asked):
                meanwhile += put_load(port, SECONDS / TURNS)["latencies"]
    return Beside(statistics.median(alone), statistics.median(meanwhile), next(asked) - 1)


@contextmanager
def _measuring(port: int, asked: "itertools.count[int]") -> Iterator[None]:
    over = threading.Event()

    def measure_on() -> None:
        while not over.is_set():
            _ask_cloud(port, next(asked))

    with ThreadPoolExecutor(1) as pool:
        measuring = pool.submit(measure_on)
        try:
            yield
        finally:
            over.set()
        measuring.result()


def _ask_cloud(port: int, at: int) -> None:
    """Ask for a network that was not measured before: one without some people."""
    left = json.dumps([f"person/{at % PEOPLE}", f"person/{at // PEOPLE}"])
    query = f'{{ cloud(roster: "{rosters.SMALL}") {{ whatIf(without: {left}) {{ {everything()} }} }} }}'
    headers = {"content-type": "application/json", "authorization": f"Bearer {TOKEN}"}
    body = json.dumps({"query": query}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", body, headers)
    with urllib.request.urlopen(request, timeout=60) as answered:
        answer = json.load(answered)
    assert "errors" not in answer, answer["errors"]
