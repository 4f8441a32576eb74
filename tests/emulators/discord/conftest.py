"""discord.py's own client on the emulator, for the emulator's own tests.

Nothing in it is replaced or patched: it is aimed at the emulator by the two addresses it keeps, subclassed
for the hook that it offers against waiting between shards, and given the timeouts that it takes as options.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import discord as sdk
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.clocks import HandClock
from tests.emulators.discord import Channel, DiscordEmulator, Guild, Message, Person, deeds


class Client(sdk.AutoShardedClient):
    """A client that writes down what it hears, in order: (event, what it brings)."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", None) or sdk.Intents(
            guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True, message_content=True
        )
        super().__init__(intents=intents, guild_ready_timeout=0.01, **options)
        self.heard: list[tuple[str, Any]] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Go on at once; by default it waits five seconds for the next shard."""

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Write it down, and go on as usual."""
        self.heard.append((event, args[0] if args else None))
        super().dispatch(event, *args, **kwargs)

    def all(self, event: str) -> list[Any]:
        """What each event of this name brought."""
        return [what for name, what in self.heard if name == event]

    def said(self) -> list[str]:
        """The contents of the messages it heard, its own too."""
        return [each.content for each in self.all("message")]


@pytest.fixture
def clock() -> HandClock:
    """A clock at noon, UTC."""
    return HandClock()


@pytest.fixture
async def discord(clock: HandClock) -> AsyncIterator[DiscordEmulator]:
    """An empty Discord, at which discord.py's two addresses are aimed for the time of a test."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with DiscordEmulator(now=clock.now) as discord:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = discord.api, yarl.URL(discord.gateway_url)
        yield discord
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@pytest.fixture
def hanako(discord: DiscordEmulator) -> Person:
    """花子, who reads Japanese."""
    return discord.person("花子", locale="ja")


@pytest.fixture
def guild(discord: DiscordEmulator, hanako: Person) -> Guild:
    """A guild with 花子 and the bot."""
    return discord.guild("市場", members=[hanako])


@pytest.fixture
def general(discord: DiscordEmulator, guild: Guild) -> Channel:
    """A channel in it for all."""
    return discord.channel(guild, "general")


@asynccontextmanager
async def logged_in(discord: DiscordEmulator, **options: Any) -> AsyncIterator[Client]:
    """A client that has logged in, and is not connected to the gateway."""
    client = Client(**options)
    async with client:
        await client.login(discord.token)
        yield client


@asynccontextmanager
async def connected(discord: DiscordEmulator, **options: Any) -> AsyncIterator[Client]:
    """A client that is connected and ready."""
    async with logged_in(discord, **options) as client, asyncio.TaskGroup() as group:
        group.create_task(client.connect())
        await client.wait_until_ready()
        try:
            yield client
        finally:
            await client.close()


@pytest.fixture
async def rest(discord: DiscordEmulator) -> AsyncIterator[Client]:
    """A client for the REST API alone."""
    async with logged_in(discord) as client:
        yield client


@pytest.fixture
async def client(discord: DiscordEmulator, general: Channel) -> AsyncIterator[Client]:
    """A client that is connected, in one guild with one channel."""
    async with connected(discord) as client:
        assert client.get_channel(int(general.id)) is not None
        yield client


def post(discord: DiscordEmulator, author: Person, channel: Channel, content: str, **about: Any) -> Message:
    """Somebody's message."""
    message = Message(discord.world.new_id(), channel.id, author.id, content, **about)
    return deeds.say(discord.world, message)


async def refusal(call: Awaitable[object]) -> tuple[int, int]:
    """The status and the code with which a call that must fail is refused."""
    with pytest.raises(sdk.HTTPException) as caught:
        await call
    return caught.value.status, caught.value.code
