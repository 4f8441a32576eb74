"""An emulated Discord, and a client that is logged in to it."""

from collections.abc import AsyncIterator
from functools import cache

import pytest
from discord import AutoShardedClient

from adapters.discord.client import close_client, open_client
from tests.clocks import HandClock
from tests.contract.discord.scene import Desk
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord.contract import FILE, Contract


@pytest.fixture
def clock() -> HandClock:
    """A clock that moves by hand."""
    return HandClock()


@pytest.fixture
async def discord(clock: HandClock) -> AsyncIterator[DiscordEmulator]:
    """Nobody there yet. At the end each request is held against what Discord publishes, if that is there."""
    async with DiscordEmulator(now=clock.now, patience=1) as discord:
        yield discord
        published = _published()
        if published is not None:
            assert [problem for each in discord.calls for problem in published.request_problems(each)] == []


@cache
def _published() -> Contract | None:
    return Contract(FILE) if FILE.is_file() else None


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
