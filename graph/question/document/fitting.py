"""Validation of what GraphQL cannot tell from types. In: a document. Out: errors at names that do not fit where they stand.

Lists of facts of one type share their edge, filter, order and aggregate. This rule refuses properties of other relationships
and types. It sees what is written in the document; the planner refuses the same in variables.
"""

from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLObjectType,
    InlineFragmentNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    ValueNode,
    get_named_type,
)
from graphql.language import EnumValueNode

from graph.question.document.places import Place, inside, misfit, no_relationship, not_of_relationship
from schema.model import Model, Route

OF_PROPERTIES = ("min", "max", "avg", "sum")
OF_EVERY_EDGE = ("__typename", "cursor", "node", "highlights")


def fitting_rule(model: Model) -> type[ValidationRule]:
    """Return the rule for a model."""

    class FittingRule(_Fitting):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context, model)

    return FittingRule


class _Fitting(ValidationRule):
    def __init__(self, context: ValidationContext, model: Model) -> None:
        super().__init__(context)
        self._model = model
        self._checked: set[tuple[int, str, str]] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Check a list: its filter, its order, and what is selected of its edges and its aggregate."""
        parent, definition = self.context.get_parent_type(), self.context.get_field_def()
        type_ = get_named_type(definition.type) if definition else None
        if parent is None or not isinstance(type_, GraphQLObjectType) or "edges" not in type_.fields:
            return
        field = node.name.value
        route = self._model.routes.get(parent.name, {}).get(field)
        listed = Place(route.target if route else get_named_type(type_.fields["nodes"].type).name, field, route)
        for argument in node.arguments or ():
            if argument.name.value == "where":
                self._where(argument.value, listed)
            elif argument.name.value == "orderBy":
                self._order(argument.value, listed)
        if node.selection_set:
            _List(self, listed.type_name, route).check(node.selection_set)

    # --- Filters and orders ---

    def _where(self, value: ValueNode, place: Place) -> None:
        if isinstance(value, ListValueNode):
            for item in value.values:
                self._where(item, place)
        for part in value.fields if isinstance(value, ObjectValueNode) else ():
            if says := misfit(self._model, place, part.name.value):
                self.report(says, part)
            elif (below := inside(self._model, place, part.name.value)) is not None:
                self._where(part.value, below)

    def _order(self, value: ValueNode, place: Place) -> None:
        if isinstance(value, ListValueNode):
            for item in value.values:
                self._order(item, place)
        for part in value.fields if isinstance(value, ObjectValueNode) else ():
            name = part.name.value
            to_one = self._model.routes.get(place.type_name, {}).get(name)
            says = not_of_relationship(place.route, name) if place.edge else ""
            if name == "edge" and not place.edge:
                says = no_relationship(place)
                to_one = None
            if says:
                self.report(says, part)
            elif name == "edge":
                self._order(part.value, Place(place.type_name, name, place.route, edge=True))
            elif to_one is not None and to_one.one:
                self._order(part.value, Place(to_one.target, name))

    def report(self, says: str, node: Node) -> None:
        """Refuse a node. Without suggestions, the names that would fit are not told."""
        told = f"{says.partition('; accepted')[0]}." if self.context.hide_suggestions and "; accepted" in says else says
        self.report_error(GraphQLError(told, node))

    def once(self, key: tuple[int, str, str]) -> bool:
        """Whether this selection is checked for the first time at such a place."""
        new = key not in self._checked
        self._checked.add(key)
        return new


class _List:
    """Checks what is selected of a list, through fragments; each selection once for a type and a route."""

    def __init__(self, rule: _Fitting, type_name: str, route: Route | None) -> None:
        self._rule, self._model, self._type_name, self._route = rule, rule._model, type_name, route
        self._of = f"{type_name}.{route.relationship.name}.{route.field}" if route else type_name

    def check(self, selected: SelectionSetNode, part: str = "list") -> None:
        """Check a selection of the list or of a part of it."""
        if not self._rule.once((id(selected), self._of, part)):
            return
        for node in selected.selections:
            if isinstance(node, FieldNode):
                self._field(node, part)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._rule.context.get_fragment(node.name.value)
                if fragment is not None:
                    self.check(fragment.selection_set, part)
            elif isinstance(node, InlineFragmentNode):
                self.check(node.selection_set, part)

    def _field(self, node: FieldNode, part: str) -> None:
        name = node.name.value
        below = getattr(self, f"_in_{part}")(node, name)
        if below and node.selection_set:
            self.check(node.selection_set, below)

    def _in_list(self, _: FieldNode, name: str) -> str:
        return name if name in ("edges", "aggregate") else ""

    def _in_edges(self, node: FieldNode, name: str) -> str:
        if name not in OF_EVERY_EDGE and (says := not_of_relationship(self._route, name)):
            self._rule.report(says, node)
        return ""

    def _in_aggregate(self, node: FieldNode, name: str) -> str:
        if name == "key":
            self._rule.report("Only a group of `groupBy` has a `key`.", node)
        if name == "groupBy":
            self._by(node)
            return "group"
        return "properties" if name in OF_PROPERTIES else ""

    def _in_group(self, node: FieldNode, name: str) -> str:
        if name == "groupBy":
            self._rule.report("A group has no groups: name several fields in `by`.", node)
        return "properties" if name in OF_PROPERTIES else ""

    def _in_properties(self, node: FieldNode, name: str) -> str:
        if name != "__typename" and name not in self._model.properties(self._type_name):
            self._rule.report(f"`{self._type_name}` has no property `{name}`.", node)
        return ""

    def _by(self, node: FieldNode) -> None:
        """Check the names in `by`."""
        known = self._model.group_keys(self._type_name)
        for argument in node.arguments or ():
            value = argument.value
            for item in value.values if isinstance(value, ListValueNode) else (value,):
                if isinstance(item, EnumValueNode) and item.value not in known:
                    says = f"Facts of type `{self._type_name}` are not grouped by `{item.value}`; accepted are"
                    self._rule.report(f"{says} {', '.join(known)}.", item)
