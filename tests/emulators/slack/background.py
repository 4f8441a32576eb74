"""What the emulator does by itself while somebody else waits: telling the app of the app's own posts.

Used by `emulator`. The only place in this package that starts tasks; a task that failed is a fault of the
emulator and fails the story.
"""

import asyncio
from collections.abc import Coroutine


class Background:
    """Tasks that are under way, and what went wrong in them."""

    def __init__(self, unexpected: list[str]) -> None:
        self._unexpected = unexpected
        self._tasks: set[asyncio.Task[object]] = set()

    def start(self, work: Coroutine[object, object, object]) -> None:
        """Do it beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()
        await self.settled()

    def _done(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._unexpected.append(f"the emulator failed in the background: {error!r}")
