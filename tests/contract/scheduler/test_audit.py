"""The audit: it finds every kind of disagreement, and none where there is none."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from redis.asyncio import Redis

from adapters.redis import codec, keys
from core.errors import Stale
from core.ids import DeskId
from core.notices import Held
from core.records import Outcome
from scheduler.aio import spawn
from scheduler.passes import Audited, Wrong
from tests.clocks import NOON
from tests.contract.scheduler.house import House
from tests.contract.store.things import BUYER, DESK, SELLER_PLACE, an_inquiry, decided, moved

TAG = keys.tag(DESK)
NEXT = codec.micros(NOON) + 24 * 3_600_000_000
"""The score of inquiry #1's alarm."""


async def _wrong(house: House) -> list[tuple[int | None, Wrong]]:
    audited = await house.rota.audit.run_once()
    return [(fault.number, fault.wrong) for fault in audited.faults]


async def test_all_is_well(house: House) -> None:
    """Open, answered and closed inquiries, alarms that wait and ring, full and empty queues: no fault."""
    house.messenger.pause = 0
    for number in range(1, 151):
        await house.open(number)
    await house.queue(an_inquiry(1), Held(number=1, due_at=NOON))
    quiet = moved(await house.inquiry(2), anchor=None)
    await house.store.commit(decided(quiet, before=await house.inquiry(2)))
    closed = moved(await house.inquiry(3), anchor=None, outcome=Outcome.SOLVED)
    await house.store.commit(decided(closed, before=await house.inquiry(3)))
    house.clock.advance(hours=24)
    await house.store.due(house.clock.now(), 10)
    assert await house.rota.audit.run_once() == Audited(inquiries=150)
    await house.rota.sweep.run_once()
    await house.deliver()
    assert await house.rota.audit.run_once() == Audited(inquiries=150)


async def test_amid_changes(house: House) -> None:
    """What changes while the audit reads is no fault."""
    for number in range(1, 201):
        await house.open(number)
    house.clock.advance(hours=24)
    going = True

    async def change() -> None:
        for number in range(1, 201):
            if going:
                before = await house.inquiry(number)
                with suppress(Stale):
                    await house.store.commit(decided(moved(before, anchor=None), before=before))

    tasks = [spawn(change(), "changes"), spawn(house.rota.sweep.run_once(), "a sweep")]
    audits = [await house.rota.audit.run_once() for _ in range(5)]
    going = False
    await asyncio.gather(*tasks)
    assert [audited.faults for audited in audits] == [()] * 5


Plant = Callable[[Redis], Awaitable[object]]

PLANTED: dict[Wrong, Plant] = {
    Wrong.NO_ALARM: lambda client: client.zrem(keys.alarms(TAG), f"{DESK}.1"),
    Wrong.WRONG_ALARM: lambda client: client.zadd(keys.alarms(TAG), {f"{DESK}.1": NEXT + 1_000_000}),
    Wrong.TWO_ALARMS: lambda client: client.zadd(keys.ringing(TAG), {f"{DESK}.1": NEXT}),
    Wrong.NEEDLESS_ALARM: lambda client: client.zadd(keys.alarms(TAG), {f"{DESK}.2": NEXT}),
    Wrong.INDEXES: lambda client: client.zrem(keys.index(DESK, f"buyer:{BUYER}"), 1),
    Wrong.STUCK: lambda client: client.zrem(keys.places(TAG), keys.member(DESK, SELLER_PLACE)),
    Wrong.ORPHANS: lambda client: client.zadd(keys.alarms(TAG), {f"{DESK}.99": NEXT}),
}


@pytest.mark.parametrize("wrong", list(PLANTED))
async def test_planted(real: House, redis_client: Redis, wrong: Wrong) -> None:
    """A fault of each kind, put into Redis by hand, is found and named."""
    await real.open(1)
    await real.open(2, anchor=None)
    if wrong is Wrong.STUCK:
        await real.queue(an_inquiry(), Held(number=1, due_at=NOON))
    assert await _wrong(real) == []
    await PLANTED[wrong](redis_client)
    found = await _wrong(real)
    assert {kind for _, kind in found} == {wrong}
    assert (None, wrong) in found or (1, wrong) in found or (2, wrong) in found


async def test_moved_index(real: House, redis_client: Redis) -> None:
    """An index that gives an inquiry another rank than it has is found."""
    await real.open(1)
    await redis_client.zadd(keys.index(DESK, "open"), {"1": 5.0})
    assert await _wrong(real) == [(1, Wrong.INDEXES)]


async def test_closed_but_listed(real: House, redis_client: Redis) -> None:
    """A closed inquiry that still stands in an index is found."""
    await real.open(1, anchor=None, outcome=Outcome.SOLVED)
    await redis_client.zadd(keys.index(DESK, "open"), {"1": 5.0})
    assert await _wrong(real) == [(1, Wrong.INDEXES)]


async def test_nobody_decides(house: House) -> None:
    """An alarm that goes on ringing, leased again and again and never committed, is found."""
    await house.open()
    house.clock.advance(hours=24)
    await house.store.due(house.clock.now(), 10)
    for _ in range(3):
        assert await _wrong(house) == []
        house.clock.advance(minutes=5)
    assert await _wrong(house) == [(1, Wrong.UNDECIDED)]
    await house.age(61)
    await house.rota.sweep.run_once()
    assert await _wrong(house) == []


async def test_every_desk(house: House) -> None:
    """All desks are audited, and a fault names its desk."""
    await house.furnish(DeskId("neko"))
    await house.open(1)
    await house.open(1, desk=DeskId("neko"))
    assert await house.rota.audit.run_once() == Audited(inquiries=2)
