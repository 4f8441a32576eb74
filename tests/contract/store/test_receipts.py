"""Receipts: which inquiry and which line a message of a place belongs to."""

from core.decision import Scope, Snapshot
from core.ids import DeskId, Key, MessageId, PlaceId
from core.records import Party
from tests.contract.store.conftest import Kept
from tests.contract.store.things import (
    DESK,
    SELLER_PLACE,
    STAFF_PLACE,
    a_card,
    a_notice,
    a_seller,
    an_inquiry,
    decided,
    moved,
)
from tests.contract.store.turns import delivered

CARD, NOTICE = MessageId("1700.1"), MessageId("1700.2")


async def _said(kept: Kept) -> None:
    """The seller's line of #1 has its card and one notice; #2 has nothing."""
    inquiry = an_inquiry()
    await kept.store.commit(decided(a_seller(), inquiry, queue=[a_notice(inquiry), a_card(inquiry)]))
    await kept.store.commit(decided(an_inquiry(2)))
    await delivered(kept, receipt=CARD)
    await delivered(kept, receipt=NOTICE)


async def _found(
    kept: Kept, message: MessageId, place: PlaceId = SELLER_PLACE, desk: DeskId = DESK
) -> Snapshot:
    return await kept.store.read(Scope(desk=desk, key=Key("k"), message=(place, message)))


async def test_a_message_finds_its_inquiry_and_its_line(kept: Kept) -> None:
    """By the card and by any notice under it; with the inquiry's own seller."""
    await _said(kept)
    for message in (CARD, NOTICE):
        snapshot = await _found(kept, message)
        assert (snapshot.inquiry, snapshot.party) == (an_inquiry(), Party.SELLER)
        assert snapshot.seller == a_seller()


async def test_a_message_is_known_in_its_place_only(kept: Kept) -> None:
    """The same id elsewhere, in another desk, or an id never seen finds nothing."""
    await _said(kept)
    for snapshot in (
        await _found(kept, CARD, STAFF_PLACE),
        await _found(kept, CARD, desk=DeskId("other")),
        await _found(kept, MessageId("1700.3")),
    ):
        assert (snapshot.inquiry, snapshot.party) == (None, None)


async def test_a_card_is_known_for_ever_and_the_rest_for_thirty_days(kept: Kept) -> None:
    """What hangs from a card never loses its inquiry; an old notice is forgotten, to save memory."""
    await _said(kept)
    await kept.age(29 * 86_400)
    assert (await _found(kept, NOTICE)).inquiry is not None
    await kept.age(2 * 86_400)
    assert (await _found(kept, NOTICE)).inquiry is None
    assert (await _found(kept, CARD)).inquiry is not None


async def test_a_card_drawn_again_is_the_same_card(kept: Kept) -> None:
    """An update leaves the line's root as it is, with or without a receipt of its own."""
    await _said(kept)
    for version, receipt in ((1, CARD), (2, None)):
        before = an_inquiry(version=version)
        await kept.store.commit(decided(moved(before), before=before, queue=[a_card(before)]))
        assert (await delivered(kept, receipt=receipt)).root == CARD
    assert await kept.store.roots([(DESK, 1)]) == [{Party.SELLER: CARD}]


async def test_a_number_named_goes_before_the_message(kept: Kept) -> None:
    """The message tells the line only where it belongs to the inquiry that was named."""
    await _said(kept)
    other = await kept.store.read(Scope(desk=DESK, key=Key("k"), number=2, message=(SELLER_PLACE, CARD)))
    assert (other.inquiry, other.party) == (an_inquiry(2), None)
    same = await kept.store.read(Scope(desk=DESK, key=Key("k"), number=1, message=(SELLER_PLACE, CARD)))
    assert (same.inquiry, same.party) == (an_inquiry(), Party.SELLER)
