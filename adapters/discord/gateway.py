"""One shard of Discord's gateway as it is watched: asked whether it still answers, and connected anew.

Used by `connection`. The library notices a socket that brings nothing for a minute; one that is open and
brings no events, or is dead behind a network that says nothing, it does not. So each shard is asked something
that is answered by an event.
https://docs.discord.com/developers/events/gateway-events#request-guild-members
"""

import asyncio

import discord
import discord.shard
import structlog
from discord.backoff import ExponentialBackoff

from adapters.aio import sleep

_LONGEST = 30.0  # seconds between tries to connect; the library's own grow to 17 minutes
_CLOSING = 2.0
_BETWEEN = 5.0

_log = structlog.get_logger(__name__)


class _Patience(ExponentialBackoff[bool]):
    """The library's pauses between tries, bounded: what is said meanwhile waits for us."""

    def delay(self) -> float:
        return min(super().delay(), _LONGEST)


class Beginnings:
    """Keeps sessions from beginning faster than Discord takes them, one every five seconds.

    The library waits as long before each but the first, also where the last one began long ago.
    https://docs.discord.com/developers/events/gateway#session-start-limit-object
    """

    def __init__(self) -> None:
        self._next = 0.0

    async def wait(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for this shard's turn."""
        del shard_id, initial
        now = asyncio.get_running_loop().time()
        pause, self._next = self._next - now, max(now, self._next) + _BETWEEN
        if pause > 0:
            await sleep(pause)


def bound_pauses() -> None:
    """Have the library try again at least twice a minute, in this process."""
    discord.shard.ExponentialBackoff = _Patience  # type: ignore[attr-defined, assignment] # no option


async def answers(client: discord.AutoShardedClient, shard: int, patience: float) -> bool:
    """Whether events come on a shard. One without any guild brings none, and is believed."""
    guild = next((each for each in client.guilds if each.shard_id == shard and not each.unavailable), None)
    if guild is None or client.user is None:
        return True
    try:
        async with asyncio.timeout(patience):
            await guild.query_members(user_ids=[client.user.id], cache=False)
    except TimeoutError:
        return False
    except (OSError, RuntimeError, discord.ClientException):  # the library is connecting it anew
        return True
    return True


async def revive(shard: discord.ShardInfo) -> None:
    """Close a shard and connect it anew, as another session."""
    _log.warning("discord.gateway_silent", shard=shard.id)
    try:
        async with asyncio.timeout(_CLOSING):  # a dead socket does not answer to being closed either
            await shard.disconnect()
    except TimeoutError:
        pass
    await shard.connect()
