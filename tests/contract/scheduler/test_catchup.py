"""After a gap in a connection: what was said meanwhile is read back before it matters."""

from datetime import timedelta

import pytest

from core.errors import Misconfigured, TryAgain, Undeliverable, Unknown
from core.ids import PlaceId
from core.notices import Missed, Relayed
from core.records import Line, Outcome, Party
from core.refusal import Refusal
from scheduler.passes import Swept
from tests.clocks import NOON
from tests.contract.scheduler.house import House, line_at
from tests.contract.store.things import SELLER_PLACE, a_card, an_inquiry, decided, moved

HOUR = timedelta(hours=1)


async def _told(house: House) -> list[type]:
    await house.deliver()
    return [type(what) for what in house.told()]


async def test_reply_given_in_time(house: House) -> None:
    """A reply that was given during the gap is found before the miss would be told, and relayed."""
    await house.open()
    house.history.seller_answered(1, NOON + 47 * HOUR)
    house.clock.advance(hours=49)
    await house.store.mark_gap("slack", house.clock.now())
    assert await house.rota.sweep.run_once() == Swept(stale=1, lateness=25 * 3600)
    assert await _told(house) == [Relayed]
    assert (await house.inquiry()).answered_at == NOON + 47 * HOUR


async def test_nothing_said(house: House) -> None:
    """When nothing was said during the gap, the miss is told in the same pass."""
    await house.open()
    house.clock.advance(hours=49)
    await house.store.mark_gap("slack", house.clock.now())
    assert (await house.rota.sweep.run_once()).rang == 1
    [missed] = [what for what in await _whats(house) if isinstance(what, Missed)]
    assert not missed.unread


async def _whats(house: House) -> list[object]:
    await house.deliver()
    return list(house.told())


async def test_no_gap(house: House) -> None:
    """Without a gap nothing is read back."""
    await house.open()
    house.clock.advance(hours=24)
    await house.rota.sweep.run_once()
    assert house.history.asked == []


async def test_opened_after_the_gap(house: House) -> None:
    """What was opened after the gap has been heard live; what was opened before is read."""
    await house.store.mark_gap("slack", NOON + HOUR)
    await house.open(1, opened_at=NOON + 2 * HOUR)
    await house.open(2)
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 2
    assert house.history.asked == [2]


async def test_restarted(house: House) -> None:
    """A worker that has just started reads back what was opened before: all of Henji may have been down."""
    await house.open()
    house.history.seller_answered(1, NOON + 47 * HOUR)
    house.clock.advance(hours=49)
    restarted = house.another_worker()
    assert (await restarted.sweep.run_once()).stale == 1
    assert await _told(house) == [Relayed]


async def test_gap_elsewhere(house: House) -> None:
    """A gap on one platform makes nobody read on another."""
    await house.store.mark_gap("discord", NOON + HOUR)
    await house.open()
    house.clock.advance(hours=24)
    assert (await house.rota.sweep.run_once()).rang == 1
    assert house.history.asked == []


async def test_read_once_a_gap(house: House) -> None:
    """An inquiry is read once for each gap, however many alarms it has."""
    await house.open()
    for hours, readings in ((24, 1), (18, 1)):
        await house.store.mark_gap("slack", NOON + HOUR)
        house.clock.advance(hours=hours)
        assert (await house.rota.sweep.run_once()).rang == 1
        assert len(house.history.asked) == readings
    await house.store.mark_gap("slack", house.clock.now())
    house.clock.advance(hours=6)
    await house.rota.sweep.run_once()
    assert house.history.asked == [1, 1]


async def test_platform_asks_for_patience(house: House) -> None:
    """An alarm whose lines can't be read yet is put off, and rings again when its lease has run out."""
    await house.open()
    house.history.seller_answered(1, NOON + 23 * HOUR)
    house.history.wrong[1].append(TryAgain(30))
    house.clock.advance(hours=24)
    await house.store.mark_gap("slack", house.clock.now())
    assert (await house.rota.sweep.run_once()).deferred == 1
    assert await house.rota.sweep.run_once() == Swept()
    house.clock.advance(minutes=1)
    await house.age(61)
    assert (await house.rota.sweep.run_once()).stale == 1
    assert await _told(house) == [Relayed]


async def test_patience_is_not_asked_for_twice(house: House) -> None:
    """A platform that asked for patience is not asked for the other inquiries meanwhile."""
    for number in range(1, 31):
        await house.open(number)
        house.history.wrong[number].append(TryAgain(30))
    house.clock.advance(hours=24)
    await house.store.mark_gap("slack", house.clock.now())
    assert (await house.rota.sweep.run_once()).deferred == 30
    assert len(house.history.asked) <= 8


@pytest.mark.parametrize("wrong", [TryAgain(1), Unknown(), TimeoutError(), Misconfigured("a", "b", "c")])
async def test_patience_ends(house: House, wrong: Exception) -> None:
    """After ten minutes of waiting for its lines an alarm is decided all the same, and says so."""
    await house.open()
    house.history.wrong[1].extend([wrong] * 20)
    house.clock.advance(hours=48)
    await house.store.mark_gap("slack", house.clock.now())
    for _ in range(10):
        assert (await house.rota.sweep.run_once()).deferred == 1
        house.clock.advance(minutes=1)
        await house.age(61)
    assert (await house.rota.sweep.run_once()).rang == 1
    [missed] = [what for what in await _whats(house) if isinstance(what, Missed)]
    assert missed.unread


@pytest.mark.parametrize("wrong", [Undeliverable("archived", place_lost=True), KeyError("a bug")])
async def test_lines_that_cannot_be_read(house: House, wrong: Exception) -> None:
    """An alarm whose lines can't be read at all is decided at once and says so; others are as they were."""
    await house.open(1)
    await house.open(2)
    house.history.wrong[1].append(wrong)
    house.clock.advance(hours=48)
    await house.store.mark_gap("slack", house.clock.now())
    assert (await house.rota.sweep.run_once()).rang == 2
    unread = {what.number: what.unread for what in await _whats(house) if isinstance(what, Missed)}
    assert unread == {1: True, 2: False}


@pytest.mark.parametrize("wrong", [Undeliverable("channel_gone", place_lost=True), TryAgain(30)])
async def test_one_platform_fails(house: House, wrong: Exception) -> None:
    """What was said on one platform is heard although lines on the other can't be read."""
    await house.open(1, lines={**line_at(SELLER_PLACE), Party.STAFF: Line(PlaceId("discord:G1:C1"), "ja")})
    house.history.seller_answered(1, NOON + 47 * HOUR)
    house.history.wrong[1].append(wrong)
    house.clock.advance(hours=49)
    for platform in ("discord", "slack"):
        await house.store.mark_gap(platform, house.clock.now())
    await house.another_worker("slack", "discord").sweep.run_once()
    assert (await house.inquiry()).answered_at == NOON + 47 * HOUR
    assert await _told(house) == [Relayed]


async def test_platform_served_elsewhere(house: House) -> None:
    """An alarm that needs a platform's lines is left for a while to a worker that serves it."""
    await house.open(1, lines=line_at(PlaceId("discord:G1:C1")))
    house.clock.advance(hours=24)
    await house.store.mark_gap("discord", house.clock.now())
    assert (await house.rota.sweep.run_once()).deferred == 1
    await house.age(61)
    capable = house.another_worker("slack", "discord")
    assert (await capable.sweep.run_once()).rang == 1


async def test_others_are_not_held_up(house: House) -> None:
    """Alarms that need nothing read are decided although others wait."""
    await house.open(1)
    await house.open(2, opened_at=NOON + 2 * HOUR)
    house.history.wrong[1].append(TryAgain(30))
    await house.store.mark_gap("slack", NOON + HOUR)
    house.clock.advance(hours=24)
    assert await house.rota.sweep.run_once() == Swept(rang=1, deferred=1)


async def test_heard_twice(house: House) -> None:
    """What was heard live and is read back too is relayed once; what is refused is not an error."""
    await house.open(1)
    await house.open(2)
    house.history.seller_answered(1, NOON + HOUR)
    house.history.seller_answered(2, NOON + HOUR)
    house.clock.advance(hours=2)
    await house.desk.handle(house.history.missed[1][0])
    closed = moved(await house.inquiry(2), outcome=Outcome.OTHER, anchor=None)
    await house.store.commit(decided(closed, before=await house.inquiry(2)))
    assert isinstance(await house.desk.handle(house.history.missed[2][0]), Refusal)
    await house.store.mark_gap("slack", house.clock.now())
    while (await house.rota.catch_up.run_once()).left:
        pass
    assert await _told(house) == [Relayed]


async def test_a_card_that_became_known_later(house: House) -> None:
    """A line whose card was not yet known when its inquiry was read is read before the next alarm."""
    await house.open(1, a_card(an_inquiry()))
    await house.store.mark_gap("slack", NOON + HOUR)
    await house.rota.catch_up.run_once()
    await house.deliver()
    house.history.seller_answered(1, NOON + 2 * HOUR)
    house.clock.advance(hours=24)
    assert await house.rota.sweep.run_once() == Swept(stale=1)
    assert await _told(house) == [Relayed]
    assert house.history.asked == [1, 1]
