"""Two stores that are told the same: Redis, and the model.

Played by hypothesis in test_store_model.py. Time is moved in tens of seconds, and so are leases and pauses:
either both have reached an instant, or both are seconds short of it, however long Redis takes.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from redis.asyncio import Redis

from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from core.answers import AnyAnswer
from core.decision import Decision, Scope
from core.errors import Stale
from core.ids import DeskId, Key, MessageId, PlaceId, SellerId
from core.notices import Card, Notice
from core.ports import Due, Lease, Settled, Store
from core.records import Outcome, Party
from tests.aging import age
from tests.contract.store.things import (
    BUYER,
    HOUR,
    NOON,
    SELLER_PLACE,
    a_card,
    a_desk,
    a_draft,
    a_notice,
    a_person,
    a_seller,
    an_entry,
    an_inquiry,
    decided,
    moved,
)
from tests.leaks import check_keys
from tests.model.store import ModelStore

T = TypeVar("T")
DESKS = st.sampled_from([DeskId("tanuki"), DeskId("kitsune")])
NUMBERS = st.integers(1, 3)
KEYS = st.sampled_from(["", "", "", "k1", "k2"])
OPENING = st.sampled_from(["", "next", "contested"])
ITEMS = st.lists(
    st.tuples(st.sampled_from(list(Party)), st.sampled_from(["notice", "ping", "card"])), max_size=3
)
LAGS = st.sampled_from([0, 0, 0, 1])
PAUSES = st.sampled_from([0, 0, 40])
AGES = st.sampled_from([10, 20, 30, 60, 3 * 86_400, 10 * 86_400])


class TwoStores(RuleBasedStateMachine):
    """Everything is done to both, and everything seen is compared."""

    runner: asyncio.Runner
    client: Redis

    def __init__(self) -> None:
        super().__init__()
        self.wait(_emptied(self.client))
        self.redis = RedisStore(self.client, name="here", on_queued=lambda: None)
        self.queues = RedisOutbox(self.client, name="here")
        self.model = ModelStore()
        self.now = NOON
        self.leases: list[tuple[Lease, Lease]] = []
        self.messages = count(1)

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run to the end what the real store does."""
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        """Both still agree on everything, and nothing has leaked."""
        self.compare()
        self.wait(check_keys(self.client))

    @initialize()
    def set_up(self) -> None:
        """Two desks, that have given their first numbers."""
        for desk in (DeskId("tanuki"), DeskId("kitsune")):
            self.commit(decided(a_desk(id=desk)))
            for _ in range(3):
                self.read(desk=desk, number=None, key="", opening="contested", wide=False)

    def commit(self, decision: Decision) -> None:
        """Commit to both: the same answer, or both stale."""
        ours = self.wait(_outcome(self.redis, decision))
        assert ours == self.wait(_outcome(self.model, decision))

    @rule(desk=DESKS, number=NUMBERS, lag=LAGS, key=KEYS, items=ITEMS, data=st.data())
    def change_inquiry(
        self,
        desk: DeskId,
        number: int,
        lag: int,
        key: str,
        items: list[tuple[Party, str]],
        data: st.DataObject,
    ) -> None:
        """Open, move, stop, close or reopen an inquiry, with notices and cards."""
        self.commit(self.drawn(desk, number, lag, key, items, data))

    @rule(desk=DESKS, data=st.data(), several=st.lists(st.tuples(NUMBERS, LAGS, KEYS, ITEMS), max_size=4))
    def change_many(
        self, desk: DeskId, data: st.DataObject, several: list[tuple[int, int, str, list[tuple[Party, str]]]]
    ) -> None:
        """Several decisions in one call, some of them from the same version."""
        decisions = [self.drawn(desk, *each, data) for each in several]
        committed = self.wait(self.redis.commit_many(decisions))
        assert committed == self.wait(self.model.commit_many(decisions))

    def drawn(
        self,
        desk: DeskId,
        number: int,
        lag: int,
        key: str,
        items: Sequence[tuple[Party, str]],
        data: st.DataObject,
    ) -> Decision:
        """A decision about an inquiry, made from its record as it is, or from an older one."""
        before = self.model.inquiry(desk, number)
        anchor = data.draw(st.sampled_from([None, NOON, NOON + HOUR, NOON + 30 * HOUR]))
        fields = {
            "anchor": anchor,
            "outcome": None if anchor else data.draw(st.sampled_from([None, Outcome.SOLVED])),
            "seller": SellerId(data.draw(st.sampled_from(["acme", "other"]))),
        }
        after = an_inquiry(number, desk=desk, **fields) if before is None else moved(before, **fields)
        queue: list[Notice | Card] = [
            a_card(after, party) if kind == "card" else a_notice(after, party, n, ping=kind == "ping")
            for n, (party, kind) in enumerate(items)
        ]
        if before is not None and lag:
            after = an_inquiry(number, desk=desk, version=before.version)
        return decided(
            after,
            a_person(desk=desk, version=self.next_person(desk)),
            key=key,
            before=before,
            queue=queue,
            entries=[an_entry(str(after.version))],
        )

    def next_person(self, desk: DeskId) -> int:
        """The version a person's next record has."""
        person = self.wait(self.model.read(Scope(desk=desk, key=Key(""), person=BUYER))).person
        return 1 if person is None else person.version + 1

    @rule(desk=DESKS, text=st.sampled_from(["", "a", "界"]), lag=LAGS)
    def change_draft(self, desk: DeskId, text: str, lag: int) -> None:
        """Write, change or empty a draft."""
        draft = self.wait(self.model.read(Scope(desk=desk, key=Key(""), person=BUYER))).draft
        version = (0 if draft is None else draft.version) + 1 - min(lag, 0 if draft is None else 1)
        self.commit(decided(a_draft(text, desk=desk, version=version)))

    @rule(
        desk=DESKS,
        seller=st.sampled_from(["acme", "other"]),
        removed=st.booleans(),
        version=st.integers(1, 3),
    )
    def change_seller(self, desk: DeskId, seller: str, removed: bool, version: int) -> None:  # noqa: FBT001 -- drawn
        """Add, change or remove a seller, rightly or from a stale version."""
        self.commit(decided(a_seller(id=SellerId(seller), desk=desk, removed=removed, version=version)))

    @rule(desk=DESKS, number=st.none() | NUMBERS, key=KEYS, opening=OPENING, wide=st.booleans())
    def read(self, desk: DeskId, number: int | None, key: str, opening: str, wide: bool) -> None:  # noqa: FBT001 -- drawn
        """Read for a command."""
        scope = Scope(
            desk=desk,
            key=Key(key),
            person=BUYER,
            number=number,
            opening=bool(opening),
            contested=opening == "contested",
            sellers=wide,
            mine=wide,
            seller=SellerId("other") if wide else None,
        )
        assert self.wait(self.redis.read(scope)) == self.wait(self.model.read(scope))

    @rule(hours=st.sampled_from([0, 1, 24, 48]))
    def ring(self, hours: int) -> None:
        """Move the desk's clock on and lease all alarms that are due."""
        self.now += timedelta(hours=hours)
        ours = self.wait(self.redis.due(self.now, 100))
        theirs = self.wait(self.model.due(self.now, 100))
        assert sorted(ours, key=_alarm) == sorted(theirs, key=_alarm)
        assert self.wait(self.redis.lateness(self.now)) == self.wait(self.model.lateness(self.now))

    @rule(seconds=AGES)
    def age(self, seconds: int) -> None:
        """Let time pass on the store's clock."""
        self.wait(age(self.client, seconds))
        self.wait(self.model.age(seconds))

    @rule()
    def take(self) -> None:
        """Lease all places whose turn it is."""
        ours = sorted(self.wait(self.queues.take(100)), key=_place)
        theirs = sorted(self.wait(self.model.outbox.take(100)), key=_place)
        assert list(map(_said, ours)) == list(map(_said, theirs))
        self.leases.extend(zip(ours, theirs, strict=True))

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), became=st.sampled_from(["done", "done", "kept", "unknown"]), pause=PAUSES)
    def settle(self, data: st.DataObject, became: str, pause: int) -> None:
        """Say what became of a lease, in time or too late, once or again."""
        ours, theirs = data.draw(st.sampled_from(self.leases))
        receipt = MessageId(f"m{next(self.messages)}") if became == "done" else None
        outcomes = [
            Settled(
                lease=lease, done=became == "done", pause=pause, receipt=receipt, unknown=became == "unknown"
            )
            for lease in (ours, theirs)
        ]
        self.wait(self.queues.settle(outcomes[:1]))
        self.wait(self.model.outbox.settle(outcomes[1:]))
        if receipt is not None:
            self.find(ours.desk, ours.place, receipt)

    @rule(desk=DESKS, place=st.sampled_from([SELLER_PLACE, PlaceId("slack:T01:C99")]))
    def wake(self, desk: DeskId, place: PlaceId) -> None:
        """A place can be spoken to again."""
        self.wait(self.queues.wake(place, desk))
        self.wait(self.model.outbox.wake(place, desk))

    @rule(desk=DESKS, data=st.data(), place=st.sampled_from([SELLER_PLACE, PlaceId("slack:T01:C01")]))
    def find_earlier(self, desk: DeskId, data: st.DataObject, place: PlaceId) -> None:
        """Look for the inquiry of a message that was, or was not, said there."""
        self.find(desk, place, MessageId(f"m{data.draw(st.integers(1, 12))}"))

    def find(self, desk: DeskId, place: PlaceId, message: MessageId) -> None:
        """A message leads to the same inquiry and line in both."""
        scope = Scope(desk=desk, key=Key(""), message=(place, message))
        assert self.wait(self.redis.read(scope)) == self.wait(self.model.read(scope))

    @rule()
    def compare(self) -> None:
        """Lists, logs, cards, alarms, indexes and queues are the same."""
        for desk in (DeskId("tanuki"), DeskId("kitsune")):
            assert self.wait(_all(self.redis, desk)) == self.wait(_all(self.model, desk))
        ours, theirs = self.wait(self.queues.waiting()), self.wait(self.model.outbox.waiting())
        assert ours.places == theirs.places
        assert theirs.oldest <= ours.oldest <= theirs.oldest + 10


async def _outcome(store: Store, decision: Decision) -> AnyAnswer | str:
    try:
        return await store.commit(decision)
    except Stale:
        return "stale"


async def _all(store: Store, desk: DeskId) -> list[object]:
    found: list[object] = [await store.desks(), await store.sellers(desk), await store.orphans(desk)]
    indexes = ("open", f"buyer:{BUYER}", "seller:acme", "seller:other")
    found.extend([await store.listing(desk, index, 2) for index in indexes])
    for number in (1, 2, 3):
        found.extend([await store.shown(desk, number), *await store.roots([(desk, number)])])
    stored = [one async for chunk in store.stored(desk) for one in chunk]
    return [*found, *sorted(stored, key=lambda one: one.inquiry.number)]


def _alarm(due: Due) -> tuple[str, int]:
    return due.inquiry.desk, due.inquiry.number


def _place(lease: Lease) -> tuple[str, str]:
    return lease.desk, lease.place


def _said(lease: Lease) -> tuple[object, ...]:
    return lease.desk, lease.place, lease.item, lease.inquiry, lease.root, lease.sent_before is None


async def _emptied(client: Redis) -> None:
    await client.flushall()
