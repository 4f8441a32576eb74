"""A desk that listens, in Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.slack.listening.office import Office, listening
from tests.contract.slack.listening.scene import Scene, set_up
from tests.emulators.slack import SlackEmulator


@pytest.fixture(params=["socket mode", "http"])
async def office(
    request: pytest.FixtureRequest,
    slack: SlackEmulator,
    clock: HandClock,
    redis_server: str,
    redis_client: Redis,
) -> AsyncIterator[Office]:
    """A workspace on which Henji listens; no desk is set up yet."""
    del redis_client  # it has emptied the server
    async with listening(slack, redis_server, clock.now, http=request.param == "http") as office:
        yield office


@pytest.fixture
async def scene(office: Office) -> Scene:
    """The same with a desk, staff, and a seller."""
    return await set_up(office)
