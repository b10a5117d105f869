"""Hints for the commonest mistakes. In: a message of graphql-core and the schema. Out: the message with the words that help.

A hint is one row of HINTS: a pattern of messages, and a function that returns the hint, or an empty text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLSchema, get_named_type

from graph.errors import LONGEST
from schema.domain.evidence import COMMON, RELATIONSHIP_ID

Match = re.Match[str]
PAGES = "A list takes first, which says how many, and after, which is the endCursor of the page before."
QUOTED = 40
"""Characters that a hint repeats of a given value."""
WORDS = 20
"""Values of an enum that a hint lists."""
FEW = 4
"""Fields that begin with what was written, and are named."""
PAGING = {"limit", "offset", "skip", "take", "top", "page", "pagesize", "perpage", "size", "count", "start", "cursor"}
FILTERING = {"filter", "filters", "filterby", "condition", "conditions", "query", "match"}
ORDERING = {"order", "orderby", "sort", "sortby", "sorted", "ordering"}
WRAPPING = {"data", "items", "results", "rows", "list", "records", "values"}
OF_OTHER_ROOTS = {"asof": "asOf", "synthetic": "synthetic"}
"""Arguments, folded, that each field of the root has except node."""
KEY_AND_DIRECTION = re.compile(r"(\w+?)(?:[ _]?(asc|desc))?", re.IGNORECASE)
DIRECTIONS = ("ASC", "DESC")
OF_A_LIST = re.compile(r"(\w+?)_?(Aggregate|Connection)")
"""Fields of the root in other servers."""
COUNTING = {"count", "total", "size", "length", "totalcount"}
OPERATORS = {
    "equals": "eq", "equal": "eq", "is": "eq", "neq": "ne", "not": "ne", "nin": "notIn", "oneof": "in", "like": "contains",
    "ilike": "search", "matches": "search", "regex": "contains", "before": "lt", "after": "gt", "min": "gte", "max": "lte",
    "ge": "gte", "le": "lte", "greaterthan": "gt", "lessthan": "lt", "null": "isNull", "exists": "isNull",
}  # fmt: skip
"""Operators of other languages, folded, and ours."""

SUGGESTED = re.compile(r" Did you mean .*?\?(?= |$)")
"""What graphql-core suggests: names that are spelled alike. A hint knows what was meant."""


@dataclass(frozen=True)
class Hint:
    """A pattern of messages, and what makes a hint of a match. `always` hints tell nothing about the schema."""

    pattern: re.Pattern[str]
    of: Callable[[Match, GraphQLSchema], str]
    always: bool = False


def hinted(message: str, schema: GraphQLSchema, *, suggestions: bool) -> str:
    """Return a message with its hint, if there is one; hints that name parts of the schema only with `suggestions`."""
    for hint in HINTS:
        if (
            (hint.always or suggestions)
            and (match := hint.pattern.search(message))
            and (says := hint.of(match, schema))
        ):
            return _joined(SUGGESTED.sub("", message), says)
    return message


def _joined(message: str, says: str) -> str:
    """Put a hint behind a message; a long message is cut, because it may quote the client."""
    ended = message if message.endswith((".", "?", "!")) else f"{message}."
    most = LONGEST - len(says) - 1
    return f"{ended if len(ended) <= most else ended[: most - 1] + '…'} {says}"


def _fold(name: str) -> str:
    return name.replace("_", "").lower()


def _fields(schema: GraphQLSchema, type_name: str) -> dict[str, Any]:
    return getattr(schema.type_map.get(type_name), "fields", {})


def _inner(schema: GraphQLSchema, type_name: str, field: str) -> str:
    """Return the name of the type of a field; an empty text if there is no such field."""
    fields = _fields(schema, type_name)
    return str(get_named_type(fields[field].type)) if field in fields else ""


def _unknown_field(match: Match, schema: GraphQLSchema) -> str:
    name, type_name = match.groups()
    fields = _fields(schema, type_name)
    if "nodes" in fields:
        if name in _fields(schema, _inner(schema, type_name, "nodes")):
            return f"It is a connection: select nodes {{ {name} }}."
        if _fold(name) in WRAPPING:
            return "It is a connection: its facts are in nodes."
        if _fold(name) in COUNTING and "totalCount" in fields:
            return "The number of all facts is totalCount."
    if "node" in fields and name in _fields(schema, _inner(schema, type_name, "node")):
        of_relationship = (
            f" The relationship's is {RELATIONSHIP_ID}." if name == "id" and RELATIONSHIP_ID in fields else ""
        )
        return f"The fact is in node: select node {{ {name} }}.{of_relationship}"
    if type_name == "Query" and (says := _other_root(name, schema)) and f"'{says}'" not in match.string:
        return f"Write {says}."
    begun = [f"'{field}'" for field in fields if field.startswith(name)]
    return f"Did you mean {' or '.join(begun)}?" if 0 < len(begun) <= FEW and not SUGGESTED.search(match.string) else ""


def _other_root(name: str, schema: GraphQLSchema) -> str:
    """Return how a list is asked for whose field was called otherwise: by a plural with an s, or as other servers do."""
    fields = _fields(schema, "Query")
    if (of_list := OF_A_LIST.fullmatch(name)) and of_list[1] in fields:
        return of_list[1] + (" { aggregate { count } }" if of_list[2] == "Aggregate" else "")
    return _list_of(schema, _inner(schema, "Query", name.removesuffix("s")))


def _unknown_argument(match: Match, schema: GraphQLSchema) -> str:
    name, type_name, field = match.groups()
    folded, definition = _fold(name), _fields(schema, type_name).get(field)
    if (type_name, field) == ("Query", "node") and folded in OF_OTHER_ROOTS:
        return f"node takes an id only; ask nodes(ids: [...], {OF_OTHER_ROOTS[folded]}: ...)."
    if folded == "asof":
        return "asOf is an argument of the field at the root and holds for everything below it."
    if definition is None:
        return ""
    if "first" in definition.args and folded in PAGING:
        return PAGES
    if "where" in definition.args:
        listed = _is_list(schema, _inner(schema, str(get_named_type(definition.type)), "nodes"), name)
        return _for_list(name, get_named_type(definition.args["where"].type), definition.args, listed=listed)
    return _by_property(name, field, str(get_named_type(definition.type)), schema) if "id" in definition.args else ""


def _for_list(name: str, where: Any, arguments: dict[str, Any], *, listed: bool) -> str:
    """Say how a list is filtered or sorted instead of by an argument of this name."""
    if _fold(name) in ORDERING and "orderBy" in arguments:
        return f"A list is sorted with orderBy: {{{_example(get_named_type(arguments['orderBy'].type))}: ASC}}."
    if _fold(name) in FILTERING:
        return f'A list is filtered with where: {{{_example(where)}: {{eq: "..."}}}}.'
    return (
        f"A list is filtered with where: {{{name}: {_some_value(where, name, listed)}}}."
        if name in where.fields
        else ""
    )


def _example(type_: GraphQLInputObjectType) -> str:
    """Return the first property of its own that a filter or an order of this type has."""
    inner = {name: get_named_type(field.type) for name, field in type_.fields.items() if name not in (*COMMON, "count")}
    compared = [
        name for name, of in inner.items() if isinstance(of, GraphQLEnumType) or "eq" in getattr(of, "fields", ())
    ]
    return compared[0] if compared else "id"


def _some_value(where: GraphQLInputObjectType, name: str, listed: bool) -> str:
    inner: Any = get_named_type(where.fields[name].type)
    if "eq" in inner.fields:
        return "{eq: ...}"
    return "{some: {...}}" if listed else "{...}"


def _is_list(schema: GraphQLSchema, type_name: str, field: str) -> bool:
    """Whether a field leads to a list of facts."""
    type_ = getattr(_fields(schema, type_name).get(field), "type", None)
    return "nodes" in _fields(schema, _inner(schema, type_name, field)) or str(type_).startswith("[")


def _by_property(name: str, field: str, type_name: str, schema: GraphQLSchema) -> str:
    """Say that a field takes an id, and which list is filtered by the property that was given."""
    lists = _list_of(schema, type_name)
    if lists and name in _fields(schema, type_name):
        return f"{field} takes an id; to find by {name}, ask {lists}(where: {{{name}: {{eq: ...}}}})."
    return f"{field} takes an id."


def _list_of(schema: GraphQLSchema, type_name: str) -> str:
    """Return the field of the root that lists a type."""
    query = schema.query_type
    for name, definition in (query.fields if query else {}).items():
        if "where" in definition.args and _inner(schema, str(get_named_type(definition.type)), "nodes") == type_name:
            return str(name)
    return ""


def _missing_argument(match: Match, schema: GraphQLSchema) -> str:
    field = match[1]
    lists = _list_of(schema, _inner(schema, "Query", field))
    return f"{field} gives one fact by its id; {lists} gives a list, which where filters." if lists else ""


def _not_an_object(match: Match, schema: GraphQLSchema) -> str:
    type_name, value = match.groups()
    type_ = schema.type_map.get(type_name)
    if not isinstance(type_, GraphQLInputObjectType):
        return ""
    if "eq" in type_.fields:
        return f"Write an operator and the value: {_operation(type_, value)}."
    if "amount" in type_.fields:
        return "Write {amount: {gte: ...}}."
    if type_name.endswith("Order") and "and" not in type_.fields:
        return _key_of_order(type_, value.strip("\"'"))
    if "and" in type_.fields:
        if value.startswith("["):
            return "Write one object; several stand in its field `and` or `or`."
        of_list = "Of a list of facts, write {some: {...}}. " if "some" in type_.fields else ""
        return f"{of_list}Write a property, an operator and the value: {{id: {{eq: ...}}}}."
    return ""


def _key_of_order(type_: GraphQLInputObjectType, bare: str) -> str:
    """Write a key of an order for a bare name, for a name and a direction in one word, and for a direction alone."""
    if bare.upper() in DIRECTIONS and "count" in type_.fields:
        said = bare.upper()
        return f"Of a list of facts, write {{count: {said}}}; of one fact, such as {{{_example(type_)}: {said}}}."
    read = KEY_AND_DIRECTION.fullmatch(bare)
    key = read[1] if read and read[1] in type_.fields else _example(type_)
    return f"Write a key and a direction: {{{key}: {(read[2] if read and read[2] else 'ASC').upper()}}}."


def _operation(type_: GraphQLInputObjectType, value: str) -> str:
    """Write a value that was given alone with the operator that it lacks."""
    if value.startswith("[") and "in" in type_.fields:
        return f"{{in: {_rewritten(type_, value)}}}"
    return f"{{eq: {_rewritten(type_, value)}}}"


def _rewritten(type_: GraphQLInputObjectType, value: str) -> str:
    if len(value) > QUOTED:
        return "..."
    operand = get_named_type(type_.fields["eq"].type)
    if isinstance(operand, GraphQLEnumType):
        return value.replace('"', "").replace("'", "")
    if operand.name in ("Int", "BigInt", "Float", "Boolean"):
        return value.strip("\"'")
    bare = value.replace("'", '"')
    return bare if bare.startswith(('"', "[")) else f'"{bare}"'


def _unknown_key(match: Match, schema: GraphQLSchema) -> str:
    type_name, name = match.groups()
    fields = _fields(schema, type_name)
    if "eq" in fields:
        ours = OPERATORS.get(_fold(name), "")
        return f"Write {ours}." if ours in fields else f"The operators here are {', '.join(fields)}."
    key, operator = _split(name, fields)
    return f"Write {{{key}: {{{operator}: ...}}}}." if key else _of_one_type(type_name, name, schema)


def _of_one_type(type_name: str, name: str, schema: GraphQLSchema) -> str:
    """Say how facts of several types are compared by what only one of the types has."""
    shared = schema.type_map.get(type_name.removesuffix("Where"))
    types = schema.get_possible_types(shared) if isinstance(shared, GraphQLInterfaceType) else ()
    possible = {f"{each.name}Where" for each in types}
    for field, definition in _fields(schema, _inner(schema, type_name, "on")).items():
        inner: Any = get_named_type(definition.type)
        if inner.name in possible and name in inner.fields:
            return f"Not all types here have it: write {{on: {{{field}: {{{name}: ...}}}}}}."
    return ""


def _split(name: str, fields: dict[str, Any]) -> tuple[str, str]:
    """Split a name such as `name_contains` or `populationGte` into a key of a filter and an operator of ours."""
    for key in sorted(fields, key=len, reverse=True):
        rest = name[len(key) :].strip("_")
        inner = getattr(get_named_type(fields[key].type), "fields", {})
        if not name.startswith(key) or not rest or "eq" not in inner:
            continue
        ours = {_fold(operator): operator for operator in inner}
        operator = ours.get(_fold(rest)) or OPERATORS.get(_fold(rest), "")
        if operator in inner:
            return key, operator
    return "", ""


def _quoted_word(match: Match, schema: GraphQLSchema) -> str:
    enum = schema.type_map.get(match[1])
    known = isinstance(enum, GraphQLEnumType) and match[2] in enum.values
    return f"Write it without quotes: {match[2]}." if known else ""


def _unknown_word(match: Match, schema: GraphQLSchema) -> str:
    enum = schema.type_map.get(match[1])
    words = list(enum.values) if isinstance(enum, GraphQLEnumType) else []
    return f"Accepted are {', '.join(words)}." if 0 < len(words) <= WORDS else ""


def _no_selection(match: Match, schema: GraphQLSchema) -> str:
    field, type_name = match.groups()
    return f"Write {field} {{ nodes {{ id }} }}." if "nodes" in _fields(schema, type_name) else ""


def _no_subscription(_match: Match, _schema: GraphQLSchema) -> str:
    return "What changes is sent by one subscription and by GET /events/stream; see docs/events.md."


def _no_mutation(_match: Match, _schema: GraphQLSchema) -> str:
    return "A mutation is `upsert` with the plural of a type, such as upsertCities; see docs/writing.md."


def _several_keys(_match: Match, _schema: GraphQLSchema) -> str:
    return "Several keys are a list of objects with one key each: [{since: DESC}, {id: ASC}]."


def _number(_match: Match, _schema: GraphQLSchema) -> str:
    return "Write a number without quotes."


def _text(_match: Match, _schema: GraphQLSchema) -> str:
    return "Write a text in double quotes."


def _bare_name(_match: Match, _schema: GraphQLSchema) -> str:
    return "Names inside a document have no quotes: {name: ...}."


HINTS = (
    Hint(re.compile(r"^Cannot query field '\w+' on type 'Subscription'"), _no_subscription, always=True),
    Hint(re.compile(r"^Cannot query field '\w+' on type 'Mutation'"), _no_mutation),
    Hint(re.compile(r"^Cannot query field '(\w+)' on type '(\w+)'"), _unknown_field),
    Hint(re.compile(r"^Unknown argument '(\w+)' on field '(\w+)\.(\w+)'"), _unknown_argument),
    Hint(re.compile(r"^Argument 'Query\.(\w+)\(id:\)' of type 'ID!' is required"), _missing_argument),
    Hint(re.compile(r"Expected value of type '(\w+)' to be an object, found: (.*)\.$"), _not_an_object),
    Hint(re.compile(r"Expected value of type '(\w+)' not to include unknown field '(\w+)'"), _unknown_key),
    Hint(re.compile(r"^Enum '(\w+)' cannot represent non-enum value: \"(\w+)\""), _quoted_word),
    Hint(re.compile(r"Value '\w+' does not exist in '(\w+)' enum"), _unknown_word),
    Hint(re.compile(r"^Field '(\w+)' of type '(\w+)!?' must have a selection of subfields"), _no_selection),
    Hint(re.compile(r"OneOf Input Object type '\w+Order'|^A key of an order has exactly one field"), _several_keys),
    Hint(
        re.compile(r"(?:^|: )(?:Int|Float|BigInt) cannot represent non-\w+ value: [\"']-?[\d.]+[\"']"),
        _number,
        always=True,
    ),
    Hint(re.compile(r"^String cannot represent a non string value"), _text, always=True),
    Hint(re.compile(r"^Syntax Error: Expected Name, found String"), _bare_name, always=True),
)
"""The hints. The first one that has something to say is taken."""
