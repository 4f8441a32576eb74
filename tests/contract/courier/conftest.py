"""The platforms that the suite runs on."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.courier.on_discord import on_discord
from tests.contract.courier.on_slack import on_slack
from tests.contract.courier.yard import Yard

PLATFORMS = {"slack": on_slack, "discord": on_discord}


@pytest.fixture(params=PLATFORMS)
async def yard(request: pytest.FixtureRequest) -> AsyncIterator[Yard]:
    """A platform with Henji's courier on it."""
    async with PLATFORMS[request.param]() as yard:
        yield yard
