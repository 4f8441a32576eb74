"""What can go wrong between an app and Slack, each switched on once: with the SDK, as the SDK meets it.

Nothing waits for time to pass: clocks move by hand, and connections are watched until they are there.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.clocks import HandClock
from tests.emulators.slack import Kind, Person, SlackEmulator
from tests.emulators.slack.delivery import Envelope
from tests.emulators.slack.http_events import encoded
from tests.waiting import until


@pytest.mark.parametrize(
    ("kind", "raised", "stored"),
    [
        (Kind.RATE_LIMITED, SlackApiError, 0),
        (Kind.REFUSED, SlackApiError, 0),
        (Kind.RESET, aiohttp.ServerDisconnectedError, 0),
        (Kind.FAILED_AFTER, SlackApiError, 1),
        (Kind.LOST_REPLY, aiohttp.ServerDisconnectedError, 1),
    ],
)
async def test_calls_fail_before_and_after(
    slack: SlackEmulator,
    client: AsyncWebClient,
    hanako: Person,
    kind: Kind,
    raised: type[Exception],
    stored: int,
) -> None:
    """Each fault strikes the method it is meant for as often as it is meant to, and leaves what it should."""
    fault = slack.faults.switch_on(kind, "chat.postMessage", times=1, retry_after=7)
    await client.auth_test()
    with pytest.raises(raised) as caught:
        await client.chat_postMessage(channel=hanako.id, text="x")
    assert len(hanako.sees()) == stored
    if kind is Kind.RATE_LIMITED and isinstance(caught.value, SlackApiError):
        assert caught.value.response.headers["Retry-After"] == "7"
    await client.chat_postMessage(channel=hanako.id, text="x")
    assert (fault.hits, len(hanako.sees())) == (1, stored + 1)


async def test_a_slow_answer(slack: SlackEmulator, client: AsyncWebClient, hanako: Person) -> None:
    """What is kept back has been done; the answer comes when the fault is over."""
    fault = slack.faults.switch_on(Kind.SLOW, "chat.postMessage")
    async with asyncio.TaskGroup() as group:
        call = group.create_task(client.chat_postMessage(channel=hanako.id, text="x"))
        await until(lambda: len(hanako.sees()) == 1)
        assert not call.done()
        fault.off()
    assert call.result()["ok"]


async def test_slack_goes_away(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """Nothing listens for a while; then it is back at the same address."""
    await slack.goes_away()
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.auth_test()
    await slack.comes_back()
    await client.auth_test()


Heard = list[dict[str, Any]]


@pytest.fixture
def heard() -> Heard:
    """What the app heard, envelope by envelope."""
    return []


@pytest.fixture
def listening(app: AsyncApp, heard: Heard) -> AsyncApp:
    """The connected app, writing down each message it is told of."""

    @app.event("message")
    async def message(body: dict[str, Any]) -> None:
        heard.append(body)

    return app


def said(heard: Heard) -> list[str]:
    """The texts of what was heard."""
    return [each["event"]["text"] for each in heard]


@pytest.mark.usefixtures("listening")
async def test_an_event_comes_again(slack: SlackEmulator, hanako: Person, heard: Heard) -> None:
    """A duplicate has the id of the first."""
    slack.delivery.duplicate(copies=2)
    await hanako.dm("one")
    slack.delivery.duplicate(copies=0)
    await hanako.dm("two")
    assert said(heard) == ["one", "one", "one", "two"]
    assert len({each["event_id"] for each in heard}) == 2


@pytest.mark.usefixtures("listening")
async def test_events_come_out_of_order(slack: SlackEmulator, hanako: Person, heard: Heard) -> None:
    """What was kept back is delivered with the last first."""
    slack.delivery.hold()
    await hanako.dm("one")
    await hanako.dm("two")
    assert heard == []
    await slack.delivery.release()
    assert said(heard) == ["two", "one"]


async def test_an_app_that_is_down(
    slack: SlackEmulator, client: AsyncWebClient, hanako: Person, clock: HandClock
) -> None:
    """Events are tried again at once, after a minute and after five, then are lost; history has them."""
    await hanako.dm("anybody?")
    tries: list[int] = []
    for minutes in (0, 1, 4, 1, 60):
        clock.advance(minutes=minutes)
        await slack.clock_moved()
        tries.append(len(slack.delivery.delivered))
    assert tries == [2, 3, 3, 4, 4]
    assert [each.retry for each in slack.delivery.delivered] == [0, 1, 2, 3]
    assert [each.payload["event"]["text"] for each in slack.delivery.lost] == ["anybody?"]
    kept = await client.conversations_history(channel=hanako.inbox.id)
    assert [each["text"] for each in kept["messages"]] == ["anybody?"]


@pytest.fixture
async def handler(
    slack: SlackEmulator, client: AsyncWebClient, heard: Heard
) -> AsyncIterator[AsyncSocketModeHandler]:
    """An app in Socket Mode, connected."""
    app = AsyncApp(client=client, process_before_response=True)

    @app.event("message")
    async def message(body: dict[str, Any]) -> None:
        heard.append(body)

    handler = AsyncSocketModeHandler(app, slack.app_token, ping_interval=0.1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    yield handler
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.mark.usefixtures("handler")
async def test_a_frozen_connection_is_replaced(slack: SlackEmulator, hanako: Person, heard: Heard) -> None:
    """A silent connection acknowledges nothing; what was sent on it comes again on the next one."""
    (frozen,) = slack.sockets.open
    slack.sockets.freeze()
    await hanako.dm("hello?")
    assert heard == []
    await until(lambda: said(heard) == ["hello?"])
    assert frozen not in slack.sockets.open
    assert slack.delivery.delivered[-1].retry > 0


@pytest.mark.usefixtures("handler")
async def test_a_dropped_connection_is_replaced(slack: SlackEmulator, hanako: Person, heard: Heard) -> None:
    """Connections are cut without a word, and the SDK makes a new one."""
    slack.sockets.drop()
    assert slack.sockets.open == []
    await until(lambda: len(slack.sockets.open) == 1)
    await hanako.dm("hello?")
    assert said(heard) == ["hello?"]


@pytest.mark.usefixtures("handler")
async def test_a_connection_is_renewed_when_asked(slack: SlackEmulator, hanako: Person, heard: Heard) -> None:
    """After a disconnect message the SDK has another connection."""
    (old,) = slack.sockets.open
    await slack.sockets.ask_to_reconnect("refresh_requested")
    await until(lambda: len(slack.sockets.open) == 1 and old not in slack.sockets.open)
    await hanako.dm("hello?")
    assert said(heard) == ["hello?"]


async def test_requests_are_signed(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """The app's URL is verified; without a signature, or with a stale one, a request is refused."""
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, process_before_response=True)
    server = web.AppRunner(app.web_app("/slack/events"))
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    slack.http.request_url = f"http://127.0.0.1:{site.port}/slack/events"
    assert await slack.http.verify_url()
    event = Envelope("e", "events_api", {"type": "event_callback", "event": {"type": "message"}})
    body, content_type = encoded(event)
    headers = {"Content-Type": content_type}
    unsigned = await slack.http.post(body, headers)
    forged = await slack.http.post(body + b" ", headers | slack.http.signature(body))
    stale = await slack.http.post(body, headers | slack.http.signature(body, age=301))
    assert [unsigned.status, forged.status, stale.status] == [401, 401, 401]
    await server.cleanup()
