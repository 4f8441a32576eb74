"""Catching up after a gap: what was said while nobody listened is read back before it matters.

Before the alarm of an inquiry is decided, asked by the sweep; in the background for the others, run by a
duty of its own. A reply that is found counts from when it was given. Never decides an alarm itself.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import structlog

from core.desk import alarm_key
from core.errors import TryAgain, Unavailable, Undeliverable
from core.ids import Key, MessageId
from core.ports import Due, Store
from core.records import Desk, Inquiry, Party
from scheduler.passes import CaughtUp
from scheduler.readback import REMEMBERED, Gaps, ReadBack, platforms_of
from scheduler.walk import Walk

log = structlog.get_logger()

PATIENCE: Final = timedelta(minutes=10)
"""How long an alarm waits for its lines to be read back, before it is decided without and says so."""

BESIDE: Final = 8
"""Inquiries read at a time before their alarms."""

A_PASS: Final = 4
"""Inquiries read in one background pass: alarms need the platform's allowance more."""

PAGES: Final = 20
"""Pages of inquiries looked through in one background pass."""


class Asking(NamedTuple):
    """An alarm before which the lines of its inquiry have to be read back, with their cards."""

    due: Due
    roots: dict[Party, MessageId]


@dataclass(frozen=True, slots=True)
class Heard:
    """Alarms that can be decided now, those of them (by `alarm_key`) unheard, and how many are put off."""

    ready: tuple[Due, ...]
    unread: frozenset[Key]
    deferred: int


class CatchUp:
    """Both ways of catching up, which share what was read. `now` is the desk's clock."""

    def __init__(self, store: Store, back: ReadBack, now: Callable[[], datetime]) -> None:
        self._store = store
        self._back = back
        self._now = now
        self._asked_at: OrderedDict[Key, datetime] = OrderedDict()
        self._walked: Gaps = {}
        self._walk = Walk(store)
        self._next: deque[tuple[Desk, Inquiry]] = deque()

    async def parted(self, due: Sequence[Due]) -> tuple[tuple[Due, ...], tuple[Asking, ...]]:
        """Alarms that can be decided as they are, and those whose lines have to be read back before."""
        gaps = await self._back.gaps(platforms_of(one.inquiry for one in due))
        if not gaps:
            return tuple(due), ()
        roots = await self._store.roots([(one.inquiry.desk, one.inquiry.number) for one in due])
        unread = [
            Asking(one, cards) if self._back.unread(one.inquiry, gaps, cards) else None
            for one, cards in zip(due, roots, strict=True)
        ]
        return (
            tuple(one for one, asks in zip(due, unread, strict=True) if asks is None),
            tuple(asks for asks in unread if asks is not None),
        )

    async def hear(self, asking: Sequence[Asking]) -> Heard:
        """Read back the lines of these alarms' inquiries, a few at a time."""
        gaps = await self._back.gaps(platforms_of(one.due.inquiry for one in asking))
        room = asyncio.Semaphore(BESIDE)

        async def one_of_them(one: Asking) -> bool | None:
            async with room:
                return await self._hear(one.due, one.roots, gaps)

        heard = await asyncio.gather(*(one_of_them(one) for one in asking))
        told = [(one.due, known) for one, known in zip(asking, heard, strict=True) if known is not None]
        return Heard(
            ready=tuple(one for one, _ in told),
            unread=frozenset(alarm_key(one) for one, known in told if not known),
            deferred=len(asking) - len(told),
        )

    async def run_once(self) -> CaughtUp:
        """Read back a few inquiries more, if there was a gap. Raises Unavailable.

        A gap that lasts is another one each time, so a walk comes to its end before the next one begins.
        """
        gaps = await self._back.gaps(self._back.platforms)
        if gaps != self._walked and (not self._walked or self._over()):
            self._walked = gaps
            self._walk = Walk(self._store)
            self._next.clear()
        read = heard = 0
        for _ in range(A_PASS):
            if not await self._look_ahead(gaps):
                break
            desk, inquiry = self._next[0]
            try:
                [roots] = await self._store.roots([(inquiry.desk, inquiry.number)])
                heard += await self._back.read(desk, inquiry, roots, gaps)
                read += 1
            except TryAgain:
                self._next.rotate(-1)  # another one's platform may be patient
                break
            except Undeliverable as error:
                log.info("lines can't be read back", number=inquiry.number, why=error.why)
            except Unavailable:
                raise
            except Exception:
                log.exception("lines can't be read back", desk=inquiry.desk, number=inquiry.number)
            self._next.popleft()
        left = bool(gaps) and not self._over()
        return CaughtUp(read=read, heard=heard, left=left)

    def _over(self) -> bool:
        """Whether there is nothing left of this walk."""
        return self._walk.ended and not self._next

    async def _look_ahead(self, gaps: Gaps) -> bool:
        """Have an inquiry to read next; False when there is none, or none was found within this pass."""
        for _ in range(PAGES):
            while self._next and not self._back.unread(self._next[0][1], gaps):
                self._next.popleft()
            if self._next:
                return True
            page = await self._walk.page() if gaps else None
            if page is None:
                return False
            self._next.extend(page)
        return False

    async def _hear(self, one: Due, roots: dict[Party, MessageId], gaps: Gaps) -> bool | None:
        """Whether its lines were read back; None when the alarm is put off for that."""
        known = True
        try:
            await self._back.read(one.desk, one.inquiry, roots, gaps)
        except TryAgain:
            if self._waits(alarm_key(one)):
                return None
            known = False
        except Undeliverable:
            known = False
        except Unavailable:
            raise
        except Exception:
            log.exception("lines can't be read back", desk=one.inquiry.desk, number=one.inquiry.number)
            known = False
        self._asked_at.pop(alarm_key(one), None)
        return known

    def _waits(self, key: Key) -> bool:
        """Whether this alarm can wait still, counted from when its lines were first asked for."""
        now = self._now()
        since = self._asked_at.setdefault(key, now)
        if len(self._asked_at) > REMEMBERED:
            self._asked_at.popitem(last=False)
        return now - since < PATIENCE
