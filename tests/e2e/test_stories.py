"""Every story, on every pairing of platforms that it can be played on."""

import pytest

from tests.e2e.pairing import EVERYWHERE, Pairing, can_happen
from tests.e2e.stories import STORIES
from tests.e2e.town import town

WITH_STAFF = (
    "staff_at_work",
    "missed_and_escalated",
    "missed_and_acknowledged",
    "solved_and_confirmed",
    "somebody_is_kept_out",
    "kept_out_of_the_sellers_channel",
    "files_as_staff_see_them",
)
"""Those in which staff act, or are told much: played with staff on either platform, others on one."""


def _pairings(name: str) -> list[Pairing]:
    able = [on for on in EVERYWHERE if can_happen(STORIES[name], on)]
    beside = [on for on in able if on.staff == on.seller]
    return able if name in WITH_STAFF or not beside else beside


PLAYED = [(name, on) for name in STORIES for on in _pairings(name)]


@pytest.mark.parametrize(("name", "pairing"), PLAYED, ids=[f"{name}-{on}" for name, on in PLAYED])
@pytest.mark.usefixtures("redis_client")  # which is emptied
async def test_story(name: str, pairing: Pairing, redis_server: str) -> None:
    """The story happens as it is told, and nothing happens that it does not tell."""
    async with town(redis_server, pairing) as here:
        await STORIES[name](here)
