"""The houses the duties are tried in: one on the model of the store, one on a real server."""

from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs
from structlog.typing import EventDict

from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from bots.clock import now
from tests.aging import age
from tests.contract.scheduler.house import House
from tests.leaks import check_keys
from tests.model.store import ModelStore


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """What is logged, kept from the test's output."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture(params=["model", "redis"])
async def house(request: pytest.FixtureRequest, redis_client: Redis) -> AsyncIterator[House]:
    """A furnished house on either store."""
    if request.param == "model":
        model = ModelStore()
        made = House(model, model.outbox, model.age, lambda: model.clock)
    else:
        made = on_redis(redis_client)
    await made.furnish()
    yield made
    await check_keys(redis_client)


@pytest.fixture
async def real(redis_client: Redis) -> House:
    """A furnished house on a real server, for what only happens there."""
    made = on_redis(redis_client)
    await made.furnish()
    return made


def on_redis(client: Redis) -> House:
    """A house on a real server."""
    store = RedisStore(client, name="here", on_queued=lambda: None)
    return House(store, RedisOutbox(client, name="here"), lambda seconds: age(client, seconds), now)
