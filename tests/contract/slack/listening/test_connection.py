"""Socket Mode: what happens to the connection, and that it is told."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from redis.asyncio import Redis

from adapters.slack.app import build_app
from adapters.slack.connection import Connection
from core.errors import Misconfigured
from tests.clocks import HandClock
from tests.contract.slack.listening.office import Office, listening
from tests.emulators.slack import SlackEmulator
from tests.waiting import until

PING = 0.1  # so that a socket that fell silent is noticed soon


@pytest.fixture
async def office(
    slack: SlackEmulator, clock: HandClock, redis_server: str, redis_client: Redis
) -> AsyncIterator[Office]:
    """Listening in Socket Mode."""
    del redis_client  # it has emptied the server
    async with listening(slack, redis_server, clock.now, http=False, ping=PING) as office:
        yield office


async def connected(office: Office) -> bool:
    """Whether events can arrive."""
    assert office.connection is not None
    return await office.connection.connected()


async def test_the_first_connection_is_a_gap_too(office: Office, clock: HandClock) -> None:
    """Something may have been said while Henji was down."""
    assert office.gaps == [clock.now()]
    assert await connected(office)


@pytest.mark.parametrize("how", ["drop", "freeze"])
async def test_a_lost_connection_is_replaced(office: Office, how: str) -> None:
    """Cut, or silent without a word: another one is there soon, the gap is told, and commands arrive."""
    getattr(office.slack.sockets, how)()
    await until(lambda: len(office.gaps) == 2)
    await until(lambda: connected(office))
    taro = office.slack.person("Taro")
    assert (await taro.command("/inquiry help")).message


async def test_slack_may_ask_for_a_new_connection(office: Office) -> None:
    """As it does every few hours."""
    await office.slack.sockets.ask_to_reconnect("refresh_requested")
    await until(lambda: len(office.gaps) == 2)
    assert await connected(office)


async def test_slack_away_for_a_while_is_come_back_to(office: Office) -> None:
    """However often connecting failed meanwhile."""
    await office.slack.goes_away()
    await until(lambda: _away(office))
    await office.slack.comes_back()
    await until(lambda: len(office.gaps) == 2)
    assert await connected(office)


async def test_an_address_that_went_stale_is_not_insisted_on(office: Office, clock: HandClock) -> None:
    """Slack takes each address once, and not for long; the SDK alone would try the same for ever."""
    reception, gaps = office.reception, list[datetime]()
    app, token = build_app(reception), office.slack.app_token
    connection = Connection(app, reception.client, token, now=clock.now, on_gap=gaps.append, ping=PING)
    await connection.start()
    office.slack.sockets._tickets.clear()  # noqa: SLF001 -- as Slack forgets them after half a minute
    await until(lambda: bool(gaps))
    assert await connection.connected()
    await connection.stop()


async def test_a_token_that_slack_refuses_stops_the_start(office: Office, clock: HandClock) -> None:
    """It says which setting is wrong, and what to do about it."""
    reception = office.reception
    app = build_app(reception)
    connection = Connection(app, reception.client, "xapp-1-no", now=clock.now, on_gap=office.gaps.append)
    with pytest.raises(Misconfigured) as caught:
        await connection.start()
    assert caught.value.setting == "SLACK_APP_TOKEN"
    assert len(office.gaps) == 1


async def _away(office: Office) -> bool:
    return not await connected(office)
