"""Atom 1.0 (RFC 4287). In: the id of a city and its latest events, the newest first. Out: the feed as XML."""

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from graph.events.event import Event, written

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml; charset=utf-8"
NEVER = "1970-01-01T00:00:00.000Z"
"""When a feed without entries was updated: Atom asks for a time."""


def atom(city: str, events: Sequence[Event]) -> bytes:
    """Write the feed of a city. A title says what happened to which fact; there are no values in the log."""
    feed = Xml.Element("feed", {"xmlns": NAMESPACE})
    updated = max((written(event.at) for event in events), default=NEVER)
    _fill(feed, ("id", _feed_id(city)), ("title", f"Changes at {city}"), ("updated", updated))
    _fill(Xml.SubElement(feed, "author"), ("name", "citygraph"))
    Xml.SubElement(feed, "link", {"rel": "self", "href": f"{city.rpartition('/')[2]}.atom"})
    for event in events:
        _entry(Xml.SubElement(feed, "entry"), event)
    written_out: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written_out


def _entry(entry: Xml.Element, event: Event) -> None:
    _fill(entry, ("id", f"urn:uuid:{event.id}"), ("title", f"{event.of} {_did(event)}"), ("updated", written(event.at)))
    Xml.SubElement(entry, "category", {"term": event.of})
    Xml.SubElement(entry, "content", {"type": "text"}).text = _told(event)


def _did(event: Event) -> str:
    return event.did.lower()


def _told(event: Event) -> str:
    """Say what happened in a sentence."""
    ends = f", from {event.start} to {event.end}," if event.start else ""
    fields = f" Fields: {', '.join(event.fields)}." if event.fields else ""
    made_up = " It is made up." if event.synthetic else ""
    return f"{event.fact}{ends} was {_did(event)}.{fields}{made_up}"


def _feed_id(city: str) -> str:
    """Return an id that a feed keeps for ever."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'citygraph events {city}')}"


def _fill(element: Xml.Element, *texts: tuple[str, str]) -> None:
    for tag, text in texts:
        Xml.SubElement(element, tag).text = text
