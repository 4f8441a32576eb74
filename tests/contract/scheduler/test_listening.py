"""While nobody listens to a platform: what is said there is read back before it matters."""

from datetime import timedelta

from core.notices import Relayed, Reminded
from tests.clocks import NOON
from tests.contract.scheduler.house import House

HOUR = timedelta(hours=1)


async def test_nobody_listens(house: House) -> None:
    """While nobody has listened for half a minute, each alarm's lines are read back just before it."""
    await house.open()
    await house.store.mark_heard("slack")
    await house.age(31)
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 1
    assert await _told(house) == [Reminded]
    house.history.seller_answered(1, NOON + 41 * HOUR)
    house.clock.advance(hours=18)
    assert (await house.rota.sweep.run_once()).stale == 1
    assert await _told(house) == [Reminded, Relayed]
    assert house.history.asked == [1, 1]


async def test_somebody_listens(house: House) -> None:
    """While somebody was listening within the half minute, nothing is read back."""
    await house.open()
    await house.store.mark_heard("slack")
    await house.age(25)
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 1
    assert house.history.asked == []


async def test_somebody_listens_again(house: House) -> None:
    """Once somebody listens again, what was read while nobody did is read once more, up to that instant."""
    await house.open()
    await house.store.mark_heard("slack")
    await house.age(31)
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 1
    house.clock.advance(minutes=1)
    await house.store.mark_gap("slack", house.clock.now())
    await house.store.mark_heard("slack")
    house.clock.advance(hours=18)
    assert (await house.rota.sweep.run_once()).rang == 1
    assert house.history.asked == [1, 1]
    house.clock.advance(hours=6)
    assert (await house.rota.sweep.run_once()).rang == 1
    assert house.history.asked == [1, 1]


async def test_background_while_nobody_listens(house: House) -> None:
    """Everything is read in turn, again and again: the most pressing do not keep the others from it."""
    for number in range(1, 7):
        await house.open(number)
    await house.store.mark_heard("slack")
    await house.age(31)
    for _ in range(3):
        house.clock.advance(seconds=10)
        await house.rota.catch_up.run_once()
    assert sorted(house.history.asked[:6]) == list(range(1, 7))
    assert sorted(house.history.asked[6:]) == list(range(1, 7))


async def _told(house: House) -> list[type]:
    await house.deliver()
    return [type(what) for what in house.told()]
