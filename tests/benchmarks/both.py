"""A desk on both platforms for benchmarks: the process that stands for them, and a desk with many sellers.

Entered by the benchmarks of interactions and of what is relayed from one platform to the other.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec

from bots.running import Running
from core.answers import Nothing
from core.decision import Changed, Decision
from core.ids import DeskId, Key, WorkspaceId
from core.policy import Limits
from core.ports import Store
from tests.benchmarks.far_discord import GUILD
from tests.benchmarks.population import desk, seller
from tests.waiting import until

DISCORD: Final = WorkspaceId(f"discord:{GUILD}")
SELLERS: Final = 300
"""Each with a channel of their own, so that what goes to them waits for nobody else's turn."""


class Far:
    """The other process: the addresses of its platforms, and what it is asked to do."""

    def __init__(self, process: asyncio.subprocess.Process, slack: str, discord: str) -> None:
        self.slack = slack
        self.discord = discord
        self._process = process

    async def submits(self, count: int, *, at_once: bool) -> list[float]:
        """Forms submitted; seconds until each was answered."""
        answers: list[float] = await self.asked(do="at once" if at_once else "one by one", count=count)
        return answers

    async def asked(self, **order: object) -> Any:
        """What it says to an order."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        return msgspec.json.decode(await self._process.stdout.readline())


@asynccontextmanager
async def far() -> AsyncIterator[Far]:
    """The process, from when it listens."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.benchmarks.far")
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=1 << 24)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        there = msgspec.json.decode(await process.stdout.readline(), type=dict[str, str])
        yield Far(process, there["slack"], there["discord"])
    finally:
        process.stdin.close()
        await process.wait()


async def founded(store: Store) -> DeskId:
    """The first desk of the population, in a guild too, with many sellers on Slack."""
    both = (*desk(0).workspaces, DISCORD)
    limits = Limits(messages_a_minute=100_000, open_inquiries=100_000)
    owner = msgspec.structs.replace(desk(0), workspaces=both, limits=limits)
    for workspace in both:
        await store.link(workspace, owner.id)
    records: tuple[Changed, ...] = (owner, *(seller(n, 0) for n in range(SELLERS)))
    await store.commit(
        Decision(desk=owner.id, key=Key(""), answer=Nothing(), changes=records, remember=False)
    )
    return owner.id


async def heard(live: Running) -> None:
    """Wait until what happens on Discord arrives."""

    async def connected() -> bool:
        return live.discord is not None and await live.discord.connected()

    await until(connected, within=30)
