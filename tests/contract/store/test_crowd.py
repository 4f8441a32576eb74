"""Many people at the desk at once: everybody is served, and each place in its order."""

import asyncio

from core.answers import Opened, Sent
from core.commands import Actor, OpenInquiry, PostMessage
from core.desk import FrontDesk
from core.ids import Key, PersonId
from core.notices import Notice, Relayed
from core.policy import Limits
from core.records import Party, Topic, Wish
from core.text import Foreign
from tests.contract.store.conftest import Kept
from tests.contract.store.things import (
    BUYER,
    BUYER_PLACE,
    DESK,
    NOON,
    SELLER_PLACE,
    STAFF_PLACE,
    a_desk,
    a_seller,
    an_inquiry,
    decided,
)
from tests.contract.store.turns import drained
from tests.unit.core.office import MARKET

CROWD = 30
PEOPLE = {
    Party.BUYER: (BUYER, BUYER_PLACE),
    Party.SELLER: (PersonId("slack:T01:U09"), SELLER_PLACE),
    Party.STAFF: (PersonId("slack:T01:U01"), STAFF_PLACE),
}


def _says(party: Party, n: int) -> PostMessage:
    person, place = PEOPLE[party]
    return PostMessage(
        key=Key(f"m:{place}:{n}"),
        desk=DESK,
        actor=Actor(person=person, name=Foreign("-"), lang="ja", place=place),
        text=Foreign(f"{n}"),
        at=NOON,
        number=1,
        to=Party.BUYER if party is Party.STAFF else None,
    )


async def _open(kept: Kept) -> FrontDesk:
    limits = Limits(messages_a_minute=CROWD)
    await kept.store.commit(decided(a_desk(limits=limits), a_seller(), an_inquiry()))
    return FrontDesk(kept.store, {"amazon-jp": MARKET}, lambda: NOON)


async def test_a_burst_in_one_place_is_relayed_whole_and_in_order(kept: Kept) -> None:
    """Thirty messages at once from one place all go, in the order in which they came."""
    desk = await _open(kept)
    answers = await asyncio.gather(*(desk.handle(_says(Party.BUYER, n)) for n in range(CROWD)))
    assert {type(answer) for answer in answers} == {Sent}
    said = [one.what for one in await drained(kept) if isinstance(one, Notice)]
    assert [what.text.raw for what in said if isinstance(what, Relayed)] == [str(n) for n in range(CROWD)]


async def test_all_sides_may_write_at_once(kept: Kept) -> None:
    """Buyer, seller and staff writing at once about one inquiry are all heard, once each."""
    desk = await _open(kept)
    written = [_says(party, n) for n in range(CROWD) for party in Party]
    answers = await asyncio.gather(*(desk.handle(each) for each in written + written))
    assert {type(answer) for answer in answers} == {Sent}
    shown = await kept.store.shown(DESK, 1)
    assert shown is not None
    assert shown.inquiry.messages == 3 * CROWD
    assert len(shown.entries) == 3 * CROWD


async def test_a_form_that_arrives_twice_at_once_opens_once(kept: Kept) -> None:
    """The same form, delivered to two processes at the same moment, opens one inquiry."""
    processes = [await _open(kept), FrontDesk(kept.store, {"amazon-jp": MARKET}, lambda: NOON)]
    form = OpenInquiry(
        key=Key("v:V1"),
        desk=DESK,
        actor=_says(Party.BUYER, 0).actor,
        seller=a_seller().id,
        order_number="",
        topic=Topic.OTHER,
        wish=Wish.ANSWER,
        text=Foreign("-"),
        at=NOON,
    )
    first, second, third = await asyncio.gather(*(desk.handle(form) for desk in (*processes, processes[0])))
    assert isinstance(first, Opened)
    assert first == second == third
    assert (await kept.store.listing(DESK, f"buyer:{BUYER}", 20)).total == 2
