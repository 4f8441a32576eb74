"""Delivery: what waits in the outbox goes out, place by place.

Run by its duty, nudged by every commit that queued something. Passes may run beside each other, so that a
place that answers slowly holds up no other. Order and pace within a place are the outbox's, which leases
one item of it at a time.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from core.desk import FrontDesk
from core.errors import Unavailable
from core.ids import WorkspaceId, platform_of, workspace_of
from core.ports import Lease, Messenger, Outbox
from scheduler.aio import spawn
from scheduler.attempt import Attempts, Ended
from scheduler.carrying import Carrying
from scheduler.passes import Delivered, Fate

CONCURRENT: Final = 32
"""Attempts under way at a time, in all passes together."""

MOST: Final = 256
"""Attempts in one pass, after which the status gets to know how it goes."""


class Delivery:
    """`messengers` by platform; what waits for a platform not among them is left to other workers."""

    def __init__(
        self,
        outbox: Outbox,
        messengers: Mapping[str, Messenger],
        desk: FrontDesk,
        carrying: Carrying,
        now: Callable[[], datetime],
    ) -> None:
        self._outbox = outbox
        self._messengers = messengers
        self._attempts = Attempts(desk, carrying, now)
        self._under_way = 0
        self._taking = asyncio.Lock()
        self._next_to_take = False
        self._some_left = False

    async def run_once(self) -> Delivered:
        """Deliver what is due; returns when all of it is settled.

        Raises Unavailable; what was sent and could not be settled then is looked for before it is sent again.
        """
        done = _Pass()
        if self._next_to_take:  # another pass is about to take all that is due by then
            return done.delivered()
        running = await self._begun(done)
        try:
            while running:
                ended, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                await self._settle(ended, done)
                if self._some_left:
                    running |= await self._begun(done)
        finally:
            for task in running:
                task.cancel()
        if done.failure is not None:
            raise done.failure
        return done.delivered()

    async def _begun(self, done: "_Pass") -> set[asyncio.Task[Ended]]:
        """Attempts at what is due, as many as there is room for."""
        self._next_to_take = True
        try:
            await self._taking.acquire()
        finally:
            self._next_to_take = False
        try:
            room = min(CONCURRENT - self._under_way, MOST - done.taken)
            leases: list[Lease] = []
            if room > 0 and done.failure is None:
                try:
                    leases = await self._outbox.take(room, self._messengers)
                except Unavailable as error:
                    done.failure = error
            self._some_left = len(leases) >= room
            self._under_way += len(leases)
        finally:
            self._taking.release()
        done.taken += len(leases)
        return {self._attempt(lease) for lease in leases}

    def _attempt(self, lease: Lease) -> asyncio.Task[Ended]:
        messenger = self._messengers[platform_of(lease.place)]
        task = spawn(self._attempts.make(lease, messenger), f"delivery to {lease.place}")
        task.add_done_callback(self._one_less)
        return task

    def _one_less(self, _: asyncio.Task[Ended]) -> None:
        self._under_way -= 1

    async def _settle(self, tasks: set[asyncio.Task[Ended]], done: "_Pass") -> None:
        """Say what became of these, in one round trip; one without an outcome keeps its lease."""
        ended: list[Ended] = []
        for task in tasks:
            try:
                ended.append(task.result())
            except Unavailable as error:
                done.failure = error
        if not ended:
            return
        try:
            await self._outbox.settle([one.settled for one in ended])
        except Unavailable as error:
            done.failure = error
        else:
            done.note(ended)


class _Pass:
    """What a pass has done so far, and what has kept it from going on."""

    def __init__(self) -> None:
        self.taken = 0
        self.failure: Unavailable | None = None
        self._again_in = 0.0
        self._fates: Counter[Fate] = Counter()
        self._reached: set[WorkspaceId] = set()
        self._misconfigured: set[WorkspaceId] = set()

    def note(self, ended: list[Ended]) -> None:
        pauses = [one.settled.pause for one in ended if one.settled.pause]
        self._again_in = min(pauses, default=self._again_in)
        for one in ended:
            workspace = workspace_of(one.settled.lease.place)
            self._fates[one.fate] += 1
            if one.fate is Fate.MISCONFIGURED:
                self._misconfigured.add(workspace)
            elif one.fate is Fate.SENT:
                self._reached.add(workspace)

    def delivered(self) -> Delivered:
        return Delivered(
            fates=dict(self._fates),
            reached=frozenset(self._reached),
            misconfigured=frozenset(self._misconfigured),
            more=self.taken >= MOST,
            again_in=self._again_in,
        )
