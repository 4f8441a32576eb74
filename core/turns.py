"""Whose turn it is in this process: messages of one place in their order, and nobody overtaken for ever.

Used by the front desk around reading, deciding and committing. It only makes commands wait for each other;
which of two processes is quicker is left to the store's versions.
"""

import asyncio
from collections import Counter
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from weakref import WeakValueDictionary

from core.commands import AnyCommand, PostMessage, SetUpDesk, Talk, UnlinkWorkspace, UseLinkCode
from core.decision import Decision, Scope
from core.ids import DeskId, PlaceId, WorkspaceId

Subject = tuple[DeskId, int]


class Turns:
    """The locks, each for as long as anybody waits for it."""

    def __init__(self) -> None:
        self._places: WeakValueDictionary[PlaceId | WorkspaceId, asyncio.Lock] = WeakValueDictionary()
        self._overtaken: WeakValueDictionary[Subject, asyncio.Lock] = WeakValueDictionary()
        self._opening: Counter[DeskId] = Counter()

    def in_place(self, command: AnyCommand) -> AbstractAsyncContextManager[object]:
        """The turn of a message in its place, and of a workspace that joins or leaves; others need none."""
        match command:
            case PostMessage() | Talk() if command.actor is not None:
                return self._places.setdefault(command.actor.place, asyncio.Lock())
            case SetUpDesk() | UseLinkCode() | UnlinkWorkspace():
                return self._places.setdefault(command.workspace, asyncio.Lock())
            case _:
                return nullcontext()

    def contest(self, scope: Scope) -> "Contest":
        """One command's way past others about the same inquiry, or about a new one's number."""
        contest = Contest(self._overtaken)
        if scope.opening:
            contest.crowded = self._opening[scope.desk] > 0
            self._opening[scope.desk] += 1
            contest.callback(self._opened, scope.desk)
        return contest

    def _opened(self, desk: DeskId) -> None:
        self._opening[desk] -= 1
        if not self._opening[desk]:
            del self._opening[desk]


class Contest(AsyncExitStack):
    """Whoever was overtaken once goes before all who come later.

    For every sender has the next message ready when the last one is committed, so that the slowest would
    lose time and again. `crowded` tells that others open inquiries at the same desk at the moment.
    """

    def __init__(self, overtaken: "WeakValueDictionary[Subject, asyncio.Lock]") -> None:
        super().__init__()
        self.crowded = False
        self._overtaken = overtaken
        self._in_line = False

    async def gave_way(self, decision: Decision) -> bool:
        """Wait for those who were overtaken before; whether there were any: then what was read is old."""
        subject = _subject(decision)
        if self._in_line or subject is None or subject not in self._overtaken:
            return False
        await self._line_up(subject)
        return True

    async def lost(self, decision: Decision) -> None:
        """Somebody was quicker: go before all who come later."""
        subject = _subject(decision)
        if not self._in_line and subject is not None:
            await self._line_up(subject)

    async def _line_up(self, subject: Subject) -> None:
        self._in_line = True
        await self.enter_async_context(self._overtaken.setdefault(subject, asyncio.Lock()))


def _subject(decision: Decision) -> Subject | None:
    inquiry = decision.inquiry
    return None if inquiry is None else (inquiry.desk, inquiry.number)
