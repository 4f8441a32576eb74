"""When a platform was out of hearing is noted, and noted again when it could not be."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from adapters.aio import spawn
from bots.hearing import AGAIN, Hearing
from core.errors import Unavailable
from tests.clocks import NOON, HandClock
from tests.model.store import ModelStore


class Ears:
    """A connection that is there or not, on a store that is there or not."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.store = Store()
        self.open = True
        self.hearing = Hearing(self.store, "slack", self.clock.now, self.connected)

    async def connected(self) -> bool:
        """Whether events can arrive."""
        return self.open

    async def look_after(self, seconds: float) -> datetime | None:
        """Look once, later; the gap that is noted then."""
        self.clock.advance(seconds=seconds)
        await self.hearing.look()
        return await self.store.gap("slack")


class Store(ModelStore):
    """The model of the store, which can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.tries = list[str]()
        self.noted = asyncio.Queue[datetime]()

    async def mark_gap(self, platform: str, at: datetime) -> None:
        """Note it, unless away."""
        self._try("gap")
        await super().mark_gap(platform, at)
        self.noted.put_nowait(at)

    async def mark_heard(self, platform: str) -> None:
        """Note it, unless away."""
        self._try("heard")
        await super().mark_heard(platform)

    def _try(self, what: str) -> None:
        if self.away:
            raise Unavailable("away")
        self.tries.append(what)


async def test_while_it_listens_nothing_is_noted() -> None:
    """A connection that is there leaves no gap."""
    ears = Ears()
    assert await ears.look_after(0) is None
    assert await ears.look_after(3600) is None


async def test_that_somebody_listens_is_noted_at_every_look() -> None:
    """While events can arrive, and not while they can't."""
    ears = Ears()
    await ears.look_after(0)
    first = await ears.store.heard("slack")
    await ears.store.age(5)
    await ears.look_after(5)
    assert first is not None
    assert await ears.store.heard("slack") == first + timedelta(seconds=5)
    ears.open = False
    await ears.store.age(5)
    await ears.look_after(5)
    assert await ears.store.heard("slack") == first + timedelta(seconds=5)


async def test_a_gap_is_noted_before_that_somebody_listens() -> None:
    """Else an alarm might be decided in between as if all had been heard."""
    ears = Ears()
    ears.hearing.gap(NOON)
    ears.store.away = True
    await ears.look_after(0)
    ears.store.away = False
    await ears.look_after(5)
    assert ears.store.tries == ["gap", "heard"]


async def test_a_new_connection_is_noted() -> None:
    """Something may have been said between the old one and the new one."""
    ears = Ears()
    ears.hearing.gap(NOON + timedelta(seconds=90))
    assert await ears.look_after(100) == NOON + timedelta(seconds=90)


async def test_a_lost_connection_is_noted_at_once_and_now_and_then() -> None:
    """At the first look that finds none, and at every sixth from there."""
    ears = Ears()
    ears.open = False
    noted = [await ears.look_after(5) for _ in range(AGAIN + 1)]
    first, again = NOON + timedelta(seconds=5), NOON + timedelta(seconds=35)
    assert noted == [first] * AGAIN + [again]


async def test_what_can_not_be_noted_now_is_noted_later() -> None:
    """A store that is away does not make a gap forgotten."""
    ears = Ears()
    ears.hearing.gap(NOON)
    ears.store.away = True
    assert await ears.look_after(0) is None
    ears.store.away = False
    assert await ears.look_after(60) == NOON


async def test_a_gap_that_is_told_is_noted_without_delay() -> None:
    """The watch does not wait for its next look."""
    ears = Ears()
    watch = spawn(ears.hearing.watch(), "hearing")
    async with asyncio.timeout(2):
        ears.hearing.gap(NOON)
        assert await ears.store.noted.get() == NOON
        ears.hearing.gap(NOON + timedelta(hours=1))
        assert await ears.store.noted.get() == NOON + timedelta(hours=1)
    watch.cancel()
    with suppress(asyncio.CancelledError):
        await watch
