"""Measures and figures as tools. In: a city, a measure, a kind of figure. Out: numbers, what they mean, and pictures."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlencode

import orjson

from app.cli.cloud import FIELDS, MOST_CITIES, PEOPLE
from app.mcp.asking import ask
from app.mcp.tools import Arguments, Asked, Caller, Found, Json, Picture, Tool, ToolFailed, quoted, schema_of
from app.web.measures import measures_json
from graph.measures.figured import FORMATS, KINDS
from schema.domain.clouds import LEADERS
from schema.language.networks import Direction

PNG = "png"
ROSTER = "roster/"
TEXT: Json = {"type": "string"}
YES: Json = {"type": "boolean", "default": True}
NO_ROSTER = "{} has no roster that you may see."


def cloud() -> Tool:
    """Make the tool that measures networks of leaders, with the arguments of `citygraph cloud`."""

    async def run(caller: Caller, given: Arguments) -> Found:
        cities = given["cities"]
        changed = bool(given.get("without")) or bool(given.get("withoutElected"))
        text = _cloud_document(len(cities), people=bool(given.get("people")), changed=changed)
        variables: Json = {name: given.get(name) for name in ("layer", "direction", "asOf", "synthetic")}
        if changed:
            variables |= {"without": given.get("without"), "elected": bool(given.get("withoutElected"))}
        for at, each in enumerate(cities):
            variables |= {f"city{at}": None, f"roster{at}": None}
            variables[f"{'roster' if each.startswith(ROSTER) else 'city'}{at}"] = each
        found = await ask(caller, Asked(text, variables))
        networks = {each: found.data[f"c{at}"] for at, each in enumerate(cities)}
        missing = [NO_ROSTER.format(quoted(each)) for each, network in networks.items() if network is None]
        return Found(networks, errors=found.errors, notes=(*found.notes, *missing))

    properties = {
        "cities": {
            "type": "array",
            "items": TEXT,
            "minItems": 1,
            "maxItems": MOST_CITIES,
            "description": "Ids of cities or rosters.",
        },
        "layer": TEXT | {"enum": [each.name for each in LEADERS.layers]},
        "direction": TEXT | {"enum": [each.name for each in Direction]},
        "asOf": TEXT | {"description": "A date."},
        "without": {"type": "array", "items": TEXT, "description": "Ids of people who leave."},
        "withoutElected": {"type": "boolean"},
        "people": {"type": "boolean", "description": "Measure each person instead."},
        "synthetic": YES,
    }
    says = "Measure networks of cities' leaders side by side, as you see them. Made-up people count unless synthetic is false."
    return Tool("cloud", says, schema_of(properties, ("cities",)), run)


@cache
def _cloud_document(count: int, *, people: bool, changed: bool) -> str:
    """Return the document for so many networks. Only their number is in its text; all that a caller gives are variables."""
    wanted = PEOPLE if people else FIELDS
    if changed:
        wanted = f"whatIf(without: $without, withoutElected: $elected) {{ {wanted} }}"
    numbers = range(count)
    declared = [f"$city{at}: ID, $roster{at}: ID" for at in numbers]
    declared += ["$without: [ID!], $elected: Boolean"] if changed else []
    shared = "layer: $layer, direction: $direction, asOf: $asOf, synthetic: $synthetic"
    fields = " ".join(f"c{at}: cloud(city: $city{at}, roster: $roster{at}, {shared}) {{ {wanted} }}" for at in numbers)
    head = "$layer: CloudLayer, $direction: TieDirection, $asOf: Edtf, $synthetic: Boolean"
    return f"query Cloud({head}, {', '.join(declared)}) {{ {fields} }}"


def explainer() -> Tool:
    """Make the tool that explains a measure."""

    async def run(_: Caller, given: Arguments) -> Found:
        name, known = given.get("name"), _explained()
        if name is None:
            return Found({"measures": [{"name": each, "says": text["says"]} for each, text in known.items()]})
        if name not in known:
            near = [each for each in known if name.lower() in each.lower()] or list(known)
            raise ToolFailed(f"{quoted(name)} is no measure; there are {', '.join(near)}.")
        return Found({"name": name} | known[name])

    says = "Explain a measure: meaning, formula, source and pitfalls. Without a name it lists all."
    return Tool("explain_measure", says, schema_of({"name": TEXT}), run)


@cache
def _explained() -> dict[str, Json]:
    """Return every measure by its name, as pages show it; one that a network and a person have is told twice."""
    told: dict[str, Any] = orjson.loads(measures_json())
    return dict(_by_name(told))


def _by_name(told: dict[str, Any]) -> Iterator[tuple[str, Json]]:
    for part in ("questions", "person", "network"):
        for name, each in told[part].items():
            yield (name, {"of": part} | each)


def figure() -> Tool:
    """Make the tool that draws figures."""

    async def run(caller: Caller, given: Arguments) -> Picture:
        kind = given["kind"]
        asked = {name: _word(value) for name, value in given.items() if name != "kind" and value is not None}
        png = await caller.figure(kind, asked)
        return Picture(png, {"kind": kind, "arguments": asked, "address": f"/figures/{kind}.svg?{urlencode(asked)}"})

    kinds = [kind for kind, formats in FORMATS.items() if PNG in formats]
    names = dict.fromkeys(name for kind in kinds for name in KINDS[kind])
    numbers, truths = ("from", "to", "seed"), ("synthetic", "withoutElected")
    properties = {
        name: {"type": "integer" if name in numbers else "boolean" if name in truths else "string"} for name in names
    }
    says = (
        "Draw a figure as PNG. Cloud, growth, what-if: city or roster. Exchange, map: from, to (years), subject, city. "
        "Diffusion, spread: practice. Made-up facts are drawn if synthetic is true."
    )
    return Tool("figure", says, schema_of({"kind": TEXT | {"enum": kinds}} | properties, ("kind",)), run)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
