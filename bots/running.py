"""The parts of a running desk: begun in order, ended in the opposite order.

Entered by `henji run`, and by stories in tests, with everything it needs in its arguments: it reads no
setting and no environment. Whatever fails on its own ends the whole.
"""

import asyncio
import enum
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeVar

import structlog

from adapters.aio import sleep, spawn
from adapters.files.shelf import Shelf
from adapters.web.server import Handler, Reply, WebServer
from bots import clock, compose
from bots.compose import (
    SLACK_PATH,
    Clock,
    DiscordAccess,
    DiscordRoom,
    Door,
    House,
    SlackAccess,
    SlackRoom,
)
from bots.vitals import Vitals
from core.errors import Misconfigured, Unavailable
from scheduler.rota import Rota

PATIENCE: Final = 2.0
"""Seconds between two attempts to reach what is away."""

FILES: Final = Shelf(where=".henji/files")
"""Where files are when nobody says so; made once there is one."""

T = TypeVar("T")

log = structlog.get_logger()


class Part(enum.StrEnum):
    """What a process may do; without a choice it does everything."""

    SLACK = "slack"
    DISCORD = "discord"
    WEB = "web"
    WORKER = "worker"


ALL: Final = frozenset(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to run: on which database, on which platforms, which parts, listening where.

    `files` is where a worker keeps the files of inquiries.
    """

    redis_url: str
    slack: SlackAccess | None = None
    discord: DiscordAccess | None = None
    parts: frozenset[Part] = ALL
    bind: tuple[str, int] = ("127.0.0.1", 0)
    accept_loss: bool = False
    files: Shelf = FILES
    now: Clock = clock.now
    wall: Clock = clock.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The platforms that a plan has access to."""

    slack: Door[SlackRoom] | None
    discord: Door[DiscordRoom] | None

    @property
    def all(self) -> list[Door[SlackRoom] | Door[DiscordRoom]]:
        """Those there are."""
        return [door for door in (self.slack, self.discord) if door is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running desk. `rota` is there in any case, begun only as a worker; `port` is the web server's.

    A platform's room is there once the platform was reached.
    """

    home: House
    doors: Doors
    rota: Rota
    vitals: Vitals
    port: int | None

    @property
    def slack(self) -> SlackRoom | None:
        """Slack's room."""
        return None if self.doors.slack is None else self.doors.slack.room

    @property
    def discord(self) -> DiscordRoom | None:
        """Discord's room."""
        return None if self.doors.discord is None else self.doors.discord.room


@asynccontextmanager
async def running(plan: Plan) -> AsyncIterator[Running]:
    """Everything in the plan, from when all of it runs that can be reached. Raises Misconfigured.

    It waits for its store; a platform that is away is waited for by itself.
    """
    _possible(plan)
    async with AsyncExitStack() as stack:
        home = await _entered(
            stack,
            lambda: compose.house(plan.redis_url, now=plan.now, wall=plan.wall, accept_loss=plan.accept_loss),
        )
        for finding in home.health.findings:
            log.warning("redis", finding=finding)
        doors = _doors(home, plan)
        rota = compose.rota(home, [door.platform for door in doors.all], plan.files)
        vitals = Vitals(
            home,
            listening=[door for door in doors.all if door.listens],
            rota=rota if Part.WORKER in plan.parts else None,
        )
        for door in doors.all:
            await _was_away(home, door.name)
            stack.push_async_callback(door.close)
        if Part.WORKER in plan.parts:
            stack.push_async_callback(rota.stop)
        port = await _web(stack, plan, doors, vitals) if Part.WEB in plan.parts else None
        for door in doors.all:
            stack.push_async_callback(door.hush)
        await asyncio.gather(*(door.open() for door in doors.all))
        if Part.WORKER in plan.parts:
            rota.start()
            _beside(stack, _nudged(home, rota), "nudges of other processes")
        yield Running(home=home, doors=doors, rota=rota, vitals=vitals, port=port)


def _possible(plan: Plan) -> None:
    """Each part named has what it needs, and what needs another part has it in the same process."""
    if plan.slack is None and plan.discord is None:
        raise Misconfigured(
            "SLACK_BOT_TOKEN",
            "is empty, and so is DISCORD_BOT_TOKEN: Henji has nowhere to speak.",
            "`henji run` says where to get either.",
        )
    if plan.parts == ALL:
        return
    for part, access in ((Part.SLACK, plan.slack), (Part.DISCORD, plan.discord)):
        if part in plan.parts and access is None:
            token = f"{part.value.upper()}_BOT_TOKEN"
            raise Misconfigured(token, f"is empty, but --only names {part}.", "Fill it in, or leave it out.")
    http_only = plan.slack is not None and plan.slack.app_token is None
    if http_only and Part.SLACK in plan.parts and Part.WEB not in plan.parts:
        raise Misconfigured(
            "--only",
            "names slack without web, but without SLACK_APP_TOKEN Slack reaches Henji through the web part.",
            "Name both: --only slack,web.",
        )


def _doors(home: House, plan: Plan) -> Doors:
    """Each platform's door. Who does not listen needs no way in, only a token, to speak and to read back."""
    slack, discord = plan.slack, plan.discord
    hears_slack, hears_discord = Part.SLACK in plan.parts, Part.DISCORD in plan.parts
    if slack is not None and not hears_slack:
        slack = replace(slack, app_token=None, signing_secret=None)
    if discord is not None:
        discord = replace(discord, listens=hears_discord)
    return Doors(
        slack=None
        if slack is None
        else Door("slack", partial(compose.slack, home, slack), listens=hears_slack, now=home.now),
        discord=None
        if discord is None
        else Door("discord", partial(compose.discord, home, discord), listens=hears_discord, now=home.now),
    )


async def _web(stack: AsyncExitStack, plan: Plan, doors: Doors, vitals: Vitals) -> int:
    called = doors.slack is not None and doors.slack.listens and plan.slack is not None
    by_http = called and plan.slack is not None and plan.slack.signing_secret is not None
    routes = {SLACK_PATH: _handler(doors)} if by_http else {}
    server = WebServer(plan.bind, ready=vitals.checks, metrics=vitals.text, routes=routes)
    port = await server.start()
    stack.push_async_callback(server.stop)
    return port


def _handler(doors: Doors) -> Handler:
    """What Slack calls, from when its room is open; until then it is asked to call again."""

    async def handle(method: str, headers: Mapping[str, str], body: bytes) -> Reply:
        room = None if doors.slack is None else doors.slack.room
        if room is None or room.handler is None:
            return 503, {"Retry-After": "5"}, b""
        return await room.handler(method, headers, body)

    return handle


async def _entered(stack: AsyncExitStack, make: Callable[[], AbstractAsyncContextManager[T]]) -> T:
    """Enter it, as often as it takes: who starts first, Henji or what it needs, is left to chance."""
    while True:
        try:
            return await stack.enter_async_context(make())
        except Unavailable as error:
            log.warning("waiting for what is away", why=str(error))
            await sleep(PATIENCE)


async def _was_away(home: House, platform: str) -> None:
    """Note that nobody may have listened until now, before any alarm is decided."""
    while True:
        try:
            return await home.store.mark_gap(platform, home.now())
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
