"""A platform's room: its ports, its ways in, and what is noted of how it is heard.

Made by each platform's builder, begun and ended by `running`, looked at by `vitals`. Knows no platform.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.web.server import Handler
from bots.hearing import Hearing
from core.ports import Platform, Store


class Connection(Protocol):
    """A connection on which a platform's events arrive."""

    async def start(self) -> None:
        """Begin to connect, and stay connected."""

    async def stop(self) -> None:
        """Close it."""

    async def connected(self) -> bool:
        """Whether events can arrive now."""

    async def ended(self) -> None:
        """Wait until it was closed for good, so that only another one could connect."""


class Ears:
    """How a platform is heard: by its `connection`, from when there is one."""

    def __init__(self, store: Store, platform: str, now: Callable[[], datetime]) -> None:
        self.connection: Connection | None = None
        self.hearing = Hearing(store, platform, now, self.connected)

    async def connected(self) -> bool:
        """Whether events can arrive now, as far as it is known: where we are called, nobody can tell."""
        return self.connection is None or await self.connection.connected()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One platform, put together, not yet listening.

    Its events arrive on the connection of its `ears`, or by HTTP at `routes`; a room with neither only
    speaks. `who` is Henji there, for the log.
    """

    platform: Platform
    ears: Ears
    routes: Mapping[str, Handler]
    who: str

    @property
    def connection(self) -> Connection | None:
        """The connection on which its events arrive, if there is one."""
        return self.ears.connection

    async def connected(self) -> bool:
        """Whether events can arrive now."""
        return await self.ears.connected()
