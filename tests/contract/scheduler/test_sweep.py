"""The sweep: what is due is decided once, by whichever worker, and nothing stands in its way."""

import asyncio
from datetime import timedelta
from typing import cast

import pytest
from structlog.typing import EventDict

from core.errors import Unavailable
from core.ids import DeskId
from core.notices import Missed, Reminded, WayOn
from core.ports import Store
from core.records import Party
from scheduler.passes import Fate, Swept
from tests.contract.scheduler.house import House
from tests.contract.scheduler.voices import Interrupted
from tests.contract.store.things import an_inquiry, decided


async def test_due_alarm_is_told(house: House) -> None:
    """A reminder that is due is decided by one pass and delivered by the next."""
    await house.open()
    house.clock.advance(hours=24)
    assert await house.rota.sweep.run_once() == Swept(rang=1)
    await house.deliver()
    assert [type(what) for what in house.told()] == [Reminded]


async def test_nothing_due(house: House) -> None:
    """A pass before anything is due does nothing."""
    await house.open()
    house.clock.advance(hours=23.9)
    assert await house.rota.sweep.run_once() == Swept()


async def test_missed_after_restart(house: House) -> None:
    """Rungs passed while nothing ran collapse into the latest, and the pass says how late it came."""
    await house.open()
    house.clock.advance(hours=49)
    swept = await house.rota.sweep.run_once()
    assert (swept.rang, swept.lateness) == (1, 25 * 3600)
    await house.deliver()
    assert {type(what) for what in house.told()} == {WayOn, Missed}


async def test_many_batches(house: House) -> None:
    """A pass goes on, batch after batch, until nothing is due."""
    for number in range(1, 251):
        await house.open(number)
    house.clock.advance(hours=24)
    assert await house.rota.sweep.run_once() == Swept(rang=250)
    assert await house.rota.sweep.run_once() == Swept()


async def test_two_workers(house: House) -> None:
    """Two workers sweeping at once decide each alarm once between them."""
    house.messenger.pause = 0
    for number in range(1, 221):
        await house.open(number)
    house.clock.advance(hours=24)
    other = house.another_worker()
    one, two = await asyncio.gather(house.rota.sweep.run_once(), other.sweep.run_once())
    assert one.rang + two.rang == 220
    await house.deliver()
    assert sorted(what.number for what in house.told()) == list(range(1, 221))


async def test_dead_worker(house: House) -> None:
    """What a worker had leased when it died rings again for another once the lease has run out."""
    await house.open()
    house.clock.advance(hours=24)
    assert len(await house.store.due(house.clock.now(), 10)) == 1
    assert await house.rota.sweep.run_once() == Swept()
    await house.age(61)
    assert (await house.rota.sweep.run_once()).rang == 1


async def test_slow_worker_loses(house: House) -> None:
    """A worker that decides after its lease ran out changes nothing: another one was quicker."""
    await house.open()
    house.clock.advance(hours=24)
    due = await house.store.due(house.clock.now(), 10)
    await house.age(61)
    assert (await house.rota.sweep.run_once()).rang == 1
    rang = await house.desk.ring(due)
    assert (rang.committed, rang.stale) == (0, 1)


@pytest.mark.parametrize("off", [-5.0, 5.0])
async def test_clock_off(house: House, off: float) -> None:
    """A worker whose clock differs from the store's does not sweep, and says by how much."""
    await house.open()
    house.clock.advance(hours=24)
    stray = house.another_worker(wall=lambda: house.wall() + timedelta(seconds=off))
    swept = await stray.sweep.run_once()
    assert swept.rang == 0
    assert swept.clock_off == pytest.approx(off, abs=0.5)
    assert (await house.rota.sweep.run_once()).rang == 1


async def test_desk_clock_moved_by_hand(house: House) -> None:
    """Only the worker's own clock is held against the store's; the desk's may be moved."""
    await house.open()
    house.clock.advance(hours=24 * 365)
    assert (await house.rota.sweep.run_once()).rang == 1


async def test_one_that_cannot_be_decided(house: House, logged: list[EventDict]) -> None:
    """An alarm that can't be decided holds up none of those leased with it."""
    lines = dict(an_inquiry().lines)
    del lines[Party.SELLER]
    await house.open(1)
    await house.open(2, lines=lines)
    await house.open(3)
    house.clock.advance(hours=24)
    assert await house.rota.sweep.run_once() == Swept(rang=2, broken=1)
    assert [(entry["event"], entry["number"]) for entry in logged] == [("an alarm can't be decided", 2)]


async def test_store_away_in_mid_pass(house: House) -> None:
    """When the store goes away between leasing and committing, the alarm rings again later."""
    await house.open()
    house.clock.advance(hours=24)
    worker = house.another_worker(store=cast("Store", Interrupted(house.store, "commit_many")))
    with pytest.raises(Unavailable):
        await worker.sweep.run_once()
    await house.age(61)
    assert (await house.rota.sweep.run_once()).rang == 1
    await house.deliver()
    assert len(house.told()) == 1


async def test_desks_side_by_side(house: House) -> None:
    """All desks' alarms are swept, wherever the store keeps them."""
    for name in ("kitsune", "neko", "usagi"):
        await house.furnish(DeskId(name))
        await house.open(1, desk=DeskId(name))
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 3
    assert (await house.deliver()).fates == {Fate.SENT: 3}


async def test_answered_in_between(house: House) -> None:
    """An inquiry that moved on between the lease and the decision is left alone."""
    before = await house.open()
    house.clock.advance(hours=24)
    due = await house.store.due(house.clock.now(), 10)
    await house.store.commit(decided(an_inquiry(version=2, anchor=None), before=before))
    rang = await house.desk.ring(due)
    assert rang.stale == 1
    assert await house.rota.sweep.run_once() == Swept()
