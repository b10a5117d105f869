"""`citygraph cloud`. In: cities or rosters. Out: the measures of their networks side by side, or the people with theirs."""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from app.cli.ask import As

# Everything else is imported where it is used, because the help should not wait for it.

FIELDS = """on { rosterName waveName date layer direction people ties invited answered responseRate synthetic caution libraries }
signature { shape stable values { excess coreFit largestShare communities } leftOut rule note }
density meanDegree reciprocity { arcs dyads } transitivity meanClustering
distances { mean diameter notReached } globalEfficiency localEfficiency components { count largestShare isolates }
krackhardt { connectedness hierarchy efficiency leastUpperBounds } centralization { degree betweenness closeness }
communities { modularity excess groups { size } } core { fit people { personId } } coreness kCores { k size } smallWorld
degreeAssortativity fragmentation { pairs distance }
sector: mixing(by: SECTOR) { index byChance pValue } agency: mixing(by: AGENCY) { index byChance pValue }
ageBand: mixing(by: AGE_BAND) { index byChance pValue } origin: mixing(by: ORIGIN) { index byChance pValue }
cutPoints { name } bridges { one { name } other { name } } heldByOneTie { people { personId } }
introductions(first: 3) { one { name } other { name } through { personId } }
topBroker { person { name } share } closedCliques { external }"""
GROWTH = """changeSince {
  kept appeared ended unknown stability stayed joined { groups { by group } stepsToCore } left { personId }
}"""
PEOPLE = """people(first: 1000, orderBy: BETWEENNESS) {
  name group inDegree outDegree betweenness closeness harmonic eigenvector pageRank constraint effectiveSize coreNumber community
  isCutPoint
}"""
MOST_CITIES = 5
ALIAS = re.compile(r"^c\d+(?=[.:])[.:] ?")
"""How an error names the field of a city."""


def cloud(
    city: Annotated[list[str], typer.Argument(help="Id of a city or of a roster; several are shown side by side.")],
    *,
    layer: Annotated[str, typer.Option(help="Kind of tie: TRUSTS, KNOWS, WORKS_WITH or SHARED_MEMBERSHIP.")] = "TRUSTS",
    direction: Annotated[str, typer.Option(help="How direction counts: DIRECTED, UNION or MUTUAL.")] = "DIRECTED",
    as_of: Annotated[str | None, typer.Option(help="A date: the last wave that had begun by then is measured.")] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Id of a person who leaves; may be given several times.")
    ] = None,
    without_elected: Annotated[
        bool, typer.Option("--without-elected", help="Whoever held an elected office leaves.")
    ] = False,
    gathering: Annotated[
        list[str] | None,
        typer.Option("--with", help="Id of a visit or council whose people come together; may be given several times."),
    ] = None,
    growth: Annotated[bool, typer.Option("--growth", help="Also show what changed since the wave before.")] = False,
    beside: Annotated[
        str | None, typer.Option(help="Another layer, such as SHARED_MEMBERSHIP: how far its ties are the same.")
    ] = None,
    people: Annotated[bool, typer.Option("--people", help="Show the people with their measures.")] = False,
    viewer: Annotated[As, typer.Option("--as", help="Viewer whose network is measured.")] = As.STEWARD,
    server: Annotated[
        str | None,
        typer.Option(help="Address of a server, such as http://127.0.0.1:8000; by default the one of the data folder."),
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="CITYGRAPH_TOKEN", help="Token or API key with which to ask, instead of --as.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Measure the network of a city's leaders, or of several cities side by side.

    It is the network that the viewer sees, made-up facts included. docs/measures.md explains each measure.
    """
    from app.cli.ask import answered_by
    from app.start.settings import SettingsError

    if len(city) > MOST_CITIES:
        raise SettingsError(f"{len(city)} networks are more than can be shown side by side; at most {MOST_CITIES} are.")
    what_if = _what_if(without or [], gathering or [], without_elected=without_elected)
    fields = PEOPLE if people else " ".join([FIELDS, *([GROWTH] if growth else []), *_beside(beside)])
    wanted = f"whatIf({what_if}) {{ {fields} }}" if what_if else fields
    document = _document(city, f"layer: {_word(layer)}, direction: {_word(direction)}", wanted)
    variables = {"asOf": as_of} | {f"c{at}": each for at, each in enumerate(city)}
    answer = answered_by((document, variables, None), viewer, server, token)
    if as_json:
        import orjson

        print(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
    else:
        _show(answer, city, people=people, changed=bool(what_if))
    if answer.get("errors") or not any((answer.get("data") or {}).values()):
        raise typer.Exit(1)


def _word(given: str) -> str:
    """Return an enum value; the server says which there are if it is none of them."""
    from app.start.settings import SettingsError

    if not given.replace("_", "").isalpha() or not given.isascii():
        raise SettingsError(f"{given!r} is no word of the schema; one looks like TRUSTS.")
    return given.upper()


def _beside(layer: str | None) -> list[str]:
    return [f"beside(layer: {_word(layer)}) {{ both onlyHere onlyThere jaccard correlation }}"] if layer else []


def _what_if(without: list[str], gatherings: list[str], *, without_elected: bool) -> str:
    import json

    asked = {"without": without, "gatherings": gatherings}
    given = [f"{name}: {json.dumps(ids)}" for name, ids in asked.items() if ids]
    return ", ".join([*given, *(["withoutElected: true"] if without_elected else [])])


def _document(city: list[str], how: str, wanted: str) -> str:
    fields = []
    for at, each in enumerate(city):
        by = "roster" if each.startswith("roster/") else "city"
        fields.append(f"c{at}: cloud({by}: $c{at}, {how}, asOf: $asOf, synthetic: true) {{ {wanted} }}")
    declared = ", ".join(f"$c{at}: ID" for at in range(len(city)))
    return f"query Cloud($asOf: Edtf, {declared}) {{ {' '.join(fields)} }}"


def _show(answer: dict[str, Any], city: list[str], *, people: bool, changed: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for error in answer.get("errors", ()):
        # Aliases are ours, so whoever typed the ids does not know them.
        print(f"citygraph: {re.sub(ALIAS, '', error['message'])}", file=sys.stderr)
    data = answer.get("data") or {}
    networks = [data.get(f"c{at}") for at in range(len(city))]
    shown = {
        id_: (network["whatIf"] if changed else network) for id_, network in zip(city, networks, strict=True) if network
    }
    for id_ in city:
        if data and id_ not in shown:
            print(f"citygraph: {id_} has no roster that this viewer may see.", file=sys.stderr)
    if people:
        for id_, network in shown.items():
            table = Table(title=id_)
            for name in network["people"][0] if network["people"] else ():
                table.add_column(name)
            for each in network["people"]:
                table.add_row(*(_cell(value) for value in each.values()))
            console.print(table)
    elif shown:
        console.print(_side_by_side(shown))
        first = next(iter(shown.values()))
        for note in (first["on"]["caution"], *((first["signature"] or {}).get(each) for each in ("rule", "note"))):
            if note:
                console.print(note, soft_wrap=True)


def _side_by_side(shown: dict[str, Any]) -> Any:
    from rich.table import Table

    table = Table()
    table.add_column("measure", no_wrap=True)
    for id_ in shown:
        table.add_column(id_, overflow="fold")
    columns = [dict(_flat(_told(network), "")) for network in shown.values()]
    for name in dict.fromkeys(name for column in columns for name in column):
        table.add_row(name, *(_cell(column.get(name)) for column in columns))
    return table


def _told(network: dict[str, Any]) -> dict[str, Any]:
    """Return the measures, with the spread of the signature's values and the kinds of newcomers in words."""
    told = dict(network)
    if of := told.get("signature"):
        spread = {name: _spread([each[name] for each in of["values"]]) for name in of["values"][0]}
        told["signature"] = {name: of[name] for name in ("shape", "stable", "leftOut")} | spread
    if change := told.get("changeSince"):
        joined = change["joined"]
        kinds = [(each["by"], each["group"]) for one in joined for each in one["groups"]]
        kinds += [("stepsToCore", one["stepsToCore"]) for one in joined]
        told["changeSince"] = {**change, "joined": len(joined), "left": len(change["left"])}
        told["joined"] = {
            by: _counted(kind for name, kind in kinds if name == by) for by, _ in kinds if by in NEWCOMERS
        }
    return told


NEWCOMERS = ("AGE_BAND", "ORIGIN", "stepsToCore")


def _counted(kinds: Iterable[Any]) -> str:
    """Count the newcomers of each kind."""
    counts = Counter("unknown" if kind is None else str(kind) for kind in kinds)
    return ", ".join(f"{kind}: {counts[kind]}" for kind in sorted(counts))


def _spread(values: list[Any]) -> str:
    """Write the value of the first seed, and the least and the most of all seeds if they differ."""
    known = [each for each in values if each is not None]
    if len(set(map(_cell, known))) < 2:
        return _cell(values[0])
    return f"{_cell(values[0])} ({_cell(min(known))} to {_cell(max(known))})"


def _flat(value: dict[str, Any], prefix: str) -> Any:
    for name, each in value.items():
        if isinstance(each, dict):
            yield from _flat(each, f"{prefix}{name}.")
        elif name != "caution":
            yield f"{prefix}{name}", each


def _cell(value: Any) -> str:
    """Write a value in few characters; of lists of people the names or the number, of other lists the numbers."""
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, list):
        return _listed(value)
    return "-" if value is None else str(value)


def _pair(tie: dict[str, Any]) -> str:
    return f"{tie['one']['name']} and {tie['other']['name']}"


def _listed(value: list[Any]) -> str:
    if value and isinstance(value[0], dict):
        if "name" in value[0]:
            return ", ".join(str(each["name"]) for each in value[:5]) + (
                f" and {len(value) - 5} more" if len(value) > 5 else ""
            )
        if "through" in value[0]:
            return "; ".join(f"{_pair(each)}, through {len(each['through'])}" for each in value)
        if "k" in value[0]:
            return ", ".join(f"{each['k']}: {each['size']}" for each in value)
        if "size" in value[0]:
            return ", ".join(str(each["size"]) for each in value)
        return str(len(value))
    return ", ".join(str(each) for each in value) or "none"
