"""The way to a master that Sentinels watch.

Made by `connect`. Each new connection asks the Sentinels who the master is, and so does one command a second:
a new master is found, and one that was replaced while it lives is left. Never sends again what was under way:
its caller is told that it may be lost.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from redis import exceptions
from redis.asyncio import BlockingConnectionPool, Connection, Redis
from redis.asyncio.sentinel import MasterNotFoundError, SentinelConnectionPool

from adapters.redis.address import Node
from adapters.redis.errors import REFUSED
from core.errors import DeskError, Misconfigured

LOOK_EVERY: Final = 1.0
_FORM: Final = "redis+sentinel://user:password@host:26379/name-of-the-master"


class Sentinels:
    """Those who know the master, by a client each; the one that answered last is asked first."""

    def __init__(self, asked: Sequence[Redis]) -> None:
        self._asked = list(asked)

    async def discover_master(self, name: str) -> Node:
        """Where the master is.

        Raises Misconfigured where the Sentinels do not know the name or whoever asks, and MasterNotFoundError
        where none answers. How to ask: https://redis.io/docs/latest/develop/reference/sentinel-clients/
        """
        answered = False
        for sentinel in tuple(self._asked):
            try:
                found = await sentinel.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name)  # type: ignore[no-untyped-call]
            except exceptions.RedisError as error:
                if (wrong := _wrong(error)) is not None:
                    raise wrong from error
                continue
            answered = True
            if found is not None:
                self._asked.remove(sentinel)
                self._asked.insert(0, sentinel)
                host, port = found
                return host.decode(), int(port)
        if answered:
            raise Misconfigured(
                "REDIS_URL",
                f"leads to Sentinels that watch no master named {name}.",
                f"Name one of those that SENTINEL MASTERS lists: {_FORM}",
            )
        raise MasterNotFoundError("none of the Sentinels answers")

    async def aclose(self) -> None:
        """Close the connections to all of them."""
        for sentinel in self._asked:
            await sentinel.aclose()


class MasterPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the master. Whoever finds all in use waits, as with a single server."""

    look_again = 0.0

    async def get_connection(self, *args: object, **options: object) -> Connection:  # noqa: ARG002 (redis-py's)
        """A connection to the master, by what the Sentinels said within the last second."""
        now = asyncio.get_running_loop().time()
        if now >= self.look_again:
            self.look_again = now + LOOK_EVERY
            await self._look()
        connection: Connection = await super().get_connection()  # type: ignore[no-untyped-call]
        return connection

    async def _look(self) -> None:
        # A master that was replaced goes on for ten seconds and more until the Sentinels demote it: what it
        # is told in that time is lost. Where none of them answers, the one that is known will do.
        known = self.master_address
        with suppress(exceptions.RedisError, DeskError):
            if known is not None and await self.get_master_address() != known:  # type: ignore[no-untyped-call]
                await self.update_active_connections_for_reconnect()  # type: ignore[no-untyped-call]

    async def aclose(self) -> None:
        """Close the connections to the master, and those to the Sentinels."""
        await super().aclose()
        await self.sentinel_manager.aclose()


def _wrong(error: exceptions.RedisError) -> Misconfigured | None:
    """What has to be set right at a Sentinel that answered with an error; None for one that is away."""
    if isinstance(error, REFUSED):
        return Misconfigured(
            "REDIS_URL",
            f"a Sentinel turned Henji away ({error}).",
            f"Put what it wants into the address: {_FORM}?sentinel_username=...&sentinel_password=...",
        )
    if isinstance(error, exceptions.ResponseError):
        return Misconfigured(
            "REDIS_URL",
            f"leads to a server that is no Sentinel ({error}).",
            f"Name the Sentinels, not the servers they watch: {_FORM}",
        )
    return None
