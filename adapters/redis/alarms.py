"""The alarms: leased when they are due, with their records.

Called by the store. Any number of workers may ask; the version check of the commit lets one win, and the
lease keeps the others from trying. Never decides what an alarm means.
"""

from datetime import datetime
from typing import Final

from redis.asyncio import Redis

from adapters.aio import sleep
from adapters.redis import codec, keys, scripts
from adapters.redis.rounds import Rounds
from core.clock import next_alarm
from core.ports import Due

LEASE: Final = 60 * 1_000_000
"""Microseconds in which an alarm that rang has to be committed, or it rings again."""


class Alarms:
    """All partitions' alarms."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._rounds = Rounds()

    async def due(self, now: datetime, limit: int) -> list[Due]:
        """Lease up to `limit` alarms due at `now`, from each partition in turn; lapsed leases first."""
        here = codec.micros(now)
        if self._rounds.need_look():
            self._rounds.looked([sum(each.due for each in part) for part in await self._pending(here)])
        shares = self._rounds.shares(limit)
        if not shares:
            return []
        found = await scripts.ring(self._client, [_share(p, here, count) for p, count in shares.items()])
        dues: list[Due] = []
        for (partition, asked), rings in zip(shares.items(), found, strict=True):
            self._rounds.gave(partition, asked, len(rings.alarms))
            dues.extend(_dues(rings, now))
            await sleep(0)  # to read many takes a while: the others have a turn in between
        return dues

    async def lateness(self, now: datetime) -> float:
        """By how many seconds the most overdue waiting alarm is late."""
        late = max(alarms.late for alarms, _ in await self._pending(codec.micros(now)))
        return late / 1_000_000

    async def _pending(self, here: int) -> list[list[scripts.Pending]]:
        return await scripts.due(
            self._client, [((keys.alarms(tag), keys.ringing(tag)), (here, "")) for tag in keys.TAGS]
        )


def _share(partition: int, here: int, count: int) -> tuple[tuple[str, str], tuple[int, int, int, str]]:
    tag = keys.tag_of(partition)
    return (keys.alarms(tag), keys.ringing(tag)), (here, count, LEASE, tag)


def _dues(rings: scripts.Rings, now: datetime) -> list[Due]:
    desks = [codec.DESK.read_if(stored) for stored in rings.desks]
    sellers = [codec.SELLER.read_if(stored) for stored in rings.sellers]
    dues: list[Due] = []
    for stored, at, desk_at, seller_at in rings.alarms:
        desk = desks[desk_at - 1]
        if desk is None:
            continue
        inquiry = codec.INQUIRY.read(stored)
        dues.append(
            Due(
                desk=desk,
                seller=sellers[seller_at - 1],
                inquiry=inquiry,
                # The score was reckoned from the inquiry; where a lease took its place, that is done again.
                at=codec.instant(int(at)) if at else next_alarm(inquiry) or now,
            )
        )
    return dues
