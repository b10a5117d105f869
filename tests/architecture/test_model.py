"""The model is declared once: a new concept or property appears everywhere without another line."""

from types import ModuleType

import pytest
from graphql import GraphQLObjectType

from schema.derived.constraints import Index, Unique, rules
from schema.derived.graphql import build
from schema.derived.reference.pages import pages
from schema.domain.interfaces import Named
from schema.domain.places import City
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Marking, Nature, big_integer, integer, text
from schema.model import NEIGHBOURHOODS, Model, build_model, model


class Tree(Named, Concept):
    """A tree that a city counts."""

    nature = Nature.STATE
    marking = Marking.GREEN
    height = integer("Height in metres.", sorted=True)
    tag = text("Tag on the tree.", unique=True)
    leaves = big_integer("How many leaves it has.")
    number = big_integer("Number of the tree.", unique=True)


class GrowsIn(Relationship):
    """A tree grows in a city."""

    nature = Nature.STATE
    start = at(Tree, field="growsIn", says="The city that the tree grows in.", one=True)
    end = at(City, field="trees", says="Trees of the city.")


@pytest.fixture(scope="module")
def larger() -> Model:
    """The model with one more neighbourhood."""
    nature = ModuleType(__name__)
    nature.Tree, nature.GrowsIn = Tree, GrowsIn  # type: ignore[attr-defined]  # a module made for this test
    return build_model((*NEIGHBOURHOODS, nature))


def test_a_concept_of_one_class_is_in_schema_constraints_and_reference(larger: Model) -> None:
    printed = build.sdl(build.build(larger))
    for words in (
        "type Tree implements Named & Fact & Node",
        "trees(",
        "growsIn: City",
        "input TreeWhere",
        "height: Int",
    ):
        assert words in printed
    assert Index("Tree", ("height", "id")) in rules(larger)
    assert Unique("Tree", "tag") in rules(larger)
    assert Unique("GROWS_IN", "key", relationship=True) in rules(larger)
    page = pages(larger)["test_model.md"]
    assert "### `Tree`" in page
    assert '  Tree -->|"GROWS_IN"| City' in page


def test_facts_are_grouped_by_whole_numbers_but_those_that_only_one_has(larger: Model) -> None:
    key = build.core(build.build(larger)).get_type("TreeKey")
    assert isinstance(key, GraphQLObjectType)
    assert {"height", "leaves"} <= set(key.fields)
    assert "number" not in key.fields


def test_every_concept_of_the_model_page_is_declared() -> None:
    wanted = {
        "City", "Country", "Region", "Person", "Organization", "Office", "Programme", "Visit", "ExchangeStatement", "Event",
        "Objective", "Evaluation", "Topic", "Practice", "Lesson", "Conversion", "Adoption", "Outcome", "KnowledgeStore",
        "Effort", "PolicyInstrument", "Benchmark", "Roster", "Wave", "CloudReport", "Source",
        "Council", "Project", "Barrier", "Metric", "Measurement", "Meeting", "Decision", "Problem", "Partnership",
        "ProcurementRoute", "Idea", "InnovationPlan", "Experiment",
    }  # fmt: skip
    assert wanted <= set(model().concepts)


def test_ids_tell_the_concept() -> None:
    prefixes = [spec.prefix for spec in model().concepts.values()]
    assert len(set(prefixes)) == len(prefixes)
    found = model().concept_of_id("exchange-statement/x")
    assert found is not None
    assert found.label == "ExchangeStatement"
    assert model().concept_of_id("nothing/x") is None


def test_two_fields_of_one_name_are_refused() -> None:
    clash = ModuleType(__name__)
    other = type("PlantedIn", (GrowsIn,), {"__doc__": "Again.", "__module__": __name__})
    clash.Tree, clash.GrowsIn, clash.PlantedIn = Tree, GrowsIn, other  # type: ignore[attr-defined]  # a module made for this test
    with pytest.raises(TypeError, match="declared twice"):
        build_model((*NEIGHBOURHOODS, clash))


def test_a_concept_without_a_description_is_refused() -> None:
    silent = ModuleType(__name__)
    silent.Silent = type("Silent", (Concept,), {"nature": Nature.STATE, "__module__": __name__})  # type: ignore[attr-defined]  # a module made for this test
    with pytest.raises(TypeError, match="docstring"):
        build_model((*NEIGHBOURHOODS, silent))
