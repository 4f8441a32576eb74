"""Speaks on Discord: posts cards and notices, draws cards again, finds what may have been posted.

Implements core.ports.Messenger; called by the delivery. How a message arrives where it belongs is in
`posting`; whether to send again is not its to decide.
"""

from datetime import datetime, timedelta

import aiohttp
import discord
import structlog

from adapters.discord import render
from adapters.discord.blocks import Drawn, editing
from adapters.discord.channels import private_root, private_thread
from adapters.discord.errors import (
    DM_CLOSED,
    EDITED_TOO_OFTEN,
    MISSING_PERMISSIONS,
    THREAD_ARCHIVED,
    UNKNOWN_MESSAGE,
    translated,
)
from adapters.discord.markdown import own
from adapters.discord.posting import Posting
from core.errors import Undeliverable
from core.ids import MessageId, NoticeId, PersonId, PlaceId, person_of_dm
from core.inquiry import card_notice
from core.notices import Card, Notice
from core.phrasebook import Phrasebook
from core.records import Inquiry, Party

_CLOCKS_APART = timedelta(minutes=1)  # by how much Discord's clock may be behind the store's

_log = structlog.get_logger(__name__)


class DiscordMessenger:
    """The messenger of all guilds, speaking through one bot token."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        book: Phrasebook,
        *,
        zone: str = "Asia/Tokyo",
        pause: float = 1.0,
    ) -> None:
        """Speak through `client`, in the words of `book`.

        `zone` is the one of plain times, where Discord can't show the reader's own. `pause` keeps within
        Discord's limit, five messages in five seconds in a channel.
        """
        self.pause = pause
        self._client = client
        self._posting = Posting(client, book, zone)
        self._channels = self._posting.channels
        self._threads = self._posting.threads

    async def open_line(self, card: Card, inquiry: Inquiry, notice: NoticeId) -> MessageId:
        """Post a line's card and start its thread; in a DM there are none.

        A buyer who takes no direct messages gets the card in a private thread where they used the command:
        then that thread is the line's root.
        """
        drawn = self._card(card, inquiry, None)
        async with self._posting.errand(card.place, None, sending=True):
            try:
                channel = await self._channels.of(card.place)
                message = await self._posting.post(channel, drawn, notice)
            except discord.Forbidden as error:
                near = inquiry.lines[card.party].near
                if error.code not in DM_CLOSED or near is None:
                    raise
                return await self._private_line(card, inquiry, near)
            if person_of_dm(card.place) is None:
                await self._begin(channel, message, inquiry, card.party)
        return MessageId(str(message))

    async def update(self, card: Card, inquiry: Inquiry, root: MessageId) -> None:
        """Draw a line's card again; one that somebody deleted stays deleted."""
        thread = private_thread(root)
        drawn = self._card(card, inquiry, root)
        async with self._posting.errand(card.place, root, sending=False):
            channel = thread or await self._channels.of(card.place)
            message = int(root) if thread is None else await self._card_in(thread, inquiry, card.party)
            if message is None:
                return
            there = self._client.get_partial_messageable(channel).get_partial_message(message)
            try:
                await there.edit(**editing(drawn))
            except discord.HTTPException as error:
                if error.code not in {UNKNOWN_MESSAGE, EDITED_TOO_OFTEN, THREAD_ARCHIVED}:
                    raise
                _log.warning("discord.card_not_drawn", inquiry=card.number, place=card.place, code=error.code)

    async def send(self, notice: Notice, root: MessageId | None, inquiry: Inquiry | None) -> MessageId:
        """Send one notice: in the thread of its line's card, in a DM as a reply to it."""
        return await self._posting.notice(notice, root, inquiry)

    async def find(
        self, place: PlaceId, root: MessageId | None, notice: NoticeId, since: datetime
    ) -> MessageId | None:
        """The message that carries this notice's id, if it was posted at or after `since`.

        What is sent under a card that was deleted in between stands in the channel itself, so that is
        searched too.
        """
        oldest = discord.utils.time_snowflake(since - _CLOCKS_APART)
        async with self._posting.errand(place, root, sending=False):
            searched = [await self._channels.line(place, root), await self._channels.of(place)]
            for channel in dict.fromkeys(searched):
                async for message in self._channels.posted(channel, oldest):
                    if self._channels.ours(message) == notice:
                        return MessageId(str(message.id))
        return None

    async def _begin(self, channel: int, card: int, inquiry: Inquiry, party: Party) -> None:
        """Start a card's thread; the card stands where that fails, and what is sent next tries again."""
        try:
            await self._threads.start(channel, card, self._posting.title(inquiry, party))
        except (discord.DiscordException, aiohttp.ClientError) as error:
            _log.warning("discord.thread_not_started", inquiry=inquiry.number, why=str(error))

    async def _private_line(self, card: Card, inquiry: Inquiry, near: PlaceId) -> MessageId:
        buyer = person_of_dm(card.place)
        if buyer is None:
            raise Undeliverable("dm_closed", place_lost=True)
        title = self._posting.title(inquiry, card.party)

        async def fits(thread: int) -> bool:
            first = await self._first_in(thread)
            return first in {None, card_notice(inquiry, card.party)}

        try:
            thread = await self._threads.private(near, own(buyer), title, fits=fits)
        except discord.HTTPException as error:
            if error.code == MISSING_PERMISSIONS:
                raise Undeliverable("lacks_create_private_threads", place_lost=True) from error
            if isinstance(translated(error, sending=True), Undeliverable):
                raise Undeliverable("dm_closed", place_lost=True) from error
            raise
        root = private_root(thread)
        if await self._card_in(thread, inquiry, card.party) is None:
            drawn = self._card(card, inquiry, root, buyer)
            await self._posting.post(thread, drawn, card_notice(inquiry, card.party))
        return root

    async def _first_in(self, thread: int) -> NoticeId | None:
        """What Henji posted first in a thread."""
        async for message in self._channels.posted(thread, thread):
            notice = self._channels.ours(message)
            if notice is not None:
                return notice
        return None

    async def _card_in(self, thread: int, inquiry: Inquiry, party: Party) -> int | None:
        """The card of a private thread, which is the first message in it."""
        notice = card_notice(inquiry, party)
        async for message in self._channels.posted(thread, thread):
            if self._channels.ours(message) == notice:
                return message.id
        return None

    def _card(self, card: Card, inquiry: Inquiry, root: MessageId | None, *mentions: PersonId) -> Drawn:
        reader = self._posting.reader(card.place, inquiry.lines[card.party].lang)
        replies = self._posting.needs_button(card.place, root)
        return render.card(reader, inquiry, card.party, mentions, replies=replies)
