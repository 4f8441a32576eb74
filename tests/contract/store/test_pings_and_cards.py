"""Pings are dropped once their inquiry has moved on; a card waits once, however often it changes."""

from core.ids import MessageId
from core.notices import Notice
from core.ports import Settled
from tests.contract.store.conftest import Kept
from tests.contract.store.things import HOUR, NOON, a_card, a_notice, an_inquiry, decided, moved
from tests.contract.store.turns import delivered, drained

INQUIRY = an_inquiry()


def _notice(n: int) -> Notice:
    return a_notice(INQUIRY, n=n)


async def test_a_ping_left_behind_is_dropped(kept: Kept) -> None:
    """A ping is not posted once its inquiry has moved on; what else waits in the place is."""
    ping, later = a_notice(INQUIRY, n=0, ping=True), a_notice(INQUIRY, n=1)
    await kept.store.commit(decided(INQUIRY, queue=[ping, later, a_notice(INQUIRY, n=2, ping=True)]))
    answered = moved(INQUIRY, anchor=None)
    await kept.store.commit(decided(answered, before=INQUIRY))
    assert await drained(kept) == [later]
    assert (await kept.outbox.waiting()).places == 0


async def test_a_ping_that_still_holds_is_posted(kept: Kept) -> None:
    """As long as the anchor stands, a change of anything else drops nothing."""
    ping = a_notice(INQUIRY, ping=True)
    await kept.store.commit(decided(INQUIRY, queue=[ping]))
    await kept.store.commit(decided(moved(INQUIRY, done=1), before=INQUIRY))
    assert await drained(kept) == [ping]


async def test_a_ping_is_dropped_also_after_an_attempt(kept: Kept) -> None:
    """What is dropped leaves nothing behind that the next item could be taken for."""
    await kept.store.commit(decided(INQUIRY, queue=[a_notice(INQUIRY, ping=True), _notice(1)]))
    await kept.outbox.take(10)
    await kept.store.commit(decided(moved(INQUIRY, anchor=NOON + HOUR), before=INQUIRY))
    await kept.age(31)
    [lease] = await kept.outbox.take(10)
    assert (lease.item, lease.sent_before) == (_notice(1), None)


async def test_a_card_waits_once(kept: Kept) -> None:
    """However often an inquiry changes, its card is drawn once, as it then is."""
    await kept.store.commit(decided(INQUIRY, queue=[a_card(INQUIRY)]))
    second = moved(INQUIRY, done=1)
    await kept.store.commit(decided(second, before=INQUIRY, queue=[a_card(second), _notice(0)]))
    lease = await delivered(kept, receipt=MessageId("m"))
    assert (lease.item, lease.inquiry) == (a_card(INQUIRY), second)
    assert await drained(kept) == [_notice(0)]


async def test_a_card_changed_while_it_is_drawn_is_drawn_again(kept: Kept) -> None:
    """From the moment a card is taken, a change is news again."""
    await kept.store.commit(decided(INQUIRY, queue=[a_card(INQUIRY)]))
    [lease] = await kept.outbox.take(10)
    second = moved(INQUIRY)
    await kept.store.commit(decided(second, before=INQUIRY, queue=[a_card(second)]))
    third = moved(second)
    await kept.store.commit(decided(third, before=second, queue=[a_card(third)]))
    await kept.outbox.settle([Settled(lease=lease, done=True, pause=0, receipt=MessageId("m"))])
    assert (await delivered(kept)).inquiry == third
    assert await kept.outbox.take(10) == []


async def test_a_card_survives_whoever_took_it(kept: Kept) -> None:
    """A card is not lost with the worker that was drawing it."""
    await kept.store.commit(decided(INQUIRY, queue=[a_card(INQUIRY)]))
    await kept.outbox.take(10)
    second = moved(INQUIRY)
    await kept.store.commit(decided(second, before=INQUIRY, queue=[a_card(second)]))
    await kept.age(31)
    [again] = await kept.outbox.take(10)
    assert again.sent_before is not None
    await kept.outbox.settle([Settled(lease=again, done=True, pause=0)])
    third = moved(second)
    await kept.store.commit(decided(third, before=second, queue=[a_card(third)]))
    assert await drained(kept) == [a_card(INQUIRY)]
