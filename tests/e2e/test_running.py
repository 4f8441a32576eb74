"""A desk with all its parts in this process: is it well, what does it count, and how its parts run apart."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession
from redis.asyncio import Redis

from adapters.redis.embedded import Embedded
from adapters.redis.store import RedisStore
from bots import clock
from bots.compose import SlackAccess
from bots.running import ALL, Part, Plan, Running, running
from bots.vitals import HELP
from core.errors import Misconfigured
from scheduler.status import numbers
from tests.e2e import small_desk
from tests.emulators.slack import SlackEmulator
from tests.waiting import until


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    """A workspace with a staff channel and a seller's, at the present time."""
    async with SlackEmulator(now=clock.now) as slack:
        yield slack


def plan(slack: SlackEmulator, url: str, *parts: Part, http: bool = False) -> Plan:
    """What to run: everything, or these parts."""
    access = SlackAccess(
        bot_token=slack.bot_token,
        app_token=None if http else slack.app_token,
        signing_secret=slack.signing_secret if http else None,
        api=slack.base_url,
        pause=0,
        ping=5.0,
    )
    return Plan(redis_url=url, slack=access, parts=frozenset(parts) or ALL)


async def asked(live: Running, path: str) -> tuple[int, str]:
    """What its web server answers."""
    async with ClientSession() as client, client.get(f"http://127.0.0.1:{live.port}{path}") as answer:
        return answer.status, await answer.text()


async def test_with_all_parts_it_is_well(
    slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """Store, connection, sweep, delivery and audit are looked at; the numbers are there, each explained."""
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, redis_server)) as live:
        await until(lambda: _ready(live))
        status, body = await asked(live, "/readyz")
        assert status == 200
        for name in ("redis", "slack", "sweep", "delivery", "audit"):
            assert f'"{name}"' in body
        await small_desk.open_up(live.home, slack.team, staff="C1", seller="C2")
        _, text = await asked(live, "/metrics")
    assert 'henji_commands_total{kind="OpenInquiry",outcome="done"} 1.0' in text
    assert "henji_sweep_late_seconds 0.0" in text
    assert 'henji_deliveries_total{fate="sent"}' in text
    count = next(line for line in text.splitlines() if line.startswith("henji_commit_seconds_count"))
    assert float(count.split()[1]) >= 3


async def test_every_number_of_the_scheduler_is_shown(
    slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """Nothing it counts is left out of the metrics."""
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, redis_server, Part.WEB)) as live:
        live.rota.status.failed("sweep")
        counted = numbers(live.rota.status)
    families = ("deliveries_", "passes_failed_")
    assert [name for name in counted if name not in HELP and not name.startswith(families)] == []


async def test_what_was_said_before_the_start_is_read_back(
    slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """Before the first alarm is decided, it is on record that nobody may have listened; for a worker too."""
    assert await redis_client.dbsize() == 0
    before = clock.now()
    async with running(plan(slack, redis_server, Part.WORKER)) as live:
        gap = await live.home.store.gap("slack")
        assert gap is not None
        assert gap >= before


async def test_who_listens_says_so(slack: SlackEmulator, redis_server: str, redis_client: Redis) -> None:
    """A process that Slack's events reach, by socket or by HTTP, notes that it listens; a worker does not."""
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, redis_server, Part.WORKER)) as live:
        assert await live.home.store.heard("slack") is None
    async with running(plan(slack, redis_server, Part.SLACK, Part.WEB, http=True)) as live:
        await until(lambda: _heard_later(live, None))
    before = await RedisStore(redis_client, name="here", on_queued=lambda: None).heard("slack")
    async with running(plan(slack, redis_server, Part.SLACK)) as live:
        await until(lambda: _heard_later(live, before))


async def test_without_its_store_it_is_not_ready(slack: SlackEmulator, tmp_path: Path) -> None:
    """It stays up, answers 503, and ends in order all the same."""
    server = Embedded(tmp_path)
    try:
        async with running(plan(slack, await server.start())) as live:
            await until(lambda: _ready(live))
            await server.stop()
            status, body = await asked(live, "/readyz")
            assert status == 503
            assert '"redis": {"ok": false' in body
            assert (await asked(live, "/healthz"))[0] == 200
    finally:
        await server.stop()


async def test_without_its_connection_it_is_not_ready(
    slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """A socket that is lost shows, and shows no more once there is a new one; the gap is noted."""
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, redis_server)) as live:
        await until(lambda: _ready(live))
        before = await live.home.store.gap("slack")
        await slack.goes_away()
        await until(lambda: _is(live, "slack", well=False))
        assert (await asked(live, "/readyz"))[0] == 503
        await slack.comes_back()
        await until(lambda: _ready(live))
        await until(lambda: _noted_later(live, before))


async def test_parts_run_apart(slack: SlackEmulator, redis_server: str, redis_client: Redis) -> None:
    """What one process takes in another delivers, at once; each is asked only about its own parts."""
    assert await redis_client.dbsize() == 0
    boss = slack.person("boss", admin=True)
    shop = slack.channel("shop", members=[boss])
    staff = slack.channel("staff", members=[boss])
    async with (
        running(plan(slack, redis_server, Part.SLACK, Part.WEB)) as front,
        running(plan(slack, redis_server, Part.WORKER)) as back,
    ):
        assert back.port is None
        assert {check.name for check in await front.vitals.checks()} == {"redis", "slack"}
        assert "slack" not in {check.name for check in await back.vitals.checks()}
        await small_desk.open_up(front.home, slack.team, staff=staff.id, seller=shop.id, boss=boss.id)
        await until(lambda: bool(shop.messages) and bool(staff.messages))
        assert await back.home.store.desks() == [small_desk.DESK]


async def test_slack_over_http_needs_the_web_part(slack: SlackEmulator, redis_server: str) -> None:
    """Otherwise nothing would reach it, and nobody would know."""
    with pytest.raises(Misconfigured, match="--only slack,web"):
        async with running(plan(slack, redis_server, Part.SLACK, Part.WORKER, http=True)):
            pass


async def test_without_the_slack_part_nothing_is_mounted(
    slack: SlackEmulator, redis_server: str, redis_client: Redis
) -> None:
    """A web server for health alone takes no events; one with both takes signed ones only."""
    assert await redis_client.dbsize() == 0
    async with running(plan(slack, redis_server, Part.WEB, http=True)) as live:
        assert (await asked(live, "/slack/events"))[0] == 404
    async with running(plan(slack, redis_server, Part.WEB, Part.SLACK, http=True)) as live:
        assert (await asked(live, "/slack/events"))[0] == 405
        async with ClientSession() as client:
            address = f"http://127.0.0.1:{live.port}/slack/events"
            async with client.post(address, data=b"{}") as answer:
                assert answer.status == 401


async def _ready(live: Running) -> bool:
    return all(check.ok for check in await live.vitals.checks())


async def _is(live: Running, name: str, *, well: bool) -> bool:
    return {check.name: check.ok for check in await live.vitals.checks()}[name] is well


async def _heard_later(live: Running, before: object) -> bool:
    return await live.home.store.heard("slack") != before


async def _noted_later(live: Running, before: object) -> bool:
    return await live.home.store.gap("slack") != before
