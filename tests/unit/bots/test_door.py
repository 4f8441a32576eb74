"""A platform's door: open once the platform is there, and asking for patience until then."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bots.compose.door import Door
from bots.compose.room import Ears, Room
from bots.compose.stand_in import StandIn
from core.errors import DeskError, Misconfigured, TryAgain
from core.ids import DeskId, Lang, MessageId, NoticeId, PlaceId
from core.notices import Held, Notice
from core.ports import Platform
from tests.clocks import NOON, HandClock
from tests.model.store import ModelStore
from tests.waiting import until

LANG: Lang = "en"
PLACE = PlaceId("slack:T01:C01")
NOTICE = Notice(
    id=NoticeId("d.1.1.0"), desk=DeskId("d"), place=PLACE, lang=LANG, what=Held(number=1, due_at=NOON)
)


class Voice(StandIn):
    """A messenger that takes everything."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.said: list[Notice] = []

    async def send(self, notice: Notice, root: object, inquiry: object) -> MessageId:
        """Say it."""
        del root, inquiry
        self.said.append(notice)
        return MessageId("1")


class Line:
    """A connection that stands from `start` to `stop`."""

    def __init__(self) -> None:
        self.open = False
        self.over = asyncio.Event()

    async def start(self) -> None:
        """Stand."""
        self.open = True
        self.over.clear()

    async def stop(self) -> None:
        """Stand no more."""
        self.open = False
        self.over.set()

    async def connected(self) -> bool:
        """Whether it stands."""
        return self.open

    async def ended(self) -> None:
        """Wait until it is `over`."""
        await self.over.wait()


class Building:
    """A platform that is there or not: what comes of each attempt to open its room, `errors` first."""

    def __init__(self, *errors: DeskError) -> None:
        self.errors = list(errors)
        self.voice = Voice()
        self.line = Line()
        self.store = ModelStore()
        self.attempts = 0
        self.door = Door("slack", self.room, listens=True, now=HandClock().now, patience=0)

    @asynccontextmanager
    async def room(self) -> AsyncIterator[Room]:
        """The room, if it can be opened by now."""
        self.attempts += 1
        if self.errors:
            raise self.errors.pop(0)
        ears = Ears(self.store, "slack", HandClock().now)
        ears.connection = self.line
        platform = Platform(name="slack", messenger=self.voice, history=self.voice, courier=self.voice)
        yield Room(platform=platform, ears=ears, routes={}, who="slack:T01")


async def test_an_open_door_leads_to_the_platform() -> None:
    """Its ports are the room's, its connection stands, and it is noted that somebody listens."""
    building = Building()
    await building.door.open()
    assert await building.door.platform.messenger.send(NOTICE, None, None) == "1"
    assert await building.line.connected()
    await until(lambda: _heard(building))
    await building.door.close()
    assert not await building.line.connected()
    assert building.door.room is None


async def test_a_platform_that_is_away_is_asked_again() -> None:
    """Whoever speaks is asked for patience meanwhile; once it is there, what was said before is a gap."""
    building = Building(TryAgain(0), TryAgain(0))
    with pytest.raises(TryAgain):
        await building.door.platform.messenger.send(NOTICE, None, None)
    await building.door.open()
    await until(lambda: _is_open(building))
    assert building.attempts == 3
    await until(lambda: _gap(building))
    await building.door.close()


async def test_a_token_that_is_refused_at_the_start_ends_it() -> None:
    """Whoever hosts the desk hears of it at once."""
    building = Building(Misconfigured("SLACK_BOT_TOKEN", "is unknown.", "Copy it."))
    with pytest.raises(Misconfigured, match="SLACK_BOT_TOKEN"):
        await building.door.open()
    await building.door.close()
    assert building.attempts == 1


async def test_a_token_that_is_refused_later_is_tried_again() -> None:
    """The other platform goes on, and this one when it was mended."""
    building = Building(TryAgain(0), Misconfigured("SLACK_BOT_TOKEN", "is unknown.", "Copy it."))
    await building.door.open()
    await until(lambda: _is_open(building))
    await building.door.close()


async def test_a_connection_that_was_closed_for_good_is_made_anew() -> None:
    """By opening another room, which asks anew what Henji may; what was said meanwhile is a gap."""
    building = Building()
    await building.door.open()
    building.line.over.set()
    await until(lambda: building.attempts > 1)
    await until(building.line.connected)
    await until(lambda: _is_open(building))
    await until(lambda: _gap(building))
    await building.door.close()


async def test_who_is_hushed_still_speaks() -> None:
    """At the end no more events are taken, and what is under way is said."""
    building = Building()
    await building.door.open()
    await building.door.hush()
    assert not await building.line.connected()
    await building.door.platform.messenger.send(NOTICE, None, None)
    assert building.voice.said == [NOTICE]
    await building.door.close()


async def _heard(building: Building) -> bool:
    return await building.store.heard("slack") is not None


async def _gap(building: Building) -> bool:
    return await building.store.gap("slack") == NOON


async def _is_open(building: Building) -> bool:
    return building.door.room is not None
