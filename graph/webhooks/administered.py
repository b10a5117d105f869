"""What the operator does with webhooks. In: a writer and what is asked. Out: stored webhooks and dead letters.

Webhooks are added, listed and removed here, put to another place of the log, and dead letters are marked to be sent again.
"""

from graph.bolt.write import Unit, Writer
from graph.cypher import webhooks as cypher
from graph.webhooks.webhook import Letter, Webhook, letter, webhook


async def count(writer: Writer) -> int:
    """Return how many webhooks there are."""
    (record,) = await writer.read(cypher.COUNT)
    return int(record["count"])


async def add(writer: Writer, made: Webhook) -> Webhook:
    """Store a webhook. It gets the events that are written from now on."""
    (record,) = await writer.read(cypher.ADD, stored=made.columns())
    return webhook(record["stored"])


async def webhooks(writer: Writer) -> list[tuple[Webhook, int]]:
    """List all webhooks, each with the number of its dead letters."""
    return [(webhook(record["stored"]), record["dead"]) for record in await writer.read(cypher.WEBHOOKS)]


async def remove(writer: Writer, given: str) -> Webhook | None:
    """Remove a webhook and its dead letters; return None if there is none with this id."""

    async def work(unit: Unit) -> Webhook | None:
        removed = await unit.run(cypher.REMOVE, id=given)
        await unit.run(cypher.REMOVE_LETTERS, id=given)
        return webhook(removed[0]["stored"]) if removed else None

    return await writer.unit(work)


async def resume(writer: Writer, given: str, after: int | None = None) -> Webhook | None:
    """Let a webhook go on, after another place of the log if one is given; return None if there is none with this id."""
    resumed = await writer.read(cypher.RESUME, id=given, after=after)
    return webhook(resumed[0]["stored"]) if resumed else None


async def rotate(writer: Writer, of: Webhook, salt: str, expires: float | None) -> Webhook | None:
    """Give a webhook another salt. The one before is valid until a time, in seconds since 1970, or no more if there is none.

    Return None if the webhook is gone, or has another salt by now.
    """
    former = None if expires is None else of.salt
    values = {"before": of.salt, "salt": salt, "former": former, "expires": expires}
    rotated = await writer.read(cypher.ROTATE, id=of.id, **values)
    return webhook(rotated[0]["stored"]) if rotated else None


async def letters(writer: Writer, of: str | None = None) -> list[Letter]:
    """List dead letters, of one webhook or of all, in the order of the log."""
    return [letter(record["stored"]) for record in await writer.read(cypher.LETTERS, webhook=of)]


async def retry(writer: Writer, of: str, events: list[str] | None = None) -> list[Letter]:
    """Mark dead letters of a webhook to be sent again, all of them or those of some events."""
    return [letter(record["stored"]) for record in await writer.read(cypher.RETRY, webhook=of, messages=events)]
