"""Every story, in Socket Mode and over signed HTTP."""

import pytest

from tests.e2e.stories import STORIES
from tests.e2e.town import Transport, town


@pytest.mark.parametrize("transport", ["socket", "http"])
@pytest.mark.parametrize("name", STORIES)
@pytest.mark.usefixtures("redis_client")  # which is emptied
async def test_story(name: str, transport: Transport, redis_server: str) -> None:
    """The story happens as it is told, and nothing happens that it does not tell."""
    async with town(redis_server, transport) as here:
        await STORIES[name](here)
