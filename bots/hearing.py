"""Notes when a platform is heard, and when it was not, so that what was said meanwhile is read back.

Run beside a platform's connection. Notes at every look that events can arrive, each new connection, and
while there is none every half minute again; the store keeps the last. Never reads anything back itself.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

import structlog

from core.errors import Unavailable
from core.ports import Store

LOOK_EVERY: Final = 5.0
"""Seconds between two looks at the connection."""

AGAIN: Final = 6
"""After how many looks without a connection that is noted again."""

log = structlog.get_logger()


class Hearing:
    """One platform's. `now` is the desk's clock, `connected` tells whether events can arrive."""

    def __init__(
        self,
        store: Store,
        platform: str,
        now: Callable[[], datetime],
        connected: Callable[[], Awaitable[bool]],
    ) -> None:
        self._store = store
        self._platform = platform
        self._now = now
        self._connected = connected
        self._lost = 0
        self._unmarked: datetime | None = None
        self._told = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether events could arrive at the last look."""
        return not self._lost

    def gap(self, at: datetime) -> None:
        """Nobody listened until this instant."""
        self._unmarked = at
        self._told.set()

    async def watch(self) -> None:
        """Look at the connection, until cancelled."""
        while True:
            self._told.clear()
            await self.look()
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await self._told.wait()
            except TimeoutError:
                pass

    async def look(self) -> None:
        """Look once, and note what there is to note; what can't be noted now is noted the next time."""
        self._lost = 0 if await self._connected() else self._lost + 1
        if self._lost % AGAIN == 1:
            self._unmarked = self._now()
        try:
            await self._mark()
        except Unavailable as error:
            log.warning("how a platform is heard could not be noted yet", why=str(error))

    async def _mark(self) -> None:
        """The gap first: else an alarm decided in between would take all for heard."""
        at = self._unmarked
        if at is not None:
            await self._store.mark_gap(self._platform, at)
            if self._unmarked == at:
                self._unmarked = None
        if not self._lost and self._unmarked is None:
            await self._store.mark_heard(self._platform)
