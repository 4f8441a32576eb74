"""`henji run`: the desk as a process, from its settings, until it is told to stop.

Called by the command line. SIGTERM and Ctrl-C end all parts in order; a second one ends the process at once,
which loses nothing that was answered.
"""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

import structlog

from bots.compose import DiscordAccess, SlackAccess
from bots.records import records
from bots.running import ALL, Part, Plan, running
from bots.settings import Settings
from core.errors import Misconfigured

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)

T = TypeVar("T")

log = structlog.get_logger()


def in_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run it in an event loop of its own: uvloop's, where there is one.

    What was imported by now stays for good. Left to itself, the garbage collector would walk all of it again
    and again, each time with the loop blocked for 30 to 50 ms (measured under a sweep of 100,000 alarms).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(work)


async def serve(settings: Settings, parts: frozenset[Part]) -> None:
    """Run until told to stop. Raises Misconfigured."""
    if parts != ALL and settings.redis_url is None:
        raise Misconfigured(
            "REDIS_URL",
            "is empty, but with --only several processes share one server.",
            "Name it in .env: redis://host:6379/0",
        )
    async with _Stopping(), records(settings) as where:
        plan = Plan(
            redis_url=where.url,
            slack=slack_access(settings),
            discord=discord_access(settings),
            parts=parts,
            bind=settings.bind,
            accept_loss=settings.henji_accept_loss,
            files=settings.shelf,
        )
        async with running(plan) as live:
            names = sorted(part.value for part in parts)
            there = {door.name: door.room.who for door in live.doors.all if door.room is not None}
            log.info("henji is running", parts=names, **there)
            if where.watch is None:
                await asyncio.Event().wait()
            else:
                await asyncio.shield(where.watch)


def slack_access(settings: Settings) -> SlackAccess | None:
    """The way to Slack, if the settings give one."""
    if settings.slack_bot_token is None:
        return None
    app_token, secret = settings.slack_app_token, settings.slack_signing_secret
    return SlackAccess(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=None if app_token is None else app_token.get_secret_value(),
        signing_secret=None if secret is None else secret.get_secret_value(),
        api=settings.henji_slack_api,
    )


def discord_access(settings: Settings) -> DiscordAccess | None:
    """The way to Discord, if the settings give one."""
    if settings.discord_bot_token is None:
        return None
    return DiscordAccess(
        bot_token=settings.discord_bot_token.get_secret_value(), api=settings.henji_discord_api
    )


class _Stopping:
    """Within this, a signal cancels the task that entered it, which then ends in order, and all is well."""

    def __init__(self) -> None:
        self._task: asyncio.Task[Any] | None = None
        self._told = False

    async def __aenter__(self) -> None:
        self._task = asyncio.current_task()
        for each in SIGNALS:
            asyncio.get_running_loop().add_signal_handler(each, self._stop, each)

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self._listen_no_more()
        if not (self._told and kind is asyncio.CancelledError and self._task is not None):
            return False
        self._task.uncancel()
        log.info("henji has stopped")
        return True

    def _stop(self, which: signal.Signals) -> None:
        log.info("stopping", signal=which.name)
        self._told = True
        self._listen_no_more()
        if self._task is not None:
            self._task.cancel()

    @staticmethod
    def _listen_no_more() -> None:
        for each in SIGNALS:
            asyncio.get_running_loop().remove_signal_handler(each)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 -- it is not there on every machine
    except ImportError:
        return None
    return uvloop.new_event_loop
