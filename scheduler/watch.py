"""The watch: when the desk itself is not well, its staff hear of it.

Run by its duty every half minute. A trouble is told when two passes on end have seen it, so that what a
restart or a clock moved by hand leaves behind for a second alarms nobody; and once an hour while it lasts.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.answers import Nothing
from core.commands import ReportTrouble
from core.desk import FrontDesk
from core.ids import DeskId, Key
from core.ports import Outbox, Store, Waiting
from scheduler.passes import Watched
from scheduler.status import LATE, STUCK, Status


@dataclass(frozen=True, slots=True)
class Seen:
    """A trouble of one desk, or of all; `behind` is since how many seconds."""

    kind: str
    desk: DeskId | None
    count: int
    behind: float | None = None


class Watch:
    """`now` is the desk's clock."""

    def __init__(
        self, store: Store, outbox: Outbox, desk: FrontDesk, status: Status, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._desk = desk
        self._status = status
        self._now = now
        self._before: frozenset[tuple[str, DeskId | None]] = frozenset()

    async def run_once(self) -> Watched:
        """See how far behind sweep and delivery are; tell what was wrong twice on end. Raises Unavailable."""
        lateness = await self._store.lateness(self._now())
        waiting = await self._outbox.waiting()
        seen = tuple(self._seen(lateness, waiting))
        told = 0
        for one in seen:
            if (one.kind, one.desk) in self._before:
                told += await self._tell(one)
        self._before = frozenset((one.kind, one.desk) for one in seen)
        return Watched(lateness=lateness, places=waiting.places, oldest=waiting.oldest, told=told)

    def _seen(self, lateness: float, waiting: Waiting) -> Iterator[Seen]:
        if lateness > LATE:
            yield Seen("sweep_late", None, round(lateness), lateness)
        if waiting.oldest > STUCK:
            yield Seen("delivery_stuck", None, waiting.places, waiting.oldest)
        if self._status.swept.clock_off:
            yield Seen("clock_off", None, max(1, round(abs(self._status.swept.clock_off))))
        if self._status.audited is not None:
            faults = Counter(fault.desk for fault in self._status.audited.faults)
            yield from (Seen("audit_failed", desk, count) for desk, count in faults.items())

    async def _tell(self, seen: Seen) -> int:
        """Tell the desks concerned, at most once an hour each; how many were told of it by now."""
        now = self._now()
        desks = [seen.desk] if seen.desk is not None else await self._store.desks()
        told = 0
        for desk in desks:
            answer = await self._desk.handle(
                ReportTrouble(
                    key=Key(f"trouble:{seen.kind}:{now:%Y-%m-%dT%H}"),
                    desk=desk,
                    kind=seen.kind,
                    count=seen.count,
                    since=None if seen.behind is None else now - timedelta(seconds=seen.behind),
                )
            )
            told += isinstance(answer, Nothing)
        return told
