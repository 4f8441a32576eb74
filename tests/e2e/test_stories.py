"""Every story, on every pairing of platforms that it can be played on."""

import pytest

from tests.e2e.pairing import EVERYWHERE, Pairing
from tests.e2e.stories import STORIES, plays_on
from tests.e2e.town import town

PLAYED = [(name, pairing) for name in STORIES for pairing in EVERYWHERE if plays_on(name, pairing)]


@pytest.mark.parametrize(("name", "pairing"), PLAYED, ids=[f"{name}-{pairing}" for name, pairing in PLAYED])
@pytest.mark.usefixtures("redis_client")  # which is emptied
async def test_story(name: str, pairing: Pairing, redis_server: str) -> None:
    """The story happens as it is told, and nothing happens that it does not tell."""
    async with town(redis_server, pairing) as here:
        await STORIES[name](here)
