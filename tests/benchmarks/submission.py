"""`/inquiry`'s form, submitted over signed HTTP: durably committed, then acknowledged.

Beside it a bare Bolt app that only acknowledges, on the same web server, asked by the same client with the
same bytes. The worker, which tells Slack of what was committed, is another process here (`--only slack,web`).
"""

import asyncio
from collections.abc import Iterator
from itertools import islice
from statistics import median
from typing import Final, NamedTuple

from aiohttp import ClientSession, TCPConnector

from bots.clock import monotonic
from bots.compose import SLACK_PATH, SlackAccess
from bots.running import Part, Plan, Running, running
from tests.benchmarks.bolt import bare
from tests.benchmarks.forms import PEOPLE, person, signed, submitted
from tests.benchmarks.house import house, site
from tests.benchmarks.platform import SECRET, TOKEN, platform
from tests.benchmarks.population import desk, load
from tests.benchmarks.rows import RUNS, Peer, Row, Say, Target, row

WARMING: Final = 50
ONE_BY_ONE: Final = 300
IN_FLIGHT: Final = 64
MANY: Final = 2_000
TRIES: Final = 3
"""A person whose form says that nothing could be stored presses again: it takes them that much longer."""

ALL: Final = WARMING + RUNS * (ONE_BY_ONE + MANY)


class Speed(NamedTuple):
    """Milliseconds of one request among others sent one by one, and requests a second, many at a time."""

    p50: float
    rate: float


class App(NamedTuple):
    """An app to ask: its address, the forms it has not had yet, and what its answers have in common."""

    url: str
    forms: Iterator[bytes]
    answers: bytes


async def measure(say: Say) -> list[Row]:
    """The rows about submissions."""
    async with site() as found, platform() as slack, bare(slack.url) as port:
        async with house(found) as home:
            await load(home.store, ())
        access = SlackAccess(bot_token=TOKEN, signing_secret=SECRET, api=slack.url)
        plan = Plan(redis_url=found.url, slack=access, parts=frozenset({Part.SLACK, Part.WEB}))
        async with running(plan) as live, ClientSession(connector=TCPConnector(limit=IN_FLIGHT)) as session:
            say("warming up: profiles, connections")
            ours, theirs = await _apps(live, port)
            for app in (ours, theirs):
                await _one_by_one(session, app, WARMING)
            pairs = []
            for n in range(RUNS):
                say(f"run {n + 1} of {RUNS}: {ONE_BY_ONE} one by one, {MANY:,} with {IN_FLIGHT} in flight")
                pairs.append((await _speed(session, ours), await _speed(session, theirs)))
            await _all_there(live)
    bolt = "a bare Bolt app's ack()"
    return [
        row(
            "submission: durably committed and acknowledged, p50",
            [mine.p50 for mine, _ in pairs],
            "ms",
            Target("value", "under", 3),
            Peer(bolt, [other.p50 for _, other in pairs]),
        ),
        row(
            f"submission: {IN_FLIGHT} in flight",
            [mine.rate for mine, _ in pairs],
            "/s",
            Target("ratio", "at least", 0.3),
            Peer(bolt, [other.rate for _, other in pairs]),
        ),
    ]


async def _apps(live: Running, port: int) -> tuple[App, App]:
    """Ours, which knows by now who will write, and the bare one."""
    assert live.slack is not None
    reception = live.slack.reception
    for n in range(PEOPLE):
        await reception.people.of(person(n))
        if reception.people.known(person(n)) is None:
            message = f"the platform does not know {person(n)}"
            raise AssertionError(message)
    reader = reception.reader("ja", "Asia/Tokyo")
    # Made beforehand, so that the client's work is the same for both.
    forms = list(islice(submitted(reader), ALL))
    return (
        App(f"http://127.0.0.1:{live.port}{SLACK_PATH}", iter(forms), b'"response_action": "update"'),
        App(f"http://127.0.0.1:{port}{SLACK_PATH}", iter(forms), b""),
    )


async def _speed(session: ClientSession, app: App) -> Speed:
    times = await _one_by_one(session, app, ONE_BY_ONE)
    forms = islice(app.forms, MANY)

    async def client() -> None:
        for form in forms:
            await _ask(session, app, form)

    begun = monotonic()
    await asyncio.gather(*(client() for _ in range(IN_FLIGHT)))
    return Speed(p50=median(times) * 1_000, rate=MANY / (monotonic() - begun))


async def _one_by_one(session: ClientSession, app: App, many: int) -> list[float]:
    times = []
    for form in islice(app.forms, many):
        begun = monotonic()
        await _ask(session, app, form)
        times.append(monotonic() - begun)
    return times


async def _ask(session: ClientSession, app: App, form: bytes) -> None:
    said, status = b"", 0
    for _ in range(TRIES):
        async with session.post(app.url, data=form, headers=signed(form)) as answer:
            said, status = await answer.read(), answer.status
        if status == 200 and app.answers in said:
            return
    message = f"{status}: {said.decode(errors='replace')}"
    raise AssertionError(message)


async def _all_there(live: Running) -> None:
    """Every form that was acknowledged has become an inquiry."""
    listed = await live.home.store.listing(desk(0).id, "open", 1)
    if listed.total != ALL:
        message = f"{ALL} forms were acknowledged, and {listed.total} inquiries are there"
        raise AssertionError(message)
