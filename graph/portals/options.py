"""Checks the options of a feed against those of its kind. In: a plain dict. Out: the options with defaults, or problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import UnionType
from typing import Any, get_args
from urllib.parse import urlsplit

from graph.addresses import literal, malformed
from graph.load.records import Source
from graph.portals.fetch import address_problem
from graph.portals.limits import Asked, BadOptions, Limits, Token

MOST_A_SECOND = 100.0


@dataclass(frozen=True)
class Option:
    """An option of a kind. `accepts` is what its value is; `choices` are the texts that it may be."""

    name: str
    meaning: str
    accepts: type | UnionType = str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None
    most: int | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of portal: what it reads, its own options, and how its token is sent."""

    name: str
    meaning: str
    options: tuple[Option, ...]
    make: Callable[[Asked], Source]
    page_size: int = 0
    most_in_a_page: int = 0
    header: str = "Authorization"
    prefix: str = "Bearer "

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Return the options of this kind with those that all kinds have."""
        sized = Option("page_size", "records in a page", int, default=self.page_size, most=self.most_in_a_page)
        return (*self.options, *([sized] if self.page_size else []), *COMMON)


COMMON = (
    Option("allow_private", "ask for addresses of private networks too, if the server's setting allows it", bool),
    Option("token_env", "name of an environment variable that holds the token"),
    Option("per_second", "most requests in a second; 5 by default", float),
    Option("seconds", "most seconds for one answer", float),
    Option("max_pages", "most pages", int),
)
WORDS: dict[type | UnionType, str] = {
    str: "a text",
    str | int: "a text or a whole number from 1 on",
    int: "a whole number from 1 on",
    float: "a number above 0",
    bool: "true or false",
    dict: "a mapping",
}


def asked(kind: Kind, options: Mapping[str, Any], limits: Limits) -> Asked:
    """Check options; raise BadOptions with all problems."""
    known = {each.name: each for each in kind.all_options}
    names = ["kind", "url", *known]
    problems = [_unknown(name, kind.name, names) for name in options if name not in names]
    values: dict[str, Any] = {}
    for option in known.values():
        value = options.get(option.name)
        problem = _problem(option, value)
        if problem is not None:
            problems.append(problem)
        elif value is not None or option.default is not None:
            values[option.name] = option.default if value is None else value
    bounded = _limits(limits, values) if not problems else limits
    url = options.get("url")
    private = limits.private and values.get("allow_private") is True
    problems += _url_problems(url, private=private, token=values.get("token_env") is not None)
    if problems:
        raise BadOptions(problems)
    token = Token(values["token_env"], kind.header, kind.prefix) if "token_env" in values else None
    return Asked(kind.name, str(url), values, bounded, token)


def _unknown(name: object, kind: str, names: list[str]) -> str:
    close = get_close_matches(str(name), names, 1)
    meant = f" Is {close[0]!r} meant?" if close else ""
    return f"{name}: the kind {kind} has no such option.{meant} Accepted are {', '.join(names)}."


def _problem(option: Option, value: Any) -> str | None:
    if value is None:
        needed = f"{option.name}: this option is needed: {option.meaning}."
        return needed if option.required else None
    wrong = f"{option.name}: {value!r} is not accepted. It is {WORDS[option.accepts]}: {option.meaning}."
    if not _fits(option.accepts, value):
        return wrong
    if option.choices and value not in option.choices:
        close = get_close_matches(value, option.choices, 1)
        meant = f" Is {close[0]!r} meant?" if close else ""
        return f"{option.name}: {value!r} is not accepted.{meant} Accepted are {', '.join(option.choices)}."
    if option.most is not None and value > option.most:
        return f"{option.name}: {value} is not accepted. The most is {option.most:,}."
    if (
        option.name == "token_env"
        and value.upper().startswith("CITYGRAPH_")
        and not value.startswith("CITYGRAPH_FEED_")
    ):
        return (
            f"token_env: {value} is a setting of citygraph itself, which is sent to nobody. Accepted is another name."
        )
    return None


def _fits(kind: type | UnionType, value: Any) -> bool:
    if isinstance(kind, UnionType):
        return any(_fits(each, value) for each in get_args(kind))
    if kind is bool:
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if kind is int:
        return isinstance(value, int) and value > 0
    if kind is float:
        return isinstance(value, int | float) and 0 < value <= 1e6
    if kind is str:
        return isinstance(value, str) and bool(value.strip()) and value.isprintable()
    return isinstance(value, kind)


def _limits(limits: Limits, values: Mapping[str, Any]) -> Limits:
    """Return the limits that apply: the feed's own, within those of the operator."""
    seconds = float(values.get("seconds", limits.seconds))
    per_second = float(values.get("per_second", limits.per_second))
    return replace(
        limits,
        per_second=min(per_second, max(MOST_A_SECOND, limits.per_second)),
        seconds=seconds,
        file_seconds=seconds if "seconds" in values else limits.file_seconds,
        pages=min(int(values.get("max_pages", limits.pages)), limits.pages),
    )


def _url_problems(url: Any, *, private: bool, token: bool) -> list[str]:
    accepted = "Accepted is a URL such as https://data.example.org."
    if not isinstance(url, str):
        return [f"url: the address of the portal is needed. {accepted}"]
    problem = malformed(url, accepted)
    if problem is not None:
        return [f"url: {problem}"]
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return [f"url: {parts.scheme!r} is not asked. {accepted}"]
    if token and parts.scheme == "http" and not private:
        return ["url: a token is sent over https only. http is accepted with `allow_private: true`."]
    address = literal(parts.hostname or "")
    problem = None if address is None else address_problem(address, private=private)
    return [] if problem is None else [f"url: {problem}."]
