"""Moving the store's clock in Redis, for tests: what is scored by it or expires by it comes so much nearer.

Tests never wait. Leases keep their tokens, which are instants too: only their order counts.
"""

from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.wire import ask_all
from tests.fleets import nodes_of


async def age(client: Redis, seconds: float) -> None:
    """Let this much time pass for all that is stored: leases, paces, and what expires."""
    micros = round(seconds * 1_000_000)
    scored = [name for tag in keys.TAGS for name in (keys.ringing(tag), keys.places(tag), keys.resting(tag))]
    found = await ask_all(client, [("ZRANGE", name, 0, -1) for name in scored])
    members = [(name, each) for name, all_ in zip(scored, found, strict=True) for each in all_]
    await ask_all(client, [("ZINCRBY", name, -micros, each) for name, each in members])
    for node in await nodes_of(client):
        heard = [name async for name in node.scan_iter(keys.heard("*"), count=1_000)]
        await ask_all(node, [("DECRBY", name, micros) for name in heard])
        await _expire(node, round(seconds * 1_000))


async def _expire(node: Redis, millis: int) -> None:
    names = [name async for name in node.scan_iter(count=1_000)]
    left = await ask_all(node, [("PTTL", name) for name in names])
    expiring = [(name, each) for name, each in zip(names, left, strict=True) if each > 0]
    await ask_all(
        node,
        [("PEXPIRE", name, each - millis) if each > millis else ("DEL", name) for name, each in expiring],
    )
