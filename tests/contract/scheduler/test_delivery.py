"""Delivery: each notice once, in order, whatever the platform, the store and the workers do."""

import asyncio
from typing import cast

import pytest

from core.errors import TryAgain, Unavailable, Unknown
from core.ids import PlaceId, WorkspaceId
from core.notices import Held, NoReplyNeeded
from core.ports import Outbox
from core.records import Party
from scheduler.aio import spawn
from scheduler.passes import Delivered, Fate
from tests.clocks import NOON
from tests.contract.scheduler.house import House
from tests.contract.scheduler.voices import Interrupted, LostReply
from tests.contract.store.things import (
    SELLER_PLACE,
    STAFF_PLACE,
    a_card,
    a_notice,
    an_inquiry,
)

HELD = Held(number=1, due_at=NOON)


async def test_card_then_thread(house: House) -> None:
    """A line is opened by its card, and its notices follow under it in their order."""
    inquiry = an_inquiry()
    notices = [a_notice(inquiry, n=n) for n in range(3)]
    await house.open(1, a_card(inquiry), *notices)
    assert (await house.deliver()).fates == {Fate.SENT: 4}
    card, *others = house.messenger.said[SELLER_PLACE]
    assert [(notice, root) for notice, _, root in others] == [(one.id, card[1]) for one in notices]
    assert (await house.store.roots([(inquiry.desk, 1)])) == [{Party.SELLER: card[1]}]


async def test_card_drawn_again(house: House) -> None:
    """A card that is there is drawn again, not posted a second time."""
    inquiry = an_inquiry()
    await house.open(1, a_card(inquiry))
    await house.deliver()
    await house.outdate_card(1)
    await house.deliver()
    [(_, message, _)] = house.messenger.said[SELLER_PLACE]
    assert house.messenger.drawn == [(a_card(inquiry), message)]


async def test_pace(house: House) -> None:
    """A place rests between two messages for as long as its platform asks."""
    await house.open()
    await house.queue(an_inquiry(), HELD, HELD)
    assert (await house.rota.delivery.run_once()).attempts == 1
    assert (await house.rota.delivery.run_once()).attempts == 0
    await house.age(1)
    assert (await house.rota.delivery.run_once()).attempts == 1


async def test_try_again(house: House) -> None:
    """A place whose platform asks for patience is left alone for that long; nothing is overtaken."""
    await house.open()
    notices = await house.queue(an_inquiry(), HELD, NoReplyNeeded(number=1, by=Party.BUYER))
    house.messenger.wrong[SELLER_PLACE].append(TryAgain(60))
    assert (await house.rota.delivery.run_once()).fates == {Fate.AGAIN: 1}
    await house.age(59)
    assert (await house.rota.delivery.run_once()).attempts == 0
    await house.age(1)
    await house.deliver()
    assert house.messenger.notices == notices
    assert house.messenger.looked_for == []


async def test_lost_reply(house: House) -> None:
    """A message that was sent and whose answer was lost is found, not sent again."""
    await house.open()
    [notice] = await house.queue(an_inquiry(), HELD)
    house.messenger.wrong[SELLER_PLACE].append(LostReply())
    assert (await house.rota.delivery.run_once()).fates == {Fate.UNKNOWN: 1}
    assert (await house.rota.delivery.run_once()).attempts == 0
    await house.age(2)
    assert (await house.rota.delivery.run_once()).fates == {Fate.SENT: 1}
    assert [known for known, _, _ in house.messenger.said[SELLER_PLACE]] == [notice.id]


async def test_lost_request(house: House) -> None:
    """A message that never arrived is looked for, from before it was sent, and then sent again."""
    await house.open()
    [notice] = await house.queue(an_inquiry(), HELD)
    before = await house.store.time()
    house.messenger.wrong[SELLER_PLACE].append(Unknown())
    await house.rota.delivery.run_once()
    await house.age(2)
    await house.rota.delivery.run_once()
    [(looked_for, since)] = house.messenger.looked_for
    assert looked_for == notice.id
    assert since <= before
    assert house.messenger.notices == [notice]


async def test_search_fails(house: House) -> None:
    """While it can't be looked for, an unknown message is neither sent again nor forgotten."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    house.messenger.wrong[SELLER_PLACE].append(LostReply())
    house.messenger.wrong_search.extend([TryAgain(30), Unknown()])
    fates = [(await house.rota.delivery.run_once()).fates]
    for pause in (2, 30, 2):
        await house.age(pause)
        fates.append((await house.rota.delivery.run_once()).fates)
    assert fates == [{Fate.UNKNOWN: 1}, {Fate.AGAIN: 1}, {Fate.UNKNOWN: 1}, {Fate.SENT: 1}]
    assert len(house.messenger.said[SELLER_PLACE]) == 1


async def test_lost_card(house: House) -> None:
    """A card whose answer was lost is found by its id, and becomes the root of its line."""
    inquiry = an_inquiry()
    await house.open(1, a_card(inquiry), a_notice(inquiry))
    house.messenger.wrong[SELLER_PLACE].append(LostReply())
    await house.rota.delivery.run_once()
    await house.age(2)
    await house.deliver()
    (_, card, _), (_, _, root) = house.messenger.said[SELLER_PLACE]
    assert root == card


async def test_dead_worker(house: House) -> None:
    """What a worker had in its hands when it died is looked for before another sends it."""
    await house.open()
    [notice] = await house.queue(an_inquiry(), HELD)
    [lease] = await house.outbox.take(10)
    message = await house.messenger.send(notice, lease.root, lease.inquiry)
    await house.age(31)
    assert (await house.rota.delivery.run_once()).fates == {Fate.SENT: 1}
    assert [known for _, known, _ in house.messenger.said[SELLER_PLACE]] == [message]


async def test_platform_not_served(house: House) -> None:
    """What waits for a platform that this worker does not serve is left as it is, for one that does."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    elsewhere = house.another_worker("discord")
    assert (await elsewhere.delivery.run_once()).fates == {}
    assert (await house.rota.delivery.run_once()).fates == {Fate.SENT: 1}


async def test_slow_place_holds_up_no_other(house: House) -> None:
    """While one place answers slowly, what is queued for another goes out beside it."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    release = house.messenger.gate[SELLER_PLACE] = asyncio.Event()
    slow = spawn(house.rota.delivery.run_once(), "a slow pass")
    await house.messenger.begun.wait()
    await house.queue(an_inquiry(), HELD, place=STAFF_PLACE)
    assert (await house.rota.delivery.run_once()).fates == {Fate.SENT: 1}
    release.set()
    assert (await slow).fates == {Fate.SENT: 1}


async def test_no_room(house: House) -> None:
    """While there is no room, what is queued waits, and goes out as soon as there is."""
    await house.open()
    release = asyncio.Event()
    for place in range(33):
        name = PlaceId(f"slack:T01:C{place:03}")
        house.messenger.gate[name] = release
        await house.queue(an_inquiry(), HELD, place=name)
    full = spawn(house.rota.delivery.run_once(), "a full pass")
    await house.messenger.begun.wait()
    assert (await house.rota.delivery.run_once()).attempts == 0
    release.set()
    assert (await full).fates == {Fate.SENT: 33}


async def test_passes_at_once(house: House) -> None:
    """Passes that begin together leave the taking to few of them, and everything is sent."""
    await house.open()
    for place in range(40):
        await house.queue(an_inquiry(), HELD, place=PlaceId(f"slack:T01:C{place:03}"))
    passes = await asyncio.gather(*(house.rota.delivery.run_once() for _ in range(10)))
    assert sum(done.attempts for done in passes) == 40


async def test_many_places(house: House) -> None:
    """More places than are spoken to at a time are all served, and a pass says when it stops early."""
    await house.open()
    for place in range(300):
        await house.queue(an_inquiry(), HELD, place=PlaceId(f"slack:T01:C{place:03}"))
    done = await house.rota.delivery.run_once()
    assert (done.fates, done.more) == ({Fate.SENT: 256}, True)
    assert (await house.rota.delivery.run_once()).fates == {Fate.SENT: 44}


async def test_two_workers(house: House) -> None:
    """Two workers delivering at once say everything once."""
    await house.open()
    for place in range(60):
        await house.queue(an_inquiry(), HELD, place=PlaceId(f"slack:T01:C{place:03}"))
    other = house.another_worker()
    one, two = await asyncio.gather(house.rota.delivery.run_once(), other.delivery.run_once())
    assert one.attempts + two.attempts == 60
    assert len({notice.id for notice in house.messenger.notices}) == 60


async def test_store_away_after_sending(house: House) -> None:
    """What was sent and could not be settled is found later, and not said twice."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    cut_off = house.another_worker(outbox=cast("Outbox", Interrupted(house.outbox, "settle")))
    with pytest.raises(Unavailable):
        await cut_off.delivery.run_once()
    await house.age(31)
    assert (await cut_off.delivery.run_once()).fates == {Fate.SENT: 1}
    assert len(house.messenger.said[SELLER_PLACE]) == 1


async def test_outbox_away(house: House) -> None:
    """A pass that can't take anything fails and leaves nothing behind; the next says when to come again."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    cut_off = house.another_worker(outbox=cast("Outbox", Interrupted(house.outbox, "take")))
    with pytest.raises(Unavailable):
        await cut_off.delivery.run_once()
    assert await cut_off.delivery.run_once() == Delivered(
        fates={Fate.SENT: 1}, reached=frozenset({WorkspaceId("slack:T01")}), again_in=house.messenger.pause
    )
