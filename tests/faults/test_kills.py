"""Killed with SIGKILL under load and restarted, Henji keeps all that it has said.

It is killed at each named point of the way in turn, and at random instants. HENJI_KILLS says how often each
test kills (11), HENJI_SEED in which order and when, HENJI_POINT at which point alone. What people do, and so
what is hit, differs from run to run all the same; that nothing is lost and nothing doubled does not.
"""

import os
import random  # noqa: TID251 -- seeded, so that a run can be repeated
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest
from redis.asyncio import Redis

from tests.faults.ordeal import Ordeal, Outlived, ends
from tests.faults.records import Own, Shared
from tests.faults.sides import Name

KILLS = int(os.environ.get("HENJI_KILLS", "11"))  # noqa: TID251 -- a setting of these tests
SEED = os.environ.get("HENJI_SEED", "7")  # noqa: TID251 -- a setting of these tests
POINT = os.environ.get("HENJI_POINT", "")  # noqa: TID251 -- a setting of these tests

STAFF: Sequence[Name] = random.Random(SEED).sample(get_args(Name), 2)  # noqa: S311 -- nothing is a secret
"""The platform of staff, in the first test and in the second."""


async def test_killed_beside_a_server_that_lives_on(
    redis_server: str, redis_client: Redis, tmp_path: Path
) -> None:
    """What people were told is there, once, in order; the server of REDIS_URL outlives every kill."""
    assert await redis_client.dbsize() == 0
    _hold(await Ordeal(Shared(redis_server), tmp_path, SEED, ends(SEED, POINT)).endured(KILLS, STAFF[0]))


async def test_killed_with_a_server_of_its_own(tmp_path: Path) -> None:
    """The same on Henji's own server, left behind and taken over, or killed with it."""
    with tempfile.TemporaryDirectory(prefix="henji-test-", dir="/tmp") as folder:
        own = Own(Path(folder) / "data")
        try:
            _hold(await Ordeal(own, tmp_path, SEED, ends(SEED, POINT, skip=KILLS)).endured(KILLS, STAFF[1]))
        finally:
            await own.ends()


def _hold(outlived: Outlived) -> None:
    print(outlived.told)  # noqa: T201 -- shown where the test fails, or with -s
    if outlived.problems:
        pytest.fail("\n".join([outlived.told, *outlived.problems]), pytrace=False)
