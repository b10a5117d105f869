"""Writing from the command line. In: `field=value` texts and the fact that they are about. Out: a mutation, sent; its problems.

A server that runs on the data folder does it; if there is none, the command does it alone.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from app.cli.remote import ask_running, own_token
from app.start.settings import SettingsError
from schema.derived.graphql.mutations import row_of, title_of
from schema.domain.evidence import COMMON
from schema.language.declare import ConceptSpec, RelationshipSpec, kebab
from schema.language.kinds import Kind, Property
from schema.language.writes import UPSERT
from schema.model import Model

Spec = ConceptSpec | RelationshipSpec
ENDS = ("from", "to")
WRITTEN = ("id", "recordedAt", "updatedAt")
"""Properties that no row states."""
LISTS = {Kind.TEXTS, Kind.REFERENCES}
FITS: dict[Kind, type | tuple[type, ...]] = {
    Kind.INTEGER: int,
    Kind.BIG_INTEGER: int,
    Kind.NUMBER: (int, float),
    Kind.BOOLEAN: bool,
    Kind.MONEY: dict,
    Kind.POINT: dict,
}
"""Kinds whose values are given as JSON, and what the JSON must be. Values of other kinds are texts."""
EXAMPLES = {
    Kind.INTEGER: "12",
    Kind.BIG_INTEGER: "12",
    Kind.NUMBER: "0.5",
    Kind.BOOLEAN: "true",
    Kind.MONEY: '{"amount": 900, "currency": "EUR"}',
    Kind.POINT: '{"latitude": 47.6, "longitude": -122.3}',
}
PROBLEMS = "problems { path message accepted }"
REPEATED = "with the same `requestId`"
OPTIONS = {
    "`withRelationships: true`": "`--with-relationships`",
    "withRelationships": "--with-relationships",
    "expectedUpdatedAt": "--unchanged-since",
    "key.id": "id",
}
"""What the API calls arguments, and what a command calls them."""
REFUSED_VARIABLE = re.compile(r"^Variable '\$\w+' has invalid value(?: at (?:\[0\]\.?)?(?P<place>[^ :]*))?: ")

Server = Annotated[
    str | None, typer.Option(help="Address of a server; by default the one that runs on the data folder.")
]
Token = Annotated[
    str | None, typer.Option(envvar="CITYGRAPH_TOKEN", help="API key with which to write; by default the local token.")
]

RequestId = Annotated[
    str | None, typer.Option(help="Id of this request: repeated with the same one, the command writes once.")
]


@dataclass(frozen=True)
class By:
    """Over which server to write, and with which token; None for the local ones. `request` is the id of the request."""

    server: str | None
    token: str | None
    request: str | None = None


def spec_of(given: str, model: Model) -> Spec:
    """Return the concept or relationship that is called so: Visit, visit, HostedBy, hosted-by or HOSTED_BY."""
    every: dict[str, Spec] = {kebab(spec.name): spec for spec in model.relationships.values()}
    every |= {spec.prefix: spec for spec in model.concepts.values()}
    for name, spec in every.items():
        if _letters(name) == _letters(given):
            return spec
    near = get_close_matches(given.lower(), every, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Accepted are {', '.join(sorted(every))}."
    raise SettingsError(f"There is no concept or relationship {given}. {hint}")


def _letters(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def spec_of_id(id_: str, model: Model) -> Spec:
    """Return the concept or relationship of a fact. Some types of relationships have several declarations."""
    parts = id_.split("/")
    concept = model.concept_of_id(id_)
    if concept is not None:
        return concept
    specs = [spec for spec in model.relationships.values() if spec.prefix == parts[0]]
    labels = [model.prefixes.get(part) for part in (*parts[1:2], *parts[3:4])]
    told = [
        spec for spec in specs if len(parts) > 4 and labels[0] in spec.start.labels and labels[1] in spec.end.labels
    ]
    if len(told or specs) == 1:
        return (told or specs)[0]
    if not specs:
        raise SettingsError(f"{id_} is not the id of a fact; one looks like city/us-wa-seattle or visit/tour-of-oslo")
    fields = ", ".join(f"{UPSERT}{spec.name}" for spec in specs)
    raise SettingsError(f"{id_} may be of several relationships. Change it with a mutation: {fields}.")


def row_from(texts: Sequence[str], spec: Spec, model: Model) -> dict[str, Any]:
    """Read `field=value` texts as a row. A field without a value is removed; a list or a related fact may be repeated."""
    row: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise SettingsError(f'{text!r} is no `field=value`, such as title="Seattle in Oslo" or since=2031-05')
        field = _field(name, spec, model)
        if not value:
            row[name] = None
        elif isinstance(field, Property) and field.kind not in LISTS:
            row[name] = _value(field, value)
        else:
            one: Any = value if isinstance(field, Property) else {"to": value}
            row.setdefault(name, []).append(one)
    return row


def _field(name: str, spec: Spec, model: Model) -> Property | None:
    """Return the property of this name; None for a related fact. Raise SettingsError for others."""
    properties = COMMON | spec.properties | {"holders": Property(Kind.REFERENCES, "", name="holders")}
    accepted: dict[str, Property | None] = {key: prop for key, prop in properties.items() if key not in WRITTEN}
    if isinstance(spec, RelationshipSpec):
        accepted |= {end: Property(Kind.TEXT, "", name=end) for end in ENDS}
    else:
        accepted |= dict.fromkeys(model.routes.get(spec.label, {}), None)
    if name in accepted:
        return accepted[name]
    near = get_close_matches(name, accepted, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Accepted are {', '.join(sorted(accepted))}."
    raise SettingsError(f"{_name(spec)} has no field {name}. {hint}")


def _name(spec: Spec) -> str:
    return spec.label if isinstance(spec, ConceptSpec) else spec.name


def _value(prop: Property, text: str) -> Any:
    if prop.kind not in FITS:
        return text
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = None
    if isinstance(value, FITS[prop.kind]) and isinstance(value, bool) is (prop.kind is Kind.BOOLEAN):
        return value
    raise SettingsError(f"{prop.name}: {text!r} is not accepted; a value looks like {EXAMPLES[prop.kind]}")


def upsert(spec: Spec, row: Mapping[str, Any], by: By) -> None:
    """Send one row of an upsert, and print what became of it."""
    is_concept = isinstance(spec, ConceptSpec)
    field = f"{UPSERT}{title_of(spec) if isinstance(spec, ConceptSpec) else spec.name}"
    selected = "nodes { id }" if is_concept else "ids"
    text = f"{field}(rows: $rows, requestId: $id) {{ created changed same {selected} {PROBLEMS} }}"
    payload = send(f"mutation ($rows: [{row_of(spec)}!]!, $id: ID) {{ {text} }}", {"rows": [row]}, by)[field]
    did = next((word for word in ("created", "changed") if payload[word]), "same")
    for id_ in [node["id"] for node in payload["nodes"]] if is_concept else payload["ids"]:
        print(f"{'as before' if did == 'same' else did} {id_}")
    more = payload["created"] + payload["changed"] + payload["same"] - 1
    if more:
        print(f"and {more:,} {'relationship' if more == 1 else 'relationships'} of it")


def send(text: str, variables: Mapping[str, Any], by: By) -> dict[str, Any]:
    """Send a mutation, and return its data; print its problems, and end with code 1 if there are some."""
    # If a server ends while it writes, the command does the same alone: by its id the request is still written once.
    by = replace(by, request=by.request or secrets.token_hex(16))
    data = asked(text, {**variables, "id": by.request}, by)
    problems = [problem for payload in data.values() if payload for problem in payload["problems"]]
    if problems:
        raise _failed(_told(problems, variables.get("rows") or ()), by)
    return data


def asked(text: str, variables: Mapping[str, Any], by: By) -> dict[str, Any]:
    """Send a document, and return its data; print its errors, and end with code 1 if there are some."""
    from app.cli.settings import local_settings

    settings = local_settings()
    request = (text, variables, None)
    answer = ask_running(settings, request, by.server, by.token or own_token(settings, by.server))
    if answer is None:
        from app.cli.alone import answered

        answer = answered(settings, request, by.token, steward=by.token is None, explain=False)
    if errors := [error["message"] for error in answer.get("errors", ())]:
        raise _failed(errors, by)
    return answer.get("data") or {}


def _failed(lines: Iterable[str], by: By) -> typer.Exit:
    """Print what went wrong, and return what ends the command."""
    for line in lines:
        Console(stderr=True).print(_typed(line, by), style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(1)


def _typed(line: str, by: By) -> str:
    """Say what the API says in the words of the command line."""
    line = REFUSED_VARIABLE.sub(lambda found: f"{found['place']}: " if found["place"] else "", line)
    line = (
        line.replace(REPEATED, f"with `--request-id {by.request}`") if by.request else line.replace(f" {REPEATED}", "")
    )
    for given, typed in OPTIONS.items():
        line = line.replace(given, typed)
    return line


def _told(problems: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say what is wrong. The number of a row tells nothing: one is not named, and of several the id is."""
    names = {f"rows[{at}]": row["id"] for at, row in enumerate(rows)} if len(rows) > 1 else {"rows[0]": ""}
    for problem in problems:
        row, dot, field = problem["path"].partition(".")
        place = f"{names.get(row, row)}{dot}{field}".lstrip(".")
        near = [each for each in problem["accepted"] if each not in problem["message"]]
        more = f" (accepted: {', '.join(near)})" if near else ""
        yield f"{place}: {problem['message']}{more}" if place else f"{problem['message']}{more}"
