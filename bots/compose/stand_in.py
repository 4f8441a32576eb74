"""A platform's ports before its room is open: whoever speaks or reads is asked for patience.

Put together with a `door`, and handed to the scheduler, which so begins with what can be reached. Once the
room is open, everything is its own ports' affair.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from core.commands import AnyCommand
from core.errors import TryAgain
from core.files import FileRef
from core.filing import Incoming, Parcel
from core.ids import MessageId, NoticeId, PlaceId
from core.notices import Card, Notice
from core.ports import Platform
from core.records import Desk, Inquiry, Party

PATIENCE: Final = 5.0
"""Seconds after which to ask again."""


class StandIn:
    """All ports of one platform; `there` gives its own, or None where the platform was not reached yet."""

    def __init__(self, there: Callable[[], Platform | None]) -> None:
        self._there = there

    @property
    def pause(self) -> float:
        """The platform's own, once it is known."""
        platform = self._there()
        return PATIENCE if platform is None else platform.messenger.pause

    async def open_line(self, card: Card, inquiry: Inquiry, notice: NoticeId) -> MessageId:
        """Post a line's card."""
        return await self._platform().messenger.open_line(card, inquiry, notice)

    async def update(self, card: Card, inquiry: Inquiry, root: MessageId) -> None:
        """Draw a line's card again."""
        await self._platform().messenger.update(card, inquiry, root)

    async def send(self, notice: Notice, root: MessageId | None, inquiry: Inquiry | None) -> MessageId:
        """Send one notice."""
        return await self._platform().messenger.send(notice, root, inquiry)

    async def find(
        self, place: PlaceId, root: MessageId | None, notice: NoticeId, since: datetime
    ) -> MessageId | None:
        """The message that carries this notice's id."""
        return await self._platform().messenger.find(place, root, notice, since)

    async def since(
        self, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId]
    ) -> Sequence[AnyCommand]:
        """What people said in an inquiry's lines."""
        return await self._platform().history.since(desk, inquiry, roots)

    @asynccontextmanager
    async def fetch(self, source: FileRef) -> AsyncIterator[Incoming]:
        """A file of this platform."""
        async with self._platform().courier.fetch(source) as incoming:
            yield incoming

    async def carry(
        self, notice: Notice, parcels: Sequence[Parcel], root: MessageId | None, inquiry: Inquiry | None
    ) -> MessageId | None:
        """Post files."""
        return await self._platform().courier.carry(notice, parcels, root, inquiry)

    def _platform(self) -> Platform:
        platform = self._there()
        if platform is None:
            raise TryAgain(PATIENCE)
        return platform
