"""Plans that break a rule of the house never run: each rule is broken here on purpose."""

from dataclasses import replace
from typing import Any, TypeVar

import pytest

from graph.question.as_of import at_dates
from graph.question.checks import PlanBroken, check
from graph.question.compile import Limits
from graph.question.cursor import Cursors
from graph.question.engine import Engine, Question
from graph.question.guard import SecuredPlan, secure
from graph.question.plan.columns import Aggregate, Column, Groups, Lookup, Page, Row, ShortestPath
from graph.question.plan.nodes import Param, Position
from graph.question.plan.walk import sites
from schema.derived.graphql.build import core, schema
from schema.model import model
from tests.conftest import SECRET

Of = TypeVar("Of", bound=Column)

TEXT = """{
  was: cities(asOf: "2001", orderBy: {name: ASC}) { totalCount nodes { name visitsHosted(first: 2) { nodes { title } } } }
  now: cities(first: 1) { nodes { id } }
  by: cities { aggregate { groupBy(by: [country]) { nodes { count } } } }
  one: city(id: "city/us-wa-seattle") { name }
  way: path(from: "person/a", to: "person/b", through: [TRUSTS]) { length } }"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(core(schema()), model(), Limits(), Cursors(SECRET))


@pytest.fixture(scope="module")
def secured(engine: Engine) -> SecuredPlan:
    """A plan that keeps every rule."""
    ready = engine.ready(Question(TEXT))
    plan = engine.compiler.compile(ready.document, ready.operation, {}, by_audience=True).plan
    return at_dates(secure(plan, model(), by_audience=True))


def first(secured: SecuredPlan, kind: type[Of]) -> Of:
    """Return the first column of a kind."""
    return next(each for each in secured.plan.row.columns if isinstance(each, kind))


def changed(secured: SecuredPlan, kind: type[Column], **parts: Any) -> SecuredPlan:
    """Change the first column of a kind."""
    old = first(secured, kind)
    columns = [replace(each, **parts) if each is old else each for each in secured.plan.row.columns]
    return replace(secured, plan=replace(secured.plan, row=Row(tuple(columns))))


def unbounded(secured: SecuredPlan) -> Param:
    """Name a value of the request that bounds nothing."""
    at = (at for at, each in enumerate(secured.plan.bindings) if each.convert not in ("first", "id", "ids", "hops"))
    return Param(next(at))


def test_a_plan_that_keeps_the_rules_is_returned(secured: SecuredPlan) -> None:
    assert check(secured) is secured


def test_a_site_without_access_predicate_is_refused(secured: SecuredPlan) -> None:
    with pytest.raises(PlanBroken, match="no access predicate"):
        check(replace(secured, guards=secured.guards[1:]))


def test_a_date_holds_at_every_place_below_its_field_and_nowhere_else(secured: SecuredPlan) -> None:
    plan = secured.plan
    dated = {site.number for site in sites(Row(plan.row.columns[:2]))}
    others = {site.number for site in sites(Row(plan.row.columns[2:]))}
    (date,) = (at for at, each in enumerate(plan.bindings) if each.convert == "as of")
    assert dict(secured.dates) == dict.fromkeys(dated, date)
    assert len(dated) >= 2
    assert others
    assert not dated & others


def test_a_place_that_was_never_numbered_is_refused(secured: SecuredPlan) -> None:
    """It would be read without a guard; or, where it is not as it was numbered, with the guard of another."""
    listing = first(secured, Page).listing
    for other in (
        replace(listing.site, number=len(secured.plan.sites)),
        replace(listing.site, labels=("Person",)),
    ):
        with pytest.raises(PlanBroken, match="never numbered"):
            check(changed(secured, Page, listing=replace(listing, site=other)))


@pytest.mark.parametrize(
    "text",
    [
        "{ cities(where: {visitsMade: {some: {}}}) { __typename } }",
        "{ cities(orderBy: [{visitsMade: {count: DESC}}]) { totalCount } }",
        '{ search(text: "a") { __typename } }',
    ],
)
def test_a_place_of_which_nothing_is_read_breaks_no_rule(engine: Engine, text: str) -> None:
    ready = engine.ready(Question(text))
    assert engine.compiler.compile(ready.document, ready.operation, {}, by_audience=True).plan.sites


def test_an_order_without_the_id_is_refused(secured: SecuredPlan) -> None:
    with pytest.raises(PlanBroken, match="end in the id"):
        check(changed(secured, Page, order=first(secured, Page).order[:1]))


def test_an_order_of_groups_without_their_keys_is_refused(secured: SecuredPlan) -> None:
    groups = first(secured, Aggregate).groups[0]
    assert isinstance(groups, Groups)
    with pytest.raises(PlanBroken, match="end in their keys"):
        check(changed(secured, Aggregate, groups=(replace(groups, order=groups.order[:1]),)))


@pytest.mark.parametrize("end", ["after", "before"])
def test_a_cursor_that_does_not_fit_its_order_is_refused(secured: SecuredPlan, end: str) -> None:
    page = first(secured, Page)
    fits, short = (Position((Param(0),) * length) for length in (len(page.order), len(page.order) - 1))
    cuts: list[Any] = [{end: fits}, {end: short}]
    check(changed(secured, Page, bounds=replace(page.bounds, **cuts[0])))
    with pytest.raises(PlanBroken, match="does not fit its order"):
        check(changed(secured, Page, bounds=replace(page.bounds, **cuts[1])))


def without_bound(of: SecuredPlan, kind: type[Column]) -> SecuredPlan:
    """Let a value that bounds nothing stand where the bound of a column stood."""
    to = unbounded(of)
    groups = first(of, Aggregate).groups[0]
    assert isinstance(groups, Groups)
    if kind is Page:
        return changed(of, Page, bounds=replace(first(of, Page).bounds, limit=to))
    if kind is Aggregate:
        return changed(of, Aggregate, groups=(replace(groups, bounds=replace(groups.bounds, limit=to)),))
    return changed(of, kind, **{"ids" if kind is Lookup else "hops": to})


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Page, "a list has no bound"),
        (Aggregate, "groups have no bound"),
        (Lookup, "a look-up has no bound"),
        (ShortestPath, "a path has no bound"),
    ],
)
def test_what_has_no_bound_is_refused(secured: SecuredPlan, kind: type[Column], says: str) -> None:
    with pytest.raises(PlanBroken, match=says):
        check(without_bound(secured, kind))
