"""Connections that can be cancelled at any moment, also on Python 3.11.

Used by `connect` in place of redis-py's own classes. Changes only how the sending of a command is bounded in
time: redis-py uses `asyncio.wait_for`, which on 3.11 loses a cancellation that arrives while it ends
(https://github.com/python/cpython/issues/86296), and which makes a task for every command.
"""

import asyncio
from collections.abc import Iterable
from typing import cast

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import TimeoutError as RedisTimeoutError


def steady(kind: type[AbstractConnection]) -> type[AbstractConnection]:
    """The same kind of connection (TCP, TLS, Unix socket), steady."""
    return cast("type[AbstractConnection]", type(f"Steady{kind.__name__}", (_Steady, kind), {}))


class _Steady(AbstractConnection):
    async def send_packed_command(
        self,
        command: bytes | str | Iterable[bytes],
        check_health: bool = True,  # noqa: FBT001, FBT002 -- redis-py's
    ) -> None:
        """Send a command, or raise redis-py's TimeoutError."""
        patience, self.socket_timeout = self.socket_timeout, None
        try:
            async with asyncio.timeout(patience):
                await super().send_packed_command(command, check_health)
        except TimeoutError:
            raise RedisTimeoutError("Timeout writing to socket") from None
        finally:
            self.socket_timeout = patience
