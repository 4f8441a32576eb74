"""How a desk is put together: store, outbox and front desk, Slack, the rota.

Called by `running` for `henji run` and for stories in tests, and by the other commands for the parts they
need. Each builder says in its arguments what it needs; none reads a setting or starts anything.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from adapters.files.room import StoredFiles
from adapters.files.shelf import Shelf, open_shelf
from adapters.redis import health
from adapters.redis.connect import connect
from adapters.redis.health import Health
from adapters.redis.keys import adopt_partitions
from adapters.redis.outbox import RedisOutbox
from adapters.slack.app import build_app
from adapters.slack.client import close_client, identify, open_client
from adapters.slack.connection import PING, Connection
from adapters.slack.files import SlackCourier
from adapters.slack.history import SlackHistory
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.reception import Reception
from adapters.slack.signed import signed_requests
from adapters.web.metrics import Metrics
from adapters.web.server import Handler
from bots import chance, clock, shelf
from bots.hearing import Hearing
from bots.timed import TimedDesk, TimedStore
from core.ids import DeskId, LinkCode, SellerId
from core.phrasebook import Phrasebook
from core.ports import Platform
from scheduler.rota import Rota

Clock = Callable[[], datetime]


class Bell:
    """Rung by a commit that queued something; whoever delivers in this process hears it."""

    def __init__(self) -> None:
        self.heard: Callable[[], None] = lambda: None

    def ring(self) -> None:
        """Tell them."""
        self.heard()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What all platforms share.

    `now` is the desk's clock, `wall` this machine's; `health` is what there is to say about the server.
    """

    store: TimedStore
    outbox: RedisOutbox
    desk: TimedDesk
    book: Phrasebook
    metrics: Metrics
    bell: Bell
    now: Clock
    wall: Clock
    health: Health


@asynccontextmanager
async def house(
    url: str, *, now: Clock = clock.now, wall: Clock = clock.now, accept_loss: bool = False
) -> AsyncIterator[House]:
    """Everything about one database that needs no platform.

    Raises Misconfigured for a server that can't be trusted, Unavailable for one that is away.
    """
    metrics, bell, name = Metrics(), Bell(), chance.word()
    client = connect(url)
    try:
        found = await health.check(client, now=wall(), accept_loss=accept_loss)
        await adopt_partitions(client)
        store = TimedStore(client, name=name, on_queued=bell.ring)
        store.metrics = metrics
        yield House(
            store=store,
            outbox=RedisOutbox(client, name=name),
            desk=TimedDesk(store, shelf.markets(), now, metrics),
            book=shelf.phrasebook(),
            metrics=metrics,
            bell=bell,
            now=now,
            wall=wall,
            health=found,
        )
    finally:
        await client.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAccess:
    """The way to one workspace.

    `api` is where the Web API is, None for Slack itself. `pause` is for how many seconds a place rests after
    a message, `ping` the seconds between two pings of the socket.
    """

    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None
    api: str | None = None
    pause: float = 1.0
    ping: float = PING


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackRoom:
    """Slack, put together: its ports and its ways in, `connection` for Socket Mode and `handler` for HTTP."""

    reception: Reception
    platform: Platform
    hearing: Hearing
    connection: Connection | None
    handler: Handler | None
    connected: Callable[[], Awaitable[bool]]


@asynccontextmanager
async def slack(home: House, access: SlackAccess) -> AsyncIterator[SlackRoom]:
    """One workspace's room, not yet listening.

    Raises Misconfigured where Slack refuses the token, TryAgain where it is away.
    """
    client = open_client(access.bot_token, base_url=access.api)
    try:
        people = People(client, home.now)
        reception = Reception(
            me=await identify(client),
            client=client,
            people=people,
            book=home.book,
            desk=home.desk,
            outbox=home.outbox,
            now=home.now,
            new_desk=lambda: DeskId(chance.word()),
            new_seller=lambda: SellerId(chance.word()),
            new_code=lambda: LinkCode(chance.code()),
        )
        platform = Platform(
            name="slack",
            messenger=SlackMessenger(client, home.book, pause=access.pause),
            history=SlackHistory(client, people, home.now),
            courier=SlackCourier(client, home.book, api=access.api),
        )
        yield _room(home, access, reception, platform)
    finally:
        await close_client(client)


def _room(home: House, access: SlackAccess, reception: Reception, platform: Platform) -> SlackRoom:
    app = build_app(reception)
    connection: Connection | None = None

    async def connected() -> bool:
        return connection is None or await connection.connected()

    hearing = Hearing(home.store, platform.name, home.now, connected)
    if access.app_token is not None:
        connection = Connection(
            app, reception.client, access.app_token, now=home.now, on_gap=hearing.gap, ping=access.ping
        )
    handler = None if access.signing_secret is None else signed_requests(app, access.signing_secret)
    return SlackRoom(
        reception=reception,
        platform=platform,
        hearing=hearing,
        connection=connection,
        handler=handler,
        connected=connected,
    )


def rota(home: House, platforms: Sequence[Platform], files: Shelf) -> Rota:
    """The duties of a worker, not yet begun; commits in this process nudge its delivery."""
    made = Rota(
        store=home.store,
        outbox=home.outbox,
        desk=home.desk,
        platforms=platforms,
        files=StoredFiles(lambda: open_shelf(files)),
        now=home.now,
        wall=home.wall,
    )
    home.bell.heard = made.queued
    return made
