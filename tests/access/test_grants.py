"""What each role opens and may write, for every combination of grants, by tables written by hand."""

from datetime import UTC, datetime
from itertools import combinations, product

import pytest

from graph.access.api_keys import ApiKey, Scope
from graph.access.grants import Grant, Role, edits, rights
from graph.access.rights import Rights
from graph.access.viewer import Edits, Viewer

A, B, C = "city/aa", "city/bb", "city/cc"
LONG = datetime(2026, 1, 1, tzinfo=UTC)
AUDIENCES = (
    *("2:aa", "2:bb", "2:cc", "2:aa+bb", "2:aa+cc", "2:bb+cc", "3:aa", "3:bb", "3:cc"),
    *("3:aa@report", "2:aa@report", "2:aa+bb@report", "3:aa+bb", "s2:aa", "s3:aa", "1:aa", "0:aa", "2:aa-b", "3:aa-b"),
)
"""Every kind of audience, some that no load writes, and a city whose id begins with that of another."""
OPENED = {
    (Role.MEMBER, A): "2:aa 2:aa+bb 2:aa+cc",
    (Role.EDITOR, A): "2:aa 2:aa+bb 2:aa+cc",
    (Role.STEWARD, A): "2:aa 2:aa+bb 2:aa+cc 3:aa",
    (Role.MEMBER, B): "2:bb 2:aa+bb 2:bb+cc",
    (Role.EDITOR, B): "2:bb 2:aa+bb 2:bb+cc",
    (Role.STEWARD, B): "2:bb 2:aa+bb 2:bb+cc 3:bb",
}
ONLY_VISITS = frozenset({"Visit"})
STATES: dict[str, tuple[Role | None, frozenset[str] | None]] = {
    "none": (None, None),
    "member": (Role.MEMBER, None),
    "editor": (Role.EDITOR, None),
    "editor of visits": (Role.EDITOR, ONLY_VISITS),
    "steward": (Role.STEWARD, None),
    "steward of visits": (Role.STEWARD, ONLY_VISITS),
    "editor of nothing": (Role.EDITOR, frozenset()),
}
WRITES = {
    "none": "",
    "member": "",
    "editor": "Visit HOSTED_BY",
    "editor of visits": "Visit",
    "steward": "Visit HOSTED_BY",
    "steward of visits": "Visit",
    "editor of nothing": "",
}
"""What each state of an actor in a city lets him write of the facts of this city alone."""


def grant(role: Role, city: str, concepts: frozenset[str] | None = None) -> Grant:
    return Grant(f"{role.name}-{city}", "anna", role, city, concepts, LONG, "operator")


def every_set() -> list[tuple[tuple[Role, str], ...]]:
    """List each of the 64 sets of grants for two cities."""
    return [held for size in range(len(OPENED) + 1) for held in combinations(OPENED, size)]


@pytest.mark.parametrize("held", every_set(), ids=lambda held: "+".join(f"{role.name}@{city}" for role, city in held))
def test_grants_open_what_the_table_says(held: tuple[tuple[Role, str], ...]) -> None:
    opened = {audience for each in held for audience in OPENED[each].split()}
    found = rights([grant(*each) for each in held], AUDIENCES)
    assert found == Rights(1 if held else 0, tuple(sorted(opened)))


@pytest.mark.parametrize("held", every_set(), ids=lambda held: "+".join(f"{role.name}@{city}" for role, city in held))
def test_without_red_nothing_red_is_opened(held: tuple[tuple[Role, str], ...]) -> None:
    opened = {audience for each in held for audience in OPENED[each].split() if audience[0] != "3"}
    found = rights([grant(*each) for each in held], AUDIENCES, red=False)
    assert found == Rights(1 if held else 0, tuple(sorted(opened)))


def test_concepts_do_not_restrict_what_is_seen() -> None:
    assert rights([grant(Role.STEWARD, A, ONLY_VISITS)], AUDIENCES) == rights([grant(Role.STEWARD, A)], AUDIENCES)


@pytest.mark.parametrize(("in_a", "in_b"), list(product(STATES, STATES)))
def test_grants_permit_what_the_table_says(in_a: str, in_b: str) -> None:
    given = [(STATES[in_a], A), (STATES[in_b], B)]
    found = edits([grant(role, city, concepts) for (role, concepts), city in given if role])
    for of in ("Visit", "HOSTED_BY", "Lesson"):
        a = of in WRITES[in_a].split() or (of == "Lesson" and in_a in ("editor", "steward"))
        b = of in WRITES[in_b].split() or (of == "Lesson" and in_b in ("editor", "steward"))
        assert found.may_write(of, ()) is (a or b)
        assert found.may_write(of, (A,)) is a
        assert found.may_write(of, [B]) is b
        assert found.may_write(of, (A, B)) is (a and b)
        assert found.may_write(of, {B, A}) is (a and b)
        for holders in ((C,), (A, C), (A, B, C), ("aa",), (f"{A}@report",), (A, f"{B}@report")):
            assert found.may_write(of, holders) is False


def test_two_grants_for_one_city_add_up() -> None:
    found = edits([grant(Role.EDITOR, A, ONLY_VISITS), grant(Role.STEWARD, A, frozenset({"Lesson"}))])
    assert [of for of in ("Visit", "Lesson", "Person") if found.may_write(of, (A,))] == ["Visit", "Lesson"]


def test_nobody_writes_by_default_and_the_local_steward_writes_all_but_answers_for_reports() -> None:
    for holders in ((), (A,), (A, B)):
        assert Edits().may_write("Visit", holders) is False
        assert Viewer().edits.may_write("Visit", holders) is False
        assert Edits(everywhere=True).may_write("Visit", holders) is True
    assert Edits(everywhere=True).may_write("Visit", (f"{A}@report",)) is False


GRANTS = (grant(Role.STEWARD, A), grant(Role.EDITOR, B, ONLY_VISITS))
OF_A, OF_B = {"2:aa", "2:aa+bb", "2:aa+cc"}, {"2:bb", "2:aa+bb", "2:bb+cc"}
NOTHING = frozenset[str]()


@pytest.mark.parametrize(
    ("scope", "seen", "written"),
    [
        (Scope(), OF_A | OF_B, {("Visit", A), ("Lesson", A), ("Visit", B)}),
        (Scope(red=True), OF_A | OF_B | {"3:aa"}, {("Visit", A), ("Lesson", A), ("Visit", B)}),
        (Scope(read_only=True, red=True), OF_A | OF_B | {"3:aa"}, set()),
        (Scope(frozenset({A})), OF_A, {("Visit", A), ("Lesson", A)}),
        (Scope(frozenset({A, C})), OF_A, {("Visit", A), ("Lesson", A)}),
        (Scope(frozenset({B}), red=True), OF_B, {("Visit", B)}),
        (Scope(None, frozenset({"Lesson"})), OF_A | OF_B, {("Lesson", A)}),
        (Scope(frozenset({B}), frozenset({"Lesson"})), OF_B, set()),
        (Scope(None, frozenset({"Visit", "Person"})), OF_A | OF_B, {("Visit", A), ("Visit", B)}),
    ],
    ids=["all", "red", "read", "a", "a and a foreign city", "b", "lessons", "lessons of b", "visits"],
)
def test_a_key_has_its_scope_and_the_grants_of_its_owner_together(
    scope: Scope, seen: set[str], written: set[tuple[str, str]]
) -> None:
    viewer = ApiKey("1", "anna", "", scope, LONG, LONG).viewer(GRANTS, AUDIENCES)
    assert (viewer.actor, viewer.owner, viewer.client) == ("key/1", "anna", "anna")
    assert viewer.rights == Rights(1, tuple(sorted(seen)))
    asked = product(("Visit", "Lesson"), (A, B, C))
    assert {(of, city) for of, city in asked if viewer.edits.may_write(of, (city,))} == written


@pytest.mark.parametrize("scope", [Scope(frozenset({C}), red=True), Scope(NOTHING, red=True)], ids=["foreign", "empty"])
def test_a_scope_outside_the_grants_opens_what_everybody_sees(scope: Scope) -> None:
    viewer = ApiKey("1", "anna", "", scope, LONG, LONG).viewer(GRANTS, AUDIENCES)
    assert viewer.rights == Rights(0, ())
    assert viewer.edits == Edits()


def test_a_key_of_an_owner_without_grants_opens_what_everybody_sees() -> None:
    viewer = ApiKey("1", "anna", "", Scope(red=True), LONG, LONG).viewer((), AUDIENCES)
    assert (viewer.rights, viewer.edits) == (Rights(0, ()), Edits())
