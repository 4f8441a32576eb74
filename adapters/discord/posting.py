"""Posts on Discord: a notice where its line is, with what has to be done for it to arrive there.

Used by the messenger and by the courier. Every message carries its notice's id twice: in its nonce, by which
Discord itself does not post it again within minutes, and in the small print of its embed.
https://docs.discord.com/developers/resources/message#create-message
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import discord
import structlog

from adapters.discord import render
from adapters.discord.blocks import Drawn, sending
from adapters.discord.channels import Channels, private_thread
from adapters.discord.client import reads_messages
from adapters.discord.errors import THREAD_ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, translating
from adapters.discord.markdown import own
from adapters.discord.rights import TO_SPEAK, lacking
from adapters.discord.threads import Threads
from core.errors import DeskError, Undeliverable
from core.ids import Lang, MessageId, NoticeId, PlaceId, person_of_dm, workspace_of
from core.notices import Notice
from core.phrasebook import Phrasebook
from core.records import Inquiry, Party
from core.wording import Reader, face, plain

PATIENCE = 10.0
"""Seconds for one errand: looking for a notice and sending it end well inside the outbox's lease of 30."""

Files = Callable[[], Sequence[discord.File]]
"""Files to go along, opened anew for each attempt."""

_log = structlog.get_logger(__name__)


class Posting:
    """Posts through one bot token, in the words of one phrasebook."""

    def __init__(self, client: discord.AutoShardedClient, book: Phrasebook, zone: str) -> None:
        """Speak through `client`; `zone` is the one of plain times."""
        self.channels = Channels(client)
        self.threads = Threads(client)
        self._client = client
        self._book = book
        self._zone = zone
        self._reads_messages = reads_messages(client)

    async def notice(
        self,
        notice: Notice,
        root: MessageId | None,
        inquiry: Inquiry | None,
        *,
        files: Files = list,
        patience: float = PATIENCE,
    ) -> MessageId:
        """A notice in the thread of its line's card, in a DM as a reply to it. Raises as a messenger does."""
        reader = self.reader(notice.place, notice.lang)
        drawn = render.notice(reader, notice, replies=self.needs_button(notice.place, root))
        needed = TO_SPEAK if files is list else (*TO_SPEAK, "attach_files")
        async with self.errand(notice.place, root, sending=True, patience=patience, needed=needed):
            channel = await self.channels.line(notice.place, root)
            if root is None or private_thread(root) is not None:
                message = await self._opened(channel, drawn, notice.id, files)
            elif person_of_dm(notice.place) is not None:
                message = await self.post(channel, drawn, notice.id, files, reply_to=int(root))
            else:
                message = await self._under(root, drawn, notice, inquiry, files)
        return MessageId(str(message))

    async def post(
        self,
        channel: int,
        drawn: Drawn,
        notice: NoticeId,
        files: Files = list,
        *,
        reply_to: int | None = None,
    ) -> int:
        """One message. One that replies stands by itself where that other one is gone."""
        there, nonce = self._client.get_partial_messageable(channel), nonce_of(channel, notice)
        if reply_to is None:
            return (await there.send(**sending(drawn), nonce=nonce, files=files())).id
        card = discord.MessageReference(message_id=reply_to, channel_id=channel, fail_if_not_exists=False)
        return (await there.send(**sending(drawn), nonce=nonce, files=files(), reference=card)).id

    async def _under(
        self, root: MessageId, drawn: Drawn, notice: Notice, inquiry: Inquiry | None, files: Files
    ) -> int:
        """In a card's thread, which is started if need be; where the card is gone too, in its channel."""
        try:
            return await self._opened(int(root), drawn, notice.id, files)
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
        home = await self.channels.of(notice.place)
        started = await self._started(home, root, notice, inquiry)
        return await self.post(int(root) if started else home, drawn, notice.id, files)

    async def _opened(self, thread: int, drawn: Drawn, notice: NoticeId, files: Files) -> int:
        """In a thread, which opens by that; one that was locked as well has to be opened first."""
        try:
            return await self.post(thread, drawn, notice, files)
        except discord.HTTPException as error:
            if error.code != THREAD_ARCHIVED:
                raise
        await self.threads.reopen(thread)
        return await self.post(thread, drawn, notice, files)

    async def _started(self, channel: int, root: MessageId, notice: Notice, inquiry: Inquiry | None) -> bool:
        """Start the thread that is not there; False where its card is not there either."""
        name = f"#{notice.what.number}"
        if inquiry is not None and notice.party is not None:
            name = self.title(inquiry, notice.party)
        try:
            await self.threads.start(channel, int(root), name)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            _log.warning("discord.card_deleted", inquiry=notice.number, place=notice.place)
            return False
        return True

    def needs_button(self, place: PlaceId, root: MessageId | None) -> bool:
        """Whether what people write there can't be read: in a guild, where the application may not."""
        in_guild = person_of_dm(place) is None or (root is not None and private_thread(root) is not None)
        return in_guild and not self._reads_messages

    def title(self, inquiry: Inquiry, party: Party) -> str:
        """What a line's thread is called."""
        line = inquiry.lines[party]
        return plain(face(self._book, inquiry, party, line.lang).title, self.reader(line.place, line.lang))

    def reader(self, place: PlaceId, lang: Lang) -> Reader:
        """Whoever reads there, in that language."""
        return Reader(book=self._book, lang=lang, zone=self._zone, workspace=workspace_of(place))

    @asynccontextmanager
    async def errand(
        self,
        place: PlaceId,
        root: MessageId | None,
        *,
        sending: bool,
        patience: float = PATIENCE,
        needed: Sequence[str] = TO_SPEAK,
    ) -> AsyncIterator[None]:
        """Around all the requests of one errand: given up in time, failing in the desk's own words.

        `needed` are the permissions that it takes, for saying which one is missing.
        """
        try:
            with translating(sending=sending):
                async with asyncio.timeout(patience):
                    yield
        except Undeliverable as error:
            if error.why != "not_permitted" or person_of_dm(place) is not None:
                raise
            raise await self._named(place, root, error, needed) from error

    async def _named(
        self, place: PlaceId, root: MessageId | None, error: Undeliverable, needed: Sequence[str]
    ) -> Undeliverable:
        """The same with the permission that is missing; Discord says only that one is."""
        guild = int(workspace_of(place).rpartition(":")[2])
        try:
            with translating(sending=False):
                async with asyncio.timeout(PATIENCE):
                    missing = await lacking(self._client, guild, own(place), needed)
                    locked = not missing and root is not None and await self.threads.locked(root)
        except DeskError:
            return error
        if locked:
            return Undeliverable("locked", place_lost=False)
        if missing:
            why = "not_in_channel" if missing[0] == "view_channel" else f"lacks_{missing[0]}"
            return Undeliverable(why, place_lost=missing[0] != "attach_files")  # words still go there
        return error


def nonce_of(channel: int, notice: NoticeId) -> str:
    """By what Discord knows a notice in a channel, in 24 of the 25 characters that it takes.

    To Discord a nonce is its author's, in whichever channel: the id alone would have it answer a card that
    goes into another channel (a private thread for a DM, say) with the one it remembers.
    """
    return hashlib.blake2s(f"{channel}:{notice}".encode(), digest_size=12).hexdigest()
