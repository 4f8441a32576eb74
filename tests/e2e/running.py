"""Henji, running in a story: put together as `bots` does, with hands on its clock instead of a ticker.

Made by the town, once for each start; several may run beside each other on one store, as workers do.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from redis.asyncio import Redis

import core
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.slack.app import build_app
from adapters.slack.client import close_client, identify, open_client
from adapters.slack.connection import Connection
from adapters.slack.history import SlackHistory
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.reception import Reception
from adapters.slack.signed import signed_requests
from adapters.web.server import Check, WebServer
from bots.clock import now as wall
from core.clock import next_alarm
from core.desk import FrontDesk
from core.ids import DeskId, SellerId
from core.ladder import read_market
from core.phrasebook import Phrasebook
from core.ports import Platform
from scheduler.rota import Rota
from tests.clocks import HandClock
from tests.emulators.slack import SlackEmulator
from tests.waiting import until

ROOT = Path(core.__file__).parent
MARKET = read_market("amazon-jp", (ROOT / "policies" / "amazon-jp.toml").read_bytes())
BOOK = Phrasebook(
    {
        "ja": (ROOT / "locale" / "ja.po").read_bytes(),
        "en": (ROOT / "locale" / "en.po").read_bytes(),
    }
)
_starts = count(1)
_sellers = count(1)


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

    async def once_only(self) -> None:
        """Take what is due and begin to deliver it, one pass of it."""
        await self.rota.delivery.run_once()

    async def next_alarm(self) -> datetime | None:
        """When the next alarm of any inquiry is due."""
        instants = []
        for desk in await self.store.desks():
            async for chunk in self.store.stored(desk):
                instants += [at for one in chunk if (at := next_alarm(one.inquiry)) is not None]
        return min(instants, default=None)


async def running(slack: SlackEmulator, redis: Redis, clock: HandClock, transport: str) -> Henji:
    """Start Henji on this store, listening to this workspace."""
    client = open_client(slack.bot_token, base_url=slack.base_url)
    name = f"story{next(_starts)}"
    store = RedisStore(redis, name=name, on_queued=lambda: None)
    outbox = RedisOutbox(redis, name=name)
    desk = FrontDesk(store, {"amazon-jp": MARKET}, clock.now)
    me = await identify(client)
    people = People(client, clock.now)
    reception = Reception(
        me=me,
        client=client,
        people=people,
        book=BOOK,
        desk=desk,
        outbox=outbox,
        now=clock.now,
        new_desk=lambda: DeskId("kaidan"),
        new_seller=lambda: SellerId(f"s{next(_sellers)}"),
    )
    app = build_app(reception)
    messenger = SlackMessenger(client, BOOK, pause=0.0)
    slack_here = Platform(name="slack", messenger=messenger, history=SlackHistory(client, people))
    rota = Rota(store=store, outbox=outbox, desk=desk, platforms=[slack_here], now=clock.now, wall=wall)
    if transport == "http":
        server = WebServer(
            ("127.0.0.1", 0),
            ready=_nothing,
            metrics=_no_numbers,
            routes={"/slack/events": signed_requests(app, slack.signing_secret)},
        )
        slack.http.request_url = f"http://127.0.0.1:{await server.start()}/slack/events"
        listen_no_more: Callable[[], Awaitable[None]] = server.stop
    elif transport == "none":
        listen_no_more = _nothing_to_stop
    else:
        gaps: list[datetime] = []
        connection = Connection(app, client, slack.app_token, now=clock.now, on_gap=gaps.append, ping=0.2)
        await connection.start()
        await until(lambda: bool(gaps), within=5)
        listen_no_more = connection.stop
    await store.mark_gap("slack", clock.now())

    async def stop() -> None:
        await listen_no_more()
        await close_client(client)

    return Henji(store=store, desk=desk, rota=rota, stop=stop)


async def _nothing_to_stop() -> None:
    pass


async def _nothing() -> list[Check]:
    return []


async def _no_numbers() -> bytes:
    return b""
