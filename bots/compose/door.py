"""A platform's door: its room, open from when the platform can be reached, apart from all others.

Made by `running` for each platform, opened at the start and closed at the end. A platform that is away holds
up none but itself: until its room is open, a stand-in asks for patience in its name.
"""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Final, Generic, TypeVar

import structlog

from adapters.aio import sleep, spawn
from bots.compose.room import Room
from bots.compose.stand_in import StandIn
from core.errors import Misconfigured, TryAgain, Unavailable
from core.ports import Platform

PATIENCE: Final = 2.0
"""Seconds between two attempts to reach what is away."""

MENDED: Final = 30
"""How many times as long somebody gets who has to mend something."""

R = TypeVar("R", bound=Room)

log = structlog.get_logger()


class Door(Generic[R]):
    """One platform's. `make` makes the room, `listens` tells whether its events are taken in this process.

    `patience` is for how many seconds what is away is left alone.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[], AbstractAsyncContextManager[R]],
        *,
        listens: bool,
        now: Callable[[], datetime],
        patience: float = PATIENCE,
    ) -> None:
        self.name = name
        self.listens = listens
        self.room: R | None = None
        stand_in = StandIn(lambda: None if self.room is None else self.room.platform)
        self.platform = Platform(name=name, messenger=stand_in, history=stand_in, courier=stand_in)
        self._make = make
        self._now = now
        self._patience = patience
        self._tried = asyncio.Event()
        self._refused: Misconfigured | None = None
        self._open: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def heard(self) -> bool:
        """Whether events could arrive when it was last looked."""
        return self.room is not None and self.room.ears.hearing.connected

    async def open(self) -> None:
        """Begin, and return once the room is open or its platform was found to be away. Raises Misconfigured.

        A platform that is away is tried again until `close`.
        """
        self._open = spawn(self._keep(), f"{self.name}'s room")
        await self._tried.wait()
        if self._refused is not None:
            raise self._refused

    async def hush(self) -> None:
        """Take no more events; what has to be said can still be said."""
        self.listens = False
        await self._unheard()

    async def close(self) -> None:
        """Close the room, or give up reaching it."""
        if self._open is not None:
            self._open.cancel()
            await asyncio.wait([self._open])

    async def _unheard(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            await asyncio.wait([watch])
            if self.room is not None and self.room.connection is not None:
                await self.room.connection.stop()

    async def _keep(self) -> None:
        while True:
            pause = await self._kept()
            if self._refused is not None and not self._tried.is_set():
                self._tried.set()
                return
            self._refused = None
            self._tried.set()
            await sleep(pause)

    async def _kept(self) -> float:
        """Be open while that can be, and not cancelled; then the seconds after which to try again."""
        try:
            async with self._make() as room:
                await self._live(room)
        except (TryAgain, Unavailable) as error:
            log.warning("waiting for what is away", platform=self.name, why=str(error))
            return max(self._patience, error.after if isinstance(error, TryAgain) else 0.0)
        except Misconfigured as error:
            log.warning("a platform is set up wrongly", platform=self.name, why=str(error))
            self._refused = error
        return MENDED * self._patience

    async def _live(self, room: R) -> None:
        """Listen, if that is wanted, until the connection is closed for good, or cancelled."""
        hearing, line = room.ears.hearing, room.connection if self.listens else None
        if line is not None:
            await line.start()
        self.room = room
        try:
            if self.listens:
                if self._tried.is_set():  # nobody took what was said since the start
                    log.info("a platform is reached", platform=self.name, who=room.who)
                    hearing.gap(self._now())
                self._watch = spawn(hearing.watch(), f"hearing {self.name}")
            self._tried.set()
            if line is not None:
                await line.ended()
            if line is None or not self.listens:  # hushed, and still to speak
                await asyncio.Event().wait()
            log.warning("a connection was closed for good", platform=self.name)
        finally:
            await self._unheard()
            self.room = None
