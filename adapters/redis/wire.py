"""Commands to Redis, one or several in a round trip.

Called by everything in this package that speaks to Redis about records. Gives redis-py's replies as they are,
and its errors in our words. Never sends anything twice.
"""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, ResponseError

from adapters.redis import batch
from adapters.redis.batch import Arg, Command
from adapters.redis.cluster import Cluster
from adapters.redis.errors import translating


async def ask(client: Redis, *command: Arg) -> Any:  # noqa: ANN401 (each command has replies of its own)
    """One command's reply."""
    with translating():
        return await client.execute_command(*command)  # type: ignore[no-untyped-call]


async def set_once(client: Redis, key: str, value: Arg) -> bytes:
    """Set a string that nobody has set; the value in force, which is an earlier one if there was."""
    _, value_in_force = await ask_at_once(client, [("SETNX", key, value), ("GET", key)])
    return bytes(value_in_force)


async def ask_all(client: Redis, commands: Sequence[Command]) -> list[Any]:
    """Several commands' replies, each by itself.

    A script unknown to the server leaves its error in the reply's place; any other error is raised, after all
    were run.
    """
    if not commands:
        return []
    with translating():
        replies = await (
            client.each(commands) if isinstance(client, Cluster) else batch.each(client, commands)
        )
        for reply in replies:
            if isinstance(reply, ResponseError) and not isinstance(reply, NoScriptError):
                raise reply
        return replies


async def ask_at_once(client: Redis, commands: Sequence[Command]) -> list[Any]:
    """Several commands' replies, of one instant. Their keys have to be in one slot."""
    with translating():
        return await (
            client.at_once(commands) if isinstance(client, Cluster) else batch.at_once(client, commands)
        )
