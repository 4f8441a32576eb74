"""How the scheduler is: what its last passes did, and when.

Written by the duties after each pass, read by the watch, /readyz and /metrics. Instants are on the worker's
own clock, so that a desk's clock moved by hand does not look like a standstill. Never asks anybody.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.ids import WorkspaceId
from scheduler.passes import AnyPass, Audited, CaughtUp, Delivered, Fate, Swept, Watched

LATE = 120.0
"""Seconds by which the sweep may be late before that is trouble."""

STUCK = 300.0
"""Seconds by which a delivery may be late before that is trouble."""

SILENT = timedelta(minutes=2)
"""How long ago the last pass of a duty that runs every second may be."""

UNAUDITED = timedelta(minutes=20)
"""How long ago the last audit may be: a few of its intervals."""


@dataclass(slots=True)
class Status:
    """The last of each kind of pass, and counts since the process started."""

    wall: Callable[[], datetime]
    passed_at: dict[str, datetime] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    rang: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    swept: Swept = field(default_factory=Swept)
    audited: Audited | None = None
    watched: Watched | None = None
    caught_up: CaughtUp = field(default_factory=CaughtUp)
    misconfigured: set[WorkspaceId] = field(default_factory=set)

    def passed(self, duty: str, done: AnyPass) -> None:
        """A pass has ended well."""
        self.passed_at[duty] = self.wall()
        match done:
            case Swept():
                self.swept = done
                self.rang += done.rang
            case Delivered():
                self.fates.update(done.fates)
                self.misconfigured = (self.misconfigured - done.reached) | done.misconfigured
            case Audited():
                self.audited = done
            case Watched():
                self.watched = done
            case CaughtUp():
                self.caught_up = done

    def failed(self, duty: str) -> None:
        """A pass has ended with an error."""
        self.failures[duty] += 1


@dataclass(frozen=True, slots=True)
class Check:
    """One line of /readyz: whether it is well, and what there is to say."""

    fine: bool
    says: str


def ready(status: Status, now: datetime) -> dict[str, Check]:
    """Whether deadlines are kept, notices go out and records agree. `now` is on the worker's clock."""
    return {
        "sweep": _sweep(status, now),
        "delivery": _delivery(status, now),
        "audit": _audit(status, now),
    }


def numbers(status: Status) -> dict[str, float]:
    """The same for /metrics: gauges by name, counters with `_total` at the end."""
    watched = status.watched or Watched(lateness=0, places=0, oldest=0)
    return {
        "sweep_late_seconds": watched.lateness,
        "clock_off_seconds": status.swept.clock_off,
        "alarms_total": float(status.rang),
        "outbox_places": float(watched.places),
        "outbox_late_seconds": watched.oldest,
        "audit_inquiries": float(status.audited.inquiries if status.audited else 0),
        "audit_faults": float(len(status.audited.faults) if status.audited else 0),
        **{f"deliveries_{fate}_total": float(status.fates[fate]) for fate in Fate},
        **{f"passes_failed_{duty}_total": float(count) for duty, count in status.failures.items()},
    }


def _sweep(status: Status, now: datetime) -> Check:
    if status.swept.clock_off:
        return Check(fine=False, says=f"this worker's clock is off by {status.swept.clock_off:+.1f} s")
    if (late := _silent(status, "sweep", now, SILENT)) is not None:
        return late
    behind = status.watched.lateness if status.watched else 0.0
    return Check(fine=behind <= LATE, says=f"{behind:.0f} s late")


def _delivery(status: Status, now: datetime) -> Check:
    if status.misconfigured:
        return Check(fine=False, says=f"set up wrongly: {', '.join(sorted(status.misconfigured))}")
    if (late := _silent(status, "delivery", now, SILENT)) is not None:
        return late
    behind = status.watched.oldest if status.watched else 0.0
    return Check(fine=behind <= STUCK, says=f"{behind:.0f} s late")


def _audit(status: Status, now: datetime) -> Check:
    if (late := _silent(status, "audit", now, UNAUDITED)) is not None:
        return late
    faults = status.audited.faults if status.audited else ()
    return Check(fine=not faults, says=f"{len(faults)} faults")


def _silent(status: Status, duty: str, now: datetime, limit: timedelta) -> Check | None:
    at = status.passed_at.get(duty)
    if at is None:
        return Check(fine=False, says="has not run yet")
    if now - at > limit:
        return Check(fine=False, says=f"last ran at {at:%Y-%m-%d %H:%M:%S} UTC")
    return None
