"""A duty: one pass after another, whenever nudged.

Started and stopped by the rota, nudged by the ticker and by commits. A pass that fails is written to the
log and counted, and the next one comes after a growing pause: nothing ends a duty but `stop`. Knows nothing
of what its passes do.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from core.errors import Unavailable
from scheduler.aio import breathe, spawn
from scheduler.passes import AnyPass
from scheduler.status import Status

log = structlog.get_logger()

UNNUDGED: Final = 60.0
"""Seconds after which a duty goes to work without a nudge.

APScheduler goes by the wall clock: set back by an hour, it is silent for an hour.
"""

FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 30.0


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failed passes on end."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE) if failures else 0.0


class Duty:
    """`run_once`, again and again. Up to `beside` passes run beside each other, each started by a nudge."""

    def __init__(
        self, name: str, run_once: Callable[[], Awaitable[AnyPass]], status: Status, *, beside: int = 1
    ) -> None:
        self.name = name
        self._run_once = run_once
        self._status = status
        self._room = asyncio.Semaphore(beside)
        self._nudged = asyncio.Event()
        self._stopping = asyncio.Event()
        self._failures = 0
        self._passes: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None

    def nudge(self) -> None:
        """Have a pass made soon; several nudges before it begins are one."""
        self._nudged.set()

    def start(self) -> None:
        """Begin, with a pass at once."""
        self.nudge()
        self._loop = spawn(self._run(), f"duty {self.name}")

    async def stop(self, within: float) -> None:
        """Begin no pass any more and let those that run end, for so many seconds; then cut them off."""
        self._stopping.set()
        self.nudge()
        if self._later is not None:
            self._later.cancel()
        if self._loop is None:
            return
        _, late = await asyncio.wait({self._loop, *self._passes}, timeout=within)
        for task in late:
            log.warning("a duty's pass is cut off", duty=self.name)
            task.cancel()
        if late:
            await asyncio.wait(late)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            await self._set_within(self._nudged, UNNUDGED)
            await self._room.acquire()
            await self._set_within(self._stopping, pause_after(self._failures))
            self._nudged.clear()
            if self._stopping.is_set():
                self._room.release()
                return
            task = spawn(self._pass(), f"duty {self.name}, a pass")
            self._passes.add(task)
            task.add_done_callback(self._passes.discard)

    async def _pass(self) -> None:
        try:
            while not self._stopping.is_set():
                done = await self._run_once()
                self._failures = 0
                self._status.passed(self.name, done)
                if not done.more:
                    self._again_in(done.again_in)
                    break
                await breathe()
        except Unavailable as error:
            self._failed()
            log.warning("a duty waits for the store", duty=self.name, why=str(error))
        except Exception:  # a bug in one pass must not end what keeps the deadlines
            self._failed()
            log.exception("a duty's pass failed", duty=self.name)
        finally:
            self._room.release()

    def _again_in(self, seconds: float) -> None:
        """Have a pass made then; one that is to be made sooner is enough."""
        loop = asyncio.get_running_loop()
        due = loop.time() + seconds
        if not seconds or (self._later is not None and loop.time() < self._later.when() <= due):
            return
        if self._later is not None:
            self._later.cancel()
        self._later = loop.call_at(due, self.nudge)

    def _failed(self) -> None:
        self._failures += 1
        self._status.failed(self.name)
        self.nudge()

    @staticmethod
    async def _set_within(event: asyncio.Event, seconds: float) -> None:
        if not seconds:
            return
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass
