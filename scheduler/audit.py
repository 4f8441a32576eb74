"""The audit: every inquiry of every desk, held against what the store keeps about it.

Run by its duty every five minutes, and by `henji audit`. What ought to be there is worked out from the
inquiry anew. Never mends anything: it says what is wrong, and the watch carries that to staff.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.clock import next_alarm
from core.ids import DeskId
from core.inquiry import index_entries
from core.ports import Store, Stored
from scheduler.aio import breathe
from scheduler.passes import Audited, Fault, Wrong

log = structlog.get_logger()

UNDECIDED: Final = timedelta(minutes=15)
"""How long an alarm may go on ringing: longer than it may wait for its lines to be read back."""

NEAR: Final = 0.001
"""Seconds by which two instants may differ and be the same: they are stored as doubles."""


class Audit:
    """All desks. `now` is the desk's clock. Remembers which alarms rang, to find those nobody decides."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._ringing: dict[tuple[DeskId, int, int], datetime] = {}

    async def run_once(self) -> Audited:
        """Look at everything once, in chunks, each of which shows one instant. Raises Unavailable."""
        inquiries = 0
        faults: list[Fault] = []
        ringing: dict[tuple[DeskId, int, int], datetime] = {}
        for desk in await self._store.desks():
            async for chunk in self._store.stored(desk):
                inquiries += len(chunk)
                for stored in chunk:
                    faults.extend(faults_of(stored))
                    faults.extend(self._undecided(stored, ringing))
                await breathe()
            orphans = await self._store.orphans(desk)
            if orphans:
                faults.append(Fault(desk=desk, number=None, wrong=Wrong.ORPHANS, detail=f"{orphans} alarms"))
        self._ringing = ringing
        for fault in faults[:20]:
            log.error(
                "the audit found a fault", desk=fault.desk, number=fault.number, wrong=fault.wrong.value
            )
        return Audited(inquiries=inquiries, faults=tuple(faults))

    def _undecided(self, stored: Stored, ringing: dict[tuple[DeskId, int, int], datetime]) -> Iterator[Fault]:
        """A fault where one alarm has been ringing for too long: each sweep leases it and none commits it."""
        if not stored.ringing:
            return
        one = stored.inquiry
        name = (one.desk, one.number, one.version)
        now = self._now()
        since = ringing[name] = self._ringing.get(name, now)
        if now - since >= UNDECIDED:
            yield _fault(stored, Wrong.UNDECIDED, f"ringing since {since:%H:%M} at least")


def faults_of(stored: Stored) -> Iterator[Fault]:
    """In what an inquiry and what is kept about it disagree."""
    due = next_alarm(stored.inquiry)
    if due is None:
        if stored.waiting is not None or stored.ringing:
            yield _fault(stored, Wrong.NEEDLESS_ALARM, "no clock runs")
    elif stored.waiting is not None and stored.ringing:
        yield _fault(stored, Wrong.TWO_ALARMS, "one waits and one rings")
    elif stored.waiting is None and not stored.ringing:
        yield _fault(stored, Wrong.NO_ALARM, f"due at {due}")
    elif stored.waiting is not None and abs((stored.waiting - due).total_seconds()) > NEAR:
        yield _fault(stored, Wrong.WRONG_ALARM, f"due at {due}, set for {stored.waiting}")
    wanted, found = dict(index_entries(stored.inquiry)), dict(stored.indexes)
    if wanted.keys() != found.keys() or any(abs(wanted[name] - found[name]) > NEAR for name in wanted):
        yield _fault(stored, Wrong.INDEXES, f"{sorted(found)}, not {sorted(wanted)}")
    for place in sorted(stored.stuck):
        yield _fault(stored, Wrong.STUCK, place)


def _fault(stored: Stored, wrong: Wrong, detail: str) -> Fault:
    return Fault(desk=stored.inquiry.desk, number=stored.inquiry.number, wrong=wrong, detail=detail)
