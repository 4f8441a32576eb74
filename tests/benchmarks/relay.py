"""A message written on Discord until the request that carries it to Slack: a whole desk in one process.

A hundred buyers answer in their direct messages, a hundred messages a second altogether; their sellers have a
channel each. The platforms are another process, which tells when a message left it and when the other came.
"""

from statistics import median, quantiles
from typing import Final

from bots.clock import now
from bots.compose import DiscordAccess, House, SlackAccess
from bots.running import Plan, Running, running
from core.answers import Opened
from core.commands import Actor, OpenInquiry
from core.ids import Key, PersonId, dm_with
from core.records import Topic, Wish
from core.text import Foreign
from tests.benchmarks.both import far, founded, heard
from tests.benchmarks.conversation import NAMES, WORDS
from tests.benchmarks.house import house, site
from tests.benchmarks.interactions import TOKEN as DISCORD_TOKEN
from tests.benchmarks.platform import SECRET, TOKEN
from tests.benchmarks.population import desk, seller
from tests.benchmarks.rows import RUNS, Row, Say, Target, row
from tests.waiting import until

PEOPLE: Final = 100
RATE: Final = 100
MESSAGES: Final = 1_000
PAUSE: Final = 0.2
"""Seconds a place rests after a message: less than in production, where nobody writes twice a second."""


async def measure(say: Say) -> list[Row]:
    """The rows about what is relayed from one platform to the other."""
    async with site() as found, far() as there:
        async with house(found) as home:
            await founded(home.store)
        plan = Plan(
            redis_url=found.url,
            slack=SlackAccess(bot_token=TOKEN, signing_secret=SECRET, api=there.slack, pause=PAUSE),
            discord=DiscordAccess(bot_token=DISCORD_TOKEN, api=there.discord, pause=PAUSE),
        )
        async with running(plan) as live:
            await heard(live)
            say(f"opening {PEOPLE} inquiries")
            for n in range(PEOPLE):
                await _opens(live.home, n)
            runs: list[list[float]] = []
            for n in range(RUNS):
                await _at_rest(live)
                say(f"run {n + 1} of {RUNS}: {MESSAGES:,} messages, {RATE} a second")
                people = list(range(1, PEOPLE + 1))
                runs.append(await there.asked(do="write", count=MESSAGES, rate=RATE, people=people))
    waits = [[each * 1_000 for each in run] for run in runs]
    between = f"relay: Discord to Slack, {RATE} a second"
    return [
        row(f"{between}, p50", [median(run) for run in waits], "ms", Target("value", "under", 10)),
        row(
            f"{between}, p99",
            [quantiles(run, n=100)[-1] for run in waits],
            "ms",
            Target("value", "under", 50),
        ),
    ]


async def _opens(home: House, n: int) -> None:
    """The nth buyer opens an inquiry from Discord."""
    person = PersonId(f"discord:users:{n + 1}")
    await home.store.remember(person, desk(0).id, "ja")
    answer = await home.desk.handle(
        OpenInquiry(
            key=Key(f"f:{n}"),
            desk=desk(0).id,
            actor=Actor(person=person, name=Foreign(NAMES["ja"]), lang="ja", place=dm_with(person)),
            seller=seller(n, 0).id,
            order_number="503-1234567-1234567",
            topic=Topic.DAMAGED,
            wish=Wish.REPLACE,
            text=Foreign(WORDS["ja"]),
            at=now(),
        )
    )
    if not isinstance(answer, Opened):
        raise TypeError(answer)


async def _at_rest(live: Running) -> None:
    """Nothing is queued."""

    async def empty() -> bool:
        return (await live.home.outbox.waiting()).places == 0

    await until(empty, within=120)
