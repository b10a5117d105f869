"""Sections of the results. In: what was measured. Out: Markdown that says what is promised and whether it holds."""

import os
import statistics

from bench import (
    client,
    compiler,
    feeds,
    graphql_library,
    http,
    network,
    paging,
    scale,
    serving,
    size,
    starts,
    subscribers,
    writes,
)
from bench.promises import least, most, ms

HAND = {"small": 1.3, "medium": 1.0, "large": 1.0}
LOADERS = {"small": None, "medium": 5.0, "large": 5.0}
WRITES = (1.5, 1.3)
LIBRARY = 5.0
LAST, BESIDE = 1.0, 1.5
BULK, UNCHANGED = 0.8, 0.1
HTTP, SCALE, PAGING, FIRST, LATER, SERVE, RUNNING = 2.0, 1.2, 1.2, 5.0, 2.0, 2.5, 2.0


def _at(seconds: list[float], percent: int) -> str:
    """Return a percentile in milliseconds."""
    return ms(statistics.quantiles(seconds, n=100)[percent - 1])


def of_compiler(compared: list[compiler.Compared]) -> str:
    rows = "\n".join(
        f"| {of.name} | {most(of.compiled.p50 / of.by_hand.p50, HAND[of.name])} "
        f"| {of.compiled.at(0.99) / of.by_hand.at(0.99):.2f} | {of.compiled.cpu / of.by_hand.cpu:.2f} "
        f"| {ms(of.by_hand.p50)} | {ms(of.compiled.p50)} |"
        for of in compared
    )
    return f"""## Compiled questions against Cypher written by hand

Cypher by hand uses map projections and has the same access predicates. Both sides run in one process, through the same
driver in auto-commit, and end in JSON. Below 1 the compiled question is faster. CPU is the ratio of the Python process's
processor time.

| question | p50 ratio | promised | holds | p99 ratio | CPU | by hand p50, ms | compiled p50, ms |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}"""


def of_loaders(compared: list[compiler.Compared]) -> str:
    rows = "\n".join(
        f"| {of.name} | {least(of.loaders.p50 / of.compiled_again.p50, LOADERS[of.name])} "
        f"| {of.loaders.cpu / of.compiled_again.cpu:.2f} | {ms(of.loaders.p50)} "
        f"| {ms(of.compiled_again.p50)} | {len(of.loaders.wall)} |"
        for of in compared
    )
    return f"""## Compiled questions against DataLoaders

The other side is a Strawberry schema with resolvers and DataLoaders: one statement for all waiting keys, keyed by every
argument, with the same predicates and the same driver. It caches parsed and validated documents. Both run in one process.
The ratio says how many times faster the compiled question is, by p50.

| question | times faster | promised | holds | CPU | DataLoaders p50, ms | compiled p50, ms | rounds |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}"""


def of_http(rates: http.Rates) -> str:
    ours, loaders = statistics.median(rates.ours), statistics.median(rates.loaders)
    return f"""## Over HTTP

The small question over {serving.CONNECTIONS} open connections: our server against Strawberry's FastAPI router with the schema
of DataLoaders. Each server is a process of its own under uvicorn with uvloop and httptools. So is the client, which took
{rates.client * 100:.0f}% of a core. Median of {http.ROUNDS} rounds of {http.SECONDS:g} s, in turn.

| requests/s, times | promised | holds | ours, 1/s | Strawberry's router, 1/s |
| --- | --- | --- | --- | --- |
| {least(rates.ratio, HTTP)} | {ours:,.0f} | {loaders:,.0f} |

| one answer takes | p50, ms | p99, ms |
| --- | --- | --- |
| ours | {_at(rates.ours_took, 50)} | {_at(rates.ours_took, 99)} |
| Strawberry's router | {_at(rates.loaders_took, 50)} | {_at(rates.loaders_took, 99)} |

From the start of its process to the first answer our server takes {rates.ours_ready:.1f} s, that with DataLoaders
{rates.loaders_ready:.1f} s."""


def of_scale(scaled: scale.Scaled) -> str:
    people = network.MORE_CITIES * network.PER_CITY
    return f"""## Ten times the cities

The medium question on a second server with {network.MORE_CITIES:,} cities and {people:,} people: as many people in each
city, as many ties for each person. Both servers run at the same time with the same memory and are asked in turn. Four in
five ties stay in the city, because leaders know people of their own city. Both ways read the same facts on both graphs. In
a graph whose ties lead to anybody, so that the people of a page are spread over the whole store, ours took 1.3 to 1.6 times
as long.

| | p50 | promised | holds | {network.CITIES} cities p50, ms | {network.MORE_CITIES:,} cities p50, ms |
| --- | --- | --- | --- | --- | --- |
| compiled | {most(scaled.ratio, SCALE)} | {ms(scaled.normal.ours.p50)} | {ms(scaled.tenfold.ours.p50)} |
| by hand | {scaled.by_hand:.2f} | | | {ms(scaled.normal.by_hand.p50)} | {ms(scaled.tenfold.by_hand.p50)} |"""


def of_paging(paged: list[paging.Paged]) -> str:
    rows = "\n".join(
        f"| {of.order.name} | {most(of.ratio, PAGING)} | {of.first.p50 / paged[0].first.p50:.2f} "
        f"| {ms(of.first.p50)} | {ms(of.far.p50)} |"
        for of in paged
    )
    people = network.MORE_CITIES * network.PER_CITY
    return f"""## A page far down a list

Pages of {paging.PAGE} of {people:,} people, against the first page in the same order, in turn. A third of the people have
no date and come last in both directions; page 3,000 is among them. If page 1 costs much more than page 1 by name, every
page reads the whole list, and the ratio says little.

| order | p50 | promised | holds | page 1 against page 1 by name | page 1 p50, ms | far page p50, ms |
| --- | --- | --- | --- | --- | --- | --- |
{rows}"""


def of_writes(written: list[writes.Written]) -> str:
    small, large = written
    return f"""## Mutations against transactions written by hand

One side is a mutation, in one process with the bare driver. By hand, the small write is two statements in a transaction: one
changes the fact and returns it, one appends to the event log. The large one is an `UNWIND` of {writes.ROWS:,} rows that creates
facts with the columns that a mutation stores. It is measured with a second statement that appends to the log, and without.

| write | p50 ratio | promised | holds | CPU | by hand p50, ms | mutation p50, ms |
| --- | --- | --- | --- | --- | --- | --- |
| one fact is changed | {_write(small.mutation, small.by_hand, WRITES[0])} |
| {writes.ROWS:,} facts are created | {_write(large.mutation, large.by_hand, WRITES[1])} |
| the same, by hand without the log | {_write(large.mutation, large.without_log, WRITES[1])} |"""


def _write(mutation: compiler.Times, by_hand: compiler.Times, promised: float) -> str:
    ratio = most(mutation.p50 / by_hand.p50, promised)
    return f"{ratio} | {mutation.cpu / by_hand.cpu:.2f} | {ms(by_hand.p50)} | {ms(mutation.p50)}"


def of_library(compared: list[graphql_library.Compared]) -> str:
    rows = "\n".join(
        f"| {of.name} | {least(of.ratio, LIBRARY)} | {statistics.median(of.ours):,.0f} | {statistics.median(of.theirs):,.0f} "
        f"| {_at(of.ours_took, 50)}; {_at(of.ours_took, 99)} | {_at(of.theirs_took, 50)}; {_at(of.theirs_took, 99)} |"
        for of in compared
    )
    return f"""## Mutations against @neo4j/graphql

Mutations of one fact over {serving.CONNECTIONS} open connections: our server against @neo4j/graphql 7 behind Apollo
Server, on one Neo4j. The other server has no access rights, no event log, no test of the rows and no order of the
writes. Median of {graphql_library.ROUNDS} rounds of {graphql_library.SECONDS:g} s, in turn.

| mutation | times as many | promised | holds | ours, 1/s | @neo4j/graphql, 1/s | ours p50; p99, ms | its p50; p99, ms |
| --- | --- | --- | --- | --- | --- | --- | --- |
{rows}"""


def of_subscribers(delivered: subscribers.Delivered) -> str:
    last, worst = statistics.median(delivered.last), max(delivered.last)
    return f"""## One event to many subscribers

{subscribers.SUBSCRIBERS:,} subscriptions over WebSocket, each on a connection of its own, select the same of each event and its
fact. The time is from the answer of a write until the last subscriber has the event, of {len(delivered.last)} events. Meanwhile
{serving.CONNECTIONS} connections ask small questions. Subscribers, server, Neo4j and the client share {os.cpu_count()} cores.

| | found | promised | holds |
| --- | --- | --- | --- |
| the last subscriber, s, median | {most(last, LAST)} |
| the last subscriber, s, worst | {most(worst, LAST)} |
| p50 of questions, beside against alone | {most(delivered.beside / delivered.alone, BESIDE)} |"""


def of_feeds(of: feeds.Fed) -> str:
    loaded, log, bare = (
        statistics.median(rates)
        for rates in zip(*((r.loaded, r.with_log, r.without_log) for r in of.rates), strict=True)
    )
    return f"""## Loading and feeds

`citygraph load` of {feeds.FILES} files of {2 * feeds.VISITS:,} rows each, against the bare driver that sends the same batches.
The driver's rows were read, checked and converted before its time began.

| | rows a second | loaded / driver | promised | holds |
| --- | --- | --- | --- | --- |
| loaded | {loaded:,.0f} | | | |
| driver, with the event log | {log:,.0f} | {least(loaded / log, BULK)} |
| driver, without the event log | {bare:,.0f} | {least(loaded / bare, None)} |

A feed of {feeds.RECORDS:,} records of a CSV file: its first run took {of.first:.1f} s. The next, over a file with other bytes
and the same records, took {of.again:.1f} s and wrote nothing. Of these, reading the file took {of.read[0]:.1f} and
{of.read[1]:.1f} s.

| | ratio | promised | holds |
| --- | --- | --- | --- |
| next run / first run, after reading the file | {most((of.again - of.read[1]) / (of.first - of.read[0]), UNCHANGED)} |
| next run / first run, with reading the file | {of.again / of.first:.2f} | | |

The feed ran in a process of its own. That had {of.memory[0]:.0f} MiB after a tenth of the first run, and
{of.memory[1]:.0f} MiB at most until its end."""


def of_starts(begun: starts.Starts) -> str:
    return f"""## From start to ready

Neo4j alone is the managed server, until it answers its first query. Ours is `citygraph up` or `citygraph serve`, with
constraints and all seeds, until it answers over HTTP. The download cache is filled. Median of {starts.ROUNDS} rounds.

| start | ratio | promised | holds | Neo4j alone, s | ours, s |
| --- | --- | --- | --- | --- | --- |
| `up`, first | {most(begun.ours_first / begun.alone_first, FIRST)} | {begun.alone_first:.1f} | {begun.ours_first:.1f} |
| `up`, later | {most(begun.ours_later / begun.alone_later, LATER)} | {begun.alone_later:.1f} | {begun.ours_later:.1f} |
| `serve`, later | {most(begun.serve_later / begun.alone_later, SERVE)} | {begun.alone_later:.1f} | {begun.serve_later:.1f} |

If the database is already running, `citygraph serve` gives its first answer {begun.serve_running:.1f} s after the start of its
process; at most {RUNNING} s are promised."""


def of_size(schema: size.Size) -> str:
    return f"""## The schema

| SDL, lines | bytes; with gzip | types | answer to introspection, bytes; with gzip | import, s | build, s |
| --- | --- | --- | --- | --- | --- |
{_sizes(schema)} | {schema.imported:.2f} | {schema.built:.2f} |

A typed Python client of one document with the variable `$where`, made by {client.GENERATOR}: its import takes
{schema.client.cpu:.2f} s of CPU and {schema.client.memory:.0f} MB, of which pydantic and httpx alone take
{schema.client.base_cpu:.2f} s and {schema.client.base_memory:.0f} MB."""


def _sizes(schema: size.Size) -> str:
    sdl = f"| {schema.lines:,} | {schema.size:,}; {schema.zipped:,} | {schema.types:,}"
    return f"{sdl} | {schema.introspection:,}; {schema.introspection_zipped:,}"
