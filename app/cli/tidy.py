"""`citygraph tidy`. In: settings. Out: what was kept long enough is removed, and counted."""

from app.cli.administered import administered, say
from app.cli.settings import local_settings
from app.start.tidying import kept
from graph.events import tidy as events
from graph.facts.write import now


def tidy() -> None:
    """Remove answers of requests, decided drafts and tombstones that were kept long enough. A server does so once a day."""
    settings = local_settings()
    done = administered(lambda of: events.tidy(of.writer, kept(settings), now()))
    say(f"Removed: {done.requests:,} answers of requests, {done.drafts:,} drafts, {done.tombstones:,} tombstones.")
