"""A command to Redis can be cancelled at any moment."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from redis.asyncio import Redis

from adapters.aio import spawn
from adapters.redis.connect import connect
from scheduler.aio import breathe


async def test_no_cancellation_is_lost(redis_server: str) -> None:
    """Whatever a command is doing when it is cancelled, connecting included, it ends as cancelled."""
    await cancelled_anywhere(redis_server)


async def cancelled_anywhere(url: str) -> None:
    """Cancel a client's first command after each of the loop's turns that it takes."""
    for patience in range(1, 400):
        client = connect(url)
        command = _begun(client.time())
        for _ in range(patience):
            await breathe()
        if command.done():
            await client.aclose()
            break
        command.cancel()
        await asyncio.wait([command])
        assert command.cancelled(), f"lost after {patience} turns of the loop"
        await client.aclose()
    else:
        raise AssertionError("the command never ended")


async def test_a_client_goes_on_after_a_cancellation(redis_client: Redis) -> None:
    """The next command gets its own answer, not that of the one before."""
    for patience in range(1, 12):
        command = _begun(redis_client.echo(f"before {patience}"))
        for _ in range(patience):
            await breathe()
        command.cancel()
        await asyncio.wait([command])
        assert await redis_client.echo(f"after {patience}") == f"after {patience}".encode()


def _begun(command: Awaitable[Any]) -> asyncio.Task[Any]:
    async def running() -> object:
        return await command

    return spawn(running(), "a command")
