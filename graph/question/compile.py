"""The compiler. In: a Document, its variables, and whether the viewer has audiences. Out: a Compiled question.

The steps, in order: selection, plan, cost, guard, dates, checks, statement, shaper.
"""

from dataclasses import dataclass, field
from functools import cached_property

from graphql import GraphQLSchema, OperationDefinitionNode

from graph.cypher.statement import Statement
from graph.question.as_of import at_dates
from graph.question.checks import check
from graph.question.cost import CostLimits, check_nesting
from graph.question.cost import check as check_cost
from graph.question.cursor import contents
from graph.question.decode.generate import Shaper, generate
from graph.question.decode.native import Library, Writer
from graph.question.decode.synthetic import FindSynthetic, find_synthetic
from graph.question.document.introspect import INTROSPECTION
from graph.question.document.read import Document, DocumentLimits
from graph.question.document.selection import Case, Selection, select
from graph.question.document.values import Variables
from graph.question.guard import SecuredPlan, secure
from graph.question.plan.build import build
from graph.question.plan.columns import Plan
from graph.question.plan.ledger import FilterLimits
from graph.question.plan.shapes import LookupShape
from graph.question.reads import kinds
from graph.question.render.statement import render
from graph.question.turns import Pace
from schema.domain.measures import MEASURED
from schema.model import Model


@dataclass(frozen=True)
class Limits:
    """What one question may ask for. Everything here is a setting. `synthetic` is the default of the argument of that name.

    With `hints` an empty answer tells which names would have been found if case and accents did not count.
    """

    document: DocumentLimits = field(default_factory=DocumentLimits)
    filters: FilterLimits = field(default_factory=FilterLimits)
    cost: CostLimits = field(default_factory=CostLimits)
    synthetic: bool = False
    hints: bool = False


@dataclass(frozen=True)
class Compiled:
    """A question that is ready to run, with any variables that give the same key (see `document.structure`).

    `networks` are the fields of the root that measure networks, `reads` the labels and types that the statement reads.
    """

    plan: Plan
    secured: SecuredPlan
    statement: Statement | None
    shaper: Shaper
    find_synthetic: FindSynthetic
    keys: tuple[str, ...]
    introspects: bool
    networks: tuple[Selection, ...] = ()
    native: Library | None = field(default=None, compare=False)
    reads: frozenset[str] = frozenset()
    pace: Pace = field(default_factory=Pace, compare=False)

    @cached_property
    def ids(self) -> str | None:
        """The parameter with the ids of the facts if the question looks facts up and asks for nothing else; None otherwise."""
        only = self.plan.shape.fields[0] if len(self.plan.shape.fields) == 1 else None
        return f"p{only.ids}" if isinstance(only, LookupShape) and only.ids is not None else None

    @cached_property
    def writer(self) -> Writer | None:
        """What writes a record as JSON; None without a record or a library, or if the library does not know the plan."""
        return None if self.native is None or self.statement is None else self.native.writer(self.plan)


@dataclass(frozen=True)
class Compiler:
    """Compiles each question to one statement. It is pure and needs no database."""

    schema: GraphQLSchema
    model: Model
    limits: Limits
    native: Library | None = None

    def compile(
        self, document: Document, operation: OperationDefinitionNode, variables: Variables, by_audience: bool
    ) -> Compiled:
        """Compile an operation. Raise QuestionTooExpensive or BadUserInput if it asks for too much."""
        root = select(document, operation, self.schema, variables, self.limits.document.fields)
        plan = self.plan(root, variables)
        check_cost(plan.cost_terms, variables, self.limits.cost)
        check_nesting(plan.row, self.limits.filters.nesting)
        secured = check(at_dates(secure(plan, self.model, by_audience)))
        return Compiled(
            plan=plan,
            secured=secured,
            statement=render(secured, self.model) if plan.row.columns else None,
            shaper=generate(plan.shape),
            find_synthetic=find_synthetic(plan),
            keys=tuple(selection.key for selection in root.fields),
            introspects=any(selection.name in INTROSPECTION for selection in root.fields),
            networks=tuple(selection for selection in root.fields if selection.name in MEASURED),
            native=self.native,
            reads=kinds(plan),
        )

    def plan(self, root: Case, variables: Variables) -> Plan:
        """Plan the selections of a root."""
        limits = self.limits
        return build(root, self.model, variables, contents, limits.filters, synthetic=limits.synthetic)
