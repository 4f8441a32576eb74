"""Carrying files: from the platform where they were posted into the file room, and from there to their place.

Called by an attempt when its turn comes. Fetching goes on beside the attempt, whose lease is short, and what
is in the room stays there, so whoever tries again has less left to do. Files never hold up their place for
long: what can't be carried is left behind, and its sender is told why.
"""

import asyncio
import zlib
from collections import Counter
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from typing import Final

import msgspec
import structlog

from core.commands import LeaveFiles
from core.desk import FrontDesk
from core.errors import Delivery, Misconfigured, NotCarried, TryAgain, Unknown
from core.files import File, FileRef, Left, Why, platform_with
from core.filing import Courier, Drawer, FileRoom, Kept
from core.ids import Key, MessageId, platform_of
from core.notices import Carried, Notice
from core.ports import Lease, Messenger
from scheduler.aio import spawn

log = structlog.get_logger()

AT_ONCE: Final = 8
"""Notices with files under way at a time: the others of a delivery are for words."""

FETCHED_WITHIN: Final = 60.0
"""Seconds that fetching one file may take."""

TRIES: Final = 5
"""Attempts after which a file that could not be fetched, or put into its place, is left behind."""

PAUSE: Final = 5.0
"""Seconds after the first of them, doubled after each: words wait behind a file for some minutes at most."""

_MOST_COUNTED: Final = 10_000

Outcome = Kept | Why | Delivery | Misconfigured


class Carrying:
    """`couriers` by platform."""

    def __init__(self, couriers: Mapping[str, Courier], room: FileRoom, desk: FrontDesk) -> None:
        self._couriers = couriers
        self._room = room
        self._desk = desk
        self._fetching: dict[tuple[Drawer, FileRef], asyncio.Task[Outcome]] = {}
        self._tries: Counter[str] = Counter()
        self._under_way = 0

    async def carry(
        self, lease: Lease, notice: Notice, what: Carried, messenger: Messenger
    ) -> MessageId | None:
        """Bring the files and post them; a message without any says that they were left behind."""
        if self._under_way >= AT_ONCE:
            raise TryAgain(1.0)
        self._under_way += 1
        try:
            return await self._carried(lease, notice, what, messenger)
        finally:
            self._under_way -= 1

    async def _carried(
        self, lease: Lease, notice: Notice, what: Carried, messenger: Messenger
    ) -> MessageId | None:
        drawer = Drawer(notice.desk, what.number)
        brought, left = [], []
        for file in what.files:
            found = await self._brought(drawer, file, what.limit)
            if isinstance(found, Kept):
                brought.append((file, found))
            else:
                left.append(Left(file, found, what.limit))
        if brought and self._tries[notice.id] >= TRIES:
            del self._tries[notice.id]  # where words do not arrive either, files are not to blame
            return await self.leave(lease, notice, what, messenger)
        await self._told(lease, notice, what, tuple(left))
        files = tuple(file for file, _ in brought)
        shown = msgspec.structs.replace(what, files=files, left=what.left + len(left))
        posted = msgspec.structs.replace(notice, what=shown)
        if not brought:
            return await messenger.send(posted, lease.root, lease.inquiry)
        return await self._posted(lease, posted, drawer, [kept for _, kept in brought])

    async def _posted(
        self, lease: Lease, notice: Notice, drawer: Drawer, files: list[Kept]
    ) -> MessageId | None:
        """Put them into their place; it is counted how often that failed, or did not end in time."""
        tries = self._failed(notice.id)
        try:
            async with AsyncExitStack() as stack:
                parcels = [await stack.enter_async_context(self._room.open(drawer, kept)) for kept in files]
                message = await self._couriers[platform_of(notice.place)].carry(
                    notice, parcels, lease.root, lease.inquiry
                )
        except TryAgain as error:
            raise TryAgain(max(error.after, _pause(tries))) from error
        except NotCarried as error:  # somebody deleted it from the room just now
            raise TryAgain(_pause(tries)) from error
        del self._tries[notice.id]
        return message

    async def leave(
        self, lease: Lease, notice: Notice, what: Carried, messenger: Messenger
    ) -> MessageId | None:
        """Leave all of them behind, where their place takes words and no files."""
        drawer = Drawer(notice.desk, what.number)
        left = tuple([Left(file, await self._why(drawer, file), what.limit) for file in what.files])
        shown = msgspec.structs.replace(what, files=(), left=what.left + len(left))
        words = msgspec.structs.replace(notice, what=shown)
        message = await messenger.send(words, lease.root, lease.inquiry)
        await self._told(lease, notice, what, left)
        return message

    async def _brought(self, drawer: Drawer, file: File, limit: int) -> Kept | Why:
        """A file in the room, or why it is left behind. Raises what keeps it from being either for now."""
        outcome = await self._outcome(drawer, file, limit)
        if isinstance(outcome, Kept | Why):
            return outcome
        if isinstance(outcome, Misconfigured):
            raise outcome
        tries = self._failed(file.source)
        if tries < TRIES:
            after = outcome.after if isinstance(outcome, TryAgain) else 0.0
            raise TryAgain(max(after, _pause(tries)))
        del self._tries[file.source]
        with suppress(TryAgain):  # where the room itself is away, nothing can be remembered either
            await self._room.leave(drawer, file.source, Why.UNAVAILABLE)
        return Why.UNAVAILABLE

    async def _why(self, drawer: Drawer, file: File) -> Why:
        """Why a file is left behind that can't be posted: as before, if it was left behind before."""
        with suppress(TryAgain, Misconfigured):
            found = await self._room.find(drawer, file.source)
            return found if isinstance(found, Why) else Why.UNAVAILABLE
        return Why.UNAVAILABLE

    async def _outcome(self, drawer: Drawer, file: File, limit: int) -> Outcome:
        """What became of it before, or what becomes of it now: several that ask for one file wait for one."""
        try:
            found = await self._room.find(drawer, file.source)
        except TryAgain as error:
            return error
        if found is not None:
            return found
        key = drawer, file.source
        task = self._fetching.get(key)
        if task is None:
            task = self._fetching[key] = spawn(self._fetched(drawer, file, limit), f"fetching {file.source}")
            task.add_done_callback(lambda _: self._fetching.pop(key, None))
        return await asyncio.shield(task)

    async def _fetched(self, drawer: Drawer, file: File, limit: int) -> Outcome:
        """Fetch one file; how that ended, for whoever waits for it by then."""
        courier = self._couriers.get(platform_with(file.source))
        if courier is None:
            return TryAgain(PAUSE)  # other workers may serve that platform
        try:
            try:
                async with asyncio.timeout(FETCHED_WITHIN), courier.fetch(file.source) as incoming:
                    return await self._room.keep(drawer, incoming, limit)
            except NotCarried as error:
                await self._room.leave(drawer, file.source, error.why)
                return error.why
        except (TryAgain, Unknown, Misconfigured) as error:
            return error
        except Exception:  # a bug about one file must not hold up words for ever
            log.exception("a file can't be fetched", source=file.source)
            return TryAgain(PAUSE)

    def _failed(self, what: str) -> int:
        """How often it has, with this time."""
        if len(self._tries) >= _MOST_COUNTED:  # of what others have brought since
            self._tries.clear()
        self._tries[what] += 1
        return self._tries[what]

    async def _told(self, lease: Lease, notice: Notice, what: Carried, left: tuple[Left, ...]) -> None:
        """Have the sender told which files are left behind; the key keeps it from being told again.

        It names these files: others of the same message may follow them.
        """
        party = lease.item.party
        if not left or what.sender is None or party is None:
            return
        these = zlib.crc32("\n".join(each.file.source for each in left).encode())
        await self._desk.handle(
            LeaveFiles(
                key=Key(f"left:{notice.id}:{these:08x}"),
                desk=notice.desk,
                number=what.number,
                party=what.by,
                sender=what.sender,
                name=what.name,
                to=party,
                left=left,
            )
        )


def _pause(tries: int) -> float:
    return PAUSE * 2.0 ** (tries - 1)
