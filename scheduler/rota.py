"""The rota: all duties together, with their intervals.

Composed by bots in a process that is to schedule; any number of them may run beside each other. Nothing is
lost by stopping it: what is under way ends, and what is not begun waits in the store.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from core.desk import FrontDesk
from core.filing import FileRoom
from core.ports import Outbox, Platform, Store
from scheduler.audit import Audit
from scheduler.carrying import Carrying
from scheduler.catchup import CatchUp
from scheduler.delivery import CONCURRENT, Delivery
from scheduler.duty import Duty
from scheduler.readback import ReadBack
from scheduler.status import Status
from scheduler.sweep import Sweep
from scheduler.ticker import Ticker
from scheduler.watch import Watch

EVERY: Final = {"sweep": 1.0, "delivery": 1.0, "catch_up": 10.0, "watch": 30.0, "audit": 300.0}
"""Seconds between the nudges of each duty."""

ENDS_WITHIN: Final = 20.0
"""Seconds given to what is under way when the rota stops: more than one attempt to deliver takes."""


class Rota:
    """`now` is the desk's clock, `wall` this worker's own: they differ where the desk's is moved by hand."""

    def __init__(  # noqa: PLR0913 -- all that it works with, named at the one place that builds it
        self,
        *,
        store: Store,
        outbox: Outbox,
        desk: FrontDesk,
        platforms: Sequence[Platform],
        files: FileRoom,
        now: Callable[[], datetime],
        wall: Callable[[], datetime],
    ) -> None:
        self.status = Status(wall)
        back = ReadBack(store, desk, {one.name: one.history for one in platforms}, now, wall)
        self.catch_up = CatchUp(store, back, now)
        self.sweep = Sweep(store, desk, self.catch_up, now, wall)
        messengers = {one.name: one.messenger for one in platforms}
        carrying = Carrying({one.name: one.courier for one in platforms}, files, desk)
        self.delivery = Delivery(outbox, messengers, desk, carrying, now)
        self.audit = Audit(store, now)
        self.watch = Watch(store, outbox, desk, self.status, now)
        self._duties = {
            "sweep": Duty("sweep", self.sweep.run_once, self.status),
            "delivery": Duty("delivery", self.delivery.run_once, self.status, beside=CONCURRENT),
            "catch_up": Duty("catch_up", self.catch_up.run_once, self.status),
            "watch": Duty("watch", self.watch.run_once, self.status),
            "audit": Duty("audit", self.audit.run_once, self.status),
        }
        self._ticker: Ticker | None = None

    def queued(self) -> None:
        """Something was queued: deliver it now. For the store's `on_queued`, and other processes' nudges."""
        self._duties["delivery"].nudge()

    def start(self) -> None:
        """Begin all duties, each with a pass at once."""
        for duty in self._duties.values():
            duty.start()
        self._ticker = Ticker({name: (EVERY[name], duty.nudge) for name, duty in self._duties.items()})
        self._ticker.start()

    async def stop(self) -> None:
        """Begin nothing more, and return when what was under way has ended, delivery last."""
        if self._ticker is not None:
            self._ticker.stop()
        for name in ("audit", "watch", "catch_up", "sweep", "delivery"):
            await self._duties[name].stop(ENDS_WITHIN)
