"""Several commands to one server in one round trip.

Called by `wire` and, for each of its nodes, by `cluster`. Gives redis-py's replies and errors as they are.
Never sends anything twice.
"""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

Arg = bytes | str | int | float
Command = Sequence[Arg]


async def each(client: Redis, commands: Sequence[Command]) -> list[Any]:
    """Their replies, each by itself: what the server refuses has its error in the reply's place."""
    async with client.pipeline(transaction=False) as pipe:
        for command in commands:
            pipe.execute_command(*command)
        replies: list[Any] = await pipe.execute(raise_on_error=False)
    return replies


async def at_once(client: Redis, commands: Sequence[Command]) -> list[Any]:
    """Their replies, of one instant; the first error is raised."""
    async with client.pipeline(transaction=True) as pipe:
        for command in commands:
            pipe.execute_command(*command)
        return await pipe.execute()
