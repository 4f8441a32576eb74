"""From a commit to the request that sends its notice: a whole desk in one process, nudged by its own commits.

A buyer writes, the seller's place is at rest, and the platform notes when the request comes. The clock is
read when the commit rings the bell by which delivery in this process is told.
"""

from typing import Final

from adapters.aio import sleep
from bots.clock import monotonic, now
from bots.compose import SlackAccess
from bots.running import Plan, Running, running
from core.records import Party
from tests.benchmarks.conversation import Conversation
from tests.benchmarks.house import house, site
from tests.benchmarks.platform import SECRET, TOKEN, Called, Platform, platform
from tests.benchmarks.population import SELLERS, load
from tests.benchmarks.rows import RUNS, Row, Say, Target, row
from tests.waiting import until

PAUSE: Final = 0.2
"""Seconds a place rests after a message: less than in production, which shortens the waits between runs."""


async def measure(say: Say) -> list[Row]:
    """The row about delivery."""
    async with site() as found, platform() as slack:
        async with house(found) as home:
            await load(home.store, ())
        access = SlackAccess(bot_token=TOKEN, signing_secret=SECRET, api=slack.url, pause=PAUSE)
        async with running(Plan(redis_url=found.url, slack=access)) as live:
            say(f"opening {SELLERS} inquiries, each with another seller")
            conversations = [Conversation(live.home, "ja", n) for n in range(SELLERS)]
            for one in conversations:
                await one.opens(now())
            waits: list[float] = []
            for n in range(RUNS):
                say(f"run {n + 1} of {RUNS}: {SELLERS} messages to places at rest")
                await _at_rest(live)
                waits += [await _wait(live, slack, one) for one in conversations]
    return [row("delivery: commit to the request, p50", waits, "ms", Target("value", "under", 20))]


async def _at_rest(live: Running) -> None:
    """Nothing is queued, and no place rests."""

    async def empty() -> bool:
        return (await live.home.outbox.waiting()).places == 0

    await until(empty, within=60)
    await sleep(2 * PAUSE)


async def _wait(live: Running, slack: Platform, conversation: Conversation) -> float:
    """Milliseconds from the commit of one message to the request that carries it to the seller."""
    slack.calls.clear()
    rung: list[float] = []
    told, channel = live.home.bell.heard, conversation.place.rpartition(":")[2]

    def heard() -> None:
        rung.append(monotonic())
        told()

    def sent() -> list[Called]:
        return [each for each in slack.calls if (each.method, each.channel) == ("chat.postMessage", channel)]

    live.home.bell.heard = heard
    try:
        await conversation.says(Party.BUYER, now())
        await until(lambda: bool(sent()))
    finally:
        live.home.bell.heard = told
    return (sent()[0].at - rung[0]) * 1_000
