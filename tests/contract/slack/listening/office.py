"""A desk on an emulated workspace, listening on either transport, with its store on a real server.

Made by the fixtures of this folder. Nothing in it is replaced but the ticker: what is queued is delivered
when a test says so.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from adapters.redis.connect import connect
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.slack.app import build_app
from adapters.slack.client import close_client, identify, open_client
from adapters.slack.connection import Connection
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.reception import Reception
from adapters.slack.signed import Handle, signed_requests
from adapters.web.server import Check, WebServer
from core.desk import FrontDesk
from core.ids import DeskId, LinkCode, SellerId
from core.ports import Settled
from tests.contract.posting import deliver, post
from tests.emulators.slack import Channel, Message, Person, SlackEmulator
from tests.unit.core.office import MARKET, ORDER
from tests.unit.wording.samples import BOOK
from tests.waiting import until

__all__ = ["ORDER", "Office", "listening"]

PING = 5.0  # so that a machine at work elsewhere is not taken for a silent socket


@dataclass
class Office:
    """What a test speaks to: the workspace, and the desk that listens there."""

    slack: SlackEmulator
    reception: Reception
    store: RedisStore
    outbox: RedisOutbox
    messenger: SlackMessenger
    handle: Handle
    connection: Connection | None
    gaps: list[datetime] = field(default_factory=list)

    async def deliver(self) -> None:
        """Post what is queued, until nothing is due."""
        await deliver(self.outbox, self.messenger)

    async def post(self) -> list[Settled]:
        """Post what is due, without telling the outbox: what became of each."""
        return await post(self.outbox, self.messenger)

    async def says(
        self, person: Person, text: str, *, channel: Channel, thread: Message | None = None
    ) -> Message:
        """Let somebody say something, and let what it queued be posted."""
        message = await person.says(text, channel=channel, thread=thread)
        await self.deliver()
        return message


@asynccontextmanager
async def listening(
    slack: SlackEmulator,
    redis: str,
    now: Callable[[], datetime],
    *,
    http: bool,
    ping: float = PING,
    kept: type[RedisStore] = RedisStore,
) -> AsyncIterator[Office]:
    """Listen on a workspace, over signed HTTP or in Socket Mode, until the test ends."""
    client, database = open_client(slack.bot_token, base_url=slack.base_url), connect(redis)
    numbers = count(1)
    store = kept(database, name="here", on_queued=lambda: None)
    outbox = RedisOutbox(database, name="here")
    reception = Reception(
        me=await identify(client),
        client=client,
        people=People(client, now),
        book=BOOK,
        desk=FrontDesk(store, {"amazon-jp": MARKET}, now),
        outbox=outbox,
        now=now,
        new_desk=lambda: DeskId("tanuki"),
        new_seller=lambda: SellerId(f"s{next(numbers)}"),
        new_code=lambda: LinkCode(f"bcdf234{next(numbers)}"),
    )
    app = build_app(reception)
    office = Office(
        slack=slack,
        reception=reception,
        store=store,
        outbox=outbox,
        messenger=SlackMessenger(client, BOOK, pause=0.0),
        handle=signed_requests(app, slack.signing_secret),
        connection=None,
    )
    if http:
        server = _serving(office.handle)
        port = await server.start()
        slack.http.request_url = f"http://127.0.0.1:{port}/slack/events"
        stop = server.stop
    else:
        office.connection = Connection(
            app, client, slack.app_token, now=now, on_gap=office.gaps.append, ping=ping
        )
        await office.connection.start()
        await until(lambda: bool(office.gaps))
        stop = office.connection.stop
    try:
        yield office
    finally:
        await stop()
        await close_client(client)
        await database.aclose()


def _serving(handle: Handle) -> WebServer:
    async def nothing() -> list[Check]:
        return []

    async def no_numbers() -> bytes:
        return b""

    return WebServer(("127.0.0.1", 0), ready=nothing, metrics=no_numbers, routes={"/slack/events": handle})
