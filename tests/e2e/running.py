"""Henji, running in a story: put together by `bots.compose`, with hands on its clock instead of a ticker.

Made by the town, once for each start; several may run beside each other on one store, as workers do.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from adapters.files.shelf import Shelf
from adapters.redis.store import RedisStore
from bots import compose
from core.clock import next_alarm
from core.desk import FrontDesk
from scheduler.rota import Rota
from tests.clocks import HandClock
from tests.e2e.side import Side


@dataclass(frozen=True)
class Ground:
    """What survives Henji: the platforms, the store's address, the clock, the folder of its files."""

    sides: Sequence[Side]
    redis: str
    clock: HandClock
    files: str


@dataclass
class Henji:
    """One process's parts, as a story needs them."""

    store: RedisStore
    desk: FrontDesk
    rota: Rota
    stop: Callable[[], Awaitable[None]]

    async def once(self) -> bool:
        """Sweep and deliver what is due; whether there was anything."""
        swept = await self.rota.sweep.run_once()
        delivered = await self.rota.delivery.run_once()
        return bool(swept.rang or swept.stale or delivered.attempts)

    async def next_alarm(self) -> datetime | None:
        """When the next alarm of any inquiry is due."""
        instants = []
        for desk in await self.store.desks():
            async for chunk in self.store.stored(desk):
                instants += [at for one in chunk if (at := next_alarm(one.inquiry)) is not None]
        return min(instants, default=None)


async def running(ground: Ground, *, ears: bool = True) -> Henji:
    """Start Henji here, listening on every platform; without ears it is a worker that only speaks."""
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(compose.house(ground.redis, now=ground.clock.now))
        platforms = [
            await stack.enter_async_context(side.listening(home, ears=ears)) for side in ground.sides
        ]
        rota = compose.rota(home, platforms, Shelf(where=ground.files))
        for platform in platforms:
            await home.store.mark_gap(platform.name, ground.clock.now())
        return Henji(store=home.store, desk=home.desk, rota=rota, stop=stack.pop_all().aclose)
