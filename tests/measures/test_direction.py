"""Each measure is of the network that its declaration names, for each rule of direction and for ties without direction."""

import random
from dataclasses import replace
from typing import Any

import igraph
import pytest

from graph.measures import brokers, cohesion, registry
from graph.measures.cloud import Cloud
from graph.measures.network import Network, Rule, network, under
from schema.domain import measures
from schema.language.measures import AS_ASKED, STATED, UNION, WITHOUT_DIRECTION, Measure
from tests.measures.published import people, published
from tests.measures.test_published import near
from tests.measures.test_registry import PEOPLE, made

DECLARED = [(registry.NETWORK, each) for each in measures.NETWORK] + [
    (registry.PERSON, each) for each in measures.PERSON
]


def mixed(seed: int) -> Cloud:
    """Make a network in which some ties are returned and some are not."""
    dice = random.Random(seed)
    ties = [(dice.choice(PEOPLE), dice.choice(PEOPLE)) for _ in range(18)]
    ties += [(b, a) for a, b in ties if dice.random() < 0.5]
    return replace(made("parts"), stated=network(PEOPLE, ties)[0])


def by(of: Cloud, rule: Rule) -> Cloud:
    """Return the network with another rule of direction."""
    return replace(of, basis=replace(of.basis, rule=rule), values={})


def only(of: Cloud, rule: Rule) -> Cloud:
    """Return a network that holds nothing but what a rule leaves."""
    return replace(of, basis=replace(of.basis, rule=rule), stated=under(of.stated, rule), values={})


def value(of: Cloud, table: Any, each: Measure) -> Any:
    given = {"people": ["a", "b"]} if each.name == "groupBetweenness" else {}
    return table[each.name](of, registry.completed(table is registry.PERSON, each.name, given))


@pytest.mark.parametrize(("table", "each"), DECLARED, ids=lambda given: getattr(given, "name", ""))
def test_a_measure_is_of_the_network_that_it_names(table: Any, each: Measure) -> None:
    for seed in range(4):
        of = mixed(seed)
        found = {rule: value(by(of, rule), table, each) for rule in Rule}
        alone = {rule: value(only(of, rule), table, each) for rule in Rule}
        if each.network == WITHOUT_DIRECTION:
            assert found == {**alone, Rule.DIRECTED: alone[Rule.UNION]}
        elif each.network == AS_ASKED:
            assert found == alone
        else:
            assert each.network in {STATED, UNION}
            assert found[Rule.DIRECTED] == found[Rule.UNION] == found[Rule.MUTUAL]
            assert each.network == STATED or found[Rule.UNION] == alone[Rule.UNION]


@pytest.mark.parametrize(("table", "each"), DECLARED, ids=lambda given: getattr(given, "name", ""))
def test_a_measure_does_not_depend_on_what_was_drawn_before(table: Any, each: Measure) -> None:
    """The same facts give the same bytes, whatever the process has measured in the meantime."""
    found = []
    for state in range(4):
        igraph.set_random_number_generator(random.Random(state))
        found.append(value(mixed(7), table, each))
    assert found == [found[0]] * 4


ASSOCIATES = tuple(row["id"] for row in people("law_cowork") if float(row["status"]) != 1)


def partners() -> Network:
    return under(published("law_cowork", without=ASSOCIATES), Rule.MUTUAL)


def test_partners_who_named_each_other() -> None:
    """36 partners of Lazega's law firm, as Snijders and others (2006) and Kolaczyk and Csardi (2014) have them."""
    assert (partners().size, len(partners().ties)) == (36, 115)
    assert near(cohesion.density(partners()), 0.1825)
    assert near(cohesion.transitivity(partners()), 0.3888)


def test_nobody_is_a_broker_in_a_circle_without_direction() -> None:
    """Membership of one board has no direction: who comes first by id must not matter."""
    ties = [("a", "b"), ("a", "c"), ("b", "c")]
    circle, _ = network("abc", ties, directed=False)
    assert brokers.roles(circle, "xyz") == [brokers.Roles()] * 3
    row, _ = network("abc", ties[:2], directed=False)
    assert brokers.roles(row, "xyz") == [brokers.Roles(liaison=2), brokers.Roles(), brokers.Roles()]
    both, _ = network("abc", [*ties[:2], ("b", "a"), ("c", "a")])
    assert brokers.roles(row, "xxy") == brokers.roles(both, "xxy")
