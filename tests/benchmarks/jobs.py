"""APScheduler's own Redis job store, firing jobs that do nothing: the other way to keep alarms in Redis.

A peer of the sweep, on the same server. The only place besides the ticker that imports APScheduler. It goes
through its public parts, with the settings that let it keep up: no job is dropped for being late.
"""

import asyncio
from datetime import UTC
from pathlib import Path
from typing import Final, NamedTuple

from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.jobstores.redis import RedisJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from adapters.aio import spawn
from bots.clock import monotonic, now
from tests.benchmarks.house import LoopWatch

JOBS: Final = 5_000
"""Due at one instant; their number does not change the rate."""


class Fired(NamedTuple):
    """How many a second, and for how many seconds the event loop was blocked at the longest."""

    rate: float
    blocked: float


async def nothing() -> None:
    """The job."""


async def fired(socket: Path) -> Fired:
    """Have them all fire. Leaves nothing behind."""
    scheduler = AsyncIOScheduler(
        jobstores={"default": RedisJobStore(unix_socket_path=str(socket))},
        timezone=UTC,
        job_defaults={"misfire_grace_time": None},
    )
    done, left = asyncio.Event(), JOBS

    def count(_: JobExecutionEvent) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            done.set()

    scheduler.add_listener(count, EVENT_JOB_EXECUTED)
    scheduler.start(paused=True)
    due = now()
    for n in range(JOBS):
        scheduler.add_job(nothing, "date", run_date=due, id=str(n))
    watch = LoopWatch()
    watching = spawn(watch.watch(), "the loop's watch")
    await asyncio.wait([watching], timeout=0.01)
    begun = monotonic()
    scheduler.resume()
    await done.wait()
    took = monotonic() - begun
    await asyncio.wait([watching], timeout=0.01)
    watching.cancel()
    scheduler.shutdown(wait=False)
    return Fired(JOBS / took, watch.longest)
