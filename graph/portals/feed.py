"""RSS and Atom: the entries of a feed. In: Asked. Out: records with flat values; times only as far as their zone is known.

A feed holds the newest entries only, so an entry that is no longer in it was not withdrawn.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from graph.load.records import Known, Record, Take, Told
from graph.portals.fetch import Client, Wanted, memory
from graph.portals.limits import Asked
from graph.portals.moments import moment

TYPES = ("xml", "rss", "atom", "rdf")
MOMENTS = ("published", "updated")
SKIPPED = ("_parsed", "_detail")
WINDOW = "a feed holds its newest entries only, so entries may be missing. `whole: true` says that this one holds all"


class Entries:
    """The entries of one feed."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def read(self, known: Known, take: Take) -> Told:
        """Read all entries once."""
        asked = self._asked
        async with Client(asked) as client:
            sink, limits = memory(), asked.limits
            validators = known.validators if known.validators.get("url") == asked.url else {}
            wanted = Wanted(TYPES, limits.page_bytes, limits.seconds, known=validators)
            answer = await client.get(asked.url, sink, wanted)
            if answer.is_unchanged:
                return Told(unchanged=True, validators=known.validators)
            sink.seek(0)
            found = await asyncio.to_thread(_parsed, sink.read(), answer.headers)
            if isinstance(found, str):
                raise client.failed(asked.url, found)
        # Where a feed breaks off, its last entry may be cut.
        entries = found["entries"][:-1] if _is_broken(found) else found["entries"]
        records = [_record(asked.url, entry) for entry in entries]
        if records:
            await take(records, None)
        broken = f"the feed is not well-formed ({found['bozo_exception']})" if _is_broken(found) else ""
        why = broken or ("" if asked.option("whole", False) else WINDOW)
        about = found.get("feed", {})
        return Told(
            incomplete=f"{asked.url}: {why}." if why else "",
            licence=about.get("license") or None,
            # A broken answer is read again, even if it does not change.
            validators={} if broken else answer.validators(asked.url),
        )


def _parsed(body: bytes, headers: Mapping[str, str]) -> Any:
    """Parse a feed; return what is wrong if it is none."""
    import feedparser

    if not body.strip():
        return "the body is empty, which no feed is"
    named = {"content-type": headers["content-type"]} if "content-type" in headers else {}
    found = feedparser.parse(body, response_headers=named, sanitize_html=False, resolve_relative_uris=True)
    if not found.get("version"):
        return f"this is no RSS or Atom. It begins with: {body[:120].decode('utf-8', 'replace')!r}"
    return found


def _is_broken(found: Any) -> bool:
    """Whether the XML is not well-formed. A wrong charset or content type alone leaves nothing out."""
    import feedparser

    reason = found.get("bozo_exception")
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(found.get("bozo")) and not isinstance(reason, harmless)


def _record(url: str, entry: Any) -> Record:
    values: dict[str, Any] = {}
    for name in entry:
        value = dict.get(entry, name)
        if isinstance(value, str) and not name.endswith(SKIPPED):
            values[name] = value
    values["tags"] = sorted({str(tag["term"]) for tag in entry.get("tags", ()) if tag.get("term")})
    values["links"] = [str(link["href"]) for link in entry.get("links", ()) if link.get("href")]
    values["content"] = "\n".join(str(part.get("value", "")) for part in entry.get("content", ())) or None
    for name in MOMENTS:
        if name in values:
            values[f"{name}_text"] = values[name]
            values[name] = moment(values[name])
    values = {name: value for name, value in values.items() if value is not None}
    return Record(f"{url} {values.get('id') or values.get('link') or values.get('title')}", values)
