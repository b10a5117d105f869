"""Plans that break a rule of the house never run: each rule is broken here on purpose."""

from dataclasses import replace
from typing import Any

import pytest

from graph.access import SecuredPlan, secure
from graph.as_of import at_dates
from graph.checks import PlanBroken, check
from graph.compile import Limits
from graph.cursor import Cursors
from graph.engine import Engine, Question
from graph.plan.columns import Page, Row
from schema.graphql.build import core, schema
from schema.model import model
from tests.conftest import SECRET

TEXT = """{
  was: cities(asOf: "2001", orderBy: {name: ASC}) { totalCount nodes { name visitsHosted(first: 2) { nodes { title } } } }
  now: cities(first: 1) { nodes { id } } }"""


@pytest.fixture(scope="module")
def secured() -> SecuredPlan:
    """A plan that keeps every rule."""
    engine = Engine(core(schema()), model(), Limits(), Cursors(SECRET))
    ready = engine.ready(Question(TEXT))
    plan = engine.compiler.compile(ready.document, ready.operation, {}, by_audience=True).plan
    return at_dates(secure(plan, model(), by_audience=True))


def with_page(secured: SecuredPlan, **changed: Any) -> SecuredPlan:
    """Change the first page of a plan."""
    at, page = next((at, each) for at, each in enumerate(secured.plan.row.columns) if isinstance(each, Page))
    columns = list(secured.plan.row.columns)
    columns[at] = replace(page, **changed)
    return replace(secured, plan=replace(secured.plan, row=Row(tuple(columns))))


def first_page(secured: SecuredPlan) -> Page:
    return next(each for each in secured.plan.row.columns if isinstance(each, Page))


def test_a_plan_that_keeps_the_rules_is_returned(secured: SecuredPlan) -> None:
    assert check(secured) is secured


def test_a_site_without_access_predicate_is_refused(secured: SecuredPlan) -> None:
    with pytest.raises(PlanBroken, match="no access predicate"):
        check(replace(secured, guards=secured.guards[1:]))


def test_a_date_that_is_forgotten_anywhere_is_refused(secured: SecuredPlan) -> None:
    assert len(secured.dates) >= 2
    for at in range(len(secured.dates)):
        with pytest.raises(PlanBroken, match="another date"):
            check(replace(secured, dates=secured.dates[:at] + secured.dates[at + 1 :]))


def test_a_date_that_is_forgotten_everywhere_is_refused(secured: SecuredPlan) -> None:
    with pytest.raises(PlanBroken, match="another date"):
        check(replace(secured, dates=()))


def test_an_order_without_the_id_is_refused(secured: SecuredPlan) -> None:
    with pytest.raises(PlanBroken, match="end in the id"):
        check(with_page(secured, order=first_page(secured).order[:1]))


def test_a_list_without_bound_is_refused(secured: SecuredPlan) -> None:
    page = first_page(secured)
    unbounded = next(at for at, each in enumerate(secured.plan.bindings) if each.convert != "first")
    with pytest.raises(PlanBroken, match="no bound"):
        check(with_page(secured, cut=replace(page.cut, limit=replace(page.cut.limit, index=unbounded))))
