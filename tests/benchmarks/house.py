"""A server of our own with a desk on it, for one benchmark: set up as `henji run` does, its folder removed.

Entered by the benchmarks. The server writes every commit to disk (`appendfsync always`), as in production.
"""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from redis.asyncio import Redis

from adapters.aio import sleep
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded
from bots import clock, compose
from bots.compose import House
from tests.waiting import until


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A server: its folder, its address, and a client for what no desk would ask."""

    folder: Path
    url: str
    client: Redis

    async def emptied(self) -> None:
        """Forget everything."""
        await self.client.flushall()

    async def rewritten(self) -> Path:
        """Have the append-only file written anew; the file to which commands are added from now on.

        The server rewrites it no more by itself, so that all that follows stands there.
        """
        await self.client.config_set("auto-aof-rewrite-percentage", 0)
        await until(self._quiet, within=60)
        await self.client.bgrewriteaof()
        await until(self._quiet, within=60)
        [added] = sorted((self.folder / "appendonlydir").glob("*.incr.aof"))[-1:]
        return added

    async def _quiet(self) -> bool:
        state = await self.client.info("persistence")
        return not (state["aof_rewrite_in_progress"] or state["aof_rewrite_scheduled"])


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """A running server, empty."""
    with tempfile.TemporaryDirectory(prefix="henji-bench-", dir="/tmp", ignore_cleanup_errors=True) as name:
        embedded = Embedded(Path(name))
        url = await embedded.start()
        client = connect(url)
        try:
            yield Site(folder=Path(name), url=url, client=client)
        finally:
            await client.aclose()
            await embedded.stop()


@asynccontextmanager
async def house(found: Site, now: Callable[[], datetime] = clock.now) -> AsyncIterator[House]:
    """A desk on it, whose clock shows `now`."""
    async with compose.house(found.url, now=now) as home:
        yield home


class LoopWatch:
    """How long the event loop was kept from going on, at the longest."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        """Look every millisecond, until cancelled."""
        asked, before = 0.001, clock.monotonic()
        while True:
            await sleep(asked)
            after = clock.monotonic()
            self.longest = max(self.longest, after - before - asked)
            before = after
