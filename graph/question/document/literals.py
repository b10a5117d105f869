"""Validation of literals. In: values written in a document. Out: errors of one line each, in linear time.

graphql-core's own rule prints the whole object into the error of each of its fields, so its time and text grow quadratically.
"""

from graphql import (
    SKIP,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    ValueNode,
    ValuesOfCorrectTypeRule,
    VariableNode,
    VisitorAction,
)
from graphql.pyutils import did_you_mean, suggestion_list
from graphql.type import is_required_input_field


class LiteralsRule(ValuesOfCorrectTypeRule):
    """Checks lists and objects part by part, and leaves other values to graphql-core."""

    def is_valid_value_node(self, node: ValueNode, input_type: GraphQLInputType | None) -> VisitorAction:
        """Check a value and everything inside it."""
        if input_type:
            self._check(node, input_type)
        return SKIP

    def _check(self, node: ValueNode, type_: GraphQLInputType) -> None:
        if isinstance(type_, GraphQLNonNull) and not isinstance(node, NullValueNode):
            self._check(node, type_.of_type)
        elif isinstance(node, VariableNode):
            return
        elif isinstance(type_, GraphQLList) and isinstance(node, ListValueNode):
            for item in node.values:
                self._check(item, type_.of_type)
        elif isinstance(type_, GraphQLList) and not isinstance(node, NullValueNode):
            self._check(node, type_.of_type)
        elif isinstance(type_, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
            self._object(node, type_)
        else:
            super().is_valid_value_node(node, type_)

    def _object(self, node: ObjectValueNode, type_: GraphQLInputObjectType) -> None:
        given = {field.name.value: field for field in node.fields}
        for name, definition in type_.fields.items():
            if name in given:
                self._check(given[name].value, definition.type)
            elif is_required_input_field(definition):
                self._report(f"Expected value of type '{type_}' to include required field '{name}'.", node)
        known = [field for field in node.fields if field.name.value in type_.fields]
        if len(known) < len(node.fields):
            self._unknown(node, type_)
        if type_.is_one_of and (len(known) != 1 or isinstance(known[0].value, NullValueNode)):
            self._report(
                f"Within OneOf Input Object type '{type_}', exactly one field must be specified, "
                "and the value for that field must be non-null.",
                node,
            )

    def _unknown(self, node: ObjectValueNode, type_: GraphQLInputObjectType) -> None:
        names = list(type_.fields)
        for field in node.fields:
            name = field.name.value
            if name not in type_.fields:
                near = "" if self.context.hide_suggestions else did_you_mean(suggestion_list(name, names))
                self._report(f"Expected value of type '{type_}' not to include unknown field '{name}'.{near}", field)

    def _report(self, message: str, node: ValueNode | ObjectFieldNode) -> None:
        self.report_error(GraphQLError(message, node))
