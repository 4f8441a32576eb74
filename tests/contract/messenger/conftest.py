"""The platforms that the suite runs on."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.messenger.on_discord import on_discord
from tests.contract.messenger.on_slack import on_slack
from tests.contract.messenger.stage import Stage

PLATFORMS = {"slack": on_slack, "discord": on_discord}


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A platform with Henji on it."""
    async with PLATFORMS[request.param]() as stage:
        yield stage
