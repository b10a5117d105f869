"""Python types for the answers of a document. In: GraphQL operations and a schema, as texts. Out: a module as text.

An object is a TypedDict. An interface or a union is one for each type that the document names, told apart by `__typename`; if
that is not selected it is one, in which some fields may be absent.
"""

import keyword
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from citygraph_client.errors import BadDocument, GraphQLErrors, MissingExtra, OneError

SCALARS = {"ID": "str", "String": "str", "Int": "int", "Float": "float", "Boolean": "bool", "BigInt": "int"}
TEXTS = ("Day", "Edtf", "Instant")
TYPENAME = "__typename"
_ANYTHING = "Any"
"""The type of a field that has another type in each type of object, if the answer does not say which it is."""


@dataclass
class _Asked:
    """A field of an answer: its type, what is selected below it, and whether a directive or a fragment may leave it out."""

    type: Any
    nodes: list[tuple[Any, list[Any]]] = field(default_factory=list)
    sure: bool = False


@dataclass
class Writer:
    """Writes the types of one module."""

    schema: Any
    fragments: Mapping[str, Any]
    core: Any
    enums: dict[str, str] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    # Selections ------------------------------------------------------------------------------------------------------

    def fields(self, type_: Any, selections: Sequence[Any], *, sure: bool = True) -> dict[str, _Asked]:
        """Return what a type of object answers to some selections, by keys."""
        found: dict[str, _Asked] = {}
        for node, certain in self._of(type_, selections, sure):
            key = node.alias.value if node.alias else node.name.value
            asked = found.setdefault(key, _Asked(self._type(type_, node.name.value)))
            asked.nodes.append((node, node.selection_set.selections if node.selection_set else []))
            asked.sure = asked.sure or certain
        return found

    def _of(self, type_: Any, selections: Sequence[Any], sure: bool) -> Iterator[tuple[Any, bool]]:
        """Yield the fields that hold for a type, with those of fragments, and whether they are surely there."""
        for node in selections:
            certain = sure and not any(each.name.value in ("include", "skip") for each in node.directives or ())
            if node.kind == "field":
                yield node, certain
                continue
            fragment = self.fragments[node.name.value] if node.kind == "fragment_spread" else node
            on = fragment.type_condition
            if on is None or self._fits(type_, self.schema.type_map[on.name.value]):
                yield from self._of(type_, fragment.selection_set.selections, certain)

    def _fits(self, type_: Any, on: Any) -> bool:
        return type_ is on or (self.core.is_abstract_type(on) and self.schema.is_sub_type(on, type_))

    def _type(self, type_: Any, name: str) -> Any:
        return None if name == TYPENAME else type_.fields[name].type

    # Types -----------------------------------------------------------------------------------------------------------

    def written(self, type_: Any, asked: _Asked, called: str) -> str:
        """Return the type of a field as text, and write the classes that it needs."""
        if type_ is _ANYTHING:
            return "Any"
        if self.core.is_non_null_type(type_):
            return self._bare(type_.of_type, asked, called)
        return f"{self._bare(type_, asked, called)} | None"

    def _bare(self, type_: Any, asked: _Asked, called: str) -> str:
        if self.core.is_list_type(type_):
            return f"list[{self.written(type_.of_type, asked, called)}]"
        if self.core.is_enum_type(type_):
            return self._enum(type_)
        if self.core.is_leaf_type(type_):
            return SCALARS.get(type_.name, "str" if type_.name in TEXTS else "Any")
        selections = [each for _, below in asked.nodes for each in below]
        return self.object(type_, selections, called)

    def _enum(self, type_: Any) -> str:
        if type_.name not in self.enums:
            values = ", ".join(f'"{each}"' for each in type_.values)
            self.enums[type_.name] = f"{type_.name} = Literal[{values}]"
            self.named.add(type_.name)
        return str(type_.name)

    def object(self, type_: Any, selections: Sequence[Any], called: str) -> str:
        """Write the class of an object, or those of an interface or a union; return the type as text."""
        if not self.core.is_abstract_type(type_):
            return self._class(called, self.fields(type_, selections), [type_.name])
        possible = sorted(self.schema.get_possible_types(type_), key=lambda each: str(each.name))
        answers: dict[str, list[Any]] = {}
        for each in possible:
            fields = self.fields(each, selections)
            shape = ", ".join(
                f"{key}:{asked.type}:{asked.sure}:{[id(node) for node, _ in asked.nodes]}"
                for key, asked in fields.items()
            )
            answers.setdefault(shape, []).append(each)
        groups = sorted(answers.values(), key=len)
        shown = [(self.fields(group[0], selections), [each.name for each in group]) for group in groups]
        told = [any(asked.type is None and asked.sure for asked in fields.values()) for fields, _ in shown]
        if len(groups) == 1 or not all(told):
            return self._class(
                called, _together([fields for fields, _ in shown]), [name for _, types in shown for name in types]
            )
        names = []
        for fields, types in shown:
            several = "Other" if types is shown[-1][1] else "Or".join(types)
            names.append(self._class(called + (types[0] if len(types) == 1 else several), fields, types))
        return " | ".join(names)

    def _class(self, called: str, fields: Mapping[str, _Asked], types: Sequence[str]) -> str:
        name, number = called, 2
        while name in self.named:
            name, number = f"{called}{number}", number + 1
        self.named.add(name)
        entries = {}
        for key, asked in fields.items():
            if asked.type is None:
                text = "Literal[" + ", ".join(f'"{each}"' for each in types) + "]"
            else:
                text = self.written(asked.type, asked, name + _capital(key))
            entries[key] = text if asked.sure else f"NotRequired[{text}]"
        self.classes.append(_typed_dict(name, entries))
        return name


def _together(several: Sequence[Mapping[str, _Asked]]) -> dict[str, _Asked]:
    """Return the fields of types that an answer does not tell apart; those that not all have may be absent."""
    found: dict[str, _Asked] = {}
    for fields in several:
        for key, asked in fields.items():
            made = found.setdefault(
                key, _Asked(asked.type, sure=all(key in each and each[key].sure for each in several))
            )
            known = {id(node) for node, _ in made.nodes}
            made.nodes += [(node, below) for node, below in asked.nodes if id(node) not in known]
            if str(made.type) != str(asked.type):
                made.type = _ANYTHING
    return found


def typed(document: str, schema: str, source: str = "a document") -> str:
    """Return a module with a type for the answer of each operation, its variables and its text.

    Raise GraphQLErrors if the document does not fit the schema, BadDocument if an operation has no name, MissingExtra without
    graphql-core.
    """
    try:
        import graphql as core
    except ImportError as error:
        raise MissingExtra("graphql-core is not installed: pip install 'citygraph-client[types]'") from error
    try:
        built, parsed = core.build_schema(schema), core.parse(document)
    except core.GraphQLSyntaxError as error:
        raise GraphQLErrors([OneError(str(error), "GRAPHQL_PARSE_FAILED")]) from error
    problems = core.validate(built, parsed)
    if problems:
        raise GraphQLErrors([OneError(str(each), "GRAPHQL_VALIDATION_FAILED") for each in problems])
    definitions: Any = parsed.definitions
    fragments = {each.name.value: each for each in definitions if each.kind == "fragment_definition"}
    writer, texts = Writer(built, fragments, core), list[str]()
    for operation in (each for each in definitions if each.kind == "operation_definition"):
        if operation.name is None:
            raise BadDocument(
                "Give each operation a name, such as `query Visits { ... }`: its types are called after it."
            )
        name = _capital(operation.name.value)
        root = built.get_root_type(operation.operation)
        writer.object(root, operation.selection_set.selections, name)
        writer.classes.append(_typed_dict(f"{name}Variables", _variables(operation, built, writer)))
        texts.append(f"{_constant(operation.name.value)}: Final = {_text(core, operation, fragments)}")
    return _module(source, writer, texts)


def _variables(operation: Any, schema: Any, writer: Writer) -> dict[str, str]:
    found = {}
    for each in operation.variable_definitions or ():
        type_ = writer.core.type_from_ast(schema, each.type)
        needed = writer.core.is_non_null_type(type_) and each.default_value is None
        found[each.variable.name.value] = _input(type_, writer) if needed else f"NotRequired[{_input(type_, writer)}]"
    return found


def _input(type_: Any, writer: Writer) -> str:
    core = writer.core
    if core.is_non_null_type(type_):
        return _input(type_.of_type, writer).removesuffix(" | None")
    if core.is_list_type(type_):
        return f"Sequence[{_input(type_.of_type, writer)}] | None"
    if core.is_input_object_type(type_):
        return "Mapping[str, Any] | None"
    return f"{writer._bare(type_, _Asked(type_), '')} | None"


def _text(core: Any, operation: Any, fragments: Mapping[str, Any]) -> str:
    """Write an operation with the fragments that it uses as a literal."""
    used, waiting = list[str](), [operation]
    while waiting:
        text = core.print_ast(waiting.pop())
        for name, each in fragments.items():
            if f"...{name}" in text.replace("... ", "...") and name not in used:
                used.append(name)
                waiting.append(each)
    whole = "\n\n".join(core.print_ast(each) for each in (operation, *(fragments[name] for name in used)))
    escaped = whole.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\n{escaped}\n"""'


def _module(source: str, writer: Writer, texts: Sequence[str]) -> str:
    body = "\n\n\n".join(["\n".join(writer.enums.values()), *writer.classes, "\n".join(texts)]).strip("\n")
    names = {
        "collections.abc": ("Mapping", "Sequence"),
        "typing": ("Any", "Final", "Literal", "NotRequired", "TypedDict"),
    }
    imports = []
    for module, offered in names.items():
        used = [name for name in offered if f"{name}[" in body or f" {name}" in body or f"({name}" in body]
        imports += [f"from {module} import {', '.join(used)}"] if used else []
    return (
        f'"""Types of the answers of {source}. Written by `python -m citygraph_client types`. Do not edit."""\n\n'
        + ("\n".join(imports) + f"\n\n{body}\n")
    )


def _typed_dict(name: str, entries: Mapping[str, str]) -> str:
    """Write a class; as a call if a key can be no name in a class: one with two underscores would become another."""
    if all(not keyword.iskeyword(key) and not key.startswith("__") for key in entries):
        lines = [f"    {key}: {text}" for key, text in entries.items()] or ["    pass"]
        return "\n".join([f"class {name}(TypedDict):", *lines])
    lines = [f'        "{key}": {text},' for key, text in entries.items()]
    return "\n".join([f"{name} = TypedDict(", f'    "{name}",', "    {", *lines, "    },", ")"])


def _capital(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def _constant(name: str) -> str:
    return "".join(f"_{each}" if each.isupper() and at else each for at, each in enumerate(name)).upper()
