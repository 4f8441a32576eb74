"""After a gap in a connection: what no alarm asks for is read back in the background, the pressing first."""

from datetime import timedelta

import pytest

from core.errors import TryAgain, Undeliverable
from core.ids import DeskId
from core.notices import Relayed, Reminded
from scheduler.passes import CaughtUp
from tests.clocks import NOON
from tests.contract.scheduler.house import House

HOUR = timedelta(hours=1)


async def _told(house: House) -> list[type]:
    await house.deliver()
    return [type(what) for what in house.told()]


async def test_background(house: House) -> None:
    """Without an alarm being due, a reply given during the gap is found in the background, once."""
    await house.open()
    house.history.seller_answered(1, NOON + 3 * HOUR)
    house.clock.advance(hours=5)
    await house.store.mark_gap("slack", house.clock.now())
    assert await house.rota.catch_up.run_once() == CaughtUp(read=1, heard=1)
    assert await _told(house) == [Relayed]
    assert await house.rota.catch_up.run_once() == CaughtUp()
    assert house.history.asked == [1]


async def test_background_without_a_gap(house: House) -> None:
    """Without a gap the background reads nothing."""
    await house.open()
    assert await house.rota.catch_up.run_once() == CaughtUp()
    assert house.history.asked == []


async def test_background_order(house: House) -> None:
    """The most pressing come first, a few in a pass; those whose clock does not run come last, and come."""
    for number in range(1, 11):
        anchor = NOON - number * HOUR if number % 2 else None
        await house.open(number, anchor=anchor, opened_at=NOON - number * HOUR)
    await house.store.mark_gap("slack", NOON)
    passes = [await house.rota.catch_up.run_once() for _ in range(4)]
    assert [done.read for done in passes] == [4, 4, 2, 0]
    assert [done.left for done in passes] == [True, True, False, False]
    assert house.history.asked == [9, 7, 5, 3, 1, 10, 8, 6, 4, 2]


async def test_background_pages(house: House) -> None:
    """More open inquiries than fit a page are all read."""
    for number in range(1, 121):
        await house.open(number)
    await house.store.mark_gap("slack", NOON + HOUR)
    while (await house.rota.catch_up.run_once()).left:
        pass
    assert sorted(house.history.asked) == list(range(1, 121))


async def test_background_patience(house: House) -> None:
    """When the platform asks for patience, the background waits, then goes on; a new gap starts it anew."""
    for number in (1, 2):
        await house.open(number)
        house.history.wrong[number].append(TryAgain(30))
    await house.store.mark_gap("slack", NOON + HOUR)
    assert await house.rota.catch_up.run_once() == CaughtUp(left=True)
    assert await house.rota.catch_up.run_once() == CaughtUp(left=True)
    assert len(house.history.asked) == 1
    house.history.wrong.clear()
    house.clock.advance(seconds=30)
    assert await house.rota.catch_up.run_once() == CaughtUp(read=2)
    await house.store.mark_gap("slack", NOON + 2 * HOUR)
    assert await house.rota.catch_up.run_once() == CaughtUp(read=2)


@pytest.mark.parametrize("wrong", [Undeliverable("archived", place_lost=True), KeyError("a bug")])
async def test_background_passes_by(house: House, wrong: Exception) -> None:
    """One that can't be read is passed by, tried once more at the end, and given up until the next gap."""
    await house.open(1)
    await house.open(2)
    house.history.wrong[1].extend([wrong] * 5)
    await house.store.mark_gap("slack", NOON + HOUR)
    assert await house.rota.catch_up.run_once() == CaughtUp(read=1)
    assert await house.rota.catch_up.run_once() == CaughtUp()
    assert house.history.asked == [1, 2, 1]


async def test_alarm_after_background(house: House) -> None:
    """What the background has read, the sweep does not read again."""
    await house.open()
    await house.store.mark_gap("slack", NOON + HOUR)
    await house.rota.catch_up.run_once()
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 1
    assert house.history.asked == [1]
    assert await _told(house) == [Reminded]


async def test_all_desks(house: House) -> None:
    """Every desk's inquiries are read back."""
    for number, name in enumerate(("kitsune", "neko"), start=1):
        await house.furnish(DeskId(name))
        await house.open(number, desk=DeskId(name))
    await house.store.mark_gap("slack", NOON + HOUR)
    assert await house.rota.catch_up.run_once() == CaughtUp(read=2)
