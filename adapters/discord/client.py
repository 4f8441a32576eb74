"""The way to Discord: one client, logged in, and who we are there. Its gateway is connected by `connection`.

Called by bots when the adapter is put together. Each request is made once: whether something is sent again is
decided by whoever sends it, and the library waits for a rate limit no longer than a few seconds.
"""

from dataclasses import dataclass
from http import HTTPStatus
from types import SimpleNamespace
from urllib.parse import urlsplit

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route, json_or_text

from adapters.discord.errors import EDITED_TOO_OFTEN, translating
from adapters.discord.pacing import LONGEST, windows

_CONNECTIONS = 256
_SERVER_ERRORS = 500
# Else the library warns at every start that it lacks what voice would need.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
_RESET = frozenset({54, 10054})  # as macOS and Windows count; on others the library does not look for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are: the bot's user, the application, and whether what people write in guilds can be read."""

    user: int
    application: int
    name: str
    reads_messages: bool


async def open_client(token: str, *, api: str | None = None) -> discord.AutoShardedClient:
    """A client for one bot token, logged in; to be closed with `close_client`.

    It asks for the content of messages exactly if the application was granted it: asking without would close
    every connection (4014). `api` aims the whole process at another server than Discord, for tests: the
    address that ends in /api/v10. Raises Misconfigured where Discord refuses the token, TryAgain where it is
    away.
    """
    if api is not None:
        _aim(api)
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    client = discord.AutoShardedClient(
        intents=intents,
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=60),
        http_trace=_once(),
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
    )
    client.http.get_ratelimit = windows()  # type: ignore[method-assign,assignment]  # no other way
    try:
        with translating(sending=False):
            await client.login(token)
    except BaseException:
        await close_client(client)
        raise
    # The library sends these very intents when it connects.
    intents.message_content = reads_messages(client)
    return client


async def close_client(client: discord.AutoShardedClient) -> None:
    """Close its connections."""
    await client.close()


def identify(client: discord.AutoShardedClient) -> Identity:
    """Whom the token belongs to."""
    user, application = client.user, client.application_id
    if user is None or application is None:
        raise RuntimeError("a client that is not logged in is nobody")
    return Identity(
        user=user.id, application=application, name=user.name, reads_messages=reads_messages(client)
    )


def reads_messages(client: discord.AutoShardedClient) -> bool:
    """Whether the application was granted the content of messages in guilds."""
    flags = client.application_flags
    return flags.gateway_message_content or flags.gateway_message_content_limited


def _aim(api: str) -> None:
    there = urlsplit(api)
    Route.BASE = api
    gateway = DiscordWebSocket.DEFAULT_GATEWAY.with_scheme("wss" if there.scheme == "https" else "ws")
    DiscordWebSocket.DEFAULT_GATEWAY = (
        gateway.with_host(there.hostname or "").with_port(there.port).with_path("/")
    )


def _once() -> aiohttp.TraceConfig:
    """Keeps the library from sending anything a second time by itself.

    `HTTPClient.request` and the requests of its webhooks (which answer interactions) are loops of five
    attempts: after a 5xx and after a connection that was reset they sleep up to 7 s and send again, although
    the first may have arrived. A nonce would make that harmless for messages, not for threads and follow-ups,
    and the sleeps would outlast the outbox's lease. What a trace raises leaves those loops, which catch
    OSError alone. A request refused for a rate limit was not carried out: that is left to them where it takes
    but a moment.
    """
    trace = aiohttp.TraceConfig()

    async def ended(
        _: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        response = params.response
        if response.status >= _SERVER_ERRORS:
            raise discord.DiscordServerError(response, await json_or_text(response))
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:
            answer = await json_or_text(response)
            if isinstance(answer, dict) and answer.get("code") == EDITED_TOO_OFTEN:
                raise discord.HTTPException(response, answer)  # a limit of the message's, not of ours
            patience = float(response.headers.get("Retry-After", 0))
            if patience > LONGEST:
                raise discord.RateLimited(patience)

    async def failed(
        _: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        error = params.exception
        if (
            isinstance(error, OSError)
            and error.errno in _RESET
            and not isinstance(error, aiohttp.ClientConnectorError)
        ):
            raise aiohttp.ClientConnectionError(str(error)) from error

    trace.on_request_end.append(ended)
    trace.on_request_exception.append(failed)
    return trace
