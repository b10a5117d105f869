"""Strawberry types made from data instead of class bodies. In: names, fields and descriptions. Out: Strawberry types.

Fields name their types; a name is looked up in the registry when Strawberry builds the schema.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField


@dataclass(frozen=True)
class Argument:
    """An argument of a field, or a field of an input type. Its text is absent if it stands on the type of the fact."""

    name: str
    type: str
    description: str | None = None


@dataclass(frozen=True)
class Field:
    """A field of an object type or interface; `type` is a Python annotation over registered names."""

    name: str
    type: str
    description: str | None = None
    arguments: tuple[Argument, ...] = ()


def optional(type_: str) -> str:
    """Make a type nullable."""
    return f"Optional[{type_}]"


class _Annotation(StrawberryAnnotation):
    """An annotation such as `Optional[list[City]]`. Strawberry would compile each text, which took half of its time."""

    def evaluate(self) -> Any:
        """Return the type that the text names; raise NameError if it is not registered yet."""
        return _evaluated(str(self.raw_annotation), self.namespace or {})


def _evaluated(text: str, names: dict[str, Any]) -> Any:
    if text.endswith("]"):
        outer, _, inner = text[:-1].partition("[")
        return names[outer][_evaluated(inner, names)]
    if text not in names:
        raise NameError(text)
    return names[text]


def _each_once(name: str, fields: Sequence[Field] | Sequence[Argument]) -> None:
    twice = [each for each, times in Counter(spec.name for spec in fields).items() if times > 1]
    if twice:
        raise ValueError(f"{name} has two fields {twice[0]}.")


@dataclass
class Registry:
    """The types made so far, by name."""

    names: dict[str, Any] = field(default_factory=dict)
    _annotations: dict[str, "_Annotation"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from typing import Optional

        self.names |= {"Optional": Optional, "list": list, "str": str, "int": int, "float": float, "bool": bool}
        self.names["ID"] = strawberry.ID

    def _annotation(self, type_: str) -> StrawberryAnnotation:
        """Return the annotation of a type; fields of the same type share one, so that Strawberry resolves it once."""
        made = self._annotations.get(type_)
        if made is None:
            made = self._annotations[type_] = _Annotation(type_, namespace=self.names)
        return made

    def _output_field(self, spec: Field) -> StrawberryField:
        field_ = StrawberryField(
            python_name=spec.name,
            graphql_name=spec.name,
            type_annotation=self._annotation(spec.type),
            description=spec.description,
        )
        field_.name = spec.name
        field_.arguments = [
            StrawberryArgument(
                python_name=argument.name,
                graphql_name=argument.name,
                type_annotation=self._annotation(argument.type),
                description=argument.description or None,
            )
            for argument in spec.arguments
        ]
        return field_

    def _input_field(self, spec: Argument) -> StrawberryField:
        field_ = StrawberryField(
            python_name=spec.name,
            graphql_name=spec.name,
            type_annotation=self._annotation(spec.type),
            description=spec.description or None,
            default=strawberry.UNSET,
        )
        field_.name = spec.name
        return field_

    def _define(self, name: str, description: str | None, fields: list[StrawberryField], **kind: Any) -> type:
        cls = type(name, (), {})
        definition = StrawberryObjectDefinition(
            name=name,
            is_input=kind.get("is_input", False),
            is_interface=kind.get("is_interface", False),
            origin=cls,
            description=description,
            interfaces=[self.names[i].__strawberry_definition__ for i in kind.get("interfaces", ())],
            extend=False,
            directives=kind.get("directives", ()),
            is_type_of=None,
            resolve_type=None,
            fields=fields,
        )
        cls.__strawberry_definition__ = definition  # type: ignore[attr-defined]  # how Strawberry marks its types
        self.names[name] = cls
        return cls

    def object(
        self, name: str, description: str | None, fields: Sequence[Field], interfaces: Sequence[str] = ()
    ) -> type:
        """Make an object type. Raise ValueError if two fields have one name, for the first would be lost."""
        _each_once(name, fields)
        output = [self._output_field(spec) for spec in fields]
        return self._define(name, description, output, interfaces=interfaces)

    def interface(
        self, name: str, description: str | None, fields: Sequence[Field], interfaces: Sequence[str] = ()
    ) -> type:
        """Make an interface."""
        output = [self._output_field(spec) for spec in fields]
        return self._define(name, description, output, is_interface=True, interfaces=interfaces)

    def input(self, name: str, description: str | None, fields: Sequence[Argument], *, one_of: bool = False) -> type:
        """Make an input type; with `one_of`, exactly one of its fields is given. Raise ValueError as `object` does."""
        from strawberry.schema_directives import OneOf

        _each_once(name, fields)
        given = [self._input_field(spec) for spec in fields]
        return self._define(name, description, given, is_input=True, directives=[OneOf()] if one_of else ())

    def enum(self, name: str, description: str, values: Mapping[str, str | None]) -> type:
        """Make an enum; `values` maps each name to its description."""
        members = {value: strawberry.enum_value(value, description=text) for value, text in values.items()}
        functional: Any = Enum
        plain: type[Enum] = functional(name, members)
        marked: type = strawberry.enum(plain, name=name, description=description)
        self.names[name] = marked
        return marked

    def scalar(self, name: str, scalar: type) -> None:
        """Register a scalar under its name."""
        self.names[name] = scalar
