"""The status: what /readyz and /metrics say of the scheduler."""

from dataclasses import replace

import pytest

from core.ids import DeskId, WorkspaceId
from scheduler.passes import Audited, CaughtUp, Delivered, Fate, Fault, Swept, Watched, Wrong
from scheduler.status import Status, numbers, ready
from tests.clocks import HandClock

WELL = Watched(lateness=0.0, places=0, oldest=0.0)
TEAM = WorkspaceId("slack:T01")
FAULT = Fault(desk=DeskId("tanuki"), number=1, wrong=Wrong.NO_ALARM, detail="")


@pytest.fixture
def clock() -> HandClock:
    """The worker's clock."""
    return HandClock()


@pytest.fixture
def status(clock: HandClock) -> Status:
    """A scheduler that is well."""
    well = Status(clock.now)
    well.passed("sweep", Swept(rang=2))
    well.passed("delivery", Delivered(fates={Fate.SENT: 3}, reached=frozenset({TEAM})))
    well.passed("audit", Audited(inquiries=7))
    well.passed("watch", WELL)
    well.passed("catch_up", CaughtUp())
    return well


def _unfit(status: Status, clock: HandClock) -> dict[str, str]:
    return {name: check.says for name, check in ready(status, clock.now()).items() if not check.fine}


def test_well(status: Status, clock: HandClock) -> None:
    """A scheduler that is well is ready."""
    assert _unfit(status, clock) == {}


def test_nothing_yet(clock: HandClock) -> None:
    """Before the first passes nothing is ready."""
    assert set(_unfit(Status(clock.now), clock).values()) == {"has not run yet"}


def test_silent(status: Status, clock: HandClock) -> None:
    """A duty that has not passed for a while shows, each after its own time."""
    clock.advance(minutes=3)
    assert _unfit(status, clock).keys() == {"sweep", "delivery"}
    clock.advance(minutes=20)
    assert _unfit(status, clock).keys() == {"sweep", "delivery", "audit"}


@pytest.mark.parametrize(
    ("watched", "unfit"),
    [
        (replace(WELL, lateness=121.0), {"sweep": "121 s late"}),
        (replace(WELL, oldest=301.0), {"delivery": "301 s late"}),
    ],
)
def test_behind(status: Status, clock: HandClock, watched: Watched, unfit: dict[str, str]) -> None:
    """Being behind shows."""
    status.passed("watch", watched)
    assert _unfit(status, clock) == unfit


def test_faults(status: Status, clock: HandClock) -> None:
    """An audit that found something shows, until one finds nothing."""
    status.passed("audit", Audited(inquiries=7, faults=(FAULT,)))
    assert _unfit(status, clock) == {"audit": "1 faults"}
    status.passed("audit", Audited(inquiries=7))
    assert _unfit(status, clock) == {}


def test_clock_off(status: Status, clock: HandClock) -> None:
    """A clock that is off shows, with by how much."""
    status.passed("sweep", Swept(clock_off=-3.21))
    assert _unfit(status, clock) == {"sweep": "this worker's clock is off by -3.2 s"}


def test_misconfigured(status: Status, clock: HandClock) -> None:
    """A workspace that is set up wrongly shows until it is reached again."""
    status.passed("delivery", Delivered(misconfigured=frozenset({TEAM})))
    status.passed("delivery", Delivered())
    assert _unfit(status, clock) == {"delivery": "set up wrongly: slack:T01"}
    status.passed("delivery", Delivered(reached=frozenset({TEAM})))
    assert _unfit(status, clock) == {}


def test_numbers(status: Status) -> None:
    """The numbers count what was done and show what is waiting."""
    status.failed("sweep")
    status.passed("audit", Audited(inquiries=7, faults=(FAULT,)))
    status.passed("watch", Watched(lateness=1.5, places=4, oldest=2.5))
    told = numbers(status)
    assert told["alarms_total"] == 2
    assert told["deliveries_sent_total"] == 3
    assert told["deliveries_kept_total"] == 0
    assert told["passes_failed_sweep_total"] == 1
    assert (told["audit_inquiries"], told["audit_faults"]) == (7, 1)
    assert (told["sweep_late_seconds"], told["outbox_places"], told["outbox_late_seconds"]) == (1.5, 4, 2.5)


def test_numbers_before_anything(clock: HandClock) -> None:
    """Before the first pass all numbers are there, and zero."""
    assert set(numbers(Status(clock.now)).values()) == {0.0}
