"""A platform of our own: a messenger that says what it is told to a list, and a history that is a list.

Nothing of an SDK's; the ports alone. What goes wrong is put in line beforehand, place by place.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from core.commands import Actor, AnyCommand, PostMessage
from core.errors import Unavailable, Unknown
from core.ids import Key, MessageId, NoticeId, PersonId, PlaceId
from core.inquiry import card_notice
from core.notices import Card, Notice
from core.records import Desk, Inquiry, Party
from core.text import Foreign
from tests.contract.store.things import DESK, SELLER_PLACE


class LostReply(Unknown):
    """The message is there, but its answer was lost."""


class Interrupted:
    """A store or outbox that is away, so many times, for one kind of call; else it is the real one."""

    def __init__(self, real: object, name: str, times: int = 1) -> None:
        self._real = real
        self._name = name
        self._times = times

    def __getattr__(self, name: str) -> Any:
        if name == self._name and self._times > 0:
            self._times -= 1
            return _away
        return getattr(self._real, name)


async def _away(*_: object) -> None:
    raise Unavailable("away for a test")


class RecordingMessenger:
    """`said` is what stands in each place, in order: (notice id, message, root)."""

    pause = 1.0

    def __init__(self) -> None:
        self.said: defaultdict[PlaceId, list[tuple[NoticeId, MessageId, MessageId | None]]] = defaultdict(
            list
        )
        self.notices: list[Notice] = []
        self.drawn: list[tuple[Card, MessageId]] = []
        self.looked_for: list[tuple[NoticeId, datetime]] = []
        self.wrong: defaultdict[PlaceId, deque[Exception]] = defaultdict(deque)
        self.wrong_search: deque[Exception] = deque()
        self.gate: dict[PlaceId, asyncio.Event] = {}
        self.begun: asyncio.Event = asyncio.Event()
        self._ids = count(1)

    async def open_line(self, card: Card, inquiry: Inquiry, notice: NoticeId) -> MessageId:
        """Post a card."""
        assert notice == card_notice(inquiry, card.party)
        return await self._say(card.place, notice, None)

    async def update(self, card: Card, inquiry: Inquiry, root: MessageId) -> None:
        """Draw a card again."""
        assert inquiry.number == card.number
        if self.wrong[card.place]:
            raise self.wrong[card.place].popleft()
        self.drawn.append((card, root))

    async def send(self, notice: Notice, root: MessageId | None, inquiry: Inquiry | None) -> MessageId:
        """Send a notice."""
        assert (inquiry is None) == (notice.number is None)
        message = await self._say(notice.place, notice.id, root)
        self.notices.append(notice)
        return message

    async def find(
        self, place: PlaceId, root: MessageId | None, notice: NoticeId, since: datetime
    ) -> MessageId | None:
        """Look for a notice."""
        del root
        self.looked_for.append((notice, since))
        if self.wrong_search:
            raise self.wrong_search.popleft()
        return next((message for known, message, _ in self.said[place] if known == notice), None)

    async def _say(self, place: PlaceId, notice: NoticeId, root: MessageId | None) -> MessageId:
        if place in self.gate:
            self.begun.set()
            await self.gate[place].wait()
        wrong = self.wrong[place].popleft() if self.wrong[place] else None
        if wrong is not None and not isinstance(wrong, LostReply):
            raise wrong
        message = MessageId(f"m{next(self._ids)}")
        self.said[place].append((notice, message, root))
        if wrong is not None:
            raise wrong
        return message


class RecordedHistory:
    """What was said while nobody listened, by inquiry number, and what goes wrong when it is asked for."""

    def __init__(self) -> None:
        self.missed: defaultdict[int, list[AnyCommand]] = defaultdict(list)
        self.wrong: defaultdict[int, deque[Exception]] = defaultdict(deque)
        self.asked: list[int] = []

    async def since(
        self, desk: Desk, inquiry: Inquiry, roots: dict[Party, MessageId]
    ) -> Sequence[AnyCommand]:
        """What was said since."""
        del desk, roots
        self.asked.append(inquiry.number)
        if self.wrong[inquiry.number]:
            raise self.wrong[inquiry.number].popleft()
        return list(self.missed[inquiry.number])

    def seller_answered(self, number: int, at: datetime) -> None:
        """The seller's people answered at that instant, and nobody heard it."""
        actor = Actor(person=PersonId("slack:T01:U09"), name=Foreign("Aoi"), lang="ja", place=SELLER_PLACE)
        key = Key(f"m:{SELLER_PLACE}:{at.timestamp()}.{number}")
        text = Foreign("On its way.")
        said = PostMessage(key=key, desk=DESK, actor=actor, text=text, at=at, number=number, read_back=True)
        self.missed[number].append(said)
