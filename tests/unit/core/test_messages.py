"""Who wrote, who reads it, and what is refused: lines, notes, limits, strangers, repeats."""

from datetime import timedelta

import pytest

from core.answers import Nothing, Sent
from core.clock import due_at
from core.commands import AddNote, BlockPerson, PostMessage, Reopen, Withdraw
from core.desk import Showing
from core.ids import Key
from core.notices import Relayed
from core.records import Entered, Party
from core.refusal import Refusal
from core.text import MESSAGE_LIMIT, Foreign
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    DESK,
    PHOTO,
    SELLER,
    SELLER_PLACE,
    STAFF,
    STAFF_PLACE,
    START,
    STRANGER,
    Office,
    actor,
    heard,
    pinged,
)


async def test_notes_reach_nobody_else(office: Office) -> None:
    """What is written under the staff's card stays there, whoever writes it; only staff read it later."""
    await office.opens()
    await office.told()
    for who in ("sato", "hanako", "aoi"):
        assert isinstance(await office.writes(actor(who, STAFF_PLACE), "内緒"), Nothing)
    assert await office.told() == []
    for reader, notes in ((BUYER, 0), (SELLER, 0), (STAFF, 3)):
        showing = await office.desk.show(DESK, 1, reader)
        assert isinstance(showing, Showing)
        assert sum(entry.kind is Entered.NOTE for entry in showing.shown.entries) == notes
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)


async def test_note_by_form_is_posted_among_staff(office: Office) -> None:
    """A note written in a form appears in the staff's thread, and only there."""
    await office.opens()
    await office.told()
    await office.does(AddNote, STAFF, number=1, text=Foreign("返金対応中"), at=office.now)
    told = await office.told()
    assert heard(told, STAFF_PLACE) == ["Relayed"]
    assert len(told) == 1


@pytest.mark.parametrize(("to", "place"), [(Party.BUYER, BUYER_PLACE), (Party.SELLER, SELLER_PLACE)])
async def test_staff_write_to_either_side(office: Office, to: Party, place: str) -> None:
    """Staff write to buyer or seller by a form; it is relayed to that side alone and stops no clock."""
    await office.opens()
    await office.told()
    answer = await office.does(PostMessage, STAFF, number=1, to=to, text=Foreign("確認中です"), at=office.now)
    assert isinstance(answer, Sent)
    told = await office.told()
    assert [(notice.place, type(notice.what)) for notice in told] == [(place, Relayed)]
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)


async def test_bystander_in_the_sellers_place_is_the_sellers(office: Office) -> None:
    """Any other person in the seller's place answers for the seller."""
    await office.opens()
    await office.told()
    await office.writes(actor("shinjin", SELLER_PLACE), "私が対応します")
    assert pinged(await office.told(), Relayed) == (BUYER.person,)
    assert due_at(await office.inquiry()) is None


async def test_delivered_three_times_changes_once(office: Office) -> None:
    """The same message delivered again is answered the same and changes nothing."""
    await office.opens()
    await office.told()
    answers = [await office.writes(BUYER, "まだですか", key=Key("m:same")) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert heard(await office.told(), SELLER_PLACE) == ["Relayed"]
    assert (await office.inquiry()).messages == 2


async def test_too_long_is_kept_not_relayed(office: Office) -> None:
    """A message over 4,000 characters is refused with both numbers, kept, and not relayed."""
    await office.opens()
    await office.told()
    answer = await office.writes(BUYER, "長" * 5_000)
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.limit, answer.got, answer.kept) == ("too_long", MESSAGE_LIMIT, 5_000, True)
    assert await office.told() == []
    draft = await office.desk.draft(DESK, BUYER.person)
    assert draft is not None
    assert len(draft.kept[1]) == 5_000


async def test_empty_is_refused_but_files_are_something(office: Office) -> None:
    """An empty message is refused; one with a file goes, and the file goes after it."""
    await office.opens()
    await office.told()
    empty = await office.writes(BUYER, "  ")
    assert isinstance(empty, Refusal)
    assert empty.reason == "empty_message"
    sent = await office.writes(BUYER, "", files=(PHOTO,))
    assert sent == Sent(number=1, to=Party.SELLER, due_at=due_at(await office.inquiry()))
    assert heard(await office.told(), SELLER_PLACE) == ["Relayed", "Carried"]


async def test_too_many_messages_a_minute(office: Office) -> None:
    """The twenty-first message within a minute is refused and kept; a minute later it goes."""
    await office.opens()
    await office.told()
    answers = [await office.writes(BUYER, f"{n}") for n in range(20)]
    assert [type(answer) for answer in answers] == [Sent] * 19 + [Refusal]
    office.now += timedelta(minutes=1)
    assert isinstance(await office.writes(BUYER, "もう一度"), Sent)


async def test_reading_back_a_gap_refuses_nobody(office: Office) -> None:
    """Thirty messages written over an hour and read back at once are all taken."""
    await office.opens()
    await office.told()
    office.now += timedelta(hours=2)
    answers = [await office.writes(BUYER, f"{n}", at=START + timedelta(minutes=2 * n)) for n in range(1, 31)]
    assert {type(answer) for answer in answers} == {Sent}


async def test_blocked_person_is_kept_out(office: Office) -> None:
    """A blocked person can neither write nor open, and can again once unblocked."""
    await office.opens()
    await office.told()
    await office.does(BlockPerson, STAFF, person=BUYER.person, blocked=True)
    written, opened = await office.writes(BUYER, "まだ?"), await office.opens()
    assert [getattr(answer, "reason", "") for answer in (written, opened)] == ["blocked", "blocked"]
    await office.does(BlockPerson, STAFF, person=BUYER.person, blocked=False)
    assert isinstance(await office.writes(BUYER, "まだ?"), Sent)


async def test_stranger_learns_nothing(office: Office) -> None:
    """To a stranger an inquiry does not exist, and neither does one of another desk."""
    await office.opens()
    for number in (1, 77):
        answer = await office.desk.show(DESK, number, STRANGER)
        assert isinstance(answer, Refusal)
        assert answer.reason == "unknown_inquiry"
    sent = await office.does(PostMessage, STRANGER, number=1, text=Foreign("?"), at=office.now)
    assert isinstance(sent, Refusal)


async def test_future_message_counts_as_now(office: Office) -> None:
    """A message that claims to be from the future is taken as written now."""
    await office.opens()
    await office.told()
    await office.writes(SELLER, "はい")
    await office.writes(BUYER, "では", at=office.now + timedelta(days=3))
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)


async def test_what_was_refused_stays_refused(office: Office) -> None:
    """A refused message that is read back later is answered as before, and not relayed unasked."""
    await office.opens()
    await office.told()
    await office.does(Withdraw, BUYER, number=1)
    refused = await office.writes(BUYER, "やはり届きません", key=Key("m:1"))
    await office.does(Reopen, BUYER, number=1)
    await office.told()
    assert await office.writes(BUYER, "やはり届きません", key=Key("m:1")) == refused
    assert await office.told() == []


async def test_a_note_too_long_is_not_said_to_be_kept(office: Office) -> None:
    """A refused note is in no draft, so that no form for a message to others begins with it."""
    await office.opens()
    await office.told()
    answer = await office.writes(STAFF, "長" * 5_000)
    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.kept) == ("too_long", False)
    assert await office.desk.draft(DESK, STAFF.person) is None
