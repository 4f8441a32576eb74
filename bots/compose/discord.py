"""Discord's room: one bot, in all the guilds that have invited it.

Called by `running` and by stories. Reads no setting and starts nothing.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.discord.app import build_app
from adapters.discord.client import close_client, identify, open_client
from adapters.discord.connection import PING, Connection
from adapters.discord.files import DiscordCourier
from adapters.discord.history import DiscordHistory
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.people import People
from adapters.discord.reception import Reception
from bots import chance
from bots.compose.house import House
from bots.compose.room import Ears, Room
from core.ids import DeskId, LinkCode, SellerId
from core.ports import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordAccess:
    """The way to Discord; a bot that does not listen is only spoken through.

    `api` is where the REST API is, None for Discord itself. `pause` is for how many seconds a place rests
    after a message, `ping` the seconds between two questions to the gateway.
    """

    bot_token: str
    listens: bool = True
    api: str | None = None
    pause: float = 1.0
    ping: float = PING


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscordRoom(Room):
    """Discord, put together."""

    reception: Reception


@asynccontextmanager
async def discord(home: House, access: DiscordAccess) -> AsyncIterator[DiscordRoom]:
    """One bot's room, logged in, not yet listening.

    Raises Misconfigured where Discord refuses the token, TryAgain where it is away.
    """
    client = await open_client(access.bot_token, api=access.api)
    try:
        people, ears = People(client, home.store.lang_of, home.now), Ears(home.store, "discord", home.now)
        reception = Reception(
            me=identify(client),
            client=client,
            book=home.book,
            desk=home.desk,
            outbox=home.outbox,
            now=home.now,
            new_desk=lambda: DeskId(chance.word()),
            new_seller=lambda: SellerId(chance.word()),
            new_code=lambda: LinkCode(chance.code()),
            on_gap=ears.hearing.gap,
        )
        tree = build_app(reception)
        if access.listens:
            ears.connection = Connection(
                client, tree, now=home.now, on_gap=ears.hearing.gap, ping=access.ping
            )
        platform = Platform(
            name="discord",
            messenger=DiscordMessenger(client, home.book, pause=access.pause),
            history=DiscordHistory(client, people, home.store.desks_of, home.now),
            courier=DiscordCourier(client, home.book, api=access.api),
        )
        yield DiscordRoom(platform=platform, ears=ears, routes={}, who=reception.me.name, reception=reception)
        await reception.asides.settled()
    finally:
        await close_client(client)
