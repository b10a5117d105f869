"""Relationships inside the row of a fact: every field of every concept is taken, none for something else."""

from typing import Any

import pytest

from schema.language.writes import UPSERT
from schema.model import model
from tests.writes.conftest import SEATTLE, Mutate

TITLES = {label: f"{spec.plural[:1].upper()}{spec.plural[1:]}" for label, spec in model().concepts.items()}
UPSERTED = "mutation ($rows: [%sInput!]!) { done: %s(rows: $rows) { created problems { path code message } } }"
STATED = {"confidence": "SYNTHETIC"}


def upsert(mutate: Mutate, label: str, row: dict[str, Any]) -> Any:
    text = UPSERTED % (label, f"{UPSERT}{TITLES[label]}")
    return mutate.data(text, {"rows": [row]})["done"]


@pytest.mark.parametrize("label", TITLES)
def test_each_relationship_is_looked_for_at_its_own_end(mutate: Mutate, label: str) -> None:
    """The far fact is not there: each relationship is refused for that, at its place in the row."""
    routes = model().routes[label]
    ends = {name: label if label in route.far else route.far[0] for name, route in routes.items()}
    far = {name: f"{model().concepts[end].prefix}/none" for name, end in ends.items()}
    row = {name: [{"to": id_, **STATED}] for name, id_ in far.items()}
    done = upsert(mutate, label, row)
    # An end without direction may be the refused row itself.
    refused = ("NOT_FOUND", "REFUSED_WITH")
    lost = {each["path"].split(".")[1].partition("[")[0] for each in done["problems"] if each["code"] in refused}
    assert lost == set(routes)


def test_an_office_states_who_held_it_and_which_city_holds_the_fact(mutate: Mutate) -> None:
    """`heldBy` are people, `holders` the cities that own a confidential fact."""
    (person,) = mutate.upsert("People", {"name": "Made-up person", "kind": "NAMED", **STATED})["nodes"]
    held = {"to": person["id"], "since": "2020", "marking": "AMBER", "holders": [SEATTLE], **STATED}
    office = {"name": "Made-up office", "marking": "AMBER", "holders": [SEATTLE], **STATED}
    done = upsert(mutate, "Office", {**office, "heldBy": [held], "body": [{"to": SEATTLE, **STATED}]})
    assert done == {"created": 3, "problems": []}
