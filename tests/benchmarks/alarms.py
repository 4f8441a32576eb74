"""100,000 alarms due at one instant, in one process: each decided and committed with its notice.

Swept as in production, by the rota's own sweep. Beside it, on the same server: the same bytes as plain
pipelines, and APScheduler's job store with empty jobs. Checked afterwards: none lost, none rung twice.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Final, NamedTuple

from adapters.aio import spawn
from adapters.redis import codec, keys
from adapters.redis.wire import ask, ask_all
from bots import compose
from bots.clock import monotonic
from bots.compose import House
from bots.running import FILES
from core.ids import DeskId, NoticeId, PlaceId
from core.notices import Card
from tests.benchmarks import jobs, raw
from tests.benchmarks.house import LoopWatch, Site, house, site
from tests.benchmarks.population import OPENED, in_batches, load, named, settled
from tests.benchmarks.rows import RUNS, Peer, Row, Say, Target, row

ALARMS: Final = 100_000
REMINDER: Final = OPENED + timedelta(hours=24)
"""The first rung: one notice for each, to the seller."""


class Run(NamedTuple):
    """What one run found: rates a second, seconds for which the loop was blocked, alarms amiss."""

    swept: float
    blocked: float
    amiss: int
    raw: float
    jobs: jobs.Fired


async def measure(say: Say) -> list[Row]:
    """The rows about alarms."""
    async with site() as found:
        runs = [await _run(found, say, f"run {n + 1} of {RUNS}") for n in range(RUNS)]
    swept = [run.swept for run in runs]
    plain = Peer("raw pipelines of the same bytes", [run.raw for run in runs])
    other = Peer("APScheduler's Redis job store, empty jobs", [run.jobs.rate for run in runs])
    blocked = Peer("APScheduler's Redis job store", [run.jobs.blocked * 1_000 for run in runs])
    return [
        row("alarms: decided and committed", swept, "/s", Target("ratio", "at least", 0.5), plain),
        row("alarms: the same, beside", swept, "/s", Target("ratio", "at least", 2.5), other),
        row(
            "alarms: lost or rung twice", [max(run.amiss for run in runs)], "", Target("value", "exactly", 0)
        ),
        row(
            "alarms: event loop blocked at the longest",
            [max(run.blocked for run in runs) * 1_000],
            "ms",
            Target("value", "under", 50),
            blocked,
        ),
    ]


async def _run(found: Site, say: Say, which: str) -> Run:
    socket = Path(found.url.removeprefix("unix://"))
    await found.emptied()
    say(f"{which}: APScheduler fires {jobs.JOBS:,} jobs")
    fired = await jobs.fired(socket)
    await found.emptied()
    async with house(found, lambda: REMINDER) as home:
        say(f"{which}: storing {ALARMS:,} inquiries")
        await load(home.store, settled(ALARMS))
        added = await found.rewritten()
        say(f"{which}: sweeping them")
        swept, blocked = await _swept(home)
        say(f"{which}: looking for what was lost or rang twice")
        amiss = await _amiss(found)
    say(f"{which}: writing the same bytes plainly")
    plain = await raw.replayed(socket, raw.recorded(added))
    return Run(swept=swept, blocked=blocked, amiss=amiss, raw=ALARMS / plain, jobs=fired)


async def _swept(home: House) -> tuple[float, float]:
    """Alarms a second, and how long the loop was blocked at the longest."""
    sweep = compose.rota(home, (), FILES).sweep
    watch = LoopWatch()
    watching = spawn(watch.watch(), "the loop's watch")
    begun, rang = monotonic(), 0
    while (swept := await sweep.run_once()).rang:
        rang += swept.rang
    took = monotonic() - begun
    watching.cancel()
    return rang / took, watch.longest


async def _amiss(found: Site) -> int:
    """How many did not move on by exactly one version with one entry in the log, and one notice each."""
    amiss = 0
    for batch in in_batches(range(ALARMS), 1_000):
        asked: list[tuple[str, ...]] = []
        for n in batch:
            desk, number = named(n)
            asked.append(("GETRANGE", keys.inquiry(desk, number), "0", "1"))
            asked.append(("LLEN", keys.log(desk, number)))
        answers = await ask_all(found.client, asked)
        amiss += sum(pair != (b"2:", 2) for pair in zip(answers[::2], answers[1::2], strict=True))
    notices = [notice async for notice in _queued(found)]
    return amiss + abs(ALARMS - len(notices)) + len(notices) - len(set(notices))


async def _queued(found: Site) -> AsyncIterator[NoticeId]:
    async for name in found.client.scan_iter(match="*:queue:*", count=1_000):
        desk, _, place = name.decode().split(":queue:")[1].partition(":")
        for item in await ask(found.client, "LRANGE", name, 0, -1):
            notice = codec.read_item(item, DeskId(desk), PlaceId(place))
            yield NoticeId("") if isinstance(notice, Card) else notice.id
