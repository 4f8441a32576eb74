"""What can't be delivered: kept or dropped, and somebody hears of it, once."""

from typing import cast

import pytest

from core.errors import Misconfigured, Unavailable, Undeliverable
from core.ids import PlaceId, WorkspaceId, dm_with
from core.notices import Held, Trouble, Undelivered
from core.ports import Store
from core.records import Party
from scheduler.passes import Fate
from tests.clocks import NOON
from tests.contract.scheduler.house import LEAD, House, line_at
from tests.contract.scheduler.voices import Interrupted
from tests.contract.store.things import (
    SELLER_PLACE,
    STAFF_PLACE,
    a_card,
    a_notice,
    an_inquiry,
)

HELD = Held(number=1, due_at=NOON)
GONE = Undeliverable("not_in_channel", place_lost=True)
REFUSED = Undeliverable("platform_refused", place_lost=False)


async def test_place_lost(house: House) -> None:
    """What waits for a place Henji was removed from is kept, and staff hear of it once a day."""
    inquiry = an_inquiry()
    await house.open(1, a_card(inquiry), a_notice(inquiry))
    house.messenger.wrong[SELLER_PLACE].extend([GONE, GONE])
    assert (await house.deliver()).fates == {Fate.KEPT: 1, Fate.SENT: 1}
    await house.age(600)
    assert (await house.deliver()).fates == {Fate.KEPT: 1}
    undelivered = Undelivered(number=1, to=Party.SELLER, place=SELLER_PLACE, why="not_in_channel", kept=True)
    assert house.told() == [undelivered]
    assert house.messenger.said[SELLER_PLACE] == []


async def test_place_lost_again_the_next_day(house: House) -> None:
    """A place that is still lost the next day is told of again."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    house.messenger.wrong[SELLER_PLACE].extend([GONE, GONE])
    await house.deliver()
    house.clock.advance(hours=24)
    await house.age(600)
    await house.deliver()
    assert [type(what) for what in house.told()] == [Undelivered, Undelivered]


async def test_place_found_again(house: House) -> None:
    """When Henji is invited back, what was kept goes out at once, in its order."""
    inquiry = an_inquiry()
    await house.open(1, a_card(inquiry), a_notice(inquiry))
    house.messenger.wrong[SELLER_PLACE].append(GONE)
    await house.deliver()
    await house.outbox.wake(SELLER_PLACE, inquiry.desk)
    await house.deliver()
    assert len(house.messenger.said[SELLER_PLACE]) == 2


async def test_staff_place_lost(house: House) -> None:
    """When the staff place itself is lost, the lead hears of it in their DM."""
    await house.open()
    await house.queue(an_inquiry(), HELD, place=STAFF_PLACE)
    house.messenger.wrong[STAFF_PLACE].append(GONE)
    await house.deliver()
    assert [notice.place for notice in house.messenger.notices] == [dm_with(LEAD)]


async def test_refused_by_the_platform(house: House) -> None:
    """A notice that its place will never take is dropped, staff are told which, and the next one goes out."""
    await house.open()
    _, second = await house.queue(an_inquiry(), HELD, HELD)
    house.messenger.wrong[SELLER_PLACE].append(REFUSED)
    assert (await house.deliver()).fates == {Fate.DROPPED: 1, Fate.SENT: 2}
    told = {notice.place: notice for notice in house.messenger.notices}
    assert told[SELLER_PLACE] == second
    assert told[STAFF_PLACE].what == Undelivered(
        number=1, to=Party.SELLER, place=SELLER_PLACE, why="platform_refused", kept=False
    )


async def test_no_cascade(house: House) -> None:
    """That a notice about a failure could not be delivered is not told in turn."""
    await house.open()
    await house.queue(an_inquiry(), Trouble(number=0, kind="sweep_late"), place=STAFF_PLACE)
    house.messenger.wrong[STAFF_PLACE].append(REFUSED)
    assert (await house.deliver()).fates == {Fate.DROPPED: 1}


async def test_everything_lost(house: House) -> None:
    """When no place can be reached at all, telling of it comes to an end."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    for place in (SELLER_PLACE, STAFF_PLACE, dm_with(LEAD)):
        house.messenger.wrong[place].extend([GONE] * 20)
    assert (await house.deliver()).fates == {Fate.KEPT: 3}
    await house.age(600)
    assert (await house.deliver()).fates == {Fate.KEPT: 3}


async def test_deleted_card(house: House) -> None:
    """A card that people deleted is not drawn again, and staff hear of it once."""
    inquiry = an_inquiry()
    await house.open(1, a_card(inquiry))
    await house.deliver()
    for _ in range(2):
        house.messenger.wrong[SELLER_PLACE].append(REFUSED)
        await house.outdate_card(1)
        await house.deliver()
    assert [type(what) for what in house.told()] == [Undelivered]
    assert house.messenger.drawn == []


async def test_misconfigured(house: House) -> None:
    """Where the platform's setup is wrong, everything waits, staff are told once, and the status says so."""
    await house.open(1)
    await house.open(2, lines=line_at(PlaceId("slack:T01:C08")))
    await house.queue(an_inquiry(1), HELD)
    await house.queue(an_inquiry(2), HELD, place=PlaceId("slack:T01:C08"))
    wrong = Misconfigured("SLACK_BOT_TOKEN", "is revoked.", "Install the app again.")
    for place in (SELLER_PLACE, PlaceId("slack:T01:C08")):
        house.messenger.wrong[place].append(wrong)
    done = await house.rota.delivery.run_once()
    assert done.misconfigured == {WorkspaceId("slack:T01")}
    await house.age(60)
    assert (await house.deliver()).fates == {Fate.SENT: 3}
    assert sum(isinstance(what, Undelivered) for what in house.told()) == 1


async def test_unexpected_error(house: House) -> None:
    """A bug in a messenger holds up one place, is told to staff, and leads to nothing being said twice."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    house.messenger.wrong[SELLER_PLACE].append(KeyError("a bug"))
    assert (await house.deliver()).fates == {Fate.BROKEN: 1, Fate.SENT: 1}
    await house.age(60)
    await house.deliver()
    assert [type(what) for what in house.told()] == [Undelivered, Held]
    assert len(house.messenger.looked_for) == 1


async def test_store_away_while_telling(house: House) -> None:
    """A notice is not dropped before somebody has been told of it."""
    await house.open()
    await house.queue(an_inquiry(), HELD)
    house.messenger.wrong[SELLER_PLACE].extend([REFUSED, REFUSED])
    cut_off = house.another_worker(store=cast("Store", Interrupted(house.store, "commit")))
    with pytest.raises(Unavailable):
        await cut_off.delivery.run_once()
    await house.age(31)
    assert (await cut_off.delivery.run_once()).fates == {Fate.DROPPED: 1}
    await house.deliver()
    assert [type(what) for what in house.told()] == [Undelivered]
