"""An emulated workspace, and a client that speaks to it."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.client import close_client, open_client
from adapters.slack.people import People
from tests.clocks import HandClock
from tests.emulators.slack import SlackEmulator


@pytest.fixture
def clock() -> HandClock:
    """A clock that moves by hand."""
    return HandClock()


@pytest.fixture
async def slack(clock: HandClock) -> AsyncIterator[SlackEmulator]:
    """An empty workspace."""
    async with SlackEmulator(now=clock.now, patience=1) as slack:
        yield slack


@pytest.fixture
async def client(slack: SlackEmulator) -> AsyncIterator[AsyncWebClient]:
    """The client that bots would make."""
    client = open_client(slack.bot_token, base_url=slack.base_url)
    yield client
    await close_client(client)


@pytest.fixture
def people(client: AsyncWebClient, clock: HandClock) -> People:
    """Nobody met yet."""
    return People(client, clock.now)
