"""The outbox: order within a place, its pace, leases, and what is known of attempts that failed."""

from dataclasses import replace

from core.ids import DeskId, MessageId, PlaceId
from core.notices import Notice
from core.ports import Settled
from core.records import Line, Party
from tests.contract.store.conftest import Kept
from tests.contract.store.things import (
    DESK,
    SELLER_PLACE,
    a_card,
    a_desk,
    a_notice,
    an_inquiry,
    decided,
    moved,
)
from tests.contract.store.turns import delivered, drained, taken

INQUIRY = an_inquiry()


def _notice(n: int, party: Party = Party.SELLER) -> Notice:
    return a_notice(INQUIRY, party, n)


async def test_a_commit_that_queues_something_nudges(kept: Kept) -> None:
    """Delivery is told at once, and only where there is something to deliver."""
    await kept.store.commit(decided(INQUIRY))
    assert kept.heard == []
    await kept.store.commit(decided(an_inquiry(2), queue=[a_notice(an_inquiry(2))]))
    assert kept.heard == ["queued"]
    await kept.store.commit_many([decided(an_inquiry(3), queue=[a_card(an_inquiry(3))])])
    assert kept.heard == ["queued", "queued"]


async def test_items_of_a_place_come_in_order_one_by_one(kept: Kept) -> None:
    """The head alone is leased; the next comes when it is settled; cards go before a decision's notices."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0), _notice(1), a_card(INQUIRY)]))
    second = moved(INQUIRY)
    await kept.store.commit(decided(second, before=INQUIRY, queue=[_notice(2)]))
    assert await kept.outbox.waiting() is not None
    [lease] = await kept.outbox.take(10)
    assert lease.item == a_card(INQUIRY)
    assert await kept.outbox.take(10) == []
    await kept.outbox.settle([Settled(lease=lease, done=True, pause=0)])
    assert await drained(kept) == [_notice(0), _notice(1), _notice(2)]
    assert (await kept.outbox.waiting()).places == 0


async def test_places_do_not_wait_for_each_other(kept: Kept) -> None:
    """Each place has its own head, and the same place in two desks is two."""
    other = an_inquiry(desk=DeskId("other"))
    ours = [_notice(0, party) for party in Party]
    theirs = [a_notice(other, party) for party in Party]
    await kept.store.commit(decided(INQUIRY, queue=ours))
    await kept.store.commit(decided(other, queue=theirs))
    assert (await kept.outbox.waiting()).places == 6
    leases = await kept.outbox.take(10)
    assert {(lease.desk, lease.place) for lease in leases} == {
        (item.desk, item.place) for item in (*ours, *theirs)
    }


async def test_a_lease_carries_what_is_needed_to_speak(kept: Kept) -> None:
    """The inquiry as it is now, and the line's card once there is one."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0), a_card(INQUIRY)]))
    now = moved(INQUIRY, done=1)
    await kept.store.commit(decided(now, before=INQUIRY))
    lease = await delivered(kept, receipt=MessageId("1700.1"))
    assert (lease.inquiry, lease.root, lease.sent_before) == (now, None, None)
    [lease] = await kept.outbox.take(10)
    assert (lease.item, lease.inquiry, lease.root) == (_notice(0), now, MessageId("1700.1"))
    assert await kept.store.roots([(DESK, 1)]) == [{Party.SELLER: MessageId("1700.1")}]


async def test_a_notice_for_no_inquiry_goes_to_the_place_itself(kept: Kept) -> None:
    """It comes with neither inquiry nor card, and its receipt belongs to no line."""
    await kept.store.commit(
        decided(INQUIRY, queue=[Notice(_notice(0).id, DESK, SELLER_PLACE, "ja", _notice(0).what)])
    )
    lease = await delivered(kept, receipt=MessageId("m"))
    assert isinstance(lease.item, Notice)
    assert (lease.inquiry, lease.root, lease.item.party) == (None, None, None)


async def test_a_place_keeps_its_pace(kept: Kept) -> None:
    """After a message the place rests, also when its queue is empty; what comes meanwhile waits."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0)]))
    await delivered(kept, pause=60)
    assert (await kept.outbox.waiting()).places == 0
    second = moved(INQUIRY)
    await kept.store.commit(decided(second, before=INQUIRY, queue=[_notice(1), _notice(2)]))
    assert await kept.outbox.take(10) == []
    await kept.age(50)
    assert await kept.outbox.take(10) == []
    await kept.age(11)
    assert (await delivered(kept, pause=60)).item == _notice(1)
    assert await kept.outbox.take(10) == []
    await kept.age(61)
    assert await taken(kept) == [_notice(2)]


async def test_a_place_that_has_rested_is_due_at_once(kept: Kept) -> None:
    """A rest that is over holds nothing up."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0)]))
    await delivered(kept, pause=1)
    await kept.age(5)
    await kept.store.commit(decided(moved(INQUIRY), before=INQUIRY, queue=[_notice(1)]))
    assert await taken(kept) == [_notice(1)]


async def test_what_was_refused_for_now_stays_the_head(kept: Kept) -> None:
    """An item not done is tried again after the pause, before all others, as if for the first time."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0), _notice(1)]))
    [lease] = await kept.outbox.take(10)
    await kept.outbox.settle([Settled(lease=lease, done=False, pause=30)])
    assert await kept.outbox.take(10) == []
    await kept.age(31)
    [again] = await kept.outbox.take(10)
    assert (again.item, again.sent_before) == (_notice(0), None)


async def test_a_lease_that_ran_out_says_that_it_may_have_been_sent(kept: Kept) -> None:
    """The next worker gets the head after half a minute, with the instant from which to look for it."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0), _notice(1)]))
    [lost] = await kept.outbox.take(10)
    await kept.age(25)
    assert await kept.outbox.take(10) == []
    await kept.age(6)
    [again] = await kept.outbox.take(10)
    assert (again.item, again.sent_before is not None) == (_notice(0), True)
    await kept.age(31)
    [third] = await kept.outbox.take(10)
    assert third.sent_before == again.sent_before
    await kept.outbox.settle([Settled(lease=third, done=True, pause=0)])
    [following] = await kept.outbox.take(10)
    assert (following.item, following.sent_before) == (_notice(1), None)
    assert lost.sent_before is None


async def test_an_unknown_outcome_is_remembered(kept: Kept) -> None:
    """What may have been sent says so at every later attempt, until it is done."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0)]))
    [lease] = await kept.outbox.take(10)
    await kept.outbox.settle([Settled(lease=lease, done=False, pause=2, unknown=True)])
    await kept.age(3)
    [second] = await kept.outbox.take(10)
    assert second.sent_before is not None
    await kept.outbox.settle([Settled(lease=second, done=False, pause=2)])
    await kept.age(3)
    [third] = await kept.outbox.take(10)
    assert third.sent_before == second.sent_before
    await kept.outbox.settle([Settled(lease=third, done=False, pause=2, unknown=True)])
    await kept.age(3)
    [fourth] = await kept.outbox.take(10)
    assert fourth.sent_before == second.sent_before


async def test_a_stale_lease_settles_nothing(kept: Kept) -> None:
    """Who comes back after the lease ran out neither pops the head nor leaves a receipt."""
    await kept.store.commit(decided(INQUIRY, queue=[a_card(INQUIRY), _notice(0)]))
    [slow] = await kept.outbox.take(10)
    await kept.age(31)
    [quick] = await kept.outbox.take(10)
    late = Settled(lease=slow, done=True, pause=0, receipt=MessageId("slow"))
    await kept.outbox.settle([late])
    assert await kept.store.roots([(DESK, 1)]) == [{}]
    await kept.outbox.settle([Settled(lease=quick, done=True, pause=0, receipt=MessageId("quick"))])
    await kept.outbox.settle([late, replace(late, lease=quick)])
    assert await kept.store.roots([(DESK, 1)]) == [{Party.SELLER: MessageId("quick")}]
    assert await drained(kept) == [_notice(0)]


async def test_several_are_settled_at_once(kept: Kept) -> None:
    """Each by its own lease."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0, party) for party in Party]))
    first, second, third = await kept.outbox.take(10)
    await kept.outbox.settle(
        [
            Settled(lease=first, done=True, pause=0),
            Settled(lease=second, done=False, pause=0),
            Settled(lease=third, done=True, pause=0),
        ]
    )
    assert await taken(kept) == [second.item]


async def test_undelivered_items_are_kept_until_the_place_is_woken(kept: Kept) -> None:
    """A place that was lost waits for as long as it takes, and goes on at once when it is found again."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0)]))
    [lease] = await kept.outbox.take(10)
    await kept.outbox.settle([Settled(lease=lease, done=False, pause=86_400)])
    await kept.age(3_600)
    assert await kept.outbox.take(10) == []
    assert (await kept.outbox.waiting()).places == 1
    await kept.outbox.wake(SELLER_PLACE, DESK)
    assert await taken(kept) == [_notice(0)]


async def test_a_woken_place_rests_no_longer(kept: Kept) -> None:
    """A rest that waking has cut short does not come back."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0)]))
    await delivered(kept, pause=3_600)
    second = moved(INQUIRY)
    await kept.store.commit(decided(second, before=INQUIRY, queue=[_notice(1)]))
    await kept.outbox.wake(SELLER_PLACE, DESK)
    assert (await delivered(kept)).item == _notice(1)
    await kept.store.commit(decided(moved(second), before=second, queue=[_notice(2)]))
    assert await taken(kept) == [_notice(2)]


async def test_waking_does_not_disturb(kept: Kept) -> None:
    """A place someone is speaking to, an empty one and an unknown one are left as they are."""
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0), _notice(1)]))
    [lease] = await kept.outbox.take(10)
    await kept.outbox.wake(SELLER_PLACE, DESK)
    assert await kept.outbox.take(10) == []
    await kept.outbox.settle([Settled(lease=lease, done=True, pause=0)])
    await delivered(kept)
    await kept.outbox.wake(SELLER_PLACE, DESK)
    await kept.outbox.wake(PlaceId("slack:T01:C99"), DESK)
    assert await kept.outbox.take(10) == []
    assert (await kept.outbox.waiting()).places == 0


async def test_a_limit_is_kept_and_all_have_their_turn(kept: Kept) -> None:
    """However few are taken at a time, every place of every desk comes."""
    inquiries = [an_inquiry(n, desk=DeskId(f"desk{n}")) for n in range(40)]
    for inquiry in inquiries:
        await kept.store.commit(decided(inquiry, queue=[a_notice(inquiry, party) for party in Party]))
    found: set[tuple[DeskId, PlaceId]] = set()
    while leases := await kept.outbox.take(7):
        assert len(leases) <= 7
        found |= {(lease.desk, lease.place) for lease in leases}
    assert len(found) == 120


async def test_how_much_waits_and_for_how_long(kept: Kept) -> None:
    """Places with items, and how late the most overdue of them is."""
    assert (await kept.outbox.waiting()).places == 0
    assert (await kept.outbox.waiting()).oldest == 0
    await kept.store.commit(decided(INQUIRY, queue=[_notice(0), _notice(1), _notice(2, Party.STAFF)]))
    await kept.age(120)
    waiting = await kept.outbox.waiting()
    assert waiting.places == 2
    assert 120 <= waiting.oldest < 130
    await kept.outbox.take(10)
    assert (await kept.outbox.waiting()).oldest == 0


async def test_places_of_other_platforms_are_left_as_they_are(kept: Kept) -> None:
    """However many are due before it, a place of the platform that is asked for is found; theirs stay due."""
    here = an_inquiry(9)
    elsewhere = [
        an_inquiry(n, lines={**here.lines, Party.SELLER: Line(PlaceId(f"discord:77:{n}"), "ja")})
        for n in range(1, 6)
    ]
    await kept.store.commit(decided(a_desk()))
    for inquiry in (*elsewhere, here):
        await kept.store.commit(decided(inquiry, queue=[a_notice(inquiry)]))
    [lease] = await kept.outbox.take(2, {"slack"})
    assert lease.place == here.lines[Party.SELLER].place
    assert await kept.outbox.take(2, {"slack"}) == []
    assert {each.place for each in await kept.outbox.take(10, ["discord", "slack"])} == {
        inquiry.lines[Party.SELLER].place for inquiry in elsewhere
    }
