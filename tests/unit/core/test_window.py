"""The reply window: what starts it, what stops it, and who is told when it closes."""

from datetime import timedelta

from core.answers import Did, Opened, Sent
from core.clock import due_at
from core.commands import Acknowledge, Hold, Mute, NeedNoReply, Snooze
from core.inquiry import State, state_of
from core.notices import AnsweredInTime, HeadsUp, Missed, Relayed, Reminded, StillOpen
from core.policy import Step
from core.records import Party
from core.refusal import Refusal
from tests.unit.core.office import (
    BUYER,
    BUYER_PLACE,
    DESK,
    SELLER,
    SELLER_PLACE,
    STAFF,
    STAFF_PLACE,
    START,
    Office,
    actor,
    heard,
    person,
    pinged,
)


async def test_opening_starts_the_window(office: Office) -> None:
    """An inquiry opened is due 48 hours later, and both sides read the message."""
    answer = await office.opens()
    told = await office.told()
    assert isinstance(answer, Opened)
    assert answer.due_at == START + timedelta(hours=48)
    assert heard(told, SELLER_PLACE) == heard(told, BUYER_PLACE) == ["Relayed"]
    assert heard(told, STAFF_PLACE) == []


async def test_reply_at_the_last_minute_stops_the_clock(office: Office) -> None:
    """A reply at 47:59 reaches the buyer, and nothing rings any more."""
    await office.opens()
    await office.told()
    await office.passes(hours=47, minutes=59)
    assert isinstance(await office.writes(SELLER, "本日発送しました"), Sent)
    told = await office.told()
    assert heard(told, BUYER_PLACE) == ["Relayed"]
    assert pinged(told, Relayed) == (BUYER.person,)
    assert await office.passes(days=30) == []
    assert state_of(await office.inquiry()) is State.ANSWERED


async def test_ladder_runs_to_its_end(office: Office) -> None:
    """Unanswered: seller, heads-up, the miss to buyer and staff, the lead four times, then staff weekly."""
    await office.opens()
    await office.told()
    told = await office.passes(days=20)
    kinds = [(type(notice.what).__name__, notice.mentions) for notice in told]
    aoi, sato, lead, hanako = person("aoi"), person("sato"), person("suzuki"), person("hanako")
    assert kinds[:3] == [("Reminded", (aoi,)), ("Reminded", (aoi,)), ("HeadsUp", (sato,))]
    assert sorted(kinds[3:5]) == [("Missed", (sato,)), ("WayOn", (hanako,))]
    assert kinds[5:9] == [("Escalated", (lead,))] * 4
    assert kinds[9:] == [("StillOpen", (sato,))] * 2


async def test_acknowledgement_ends_the_pings(office: Office) -> None:
    """Once someone has acknowledged, neither lead nor staff are pinged, and the clock goes on."""
    await office.opens()
    await office.passes(hours=49)
    await office.told()
    answer = await office.does(Acknowledge, STAFF, number=1)
    assert isinstance(answer, Did)
    before = await office.store.shown(DESK, 1)
    assert await office.passes(days=20) == []
    after = await office.store.shown(DESK, 1)
    assert before is not None
    assert after is not None
    assert before.entries == after.entries, "the log tells only what was told"
    inquiry = await office.inquiry()
    assert state_of(inquiry) is State.MISSED
    assert due_at(inquiry) is not None
    again = await office.does(Acknowledge, STAFF, number=1)
    assert isinstance(again, Refusal)
    assert again.reason == "already_acknowledged"


async def test_second_message_does_not_restart(office: Office) -> None:
    """The buyer writing twice keeps the first anchor; both messages reach the seller."""
    await office.opens()
    await office.told()
    await office.passes(hours=10)
    await office.writes(BUYER, "追伸です")
    assert heard(await office.told(), SELLER_PLACE) == ["Relayed"]
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)


async def test_next_message_starts_a_new_window(office: Office) -> None:
    """After a reply, the buyer's next message is the anchor of a new window."""
    await office.opens()
    await office.told()
    await office.passes(hours=5)
    await office.writes(SELLER, "確認します")
    await office.passes(hours=5)
    await office.writes(BUYER, "いつ届きますか")
    assert due_at(await office.inquiry()) == START + timedelta(hours=58)


async def test_staff_in_the_sellers_thread_stop_nothing(office: Office) -> None:
    """Staff writing under the seller's card are recorded, and the window runs on."""
    await office.opens()
    await office.told()
    await office.writes(actor("sato", SELLER_PLACE), "至急ご確認ください")
    assert await office.told() == []
    assert due_at(await office.inquiry()) == START + timedelta(hours=48)
    shown = await office.store.shown(DESK, 1)
    assert shown is not None
    assert shown.entries[-1].role is Party.STAFF


async def test_holding_reply_hushes_reminders_never_the_miss(office: Office) -> None:
    """A holding reply moves the seller's reminder by 12 hours; the miss comes when it comes."""
    await office.opens()
    await office.passes(hours=23)
    await office.told()
    assert isinstance(await office.does(Hold, SELLER, number=1), Did)
    assert heard(await office.told(), BUYER_PLACE) == ["Held"]
    assert await office.passes(hours=2) == []
    assert [type(notice.what) for notice in await office.passes(hours=10)] == [Reminded]
    told = await office.passes(hours=13)
    assert sorted(type(notice.what).__name__ for notice in told) == ["HeadsUp", "Missed", "Reminded", "WayOn"]
    twice = await office.does(Hold, SELLER, number=1)
    assert isinstance(twice, Refusal)


async def test_no_reply_needed_stops_and_says_so(office: Office) -> None:
    """The buyer needs no reply: the clock stops and the seller is told."""
    await office.opens()
    await office.told()
    assert isinstance(await office.does(NeedNoReply, BUYER, number=1), Did)
    assert heard(await office.told(), SELLER_PLACE) == ["NoReplyNeeded"]
    assert await office.passes(days=30) == []
    assert state_of(await office.inquiry()) is State.NO_REPLY_NEEDED


async def test_late_sweep_tells_once_and_how_late(office: Office) -> None:
    """After an outage the passed rungs collapse into the latest, which says how late it is."""
    await office.opens()
    await office.told()
    office.now += timedelta(hours=50)
    await office.rings()
    told = await office.told()
    assert sorted(type(notice.what).__name__ for notice in told) == ["Missed", "WayOn"]
    missed = next(notice.what for notice in told if isinstance(notice.what, Missed))
    assert missed.late == 2 * 3600


async def test_very_late_miss_names_the_lead_too(office: Office) -> None:
    """Where the lead's own rungs have passed as well, the one late miss pings staff and lead."""
    await office.opens()
    await office.told()
    office.now += timedelta(hours=60)
    await office.rings()
    assert pinged(await office.told(), Missed) == (person("sato"), person("suzuki"))


async def test_reply_known_late_counts_from_when_it_was_given(office: Office) -> None:
    """A reply given in time and read back after the miss takes the miss back, and staff hear of it."""
    await office.opens()
    await office.passes(hours=50)
    await office.told()
    await office.writes(SELLER, "先ほど発送", at=START + timedelta(hours=40))
    told = await office.told()
    assert [type(notice.what) for notice in told if notice.place == STAFF_PLACE] == [AnsweredInTime]
    assert (await office.inquiry()).missed_at is None


async def test_snooze_moves_staff_pings_not_the_miss(office: Office) -> None:
    """A snooze moves the heads-up; at 48 hours the miss is told all the same."""
    await office.opens()
    await office.passes(hours=41)
    await office.told()
    await office.does(Snooze, STAFF, number=1, until=office.now + timedelta(hours=6))
    assert [type(notice.what) for notice in await office.passes(hours=5)] == [Reminded]
    assert HeadsUp in {type(notice.what) for notice in await office.passes(hours=1)}
    assert Missed in {type(notice.what) for notice in await office.passes(hours=1)}


async def test_mute_spares_the_seller(office: Office) -> None:
    """A muted seller is not reminded while it lasts, and not at all where it lasts past the window."""
    await office.opens()
    await office.told()
    await office.does(Mute, STAFF, number=1, until=office.now + timedelta(hours=60))
    told = await office.passes(hours=60)
    assert Reminded not in {type(notice.what) for notice in told}
    assert Missed in {type(notice.what) for notice in told}


async def test_snooze_has_an_end(office: Office) -> None:
    """A snooze into the past or beyond 30 days is refused."""
    await office.opens()
    past = await office.does(Snooze, STAFF, number=1, until=office.now)
    far = await office.does(Snooze, STAFF, number=1, until=office.now + timedelta(days=31))
    assert [getattr(answer, "reason", "") for answer in (past, far)] == ["past", "too_far"]


async def test_pings_carry_the_anchor(office: Office) -> None:
    """A reminder still queued when the answer arrives is dropped."""
    await office.opens()
    await office.told()
    office.now += timedelta(hours=24)
    await office.rings()
    await office.writes(SELLER, "発送しました")
    assert heard(await office.told(), SELLER_PLACE) == []


async def test_weekly_rung_collapses_too(office: Office) -> None:
    """After a long outage the weekly rung speaks once, and next a week on."""
    await office.opens()
    await office.passes(days=6)
    await office.told()
    office.now += timedelta(days=60)
    await office.rings()
    assert [type(notice.what) for notice in await office.told()] == [StillOpen]
    assert len(await office.passes(days=7)) == 1


async def test_first_rung_is_a_reminder(office: Office) -> None:
    """At 24 hours, the marketplace's own measure, the seller is reminded for the first time."""
    await office.opens()
    await office.told()
    assert await office.passes(hours=23, minutes=59) == []
    (reminded,) = await office.passes(minutes=1)
    assert isinstance(reminded.what, Reminded)
    assert reminded.what.step is Step.REMINDER


async def test_the_miss_is_told_however_late(office: Office) -> None:
    """After an outage of weeks staff are told the miss, not only that the clock still runs."""
    await office.opens()
    await office.told()
    await office.does(Acknowledge, STAFF, number=1)
    office.now += timedelta(days=14)
    await office.rings()
    told = await office.told()
    assert heard(told, STAFF_PLACE) == ["Missed"]
    missed = next(notice.what for notice in told if isinstance(notice.what, Missed))
    assert missed.late == 12 * 24 * 3600
    assert (await office.inquiry()).missed_at == START + timedelta(hours=48)
