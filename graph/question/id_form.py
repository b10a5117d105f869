"""The form of ids in questions. In: ids and the types that may have them. Out: nothing, or BadUserInput that names the form.

Only the text of an id is looked at, so that the error says nothing about which facts exist.
"""

import re
from difflib import get_close_matches
from typing import Any

from graph.errors import BadUserInput
from schema.model import Model

MOST_NAMED = 4
"""How many prefixes an error lists."""
QUOTED = 60
"""Characters that an error quotes of an id."""
BARE = re.compile(r"[\w.-]+")


def check_ids(value: Any, where: str, prefixes: tuple[str, ...], model: Model) -> None:
    """Refuse an id, or one in a list of ids, that begins with none of these prefixes."""
    for given in value if isinstance(value, list) else (value,):
        if given is not None and not ("/" in given and given.partition("/")[0] in prefixes):
            raise BadUserInput(f"{where}: {_wrong(given, prefixes, model)}")


def _wrong(given: str, prefixes: tuple[str, ...], model: Model) -> str:
    prefix, slash, _ = given.partition("/")
    shown = f'"{given[:QUOTED]}"'
    if not slash:
        return f"{shown} is no id: it has no prefix. {_accepted(prefixes, model)}{_completed(given, prefixes, model)}"
    kind = _kind(prefix, model)
    if kind:
        return f"{shown} is the id of type {kind}. {_accepted(prefixes, model)}"
    near = get_close_matches(prefix.lower(), prefixes, n=1)
    meant = f" Did you mean {near[0]}/?" if near else ""
    return f"{shown} is no id: no fact has ids with the prefix {prefix[:QUOTED]}/. {_accepted(prefixes, model)}{meant}"


def _kind(prefix: str, model: Model) -> str:
    """Return the concept or the type of relationship whose ids have a prefix; an empty text if there is none."""
    if prefix in model.prefixes:
        return model.prefixes[prefix]
    types = {spec.prefix: spec.type for spec in model.relationships.values()}
    return types.get(prefix, "")


def _accepted(prefixes: tuple[str, ...], model: Model) -> str:
    """Say how an id at this place looks."""
    some = [f"{prefix}/" for prefix in sorted(prefixes, key=lambda prefix: not _example(prefix, model))[:MOST_NAMED]]
    some += [] if len(some) == len(prefixes) else ["the prefix of another type"]
    begins = some[0] if len(some) == 1 else f"{', '.join(some[:-1])} or {some[-1]}"
    declared = _example(some[0].rstrip("/"), model)
    return f"An id here begins with {begins}{f', as in {declared}' if declared else ''}."


def _example(prefix: str, model: Model) -> str:
    """Return the declared example of an id with a prefix; an empty text if there is none."""
    label = model.prefixes.get(prefix)
    return model.concepts[label].example if label else ""


def _completed(given: str, prefixes: tuple[str, ...], model: Model) -> str:
    """Write an id with the prefix that it lacks, if it looks as if nothing else were wrong with it."""
    if len(prefixes) > 1 or not BARE.fullmatch(given):
        return ""
    declared = _example(prefixes[0], model)
    if declared and given.count("-") < declared.count("-"):
        return ""
    return f" Write {prefixes[0]}/{given[:QUOTED]}."
