"""Alarms: each rings once when it is due, and again only when whoever heard it came to nothing."""

from core.ids import DeskId
from core.ports import Due
from core.records import Outcome
from tests.contract.store.conftest import Kept
from tests.contract.store.things import (
    HOUR,
    NOON,
    a_desk,
    a_seller,
    an_inquiry,
    decided,
    moved,
)

REMINDER = NOON + 24 * HOUR


def _numbers(dues: list[Due]) -> list[int]:
    return sorted(due.inquiry.number for due in dues)


async def test_an_alarm_rings_at_its_instant(kept: Kept) -> None:
    """Not a microsecond before; then with desk, seller and inquiry, and the instant it was set for."""
    inquiry = an_inquiry(anchor=NOON.replace(microsecond=123_457))
    at = REMINDER.replace(microsecond=123_457)
    await kept.store.commit(decided(a_desk(), a_seller(), inquiry))
    assert await kept.store.due(at.replace(microsecond=123_456), 10) == []
    [due] = await kept.store.due(at, 10)
    assert (due.desk, due.seller, due.inquiry) == (a_desk(), a_seller(), inquiry)
    assert due.at == at


async def test_an_alarm_rings_once(kept: Kept) -> None:
    """What one worker was given, another is not."""
    await kept.store.commit(decided(a_desk(), an_inquiry()))
    assert len(await kept.store.due(REMINDER, 10)) == 1
    assert await kept.store.due(REMINDER + HOUR, 10) == []


async def test_an_inquiry_without_a_seller_rings_too(kept: Kept) -> None:
    """A seller who was never stored is None."""
    await kept.store.commit(decided(a_desk(), an_inquiry()))
    [due] = await kept.store.due(REMINDER, 10)
    assert due.seller is None


async def test_an_alarm_rings_again_when_the_lease_ran_out(kept: Kept) -> None:
    """A worker that died loses its alarms to the others after a minute of the store's clock, not before."""
    await kept.store.commit(decided(a_desk(), an_inquiry()))
    await kept.store.due(REMINDER, 10)
    await kept.age(55)
    assert await kept.store.due(REMINDER, 10) == []
    await kept.age(10)
    assert _numbers(await kept.store.due(REMINDER, 10)) == [1]
    assert await kept.store.due(REMINDER, 10) == []


async def test_a_committed_alarm_does_not_ring_again(kept: Kept) -> None:
    """The commit ends the lease and sets the next alarm."""
    inquiry = an_inquiry()
    await kept.store.commit(decided(a_desk(), inquiry))
    [due] = await kept.store.due(REMINDER, 10)
    after = moved(due.inquiry, done=1)
    assert await kept.store.commit_many([decided(after, before=due.inquiry)]) == [True]
    await kept.age(3_600)
    assert await kept.store.due(REMINDER + HOUR, 10) == []
    [missed] = await kept.store.due(NOON + 48 * HOUR, 10)
    assert (missed.inquiry, missed.at) == (after, NOON + 48 * HOUR)


async def test_of_two_workers_one_wins(kept: Kept) -> None:
    """When a slow worker comes back after its lease, the version lets only one of the two commit."""
    await kept.store.commit(decided(a_desk(), an_inquiry()))
    [slow] = await kept.store.due(REMINDER, 10)
    await kept.age(61)
    [quick] = await kept.store.due(REMINDER, 10)
    assert await kept.store.commit_many([decided(moved(quick.inquiry), before=quick.inquiry)]) == [True]
    assert await kept.store.commit_many([decided(moved(slow.inquiry), before=slow.inquiry)]) == [False]


async def test_a_moved_alarm_rings_at_its_new_instant_only(kept: Kept) -> None:
    """An alarm moved while it waits, or while it rings, is not heard at its old instant."""
    waits, rings = an_inquiry(1), an_inquiry(2)
    await kept.store.commit(decided(a_desk(), waits))
    later = moved(waits, anchor=NOON + HOUR)
    await kept.store.commit(decided(later, before=waits))
    await kept.store.commit(decided(rings))
    assert _numbers(await kept.store.due(REMINDER, 10)) == [2]
    answered = moved(rings, anchor=NOON + 2 * HOUR)
    await kept.store.commit(decided(answered, before=rings))
    await kept.age(3_600)
    assert await kept.store.due(REMINDER, 10) == []
    assert _numbers(await kept.store.due(REMINDER + HOUR, 10)) == [1]
    assert _numbers(await kept.store.due(REMINDER + 2 * HOUR, 10)) == [2]


async def test_a_stopped_clock_does_not_ring(kept: Kept) -> None:
    """Closing takes the alarm away, whether it waits or rings."""
    first, second = an_inquiry(1), an_inquiry(2)
    await kept.store.commit(decided(a_desk(), first))
    await kept.store.commit(decided(moved(first, anchor=None), before=first))
    await kept.store.commit(decided(second))
    assert _numbers(await kept.store.due(REMINDER, 10)) == [2]
    closed = moved(second, anchor=None, outcome=Outcome.SOLVED)
    await kept.store.commit(decided(closed, before=second))
    await kept.age(3_600)
    assert await kept.store.due(NOON + 999 * HOUR, 10) == []


async def test_a_limit_is_kept_and_all_ring_in_the_end(kept: Kept) -> None:
    """Whatever the limit, every alarm of every desk rings once."""
    desks = [DeskId(f"desk{n}") for n in range(30)]
    for desk in desks:
        await kept.store.commit(decided(a_desk(id=desk)))
        for number in range(1, 6):
            await kept.store.commit(decided(an_inquiry(number, desk=desk)))
    rung: list[tuple[DeskId, int]] = []
    while dues := await kept.store.due(REMINDER, 7):
        assert len(dues) <= 7
        rung.extend((due.desk.id, due.inquiry.number) for due in dues)
    assert len(rung) == len(set(rung)) == 150


async def test_a_small_desk_does_not_wait_behind_a_large_one(kept: Kept) -> None:
    """A desk with much due leaves the others their turn within a few batches, also one that comes later."""
    for n, count in ((1, 600), (2, 3), (3, 3)):
        desk = DeskId(f"desk{n}")
        await kept.store.commit(decided(a_desk(id=desk)))
        await kept.store.commit_many([decided(an_inquiry(number, desk=desk)) for number in range(1, count)])
    early = [due.desk.id for _ in range(3) for due in await kept.store.due(REMINDER, 30)]
    assert {"desk1", "desk2", "desk3"} == set(early)
    late = DeskId("late")
    await kept.store.commit(decided(a_desk(id=late), an_inquiry(1, desk=late)))
    batches = [[due.desk.id for due in await kept.store.due(REMINDER, 30)] for _ in range(12)]
    assert any(late in batch for batch in batches)
    assert "desk1" in batches[-1]


async def test_lateness_is_that_of_the_most_overdue(kept: Kept) -> None:
    """Seconds since the earliest alarm that still waits; none when nothing is late or all that is rings."""
    assert await kept.store.lateness(REMINDER) == 0
    await kept.store.commit(decided(a_desk(), an_inquiry(1)))
    await kept.store.commit(decided(an_inquiry(2, anchor=NOON + HOUR)))
    assert await kept.store.lateness(REMINDER - HOUR) == 0
    assert await kept.store.lateness(REMINDER + HOUR) == 3_600
    assert _numbers(await kept.store.due(REMINDER, 10)) == [1]
    assert await kept.store.lateness(REMINDER + 2 * HOUR) == 3_600
