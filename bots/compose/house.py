"""What all platforms share: store, outbox and front desk on one database, and the duties of a worker.

Called by `running` for `henji run`, and by the other commands for the parts they need. Says in its arguments
what it needs; reads no setting and starts nothing.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from adapters.files.room import room_on
from adapters.files.shelf import Shelf
from adapters.redis import health
from adapters.redis.connect import connect
from adapters.redis.health import Health
from adapters.redis.keys import adopt_partitions
from adapters.redis.outbox import RedisOutbox
from adapters.web.metrics import Metrics
from bots import chance, clock, shelf
from bots.timed import TimedDesk, TimedStore
from core.phrasebook import Phrasebook
from core.ports import Platform
from scheduler.rota import Rota

Clock = Callable[[], datetime]


class Bell:
    """Rung by a commit that queued something; whoever delivers in this process hears it."""

    def __init__(self) -> None:
        self.heard: Callable[[], None] = lambda: None

    def ring(self) -> None:
        """Tell them."""
        self.heard()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What all platforms share.

    `now` is the desk's clock, `wall` this machine's; `health` is what there is to say about the server.
    """

    store: TimedStore
    outbox: RedisOutbox
    desk: TimedDesk
    book: Phrasebook
    metrics: Metrics
    bell: Bell
    now: Clock
    wall: Clock
    health: Health


@asynccontextmanager
async def house(
    url: str, *, now: Clock = clock.now, wall: Clock = clock.now, accept_loss: bool = False
) -> AsyncIterator[House]:
    """Everything about one database that needs no platform.

    Raises Misconfigured for a server that can't be trusted, Unavailable for one that is away.
    """
    metrics, bell, name = Metrics(), Bell(), chance.word()
    client = connect(url)
    try:
        found = await health.check(client, now=wall(), accept_loss=accept_loss)
        await adopt_partitions(client)
        outbox = RedisOutbox(client, name=name)
        store = TimedStore(client, name=name, on_queued=bell.ring, outbox=outbox)
        store.metrics = metrics
        yield House(
            store=store,
            outbox=outbox,
            desk=TimedDesk(store, shelf.markets(), now, metrics),
            book=shelf.phrasebook(),
            metrics=metrics,
            bell=bell,
            now=now,
            wall=wall,
            health=found,
        )
    finally:
        await client.aclose()


def rota(home: House, platforms: Sequence[Platform], files: Shelf) -> Rota:
    """The duties of a worker, not yet begun; commits in this process nudge its delivery."""
    made = Rota(
        store=home.store,
        outbox=home.outbox,
        desk=home.desk,
        platforms=platforms,
        files=room_on(files),
        now=home.now,
        wall=home.wall,
    )
    home.bell.heard = made.queued
    return made
