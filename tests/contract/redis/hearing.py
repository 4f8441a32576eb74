"""Somebody who listens for nudges, for tests."""

from collections import Counter

from redis.asyncio import Redis

from adapters.redis.keys import CHANNEL
from adapters.redis.outbox import RedisOutbox
from adapters.redis.wire import ask
from core.errors import Unavailable


async def heard_by(outbox: RedisOutbox, heard: Counter[str]) -> Unavailable | None:
    """Count nudges until cancelled, or cut off, and then say how."""
    try:
        async for _ in outbox.listen():
            heard["nudges"] += 1
    except Unavailable as error:
        return error
    return None


async def listened_to(client: Redis) -> bool:
    """Whether somebody listens at the server."""
    _, listeners = await ask(client, "PUBSUB", "NUMSUB", CHANNEL)
    return bool(listeners)
