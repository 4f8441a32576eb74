"""What an open inquiry takes in Redis: five messages of 300 characters, delivered, its clock running.

Written and delivered as people's acts are, by the front desk and the outbox; only the platform is missing.
Keys that expire are left out, everything else counts: records, logs, indexes, alarms, receipts.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Final

from redis.asyncio import Redis

from adapters.redis.wire import ask_all
from bots.compose import House
from core.ids import Lang, MessageId
from core.ports import Settled
from core.records import Party
from tests.benchmarks.conversation import Conversation
from tests.benchmarks.house import Site, house, site
from tests.benchmarks.population import OPENED, in_batches, load
from tests.benchmarks.rows import RUNS, Row, Say, Target, row

INQUIRIES: Final = 500
AT_ONCE: Final = 20
KILOBYTE: Final = 1_024
NAMED: Final[dict[Lang, str]] = {"en": "English", "ja": "Japanese"}
UNDER: Final[dict[Lang, int]] = {"en": 4, "ja": 8}
TURNS: Final = (Party.SELLER, Party.BUYER, Party.SELLER, Party.BUYER)
"""Who answers the opening message; the last word is the buyer's, so the clock runs."""


async def measure(say: Say) -> list[Row]:
    """The rows about memory, a language each."""
    rows: list[Row] = []
    async with site() as found:
        for lang, name in NAMED.items():
            sizes = []
            for n in range(RUNS):
                say(f"{name}, run {n + 1} of {RUNS}: {INQUIRIES} inquiries of five messages")
                sizes.append(await _size(found, lang) / INQUIRIES / KILOBYTE)
            target = Target("value", "under", UNDER[lang])
            rows.append(row(f"memory of an open inquiry, {name}", sizes, "KB", target))
    return rows


async def _size(found: Site, lang: Lang) -> int:
    """Bytes that the conversations take."""
    await found.emptied()
    now = OPENED
    async with house(found, lambda: now) as home:
        await load(home.store, ())
        empty = await _used(found.client)
        people = [Conversation(home, lang, n) for n in range(INQUIRIES)]
        receipts = count()
        for some in in_batches(people, AT_ONCE):
            await asyncio.gather(*(one.opens(OPENED) for one in some))
        await _delivered(home, receipts)
        for turn, party in enumerate(TURNS, 1):
            now = OPENED + timedelta(minutes=turn)
            for some in in_batches(people, AT_ONCE):
                await asyncio.gather(*(one.says(party, now) for one in some))
            await _delivered(home, receipts)
    await _without_what_expires(found.client)
    return await _used(found.client) - empty


async def _delivered(home: House, receipts: "count[int]") -> None:
    """All that is queued is delivered, with receipts as long as Slack's."""
    while leases := await home.outbox.take(100):
        await home.outbox.settle(
            [
                Settled(lease=one, done=True, pause=0, receipt=MessageId(f"1782874800.{next(receipts):06d}"))
                for one in leases
            ]
        )


async def _without_what_expires(client: Redis) -> None:
    for names in in_batches([name async for name in client.scan_iter(count=1_000)]):
        lives = await ask_all(client, [("TTL", name) for name in names])
        expiring = [name for name, seconds in zip(names, lives, strict=True) if seconds >= 0]
        await _removed(client, expiring)


async def _removed(client: Redis, names: Sequence[bytes]) -> None:
    if names:
        await client.delete(*names)


async def _used(client: Redis) -> int:
    memory = await client.info("memory")
    return int(memory["used_memory"])
