"""Where the desk's records are: on the server of REDIS_URL, or on one of our own in HENJI_DATA_DIR.

Entered by the commands before anything else. Says where, and never looks into what is stored there.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.aio import spawn
from adapters.redis.embedded import Embedded
from adapters.redis.visit import running_on
from bots.settings import Settings


@dataclass(frozen=True, slots=True)
class Records:
    """The server's address. `watch` ends when a server of our own can't be kept running."""

    url: str
    watch: asyncio.Task[None] | None = None


@asynccontextmanager
async def records(settings: Settings) -> AsyncIterator[Records]:
    """The server, running from here on and ended at the end if it is ours. Raises Misconfigured."""
    if settings.redis_url is not None:
        yield Records(settings.redis_url.get_secret_value())
        return
    embedded = Embedded(settings.henji_data_dir)
    url = await embedded.start()
    watch = spawn(embedded.watch(), "the embedded server")
    try:
        yield Records(url, watch)
    finally:
        watch.cancel()
        await asyncio.wait([watch])
        await embedded.stop()


@asynccontextmanager
async def records_visited(settings: Settings) -> AsyncIterator[Records]:
    """The same for who only looks: where a desk runs on the folder already, its own server."""
    url = None if settings.redis_url is not None else running_on(settings.henji_data_dir)
    if url is not None:
        yield Records(url)
        return
    async with records(settings) as found:
        yield found
