"""The outbox, in memory: a list for each place, and when it may next be spoken to.

The other half of the model; shares the store's clock. Its tokens are numbers, since nothing else tells leases
apart.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

from core.clock import stamp
from core.ids import DeskId, MessageId, PlaceId, platform_of
from core.notices import Card, Notice
from core.ports import Lease, Settled, Waiting
from core.records import Inquiry, Party

LEASED_FOR = timedelta(seconds=30)
TOLD_FOR = timedelta(days=30)

Numbered = tuple[DeskId, int]
Spot = tuple[DeskId, PlaceId]


class Records(Protocol):
    """What the outbox needs of the store."""

    clock: datetime

    def inquiry(self, desk: DeskId, number: int | None) -> Inquiry | None:
        """An inquiry's record."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is known of a place's head: leased (`token`), and since when it may have been sent."""

    token: str | None
    at: datetime
    sent_before: datetime | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The line a message belongs to, and until when that is known; a card's for ever."""

    number: int
    party: Party | None
    until: datetime | None


class ModelOutbox:
    """All queues."""

    def __init__(self, store: Records) -> None:
        self.store = store
        self.queues: defaultdict[Spot, list[Notice | Card]] = defaultdict(list)
        self.turns: dict[Spot, datetime] = {}
        self.attempts: dict[Spot, Attempt] = {}
        self.marks: set[Card] = set()
        self.roots: defaultdict[Numbered, dict[Party, MessageId]] = defaultdict(dict)
        self.receipts: dict[tuple[DeskId, PlaceId, MessageId], Receipt] = {}
        self.tokens = count(1)

    def enqueue(self, item: Notice | Card) -> None:
        """Put an item last; a card that waits already is not put twice. A resting place goes on resting."""
        if isinstance(item, Card):
            if item in self.marks:
                return
            self.marks.add(item)
        spot = (item.desk, item.place)
        if not self.queues[spot]:
            self.turns[spot] = max(self.turns.get(spot, self.store.clock), self.store.clock)
        self.queues[spot].append(item)

    async def take(self, limit: int, platforms: Collection[str] | None = None) -> list[Lease]:
        """Lease due places with the head of their queue, of these platforms where some are named."""
        due = [spot for spot, queue in self.queues.items() if queue and self.turns[spot] <= self.store.clock]
        if platforms is not None:
            due = [spot for spot in due if platform_of(spot[1]) in platforms]
        leases: list[Lease] = []
        for spot in sorted(due, key=self.turns.__getitem__):
            if len(leases) < limit:
                self._drop(spot)
                if self.queues[spot]:
                    leases.append(self._lease(spot))
        return leases

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Say what became of leased items; a lease that is no longer theirs changes nothing."""
        for each in settled:
            spot = (each.lease.desk, each.lease.place)
            attempt = self.attempts.get(spot)
            if attempt is not None and attempt.token == each.lease.token:
                self._settle(spot, attempt, each)

    async def wake(self, place: PlaceId, desk: DeskId) -> None:
        """The place's queue is due now, unless it is leased."""
        attempt = self.attempts.get((desk, place))
        if self.queues[desk, place] and (attempt is None or attempt.token is None):
            self.turns[desk, place] = self.store.clock

    async def waiting(self) -> Waiting:
        """How much is queued."""
        turns = [self.turns[spot] for spot, queue in self.queues.items() if queue]
        late = (self.store.clock - min(turns, default=self.store.clock)).total_seconds()
        return Waiting(places=len(turns), oldest=max(late, 0.0))

    def line_of(self, desk: DeskId, place: PlaceId, message: MessageId) -> tuple[int | None, Party | None]:
        """The number and party of a message."""
        found = self.receipts.get((desk, place, message))
        return (None, None) if found is None else (found.number, found.party)

    def forget(self) -> None:
        """Forget what has been kept for its time."""
        now = self.store.clock
        kept = {key: one for key, one in self.receipts.items() if one.until is None or one.until > now}
        self.receipts = kept

    def _drop(self, spot: Spot) -> None:
        """Take pings off the head whose inquiry has moved on."""
        queue = self.queues[spot]
        while queue and isinstance(queue[0], Notice) and queue[0].stamp is not None:
            inquiry = self.store.inquiry(spot[0], queue[0].number)
            if inquiry is not None and stamp(inquiry) == queue[0].stamp:
                return
            del queue[0]
            self.attempts.pop(spot, None)

    def _lease(self, spot: Spot) -> Lease:
        item, earlier = self.queues[spot][0], self.attempts.get(spot)
        before = None if earlier is None else earlier.sent_before or earlier.at
        if isinstance(item, Card) and before is None:
            self.marks.discard(item)
        token = str(next(self.tokens))
        self.attempts[spot] = Attempt(token, self.store.clock, before)
        self.turns[spot] = self.store.clock + LEASED_FOR
        roots = self.roots[item.desk, item.number or 0]
        return Lease(
            place=item.place,
            desk=item.desk,
            token=token,
            item=item,
            inquiry=self.store.inquiry(item.desk, item.number),
            root=None if item.party is None else roots.get(item.party),
            sent_before=before,
        )

    def _settle(self, spot: Spot, attempt: Attempt, settled: Settled) -> None:
        item = self.queues[spot][0]
        if settled.receipt is not None and item.number is not None:
            self.receipts[item.desk, item.place, settled.receipt] = Receipt(
                item.number,
                item.party,
                None if isinstance(item, Card) else self.store.clock + TOLD_FOR,
            )
            if isinstance(item, Card):
                self.roots[item.desk, item.number][item.party] = settled.receipt
        del self.attempts[spot]
        if settled.done:
            del self.queues[spot][0]
        elif settled.unknown or attempt.sent_before is not None:
            self.attempts[spot] = Attempt(None, attempt.sent_before or attempt.at, None)
        self.turns[spot] = self.store.clock + timedelta(seconds=settled.pause)
