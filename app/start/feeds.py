"""Feeds as settings want them. In: a writer and settings. Out: the administration of feeds."""

from app.feeds.administration import Feeds
from app.start.database import key_secret
from app.start.disk import Disk
from app.start.secrets import data_folder
from app.start.settings import Settings
from graph.bolt.write import Writer
from schema.model import model


def feeds_of(writer: Writer, settings: Settings) -> Feeds:
    """Return the feeds of a database."""
    spools = data_folder(settings) / "feeds"
    return Feeds(writer, model(), key_secret(settings), spools, settings.feed_private, Disk(settings).require_records)
