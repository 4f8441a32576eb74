"""Henji, running in a story: put together by `bots.compose`, with hands on its clock instead of a ticker.

Made by the town, once for each start; several may run beside each other on one store, as workers do.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from adapters.redis.store import RedisStore
from adapters.web.server import Check, WebServer
from bots import compose
from core.clock import next_alarm
from core.desk import FrontDesk
from scheduler.rota import Rota
from tests.clocks import HandClock
from tests.emulators.slack import SlackEmulator
from tests.waiting import until

Ears = Literal["socket", "http", "none"]
"""How Slack is heard; `none` is a worker that only speaks."""


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


async def running(slack: SlackEmulator, redis: str, clock: HandClock, ears: Ears) -> Henji:
    """Start Henji on this store, listening to this workspace."""
    async with AsyncExitStack() as stack:
        home = await stack.enter_async_context(compose.house(redis, now=clock.now))
        access = compose.SlackAccess(
            bot_token=slack.bot_token,
            app_token=slack.app_token if ears == "socket" else None,
            signing_secret=slack.signing_secret if ears == "http" else None,
            api=slack.base_url,
            pause=0.0,
            ping=5.0,
        )
        room = await stack.enter_async_context(compose.slack(home, access))
        rota = compose.rota(home, [room.platform])
        if room.connection is not None:
            await room.connection.start()
            stack.push_async_callback(room.connection.stop)
            connection = room.connection
            await until(connection.connected, within=5)
        if room.handler is not None:
            server = WebServer(
                ("127.0.0.1", 0), ready=_nothing, metrics=_no_numbers, routes={"/slack/events": room.handler}
            )
            slack.http.request_url = f"http://127.0.0.1:{await server.start()}/slack/events"
            stack.push_async_callback(server.stop)
        await home.store.mark_gap("slack", clock.now())
        return Henji(store=home.store, desk=home.desk, rota=rota, stop=stack.pop_all().aclose)


async def _nothing() -> list[Check]:
    return []


async def _no_numbers() -> bytes:
    return b""
