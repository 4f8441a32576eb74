"""The threads of Henji's cards: started from a card, opened again, or private where a DM is closed.

Used by the messenger. A thread started from a card has the card's id, so that a second start is refused; a
private one is looked for before it is started, as nothing would refuse a second.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import discord
import structlog

from adapters.discord.channels import private_thread
from adapters.discord.client import identify
from adapters.discord.errors import THREAD_STARTED
from adapters.discord.markdown import fitted, own
from core.errors import Undeliverable
from core.ids import MessageId, PlaceId, workspace_of

_KEPT_OPEN: Final = 10_080  # minutes without a message, the most that Discord takes
_NAME = 100
_PRIVATE: Final = 12

_log = structlog.get_logger(__name__)


class Threads:
    """Starts threads and opens them. Lets the library's errors through."""

    def __init__(self, client: discord.AutoShardedClient) -> None:
        """Ask through `client`."""
        self._http = client.http
        self._client = client
        self._me = identify(client).user

    async def start(self, channel: int, card: int, name: str) -> None:
        """Start a card's thread, if it has none yet."""
        try:
            await self._http.start_thread_with_message(
                channel, card, name=fitted(name, _NAME), auto_archive_duration=_KEPT_OPEN
            )
        except discord.HTTPException as error:
            if error.code != THREAD_STARTED:
                raise

    async def reopen(self, thread: int) -> None:
        """Open a thread that was archived and locked, where Henji was given the right to.

        One that was only archived opens by what is sent to it.
        """
        try:
            await self._http.edit_channel(thread, archived=False, locked=False)
        except discord.Forbidden as error:
            raise Undeliverable("locked", place_lost=False) from error

    async def locked(self, root: MessageId) -> bool:
        """Whether a card's thread is locked."""
        thread = await self._client.fetch_channel(private_thread(root) or int(root))
        return isinstance(thread, discord.Thread) and thread.locked

    async def private(
        self, near: PlaceId, user: int, name: str, *, fits: Callable[[int], Awaitable[bool]]
    ) -> int:
        """A private thread with somebody, in the channel `near` where they used a command.

        One of this name that was started a moment ago, and whose start nobody heard of, is used again, if it
        `fits`: another desk may have had one of this name, with somebody else in it.
        """
        channel, title = own(near), fitted(name, _NAME)
        thread = await self._started(near, title, fits)
        if thread is None:
            started = await self._http.start_thread_without_message(
                channel, name=title, auto_archive_duration=_KEPT_OPEN, type=_PRIVATE, invitable=False
            )
            thread = int(started["id"])
            _log.info("discord.private_thread", place=near, thread=thread)
        await self._http.add_user_to_thread(thread, user)
        return thread

    async def _started(self, near: PlaceId, title: str, fits: Callable[[int], Awaitable[bool]]) -> int | None:
        guild = int(workspace_of(near).rpartition(":")[2])
        active = await self._http.get_active_threads(guild)
        for each in active["threads"]:
            ours = int(each["owner_id"]) == self._me and each["type"] == _PRIVATE
            same = ours and int(each["parent_id"]) == own(near) and each["name"] == title
            if same and await fits(int(each["id"])):
                return int(each["id"])
        return None
