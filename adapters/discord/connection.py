"""The connection that Discord's events arrive on: the gateway, in as many shards as Discord asks for.

Started and stopped by bots. The library resumes a session that was cut off, and Discord repeats what was said
meanwhile; where a new session had to begin, this says so, that it is read back. It also sees that the
commands which Discord lists are ours, and watches over a gateway that fell silent.
https://docs.discord.com/developers/events/gateway
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import discord
import structlog

from adapters.aio import sleep, spawn
from adapters.discord.errors import translating
from adapters.discord.gateway import Beginnings, answers, bound_pauses, revive
from adapters.discord.tree import Tree
from core.errors import DeskError, Misconfigured, TryAgain

PING = 10.0
"""Seconds between questions to the gateway. One that does not answer within them is connected anew."""

_AGAIN = 5.0

_log = structlog.get_logger(__name__)


class Connection:
    """One bot's connection. `on_gap` is told of every new session: something may have been said before."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        tree: Tree,
        *,
        now: Callable[[], datetime],
        on_gap: Callable[[datetime], None],
        ping: float = PING,
    ) -> None:
        """Connect `client`, which is logged in, and keep `tree` with Discord."""
        self._client = client
        self._tree = tree
        self._now = now
        self._on_gap = on_gap
        self._ping = ping
        self._open: set[int] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to connect, and stay connected."""
        bound_pauses()
        self._client.before_identify_hook = Beginnings().wait  # type: ignore[method-assign] # it is for that
        self._hear()
        self._tasks = [
            spawn(self._connect(), "discord.connect"),
            spawn(self._synchronise(), "discord.commands"),
            spawn(self._watch(), "discord.watch"),
        ]

    async def stop(self) -> None:
        """Close the connection, not the client: what was said by then can still be answered."""
        for task in self._tasks:
            task.cancel()
        for shard in self._client.shards.values():
            await shard.disconnect()
        self._open.clear()

    async def connected(self) -> bool:
        """Whether events can arrive now, on all shards."""
        shards = self._client.shards
        if len(shards) != (self._client.shard_count or 0):
            return False
        return bool(shards) and all(
            each in self._open and not shard.is_closed() for each, shard in shards.items()
        )

    async def ended(self) -> None:
        """Wait until the library has given up: its client is closed then, also for what has to be said."""
        await asyncio.wait(self._tasks[:1])

    def _hear(self) -> None:
        hear = self._client.event

        @hear
        async def on_shard_connect(shard: int) -> None:
            _log.info("discord.connected", shard=shard)
            self._open.add(shard)
            self._on_gap(self._now())

        @hear
        async def on_shard_resumed(shard: int) -> None:
            _log.info("discord.resumed", shard=shard)
            self._open.add(shard)

        @hear
        async def on_shard_disconnect(shard: int) -> None:
            self._open.discard(shard)

    async def _connect(self) -> None:
        """The library connects, and connects anew, once it has been told where; until then it gives up."""
        while True:
            try:
                with translating(sending=False):
                    await self._client.connect()
            except (TryAgain, discord.GatewayNotFound) as error:
                _log.warning("discord.not_reachable", why=str(error))
                await sleep(_AGAIN)
            except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired, Misconfigured) as error:
                # A revoked token, or a right to read messages that was taken away while we were connected.
                _log.error("discord.closed_for_good", why=str(error), mend="henji check")
                return
            else:
                return

    async def _synchronise(self) -> None:
        while True:
            try:
                await self._tree.synchronise()
            except TryAgain as error:
                await sleep(max(_AGAIN, error.after))
            except DeskError as error:
                _log.error("discord.commands_refused", why=str(error))
                return
            else:
                return

    async def _watch(self) -> None:
        while True:
            await sleep(self._ping)
            for each, shard in tuple(self._client.shards.items()):
                if each not in self._open or shard.is_closed():
                    continue  # the library is at it
                if not await answers(self._client, each, self._ping):
                    self._open.discard(each)
                    with translating(sending=False):
                        await revive(shard)
