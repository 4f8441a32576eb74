"""Waiting for another process, in tests.

The one place where a test may wait for something that no signal announces. Bounded, and only for the state of
processes and sockets; whatever the desk does itself is awaited.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

from adapters.aio import sleep


async def until(predicate: Callable[[], bool | Awaitable[bool]], *, within: float = 10.0) -> None:
    """Return once the predicate holds; fail when it does not within that many seconds."""
    try:
        async with asyncio.timeout(within):
            while not await _holds(predicate):
                await sleep(0.01)
    except TimeoutError:
        message = f"not so within {within:g} s: {predicate}"
        raise AssertionError(message) from None


async def _holds(predicate: Callable[[], bool | Awaitable[bool]]) -> bool:
    answer = predicate()
    return await answer if inspect.isawaitable(answer) else answer
