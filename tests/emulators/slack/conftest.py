"""A Bolt app on the emulator, by Socket Mode and by signed HTTP, for the emulator's own tests.

The app has no listeners until a test gives it some; nothing in it is replaced or patched.
"""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.clocks import HandClock
from tests.emulators.slack import Person, SlackEmulator


@pytest.fixture
def clock() -> HandClock:
    """A clock at noon, UTC."""
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[SlackEmulator]:
    """An empty workspace."""
    async with SlackEmulator(now=clock.now) as slack:
        yield slack


@pytest.fixture
def hanako(slack: SlackEmulator) -> Person:
    """花子, who reads Japanese and lives in Tokyo."""
    return slack.person("花子", locale="ja-JP", tz="Asia/Tokyo")


@pytest.fixture
def client(slack: SlackEmulator) -> AsyncWebClient:
    """The SDK's client with the bot's token, sending once."""
    return AsyncWebClient(slack.bot_token, base_url=slack.base_url, retry_handlers=[])


@pytest.fixture(params=["socket mode", "http"])
async def app(
    slack: SlackEmulator, client: AsyncWebClient, request: pytest.FixtureRequest
) -> AsyncIterator[AsyncApp]:
    """A Bolt app that is connected."""
    bolt = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    if request.param == "http":
        runner = web.AppRunner(bolt.web_app("/slack/events"))
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        slack.http.request_url = f"http://127.0.0.1:{site.port}/slack/events"
        yield bolt
        await runner.cleanup()
    else:
        handler = AsyncSocketModeHandler(bolt, slack.app_token, ping_interval=0.1)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield bolt
        await handler.close_async()  # type: ignore[no-untyped-call]
