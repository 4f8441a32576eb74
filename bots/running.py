"""The parts of a running desk: begun in order, ended in the opposite order.

Entered by `henji run`, and by stories in tests, with everything it needs in its arguments: it reads no
setting and no environment. Whatever fails on its own ends the whole.
"""

import asyncio
import enum
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import structlog

from adapters.aio import sleep, spawn
from adapters.files.shelf import Shelf
from adapters.web.server import Handler, WebServer
from bots import clock, compose
from bots.compose import Clock, House, SlackAccess, SlackRoom
from bots.vitals import Vitals
from core.errors import Misconfigured, TryAgain, Unavailable
from scheduler.rota import Rota

PATIENCE: Final = 2.0
"""Seconds between two attempts to reach what is away."""

SLACK_PATH: Final = "/slack/events"

FILES: Final = Shelf(where=".henji/files")
"""Where files are when nobody says so; made once there is one."""

T = TypeVar("T")

log = structlog.get_logger()


class Part(enum.StrEnum):
    """What a process may do; without a choice it does everything."""

    SLACK = "slack"
    WEB = "web"
    WORKER = "worker"


ALL: Final = frozenset(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to run: on which database, with which access to Slack, which parts, listening where.

    `files` is where a worker keeps the files of inquiries.
    """

    redis_url: str
    slack: SlackAccess
    parts: frozenset[Part] = ALL
    bind: tuple[str, int] = ("127.0.0.1", 0)
    accept_loss: bool = False
    files: Shelf = FILES
    now: Clock = clock.now
    wall: Clock = clock.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running desk. `rota` is there in any case, begun only as a worker; `port` is the web server's."""

    home: House
    slack: SlackRoom
    rota: Rota
    vitals: Vitals
    port: int | None


@asynccontextmanager
async def running(plan: Plan) -> AsyncIterator[Running]:
    """Everything in the plan, from when all of it runs. Raises Misconfigured; waits for what is away."""
    _reachable(plan)
    # Who does not listen needs no way in, only the bot's token, to speak and to read back.
    listens = Part.SLACK in plan.parts
    access = plan.slack if listens else replace(plan.slack, app_token=None, signing_secret=None)
    async with AsyncExitStack() as stack:
        home = await _entered(
            stack,
            lambda: compose.house(plan.redis_url, now=plan.now, wall=plan.wall, accept_loss=plan.accept_loss),
        )
        for finding in home.health.findings:
            log.warning("redis", finding=finding)
        room = await _entered(stack, lambda: compose.slack(home, access))
        rota = compose.rota(home, (room.platform,), plan.files)
        vitals = Vitals(
            home,
            listening=room if listens else None,
            rota=rota if Part.WORKER in plan.parts else None,
        )
        await _was_away(home, room)
        if Part.WORKER in plan.parts:
            stack.push_async_callback(rota.stop)
            rota.start()
            _beside(stack, _nudged(home, rota), "nudges of other processes")
        port = await _web(stack, plan, room, vitals) if Part.WEB in plan.parts else None
        if listens:
            _beside(stack, room.hearing.watch(), "hearing")
            if room.connection is not None:
                stack.push_async_callback(room.connection.stop)
                await room.connection.start()
        yield Running(home=home, slack=room, rota=rota, vitals=vitals, port=port)


def _reachable(plan: Plan) -> None:
    """Slack calls the web server where there is no socket, so the two run in one process then."""
    http_only = plan.slack.app_token is None
    if http_only and Part.SLACK in plan.parts and Part.WEB not in plan.parts:
        raise Misconfigured(
            "--only",
            "names slack without web, but without SLACK_APP_TOKEN Slack reaches Henji through the web part.",
            "Name both: --only slack,web.",
        )


async def _web(stack: AsyncExitStack, plan: Plan, room: SlackRoom, vitals: Vitals) -> int:
    routes: dict[str, Handler] = {}
    if room.handler is not None:
        routes[SLACK_PATH] = room.handler
    server = WebServer(plan.bind, ready=vitals.checks, metrics=vitals.text, routes=routes)
    port = await server.start()
    stack.push_async_callback(server.stop)
    return port


async def _entered(stack: AsyncExitStack, make: Callable[[], AbstractAsyncContextManager[T]]) -> T:
    """Enter it, as often as it takes: who starts first, Henji or what it needs, is left to chance."""
    while True:
        try:
            return await stack.enter_async_context(make())
        except (Unavailable, TryAgain) as error:
            log.warning("waiting for what is away", why=str(error))
            await sleep(max(PATIENCE, error.after if isinstance(error, TryAgain) else 0.0))


async def _was_away(home: House, room: SlackRoom) -> None:
    """Note that nobody may have listened until now, before any alarm is decided."""
    while True:
        try:
            return await home.store.mark_gap(room.platform.name, home.now())
        except Unavailable as error:
            log.warning("waiting for what is away", why=str(error))
            await sleep(PATIENCE)


async def _nudged(home: House, rota: Rota) -> None:
    """Deliver at once what other processes queue; while they can't be heard, the ticker is enough."""
    while True:
        try:
            async for _ in home.outbox.listen():
                rota.queued()
        except Unavailable as error:
            log.info("other processes can't be heard for now", why=str(error))
        await sleep(PATIENCE)


def _beside(stack: AsyncExitStack, work: Awaitable[None], name: str) -> None:
    """Have this go on beside the rest, until the rest ends."""

    async def going() -> None:
        await work

    task = spawn(going(), name)

    async def end() -> None:
        task.cancel()
        await asyncio.wait([task])

    stack.push_async_callback(end)
