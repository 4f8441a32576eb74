"""Sleeping and tasks, for all adapters.

The only place in the adapters where a coroutine sleeps or a task is started (ruff's TID251 holds it).
A task started here is kept until it ends, and an error nobody awaits is logged.
Never retries, never restarts.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger()

# The loop itself keeps only a weak reference to its tasks:
# https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
_running: set[asyncio.Task[Any]] = set()


async def sleep(seconds: float) -> None:
    """Let the others go on for that long."""
    await asyncio.sleep(seconds)


def spawn(coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Run beside the caller, under a name that shows in the log when it fails."""
    task = asyncio.create_task(coroutine, name=name)
    _running.add(task)
    task.add_done_callback(_ended)
    return task


def _ended(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if task.cancelled():
        return
    error = task.exception()
    if error is not None:
        log.error("a task failed", task=task.get_name(), exc_info=error)
