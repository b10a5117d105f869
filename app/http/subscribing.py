"""GraphQL subscriptions for every transport. In: a question, a connection, a token. Out: its events, and their cursors."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from starlette.types import Scope

from app.http.answering import Answering
from app.http.connected import Connected
from app.http.following import Follower, Followers
from graph.events.cursor import LogCursors, Position
from graph.question.engine import Question
from graph.subscriptions.run import Subscriptions
from graph.subscriptions.shown import Shown


@dataclass(frozen=True)
class Opened:
    """A subscription that has begun, of a viewer with this name."""

    followers: Followers
    follower: Follower[Shown]
    cursors: LogCursors
    name: str | None

    async def events(self, connected: Connected) -> AsyncGenerator[list[tuple[str, bytes]], None]:
        """Yield events as cursors with answers, several at a time; an empty list is a sign of life."""
        async with aclosing(self.follower.pages(self.followers.delivery, connected)) as pages:
            async for page in pages:
                yield [self._sent(page, at) for at in range(len(page.events))] if page else []

    def _sent(self, page: Shown, at: int) -> tuple[str, bytes]:
        cursor = self.cursors.seal(page.events[at].position, self.name)
        return cursor, page.events[at].body(cursor)


@dataclass(frozen=True)
class Subscribing:
    """Begins the subscriptions of a server."""

    answering: Answering
    followers: Followers
    subscriptions: Subscriptions

    async def open(self, question: Question, scope: Scope, authorization: str | None, after: str | None) -> Opened:
        """Begin a subscription, after a cursor instead of that of the document if one is given. Raise QuestionError."""
        viewer, client = await self.followers.viewing.viewer(scope, authorization)
        turns = self.answering.queues.turns(client, trusted=self.answering.trusted.knows(question.text))
        with self.answering.busy():
            subscription = await self.subscriptions.open(question, viewer, turns, after)

        async def read(position: Position) -> Shown:
            rights = await self.followers.rights(scope, authorization)
            return await self.subscriptions.read(subscription, rights, position, turns)

        follower = Follower(subscription.position, read)
        return Opened(self.followers, follower, self.subscriptions.cursors, viewer.actor)
