"""Somebody who listens for nudges, for tests."""

from collections import Counter

from redis.asyncio import Redis

from adapters.redis.keys import CHANNEL
from adapters.redis.outbox import RedisOutbox
from adapters.redis.wire import ask


async def heard_by(outbox: RedisOutbox, heard: Counter[str]) -> None:
    """Count nudges until cancelled, or cut off."""
    async for _ in outbox.listen():
        heard["nudges"] += 1


async def listened_to(client: Redis) -> bool:
    """Whether somebody listens at the server."""
    _, listeners = await ask(client, "PUBSUB", "NUMSUB", CHANNEL)
    return bool(listeners)
