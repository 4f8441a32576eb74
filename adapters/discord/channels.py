"""Discord's channels by the desk's places: which channel a place is, and what was posted in it.

Used by the messenger, which looks for its own posts, and by the history, which reads what people said. It
opens a DM to learn its id, and posts nothing.
"""

from collections.abc import AsyncIterator

import discord

from adapters.discord.client import identify
from adapters.discord.errors import UNKNOWN_CHANNEL
from adapters.discord.markdown import own
from adapters.discord.render import notice_of
from core.ids import MessageId, NoticeId, PersonId, PlaceId, person_of_dm

_PRIVATE = "thread/"
_MOST_DMS = 10_000


class Channels:
    """Where places are. Lets the library's errors through."""

    def __init__(self, client: discord.AutoShardedClient) -> None:
        """Ask through `client`."""
        self._client = client
        self._me = identify(client).user
        self._dms: dict[PersonId, int] = {}

    async def of(self, place: PlaceId) -> int:
        """The channel's id; a DM's is asked for once, and does not change."""
        person = person_of_dm(place)
        if person is None:
            return own(place)
        if person not in self._dms:
            channel = await self._client.create_dm(discord.Object(own(person)))
            if len(self._dms) >= _MOST_DMS:
                del self._dms[next(iter(self._dms))]
            self._dms[person] = channel.id
        return self._dms[person]

    async def line(self, place: PlaceId, root: MessageId | None) -> int:
        """Where what belongs to a card is said: its thread, which has its id; in a DM the DM itself."""
        if root is None:
            return await self.of(place)
        private = private_thread(root)
        if private is not None:
            return private
        return await self.of(place) if person_of_dm(place) is not None else int(root)

    async def posted(self, channel: int, after: int) -> AsyncIterator[discord.Message]:
        """What was posted after an id, oldest first. A thread that was never started has nothing in it."""
        there = self._client.get_partial_messageable(channel)
        try:
            async for message in there.history(limit=None, after=discord.Object(after), oldest_first=True):
                yield message
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise

    def ours(self, message: discord.Message) -> NoticeId | None:
        """The id of the notice that a message of Henji's carries."""
        return notice_in(message) if message.author.id == self._me else None


def notice_in(message: discord.Message) -> NoticeId | None:
    """The notice's id in a message's small print."""
    footers = (each.footer.text for each in message.embeds)
    return next((notice_of(text) for text in footers if text), None)


def private_root(thread: int) -> MessageId:
    """The root of a line that is a private thread, where somebody's DMs are closed."""
    return MessageId(f"{_PRIVATE}{thread}")


def private_thread(root: MessageId) -> int | None:
    """The private thread that a root is, None for a card."""
    return int(root.removeprefix(_PRIVATE)) if root.startswith(_PRIVATE) else None
