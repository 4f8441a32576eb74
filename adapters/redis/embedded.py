"""The server that runs when REDIS_URL is empty: private to this desk, on a Unix socket, every write on disk.

Started, watched and stopped by bots. One desk a folder; a server that a killed desk left
behind is taken over. Never touches the records, not even damaged ones:
it says how to mend them.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import structlog

from adapters.aio import sleep
from adapters.redis.binary import Binary, find
from adapters.redis.folder import SETTING, Folder
from adapters.redis.loading import ready
from adapters.redis.orphan import take_over
from adapters.redis.process import Server, launch
from core.errors import Misconfigured, Unavailable

log = structlog.get_logger()

LOOK_EVERY: Final = 0.2
LONGEST_PAUSE: Final = 10.0
STEADY_AFTER: Final = 30.0  # seconds of service after which the next restart is immediate again


class Embedded:
    """One desk's own server: `start`, then `watch` as a task, and `stop` at the end."""

    def __init__(self, folder: Path, binary: Binary | None = None) -> None:
        self._folder = Folder(folder)
        self._binary = binary
        self._server: Server | None = None
        self._turn = (
            asyncio.Lock()
        )  # a restart and the stop must not overlap: the one would outlive the other

    async def start(self) -> str:
        """Have a server running on the folder, and return its address (unix://...).

        Raises Misconfigured: no server program, the folder in use or not writable, damaged records.
        """
        self._folder.hold()
        try:
            await self._begin()
        except Unavailable as error:
            await self.stop()
            raise Misconfigured(
                SETTING, f"({self._folder.path}): {error}", "Mend what it says, and start again."
            ) from error
        except BaseException:
            await self.stop()
            raise
        return self._folder.url

    async def stop(self) -> None:
        """Let the server write out and end, then give the folder free. Cancel `watch` before."""
        async with self._turn:
            server, self._server = self._server, None
            try:
                if server is not None:
                    await server.end()
            finally:
                self._folder.release()

    async def watch(self) -> None:
        """Start the server again whenever it dies, until stopped; meanwhile its clients see Unavailable.

        Raises Misconfigured when it can't start because its records are damaged.
        """
        clock = asyncio.get_running_loop().time
        waits, since = pauses(), clock()
        while self._server is not None:
            if self._server.running():
                await sleep(LOOK_EVERY)
                continue
            if clock() - since > STEADY_AFTER:
                waits = pauses()
            pause = next(waits)
            log.error("the embedded server died and is started again", pid=self._server.pid, pause=pause)
            await sleep(pause)
            await self._restart()
            since = clock()

    async def _restart(self) -> None:
        async with self._turn:
            if self._server is None:
                return
            try:
                await self._begin()
            except Unavailable as error:
                log.error("the embedded server did not start", why=str(error))  # noqa: TRY400 - a state, no fault
            else:
                log.info("the embedded server is back", pid=self._server.pid)

    async def _begin(self) -> None:
        self._binary = self._binary or find()
        if self._server is not None:
            await self._server.end()  # of the one that died, a child may be left
        # Known before it answers, so that whatever interrupts us from here on ends it.
        self._server = await take_over(self._folder) or launch(self._binary, self._folder)
        await ready(self._server, self._folder, self._binary)


def pauses() -> Iterator[float]:
    """Seconds before each restart in a row: at once, then doubling from 0.1 up to ten."""
    yield 0.0
    pause = 0.1
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)
