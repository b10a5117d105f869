"""The heart of the schema, for reading. In: SDL. Out: SDL of a few types, without arguments of lists and inherited fields."""

from dataclasses import replace

from graphql import (
    DocumentNode,
    FieldDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    parse,
    print_ast,
)

from schema.derived.graphql import names
from schema.derived.graphql.outputs import PAGING, ROOT
from schema.model import FACT, Model

FIRST = ("Query", "Node", FACT, "Named")
LAST = ("When", "Marking", "Confidence", "PageInfo", "EdgeWhere", "TextFilter", "IntFilter", "WhenFilter")
INHERITED = ("Node", FACT, "Named")
OF_ROOTS = ("node", "nodes", "search", "path")
HEAD = """# The heart of the schema, for reading. `schema.graphql` is the whole, and `language.md` teaches it.
# This page leaves out:
# - types: each type has a Connection, Edge, Aggregate, Key, Order and Where of its own, as {sample} has here;
# - fields of the root for other types;
# - fields that a type has from Fact and Named;
# - arguments: a list takes first, after, last, before, where and orderBy, and each root field but node asOf and synthetic.

"""


def small(model: Model, sdl: str, types: tuple[str, ...]) -> str:
    """Return the small schema: these types, and for the first one its list, filter, order and aggregate."""
    by_name = {node.name.value: node for node in parse(sdl).definitions if isinstance(node, TypeDefinitionNode)}
    sample, specs = types[0], [model.concepts[label] for label in types]
    stems = (names.connection, names.edge, names.aggregate, names.group_key, names.order, names.where)
    shown = (*FIRST, *types, *(stem(sample) for stem in stems), *LAST)
    inherited = {field.name.value for name in INHERITED for field in getattr(by_name[name], "fields", ())}
    hidden = dict.fromkeys((*types, names.edge(sample)), inherited)
    roots = {*OF_ROOTS, *(spec.singular for spec in specs), *(spec.plural for spec in specs)}
    hidden["Query"] = {field.name.value for field in getattr(by_name["Query"], "fields", ())} - roots
    definitions = tuple(_shown(by_name[name], hidden.get(name, set())) for name in shown)
    return HEAD.format(sample=sample) + print_ast(DocumentNode(definitions=definitions)).strip() + "\n"


def _shown(node: TypeDefinitionNode, hidden: set[str]) -> TypeDefinitionNode:
    if isinstance(node, InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode):
        fields = [field for field in node.fields or () if field.name.value not in hidden]
        return replace(node, fields=tuple(map(_without_paging, fields)))
    return node


def _without_paging(field: FieldDefinitionNode) -> FieldDefinitionNode:
    """Leave out the arguments that every list or every root has."""
    known = {"where", "orderBy", *(each.name for each in (*PAGING, *ROOT))}
    kept = tuple(argument for argument in field.arguments or () if argument.name.value not in known)
    return replace(field, arguments=kept)
