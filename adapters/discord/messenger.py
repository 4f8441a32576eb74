"""Speaks on Discord: posts cards and notices, draws cards again, finds what may have been posted.

Implements core.ports.Messenger; called by the delivery. Every message carries its notice's id twice: in its
nonce, by which Discord itself does not post it again within minutes, and in the small print of its embed.
https://docs.discord.com/developers/resources/message#create-message
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import discord
import structlog

from adapters.discord import render
from adapters.discord.blocks import Drawn, editing, sending
from adapters.discord.channels import Channels, private_root, private_thread
from adapters.discord.client import reads_messages
from adapters.discord.errors import (
    DM_CLOSED,
    EDITED_TOO_OFTEN,
    MISSING_PERMISSIONS,
    THREAD_ARCHIVED,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    translated,
    translating,
)
from adapters.discord.markdown import Reader, own, plain
from adapters.discord.rights import TO_SPEAK, lacking
from adapters.discord.threads import Threads
from core.errors import DeskError, Undeliverable
from core.ids import Lang, MessageId, NoticeId, PersonId, PlaceId, person_of_dm, workspace_of
from core.inquiry import card_notice
from core.notices import Card, Notice
from core.phrasebook import Phrasebook
from core.records import Inquiry, Party
from core.wording import face

_PATIENCE = 10.0  # seconds: looking for a notice and sending it end well inside the outbox's lease of 30
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
        self._channels = Channels(client)
        self._threads = Threads(client)
        self._book = book
        self._zone = zone
        self._reads_messages = reads_messages(client)

    async def open_line(self, card: Card, inquiry: Inquiry, notice: NoticeId) -> MessageId:
        """Post a line's card and start its thread; in a DM there are none.

        A buyer who takes no direct messages gets the card in a private thread where they used the command:
        then that thread is the line's root.
        """
        drawn = self._card(card, inquiry, None)
        async with self._errand(card.place, None, sending=True):
            try:
                channel = await self._channels.of(card.place)
                message = await self._post(channel, drawn, notice)
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
        async with self._errand(card.place, root, sending=False):
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
        reader = self._reader(notice.place, notice.lang)
        drawn = render.notice(reader, notice, replies=self._needs_button(notice.place, root))
        async with self._errand(notice.place, root, sending=True):
            channel = await self._channels.line(notice.place, root)
            if root is None or private_thread(root) is not None:
                return MessageId(str(await self._into(channel, drawn, notice.id)))
            if person_of_dm(notice.place) is not None:
                return MessageId(str(await self._post(channel, drawn, notice.id, int(root))))
            try:
                message = await self._into(channel, drawn, notice.id)
            except discord.NotFound as error:
                if error.code != UNKNOWN_CHANNEL:
                    raise
                home = await self._channels.of(notice.place)
                started = await self._started(home, root, notice, inquiry)
                message = await self._post(channel if started else home, drawn, notice.id)
        return MessageId(str(message))

    async def find(
        self, place: PlaceId, root: MessageId | None, notice: NoticeId, since: datetime
    ) -> MessageId | None:
        """The message that carries this notice's id, if it was posted at or after `since`.

        What is sent under a card that was deleted in between stands in the channel itself, so that is
        searched too.
        """
        oldest = discord.utils.time_snowflake(since - _CLOCKS_APART)
        async with self._errand(place, root, sending=False):
            searched = [await self._channels.line(place, root), await self._channels.of(place)]
            for channel in dict.fromkeys(searched):
                async for message in self._channels.posted(channel, oldest):
                    if self._channels.ours(message) == notice:
                        return MessageId(str(message.id))
        return None

    async def _post(self, channel: int, drawn: Drawn, notice: NoticeId, reply_to: int | None = None) -> int:
        there, nonce = self._client.get_partial_messageable(channel), nonce_of(channel, notice)
        if reply_to is None:
            return (await there.send(**sending(drawn), nonce=nonce)).id
        card = discord.MessageReference(message_id=reply_to, channel_id=channel, fail_if_not_exists=False)
        return (await there.send(**sending(drawn), nonce=nonce, reference=card)).id

    async def _into(self, thread: int, drawn: Drawn, notice: NoticeId) -> int:
        """Send to a thread, which opens by that; one that was locked as well has to be opened first."""
        try:
            return await self._post(thread, drawn, notice)
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED:
                raise
        await self._threads.reopen(thread)
        return await self._post(thread, drawn, notice)

    async def _begin(self, channel: int, card: int, inquiry: Inquiry, party: Party) -> None:
        """Start a card's thread; the card stands where that fails, and what is sent next tries again."""
        try:
            await self._threads.start(channel, card, self._title(inquiry, party))
        except (discord.DiscordException, aiohttp.ClientError) as error:
            _log.warning("discord.thread_not_started", inquiry=inquiry.number, why=str(error))

    async def _started(self, channel: int, root: MessageId, notice: Notice, inquiry: Inquiry | None) -> bool:
        """Start the thread that is not there; False where its card is not there either."""
        name = f"#{notice.what.number}"
        if inquiry is not None and notice.party is not None:
            name = self._title(inquiry, notice.party)
        try:
            await self._threads.start(channel, int(root), name)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            _log.warning("discord.card_deleted", inquiry=notice.number, place=notice.place)
            return False
        return True

    async def _private_line(self, card: Card, inquiry: Inquiry, near: PlaceId) -> MessageId:
        buyer = person_of_dm(card.place)
        if buyer is None:
            raise Undeliverable("dm_closed", place_lost=True)
        try:
            thread = await self._threads.private(near, own(buyer), self._title(inquiry, card.party))
        except discord.HTTPException as error:
            if error.code == MISSING_PERMISSIONS:
                raise Undeliverable("lacks_create_private_threads", place_lost=True) from error
            if isinstance(translated(error, sending=True), Undeliverable):
                raise Undeliverable("dm_closed", place_lost=True) from error
            raise
        if await self._card_in(thread, inquiry, card.party) is None:
            drawn = self._card(card, inquiry, private_root(thread), buyer)
            await self._post(thread, drawn, card_notice(inquiry, card.party))
        return private_root(thread)

    async def _card_in(self, thread: int, inquiry: Inquiry, party: Party) -> int | None:
        """The card of a private thread, which is the first message in it."""
        notice = card_notice(inquiry, party)
        async for message in self._channels.posted(thread, thread):
            if self._channels.ours(message) == notice:
                return message.id
        return None

    def _card(self, card: Card, inquiry: Inquiry, root: MessageId | None, *mentions: PersonId) -> Drawn:
        reader = self._reader(card.place, inquiry.lines[card.party].lang)
        replies = self._needs_button(card.place, root)
        return render.card(reader, inquiry, card.party, mentions, replies=replies)

    def _needs_button(self, place: PlaceId, root: MessageId | None) -> bool:
        """Whether what people write there can't be read: in a guild, where the application may not."""
        in_guild = person_of_dm(place) is None or (root is not None and private_thread(root) is not None)
        return in_guild and not self._reads_messages

    def _title(self, inquiry: Inquiry, party: Party) -> str:
        line = inquiry.lines[party]
        reader = self._reader(line.place, line.lang)
        return plain(face(self._book, inquiry, party, line.lang).title, reader)

    def _reader(self, place: PlaceId, lang: Lang) -> Reader:
        return Reader(book=self._book, lang=lang, zone=self._zone, workspace=workspace_of(place))

    @asynccontextmanager
    async def _errand(self, place: PlaceId, root: MessageId | None, *, sending: bool) -> AsyncIterator[None]:
        """Around all the requests of one errand: given up after 10 s, failing in the desk's own words."""
        try:
            with translating(sending=sending):
                async with asyncio.timeout(_PATIENCE):
                    yield
        except Undeliverable as error:
            if error.why != "not_permitted" or person_of_dm(place) is not None:
                raise
            raise await self._named(place, root, error) from error

    async def _named(self, place: PlaceId, root: MessageId | None, error: Undeliverable) -> Undeliverable:
        """The same with the permission that is missing; Discord says only that one is."""
        guild = int(workspace_of(place).rpartition(":")[2])
        try:
            with translating(sending=False):
                async with asyncio.timeout(_PATIENCE):
                    missing = await lacking(self._client, guild, own(place), TO_SPEAK)
                    locked = not missing and root is not None and await self._threads.locked(root)
        except DeskError:
            return error
        if locked:
            return Undeliverable("locked", place_lost=False)
        if missing:
            why = "not_in_channel" if missing[0] == "view_channel" else f"lacks_{missing[0]}"
            return Undeliverable(why, place_lost=True)
        return error


def nonce_of(channel: int, notice: NoticeId) -> str:
    """By what Discord knows a notice in a channel, in 24 of the 25 characters that it takes.

    To Discord a nonce is its author's, in whichever channel: the id alone would have it answer a card that
    goes into another channel (a private thread for a DM, say) with the one it remembers.
    """
    return hashlib.blake2s(f"{channel}:{notice}".encode(), digest_size=12).hexdigest()
