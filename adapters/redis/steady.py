"""Connections that can be cancelled at any moment, also on Python 3.11, and that write commands fast.

Used by `connect` in place of redis-py's own classes. Changes how the sending of a command is bounded in time:
redis-py uses `asyncio.wait_for`, which on 3.11 loses a cancellation that arrives while it ends
(https://github.com/python/cpython/issues/86296), and which makes a task for every command. And it has hiredis
put commands into bytes, as redis-py itself does where it is not asynchronous: seven times as fast.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final, cast

from redis.asyncio.connection import AbstractConnection
from redis.connection import HiredisRespSerializer
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.typing import EncodableT


def steady(kind: type[AbstractConnection]) -> type[AbstractConnection]:
    """The same kind of connection (TCP, TLS, Unix socket), steady."""
    return cast("type[AbstractConnection]", type(f"Steady{kind.__name__}", (_Steady, kind), {}))


_packed: Final[Callable[..., list[bytes]]] = HiredisRespSerializer().pack


class _Steady(AbstractConnection):
    def pack_command(self, *args: EncodableT) -> list[bytes]:
        """A command as it is sent."""
        return _packed(*args)

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
