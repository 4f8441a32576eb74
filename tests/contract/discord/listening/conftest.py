"""A desk that listens on Discord."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.discord.listening.office import Office, listening
from tests.contract.discord.listening.scene import Scene, set_up
from tests.emulators.discord import DiscordEmulator


@pytest.fixture
async def office(
    discord: DiscordEmulator, clock: HandClock, redis_server: str, redis_client: Redis
) -> AsyncIterator[Office]:
    """A Discord on which Henji listens; no desk is set up yet."""
    del redis_client  # it has emptied the server
    async with listening(discord, redis_server, clock.now) as office:
        yield office


@pytest.fixture
async def scene(office: Office) -> Scene:
    """The same with a guild, a desk, staff, and a seller."""
    return await set_up(office)
