"""Listens backwards on Discord: what people said in an inquiry's threads and DMs while Henji was away.

Implements core.ports.History; called before an alarm is decided and after a gap in a connection. Each
message becomes the command that its event would have become, with the same key, so that hearing it twice
changes nothing; it only says besides that it was read back.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import discord
from discord.utils import time_snowflake

from adapters.backwards import AGAIN, Said, said_since
from adapters.discord.channels import Channels, private_thread
from adapters.discord.errors import translating
from adapters.discord.markdown import own
from adapters.discord.parse import Heard, heard, person_of, post_of, replied_to, talk_of
from adapters.discord.people import People
from adapters.discord.rights import lacking
from core.commands import Actor, AnyCommand
from core.errors import Undeliverable
from core.ids import DeskId, MessageId, PersonId, PlaceId, person_of_dm, workspace_of
from core.records import Desk, Inquiry, Line, Party

_READABLE_FOR = timedelta(minutes=15)


class DiscordHistory:
    """The history of all guilds and DMs."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        people: People,
        desks_of: Callable[[PersonId], Awaitable[Sequence[DeskId]]],
        now: Callable[[], datetime],
    ) -> None:
        """Read through `client`; `people` tells who wrote, `now` how long ago.

        `desks_of` tells for which desks something may be that somebody writes in their DM.
        """
        self._client = client
        self._channels = Channels(client)
        self._people = people
        self._desks_of = desks_of
        self._now = now
        self._readable: dict[PlaceId, datetime] = {}

    async def since(
        self, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId]
    ) -> Sequence[AnyCommand]:
        """What people said in the inquiry's lines on Discord after the last message known, oldest first.

        Recent messages come again.
        """
        return await said_since(inquiry, roots, "discord", partial(self._line, desk))

    async def _line(self, desk: Desk, line: Line, root: MessageId) -> list[Said]:
        buyer = person_of_dm(line.place)
        if buyer is None or private_thread(root) is not None:
            return await self._thread(desk, line, root)
        return await self._dm(desk, line, root, buyer)

    async def _thread(self, desk: Desk, line: Line, root: MessageId) -> list[Said]:
        """All that was said in a line's thread."""
        said: list[Said] = []
        oldest, silent = self._oldest(line, private_thread(root) or int(root)), True
        with translating(sending=False):
            channel = await self._channels.line(line.place, root)
            # From the last message known, which is there again where anything can be read at all.
            async for message in self._channels.posted(channel, oldest - 1):
                silent = False
                words = None if message.id <= oldest else heard(message, line.place, root)
                if words is not None and not words.blank:
                    actor = await self._actor(message, words, line)
                    said.append(replace(post_of(words, desk.id, actor), read_back=True))
            if silent and person_of_dm(line.place) is None:
                await self._require_readable(line.place)
        return said

    async def _dm(self, desk: Desk, line: Line, root: MessageId, buyer: PersonId) -> list[Said]:
        """What was said in a DM: replies to this desk's messages, and the rest if only this can be meant."""
        said: list[Said] = []
        alone = tuple(await self._desks_of(buyer)) == (desk.id,)
        with translating(sending=False):
            channel = await self._channels.of(line.place)
            async for message in self._channels.posted(channel, self._oldest(line, int(root))):
                words = heard(message, line.place, replied_to(message))
                if words is None or words.blank:
                    continue
                actor = await self._actor(message, words, line)
                if words.root is None and alone:
                    said.append(replace(talk_of(words, desk.id, actor), read_back=True))
                elif words.root is not None and self._speaks_for(desk, message):
                    said.append(replace(post_of(words, desk.id, actor), read_back=True))
        return said

    def _speaks_for(self, desk: Desk, message: discord.Message) -> bool:
        """Whether a message replies to one of this desk's."""
        answered = None if message.reference is None else message.reference.resolved
        notice = self._channels.ours(answered) if isinstance(answered, discord.Message) else None
        return notice is not None and notice.startswith(f"{desk.id}.")

    def _oldest(self, line: Line, root: int) -> int:
        """The id of the last message that need not be read."""
        recent = time_snowflake(self._now() - AGAIN)
        return max(root, min(int(line.heard or root), recent))

    async def _require_readable(self, place: PlaceId) -> None:
        """Where Henji may not read the history, Discord says that there is none."""
        known = self._readable.get(place)
        if known is not None and self._now() - known < _READABLE_FOR:
            return
        guild = int(workspace_of(place).rpartition(":")[2])
        missing = await lacking(self._client, guild, own(place), ("view_channel", "read_message_history"))
        if missing:
            why = "not_in_channel" if "view_channel" in missing else "lacks_read_message_history"
            raise Undeliverable(why, place_lost=True)
        self._readable[place] = self._now()

    async def _actor(self, message: discord.Message, words: Heard, line: Line) -> Actor:
        guild = (
            None if person_of_dm(line.place) is not None else int(workspace_of(line.place).rpartition(":")[2])
        )
        profile = await self._people.of(message.author, guild)
        return Actor(
            person=person_of(words.user),
            name=profile.name,
            lang=await self._people.lang(words.user, line.lang),
            place=line.place,
            groups=profile.groups,
        )
