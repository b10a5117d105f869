"""The planted faults, at least one for each stage. In: nothing. Out: FAULTS: where, what stands there, what is put instead.

`tests` are the arguments of pytest that must then fail. They check behaviour; no fault relies on an expected statement alone.
"""

from dataclasses import dataclass

DOCUMENT, PLAN, RENDER = "graph/question/document/", "graph/question/plan/", "graph/question/render/"
FAMILIES = ("tests/language/test_documents.py", "-k", "answer_is or oracle")
QUESTIONS = ("tests/language/test_queries.py", "-k", "answer_is or oracle")
SEMANTICS = ("tests/language/test_semantics.py",)
PAGING = ("tests/language/test_paging.py",)


@dataclass(frozen=True)
class Fault:
    """One fault: a stage, what goes wrong, and the replacement of a text that occurs once in a file."""

    stage: str
    says: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


FAULTS = (
    Fault(
        "document",
        "the limit of aliases is not checked",
        f"{DOCUMENT}read.py",
        '_refuse_over("aliases", aliases, limits.aliases)',
        "pass",
        ("tests/http/test_bad_input.py",),
    ),
    Fault(
        "selection",
        "a fragment for another type applies",
        f"{DOCUMENT}selection.py",
        "    return is_abstract_type(wanted) and schema.is_sub_type(wanted, type_)",
        "    return is_abstract_type(wanted)",
        FAMILIES,
    ),
    Fault(
        "selection",
        "@include and @skip are swapped",
        f"{DOCUMENT}selection.py",
        'is (name == "skip")',
        'is (name == "include")',
        FAMILIES,
    ),
    Fault(
        "cache",
        "the key of a compiled question forgets null",
        f"{DOCUMENT}values.py",
        'return "." if inside and is_value(type_) else None',
        'return "."',
        ("tests/language/test_kept_statements.py",),
    ),
    Fault(
        "plan",
        "`every` is planned as `some`",
        f"{PLAN}filters.py",
        "    return Negation(Exists(some.site, Negation(some.where)))",
        "    return some",
        FAMILIES,
    ),
    Fault(
        "plan",
        "the count of a list forgets its filter",
        f"{RENDER}lists.py",
        "source = self.source(total.listing, near)",
        "source = self.source(Listing(total.listing.site, TRUE), near)",
        SEMANTICS,
    ),
    Fault(
        "cost",
        "the limit of the cost is not checked",
        "graph/question/cost.py",
        "    if total > limits.cost:",
        "    if total < 0:",
        ("tests/attacks/test_cost.py", "tests/language/test_refusals.py"),
    ),
    Fault(
        "guard",
        "nodes are not guarded",
        "graph/question/guard.py",
        "node=any(not model.concepts[label].always_clear for label in site.labels),",
        "node=False,",
        ("tests/access/test_noninterference.py",),
    ),
    Fault(
        "guard",
        "relationships are not guarded",
        "graph/question/guard.py",
        "relationship=any(not relationship.always_clear for relationship in site.relationships),",
        "relationship=False,",
        ("tests/access/test_noninterference.py",),
    ),
    Fault(
        "guard",
        "audiences do not admit",
        "graph/cypher/visible.py",
        "    if not by_audience:",
        "    if by_audience or not by_audience:",
        QUESTIONS,
    ),
    Fault(
        "guard",
        "every site sees synthetic facts",
        "graph/question/guard.py",
        "        synthetic=synthetic,\n    )",
        "        synthetic=True,\n    )",
        ("tests/access/test_synthetic.py",),
    ),
    Fault(
        "plan",
        "a cursor fits with and without synthetic facts",
        f"{PLAN}ledger.py",
        'described = (*described, "synthetic") if self.synthetic else described',
        "described = tuple(described)",
        ("tests/access/test_synthetic.py",),
    ),
    Fault(
        "as of",
        "the date does not hold at the last site below a field",
        "graph/question/as_of.py",
        "range(span.first, span.last)",
        "range(span.first, span.last - 1)",
        ("tests/language/test_checks.py", *SEMANTICS),
    ),
    Fault(
        "as of",
        "a fact still holds on the day after its end",
        "graph/cypher/visible.py",
        "{v}.untilDay > {day})",
        "{v}.untilDay >= {day})",
        SEMANTICS,
    ),
    Fault(
        "as of",
        "an end is stored as its own day",
        "schema/language/days.py",
        "    return None if when.latest in (None, date.max) else _day_after(when.latest)",
        "    return when.latest",
        ("tests/schema", "tests/language/test_semantics.py"),
    ),
    Fault(
        "plan",
        "`same` means the fact of the nearest name",
        f"{PLAN}named.py",
        "        if each.name == name:\n            return each",
        "        if each.name == name:\n            return known[-1]",
        ("tests/language/test_named_facts.py",),
    ),
    Fault(
        "plan",
        "a filter binds the facts of `every` to a named fact",
        f"{PLAN}filters.py",
        "    each = site()\n    return Negation(",
        "    each = _some(far, site, given).site\n    return Negation(",
        ("tests/language/test_named_facts.py",),
    ),
    Fault(
        "checks",
        "an order may end without an id",
        "graph/question/checks.py",
        "    if order[-1].value not in ids:",
        "    if not order:",
        ("tests/language/test_checks.py",),
    ),
    Fault(
        "render",
        "a filter under `not` stays unknown for an absent value",
        f"{RENDER}predicates.py",
        "part=self.filter(given.part, site, known=True)",
        "part=self.filter(given.part, site, known=False)",
        SEMANTICS,
    ),
    Fault(
        "render",
        "the directions of an order are swapped",
        f"{RENDER}ordering.py",
        'clause("{t} DESC", t=term) if key.descending != backward else term',
        'clause("{t} DESC", t=term) if key.descending == backward else term',
        SEMANTICS,
    ),
    Fault(
        "render",
        "absent values come first in a descending order",
        f"{RENDER}ordering.py",
        '"{t} IS NULL DESC" if backward else "{t} IS NULL"',
        '"{t} IS NULL DESC"',
        SEMANTICS,
    ),
    Fault(
        "render",
        "a page loses the rows that are equal to the cursor in its first key",
        f"{RENDER}ordering.py",
        "_compared(beyond.or_equal, self, at, param)",
        "_compared(beyond, self, at, param)",
        PAGING,
    ),
    Fault(
        "render",
        "a page repeats the row at the cursor",
        f"{RENDER}ordering.py",
        "            return _compared(beyond, self, at, param)",
        "            return _compared(beyond.or_equal, self, at, param)",
        PAGING,
    ),
    Fault(
        "render",
        "groups are not sorted by size",
        f"{RENDER}lists.py",
        '"ORDER BY {counted} DESC, {keys} LIMIT {limit} {row} }}",',
        '"ORDER BY {keys} LIMIT {limit} {row} }}",',
        FAMILIES,
    ),
    Fault(
        "computed",
        "pairs ignore the chains that must not lead there",
        "graph/computed/pairs.py",
        "NOT {leads}",
        "({leads} OR true)",
        ("tests/language/test_documents.py", "-k", "computed and (answer_is or oracle)"),
    ),
    Fault(
        "bind",
        "a page has one row less than was asked for",
        "graph/question/bind.py",
        "page_size(value, binding.where, self.most_rows) + int(binding.detail)",
        "page_size(value, binding.where, self.most_rows)",
        FAMILIES,
    ),
    Fault(
        "bind",
        "a cursor is accepted by any list",
        "graph/question/cursor.py",
        "        if digest != self._digest(scope, body):",
        "        if digest == b'':",
        PAGING,
    ),
    Fault(
        "bind",
        "an id of another type is taken",
        "graph/question/id_form.py",
        'given.partition("/")[0] in prefixes',
        'given.partition("/")[0] in model.prefixes',
        ("tests/language/test_ids.py",),
    ),
    Fault(
        "document",
        "the hint for a connection is not given",
        f"{DOCUMENT}hints.py",
        '    if "nodes" in fields:',
        '    if "nodes" in fields and name == type_name:',
        ("tests/language/test_hints.py",),
    ),
    Fault(
        "decode",
        "an absent required value is shown as null",
        "graph/question/decode/generate.py",
        "        if not field.required:\n            return written",
        "        if field.key:\n            return written",
        ("tests/language/test_absent_values.py",),
    ),
    Fault(
        "facts",
        "a unique value may be taken twice",
        "graph/facts/values.py",
        "        if clash is None:",
        "        if True:",
        ("tests/facts", "tests/loading/test_decide.py"),
    ),
    Fault(
        "facts",
        "a circle with what the database holds is taken",
        "graph/facts/circles.py",
        "        ends = {far for end in ends for far in steps[end]} - steps.keys()",
        "        ends = set()",
        ("tests/loading/test_circles.py",),
    ),
    Fault(
        "facts",
        "an id may have characters that look like others",
        "graph/facts/check.py",
        "            require_plain_id(fact)",
        "            pass",
        ("tests/loading/test_texts.py",),
    ),
    Fault(
        "facts",
        "a changed row is taken for the same",
        "graph/cypher/facts.py",
        "WHERE {x}._digest <> row.properties._digest ",
        "WHERE {x}._digest < row.properties._digest AND {x}._digest > row.properties._digest ",
        ("tests/facts",),
    ),
    Fault(
        "facts",
        "the problems of a write are lost",
        "graph/facts/diff.py",
        "            (*self.problems, *other.problems),",
        "            other.problems,",
        ("tests/facts", "tests/loading/test_load.py"),
    ),
    Fault(
        "http",
        "a refusal has status 200",
        "graph/question/engine.py",
        "return 200 if self.ran else self.errors[0].status",
        "return 200",
        ("tests/http/test_bad_input.py",),
    ),
)
