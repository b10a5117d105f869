"""The sections of the results about networks. In: what was measured of them. Out: Markdown."""

from bench import clouds, compiler, large_clouds, wrapped
from bench.promises import least, most, ms

MEDIUMS, MEANWHILE, READ, ANALYST, WRAPPED, MEMORY = 10.0, 1.5, 1.5, 8.0, 1.1, 2.5


def section(of: clouds.Measured) -> str:
    """Return the section about networks of a city."""
    small, beside = of.small, of.beside
    return f"""## Networks and their measures

A network of {clouds.PEOPLE} people with all measures of a whole network and all their fields, and the medium question, in turn.

| | times the medium question, p50 | promised | holds | medium p50, ms | network p50, ms |
| --- | --- | --- | --- | --- | --- |
{_times("asked again", small.kept, small.medium)}
{_times("asked after a write", small.after_write, small.medium)}

Small questions over HTTP while one client has such networks measured without a pause, {beside.measured} of them:
p50 {ms(beside.meanwhile)} ms, alone {ms(beside.alone)} ms.

| p50, meanwhile against alone | promised | holds |
| --- | --- | --- |
| {most(beside.meanwhile / beside.alone, MEANWHILE)} |"""


def of_large(large: large_clouds.Large) -> str:
    """Return the section about a large network."""
    analysts = [("with the compiled decoder", large.networkx), ("as `pip install` brings them", large.slow_networkx)]
    rows = [
        f"| `neo4j` and networkx, {name} | takes {least(each.seconds / large.ours.seconds, ANALYST)} {_used(each)}"
        for name, each in analysts
        if each
    ] or ["| `neo4j` and networkx: networkx is not installed | | | | | |"]
    measures = "\n".join(
        f"| {each.name} | {each.people:,} | {most(each.ours / each.igraph, WRAPPED)} | {ms(each.igraph)} | {ms(each.ours)} |"
        for each in large.wrapped
    )
    return f"""## A large network

A network of {large_clouds.PEOPLE:,} people and {large.ours.ties:,} ties, from Neo4j to a graph in memory. The bare driver reads
the same columns by a statement written by hand, a record for each person, and keeps the records. networkx is filled by loops
over records, with the people as they are stored. Each way has a process of its own.

| | against ours | promised | holds | s | most memory, MiB |
| --- | --- | --- | --- | --- | --- |
| ours: rights, dates, graph | | | {_used(large.ours)}
| the bare driver | ours takes {most(large.ours.seconds / large.driver.seconds, READ)} {_used(large.driver)}
{chr(10).join(rows)}
| igraph's own graph, of pairs of numbers | memory: {most(large.ours.memory / large.igraph.memory, MEMORY)} {_used(large.igraph)}

Measures of ours against the call of igraph that they wrap, on a graph that is made. What takes the square of the people is
measured among the first {wrapped.PART:,}.

| measure | people | ours / igraph | promised | holds | igraph, ms | ours, ms |
| --- | --- | --- | --- | --- | --- | --- |
{measures}"""


def _times(name: str, of: compiler.Times, medium: compiler.Times) -> str:
    return f"| {name} | {most(of.p50 / medium.p50, MEDIUMS)} | {ms(medium.p50)} | {ms(of.p50)} |"


def _used(of: large_clouds.Used) -> str:
    return f"| {of.seconds:.1f} | {of.memory:.0f} |"
