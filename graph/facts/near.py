"""Ids that a writer may have meant. In: problems of ids that no fact has. Out: the problems, with the nearest ids he may see.

The nearest are facts that have almost the name that was given, then ids that are spelled alike.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeVar

from graph.cypher import upserts as cypher
from graph.facts.rows import Meant, Problem
from schema.language.declare import ConceptSpec
from schema.language.words import MOST_TEXT, line
from schema.model import Model

SURE = 2
"""Characters after the prefix of an id that are taken to be right: for a city its country."""
SURE_OF_NAME = 3
"""Characters of a name that are taken to be right."""
ALIKE = 0.75
"""How much alike names must be, 0 to 1, by the measure of difflib."""
MOST_NEAR = 3
"""How many ids a problem proposes."""
MOST_EXPLAINED = 3
"""How many different unknown ids get proposals: other writers wait meanwhile."""
MOST_LABELS = 8
"""How many labels a name is looked up in; a place that takes more takes almost any fact."""
Run = Callable[..., Awaitable[list[dict[str, Any]]]]
Other = TypeVar("Other")


async def explained(problems: Sequence[Other | Problem], model: Model, run: Run) -> list[Other | Problem]:
    """Add the nearest ids to problems, for the first different ids; `run` sees what the writer may see."""
    near: dict[Meant, tuple[str, ...]] = {}
    told: list[Other | Problem] = []
    for problem in problems:
        meant = problem.meant if isinstance(problem, Problem) else None
        if meant is not None and meant not in near and len(near) < MOST_EXPLAINED:
            near[meant] = await _nearest(meant, model, run)
        ids = near.get(meant, ()) if meant else ()
        if ids and isinstance(problem, Problem):
            says = f"{problem.reason}; did you mean {ids[0]}?"
            problem = replace(problem, reason=says, accepted=(*ids, *problem.accepted), meant=None)
        told.append(problem)
    return told


async def _nearest(meant: Meant, model: Model, run: Run) -> tuple[str, ...]:
    spec = model.concept_of_id(meant.text)
    is_right_kind = spec is not None and spec.label in meant.labels
    labels = (spec.label,) if spec is not None and is_right_kind else meant.labels
    text = meant.text.partition("/")[2].replace("-", " ") if spec else meant.text
    named = await _named(line(text[:MOST_TEXT]).strip(), [model.concepts[label] for label in labels], run)
    spelled = await _spelled(meant.text, spec, run) if spec and is_right_kind else []
    return tuple(dict.fromkeys((*named, *spelled)))[:MOST_NEAR]


async def _spelled(id_: str, spec: ConceptSpec, run: Run) -> list[str]:
    """Return the ids of the same concept, with the same first characters, that are spelled alike."""
    records = await run(cypher.near_ids(), start=id_[: len(spec.prefix) + 1 + SURE])
    # To compare thousands of ids takes long, and others must be answered meanwhile.
    return await asyncio.to_thread(get_close_matches, id_, [str(each["id"]) for each in records], MOST_NEAR)


async def _named(words: str, specs: Sequence[ConceptSpec], run: Run) -> list[str]:
    """Return the ids of the facts that have the name or almost the name, the nearest first."""
    if not words or len(specs) > MOST_LABELS:
        return []
    ids: dict[str, list[str]] = {}
    for spec in specs:
        for prop in (prop for prop in spec.properties.values() if prop.is_a_name):
            for record in await run(cypher.names_from(spec.label, prop), start=f"\n {words[:SURE_OF_NAME]}"):
                for name in record["words"].split("\n"):
                    ids.setdefault(name.strip(), []).append(str(record["id"]))
    near = await asyncio.to_thread(get_close_matches, words, [*ids], MOST_NEAR, ALIKE)
    return [id_ for name in near for id_ in ids[name]]
