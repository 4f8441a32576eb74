"""Tasks, for the scheduler.

The only place in the scheduler where a task is started (ruff's TID251 holds it; adapters have a file of
their own). A task started here is kept until it ends; whoever starts one awaits it. Never retries.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

# The loop itself keeps only a weak reference to its tasks:
# https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
_running: set[asyncio.Task[Any]] = set()


async def breathe() -> None:
    """Let the others have a turn."""
    await asyncio.sleep(0)


def spawn(coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
    """Run beside the caller, who awaits it; the name is for those who debug."""
    task = asyncio.create_task(coroutine, name=name)
    _running.add(task)
    task.add_done_callback(_running.discard)
    return task
