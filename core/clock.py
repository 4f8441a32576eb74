"""The clock of an inquiry: when the window closes, which rungs are due, when the next one is.

Pure functions of the inquiry, called by the rules, the store (for the alarm's score), the audit and the
wording. Nothing here sets anything: the alarm can't drift from the inquiry, because it is computed from it
each time.
"""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.policy import Audience, Quiet, Rung, Step
from core.records import Inquiry

_DAY_MINUTES = 24 * 60
# Bound once: up to Python 3.11 looking a member up costs more than all that is done with it here.
_MISSED, _SELLER = Step.MISSED, Audience.SELLER


def due_at(inquiry: Inquiry) -> datetime | None:
    """The instant at which the window closes, or None when no clock runs.

    Elapsed time from the anchor: the marketplace's clock runs through weekends and holidays
    (https://sellercentral.amazon.com/gp/help/external/200549770).
    """
    return None if inquiry.anchor is None else inquiry.anchor + _span(inquiry.policy.window)


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
    soonest = math.inf
    for _, rung, at in _coming(inquiry):
        if rung.after > soonest:
            break
        soonest = min(soonest, at)
    return inquiry.anchor + _span(soonest)


def rungs_to_come(inquiry: Inquiry) -> dict[int, float]:
    """The rungs not done since the anchor, each with its instant as seconds after it.

    Mutes, snoozes, holding replies and quiet hours move them; a reminder to the seller that would be moved
    past the end of the window is not rung at all. Empty when no clock runs.
    """
    return {index: at for index, _, at in _coming(inquiry)}


def rungs_due(inquiry: Inquiry, passed: float) -> dict[int, float]:
    """Those of them whose instant has come, `passed` seconds after the anchor."""
    due: dict[int, float] = {}
    for index, rung, at in _coming(inquiry):
        if rung.after > passed:
            break
        if at <= passed:
            due[index] = at
    return due


def _coming(inquiry: Inquiry) -> Iterator[tuple[int, Rung, float]]:
    """The rungs to come, in the ladder's order: whoever looks for the soonest may stop early.

    For the ladder goes up, and nothing moves a rung forward. Plain numbers, since a sweep asks this thousands
    of times a second.
    """
    anchor, policy = inquiry.anchor, inquiry.policy
    if anchor is None:
        return
    seller_waits = max(_after(anchor, inquiry.muted_until), _after(anchor, hushed_until(inquiry)))
    staff_wait = _after(anchor, inquiry.snoozed_until)
    for index, rung in enumerate(policy.ladder):
        if rung.every is None and (inquiry.done >> index) & 1:
            continue
        at: float = rung.after + (rung.every or 0) * inquiry.repeats
        if rung.step is not _MISSED:
            at = max(at, seller_waits if rung.to is _SELLER else staff_wait)
            at = at if policy.quiet is None else _after_quiet_hours(anchor, at, policy.quiet)
            if rung.to is _SELLER and at >= policy.window:
                continue
        yield index, rung, at


def elapsed(anchor: datetime, now: datetime) -> float:
    """Seconds from the anchor until now."""
    return (now - anchor).total_seconds()


def repeats_by(inquiry: Inquiry, rung: Rung, now: datetime) -> int:
    """How often a repeating rung has been due by now, counted from the anchor."""
    if inquiry.anchor is None or rung.every is None:
        return inquiry.repeats
    passed = elapsed(inquiry.anchor, now) - rung.after
    return max(inquiry.repeats + 1, int(passed // rung.every) + 1)


@lru_cache(maxsize=1_024)
def _span(seconds: float) -> timedelta:
    """A duration; they are few and asked for often."""
    return timedelta(seconds=seconds)


def _after(anchor: datetime, instant: datetime | None) -> float:
    """An instant as seconds after the anchor, 0 where there is none."""
    return 0.0 if instant is None else (instant - anchor).total_seconds()


def _after_quiet_hours(anchor: datetime, at: float, quiet: Quiet) -> float:
    return _after(anchor, after_quiet(anchor + timedelta(seconds=at), quiet))


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
