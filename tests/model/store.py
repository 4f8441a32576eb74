"""The store, in memory: dictionaries, and nothing clever.

What the Redis store is held against, by the contract suite and the property test. No indexes and no alarms
are kept: they are worked out from the records each time.
"""

import copy
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from core.answers import AnyAnswer
from core.clock import next_alarm
from core.decision import Changed, Decision, Scope, Snapshot
from core.errors import Stale
from core.ids import DeskId, Key, MessageId, PersonId, SellerId
from core.inquiry import index_entries
from core.ports import Due, Listed, Shown, Stored
from core.records import Desk, Draft, Entry, Inquiry, Party, Person, Seller
from core.text import folded
from tests.model.directory import ModelDirectory
from tests.model.outbox import ModelOutbox, Numbered

R = TypeVar("R", Desk, Seller, Inquiry, Person, Draft)

RINGS_FOR = timedelta(seconds=60)
SEEN_FOR = timedelta(days=7)
LIVES = {Draft: timedelta(days=30), Person: timedelta(days=1)}


class ModelStore(ModelDirectory):
    """Everything there is, the store's clock, which `age` moves on, and the `nudges`."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[tuple[type[Changed], DeskId, object], Changed] = {}
        self.until: dict[tuple[type[Changed], DeskId, object], datetime] = {}
        self.logs: defaultdict[Numbered, list[Entry]] = defaultdict(list)
        self.counts: defaultdict[DeskId, int] = defaultdict(int)
        self.seen: dict[tuple[DeskId, Key], tuple[AnyAnswer, datetime]] = {}
        self.ringing: dict[Numbered, datetime] = {}
        self.outbox = ModelOutbox(self)
        self.nudges: list[str] = []

    async def age(self, seconds: float) -> None:
        """Move the store's clock on."""
        self.age_directory(seconds)
        self.outbox.forget()
        self.seen = {key: kept for key, kept in self.seen.items() if kept[1] > self.clock}
        for place, until in self.until.items():
            if until <= self.clock:
                self.records.pop(place, None)

    async def read(self, scope: Scope) -> Snapshot:
        """Read what the scope names."""
        number, party = scope.number, None
        if scope.message is not None:
            number, party = self.outbox.line_of(scope.desk, *scope.message)
            if scope.number not in {None, number}:
                number, party = scope.number, None
        desk = self._get(Desk, scope.desk, None)
        answered = self.seen.get((scope.desk, scope.key), (None,))[0]
        inquiry = self._get(Inquiry, scope.desk, number)
        fresh = 0
        if scope.opening and desk is not None and answered is None:
            fresh = self.counts[scope.desk] + 1
            if scope.contested:
                self.counts[scope.desk] = fresh
        mine = [] if scope.person is None else self._indexed(scope.desk, f"buyer:{scope.person}")
        return Snapshot(
            answered=answered,
            desk=desk,
            person=self._get(Person, scope.desk, scope.person),
            draft=self._get(Draft, scope.desk, scope.person),
            inquiry=inquiry,
            party=party,
            seller=self._get(Seller, scope.desk, scope.seller or (inquiry and inquiry.seller)),
            sellers=await self.sellers(scope.desk) if scope.sellers else (),
            mine=tuple(mine[::-1][:20]) if scope.mine else (),
            open_count=len(mine),
            seller_count=len(self._indexed(scope.desk, f"seller:{scope.seller}")),
            fresh=fresh,
        )

    async def commit(self, decision: Decision) -> AnyAnswer:
        """Write all of it, or raise Stale; a key seen before is answered what it was."""
        if decision.remember and (decision.desk, decision.key) in self.seen:
            return self.seen[decision.desk, decision.key][0]
        if any(self._version(changed) != changed.version - 1 for changed in decision.changes):
            raise Stale
        for changed in decision.changes:
            self._write(changed)
        if decision.inquiry is not None and decision.before is None:
            self.counts[decision.desk] = max(self.counts[decision.desk], decision.inquiry.number)
        subject = decision.inquiry or decision.before
        if subject is not None:
            self.logs[subject.desk, subject.number].extend(decision.entries)
        if decision.remember:
            self.seen[decision.desk, decision.key] = (decision.answer, self.clock + SEEN_FOR)
        self._enqueue(decision)
        return decision.answer

    async def commit_many(self, decisions: Sequence[Decision]) -> list[bool]:
        """Commit each by itself."""
        return [await self._committed(decision) for decision in decisions]

    async def due(self, now: datetime, limit: int) -> list[Due]:
        """Lease alarms due at `now`; those whose lease ran out ring again."""
        return [await self._lease(inquiry) for inquiry in self._by_turns(now)[:limit]]

    async def lateness(self, now: datetime) -> float:
        """By how many seconds the most overdue waiting alarm is late."""
        waiting = [one for one in self._all(Inquiry) if (one.desk, one.number) not in self.ringing]
        alarms = [at for one in waiting if (at := next_alarm(one)) is not None]
        return max((now - min(alarms, default=now)).total_seconds(), 0.0)

    async def listing(self, desk: DeskId, index: str, limit: int, skip: int = 0) -> Listed:
        """The first inquiries of an index, lowest score first, after the `skip` first ones."""
        found = self._indexed(desk, index)
        return Listed(inquiries=tuple(found[skip : skip + limit]), total=len(found))

    async def shown(self, desk: DeskId, number: int) -> Shown | None:
        """An inquiry with its whole log."""
        inquiry = self._get(Inquiry, desk, number)
        if inquiry is None:
            return None
        return Shown(inquiry=inquiry, entries=tuple(self.logs[desk, number]))

    async def roots(self, inquiries: Sequence[tuple[DeskId, int]]) -> list[dict[Party, MessageId]]:
        """The messages that are its lines' cards."""
        return [copy.copy(self.outbox.roots[named]) for named in inquiries]

    async def desk(self, desk: DeskId) -> Desk | None:
        """A desk's record."""
        return self._get(Desk, desk, None)

    async def sellers(self, desk: DeskId) -> tuple[Seller, ...]:
        """A desk's sellers, removed ones left out, by name."""
        found = [seller for seller in self._all(Seller) if seller.desk == desk and not seller.removed]
        return tuple(sorted(found, key=lambda seller: (folded(seller.name), seller.id)))

    async def desks(self) -> list[DeskId]:
        """All desks."""
        return sorted(desk.id for desk in self._all(Desk))

    async def stored(self, desk: DeskId) -> AsyncIterator[list[Stored]]:
        """All of a desk's inquiries: nothing here can drift from its inquiry."""
        for inquiry in self._all(Inquiry):
            if inquiry.desk == desk:
                ringing = (desk, inquiry.number) in self.ringing
                waiting = None if ringing else next_alarm(inquiry)
                indexes = index_entries(inquiry)
                yield [Stored(inquiry=inquiry, waiting=waiting, ringing=ringing, indexes=indexes)]

    async def orphans(self, desk: DeskId) -> int:  # noqa: ARG002 -- the port's
        """None: an alarm is its inquiry's."""
        return 0

    def inquiry(self, desk: DeskId, number: int | None) -> Inquiry | None:
        """An inquiry's record."""
        return self._get(Inquiry, desk, number)

    def _by_turns(self, now: datetime) -> list[Inquiry]:
        """What is due, a round of all desks after the other."""
        rounds: Counter[DeskId] = Counter()
        due: list[tuple[int, Inquiry]] = []
        for inquiry in self._all(Inquiry):
            at, until = next_alarm(inquiry), self.ringing.get((inquiry.desk, inquiry.number))
            if at is not None and (at <= now if until is None else until <= self.clock):
                rounds[inquiry.desk] += 1
                due.append((rounds[inquiry.desk], inquiry))
        return [inquiry for _, inquiry in sorted(due, key=lambda turn: turn[0])]

    async def _lease(self, inquiry: Inquiry) -> Due:
        self.ringing[inquiry.desk, inquiry.number] = self.clock + RINGS_FOR
        desk, at = self._get(Desk, inquiry.desk, None), next_alarm(inquiry)
        assert desk is not None
        assert at is not None
        seller = self._get(Seller, inquiry.desk, inquiry.seller)
        return Due(desk=desk, seller=seller, inquiry=inquiry, at=at)

    async def _committed(self, decision: Decision) -> bool:
        if decision.remember and (decision.desk, decision.key) in self.seen:
            return False
        try:
            await self.commit(decision)
        except Stale:
            return False
        return True

    def _enqueue(self, decision: Decision) -> None:
        for card in decision.cards:
            self.outbox.enqueue(card)
        for notice in decision.notices:
            self.outbox.enqueue(notice)
        if decision.cards or decision.notices:
            self.nudges.append("queued")

    def _version(self, changed: Changed) -> int:
        stored = self.records.get(_place_of(changed))
        return 0 if stored is None else stored.version

    def _write(self, changed: Changed) -> None:
        place = _place_of(changed)
        lives = LIVES.get(type(changed))
        if lives is not None:
            self.until[place] = self.clock + lives
        if isinstance(changed, Draft) and changed.empty:
            self.records.pop(place, None)
            return
        if isinstance(changed, Inquiry):
            self.ringing.pop((changed.desk, changed.number), None)
        self.records[place] = changed

    def _get(self, of: type[R], desk: DeskId, name: object) -> R | None:
        found = self.records.get((of, desk, name))
        return found if isinstance(found, of) else None

    def _all(self, of: type[R]) -> list[R]:
        return [record for record in self.records.values() if isinstance(record, of)]

    def _indexed(self, desk: DeskId, index: str) -> list[Inquiry]:
        found = [
            (score, str(inquiry.number), inquiry)
            for inquiry in self._all(Inquiry)
            if inquiry.desk == desk
            for name, score in index_entries(inquiry)
            if name == index
        ]
        return [inquiry for _, _, inquiry in sorted(found, key=lambda entry: entry[:2])]


def _place_of(record: Changed) -> tuple[type[Changed], DeskId, object]:
    name: PersonId | SellerId | int | None
    match record:
        case Desk():
            return Desk, record.id, None
        case Seller() | Person():
            name = record.id
        case Draft():
            name = record.person
        case Inquiry():
            name = record.number
    return type(record), record.desk, name
