"""What a lesson and a new tie cost. In: visits with what is known of their cost. Out: Cost, one for each currency.

Money of two currencies is never added. Who paid is not added to what it cost: it may be the same money.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graph.measures.learning.basis import Basis, basis
from graph.measures.learning.facts import HELD


@dataclass(frozen=True)
class Money:
    """An amount in whole units of a currency."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Journey:
    """A visit, with its cost for each delegate and their number, or its stated total; None if not known.

    `payments` say who paid what. `lessons` were gained on it. `new_ties` are those of a Bonding, None if not measured.
    """

    id: str
    per_delegate: Money | None = None
    delegates: int | None = None
    payments: tuple[Money, ...] = ()
    lessons: int = 0
    new_ties: int | None = None
    programmes: tuple[str, ...] = ()
    status: str = HELD

    @property
    def cost(self) -> Money | None:
        """Return the cost of all delegates; None if it does not follow from what is known, or the visit was not held."""
        if self.status != HELD or self.per_delegate is None or self.delegates is None:
            return None
        return Money(self.per_delegate.amount * self.delegates, self.per_delegate.currency)


@dataclass(frozen=True)
class Cost:
    """What visits cost in one currency, and for each lesson and new tie, in whole units, halves up; None if there are none.

    `paid` is what is known to have been paid for these visits in that currency: a part, or more than their cost.
    New ties are of visits whose ties were measured, whose cost is `cost_with_ties`.
    """

    currency: str
    visits: int
    cost: int
    lessons: int
    per_lesson: int | None
    without_lesson: int
    cost_with_ties: int
    new_ties: int
    per_new_tie: int | None
    paid: int


@dataclass(frozen=True)
class Costs:
    """Costs by currency. The basis counts visits; `lessons_of_unknown` were gained on visits whose cost does not count."""

    currencies: tuple[Cost, ...]
    lessons_of_unknown: int
    basis: Basis


def costs(journeys: Iterable[Journey], programme: str | None = None) -> Costs:
    """Return what the visits of a programme, or all, cost. A lesson of two visits counts for both."""
    given = sorted(journeys, key=lambda each: each.id)
    chosen = [each for each in given if programme is None or programme in each.programmes]
    by_currency, unknown, left_out = dict[str, list[tuple[Journey, int]]](), 0, Counter[str]()
    left_out["of another programme"] = len(given) - len(chosen)
    for each in chosen:
        cost = each.cost
        if cost is None:
            unknown += each.lessons
            left_out[_why(each)] += 1
        else:
            by_currency.setdefault(cost.currency, []).append((each, cost.amount))
    return Costs(
        tuple(_cost(currency, by_currency[currency]) for currency in sorted(by_currency)),
        unknown,
        basis(sum(map(len, by_currency.values())), left_out),
    )


def _cost(currency: str, of: list[tuple[Journey, int]]) -> Cost:
    cost, lessons = sum(amount for _, amount in of), sum(each.lessons for each, _ in of)
    measured = [(each.new_ties, amount) for each, amount in of if each.new_ties is not None]
    cost_with_ties, ties = sum(amount for _, amount in measured), sum(new for new, _ in measured)
    paid = [money.amount for each, _ in of for money in each.payments if money.currency == currency]
    return Cost(
        currency=currency,
        visits=len(of),
        cost=cost,
        lessons=lessons,
        per_lesson=_each(cost, lessons),
        without_lesson=sum(not each.lessons for each, _ in of),
        cost_with_ties=cost_with_ties,
        new_ties=ties,
        per_new_tie=_each(cost_with_ties, ties),
        paid=sum(paid),
    )


def _each(amount: int, number: int) -> int | None:
    return (2 * amount + number) // (2 * number) if number else None


def _why(journey: Journey) -> str:
    if journey.status != HELD:
        return "of another status"
    if journey.per_delegate is None:
        return "no cost is known" if not journey.payments else "only payments are known"
    return "the number of delegates is not known"
