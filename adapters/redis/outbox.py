"""The outbox: what waits to be said, a queue for each place.

Composed by bots, used by delivery through core.ports.Outbox. Leases and paces run on the store's clock, so
any number of workers may take. Never speaks to a platform, and never decides what to say.
"""

from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from typing import Final

from redis.asyncio import Redis

from adapters.redis import codec, keys, scripts
from adapters.redis.errors import translating
from adapters.redis.rounds import Rounds
from core.ids import DeskId, MessageId, PlaceId
from core.notices import Card
from core.ports import Lease, Settled, Waiting

LEASE: Final = 30 * 1_000_000
"""Microseconds in which a leased item has to be settled; sending one is bounded well inside."""

LISTEN_FOR: Final = 60.0
"""Seconds of silence after which the subscription is asked whether it still stands."""


class RedisOutbox:
    """All partitions' queues. `name` is this process's, the one its store was given."""

    def __init__(self, client: Redis, *, name: str) -> None:
        self._client = client
        self._name = name.encode()
        self._rounds = Rounds()

    async def take(self, limit: int, platforms: Collection[str] | None = None) -> list[Lease]:
        """Lease up to `limit` places whose turn it is, from each partition in turn.

        Of these platforms only, where some are named; others stay as they are, for who serves them.
        """
        if self._rounds.need_look():
            self._rounds.looked([places.due for places in await self._pending()])
        shares = self._rounds.shares(limit)
        found = await scripts.take(self._client, [_share(p, count, platforms) for p, count in shares.items()])
        leases: list[Lease] = []
        for (partition, asked), taken in zip(shares.items(), found, strict=True):
            self._rounds.gave(partition, asked, len(taken))
            leases.extend(map(_lease, taken))
        return leases

    def expect(self, queued: Counter[DeskId]) -> None:
        """Places of these desks may be due now, so many: they are taken without looking for them."""
        for desk, places in queued.items():
            self._rounds.expect(keys.partition_of(desk), places)

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Say what became of leased items; a lease that ran out in between changes nothing."""
        await scripts.settle(self._client, [_settling(each) for each in settled])

    async def wake(self, place: PlaceId, desk: DeskId) -> None:
        """The place can be spoken to again: its queue is due now."""
        tag = keys.tag(desk)
        names = (keys.places(tag), keys.leases(tag), keys.queue(desk, place))
        await scripts.wake(self._client, names, keys.member(desk, place))

    async def waiting(self) -> Waiting:
        """How many places have something queued, and how late the most overdue is."""
        parts = await self._pending()
        return Waiting(
            places=sum(places.all for places in parts),
            oldest=max(places.late for places in parts) / 1_000_000,
        )

    async def listen(self) -> AsyncIterator[None]:
        """A nudge whenever another process has queued something; raises Unavailable when cut off."""
        async with self._client.pubsub(ignore_subscribe_messages=True) as heard:
            with translating():
                await heard.subscribe(keys.CHANNEL)
            while True:
                with translating():
                    message = await heard.get_message(timeout=LISTEN_FOR)
                if message is not None and message["data"] != self._name:
                    yield

    async def _pending(self) -> list[scripts.Pending]:
        found = await scripts.due(self._client, [((keys.places(tag),), ("",)) for tag in keys.TAGS])
        return [places for (places,) in found]


def _share(
    partition: int, count: int, platforms: Collection[str] | None
) -> tuple[tuple[str, ...], tuple[int | str, ...]]:
    tag = keys.tag_of(partition)
    names = (keys.places(tag), keys.resting(tag), keys.leases(tag), keys.marks(tag))
    served = "" if platforms is None else f":{':'.join(platforms)}:"
    return names, (count, LEASE, tag, served)


def _lease(taken: scripts.Taken) -> Lease:
    desk, place = keys.place_of(taken.place.decode())
    return Lease(
        place=place,
        desk=desk,
        token=taken.token.decode(),
        item=codec.read_item(taken.item, desk, place),
        inquiry=codec.INQUIRY.read_if(taken.inquiry),
        root=None if taken.root is None else MessageId(taken.root.decode()),
        sent_before=codec.instant(int(taken.sent_before)) if taken.sent_before else None,
    )


def _settling(settled: Settled) -> tuple[tuple[str, ...], tuple[int | str, ...]]:
    lease, item = settled.lease, settled.lease.item
    tag = keys.tag(lease.desk)
    number = item.number or 0
    message = settled.receipt or MessageId("")
    kind = ""
    if settled.receipt is not None and item.number is not None:
        kind = "c" if isinstance(item, Card) else "t"
    names = (
        keys.places(tag),
        keys.resting(tag),
        keys.leases(tag),
        keys.queue(lease.desk, lease.place),
        keys.roots(lease.desk, number),
        keys.cards(lease.desk, lease.place),
        keys.told(lease.desk, lease.place, message),
    )
    became = "d" if settled.done else "u" if settled.unknown else "k"
    pause = round(settled.pause * 1_000_000)
    return names, (
        keys.member(lease.desk, lease.place),
        lease.token,
        became,
        pause,
        kind,
        message,
        f"{number}:{item.party or ''}",
        keys.TOLD_FOR,
    )
