"""Discord's interactions: from when the platform sends one to when our answer to it arrives, commit included.

The form of a new inquiry, one after the other and two thousand at once. In such a crowd the first answer of
most is that theirs will come, which is not yet a commit: when all is stored is a row of its own. Beside it a
bare discord.py client that only answers. The platform is another process, and so is the worker.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Final

import discord

from adapters.aio import spawn
from adapters.discord.client import close_client, open_client
from bots.clock import monotonic
from bots.compose import DiscordAccess
from bots.running import Part, Plan, Running, running
from tests.benchmarks.both import Far, far, founded, heard
from tests.benchmarks.house import house, site
from tests.benchmarks.population import desk
from tests.benchmarks.rows import RUNS, Peer, Row, Say, Target, row
from tests.waiting import until

ONE_BY_ONE: Final = 300
WARMING: Final = ONE_BY_ONE
"""Of the same people, as on Slack: whoever acts for the first time is noted before."""
BURST: Final = 2_000
ALL: Final = WARMING + ONE_BY_ONE + BURST
TOKEN: Final = "benchmark"


async def measure(say: Say) -> list[Row]:
    """The rows about interactions."""
    times: list[float] = []
    lates: list[float] = []
    stored: list[float] = []
    say(f"a bare client: {ONE_BY_ONE} one by one")
    async with far() as there, _bare(there):
        await there.submits(WARMING, at_once=False)
        bare = await there.submits(RUNS * ONE_BY_ONE, at_once=False)
        bare_burst = [max(await there.submits(BURST, at_once=True)) for _ in range(RUNS)]
    for n in range(RUNS):
        say(f"run {n + 1} of {RUNS}: {ONE_BY_ONE} one by one, {BURST:,} at once")
        async with site() as found, far() as there:
            async with house(found) as home:
                await founded(home.store)
            access = DiscordAccess(bot_token=TOKEN, api=there.discord)
            plan = Plan(redis_url=found.url, discord=access, parts=frozenset({Part.DISCORD}))
            async with running(plan) as live:
                await heard(live)
                await there.submits(WARMING, at_once=False)
                times.append(median(await there.submits(ONE_BY_ONE, at_once=False)))
                begun = monotonic()
                lates.append(max(await there.submits(BURST, at_once=True)))
                await _all_there(live)
                stored.append(monotonic() - begun)
    beside = "a bare discord.py client's answer"
    return [
        row(
            "interaction: received to answered, commit included, p50",
            [each * 1_000 for each in times],
            "ms",
            Target("value", "under", 3),
            Peer(beside, [median(bare) * 1_000]),
        ),
        row(
            f"interaction: {BURST:,} at once, the last first answer after",
            lates,
            "s",
            Target("value", "under", 3),
            Peer(beside, bare_burst),
        ),
        row(
            f"interaction: {BURST:,} at once, all of them stored after",
            stored,
            "s",
            Target("value", "under", 3),
        ),
    ]


async def _all_there(live: Running) -> None:
    """Every form has become an inquiry, also where its sender was first told to wait."""
    total = 0

    async def found() -> bool:
        nonlocal total
        total = (await live.home.store.listing(desk(0).id, "open", 1)).total
        return total >= ALL

    await until(found, within=60)
    if total != ALL:
        message = f"{ALL} forms were sent, and {total} inquiries are there"
        raise AssertionError(message)


@asynccontextmanager
async def _bare(there: Far) -> AsyncIterator[None]:
    """A client that answers every interaction with a word."""
    client = await open_client(TOKEN, api=there.discord)

    @client.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("-", ephemeral=True)

    connecting = spawn(client.connect(), "a bare client")
    await until(lambda: bool(client.guilds), within=20)
    yield
    await close_client(client)
    await connecting
