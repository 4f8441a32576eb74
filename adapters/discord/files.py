"""Discord's courier: brings files that people attached on Discord, and sends files with a notice.

Implements core.filing.Courier; called by the delivery. A file's address expires within a day, so it is read
from its message anew each time, and leads to Discord's own hosts only.
https://docs.discord.com/developers/reference#signed-attachment-cdn-urls
"""

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final, cast

import aiohttp
import discord

from adapters.discord.attached import attachments_of, file_of
from adapters.discord.errors import translating
from adapters.discord.posting import Posting
from adapters.download import download, origin_of
from core.errors import NotCarried, Undeliverable
from core.files import FileRef, Why
from core.filing import Incoming, Parcel
from core.ids import MessageId
from core.notices import Notice
from core.phrasebook import Phrasebook
from core.records import Inquiry

ORIGINS: Final = frozenset({"https://cdn.discordapp.com", "https://media.discordapp.net"})
"""Where Discord has files."""

_UPLOADED_WITHIN: Final = 20.0  # seconds, within those that delivery gives it


class DiscordCourier:
    """The courier of all guilds. `api` is another REST API than Discord's own, if any."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        book: Phrasebook,
        *,
        zone: str = "Asia/Tokyo",
        api: str | None = None,
    ) -> None:
        self._client = client
        self._posting = Posting(client, book, zone)
        self._origins = ORIGINS if api is None else ORIGINS | {origin_of(api)}

    @asynccontextmanager
    async def fetch(self, source: FileRef) -> AsyncIterator[Incoming]:
        """A file that somebody attached on Discord."""
        channel, message, own = source.rpartition(":")[2].split("/")
        declared = await self._declared(int(channel), int(message), int(own))
        async with (
            aiohttp.ClientSession() as session,
            download(session, declared.url, self._origins, {}) as pieces,
        ):
            yield Incoming(file=file_of(declared, source), pieces=pieces)

    async def carry(
        self, notice: Notice, parcels: Sequence[Parcel], root: MessageId | None, inquiry: Inquiry | None
    ) -> MessageId | None:
        """Send the notice with its files."""
        return await self._posting.notice(
            notice, root, inquiry, files=lambda: _uploads(parcels), patience=_UPLOADED_WITHIN
        )

    async def _declared(self, channel: int, message: int, own: int) -> discord.Attachment:
        """What Discord says about a file now."""
        try:
            with translating(sending=False):
                found = await self._client.get_partial_messageable(channel).fetch_message(message)
        except Undeliverable as error:
            raise NotCarried(Why.GONE) from error
        declared = next((each for each in attachments_of(found) if each.id == own), None)
        if declared is None:
            raise NotCarried(Why.GONE)
        return declared


def _uploads(parcels: Sequence[Parcel]) -> list[discord.File]:
    """Kept files for one request; the library reads them from the disk as it sends them."""
    for parcel in parcels:
        parcel.content.seek(0)
    return [
        discord.File(cast("io.BufferedIOBase", parcel.content), filename=parcel.kept.name)
        for parcel in parcels
    ]
