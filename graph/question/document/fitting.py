"""Validation of what GraphQL cannot tell from types. In: a document. Out: errors at names that do not fit where they stand.

Lists of facts of one type share their edge, filter, order and aggregate. This rule refuses properties of other relationships
and types. It sees what is written in the document; the planner refuses the same in variables.
"""

from collections.abc import Collection, Sequence
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLObjectType,
    InlineFragmentNode,
    ListValueNode,
    Node,
    ObjectFieldNode,
    ObjectValueNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    ValueNode,
    get_named_type,
)
from graphql.language import EnumValueNode

from graph.question.document.places import (
    Place,
    inside,
    misfit,
    misfit_of_count,
    misfit_of_key,
    no_relationship,
    not_of_list,
    not_of_relationship,
)
from schema.domain.evidence import ON_EDGE
from schema.model import Model, Route

OF_PROPERTIES = {"min": "extremes", "max": "extremes", "avg": "numbers", "sum": "numbers"}
OF_GROUPS = ("nodes", "pageInfo", "totalCount")
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
            edge: Any = get_named_type(type_.fields["edges"].type)
            _List(self, listed.type_name, route, edge.fields).check(node.selection_set)

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
        if isinstance(value, ObjectValueNode):
            given = [part.name.value for part in value.fields]
            if says := misfit_of_count(place.field, given) if place.listed else misfit_of_key(given):
                self.report(says, value)
                return
            for part in value.fields:
                self._key(part, place)

    def _key(self, part: ObjectFieldNode, place: Place) -> None:
        """Check one field of a key of an order."""
        name = part.name.value
        if place.listed:
            if name == "where":
                self._where(part.value, Place(place.type_name, place.field, place.route))
            return
        route = None if place.edge else self._model.routes.get(place.type_name, {}).get(name)
        if name == "edge" and not place.edge:
            says = no_relationship(place)
        else:
            says = not_of_relationship(place.route, name) if place.edge else not_of_list(name)
        if says:
            self.report(says, part)
        elif name == "edge":
            self._order(part.value, Place(place.type_name, name, place.route, edge=True))
        elif route is not None:
            counted = route if not route.one else None
            self._order(part.value, Place(route.target, name, counted, listed=not route.one))

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

    def __init__(self, rule: _Fitting, type_name: str, route: Route | None, edge: Collection[str]) -> None:
        self._rule, self._model, self._type_name, self._route, self._edge = rule, rule._model, type_name, route, edge
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
        offered = name in self._edge and name not in OF_EVERY_EDGE
        if offered and (says := not_of_relationship(self._route, name, ON_EDGE)):
            self._rule.report(says, node)
        return ""

    def _in_aggregate(self, node: FieldNode, name: str) -> str:
        if name == "key":
            self._rule.report("Only a group of `groupBy` has a `key`.", node)
        if name in OF_GROUPS:
            self._rule.report(f"`{name}` stands in `groupBy`, which has the groups.", node)
        if name == "groupBy":
            self._by(node)
            return "groups"
        return OF_PROPERTIES.get(name, "")

    def _in_groups(self, node: FieldNode, name: str) -> str:
        if name not in (*OF_GROUPS, "__typename"):
            self._rule.report(f"`groupBy` has a list of groups: write {{nodes {{{name}}}}}.", node)
        return "group" if name == "nodes" else ""

    def _in_group(self, node: FieldNode, name: str) -> str:
        if name == "groupBy":
            self._rule.report("A group has no groups: name several fields in `by`.", node)
        if name in OF_GROUPS:
            self._rule.report(f"`{name}` stands in `groupBy`, and not in one of its groups.", node)
        return OF_PROPERTIES.get(name, "")

    def _in_extremes(self, node: FieldNode, name: str) -> str:
        prop = self._model.properties(self._type_name).get(name)
        self._of_property(node, name, offered=prop is not None and prop.has_extremes)
        return ""

    def _in_numbers(self, node: FieldNode, name: str) -> str:
        prop = self._model.properties(self._type_name).get(name)
        self._of_property(node, name, offered=prop is not None and prop.has_numbers)
        return ""

    def _of_property(self, node: Node, name: str, *, offered: bool) -> None:
        """Refuse a property that facts of this type do not have, or not as a number or a date."""
        if name == "__typename" or offered:
            return
        if name in self._model.properties(self._type_name):
            self._rule.report(f"`{name}` of `{self._type_name}` is no number and no date.", node)
        else:
            self._rule.report(f"`{self._type_name}` has no property `{name}`.", node)

    def _by(self, node: FieldNode) -> None:
        """Check what `groupBy` groups by, and the values that its order names."""
        known = self._model.group_keys(self._type_name)
        arguments = {argument.name.value: argument.value for argument in node.arguments or ()}
        for item in _items(arguments.get("by")):
            if isinstance(item, EnumValueNode) and item.value not in known:
                says = f"Facts of type `{self._type_name}` are not grouped by `{item.value}`; accepted are"
                self._rule.report(f"{says} {', '.join(known)}.", item)
        for item in _items(arguments.get("orderBy")):
            for part in item.fields if isinstance(item, ObjectValueNode) else ():
                for value in part.value.fields if isinstance(part.value, ObjectValueNode) else ():
                    if value.name.value not in self._model.properties(self._type_name):
                        self._rule.report(f"`{self._type_name}` has no property `{value.name.value}`.", value)


def _items(value: ValueNode | None) -> Sequence[ValueNode]:
    """Return the items of a list; a single value is a list of one."""
    if value is None:
        return ()
    return value.values if isinstance(value, ListValueNode) else (value,)
