"""A desk on an emulated Discord, listening over the gateway, with its store on a real server.

Made by the fixtures of this folder. Nothing in it is replaced but the ticker: what is queued is delivered
when a test says so.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from adapters.discord.app import build_app
from adapters.discord.client import close_client, identify, open_client
from adapters.discord.connection import Connection
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.reception import Reception
from adapters.discord.tree import Tree
from adapters.redis.connect import connect
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from core.desk import FrontDesk
from core.ids import DeskId, LinkCode, SellerId
from core.ports import Settled
from tests.contract.posting import deliver, post
from tests.emulators.discord import Channel, DiscordEmulator, Message, Person
from tests.unit.core.office import MARKET, ORDER
from tests.unit.wording.samples import BOOK
from tests.waiting import until

__all__ = ["ORDER", "Office", "listening"]

PING = 5.0  # so that a machine at work elsewhere is not taken for a silent gateway


@dataclass
class Office:
    """What a test speaks to: Discord, and the desk that listens there."""

    discord: DiscordEmulator
    reception: Reception
    store: RedisStore
    outbox: RedisOutbox
    messenger: DiscordMessenger
    connection: Connection
    tree: Tree
    gaps: list[datetime] = field(default_factory=list)

    async def deliver(self) -> None:
        """Post what is queued, until nothing is due."""
        await deliver(self.outbox, self.messenger)

    async def post(self) -> list[Settled]:
        """Post what is due, without telling the outbox: what became of each."""
        return await post(self.outbox, self.messenger)

    async def heard(self, message: Message, sign: str = "\N{WHITE HEAVY CHECK MARK}") -> None:
        """Wait until a message was answered by a sign, then let what it queued be posted."""
        await until(lambda: sign in message.reactions)
        await self.deliver()

    async def says(self, person: Person, text: str, *, channel: Channel, thread: Message) -> Message:
        """Let somebody say something below a card, and be heard."""
        message = await person.says(text, channel=channel, thread=thread)
        await self.heard(message)
        return message


@asynccontextmanager
async def listening(
    discord: DiscordEmulator,
    redis: str,
    now: Callable[[], datetime],
    *,
    ping: float = PING,
    kept: type[RedisStore] = RedisStore,
) -> AsyncIterator[Office]:
    """Listen on Discord until the test ends."""
    client, database = await open_client(discord.token, api=discord.api), connect(redis)
    numbers, desks, codes, gaps = count(1), count(1), count(2), list[datetime]()
    store = kept(database, name="here", on_queued=lambda: None)
    outbox = RedisOutbox(database, name="here")
    reception = Reception(
        me=identify(client),
        client=client,
        book=BOOK,
        desk=FrontDesk(store, {"amazon-jp": MARKET}, now),
        outbox=outbox,
        now=now,
        new_desk=lambda: DeskId(f"desk{next(desks)}"),
        new_seller=lambda: SellerId(f"s{next(numbers)}"),
        new_code=lambda: LinkCode(f"kmpqrst{next(codes)}"),
        on_gap=gaps.append,
    )
    tree = build_app(reception)
    connection = Connection(client, tree, now=now, on_gap=gaps.append, ping=ping)
    office = Office(
        discord=discord,
        reception=reception,
        store=store,
        outbox=outbox,
        messenger=DiscordMessenger(client, BOOK, pause=0.0),
        connection=connection,
        tree=tree,
        gaps=gaps,
    )
    await connection.start()
    await until(connection.connected)
    await until(lambda: bool(discord.commands.all))
    try:
        yield office
    finally:
        await connection.stop()
        await close_client(client)
        await database.aclose()
