"""The clock of an inquiry: when its rungs ring, and what moves them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

import core
from core.clock import after_quiet, due_at, elapsed, later, next_alarm, repeats_by, rungs_to_come, stamp
from core.ids import DeskId, PersonId, PlaceId, SellerId
from core.ladder import read_market
from core.policy import Quiet
from core.records import Inquiry, Line, Party, Topic, Wish
from core.text import Foreign

NOON = datetime(2026, 4, 6, 12, tzinfo=UTC)  # 21:00 in Tokyo
POLICY = read_market(
    "amazon-jp", (Path(core.__file__).parent / "policies" / "amazon-jp.toml").read_bytes()
).policy
REMINDER, LAST_CALL, HEADS_UP, WAY_ON, MISSED, FIRST_ESCALATION = range(6)
STILL_OPEN = len(POLICY.ladder) - 1
NIGHT = Quiet(start=22 * 60, end=7 * 60, zone="Asia/Tokyo")


def after(hours: float) -> datetime:
    """So many hours after the anchor."""
    return NOON + timedelta(hours=hours)


def inquiry(quiet: Quiet | None = None, **fields: Any) -> Inquiry:
    """An inquiry whose window began at noon, changed as said."""
    place = PlaceId("slack:T1:C1")
    made = Inquiry(
        desk=DeskId("dsk"),
        number=7,
        buyer=PersonId("slack:T1:U1"),
        buyer_name=Foreign("Aoi"),
        seller=SellerId("acme"),
        seller_name=Foreign("Acme"),
        order_number="",
        topic=Topic.QUESTION,
        wish=Wish.ANSWER,
        excerpt=Foreign("?"),
        lines={party: Line(place=place, lang="en") for party in Party},
        policy=msgspec.structs.replace(POLICY, quiet=quiet),
        opened_at=NOON,
        anchor=NOON,
    )
    return msgspec.structs.replace(made, **fields)


def rung_at(asked: Inquiry, index: int) -> datetime | None:
    """When this rung is to ring, None where it won't."""
    seconds = rungs_to_come(asked).get(index)
    return None if seconds is None else NOON + timedelta(seconds=seconds)


def rungs_due(asked: Inquiry, now: datetime) -> tuple[int, ...]:
    """The rungs that are due by now."""
    return tuple(index for index, at in rungs_to_come(asked).items() if at <= elapsed(NOON, now))


def test_the_window_is_elapsed_hours() -> None:
    """The window closes 48 hours after the anchor, whatever days lie between."""
    assert due_at(inquiry()) == after(48)
    assert due_at(inquiry(anchor=None)) is None


def test_a_ping_carries_its_anchor() -> None:
    """The stamp tells one window from the next, and is empty where none runs."""
    assert stamp(inquiry()) == "1775476800000"
    assert stamp(inquiry(anchor=after(1))) != stamp(inquiry())
    assert stamp(inquiry(anchor=None)) == ""


def test_the_first_alarm_is_the_first_rung() -> None:
    """With nothing rung yet the alarm stands at the first reminder; without a clock there is none."""
    assert next_alarm(inquiry()) == after(24)
    assert next_alarm(inquiry(anchor=None)) is None
    assert rungs_to_come(inquiry(anchor=None)) == {}


def test_rungs_that_rang_do_not_ring_again() -> None:
    """After the first reminder comes the 42nd hour, with the seller's last call and the heads-up to staff."""
    rang = inquiry(done=1 << REMINDER)
    assert rung_at(rang, REMINDER) is None
    assert next_alarm(rang) == after(42)
    assert rungs_due(rang, after(42)) == (LAST_CALL, HEADS_UP)


def test_a_second_early_nothing_is_due() -> None:
    """A rung is due at its instant and not before."""
    assert rungs_due(inquiry(), after(24) - timedelta(seconds=1)) == ()
    assert rungs_due(inquiry(), after(24)) == (REMINDER,)


def test_the_miss_goes_to_buyer_and_staff() -> None:
    """At 48 hours both are told."""
    rang = inquiry(done=1 << REMINDER | 1 << LAST_CALL | 1 << HEADS_UP)
    assert rungs_due(rang, after(48)) == (WAY_ON, MISSED)


def test_after_a_long_pause_all_passed_rungs_are_due_at_once() -> None:
    """Whoever was down for three days finds all that passed, for the rules to collapse into the latest."""
    assert rungs_due(inquiry(), after(77)) == tuple(range(FIRST_ESCALATION + 2))


def test_the_last_rung_repeats_every_week() -> None:
    """With everything rung the alarm stands at the last rung, a week further each time."""
    week = timedelta(days=7)
    all_rang = (1 << STILL_OPEN) - 1
    assert next_alarm(inquiry(done=all_rang)) == after(292)
    assert next_alarm(inquiry(done=all_rang | 1 << STILL_OPEN, repeats=1)) == after(292) + week
    assert next_alarm(inquiry(done=all_rang, repeats=5)) == after(292) + 5 * week


def test_repeats_that_passed_unheard_are_counted() -> None:
    """A month of silence is one ping, and the next one comes on the old weekday."""
    last = POLICY.ladder[STILL_OPEN]
    late = after(292) + timedelta(days=24)
    assert repeats_by(inquiry(), last, after(292)) == 1
    assert repeats_by(inquiry(), last, late) == 4
    assert rung_at(inquiry(repeats=4), STILL_OPEN) == after(292) + timedelta(days=28)


def test_a_rung_that_does_not_repeat_counts_nothing() -> None:
    """Only the last rung moves the count on, and only while the clock runs."""
    assert repeats_by(inquiry(repeats=2), POLICY.ladder[REMINDER], after(24)) == 2
    assert repeats_by(inquiry(anchor=None), POLICY.ladder[STILL_OPEN], after(300)) == 0


def test_a_mute_moves_the_sellers_reminders_only() -> None:
    """Muted until the 30th hour, the seller hears of it then; staff's rungs stand where they stood."""
    muted = inquiry(muted_until=after(30))
    assert rung_at(muted, REMINDER) == after(30)
    assert rung_at(muted, LAST_CALL) == after(42)
    assert rung_at(muted, HEADS_UP) == after(42)


def test_a_mute_beyond_the_window_leaves_the_miss() -> None:
    """A reminder moved past the window's end is not rung at all; the miss is told on time."""
    muted = inquiry(muted_until=after(60))
    assert rung_at(muted, REMINDER) is None
    assert rung_at(muted, LAST_CALL) is None
    assert (rung_at(muted, WAY_ON), rung_at(muted, MISSED)) == (after(48), after(48))
    assert next_alarm(muted) == after(42)


def test_a_snooze_moves_staffs_pings_only() -> None:
    """Snoozed until the 60th hour, heads-up and escalation wait until then; the miss does not."""
    snoozed = inquiry(snoozed_until=after(60))
    assert rung_at(snoozed, REMINDER) == after(24)
    assert rung_at(snoozed, HEADS_UP) == after(60)
    assert rung_at(snoozed, MISSED) == after(48)
    assert rung_at(snoozed, FIRST_ESCALATION) == after(60)


@pytest.mark.parametrize(("held", "rings"), [(20, 32), (4, 24), (30, 42)])
def test_a_holding_reply_hushes_the_seller_for_twelve_hours(held: int, rings: int) -> None:
    """The seller's next reminder comes twelve hours after it at the soonest."""
    assert rung_at(inquiry(held_at=after(held)), REMINDER) == after(rings)


def test_a_holding_reply_late_in_the_window_never_hushes_the_miss() -> None:
    """Held at the 40th hour the last call falls away, and the window still closes at 48."""
    held = inquiry(done=1 << REMINDER, held_at=after(40))
    assert rung_at(held, LAST_CALL) is None
    assert rung_at(held, HEADS_UP) == after(42)
    assert rung_at(held, MISSED) == after(48)


@pytest.mark.parametrize(
    ("local", "rings"),
    [
        ((6, 21, 59), (6, 21, 59)),
        ((6, 22, 0), (7, 7, 0)),
        ((6, 23, 30), (7, 7, 0)),
        ((7, 0, 0), (7, 7, 0)),
        ((7, 6, 59), (7, 7, 0)),
        ((7, 7, 0), (7, 7, 0)),
    ],
)
def test_quiet_hours_across_midnight(local: tuple[int, int, int], rings: tuple[int, int, int]) -> None:
    """From ten in the evening a ping waits for seven in the morning, Tokyo's time."""
    hour = timedelta(hours=1)
    given, expected = (
        datetime(2026, 4, day, at, minute, tzinfo=UTC) - 9 * hour for day, at, minute in (local, rings)
    )
    assert after_quiet(given, NIGHT) == expected


def test_quiet_hours_within_a_day() -> None:
    """A lunch break moves what falls into it to its end."""
    lunch = Quiet(start=12 * 60, end=13 * 60, zone="UTC")
    assert after_quiet(NOON, lunch) == after(1)
    assert after_quiet(after(1), lunch) == after(1)
    assert after_quiet(after(-1), lunch) == after(-1)


def test_quiet_hours_that_begin_and_end_together_are_none() -> None:
    """Equal hours keep nobody quiet."""
    assert after_quiet(NOON, Quiet(start=0, end=0, zone="UTC")) == NOON


def test_quiet_hours_end_by_the_local_clock() -> None:
    """In the night of the change to summer time, seven o'clock comes an hour sooner."""
    paris = Quiet(start=22 * 60, end=7 * 60, zone="Europe/Paris")
    assert after_quiet(datetime(2026, 3, 28, 22, tzinfo=UTC), paris) == datetime(2026, 3, 29, 5, tzinfo=UTC)


def test_quiet_hours_move_pings_never_the_miss() -> None:
    """A window that closes at night is missed at night; the reminder before it waits for the morning."""
    night = inquiry(quiet=Quiet(start=20 * 60, end=7 * 60, zone="Asia/Tokyo"))
    assert rung_at(night, REMINDER) == after(34)
    assert rung_at(night, MISSED) == after(48)
    assert due_at(night) == after(48)


def test_a_snooze_that_ends_at_night_ends_in_the_morning() -> None:
    """What is moved into the quiet hours is moved on to their end."""
    moved = rung_at(inquiry(quiet=NIGHT, snoozed_until=after(50)), HEADS_UP)
    assert moved == after(58)


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        ("1h", after(1)),
        ("4h", after(4)),
        ("tomorrow", datetime(2026, 4, 7, 0, tzinfo=UTC)),
        ("3d", after(72)),
        ("7d", after(168)),
        ("never", None),
    ],
)
def test_a_choice_means_an_instant(choice: str, until: datetime | None) -> None:
    """Tomorrow is nine in the morning, where the person is."""
    assert later(choice, NOON, "Asia/Tokyo") == until
