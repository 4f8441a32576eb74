"""Reading an inquiry's lines back, once for each gap in hearing a platform.

Used by the catch-up, before alarms and in the background. What is found is handled like what is heard live,
under the same keys, so that reading twice changes nothing. What was read is remembered in this process
only.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.commands import AnyCommand
from core.desk import FrontDesk
from core.errors import Misconfigured, TryAgain, Undeliverable, Unknown
from core.ids import DeskId, MessageId, platform_of
from core.ports import History, Store
from core.records import Desk, Inquiry, Party
from core.refusal import Refusal

log = structlog.get_logger()

DEAF_AFTER: Final = 30.0
"""Seconds since somebody last listened to a platform after which nobody does: several notes are missing."""

Gaps = Mapping[str, datetime]
"""The last gap of each platform that had one."""

REMEMBERED: Final = 100_000
"""How many inquiries' readings are remembered; one forgotten is read again, which changes nothing."""

WITHIN: Final = 10.0
"""Seconds in which a platform has to give what it knows of an inquiry."""

NOT_NOW: Final = 30.0
"""Seconds for which a platform that did not answer, or is set up wrongly, is left in peace."""


class ReadBack:
    """The histories of the platforms served here, and what has been read in them.

    `now` is the desk's clock, `wall` this worker's own, by which it tells how long ago somebody listened.
    """

    def __init__(
        self,
        store: Store,
        desk: FrontDesk,
        histories: Mapping[str, History],
        now: Callable[[], datetime],
        wall: Callable[[], datetime],
    ) -> None:
        self.platforms = frozenset(histories)
        self._store = store
        self._desk = desk
        self._histories = histories
        self._now = now
        self._wall = wall
        # For an inquiry and a platform the gap, and the lines that had a card to be read under.
        self._read: OrderedDict[tuple[DeskId, int, str], tuple[datetime, frozenset[Party]]] = OrderedDict()
        self._resting: dict[str, datetime] = {}
        self._started = now()

    async def gaps(self, platforms: Iterable[str]) -> Gaps:
        """The gaps that these platforms have had.

        This worker's own start counts as one, since Henji may have been down as a whole before. A gap that
        lasts reaches until now: what is read in it is read again the next time.
        """
        gaps: dict[str, datetime] = {}
        for platform in sorted(platforms):
            noted, heard = await asyncio.gather(self._store.gap(platform), self._store.heard(platform))
            started = self._started if platform in self.platforms else None
            lasting = self._now() if self._is_deaf(heard) else None
            known = [gap for gap in (noted, started, lasting) if gap is not None]
            if known:
                gaps[platform] = max(known)
        return gaps

    def _is_deaf(self, heard: datetime | None) -> bool:
        return heard is not None and (self._wall() - heard).total_seconds() > DEAF_AFTER

    def unread(
        self, inquiry: Inquiry, gaps: Gaps, roots: Mapping[Party, MessageId] | None = None
    ) -> tuple[str, ...]:
        """The platforms on which something said in this inquiry's lines may not have been heard.

        With `roots`, also those on which a line's card was not known yet when they were read.
        """
        return tuple(
            platform
            for platform in sorted(platforms_of((inquiry,)))
            if (gap := gaps.get(platform)) is not None
            and inquiry.opened_at < gap
            and not self._was_read(inquiry, platform, gap, frozenset(roots or ()))
        )

    def _was_read(self, inquiry: Inquiry, platform: str, gap: datetime, lines: frozenset[Party]) -> bool:
        since, read = self._read.get((inquiry.desk, inquiry.number, platform), (None, frozenset()))
        return since == gap and lines <= read

    async def read(self, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId], gaps: Gaps) -> int:
        """Handle what was said in its lines since the last message known; how many commands that was.

        Raises TryAgain where a platform has to be asked later, Undeliverable where it can't be read at all;
        what was said on the other is heard by then.
        """
        heard = 0
        failed: list[TryAgain | Undeliverable] = []
        for platform in self.unread(inquiry, gaps, roots):
            try:
                said = await self._asked(platform, desk, inquiry, roots)
            except (TryAgain, Undeliverable) as error:
                failed.append(error)
                continue
            for command in said:
                answer = await self._desk.handle(command)
                heard += 1
                if isinstance(answer, Refusal):
                    log.info("what was read back is refused", number=inquiry.number, reason=answer.reason)
            self._read[inquiry.desk, inquiry.number, platform] = gaps[platform], frozenset(roots)
            if len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        for each in sorted(failed, key=lambda error: isinstance(error, Undeliverable)):
            raise each
        return heard

    async def _asked(
        self, platform: str, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId]
    ) -> Iterable[AnyCommand]:
        history = self._histories.get(platform)
        if history is None:  # another worker may serve it
            raise TryAgain(NOT_NOW)
        rests = (self._resting.get(platform, self._now()) - self._now()).total_seconds()
        if rests > 0:
            raise TryAgain(rests)
        try:
            async with asyncio.timeout(WITHIN):
                return await history.since(desk, inquiry, roots)
        except TryAgain as error:
            raise self._rest(platform, error.after) from error
        except Misconfigured as error:
            log.warning("lines can't be read back", platform=platform, why=str(error))
            raise self._rest(platform, NOT_NOW) from error
        except (TimeoutError, Unknown) as error:
            raise self._rest(platform, NOT_NOW) from error

    def _rest(self, platform: str, seconds: float) -> TryAgain:
        self._resting[platform] = self._now() + timedelta(seconds=seconds)
        return TryAgain(seconds)


def platforms_of(inquiries: Iterable[Inquiry]) -> frozenset[str]:
    """The platforms on which inquiries have their lines."""
    return frozenset(platform_of(line.place) for each in inquiries for line in each.lines.values())
