"""Starting with 100,000 open inquiries stored: how long until alarms are swept again.

A desk in a process of its own, as `henji run` starts it: once on a server that is up, and once with its
embedded server, after both were killed. One inquiry's alarm is due; the clock runs from before the process
begins until that alarm has been decided and committed, as anyone can see in the store.
"""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded
from adapters.redis.store import RedisStore
from adapters.redis.wire import ask
from bots.clock import monotonic, now
from core.errors import Unavailable
from tests.benchmarks.platform import SECRET, TOKEN, platform
from tests.benchmarks.population import load, named, opened, settled
from tests.benchmarks.rows import RUNS, Row, Say, Target, row
from tests.waiting import until

INQUIRIES: Final = 100_000
OVERDUE: Final = timedelta(hours=25)
ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0


async def measure(say: Say) -> list[Row]:
    """The rows about starting."""
    with tempfile.TemporaryDirectory(prefix="henji-bench-", dir="/tmp", ignore_cleanup_errors=True) as name:
        async with platform() as slack:
            begins = Beginnings(Path(name), slack.url)
            say(f"storing {INQUIRIES:,} inquiries")
            up = await begins.with_the_server_up(say)
            killed = await begins.after_a_kill(say)
    return [
        row(f"start: {INQUIRIES:,} open, server up, to first sweep", up, "s", Target("value", "under", 3)),
        row("start: the same, embedded server, after SIGKILL", killed, "s", Target("value", "under", 8)),
    ]


class Beginnings:
    """Desks begun on one folder of records, one after another."""

    def __init__(self, folder: Path, api: str) -> None:
        self._folder = folder
        self._url = f"unix://{folder}/server.sock"
        self._api = api
        self._fresh = count(INQUIRIES)

    async def with_the_server_up(self, say: Say) -> list[float]:
        """Seconds of each start on our server, which has only been filled before."""
        server = Embedded(self._folder)
        await server.start()
        try:
            await self._filled()
            times = []
            for n in range(RUNS):
                say(f"server up: run {n + 1} of {RUNS}")
                due = await self._overdue()
                times.append(await self._time_to_sweep(due, {"REDIS_URL": self._url}))
            return times
        finally:
            await server.stop()

    async def after_a_kill(self, say: Say) -> list[float]:
        """Seconds of each start with the embedded server, desk and server having been killed before."""
        settings = {"HENJI_DATA_DIR": str(self._folder)}
        times = []
        for n in range(RUNS):
            say(f"embedded server, after a kill: run {n + 1} of {RUNS}")
            async with self._begun(settings):
                await until(self._answers, within=PATIENCE)
            due = await self._overdue()  # in the server that the killed desk has left behind
            os.kill(int((self._folder / "server.pid").read_text()), signal.SIGKILL)
            times.append(await self._time_to_sweep(due, settings))
        return times

    async def _time_to_sweep(self, due: int, settings: Mapping[str, str]) -> float:
        begun = monotonic()
        async with self._begun(settings):
            await until(lambda: self._swept(due), within=PATIENCE)
            return monotonic() - begun

    @asynccontextmanager
    async def _begun(self, settings: Mapping[str, str]) -> AsyncIterator[None]:
        """A desk, killed at the end."""
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "HENJI_SLACK_API": self._api,
            "HENJI_BIND": "127.0.0.1:0",
        }
        with (self._folder / "desk.log").open("ab") as log:
            desk = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bots", "run"),
                cwd=self._folder,
                env=environment | dict(settings),
                stdout=log,
                stderr=log,
            )
        try:
            yield
        finally:
            if desk.returncode is not None:
                sys.stderr.write((self._folder / "desk.log").read_text()[-4_000:])
            else:
                desk.kill()
            await desk.wait()

    async def _overdue(self) -> int:
        """Store one inquiry more, whose first alarm is late."""
        n = next(self._fresh)
        decision = msgspec.structs.replace(opened(n, now() - OVERDUE), notices=(), cards=(), remember=False)
        async with self._client() as client:
            await RedisStore(client, name="bench", on_queued=_nobody_hears).commit(decision)
        return n

    async def _swept(self, n: int) -> bool:
        """Whether its alarm has been decided."""
        try:
            async with self._client() as client:
                version: bytes = await ask(client, "GETRANGE", keys.inquiry(*named(n)), 0, 1)
        except Unavailable:
            return False
        return version == b"2:"

    async def _answers(self) -> bool:
        return await self._swept(INQUIRIES)

    async def _filled(self) -> None:
        async with self._client() as client:
            await load(RedisStore(client, name="bench", on_queued=_nobody_hears), settled(INQUIRIES, now()))

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[Redis]:
        client = connect(self._url)
        try:
            yield client
        finally:
            await client.aclose()


def _nobody_hears() -> None:
    """Nothing is delivered here."""
