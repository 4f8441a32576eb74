"""Listens backwards on Slack: what people said in an inquiry's threads while Henji was away.

Implements core.ports.History; called before an alarm is decided and after a gap in a connection. Each
message becomes the command that its event would have become, with the same key, so that hearing it twice
changes nothing; it only says besides that it was read back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from adapters.backwards import AGAIN, said_since
from adapters.slack.channels import Channels
from adapters.slack.parse import Heard, heard, person_of, post_of
from adapters.slack.people import People
from adapters.slack.written import mentioned
from core.commands import Actor, AnyCommand, PostMessage
from core.ids import MessageId, workspace_of
from core.records import Desk, Inquiry, Line, Party


class SlackHistory:
    """One workspace's history."""

    def __init__(self, client: AsyncWebClient, people: People, now: Callable[[], datetime]) -> None:
        """Read through `client`; `people` tells who wrote, `now` how long ago."""
        self._channels = Channels(client)
        self._people = people
        self._now = now

    async def since(
        self, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId]
    ) -> Sequence[AnyCommand]:
        """What people said in the inquiry's lines on Slack after the last message known, oldest first.

        Recent messages come again.
        """
        return await said_since(inquiry, roots, "slack", partial(self._line, desk))

    async def _line(self, desk: Desk, line: Line, root: MessageId) -> list[PostMessage]:
        said: list[PostMessage] = []
        recent = MessageId(f"{(self._now() - AGAIN).timestamp():.6f}")
        oldest = max(root, min(line.heard or root, recent, key=float), key=float)
        async for message in self._channels.posted(line.place, root, oldest):
            words = heard(message, workspace_of(line.place), line.place)
            if words is not None and words.thread is not None and float(words.ts) > float(oldest):
                said.append(await self._command(desk, words))
        return said

    async def _command(self, desk: Desk, words: Heard) -> PostMessage:
        profile = await self._people.of(words.user)
        for user in mentioned(words.text):
            await self._people.of(user)
        actor = Actor(
            person=person_of(workspace_of(words.place), words.user),
            name=profile.name,
            lang=profile.lang,
            place=words.place,
            admin=profile.admin,
        )
        return replace(post_of(words, desk.id, actor, self._people.known), read_back=True)
