"""What becomes known late, or in another order than it was said: the clock goes by when it was said."""

from datetime import timedelta

from core.clock import due_at
from core.commands import Reopen, Withdraw
from core.inquiry import State, state_of
from core.notices import AnsweredInTime
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    SELLER,
    SELLER_PLACE,
    STAFF_PLACE,
    START,
    Office,
    heard,
)

HOUR = timedelta(hours=1)
WINDOW = 48 * HOUR


async def test_a_reply_answers_only_what_was_said_before_it(office: Office) -> None:
    """A reply known after the buyer's next message leaves that one unanswered: the window runs from it."""
    await office.opens()
    await office.told()
    office.now += 12 * HOUR
    for hours in (9, 10, 11):
        await office.writes(BUYER, "まだでしょうか", at=START + hours * HOUR)
    await office.told()
    await office.writes(SELLER, "発送しました", at=START + 9.5 * HOUR)
    assert heard(await office.told(), BUYER_PLACE) == ["Relayed"]
    inquiry = await office.inquiry()
    assert due_at(inquiry) == START + 10 * HOUR + WINDOW
    assert state_of(inquiry) is State.WAITING
    await office.writes(SELLER, "本日の便です", at=START + 10.5 * HOUR)
    assert due_at(await office.inquiry()) == START + 11 * HOUR + WINDOW
    await office.writes(SELLER, "番号はこちらです")
    assert due_at(await office.inquiry()) is None


async def test_a_reply_to_an_earlier_window_stops_no_later_one(office: Office) -> None:
    """What the seller said before the unanswered message is relayed, and leaves the window as it is."""
    await office.opens()
    await office.told()
    office.now += 10 * HOUR
    await office.writes(SELLER, "発送しました", at=START + 5 * HOUR)
    await office.writes(BUYER, "届きません", at=START + 9 * HOUR)
    await office.told()
    await office.writes(SELLER, "確認します", at=START + 3 * HOUR)
    assert heard(await office.told(), BUYER_PLACE) == ["Relayed"]
    assert due_at(await office.inquiry()) == START + 9 * HOUR + WINDOW


async def test_a_late_reply_to_an_earlier_window_undoes_no_miss(office: Office) -> None:
    """A reply from before the window that was missed is not taken for one in time."""
    await office.opens()
    await office.told()
    await office.passes(hours=5)
    await office.writes(SELLER, "確認します")
    await office.passes(hours=1)
    await office.writes(BUYER, "届きません")
    await office.passes(hours=50)
    await office.told()
    await office.writes(SELLER, "少々お待ちを", at=START + 4 * HOUR)
    assert heard(await office.told(), STAFF_PLACE) == []
    assert (await office.inquiry()).missed_at == START + 6 * HOUR + WINDOW


async def test_a_reply_in_time_is_told_though_the_buyer_wrote_on(office: Office) -> None:
    """A reply in time, known after the miss, takes it back; what came after it has a new window."""
    await office.opens()
    await office.passes(hours=50)
    await office.writes(BUYER, "返事がありません")
    await office.told()
    await office.writes(SELLER, "先ほど発送", at=START + 40 * HOUR)
    told = await office.told()
    assert [type(notice.what) for notice in told if notice.place == STAFF_PLACE] == [AnsweredInTime]
    inquiry = await office.inquiry()
    assert (inquiry.missed_at, due_at(inquiry)) == (None, START + 50 * HOUR + WINDOW)


async def test_a_reply_from_before_the_reopening_stops_nothing(office: Office) -> None:
    """Whoever reopens waits for an answer given after that."""
    await office.opens()
    await office.told()
    await office.passes(hours=2)
    await office.does(Withdraw, BUYER, number=1)
    await office.does(Reopen, BUYER, number=1)
    await office.writes(SELLER, "発送しました", at=START + HOUR)
    assert due_at(await office.inquiry()) == START + 2 * HOUR + WINDOW


async def test_no_reply_is_older_than_the_inquiry(office: Office) -> None:
    """A reply whose platform's clock is behind ours still answers the opening."""
    await office.opens()
    await office.told()
    await office.writes(SELLER, "はい", at=START - timedelta(seconds=3))
    assert due_at(await office.inquiry()) is None


async def test_a_buyer_who_writes_without_end(office: Office) -> None:
    """Of very many unanswered messages the latest are remembered; none is left without a window."""
    await office.opens()
    await office.told()
    for minutes in range(1, 41):
        office.now = START + timedelta(minutes=minutes)
        await office.writes(BUYER, "もしもし")
    inquiry = await office.inquiry()
    assert len(inquiry.later) == 20
    assert due_at(inquiry) == START + WINDOW
    await office.writes(SELLER, "はい", at=START + timedelta(minutes=5))
    assert due_at(await office.inquiry()) == START + timedelta(minutes=21) + WINDOW
    assert heard(await office.told(), SELLER_PLACE) == ["Relayed"] * 40
