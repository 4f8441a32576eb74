"""Discord's rate limits: a bucket per route and channel (or guild), and one for all calls of the bot.

Asked by `server` at every call. They run on the loop's clock, as discord.py waits on it, and not on the
story's; unless they are `enforced`, the headers say that there is plenty left.
https://discord.com/developers/docs/topics/rate-limits
"""

import asyncio
import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

# How many calls in how many seconds, as Discord has been seen to allow; its documents give no numbers.
LIMITS = {
    "create_message": (5, 5.0),
    "update_message": (5, 5.0),
    "delete_message": (5, 1.0),
    "add_my_message_reaction": (1, 0.25),
    "delete_my_message_reaction": (1, 0.25),
    "create_thread_from_message": (50, 300.0),
    "create_thread": (50, 300.0),
    "create_dm": (10, 10.0),
}
_OTHERS = (50, 1.0)
GLOBAL = (50, 1.0)
# Interactions have no limit in common with the rest of the API.
_UNLIMITED = ("create_interaction_response",)


@dataclass
class _Window:
    ends: float
    used: int = 0


@dataclass(frozen=True)
class Verdict:
    """The headers of an answer and, where the call is refused, after how many seconds it may come again."""

    headers: dict[str, str]
    retry_after: float | None = None
    everywhere: bool = False


class RateLimits:
    """The buckets. `most` is how many calls each had in one window; a story may set other `limits`."""

    def __init__(self) -> None:
        self.enforced = False
        self.limits = dict(LIMITS)
        self.most: Counter[tuple[str, str]] = Counter()
        self._windows: dict[tuple[str, str], _Window] = {}

    def count(self, route: str, major: str, now: datetime) -> Verdict:
        """Count a call on its channel, guild or webhook (`major`); `now` goes into a header only."""
        limit, seconds = self.limits.get(route, _OTHERS)
        if not self.enforced or route in _UNLIMITED:
            return Verdict(_headers(route, now, limit=1000, left=999, after=1.0))
        over = self._window(("", ""), GLOBAL[1])
        window = self._window((route, major), seconds)
        at = asyncio.get_running_loop().time()
        if over.used >= GLOBAL[0]:
            return Verdict({}, _rounded(over.ends - at), everywhere=True)
        after = _rounded(window.ends - at)
        if window.used >= limit:
            return Verdict(_headers(route, now, limit=limit, left=0, after=after), after)
        over.used += 1
        window.used += 1
        self.most[route, major] = max(self.most[route, major], window.used)
        return Verdict(_headers(route, now, limit=limit, left=limit - window.used, after=after))

    def _window(self, key: tuple[str, str], seconds: float) -> _Window:
        at = asyncio.get_running_loop().time()
        window = self._windows.get(key)
        if window is None or window.ends <= at:
            window = self._windows[key] = _Window(at + seconds)
        return window


def _headers(route: str, now: datetime, *, limit: int, left: int, after: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left),
        "X-RateLimit-Reset": f"{now.timestamp() + after:.3f}", "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": f"bucket-{route}",
    }  # fmt: skip


def _rounded(seconds: float) -> float:
    # Up, so that whoever waits so long is never a hair too early.
    return math.ceil(seconds * 1000) / 1000
