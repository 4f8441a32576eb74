"""The front desk: read, decide, commit. With linking and the counter the only part of the core that awaits.

Called by every adapter's listener with a command, by the sweep with due alarms, and by queries. It holds no
state but its ports and whose turn it is; a record that moved on in between is read and decided again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from core.answers import AnyAnswer, CodeMade, Nothing
from core.commands import Actor, AlarmRang, AnyCommand, SetUpDesk, ShowFiles, UnlinkWorkspace, UseLinkCode
from core.decide import decide
from core.decision import Decision, Scope, Snapshot
from core.errors import Stale
from core.ids import DeskId, Key, MessageId, PersonId, PlaceId, WorkspaceId, workspace_of
from core.inquiry import pressing
from core.linking import joining_where, set_up_where
from core.permissions import acts_for_staff, belongs, may_see, may_set_up, party_of
from core.policy import Marketplace
from core.ports import Due, Listed, Shown, Store
from core.records import Desk, Draft, Entered, Entry, Party, Seller
from core.refusal import Refusal
from core.scope import scope_of
from core.text import folded
from core.turns import Turns

ATTEMPTS = 32
"""How often a command is decided again when others were quicker."""

LIST_LIMIT = 20

_MESSAGES = frozenset({Entered.OPENED, Entered.MESSAGE})


@dataclass(frozen=True, slots=True)
class Rang:
    """What became of a batch of alarms: committed, and left to whoever was quicker."""

    committed: int
    stale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Open inquiries as someone may see them.

    As staff all, as a seller's those of that seller, else their own.
    """

    role: Party
    listed: Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """An inquiry with its log, as someone's role allows."""

    role: Party
    desk: Desk
    shown: Shown


class FrontDesk:
    """Where commands are decided. `now` is the desk's clock, aware, in UTC."""

    def __init__(self, store: Store, markets: Mapping[str, Marketplace], now: Callable[[], datetime]) -> None:
        """Stand between a store and whoever brings commands."""
        self.store = store
        self._markets = markets
        self._now = now
        self._turns = Turns()

    async def handle(self, command: AnyCommand) -> AnyAnswer:
        """Decide a command and commit it; the answer is for whoever acted. Raises Unavailable.

        What is written in one place is taken in the order in which it comes.
        """
        async with self._turns.in_place(command):
            return await self._handled(command)

    async def _handled(self, command: AnyCommand) -> AnyAnswer:
        directed = await self._directed(command)
        if isinstance(directed, Refusal):
            return directed
        command, scope = directed, scope_of(directed)
        async with self._turns.contest(scope) as contest:
            for attempt in range(ATTEMPTS):
                contested = scope.opening and (attempt > 0 or contest.crowded)
                scope = replace(scope, contested=contested) if contested else scope
                snapshot = self._with_market(await self.store.read(scope))
                if snapshot.answered is not None:
                    return snapshot.answered
                if self._was_left(snapshot.desk, command):
                    return Refusal(reason="no_desk")
                decision = decide(snapshot, command, self._now())
                if _changes_nothing(decision):
                    return decision.answer
                if await contest.gave_way(decision):
                    continue
                try:
                    return await self._committed(command, decision)
                except Stale:
                    await contest.lost(decision)
        return Refusal(reason="stale")

    async def ring(self, due: Sequence[Due], unread: frozenset[Key] = frozenset()) -> Rang:
        """Decide and commit a batch of alarms.

        `unread` are those (by `alarm_key`) whose lines could not be read back.
        """
        now = self._now()
        decisions = [decide(_of_alarm(one), _alarm(one, unread), now) for one in due]
        committed = sum(await self.store.commit_many(decisions))
        return Rang(committed=committed, stale=len(due) - committed)

    async def list_open(self, desk_id: DeskId, actor: Actor) -> Listing | Refusal:
        """The open inquiries that concern someone, most pressing first, 20 at most."""
        desk = await self._desk(desk_id, actor)
        if desk is None:
            return Refusal(reason="no_desk")
        if acts_for_staff(desk, actor):
            return Listing(role=Party.STAFF, listed=await self._listed(desk_id, "open"))
        sellers = await self.store.sellers(desk_id)
        here = [f"seller:{one.id}" for one in sellers if one.place == actor.place]
        if here:
            return Listing(role=Party.SELLER, listed=await self._listed(desk_id, *here))
        return Listing(role=Party.BUYER, listed=await self._listed(desk_id, f"buyer:{actor.person}"))

    async def show(self, desk_id: DeskId, number: int, actor: Actor) -> Showing | Refusal:
        """One inquiry with its log. To a stranger, and in another desk, it does not exist.

        Notes are for staff.
        """
        unknown = Refusal(reason="unknown_inquiry", number=number)
        snapshot = await self.store.read(Scope(desk=desk_id, key=Key(""), number=number))
        if snapshot.desk is None or snapshot.inquiry is None or not belongs(snapshot.desk, actor.place):
            return unknown
        role = party_of(snapshot.desk, snapshot.inquiry, snapshot.seller, actor)
        shown = None if role is None else await self.store.shown(desk_id, number)
        if role is None or shown is None:
            return unknown
        visible = tuple(entry for entry in shown.entries if may_see(role, entry))
        shown = replace(shown, entries=visible)
        return Showing(role=role, desk=snapshot.desk, shown=shown)

    async def find_sellers(self, desk_id: DeskId, typed: str) -> tuple[Seller, ...]:
        """Sellers whose name contains what was typed, those that begin with it first, 20 at most."""
        sought = folded(typed)
        found = [one for one in await self.store.sellers(desk_id) if sought in folded(one.name)]
        found.sort(key=lambda one: (not folded(one.name).startswith(sought), folded(one.name)))
        return tuple(found[:LIST_LIMIT])

    async def sellers(self, desk_id: DeskId, actor: Actor) -> tuple[Seller, ...] | Refusal:
        """The desk's sellers, for its staff."""
        desk = await self._desk(desk_id, actor)
        if desk is None:
            return Refusal(reason="no_desk")
        if not acts_for_staff(desk, actor):
            return Refusal(reason="not_allowed")
        return await self.store.sellers(desk_id)

    async def settings(self, desk_id: DeskId | None, actor: Actor) -> Desk | Refusal | None:
        """The desk's settings for whoever may set it up.

        None where there is no desk yet and they may make one.
        """
        desk = None if desk_id is None else await self._desk(desk_id, actor)
        return desk if may_set_up(desk, actor) else Refusal(reason="not_allowed")

    async def draft(self, desk_id: DeskId, person: PersonId) -> Draft | None:
        """What someone has entered and not yet sent, for a form to begin with."""
        return (await self.store.read(Scope(desk=desk_id, key=Key(""), person=person))).draft

    async def order_example(self, desk_id: DeskId) -> str:
        """An order number as the desk's marketplace writes them, empty where there is no desk."""
        desk = await self.store.desk(desk_id)
        return "" if desk is None else self._markets[desk.market].order_example

    async def desk_of(self, workspace: WorkspaceId) -> DeskId | None:
        """The desk a workspace belongs to, or None where none has been set up."""
        return await self.store.desk_of(workspace)

    async def owns(self, desk_id: DeskId, place: PlaceId, message: MessageId) -> bool:
        """Whether a message of a place belongs to an inquiry of this desk: a line's card, or a notice."""
        scope = Scope(desk=desk_id, key=Key(""), message=(place, message))
        return (await self.store.read(scope)).inquiry is not None

    async def _listed(self, desk_id: DeskId, *indexes: str) -> Listed:
        """The first of some indexes together; several sellers may be reached in one place."""
        found = [await self.store.listing(desk_id, index, LIST_LIMIT) for index in indexes]
        if len(found) == 1:
            return found[0]
        inquiries = sorted((one for each in found for one in each.inquiries), key=pressing)
        return Listed(inquiries=tuple(inquiries[:LIST_LIMIT]), total=sum(each.total for each in found))

    async def _directed(self, command: AnyCommand) -> AnyCommand | Refusal:
        """The command with what only the directory, or a log, can tell."""
        match command:
            case SetUpDesk():
                return await set_up_where(self.store, command)
            case UseLinkCode():
                return await joining_where(self.store, command)
            case ShowFiles():
                return replace(command, entries=await self._with_files(command))
            case _:
                return command

    async def _committed(self, command: AnyCommand, decision: Decision) -> AnyAnswer:
        """Commit; the directory knows of a code by then, and afterwards of a workspace that left."""
        if isinstance(decision.answer, CodeMade):
            await self.store.keep_code(decision.answer.code, decision.desk)
        answer = await self.store.commit(decision)
        if isinstance(command, UnlinkWorkspace) and not isinstance(answer, Refusal):
            await self.store.unlink(command.workspace, command.desk)
        return answer

    def _was_left(self, desk: Desk | None, command: AnyCommand) -> bool:
        """Whether whoever acts is in a workspace that this desk has no more: another process took it off."""
        if desk is None or command.actor is None or isinstance(command, UseLinkCode):
            return False
        return not self._is_of(desk, command.actor)

    def _is_of(self, desk: Desk, actor: Actor) -> bool:
        if belongs(desk, actor.place):
            return True
        self.store.forget(workspace_of(actor.place))
        return False

    async def _desk(self, desk_id: DeskId, actor: Actor) -> Desk | None:
        """The desk's record, for whoever acts in one of its workspaces."""
        desk = await self.store.desk(desk_id)
        return desk if desk is not None and self._is_of(desk, actor) else None

    async def _with_files(self, command: ShowFiles) -> tuple[Entry, ...]:
        """The messages of an inquiry that have files, as its log has them."""
        shown = await self.store.shown(command.desk, command.number)
        entries = () if shown is None else shown.entries
        return tuple(one for one in entries if one.kind in _MESSAGES and one.attached)

    def _with_market(self, snapshot: Snapshot) -> Snapshot:
        if snapshot.desk is None:
            return snapshot
        return msgspec.structs.replace(snapshot, market=self._markets[snapshot.desk.market])


def alarm_key(due: Due) -> Key:
    """The idempotency key of an alarm: inquiry and version."""
    return Key(f"alarm:{due.inquiry.desk}.{due.inquiry.number}.{due.inquiry.version}")


def _of_alarm(due: Due) -> Snapshot:
    return Snapshot(desk=due.desk, inquiry=due.inquiry, seller=due.seller)


def _alarm(due: Due, unread: frozenset[Key]) -> AlarmRang:
    key = alarm_key(due)
    return AlarmRang(key=key, desk=due.inquiry.desk, number=due.inquiry.number, unread=key in unread)


def _changes_nothing(decision: Decision) -> bool:
    """Whether there is nothing to commit; what stays refused is written down, to be answered the same."""
    if decision.changes or decision.notices:
        return False
    answer = decision.answer
    return isinstance(answer, Nothing) or (isinstance(answer, Refusal) and not decision.remember)
