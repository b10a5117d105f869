"""What a small request may cost: the work is bounded before it is done, in the compiler, the database and the caches."""

import base64
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.viewers.tokens import ANONYMOUS
from graph.errors import BadUserInput, QuestionError, QuestionTooExpensive, TimedOut
from graph.question.cache import Cache
from graph.question.compile import Limits
from graph.question.document import selection
from graph.question.engine import DOCUMENTS_TEXT, REFUSED_TEXT, Engine, Question
from graph.question.plan.ledger import FilterLimits
from tests.conftest import Asker

WAYS = ("trusts", "trustedBy", "knows", "knownBy", "worksWith", "worksWithOf")
MOST_SELECTIONS = 20_000


def branching(levels: int) -> str:
    """Write a document whose size grows with the levels, and whose answer with 6 to their power."""
    parts = ["{ people(first: 1) { nodes { ...F0 } } }"]
    for level in range(levels):
        inner = f"...F{level + 1}" if level + 1 < levels else "id"
        lists = " ".join(f"{way}(first: 1) {{ nodes {{ {inner} }} }}" for way in WAYS)
        parts.append(f"fragment F{level} on Person {{ {lists} }}")
    return "\n".join(parts)


@pytest.fixture
def engine(new_engine: Callable[[Limits], Engine]) -> Engine:
    return new_engine(Limits())


def compile_(engine: Engine, text: str, variables: dict[str, Any] | None = None) -> None:
    engine.bound(engine.ready(Question(text)), variables or {}, ANONYMOUS)


def test_fragments_do_not_multiply_the_work_of_the_compiler(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of 1.5 kB is refused without unfolding the 300,000 fields that it stands for."""
    unfold, unfolded = selection._selection, 0

    def counted(*given: Any) -> selection.Selection:
        nonlocal unfolded
        unfolded += 1
        assert unfolded < MOST_SELECTIONS, "the document is unfolded before its size is checked"
        return unfold(*given)

    monkeypatch.setattr(selection, "_selection", counted)
    with pytest.raises(QuestionTooExpensive):
        compile_(engine, branching(7))


def test_a_statement_has_a_bounded_number_of_lists(engine: Engine) -> None:
    """1,555 lists of one row each are cheap to read; to plan them takes the database over ten seconds."""
    with pytest.raises(QuestionTooExpensive):
        compile_(engine, branching(4))


def test_empty_filters_count(engine: Engine) -> None:
    text = "query ($w: PersonWhere) { people(where: $w) { totalCount } }"
    with pytest.raises(QuestionTooExpensive):
        compile_(engine, text, {"w": {"or": [{}] * 5_000}})


def test_an_order_has_a_bounded_number_of_keys(engine: Engine) -> None:
    text = "query ($o: [PersonOrder!]) { people(orderBy: $o) { totalCount } }"
    with pytest.raises(QuestionError):
        compile_(engine, text, {"o": [{"name": "ASC"}] * 300})


def test_the_time_of_a_statement_includes_its_planning(ask: Asker) -> None:
    long = "RETURN [COUNT { MATCH (n:Person) WHERE (" + " OR ".join(["true"] * 4_000) + ") }] AS data"
    begun = time.monotonic()
    with pytest.raises(TimedOut):
        ask.runner.run(ask.within(1).value(long, {}, "slow to plan"))
    assert time.monotonic() - begun < 5, "planning it takes twice as long"


def test_a_cursor_that_is_refused_is_not_kept(engine: Engine) -> None:
    text = "query ($a: String) { people(after: $a) { nodes { id } } }"
    ready = engine.ready(Question(text))
    for length in (2, 3, 1_000):
        raw = b"0" * 12 + ("[" + ",".join("0" * length) + "]").encode()
        with pytest.raises(BadUserInput):
            compile_(engine, text, {"a": base64.urlsafe_b64encode(raw).decode().rstrip("=")})
    assert len(ready.compiled) <= 1


def test_a_refusal_that_is_kept_holds_no_document(engine: Engine) -> None:
    """The cause of a refusal holds the frames of the parser, and with them megabytes of the document's nodes."""
    with pytest.raises(QuestionTooExpensive):
        engine.ready(Question("{ people(where: {name: {in: [" + '"a" ' * 11_000 + "]}}) { totalCount } }"))
    for kept in engine._refused._kept.values():
        assert kept.__cause__ is None
        assert kept.__context__ is None


def test_what_is_kept_is_bounded_by_its_text(engine: Engine) -> None:
    """A list of 9,800 texts takes 4 MB once it is parsed: 500 such documents would take 2 GB."""
    large = "{ cities(where: {name: {in: [" + '"a" ' * 9_800 + '"%d"]}}) { totalCount } }'
    kept = [engine.ready(Question(large % number)) for number in range(15)]
    assert len(engine._ready) < len(kept)
    assert engine._ready.weight <= DOCUMENTS_TEXT
    assert engine.ready(Question(large % 14)) is kept[14]
    for number in range(15):
        with pytest.raises(BadUserInput):
            engine.ready(Question(f"query A {{ __typename }} query B {{ a: __typename }} # {number}", {}, "x" * 90_000))
    assert engine._refused.weight <= REFUSED_TEXT
    assert len(engine._refused) < 15


def test_what_is_kept_is_forgotten_in_order() -> None:
    cache = Cache[str](3, 10)
    for key in "abc":
        cache.keep(key, key, 3)
    cache.get("a")
    cache.keep("d", "d", 5)
    assert [cache.get(key) for key in "abcd"] == ["a", None, None, "d"]
    cache.keep("d", "again", 2)
    assert (cache.get("d"), cache.weight, len(cache)) == ("again", 5, 2)
    assert cache.keep("e", "too heavy", 11) == "too heavy"
    assert (cache.get("e"), cache.weight, len(cache)) == (None, 5, 2)


@pytest.mark.parametrize(
    "text",
    [
        "{"
        + " ".join(f'p{n}: path(from: "a/b", to: "a/c", through: TRUSTS) {{ length }}' for n in range(20))
        + " x: cities { totalCount } }",
        "{ cities(first: 100) { nodes { visitsHosted { aggregate { count groupBy(by: kind, first: 1) { nodes { count } } "
        "} } } } }",
    ],
)
def test_what_looks_at_more_than_it_shows_counts_for_more(engine: Engine, text: str) -> None:
    with pytest.raises(QuestionTooExpensive):
        compile_(engine, text)


def within(*ways: str) -> str:
    """Write a filter that searches these relations within one another; one that ends in ! leads to a single fact."""
    inner = '{name: {eq: "zz"}}'
    for way in reversed(ways):
        inner = f"{{{way[:-1]}: {inner}}}" if way.endswith("!") else f"{{{way}: {{some: {inner}}}}}"
    return inner


BACK = ("country!", "cities")
DEEP = {
    "back to all siblings, twice": ("cities", BACK * 2),
    "back to all siblings, then on": ("cities", (*BACK, "twins", "twins")),
    "out, then back to all siblings": ("cities", ("twins", "twins", *BACK)),
    "one relation, four times": ("cities", ("twins",) * 4),
    "one relation, five times": ("cities", ("twins",) * 5),
    "trust, four times": ("people", ("trusts",) * 4),
}
TAKEN = {
    "back to all siblings": ("cities", (*BACK, "lessons")),
    "one relation, three times": ("cities", ("twins",) * 3),
    "trust, three times": ("people", ("trusts",) * 3),
    "single facts": ("cities", ("twins", "country!", "cities", "country!")),
}


@pytest.mark.parametrize("case", DEEP)
@pytest.mark.parametrize(
    "form", ["{ %s(where: %s) { totalCount } }", "{ %s(first: 1, where: {or: [{not: %s}]}) { nodes { id } } }"]
)
def test_filters_that_search_many_for_each_of_many_are_refused(engine: Engine, case: str, form: str) -> None:
    """Each of these is short and shows one number; most take the database more than ten seconds."""
    root, ways = DEEP[case]
    with pytest.raises(QuestionTooExpensive, match="to-many relations within one another; at most 3 are allowed"):
        compile_(engine, form % (root, within(*ways)))


def test_so_are_those_of_inner_lists_groups_and_variables(engine: Engine) -> None:
    deep = within(*("twins",) * 4)
    for text in (
        "{ countries { nodes { cities(where: %s) { totalCount } } } }" % deep,
        "{ cities(where: %s) { aggregate { groupBy(by: country) { nodes { count } } } } }" % deep,
        "{ cities(where: %s) { aggregate { count } } }"
        % within("twins", "twins", "twins").replace('{name: {eq: "zz"}}', "{twins: {count: {gt: 3}}}"),
        "{ people(where: {trusts: {some: {edge: {wave: {roster: {people: {some: %s}}}}}}}) { totalCount } }"
        % within("trusts", "trusts"),
    ):
        with pytest.raises(QuestionTooExpensive, match="within one another"):
            compile_(engine, text)
    given: Any = {"w": {"twins": {"every": {"twins": {"none": {"twins": {"some": {"twins": {"some": {}}}}}}}}}}
    with pytest.raises(QuestionTooExpensive, match="within one another"):
        compile_(engine, "query ($w: CityWhere) { cities(where: $w) { totalCount } }", given)


@pytest.mark.parametrize("case", TAKEN)
def test_filters_up_to_the_limit_are_taken(engine: Engine, case: str) -> None:
    root, ways = TAKEN[case]
    text = within(*ways)
    if case in ("single facts", "back to all siblings"):
        text = text.replace('name: {eq: "zz"}', "id: {isNull: true}")
    compile_(engine, "{ %s(where: %s) { totalCount } }" % (root, text))


def test_the_most_relations_within_one_another_is_a_setting(new_engine: Callable[[Limits], Engine]) -> None:
    compile_(
        new_engine(Limits(filters=FilterLimits(nesting=4))), "{ cities(where: %s) { totalCount } }" % within(*BACK * 2)
    )
