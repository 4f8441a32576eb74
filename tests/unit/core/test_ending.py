"""How an inquiry ends, and begins again: solved, withdrawn, closed, reopened."""

from datetime import timedelta

import pytest

from core.answers import Did, Sent
from core.clock import due_at, next_alarm
from core.commands import BlockPerson, Close, DenySolved, Hold, Reopen, SaySolved, Withdraw
from core.inquiry import State, index_entries, state_of
from core.notices import Card, Closed
from core.records import Outcome, Party
from core.refusal import Refusal
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    DESK,
    SELLER,
    SELLER_PLACE,
    STAFF,
    START,
    STRANGER,
    Office,
    heard,
)


async def test_solved_by_the_seller_asks_the_buyer(office: Office) -> None:
    """The seller's "solved" asks; the clock runs until the buyer confirms, which closes it."""
    await office.opens()
    await office.told()
    await office.does(SaySolved, SELLER, number=1)
    assert heard(await office.told(), BUYER_PLACE) == ["SolvedAsked"]
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)
    await office.does(SaySolved, BUYER, number=1)
    told = await office.told()
    assert heard(told, SELLER_PLACE) == ["Closed"]
    inquiry = await office.inquiry()
    assert (inquiry.outcome, next_alarm(inquiry), index_entries(inquiry)) == (
        Outcome.SOLVED,
        None,
        frozenset(),
    )


async def test_solved_denied_goes_on(office: Office) -> None:
    """The buyer says no: the seller is told, and the running window stays as it was."""
    await office.opens()
    await office.told()
    await office.does(SaySolved, SELLER, number=1)
    await office.does(DenySolved, BUYER, number=1)
    assert heard(await office.told(), SELLER_PLACE) == ["SolvedDenied"]
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)


async def test_solved_denied_after_a_reply_starts_a_window(office: Office) -> None:
    """Where no clock ran, the buyer's "not solved" starts one: they wait again."""
    await office.opens()
    await office.told()
    await office.writes(SELLER, "交換品を送りました")
    await office.does(SaySolved, SELLER, number=1)
    office.now += timedelta(hours=3)
    await office.does(DenySolved, BUYER, number=1)
    assert due_at(await office.inquiry()) == START + timedelta(hours=51)


async def test_writing_again_says_not_solved(office: Office) -> None:
    """A buyer who writes on after being asked has not confirmed."""
    await office.opens()
    await office.told()
    await office.does(SaySolved, SELLER, number=1)
    await office.writes(BUYER, "まだ届いていません")
    assert state_of(await office.inquiry()) is State.WAITING
    nothing = await office.does(DenySolved, BUYER, number=1)
    assert isinstance(nothing, Refusal)
    assert nothing.reason == "not_asked"


async def test_withdrawn_by_the_buyer(office: Office) -> None:
    """The buyer takes it back; the seller is told; nothing rings."""
    await office.opens()
    await office.told()
    assert isinstance(await office.does(Withdraw, BUYER, number=1), Did)
    (closed,) = await office.told()
    assert isinstance(closed.what, Closed)
    assert closed.what.outcome is Outcome.WITHDRAWN
    assert await office.passes(days=30) == []


async def test_closed_by_staff_tells_both(office: Office) -> None:
    """Staff close with an outcome; buyer and seller are told."""
    await office.opens()
    await office.told()
    await office.does(Close, STAFF, number=1, outcome=Outcome.REFUNDED)
    told = await office.told()
    assert heard(told, BUYER_PLACE) == heard(told, SELLER_PLACE) == ["Closed"]


async def test_buyer_may_not_decide_on_a_refund(office: Office) -> None:
    """The buyer's outcomes are solved and withdrawn."""
    await office.opens()
    answer = await office.does(Close, BUYER, number=1, outcome=Outcome.REFUNDED)
    assert isinstance(answer, Refusal)
    assert answer.reason == "not_allowed"


async def test_message_to_a_closed_inquiry_is_kept(office: Office) -> None:
    """A message to a closed inquiry is refused with an offer to reopen, and kept as a draft."""
    await office.opens()
    await office.told()
    await office.does(Withdraw, BUYER, number=1)
    answer = await office.writes(BUYER, "やはり届きません")
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.offer, answer.kept) == ("closed", "reopen", True)
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert draft.kept[1].raw == "やはり届きません"


async def test_reopened_with_a_new_window(office: Office) -> None:
    """Reopening starts a new window at once, and a message sent then empties what was kept."""
    await office.opens()
    await office.told()
    await office.does(Withdraw, BUYER, number=1)
    await office.writes(BUYER, "やはり届きません")
    office.now += timedelta(hours=1)
    await office.does(Reopen, BUYER, number=1)
    assert due_at(await office.inquiry()) == START + timedelta(hours=49)
    assert isinstance(await office.writes(BUYER, "やはり届きません"), Sent)
    assert await office.desk.draft(DESK, BUYER.person) is None


@pytest.mark.parametrize(
    ("command", "fields", "reason"),
    [
        (Reopen, {}, "not_closed"),
        (DenySolved, {}, "not_asked"),
        (SaySolved, {"by": STRANGER}, "unknown_inquiry"),
        (Withdraw, {"by": SELLER}, "not_allowed"),
        (Close, {"by": SELLER, "outcome": Outcome.SOLVED}, "not_allowed"),
        (Withdraw, {"number": 99}, "unknown_inquiry"),
    ],
)
async def test_what_cannot_be_done(
    office: Office, command: type, fields: dict[str, object], reason: str
) -> None:
    """Each act that doesn't fit the state or the person is refused with its reason, and changes nothing."""
    await office.opens()
    before = await office.inquiry()
    given = {"number": 1, "by": BUYER, **fields}
    answer = await office.does(command, given.pop("by"), **given)  # type: ignore[arg-type]  # a table's values
    assert isinstance(answer, Refusal)
    assert answer.reason == reason
    assert await office.inquiry() == before


async def test_pressed_twice(office: Office) -> None:
    """The second press of a button that closes finds it closed; nobody is told twice."""
    await office.opens()
    await office.told()
    await office.does(Withdraw, BUYER, number=1)
    answer = await office.does(Withdraw, BUYER, number=1)
    assert isinstance(answer, Refusal)
    assert answer.reason == "already_closed"
    assert heard(await office.told(), SELLER_PLACE) == ["Closed"]


async def test_only_who_may_reopen_is_offered_it(office: Office) -> None:
    """The seller's message to a closed inquiry is refused without a button that they may not press."""
    await office.opens()
    await office.told()
    await office.does(Withdraw, BUYER, number=1)
    answer = await office.writes(SELLER, "返金しました")
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.offer, answer.kept) == ("closed", "", True)


async def test_blocked_buyer_starts_no_window(office: Office) -> None:
    """A blocked buyer can end their inquiry, but neither reopen it nor say that it is not solved."""
    await office.opens()
    await office.told()
    await office.does(SaySolved, SELLER, number=1)
    await office.does(BlockPerson, STAFF, person=BUYER.person, blocked=True)
    for command in (DenySolved, Withdraw, Reopen):
        answer = await office.does(command, BUYER, number=1)
        assert getattr(answer, "reason", "did") == ("did" if command is Withdraw else "blocked")
    assert isinstance(await office.does(Reopen, STAFF, number=1), Did)


async def test_reopening_counts_as_open(office: Office) -> None:
    """A buyer at the limit of open inquiries can't go beyond it by reopening; staff can for them."""
    await office.opens()
    await office.does(Withdraw, BUYER, number=1)
    for _ in range(20):
        office.now += timedelta(minutes=1)
        await office.opens()
    answer = await office.does(Reopen, BUYER, number=1)
    assert isinstance(answer, Refusal)
    assert answer.reason == "too_many_open"
    assert isinstance(await office.does(Reopen, STAFF, number=1), Did)


async def test_cards_follow_what_happens_while_the_buyer_is_asked(office: Office) -> None:
    """A holding reply while the buyer is asked whether it is solved is shown on all cards."""
    await office.opens()
    await office.does(SaySolved, SELLER, number=1)
    await office.told()
    await office.does(Hold, SELLER, number=1)
    waiting = [lease.item for lease in await office.store.outbox.take(10)]
    assert {item.party for item in waiting if isinstance(item, Card)} == set(Party)
