"""Every declared computed field has one computation, which is guarded at every hop; a new kind changes nothing else."""

from dataclasses import dataclass
from types import ModuleType

import pytest

from graph.computed import COMPUTATIONS, computation
from graph.computed.field import Computation, Needs, Sites, chain, conjunction, path, visible
from graph.cypher.fragments import Fragment, clause, name
from graph.question.compile import Compiled, Limits
from graph.question.cursor import Cursors
from graph.question.decode.page import Request
from graph.question.decode.slow import shape
from graph.question.engine import Engine, Question
from graph.question.plan.columns import Computed, Row
from graph.question.plan.walk import columns, sites
from graph.question.show import show
from schema.derived.graphql.build import build, core, schema
from schema.domain.places import City
from schema.language import computed as kinds
from schema.language.computed import ComputedField, ObjectType
from schema.language.declare import Concept, Relationship, at
from schema.language.kinds import Nature
from schema.model import NEIGHBOURHOODS, Model, build_model, model
from tests.conftest import SECRET

STORED = {"YearsBetween": [["2009"], ["2012"], []], "ChangeBetweenWaves": [1, 2, 3, 6], "Size": [0, 8, 5]}
"""What the Cypher of a kind returns, for the kinds that return an object type."""


def fields() -> list[tuple[str, str, ComputedField]]:
    """List every computed field with what has it."""
    concepts = [(spec.label, spec.computed) for spec in model().concepts.values()]
    relationships = [(spec.name, spec.computed) for spec in model().relationships.values()]
    return [(owner, *each) for owner, computed in (*concepts, *relationships) for each in computed.items()]


each_field = pytest.mark.parametrize(
    ("owner", "field", "declared"), fields(), ids=[f"{owner}.{field}" for owner, field, _ in fields()]
)


def compiled(of: Model, text: str) -> Compiled:
    """Compile a document for a viewer with audiences."""
    engine = Engine(core(build(of)) if of is not model() else core(schema()), of, Limits(), Cursors(SECRET))
    ready = engine.ready(Question(text))
    return engine.compiler.compile(ready.document, ready.operation, {}, by_audience=True)


def document(owner: str, field: str, declared: ComputedField) -> str:
    """Ask for a computed field as of a day, of a concept or on the edges of a relationship."""
    parts = declared.returns.fields if isinstance(declared.returns, ObjectType) else ()
    inner = " ".join(part.name for part in parts) or ("id" if declared.facts else "")
    asked = f"{field} {{ {inner} }}" if inner else field
    if owner in model().concepts:
        return f'{{ {model().concepts[owner].plural}(asOf: "2020") {{ nodes {{ {asked} }} }} }}'
    start = model().relationships[owner].start
    plural = model().concepts[start.labels[0]].plural
    return f'{{ {plural}(asOf: "2020") {{ nodes {{ {start.field} {{ edges {{ {asked} }} }} }} }} }}'


def test_every_kind_has_one_computation_and_every_computation_is_used() -> None:
    declared = [each for each in vars(kinds).values() if isinstance(each, type) and issubclass(each, ComputedField)]
    assert set(COMPUTATIONS) == set(declared) - {ComputedField}
    assert len(set(COMPUTATIONS.values())) == len(COMPUTATIONS)
    assert {type(each) for each in model().computed_fields()} == set(COMPUTATIONS)


@each_field
def test_every_hop_is_guarded_and_dated(owner: str, field: str, declared: ComputedField) -> None:
    made = compiled(model(), document(owner, field, declared))
    assert made.statement is not None
    (column,) = (each for each in columns(made.plan.row) if isinstance(each, Computed))
    assert (column.field, column.declared) == (field, declared)
    text, guards = made.statement.text, {guard.site: guard for guard in made.secured.guards}
    for site in sites(Row((column,))):
        tested = [f"n{site.number}"] * guards[site.number].node + [f"r{site.number}"] * guards[site.number].relationship
        assert tested
        for variable in tested:
            assert text.count(f"({variable}.level <= $q.open OR {variable}.audience IN $q.audiences)") == 1
        assert text.count(f"(n{site.number}.sinceDay IS NULL OR n{site.number}.sinceDay <= $q.p") == 1


@each_field
def test_an_object_has_the_fields_of_its_type(owner: str, field: str, declared: ComputedField) -> None:
    kind = type(declared).__name__
    if isinstance(declared.returns, ObjectType):
        assert set(computation(declared).value(STORED[kind])) == {part.name for part in declared.returns.fields}
    else:
        assert kind not in STORED


def test_a_property_that_is_not_declared_is_refused_while_planning() -> None:
    share = kinds.Share("float", "A share.", part="answered", whole="asked")
    with pytest.raises(KeyError, match="asked"):
        computation(share).needs(model(), "Wave")


# A kind of its own -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Largest(ComputedField):
    """The largest value of a property of the facts that a chain leads to."""

    chain: kinds.Chain
    of: str


class LargestComputation(Computation[Largest]):
    """Reads the largest, and shows it with commas."""

    def needs(self, model: Model, owner: str) -> Needs:
        return (("facts", chain(model, owner, self.declared.chain)),)

    def cypher(self, sites: Sites) -> Fragment:
        facts = sites.chain("facts")
        return clause(
            "head(COLLECT {{ MATCH {match} WHERE {where} RETURN max({n}.{p}) }})",
            match=path(sites.here.node, facts),
            where=conjunction(visible(facts)),
            n=facts[-1].node,
            p=name(self.declared.of),
        )

    def value(self, stored: int) -> str:
        return f"{stored:,}"


class Hamlet(Concept):
    """A small place."""

    nature = Nature.STATE
    nearest = Largest("str", "How many people live in the largest city near by.", chain=("near",), of="population")


class LiesNear(Relationship):
    """A hamlet lies near a city."""

    nature = Nature.STATE
    start = at(Hamlet, field="near", says="Cities near by.")
    end = at(City, field="hamlets", says="Hamlets near by.")


def test_a_new_kind_is_a_declaration_and_a_computation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMPUTATIONS, Largest, LargestComputation)
    hamlets = ModuleType(__name__)
    hamlets.Hamlet, hamlets.LiesNear = Hamlet, LiesNear  # type: ignore[attr-defined]  # a module made for this test
    made = compiled(build_model((*NEIGHBOURHOODS, hamlets)), '{ hamlet(id: "hamlet/a") { nearest } }')
    assert made.statement is not None
    assert "MATCH (n0)-[r1:LIES_NEAR]->(n1) WHERE (r1.level" in made.statement.text
    assert "RETURN max(n1.population)" in made.statement.text
    assert "computed nearest, Largest" in show(made.secured)
    for stored, answer in ((1_234_567, "1,234,567"), (None, None)):
        record, request = [[[stored]]], Request({}, (), lambda *_: "")
        assert made.shaper(record, request) == {"hamlet": {"nearest": answer}}
        assert shape(made.plan.shape, record, request) == ({"hamlet": {"nearest": answer}}, [])
