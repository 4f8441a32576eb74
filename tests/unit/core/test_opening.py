"""Opening an inquiry by the form: limits, refusals that keep what was typed, sellers without a place."""

from datetime import timedelta
from typing import Any

import pytest

from core.answers import Opened
from core.commands import BlockPerson
from core.desk import Listing
from core.ids import Key, SellerId
from core.order_number import order_number
from core.records import Topic
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.core.office import (
    BUYER,
    DESK,
    MARKET,
    ORDER,
    SELLER,
    SELLER_PLACE,
    STAFF,
    STAFF_PLACE,
    Office,
    actor,
    heard,
)


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"seller": None}, "unknown_seller", "seller"),
        ({"seller": SellerId("nobody")}, "unknown_seller", "seller"),
        ({"order_number": "12345"}, "order_number", "order_number"),
        ({"order_number": "503-1234567-12345678"}, "order_number", "order_number"),
        ({"text": ""}, "empty_message", "text"),
        ({"text": "長" * 4_001}, "too_long", "text"),
    ],
)
async def test_refused_and_kept(office: Office, fields: dict[str, Any], reason: str, field: str) -> None:
    """A refusal names the field, what was typed is in the draft, and the corrected form goes."""
    given = {"text": "まだ届きません", **fields}
    answer = await office.opens(**given)
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.field) == (reason, field)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert (draft.text, draft.topic) == (Foreign(given["text"]), Topic.NOT_ARRIVED)
    assert await office.told() == []
    assert isinstance(await office.opens(), Opened)
    assert await office.desk.draft(DESK, BUYER.person) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("503-1234567-1234567", ORDER),
        ("５０３－１２３４５６７－１２３４５６７", ORDER),
        (" 503 ‐ 1234567ー1234567 ", ORDER),
        ("D01-1234567-1234567", "D01-1234567-1234567"),
        ("", ""),
        ("なし", ""),
        ("5031234567", None),
        ("カスタマー", None),
        ("503-1234567-1234567 と 249-1234567-1234567", None),
    ],
)
def test_order_numbers_as_typed(typed: str, meant: str | None) -> None:
    """Width and dashes are the typist's own; anything else is refused rather than guessed."""
    assert order_number(MARKET, typed) == meant


async def test_same_form_sent_twice_opens_once(office: Office) -> None:
    """A form delivered again is answered with the inquiry it opened."""
    first = await office.opens(key=Key("view:1"))
    assert await office.opens(key=Key("view:1")) == first
    listing = await office.desk.list_open(DESK, BUYER)
    assert isinstance(listing, Listing)
    assert listing.listed.total == 1


async def test_seller_without_a_place(office: Office) -> None:
    """A seller with no place can't be reached: the buyer keeps what they wrote, and staff are told once."""
    await office.add_seller("どこでもない店", None)
    sellers = await office.store.sellers(DESK)
    nowhere = next(one for one in sellers if one.place is None)
    for _ in range(2):
        answer = await office.opens(seller=nowhere.id, key=Key("view:1"))
        assert isinstance(answer, Refusal)
        assert (answer.reason, answer.kept) == ("seller_unreachable", True)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert (draft.text.raw, draft.seller) == ("まだ届きません", nowhere.id)
    assert heard(await office.told(), STAFF_PLACE) == ["NotReached"]


async def test_too_many_open(office: Office) -> None:
    """The twenty-first open inquiry of one person is refused."""
    answers = []
    for _ in range(21):
        office.now = office.now.replace(minute=(office.now.minute + 1) % 60)
        answers.append(await office.opens())
    assert [type(answer) for answer in answers] == [Opened] * 20 + [Refusal]
    assert getattr(answers[-1], "reason", "") == "too_many_open"


async def test_lists_are_each_ones_own(office: Office) -> None:
    """A buyer lists their own inquiries, the seller's place that seller's, staff all."""
    await office.opens()
    await office.opens(by=actor("jiro"))
    totals = []
    for reader in (BUYER, actor("jiro"), SELLER, STAFF, actor("dareka")):
        listing = await office.desk.list_open(DESK, reader)
        assert isinstance(listing, Listing)
        totals.append(listing.listed.total)
    assert totals == [1, 1, 2, 2, 0]


async def test_without_a_desk() -> None:
    """Before a desk is set up, whoever opens is told so."""
    answer = await Office().opens()
    assert isinstance(answer, Refusal)
    assert answer.reason == "no_desk"


async def test_blocked_before_anything_else(office: Office) -> None:
    """A blocked person is told only that."""
    await office.does(BlockPerson, STAFF, person=BUYER.person, blocked=True)
    answer = await office.opens(order_number="?")
    assert isinstance(answer, Refusal)
    assert answer.reason == "blocked"


async def test_sellers_who_share_a_place_are_listed_together(office: Office) -> None:
    """In a place where two sellers are reached, the inquiries of both are listed, most pressing first."""
    await office.add_seller("青空別館", SELLER_PLACE)
    for seller in [*await office.store.sellers(DESK)] * 2:
        office.now += timedelta(minutes=1)
        await office.opens(seller=seller.id)
    listing = await office.desk.list_open(DESK, SELLER)
    assert isinstance(listing, Listing)
    assert [one.number for one in listing.listed.inquiries] == [1, 2, 3, 4]
    assert listing.listed.total == 4
