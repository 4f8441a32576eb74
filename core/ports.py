"""What the core asks of the outside: to read and commit, and to speak and listen on a platform.

Protocols only, with the values that pass through them: structs where a sweep makes thousands a second.
`adapters/redis` keeps the store and the outbox, each chat platform's adapter a messenger and a history; the
same contract suites hold every one of them.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import msgspec

from core.answers import AnyAnswer
from core.commands import AnyCommand
from core.decision import Decision, Scope, Snapshot
from core.filing import Courier
from core.ids import DeskId, Lang, LinkCode, MessageId, NoticeId, PersonId, PlaceId, WorkspaceId
from core.notices import Card, Notice
from core.records import Desk, Entry, Inquiry, Party, Seller


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm that is due, with its records; `at` is the instant it was set for."""

    desk: Desk
    seller: Seller | None
    inquiry: Inquiry
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An inquiry with its log."""

    inquiry: Inquiry
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The first of an index's inquiries, and how many there are."""

    inquiries: tuple[Inquiry, ...]
    total: int

    @property
    def hidden(self) -> int:
        """How many are not among them."""
        return max(0, self.total - len(self.inquiries))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An inquiry as the audit sees it, beside what the store keeps about it.

    `waiting` is the instant its alarm is set for, `ringing` whether it is leased to a sweep; `indexes` the
    index entries found; `stuck` the places of its lines whose queue has items but no turn.
    """

    inquiry: Inquiry
    waiting: datetime | None
    ringing: bool
    indexes: frozenset[tuple[str, float]]
    stuck: frozenset[PlaceId] = frozenset()


class Store(Protocol):
    """One read, one commit. All raise `core.errors.Unavailable` when the store is away."""

    async def read(self, scope: Scope) -> Snapshot:
        """Read what the scope names."""

    async def commit(self, decision: Decision) -> AnyAnswer:
        """Write all of it; raise `Stale` where a record has moved on. A key seen before changes nothing.

        The answer is the decision's own, or the one the key was given before.
        """

    async def commit_many(self, decisions: Sequence[Decision]) -> list[bool]:
        """Commit each by itself, in one round trip; whether each was committed (False: stale or seen)."""

    async def due(self, now: datetime, limit: int) -> list[Due]:
        """Lease alarms due at `now` on the desk's clock. One not committed within the lease rings again."""

    async def lateness(self, now: datetime) -> float:
        """By how many seconds the most overdue waiting alarm is late, 0 when none is."""

    async def listing(self, desk: DeskId, index: str, limit: int, skip: int = 0) -> Listed:
        """The first inquiries of an index, lowest score first, after the `skip` first ones."""

    async def shown(self, desk: DeskId, number: int) -> Shown | None:
        """An inquiry with its whole log."""

    async def roots(self, inquiries: Sequence[tuple[DeskId, int]]) -> list[dict[Party, MessageId]]:
        """The messages that are the cards of the lines, for each inquiry by desk and number."""

    async def desk_of(self, workspace: WorkspaceId) -> DeskId | None:
        """The desk a workspace belongs to."""

    async def link(self, workspace: WorkspaceId, desk: DeskId) -> DeskId:
        """Link a workspace to a desk; returns the desk in force, which is an earlier one if there was."""

    async def unlink(self, workspace: WorkspaceId, desk: DeskId) -> None:
        """Take a workspace off a desk, where it belongs to that one."""

    def forget(self, workspace: WorkspaceId) -> None:
        """What this process remembers of a workspace's desk is out of date."""

    async def keep_code(self, code: LinkCode, desk: DeskId) -> None:
        """Keep a desk's code, for ten minutes or until it is used."""

    async def take_code(self, code: LinkCode) -> DeskId | None:
        """The desk whose code it is; nobody can use the code after that."""

    async def guesses(self, workspace: WorkspaceId) -> int:
        """How often a code was tried from a workspace within ten minutes, this time among them."""

    async def remember(self, person: PersonId, desk: DeskId, lang: Lang) -> None:
        """Note that somebody has to do with a desk, and their language.

        Kept for a year from when their desks were last asked for. Noting it again costs nothing.
        """

    async def desks_of(self, person: PersonId) -> tuple[DeskId, ...]:
        """The desks somebody was noted to have to do with."""

    async def lang_of(self, person: PersonId) -> Lang | None:
        """Somebody's language as it was last noted."""

    async def desk(self, desk: DeskId) -> Desk | None:
        """A desk's record."""

    async def sellers(self, desk: DeskId) -> tuple[Seller, ...]:
        """A desk's sellers, removed ones left out, by name."""

    async def desks(self) -> list[DeskId]:
        """All desks."""

    def stored(self, desk: DeskId) -> AsyncIterator[list[Stored]]:
        """All of a desk's inquiries, in chunks, for the audit."""

    async def orphans(self, desk: DeskId) -> int:
        """How many alarms there are that belong to no inquiry of the desk."""

    async def gap(self, platform: str) -> datetime | None:
        """When a platform was last known to have been out of hearing, on the desk's clock."""

    async def mark_gap(self, platform: str, at: datetime) -> None:
        """Note that what was said on a platform before `at` may not have been heard."""

    async def heard(self, platform: str) -> datetime | None:
        """When somebody last listened to a platform, on the store's clock; None where nobody ever did."""

    async def mark_heard(self, platform: str) -> None:
        """Note that somebody listens to a platform now. To be said again every few seconds."""

    async def time(self) -> datetime:
        """The store's own clock, aware, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The head of a place's queue, ours until the lease runs out.

    `root` is the card of the notice's line, None where it has not been posted. `sent_before` is set when an
    earlier attempt's outcome is unknown: the instant (on the store's clock) from which to look for it.
    """

    place: PlaceId
    desk: DeskId
    token: str
    item: Notice | Card
    inquiry: Inquiry | None
    root: MessageId | None
    sent_before: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a leased item.

    `done` pops it; `receipt` is the platform's message. `pause` is for how many seconds the place rests. An
    item not done stays the head; `unknown` tells that it may have been sent all the same.
    """

    lease: Lease
    done: bool
    pause: float
    receipt: MessageId | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much is queued: places with items, and by how many seconds the most overdue of them is late."""

    places: int
    oldest: float


class Outbox(Protocol):
    """The notices not yet delivered, a queue per place. Its leases and paces run on the store's clock."""

    async def take(self, limit: int, platforms: Collection[str] | None = None) -> list[Lease]:
        """Lease due places with the head of their queue; drops pings their inquiry has left behind.

        Of these platforms only, where some are named.
        """

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Say what became of leased items, in one round trip.

        A lease that ran out in between changes nothing.
        """

    async def wake(self, place: PlaceId, desk: DeskId) -> None:
        """The place can be spoken to again: its queue is due now."""

    async def waiting(self) -> Waiting:
        """How much is queued."""


class Messenger(Protocol):
    """Speaks on one platform.

    Raises TryAgain, Unknown, Undeliverable or Misconfigured, never an SDK's error.
    """

    @property
    def pause(self) -> float:
        """Seconds a place rests between two messages, the platform's limit."""

    async def open_line(self, card: Card, inquiry: Inquiry, notice: NoticeId) -> MessageId:
        """Post a line's card, from which its thread hangs; carries `notice` so that it can be found."""

    async def update(self, card: Card, inquiry: Inquiry, root: MessageId) -> None:
        """Draw a line's card again."""

    async def send(self, notice: Notice, root: MessageId | None, inquiry: Inquiry | None) -> MessageId:
        """Send one notice, under its line's card where there is one."""

    async def find(
        self, place: PlaceId, root: MessageId | None, notice: NoticeId, since: datetime
    ) -> MessageId | None:
        """The message that carries this notice's id, if it was posted at or after `since`."""


class History(Protocol):
    """Listens backwards on one platform."""

    async def since(
        self, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId]
    ) -> Sequence[AnyCommand]:
        """What people said in an inquiry's lines after the last message known, as commands, oldest first.

        And again what they said in the last days: a later message may have been heard, and not that.
        Raises TryAgain, Undeliverable or Misconfigured like a messenger.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform's ports, and the languages its people speak by default."""

    name: str
    messenger: Messenger
    history: History
    courier: Courier
    lang: Lang = field(default="ja")
