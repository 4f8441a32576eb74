"""The clock of an inquiry: when the window closes, which rungs are due, when the next one is.

Pure functions of the inquiry, called by the rules, the store (for the alarm's score), the audit and the
wording. Nothing here sets anything: the alarm can't drift from the inquiry, because it is computed from it
each time.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.policy import Audience, Quiet, Rung, Step
from core.records import Inquiry

_DAY_MINUTES = 24 * 60


def due_at(inquiry: Inquiry) -> datetime | None:
    """The instant at which the window closes, or None when no clock runs.

    Elapsed time from the anchor: the marketplace's clock runs through weekends and holidays
    (https://sellercentral.amazon.com/gp/help/external/200549770).
    """
    return None if inquiry.anchor is None else inquiry.anchor + timedelta(seconds=inquiry.policy.window)


def stamp(inquiry: Inquiry) -> str:
    """What a ping carries to be dropped when the inquiry has moved on.

    Its anchor in milliseconds, or nothing.
    """
    return "" if inquiry.anchor is None else str(round(inquiry.anchor.timestamp() * 1000))


def hushed_until(inquiry: Inquiry) -> datetime | None:
    """Until when a holding reply silences the seller's reminders."""
    return None if inquiry.held_at is None else inquiry.held_at + timedelta(seconds=inquiry.policy.hush)


def next_alarm(inquiry: Inquiry) -> datetime | None:
    """The next instant at which something must happen, or None when no clock runs.

    A running clock always has one, since the ladder's last rung repeats.
    """
    if inquiry.anchor is None:
        return None
    return min(
        instant
        for index in range(len(inquiry.policy.ladder))
        if (instant := rung_at(inquiry, index)) is not None
    )


def rung_at(inquiry: Inquiry, index: int) -> datetime | None:
    """When this rung of the ladder rings, moved by mutes, snoozes and quiet hours; None when it is done.

    A reminder to the seller that would be moved past the end of the window is not rung at all.
    """
    rung = inquiry.policy.ladder[index]
    if inquiry.anchor is None or (rung.every is None and (inquiry.done >> index) & 1):
        return None
    planned = inquiry.anchor + timedelta(seconds=rung.after + (rung.every or 0) * inquiry.repeats)
    moved = _moved(inquiry, rung, planned)
    if rung.to is Audience.SELLER and moved >= inquiry.anchor + timedelta(seconds=inquiry.policy.window):
        return None
    return moved


def rungs_due(inquiry: Inquiry, now: datetime) -> tuple[int, ...]:
    """The rungs that are due, lowest first."""
    return tuple(
        index
        for index in range(len(inquiry.policy.ladder))
        if (instant := rung_at(inquiry, index)) is not None and instant <= now
    )


def repeats_by(inquiry: Inquiry, rung: Rung, now: datetime) -> int:
    """How often a repeating rung has been due by now, counted from the anchor."""
    if inquiry.anchor is None or rung.every is None:
        return inquiry.repeats
    passed = (now - inquiry.anchor).total_seconds() - rung.after
    return max(inquiry.repeats + 1, int(passed // rung.every) + 1)


def _moved(inquiry: Inquiry, rung: Rung, planned: datetime) -> datetime:
    """A planned instant, moved for those who asked not to be pinged. The miss never moves."""
    if rung.step is Step.MISSED:
        return planned
    if rung.to is Audience.SELLER:
        quiet_until = (inquiry.muted_until, hushed_until(inquiry))
    else:
        quiet_until = (inquiry.snoozed_until, None)
    moved = max((planned, *(until for until in quiet_until if until is not None)))
    return moved if inquiry.policy.quiet is None else after_quiet(moved, inquiry.policy.quiet)


def later(choice: str, now: datetime, zone: str) -> datetime | None:
    """The instant that a choice means: `1h`, `4h`, `tomorrow` (at 9:00 in the zone), `3d` or `7d`."""
    spans = {
        "1h": timedelta(hours=1),
        "4h": timedelta(hours=4),
        "3d": timedelta(days=3),
        "7d": timedelta(days=7),
    }
    if choice in spans:
        return now + spans[choice]
    if choice != "tomorrow":
        return None
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(day, time(9), ZoneInfo(zone)).astimezone(UTC)


def after_quiet(instant: datetime, quiet: Quiet) -> datetime:
    """The instant itself, or the end of the quiet hours it falls into (UTC)."""
    zone = ZoneInfo(quiet.zone)
    local = instant.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if (minute - quiet.start) % _DAY_MINUTES >= (quiet.end - quiet.start) % _DAY_MINUTES:
        return instant
    day = local.date() if minute < quiet.end else local.date() + timedelta(days=1)
    end = datetime.combine(day, time(quiet.end // 60, quiet.end % 60), zone)
    return end.astimezone(UTC)
