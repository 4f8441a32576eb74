"""The ticker: nudges each duty at its interval. The only home of APScheduler.

Started and stopped by the rota. A handful of fixed jobs, none of which works itself: what a tick starts is
the duty's to finish, so stopping the ticker cuts nothing off (`AsyncIOScheduler.shutdown` cancels what its
own jobs do, even with `wait`). Keeps no job store; what is due is the store's to know.
"""

from collections.abc import Callable, Mapping
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Ticks by name: every so many seconds, call this."""

    def __init__(self, ticks: Mapping[str, tuple[float, Callable[[], None]]]) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # The default grace of a second drops late ticks: https://apscheduler.readthedocs.io/en/3.x/userguide.html
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for name, (seconds, nudge) in ticks.items():
            self._scheduler.add_job(_tick, "interval", (nudge,), seconds=seconds, id=name, name=name)

    def start(self) -> None:
        """Begin to tick, in the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)


async def _tick(nudge: Callable[[], None]) -> None:
    """A coroutine, since a plain function would run in a thread, where an asyncio.Event must not be set."""
    nudge()
