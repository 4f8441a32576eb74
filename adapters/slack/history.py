"""Listens backwards on Slack: what people said in an inquiry's threads while Henji was away.

Implements core.ports.History; called before an alarm is decided and after a gap in a connection. Each
message becomes the command that its event would have become, with the same key, so that hearing it twice
changes nothing; it only says besides that it was read back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.channels import Channels
from adapters.slack.parse import Heard, heard, person_of, post_of
from adapters.slack.people import People
from adapters.slack.written import mentioned
from core.commands import Actor, AnyCommand, PostMessage
from core.errors import Undeliverable
from core.ids import MessageId, platform_of, workspace_of
from core.records import Desk, Inquiry, Line, Party

_AGAIN = timedelta(days=6)
"""How recent messages are read again although a later one is known: it may have been heard after a gap, they
in it. What was heard is known by its key for a day longer than that.
"""


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

        Recent messages come again. A line that is lost keeps nobody from being heard in the others.
        """
        said: list[PostMessage] = []
        lost: Undeliverable | None = None
        for party, line in inquiry.lines.items():
            root = roots.get(party)
            if root is None or platform_of(line.place) != "slack":
                continue
            try:
                said += await self._line(desk, line, root)
            except Undeliverable as error:
                lost = error
        if lost is not None and not said:
            raise lost
        return sorted(said, key=lambda each: each.at)

    async def _line(self, desk: Desk, line: Line, root: MessageId) -> list[PostMessage]:
        said: list[PostMessage] = []
        recent = MessageId(f"{(self._now() - _AGAIN).timestamp():.6f}")
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
