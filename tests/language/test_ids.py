"""Ids in questions: one whose text cannot be right is refused with the right form; one that nobody has is simply not there."""

from typing import Any

import pytest

from tests.conftest import Asker
from tests.language.test_refusals import refusal

CITY_FORM = "An id here begins with city/, as in city/us-wa-seattle."
REFUSED = [
    ('{ city(id: "seattle") { name } }', {}, ('city: "seattle" is no id: it has no prefix.', CITY_FORM)),
    ('{ city(id: "us-wa-seattle") { name } }', {}, (CITY_FORM, "Write city/us-wa-seattle.")),
    ('{ city(id: "Seattle, WA") { name } }', {}, (CITY_FORM,)),
    ('{ city(id: "") { name } }', {}, (CITY_FORM,)),
    ('{ city(id: "city") { name } }', {}, (CITY_FORM,)),
    ('{ city(id: "visit/a") { name } }', {}, ('"visit/a" is the id of type Visit.', CITY_FORM)),
    ('{ city(id: "visited/a/b") { name } }', {}, ("no fact has ids with the prefix visited/", CITY_FORM)),
    ('{ city(id: "City/us-wa-seattle") { name } }', {}, ("the prefix City/", "Did you mean city/?")),
    ('{ visit(id: "lisbon-2014") { title } }', {}, ("begins with visit/.", "Write visit/lisbon-2014.")),
    ("query ($id: ID!) { city(id: $id) { name } }", {"id": "seattle"}, ("city: ", CITY_FORM)),
    ("query ($id: ID!) { a: city(id: $id) { name } }", {"id": "seattle"}, ("a: ", CITY_FORM)),
    ('{ node(id: "seattle") { id } }', {}, ("city/", "or the prefix of another type", "as in city/us-wa-seattle")),
    ('{ node(id: "cities/seattle") { id } }', {}, ("the prefix cities/",)),
    ('{ node(id: "trusts/person/a/person/b") { id } }', {}, ("is the id of type TRUSTS",)),
    ('{ nodes(ids: ["city/us-wa-seattle", "seattle"]) { id } }', {}, ('nodes: "seattle" is no id',)),
    ('{ cities(where: {id: {eq: "seattle"}}) { totalCount } }', {}, ("cities.where.id.eq", CITY_FORM)),
    ('{ cities(where: {id: {ne: "seattle"}}) { totalCount } }', {}, ("cities.where.id.ne", CITY_FORM)),
    ('{ cities(where: {id: {in: ["city/a", "b"]}}) { totalCount } }', {}, ("cities.where.id.in", CITY_FORM)),
    ('{ cities(where: {not: {id: {notIn: ["visit/a"]}}}) { totalCount } }', {}, ("id.notIn", CITY_FORM)),
    (
        "query ($w: CityWhere) { cities(where: $w) { totalCount } }",
        {"w": {"or": [{"id": {"in": ["seattle"]}}]}},
        ("cities.where.or[0].id.in", CITY_FORM),
    ),
    ('{ cities(where: {country: {id: {eq: "us"}}}) { totalCount } }', {}, ("country.id.eq", "Write country/us.")),
    (
        '{ cities(where: {residents: {some: {id: {eq: "city/a"}}}}) { totalCount } }',
        {},
        ("residents.some.id.eq", "begins with person/."),
    ),
    (
        '{ cities(where: {sources: {some: {id: {eq: "city/a"}}}}) { totalCount } }',
        {},
        ("sources.some.id.eq", "begins with source/"),
    ),
    (
        '{ people(where: {trusts: {some: {edge: {id: {eq: "person/a"}}}}}) { totalCount } }',
        {},
        ("edge.id.eq", '"person/a" is the id of type Person.', "begins with trusts/"),
    ),
    (
        '{ path(from: "seattle", to: "city/a", through: [TRUSTS]) { length } }',
        {},
        ('path.from: "seattle" is no id',),
    ),
    ('{ path(from: "city/a", to: "x/a", through: [TRUSTS]) { length } }', {}, ("path.to", "the prefix x/")),
]


@pytest.mark.parametrize(("text", "variables", "says"), REFUSED)
def test_an_id_of_a_wrong_form_is_refused(
    offline: Asker, text: str, variables: dict[str, Any], says: tuple[str, ...]
) -> None:
    message = refusal(offline, text, variables)
    assert all(part in message for part in says), message


TAKEN = [
    ('{ city(id: "city/nobody-has-this") { name } }', {"city": None}),
    ('{ city(id: "city/nobody has/this") { name } }', {"city": None}),
    ('{ node(id: "visit/nobody-has-this") { id } }', {"node": None}),
    ('{ nodes(ids: ["visit/x", "city/x"]) { id } }', {"nodes": [None, None]}),
    ('{ cities(where: {id: {eq: "city/nobody-has-this"}}) { totalCount } }', {"cities": {"totalCount": 0}}),
    ("{ cities(where: {id: {eq: null}}) { totalCount } }", {"cities": {"totalCount": 0}}),
    (
        '{ people(where: {trusts: {some: {edge: {id: {eq: "trusts/x"}}}}}) { totalCount } }',
        {"people": {"totalCount": 0}},
    ),
    ('{ path(from: "person/x", to: "city/x", through: [TRUSTS]) { length } }', {"path": None}),
]


@pytest.mark.parametrize(("text", "data"), TAKEN)
def test_an_id_that_nobody_has_is_no_error(ask: Asker, text: str, data: dict[str, Any]) -> None:
    assert ask(text, {}, "anonymous").as_dict() == {"data": data}


def test_a_hidden_id_and_an_absent_id_get_the_same_error(offline: Asker) -> None:
    """`person/edge-0` exists; the error depends on the text alone."""
    there = refusal(offline, '{ city(id: "person/edge-0") { name } }')
    absent = refusal(offline, '{ city(id: "person/edge-x") { name } }')
    assert there.replace("edge-0", "edge-x") == absent
