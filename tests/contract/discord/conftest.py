"""An emulated Discord, and a client that is logged in to it."""

from collections.abc import AsyncIterator

import pytest
from discord import AutoShardedClient

from adapters.discord.client import close_client, open_client
from tests.contract.discord.scene import Desk
from tests.contract.slack.hands import Clock
from tests.emulators.discord import DiscordEmulator


@pytest.fixture
def clock() -> Clock:
    """A clock that moves by hand."""
    return Clock()


@pytest.fixture
async def discord(clock: Clock) -> AsyncIterator[DiscordEmulator]:
    """Nobody there yet."""
    async with DiscordEmulator(now=clock.now, patience=1) as discord:
        yield discord


@pytest.fixture
async def client(discord: DiscordEmulator) -> AsyncIterator[AutoShardedClient]:
    """The client that bots would make."""
    client = await open_client(discord.token, api=discord.api)
    yield client
    await close_client(client)


@pytest.fixture
def desk(discord: DiscordEmulator, client: AutoShardedClient) -> Desk:
    """A desk with its messenger."""
    return Desk(discord, client)
