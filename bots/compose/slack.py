"""Slack's room: one workspace, in Socket Mode or over HTTP.

Called by `running` and by stories. Reads no setting and starts nothing.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from adapters.slack.app import build_app
from adapters.slack.client import close_client, identify, open_client
from adapters.slack.connection import PING, Connection
from adapters.slack.files import SlackCourier
from adapters.slack.history import SlackHistory
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.reception import Reception
from adapters.slack.signed import signed_requests
from adapters.web.server import Handler
from bots import chance
from bots.compose.house import House
from bots.compose.room import Ears, Room
from core.ids import DeskId, LinkCode, SellerId
from core.ports import Platform

SLACK_PATH: Final = "/slack/events"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAccess:
    """The way to one workspace; without `app_token` and `signing_secret` it is only spoken to.

    `api` is where the Web API is, None for Slack itself. `pause` is for how many seconds a place rests after
    a message, `ping` the seconds between two pings of the socket.
    """

    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None
    api: str | None = None
    pause: float = 1.0
    ping: float = PING


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackRoom(Room):
    """Slack, put together: its `connection` in Socket Mode, its `handler` over HTTP."""

    reception: Reception
    handler: Handler | None


@asynccontextmanager
async def slack(home: House, access: SlackAccess) -> AsyncIterator[SlackRoom]:
    """One workspace's room, not yet listening.

    Raises Misconfigured where Slack refuses the token, TryAgain where it is away.
    """
    client = open_client(access.bot_token, base_url=access.api)
    try:
        people = People(client, home.now)
        reception = Reception(
            me=await identify(client),
            client=client,
            people=people,
            book=home.book,
            desk=home.desk,
            outbox=home.outbox,
            now=home.now,
            new_desk=lambda: DeskId(chance.word()),
            new_seller=lambda: SellerId(chance.word()),
            new_code=lambda: LinkCode(chance.code()),
        )
        platform = Platform(
            name="slack",
            messenger=SlackMessenger(client, home.book, pause=access.pause),
            history=SlackHistory(client, people, home.now),
            courier=SlackCourier(client, home.book, api=access.api),
        )
        yield _room(home, access, reception, platform)
    finally:
        await close_client(client)


def _room(home: House, access: SlackAccess, reception: Reception, platform: Platform) -> SlackRoom:
    app, ears = build_app(reception), Ears(home.store, platform.name, home.now)
    if access.app_token is not None:
        ears.connection = Connection(
            app,
            reception.client,
            access.app_token,
            now=home.now,
            on_gap=ears.hearing.gap,
            ping=access.ping,
        )
    handler = None if access.signing_secret is None else signed_requests(app, access.signing_secret)
    return SlackRoom(
        platform=platform,
        ears=ears,
        routes={} if handler is None else {SLACK_PATH: handler},
        who=reception.me.workspace,
        reception=reception,
        handler=handler,
    )
