"""What each measure means, for pages. In: the declared measures. Out: JSON by the name of the measure and of its parts."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from schema.domain import measures
from schema.domain.measures.learning import QUESTIONS
from schema.language.computed import ObjectType
from schema.language.measures import Measure, Question


def measures_json() -> bytes:
    """Return `network`, `person` and `questions`: meaning, formula, source and pitfalls of each."""
    every = {
        "network": {each.name: _measure(each) for each in measures.NETWORK},
        "person": {each.name: _measure(each) for each in measures.PERSON},
        "questions": {each.name: _question(each) for each in QUESTIONS},
    }
    return orjson.dumps(every)


def _measure(given: Measure) -> Mapping[str, Any]:
    parts = given.returns.fields if isinstance(given.returns, ObjectType) else ()
    return {
        "says": given.says,
        "formula": given.formula,
        "source": given.source,
        "pitfalls": given.pitfalls,
        "library": given.library,
        "network": given.network,
        "parts": {each.name: each.description for each in parts},
    }


def _question(given: Question) -> Mapping[str, Any]:
    return {
        "says": given.says,
        "explained": [asdict(each) for each in given.explained],
    }
