"""What one pass of each duty did: plain values.

Returned by every `run_once()`, read by the status, the watch, the tests and the command line.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.ids import DeskId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What tells a duty's loop when to go on.

    `more`: another pass is worth starting at once. `again_in`: one is in so many seconds, 0 for none.
    """

    more: bool = False
    again_in: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept(Pass):
    """Alarms committed, left to whoever was quicker, put off, and not decidable; seconds the latest was late.

    `clock_off` is by how many seconds this worker's clock is ahead of the store's (behind: negative) where
    that is too much to sweep, else 0.
    """

    rang: int = 0
    stale: int = 0
    deferred: int = 0
    broken: int = 0
    lateness: float = 0.0
    clock_off: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp(Pass):
    """Inquiries read back, commands found in them; `left` when some of the gap's are still to be read."""

    read: int = 0
    heard: int = 0
    left: bool = False


class Fate(enum.StrEnum):
    """What became of an attempt to deliver."""

    SENT = "sent"
    AGAIN = "again"
    UNKNOWN = "unknown"
    DROPPED = "dropped"
    KEPT = "kept"
    MISCONFIGURED = "misconfigured"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered(Pass):
    """How many attempts had which fate; the workspaces that were reached, and those set up wrongly."""

    fates: Mapping[Fate, int] = field(default_factory=dict)
    reached: frozenset[WorkspaceId] = frozenset()
    misconfigured: frozenset[WorkspaceId] = frozenset()

    @property
    def attempts(self) -> int:
        """How many leases were taken and tried."""
        return sum(self.fates.values())


class Wrong(enum.StrEnum):
    """In what an inquiry and what the store keeps about it can disagree."""

    NO_ALARM = "no_alarm"
    WRONG_ALARM = "wrong_alarm"
    NEEDLESS_ALARM = "needless_alarm"
    TWO_ALARMS = "two_alarms"
    UNDECIDED = "undecided"
    INDEXES = "indexes"
    STUCK = "stuck"
    ORPHANS = "orphans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One disagreement. `number` is None for what belongs to no inquiry."""

    desk: DeskId
    number: int | None
    wrong: Wrong
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited(Pass):
    """How many inquiries were looked at, and what was wrong."""

    inquiries: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched(Pass):
    """By how many seconds the sweep and delivery are behind, and how many troubles were told to desks."""

    lateness: float
    places: int
    oldest: float
    told: int = 0


AnyPass = Swept | CaughtUp | Delivered | Audited | Watched
