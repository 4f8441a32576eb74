"""Where the records are while Henji is killed: a server that survives it, or one of its own.

Each variant says how Henji is told of it, lets time pass on it while Henji is down, and leaves nothing
running. Chosen by the test.
"""

import os
import random  # noqa: TID251 -- seeded by the test, so that a run can be repeated
import signal
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from redis.asyncio import Redis

from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded
from adapters.redis.errors import translating
from adapters.redis.folder import Folder
from core.errors import Unavailable
from tests.aging import age
from tests.waiting import until

A_MINUTE = 61.0
"""Seconds, by the store's clock, that Henji is often down for: longer than any lease."""


class Records(Protocol):
    """One variant."""

    settings: dict[str, str]
    """How Henji is told of it."""

    def hit(self, luck: random.Random) -> str:
        """Henji is being killed; what that does to the server, in a word."""

    async def ages(self, seconds: float) -> None:
        """So much time passes by the store's clock, while Henji is down."""

    def opened(self) -> AbstractAsyncContextManager[str]:
        """The server's address, for as long as Henji is down."""


class Shared:
    """A server of somebody else's, which nothing happens to."""

    def __init__(self, url: str) -> None:
        self.settings = {"REDIS_URL": url}
        self._url = url

    def hit(self, luck: random.Random) -> str:
        """It serves on."""
        del luck
        return "server shared"

    async def ages(self, seconds: float) -> None:
        """Time passes on it."""
        await _ages(self._url, seconds)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[str]:
        """It is always there."""
        yield self._url


class Own:
    """Henji's own server: left behind by a kill and taken over by the next start, or killed too."""

    def __init__(self, folder: Path) -> None:
        self.settings = {"HENJI_DATA_DIR": str(folder)}
        self._folder = Folder(folder)

    def hit(self, luck: random.Random) -> str:
        """It is left behind, or killed alongside."""
        if luck.random() < 0.5:
            return "server left behind"
        self._kill()
        return "server killed too"

    async def ages(self, seconds: float) -> None:
        """Time passes on the one left behind, which stays so, or on one started for that."""
        if await self._stays():
            await _ages(self._folder.url, seconds)
            return
        async with self.opened() as url:
            await _ages(url, seconds)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[str]:
        """As the next start of Henji would: taken over, or started on what is on disk; ended in order."""
        server = Embedded(self._folder.path)
        try:
            yield await server.start()
        finally:
            await server.stop()

    async def ends(self) -> None:
        """Nothing of it is left running, whatever the test came to."""
        await until(self._gone)

    async def _stays(self) -> bool:
        """Whether a server is left behind, once it answers; one that is dying is not."""
        client = connect(self._folder.url)
        try:
            await until(lambda: _answers(client) if self._folder.served else True)
        finally:
            await client.aclose()
        return self._folder.served

    def _gone(self) -> bool:
        self._kill()
        return not (self._folder.path.exists() and self._folder.served)

    def _kill(self) -> None:
        """Kill the process that serves the folder, if it has come so far as to say which it is."""
        with suppress(OSError, ValueError):
            if self._folder.served:
                os.kill(int(self._folder.pid_file.read_text()), signal.SIGKILL)


async def _answers(client: Redis) -> bool:
    try:
        with translating():
            await client.time()
    except Unavailable:
        return False
    return True


async def _ages(url: str, seconds: float) -> None:
    client = connect(url)
    try:
        await age(client, seconds)
    finally:
        await client.aclose()
