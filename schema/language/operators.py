"""The operators of filters, declared once. In: nothing. Out: Operator; GraphQL inputs and Cypher are made from this table.

An operator is one member here, one line of Cypher in `graph/cypher/operators.py`, and a place in `schema.derived.graphql.inputs`.
"""

from enum import Enum

from schema.language.words import MOST_TEXT, MOST_WORDS

MOST_VALUES = 1_000
"""The longest list that an operator takes."""
SEARCHED = f"Case and accents are ignored. At most {MOST_TEXT} characters and 1 to {MOST_WORDS} words."


class Operator(Enum):
    """An operator: its name in GraphQL, and what it says there. `by_order` compares by an order; `takes_list` takes a list."""

    EQ = "eq", "Equal to this value."
    NE = "ne", "Different from this value; a missing value does not match."
    IN = "in", f"One of these values, at most {MOST_VALUES:,}."
    NOT_IN = "notIn", f"None of these values, at most {MOST_VALUES:,}; a missing value does not match."
    LT = "lt", "Smaller or earlier than this value."
    LTE = "lte", "Smaller or earlier than this value, or equal to it."
    GT = "gt", "Larger or later than this value."
    GTE = "gte", "Larger or later than this value, or equal to it."
    CONTAINS = "contains", "Contains this text; case-sensitive."
    STARTS_WITH = "startsWith", "Begins with this text; case-sensitive."
    ENDS_WITH = "endsWith", "Ends with this text; case-sensitive."
    HAS = "has", "One text of the list is equal to this text."
    HAS_PREFIX = "hasPrefix", "One text of the list begins with this text; case-sensitive."
    SEARCH = "search", f"For each word given, the value has a word that begins with it. {SEARCHED}"
    BEFORE = (
        "before",
        (
            "Surely before this date: the latest day that the value may mean is before the earliest day that the date may mean."
        ),
    )
    AFTER = (
        "after",
        (
            "Surely after this date: the earliest day that the value may mean is after the latest day that the date may mean."
        ),
    )
    IS = (
        "is",
        "Equal to this text if case, accents and punctuation do not count. Of `name`, one of `aliases` may be equal as well. "
        f"At most {MOST_TEXT} characters.",
    )
    IS_NULL = "isNull", "True: there is no value. False: there is a value."

    def __init__(self, field: str, description: str) -> None:
        self.field = field
        self.description = description

    @classmethod
    def of(cls, field: str) -> "Operator":
        """Return the operator with this name in GraphQL."""
        return _BY_FIELD[field]

    @property
    def takes_list(self) -> bool:
        """Whether the operand is a list."""
        return self in AMONG

    @property
    def or_equal(self) -> "Operator":
        """The comparison by order that equal values pass too."""
        return {Operator.LT: Operator.LTE, Operator.GT: Operator.GTE}.get(self, self)

    @property
    def by_order(self) -> bool:
        """Whether values are compared by their order."""
        return self in RANGE


EQUAL = (Operator.EQ, Operator.NE)
AMONG = (Operator.IN, Operator.NOT_IN)
RANGE = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)
NAMED = (Operator.BEFORE, Operator.AFTER)
"""Operators whose operand is a date of a fact that another filter names."""
TEXT = (Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH)
_BY_FIELD = {operator.field: operator for operator in Operator}
BY_LAST_DAY = (Operator.GT, Operator.LTE)
"""A date that is given as an operand is a span of days. These operators compare with its last day, others with its first."""
AS, SAME, FACT, DATE = "as", "same", "fact", "date"
NAMES = frozenset((AS, SAME, FACT, DATE))
"""Fields of filters whose values are names: of facts that filters name, and of their dates."""
ON = "on"
"""The field of a filter of facts of several types that filters those of some types by what only they have."""
BY_ORDER = frozenset(operator.field for operator in RANGE)
"""Names of the operators that compare by an order."""
