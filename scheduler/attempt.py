"""One attempt to deliver one leased item, and what follows from how it ended.

Called by delivery. Looks for what may already be there before saying it again; whoever has to know of what
can't be delivered is told before the item is let go. Never settles: that is delivery's, for many at once.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from core.commands import DeliveryFailed
from core.desk import FrontDesk
from core.errors import Misconfigured, TryAgain, Undeliverable, Unknown
from core.ids import Key, MessageId, NoticeId, workspace_of
from core.inquiry import card_notice
from core.notices import Card, Carried, Notice, Trouble, Undelivered
from core.ports import Lease, Messenger, Settled
from core.refusal import Refusal
from scheduler.carrying import Carrying
from scheduler.passes import Fate

log = structlog.get_logger()

WITHIN: Final = 15.0
"""Seconds for looking and sending together: half of a lease."""

WITHIN_WITH_FILES: Final = 24.0
"""The same where files are sent."""

LOOK_AFTER: Final = 2.0
"""Seconds after which a message whose fate is unknown shows on the platform, if it is there."""

PLACE_LOST: Final = 600.0
"""Seconds between attempts at a place that can't be spoken to; `Outbox.wake` ends the wait."""

SET_UP_WRONGLY: Final = 60.0
"""Seconds between attempts where whoever hosts the desk has to mend something."""

CLOCKS_MAY_DIFFER: Final = timedelta(minutes=1)
"""How much earlier than it was sent a message is looked for: the platform's clock is not the store's."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How an attempt ended, and what the outbox has to know."""

    settled: Settled
    fate: Fate


class Attempts:
    """Attempts on behalf of one desk's front. `now` is the desk's clock, for what is told once a day."""

    def __init__(self, desk: FrontDesk, carrying: Carrying, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._carrying = carrying
        self._now = now

    async def make(self, lease: Lease, messenger: Messenger) -> Ended:
        """Deliver the item if it can be done. Raises Unavailable when it could not be told what can't."""
        try:
            async with asyncio.timeout(WITHIN_WITH_FILES if _has_files(lease) else WITHIN):
                receipt = await self._said(lease, messenger)
        except TryAgain as error:
            return _kept(lease, error.after, Fate.AGAIN)
        except (Unknown, TimeoutError):
            return _unknown(lease, LOOK_AFTER, Fate.UNKNOWN)
        except Undeliverable as error:
            return await self._undeliverable(lease, messenger, error)
        except Misconfigured as error:
            log.warning("a platform is set up wrongly", place=lease.place, why=str(error))
            await self._tell(
                lease, "misconfigured", f"misconfigured:{workspace_of(lease.place)}:{self._day()}"
            )
            return _kept(lease, SET_UP_WRONGLY, Fate.MISCONFIGURED)
        except Exception:  # a bug must hold up one place at most, and somebody has to hear of it
            log.exception("a notice can't be delivered", place=lease.place, item=_name(lease))
            await self._tell(lease, "platform_refused", f"broken:{lease.place}:{self._day()}")
            return _unknown(lease, SET_UP_WRONGLY, Fate.BROKEN)
        settled = Settled(lease=lease, done=True, pause=messenger.pause, receipt=receipt)
        return Ended(settled, Fate.SENT)

    async def _undeliverable(self, lease: Lease, messenger: Messenger, error: Undeliverable) -> Ended:
        """A place that is lost keeps its items; an item that its place does not take is dropped, and told."""
        if error.place_lost:
            await self._tell(lease, error.why, f"lost:{lease.place}:{self._day()}")
            return _kept(lease, PLACE_LOST, Fate.KEPT)
        log.warning("a notice is undeliverable", place=lease.place, item=_name(lease), why=error.why)
        if not _tells_of_trouble(lease):
            answer = await self._tell(lease, error.why, f"dropped:{_name(lease)}", kept=False)
            if isinstance(answer, Refusal):  # others were quicker too often: nobody has been told yet
                return _kept(lease, messenger.pause, Fate.AGAIN)
        return Ended(Settled(lease=lease, done=True, pause=messenger.pause), Fate.DROPPED)

    async def _tell(self, lease: Lease, why: str, key: str, *, kept: bool = True) -> object:
        """Have staff told; the key keeps what was told from being told again."""
        return await self._desk.handle(
            DeliveryFailed(
                key=Key(key),
                desk=lease.desk,
                place=lease.place,
                why=why,
                kept=kept,
                number=lease.item.number,
                party=lease.item.party,
            )
        )

    async def _said(self, lease: Lease, messenger: Messenger) -> MessageId | None:
        """Say it, unless it is there already; the message, where there is a new one."""
        match lease.item:
            case Notice() as notice:
                found = await _found(lease, messenger, notice.id)
                return found or await self._sent(lease, notice, messenger)
            case Card() as card:
                if lease.inquiry is None:
                    return None
                if lease.root is not None:
                    await messenger.update(card, lease.inquiry, lease.root)
                    return None
                found = await _found(lease, messenger, card_notice(lease.inquiry, card.party))
                return found or await messenger.open_line(
                    card, lease.inquiry, card_notice(lease.inquiry, card.party)
                )

    async def _sent(self, lease: Lease, notice: Notice, messenger: Messenger) -> MessageId | None:
        """Send it, with the files it has; without them where they can't go as the desk is set up."""
        if not isinstance(notice.what, Carried):
            return await messenger.send(notice, lease.root, lease.inquiry)
        try:
            return await self._carrying.carry(lease, notice, notice.what, messenger)
        except (Misconfigured, Undeliverable) as error:
            if isinstance(error, Undeliverable) and error.place_lost:
                raise
            why = error.why if isinstance(error, Undeliverable) else "misconfigured"
            log.warning("files can't be carried", place=lease.place, why=str(error))
            await self._tell(lease, why, f"files:{lease.place}:{self._day()}", kept=False)
            return await self._carrying.leave(lease, notice, notice.what, messenger)

    def _day(self) -> str:
        return f"{self._now():%Y-%m-%d}"


async def _found(lease: Lease, messenger: Messenger, notice: NoticeId) -> MessageId | None:
    if lease.sent_before is None:
        return None
    return await messenger.find(lease.place, lease.root, notice, lease.sent_before - CLOCKS_MAY_DIFFER)


def _kept(lease: Lease, pause: float, fate: Fate) -> Ended:
    return Ended(Settled(lease=lease, done=False, pause=pause), fate)


def _unknown(lease: Lease, pause: float, fate: Fate) -> Ended:
    """It may be there. Drawing a card again does no harm, so nothing has to be looked for."""
    posts = isinstance(lease.item, Notice) or lease.root is None
    return Ended(Settled(lease=lease, done=False, pause=pause, unknown=posts), fate)


def _has_files(lease: Lease) -> bool:
    return isinstance(lease.item, Notice) and isinstance(lease.item.what, Carried)


def _tells_of_trouble(lease: Lease) -> bool:
    """Whether it is itself about something that went wrong: that it was dropped is for the log alone."""
    return isinstance(lease.item, Notice) and isinstance(lease.item.what, Undelivered | Trouble)


def _name(lease: Lease) -> str:
    item = lease.item
    return item.id if isinstance(item, Notice) else f"{item.desk}.{item.number}.c{item.party}"
