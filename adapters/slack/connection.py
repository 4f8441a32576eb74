"""Socket Mode: the connection that Slack's events arrive on, where no request URL is open to the world.

Started and stopped by bots. The SDK pings, notices a socket that fell silent and connects anew; this says
when that happened, so that what was said meanwhile is read back, and keeps the SDK from insisting on a used
address. https://docs.slack.dev/apis/events-api/using-socket-mode/
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.aio import sleep, spawn
from adapters.slack.errors import translating
from core.errors import Misconfigured, TryAgain

PING = 5.0
"""Seconds between pings. A socket that fell silent is replaced within two and a half of them."""

_MEND = (
    "Copy the app-level token (xapp-…, with connections:write) from the app's page, under Basic Information."
)

_QUIET = logging.getLogger(f"{__name__}.sdk")
_QUIET.setLevel(logging.WARNING)  # at DEBUG the SDK logs what people write

_log = structlog.get_logger(__name__)


class Connection:
    """One app's connection. `on_gap` is told of every new one: something may have been said in between."""

    def __init__(
        self,
        app: AsyncApp,
        client: AsyncWebClient,
        app_token: str,
        *,
        now: Callable[[], datetime],
        on_gap: Callable[[datetime], None],
        ping: float = PING,
    ) -> None:
        self._web = client
        self._token = app_token
        self._now = now
        self._on_gap = on_gap
        self._ping = ping
        self._handler = AsyncSocketModeHandler(
            app, app_token, logger=_QUIET, web_client=client, ping_interval=ping
        )
        self._client = self._handler.client
        self._client.proxy = client.proxy
        self._client.message_listeners.append(self._heard)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to connect, and stay connected; raises Misconfigured for a token that Slack refuses."""
        try:
            with translating(sending=False):
                answer = await self._web.apps_connections_open(app_token=self._token)
            self._client.wss_uri = answer["url"]
        except Misconfigured as error:
            await self.stop()
            raise Misconfigured("SLACK_APP_TOKEN", error.problem, _MEND) from error
        except TryAgain as error:
            _log.warning("slack.not_reachable", why=str(error))
        self._tasks = [
            spawn(self._handler.connect_async(), "slack.connect"),  # type: ignore[no-untyped-call] # the SDK's
            spawn(self._watch(), "slack.watch"),
        ]

    async def stop(self) -> None:
        """Close the connection. What was not acknowledged by then, Slack delivers again."""
        for task in self._tasks:
            task.cancel()
        await self._handler.close_async()  # type: ignore[no-untyped-call] # the SDK's

    async def connected(self) -> bool:
        """Whether events can arrive now."""
        return await self._client.is_connected()

    async def ended(self) -> None:
        """Wait for what does not happen: the SDK tries again for ever."""
        await asyncio.Event().wait()

    async def _watch(self) -> None:
        while not self._client.closed:
            await sleep(self._ping)
            if not await self._client.is_connected():
                # The SDK tries an address again until it succeeds; Slack takes each address once.
                self._client.wss_uri = None

    async def _heard(self, _: AsyncBaseSocketModeClient, frame: dict[str, Any], __: str | None) -> None:
        match frame.get("type"):
            case "hello":
                _log.info("slack.connected")
                self._on_gap(self._now())
            case "disconnect":
                _log.info("slack.disconnecting", reason=frame.get("reason"))
            case _:
                pass
