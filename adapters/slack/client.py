"""The way to Slack's Web API: one client with one connection pool, and who we are there.

Called by bots when the adapter is put together. The SDK's own retries are off: whether something is sent
again is decided by whoever sends it.
"""

import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import translating
from core.ids import WorkspaceId

_PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
_CONNECTIONS = 64
_QUIET = logging.getLogger(f"{__name__}.sdk")
_QUIET.setLevel(logging.WARNING)  # at DEBUG the SDK logs what people write


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are in a workspace: the bot's user, and the bot behind its posts."""

    workspace: WorkspaceId
    user: str
    bot: str

    @property
    def team(self) -> str:
        """The workspace as Slack calls it."""
        return self.workspace.partition(":")[2]


def open_client(token: str, *, base_url: str | None = None) -> AsyncWebClient:
    """A client for one bot token; to be made within the running loop and closed with `close_client`.

    `base_url` aims it at another server than Slack, for tests; no proxy stands before that one.
    """
    # Without a session of its own the SDK opens a new TLS connection for every call.
    session = aiohttp.ClientSession(
        timeout=_PATIENCE, connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=60)
    )
    client = AsyncWebClient(
        token=token,
        base_url=base_url or AsyncWebClient.BASE_URL,
        session=session,
        retry_handlers=[],
        logger=_QUIET,
    )
    if base_url is not None:
        client.proxy = None
    return client


async def close_client(client: AsyncWebClient) -> None:
    """Close its connections."""
    if client.session is not None:
        await client.session.close()


async def identify(client: AsyncWebClient) -> Identity:
    """Whom the token belongs to. Raises Misconfigured where Slack refuses it, TryAgain where it is away."""
    with translating(sending=False):
        answer = await client.auth_test()
    return Identity(
        workspace=WorkspaceId(f"slack:{answer['team_id']}"),
        user=str(answer["user_id"]),
        bot=str(answer.get("bot_id") or ""),
    )
