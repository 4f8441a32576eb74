"""Moving the store's clock in Redis, for tests: what is scored by it or expires by it comes so much nearer.

Tests never wait. Leases keep their tokens, which are instants too: only their order counts.
"""

from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.wire import ask
from tests.fleets import nodes_of


async def age(client: Redis, seconds: float) -> None:
    """Let this much time pass for all that is stored: leases, paces, and what expires."""
    micros = round(seconds * 1_000_000)
    for tag in keys.TAGS:
        for name in (keys.ringing(tag), keys.places(tag), keys.resting(tag)):
            for member in await ask(client, "ZRANGE", name, 0, -1):
                await ask(client, "ZINCRBY", name, -micros, member)
    for node in await nodes_of(client):
        async for name in node.scan_iter(keys.heard("*"), count=1_000):
            await ask(node, "DECRBY", name, micros)
        async for name in node.scan_iter(count=1_000):
            await _expire(node, name, round(seconds * 1_000))


async def _expire(client: Redis, name: bytes, millis: int) -> None:
    left = await client.pttl(name)
    if left > millis:
        await client.pexpire(name, left - millis)
    elif left > 0:
        await client.delete(name)
