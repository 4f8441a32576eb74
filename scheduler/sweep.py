"""The sweep: alarms that are due are decided and committed, a batch after another.

Run by its duty every second, in any number of workers. While one batch is being committed the next is
leased and decided. Never keeps an alarm to itself: what it does not commit rings again when its lease runs
out.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from core.desk import FrontDesk
from core.errors import Unavailable
from core.ids import Key
from core.ports import Due, Store
from scheduler.aio import breathe, spawn
from scheduler.catchup import Asking, CatchUp
from scheduler.passes import Swept

log = structlog.get_logger()

LEASED: Final = 500
"""Alarms leased at a time. The store writes leases down too, and each write to disk is waited for."""

BATCH: Final = 100
"""Alarms decided in one go, well under 50 ms."""

BESIDE: Final = 4
"""Batches under way at a time: one is decided while others are being committed, by one write to disk."""

MOST: Final = 5_000
"""Alarms in one pass, after which the status gets to know how it goes."""

CLOCK_MAY_BE_OFF: Final = 2.0
"""Seconds between this worker's clock and the store's from which on it does not sweep."""


class Sweep:
    """`now` is the desk's clock, which deadlines go by; `wall` the worker's own, held against the store's."""

    def __init__(
        self,
        store: Store,
        desk: FrontDesk,
        catch_up: CatchUp,
        now: Callable[[], datetime],
        wall: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._desk = desk
        self._catch_up = catch_up
        self._now = now
        self._wall = wall

    async def run_once(self) -> Swept:
        """Decide what is due now. Raises Unavailable."""
        off = await self._clock_off()
        if abs(off) > CLOCK_MAY_BE_OFF:
            log.error("this worker's clock is off, so it does not sweep", seconds=round(off, 1))
            return Swept(clock_off=off)
        tally = _Tally()
        under_way: list[asyncio.Task[None]] = []
        leasing: asyncio.Future[list[Due]] = self._leasing()
        try:
            while due := await leasing:
                tally.lease(due, self._now())
                # Asked for before this batch is decided: the store leases while we decide, and isn't kept
                # waiting behind a commit. One after the other, the two take turns at being idle.
                leasing = self._leasing() if tally.leased < MOST else _nothing_more()
                clear, asking = await self._catch_up.parted(due)
                if asking:
                    under_way.append(spawn(self._hear(asking, tally), "alarms to be read up on"))
                for begin in range(0, len(clear), BATCH):
                    batch = self._ring(clear[begin : begin + BATCH], frozenset(), tally)
                    under_way.append(spawn(batch, "a batch of alarms"))
                    await breathe()  # each is decided in a turn of the loop of its own
                    if len(under_way) >= BESIDE:
                        await under_way.pop(0)
        finally:
            # Also when leasing failed: what was begun is finished, and its own failure is raised. Alarms
            # leased and not decided ring again.
            leasing.cancel()
            await _all(under_way)
        return tally.swept()

    def _leasing(self) -> "asyncio.Task[list[Due]]":
        return spawn(self._store.due(self._now(), LEASED), "leasing alarms")

    async def _hear(self, asking: Sequence[Asking], tally: "_Tally") -> None:
        """Decide those whose lines have to be read back before."""
        heard = await self._catch_up.hear(asking)
        tally.deferred += heard.deferred
        await self._ring(heard.ready, heard.unread, tally)

    async def _ring(self, due: Sequence[Due], unread: frozenset[Key], tally: "_Tally") -> None:
        """Decide a batch; where one of them can't be, each by itself, so that it holds up no other."""
        if not due:
            return
        try:
            rang = await self._desk.ring(due, unread)
        except Unavailable:
            raise
        except Exception:
            if len(due) == 1:
                inquiry = due[0].inquiry
                log.exception("an alarm can't be decided", desk=inquiry.desk, number=inquiry.number)
                tally.broken += 1
                return
            for one in due:
                await self._ring((one,), unread, tally)
        else:
            tally.rang += rang.committed
            tally.stale += rang.stale

    async def _clock_off(self) -> float:
        """By how many seconds this worker's clock is ahead of the store's, at least."""
        before = self._wall()
        there = await self._store.time()
        after = self._wall()
        if there < before:
            return (before - there).total_seconds()
        return min((after - there).total_seconds(), 0.0)


class _Tally:
    """What a pass has done so far."""

    def __init__(self) -> None:
        self.leased = 0
        self.rang = 0
        self.stale = 0
        self.deferred = 0
        self.broken = 0
        self.late = 0.0

    def lease(self, due: Sequence[Due], now: datetime) -> None:
        self.leased += len(due)
        self.late = max(self.late, (now - min(one.at for one in due)).total_seconds())

    def swept(self) -> Swept:
        return Swept(
            rang=self.rang,
            stale=self.stale,
            deferred=self.deferred,
            broken=self.broken,
            lateness=self.late,
            more=self.leased >= MOST,
        )


def _nothing_more() -> "asyncio.Future[list[Due]]":
    done: asyncio.Future[list[Due]] = asyncio.get_running_loop().create_future()
    done.set_result([])
    return done


async def _all(tasks: Sequence[asyncio.Task[None]]) -> None:
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if ended is not None:
            raise ended
