"""JSON answers of portals, and files that they give. In: a client, a URL, parameters. Out: parsed values; SourceFailed.

Numbers with a fraction are Decimal, so that no digit is lost.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from graph.load.records import SourceFailed
from graph.portals.fetch import Answer, Client, Wanted, memory
from graph.portals.limits import origin

JSON = ("json", "javascript")


@dataclass(frozen=True)
class Got:
    """A parsed answer."""

    value: Any
    answer: Answer


def with_parameters(url: str, parameters: Mapping[str, Any]) -> str:
    """Add parameters to a URL. Those that it has already stay, unless they are given anew."""
    parts = urlsplit(url)
    kept = [each for each in parts.query.split("&") if each and each.partition("=")[0] not in parameters]
    given = {name: value for name, value in parameters.items() if value is not None}
    query = "&".join([*kept, *([urlencode(given)] if given else [])])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def below(url: str, path: str) -> str:
    """Append a path to a URL, whose own parameters are dropped."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + path, "", ""))


def bound(link: str, configured: str) -> str:
    """Lead a link to the configured server, because behind a proxy some servers write their inner host into links.

    If the configured path ends with the path of the link, a proxy has added its beginning, which is added here too.
    """
    target, own = urlsplit(link), urlsplit(configured)
    if origin(link) == origin(configured):
        return urlunsplit((target.scheme, target.netloc, target.path, target.query, ""))
    path = own.path if target.path and own.path.endswith(target.path) else target.path
    return urlunsplit((own.scheme, own.netloc, path, target.query, ""))


async def ask_json(
    client: Client, url: str, parameters: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> Got:
    """Ask for JSON, in memory."""
    whole = with_parameters(url, parameters) if parameters else url
    sink = memory()
    limits = client.limits
    wanted = Wanted(JSON, limits.page_bytes, limits.seconds, accept="application/json, */*;q=0.1")
    answer = await client.get(whole, sink, wanted, headers)
    sink.seek(0)
    body = sink.read()
    parse = parsed if len(body) < limits.page_bytes // 64 else None
    try:
        value = parse(body) if parse else await asyncio.to_thread(parsed, body)
    except (ValueError, RecursionError) as error:
        seen = repr(body[:120].decode("utf-8", "replace"))
        raise client.failed(whole, f"the answer is no JSON ({error}). It begins with: {seen}") from None
    return Got(value, answer)


def parsed(body: bytes) -> Any:
    """Parse JSON with exact numbers; raise ValueError or RecursionError."""
    return json.loads(body, parse_float=_decimal, parse_constant=_refuse)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if number.adjusted() > 400 or number.adjusted() < -400:
        raise ValueError(f"the number {text[:40]} is out of range")
    return number


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def member(client: Client, url: str, value: Any, name: str, kind: type[Any] = dict) -> Any:
    """Return a member of an object that must be there; raise SourceFailed that says what was seen."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind) or isinstance(found, bool):
        raise client.failed(url, f"the answer has no {name!r} of the expected form. It is: {shown(value)}")
    return found


def shown(value: Any) -> str:
    """Show the beginning of a value in a message."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else text[:200] + " …"


def whole_number(value: Any) -> int | None:
    """Return a value if it is a count, also written as text; None if not."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value[:18])
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


async def download(client: Client, url: str, to: Path, wanted: Wanted) -> Answer:
    """Write a body to a file."""
    with to.open("w+b") as sink:
        return await client.get(url, sink, wanted)


__all__ = [
    "Got",
    "SourceFailed",
    "ask_json",
    "below",
    "bound",
    "download",
    "member",
    "parsed",
    "shown",
    "with_parameters",
]
