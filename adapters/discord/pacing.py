"""Keeps within Discord's rate limits, as far as its answers tell them: a window for each route and channel.

Given to the library by `client` in place of its own `Ratelimit`, which refuses a request within a window of
more than its bound although calls are left in it, and keeps back the answer to the last one until the window
is over. This one waits before a request, and only for a moment.
"""

from collections.abc import Callable
from types import TracebackType

import discord
from discord.http import Ratelimit

from adapters.aio import sleep

LONGEST = 5.0
"""Seconds that a request waits at most, Discord's usual window; for more, whoever asks has to come again."""

_MOST = 2_000


class Window(Ratelimit):
    """How many calls are left, and until when."""

    __slots__ = ()

    async def acquire(self) -> None:
        """Wait for one's turn. Raises discord.RateLimited where that would take too long."""
        while True:
            self._last_request = self._loop.time()
            if self.is_expired():
                self.reset()  # type: ignore[no-untyped-call]  # as the library has it
            if self.remaining > 0 or self.expires is None:
                break
            left = self.expires - self._loop.time()
            if left > LONGEST:
                raise discord.RateLimited(left)
            await sleep(left)
        self.remaining -= 1
        self.outgoing += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.outgoing -= 1


def windows() -> Callable[[str], Window]:
    """The window of each key of the library's: the bucket that Discord named, and the channel or guild."""
    known: dict[str, Window] = {}

    def window(key: str) -> Window:
        if key not in known:
            if len(known) >= _MOST:
                for over in [name for name, each in known.items() if each.is_inactive()]:
                    del known[over]
            known[key] = Window(None)
        return known[key]

    return window
