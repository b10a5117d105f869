"""What rows of a mutation look like. In: a schema as text, or answers of introspection. Out: types of arguments and fields."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from citygraph_client.core import Core, Steps
from citygraph_client.errors import BadDocument, GraphQLErrors

_OF = "name kind ofType { name kind ofType { name kind ofType { name kind ofType { name kind } } } }"
_MUTATIONS = f'{{ __type(name: "Mutation") {{ fields {{ name args {{ name type {{ {_OF} }} }} }} }} }}'
_INPUT = f"query ($name: String!) {{ __type(name: $name) {{ kind inputFields {{ name type {{ {_OF} }} }} }} }}"
_BLOCK = re.compile(r"^(type|input) (\w+)[^{\n]*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_TEXT = re.compile(r'"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n])*"|#[^\n]*')
_MUTATION = re.compile(r"(\w+)\(([^()]*)\)\s*:")
_ENTRY = re.compile(r"(\w+)\s*:\s*([\w!\[\]]+)")
_DEEP = 4
"""How deep types inside types are asked for."""


@dataclass
class Shapes:
    """Types by name: of the argument `rows` of each mutation, and of the fields of each input."""

    rows: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)

    def of_rows(self, mutation: str) -> str:
        """Return the type of `rows`, such as `[VisitInput!]!`; raise BadDocument for what is no such mutation."""
        if mutation not in self.rows:
            near = [name for name in self.rows if name.lower().startswith(mutation.lower()[:8])] or [*self.rows]
            raise BadDocument(f"There is no mutation {mutation!r} that takes rows; there are {', '.join(near[:20])}.")
        return self.rows[mutation]


def named(type_: str) -> str:
    """Return the name in a type."""
    return type_.strip("[]!")


def read_sdl(text: str) -> Shapes:
    """Read a schema in GraphQL's language."""
    found = Shapes()
    for kind, name, body in _BLOCK.findall(_TEXT.sub("", text)):
        if kind == "input":
            found.inputs[name] = dict(_ENTRY.findall(body))
        elif name == "Mutation":
            for mutation, given in _MUTATION.findall(body):
                types = dict(_ENTRY.findall(given))
                if "rows" in types:
                    found.rows[mutation] = types["rows"]
    if not found.rows:
        raise BadDocument("The schema has no mutation that takes rows; give the text that `citygraph schema` prints.")
    return found


def asked(core: Core, mutation: str, *, inputs: bool) -> Steps[Shapes]:
    """Ask a server for the types of a mutation; with `inputs`, also for those of the fields of its rows."""
    found = Shapes()
    try:
        data = yield from core.query({"query": _MUTATIONS})
        for each in data["__type"]["fields"]:
            types = {argument["name"]: _written(argument["type"]) for argument in each["args"]}
            if "rows" in types:
                found.rows[each["name"]] = types["rows"]
        wanted = [named(found.of_rows(mutation))] if inputs else []
        for _ in range(_DEEP):
            wanted = yield from _inputs(core, found, wanted)
    except GraphQLErrors as error:
        raise BadDocument(
            f"The server does not tell its schema ({error}). Give it: `schema=` with what `citygraph schema` prints."
        ) from error
    return found


def _inputs(core: Core, found: Shapes, wanted: list[str]) -> Steps[list[str]]:
    """Ask for input types; return the names of those inside them that are not known yet."""
    inner: list[str] = []
    for name in wanted:
        data = yield from core.query({"query": _INPUT, "variables": {"name": name}})
        fields: list[Mapping[str, Any]] = (data["__type"] or {}).get("inputFields") or []
        if fields:
            found.inputs[name] = {each["name"]: _written(each["type"]) for each in fields}
            inner += [named(each) for each in found.inputs[name].values() if named(each).endswith("Input")]
    return [name for name in dict.fromkeys(inner) if name not in found.inputs]


def _written(type_: Mapping[str, Any]) -> str:
    if type_["kind"] == "NON_NULL":
        return _written(type_["ofType"]) + "!"
    return f"[{_written(type_['ofType'])}]" if type_["kind"] == "LIST" else str(type_["name"])
