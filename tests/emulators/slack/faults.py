"""What can go wrong with calls of the Web API: refusals, failures before and after, lost replies.

Switched on by a story, asked by `server` at every call. Faults of Socket Mode are in `socket_mode`, those of
events in `delivery`.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from aiohttp import web

from tests.emulators.slack.records import SlackError


class LostConnectionError(Exception):
    """The connection is cut without an answer."""


class Kind(Enum):
    """What happens to a call. The first three leave nothing done; after the others the work is done."""

    RATE_LIMITED = "429 with Retry-After"
    REFUSED = "a 503, and nothing done"
    RESET = "the connection cut before anything was done"
    FAILED_AFTER = "done, then a 503"
    LOST_REPLY = "done, then the connection cut without an answer"
    SLOW = "done, and the answer kept back until the fault is off"


@dataclass(eq=False)
class Fault:
    """One fault that is switched on; `left` is how often it still strikes, None while it is on."""

    kind: Kind
    method: str = ""
    channel: str = ""
    left: int | None = None
    retry_after: int = 30
    hits: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    def off(self) -> None:
        """Switch it off; answers that were kept back go out."""
        self.left = 0
        self._over.set()

    def before(self) -> web.Response | None:
        """The answer instead of any work, if this is that kind of fault."""
        match self.kind:
            case Kind.RATE_LIMITED:
                headers = {"Retry-After": str(self.retry_after)}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            case Kind.REFUSED:
                return web.Response(status=503, text="upstream connect error")
            case Kind.RESET:
                raise LostConnectionError
            case _:
                return None

    async def after(self) -> web.Response | None:
        """The answer in place of the real one, once the work has been done."""
        if self.kind is Kind.LOST_REPLY:
            raise LostConnectionError
        if self.kind is Kind.SLOW:
            await self._over.wait()
        return (
            web.Response(status=503, text="upstream connect error")
            if self.kind is Kind.FAILED_AFTER
            else None
        )


class Faults:
    """The faults that are on, and Slack's limit of one message a second in a channel, enforced on demand."""

    def __init__(self) -> None:
        self.paced = False
        self.most_in_a_second: Counter[str] = Counter()
        self._on: list[Fault] = []
        self._recent: dict[str, list[datetime]] = {}

    def switch_on(
        self,
        kind: Kind,
        method: str = "",
        *,
        channel: str = "",
        times: int | None = None,
        retry_after: int = 30,
    ) -> Fault:
        """Let calls suffer (of one method, in one channel), so many times or until it is off."""
        fault = Fault(kind, method, channel, times, retry_after)
        self._on.append(fault)
        return fault

    def end(self) -> None:
        """Switch everything off."""
        for fault in self._on:
            fault.off()

    def meets(self, method: str, channel: str) -> Fault | None:
        """The fault that this call runs into, if any."""
        for fault in self._on:
            fits = fault.method in ("", method) and fault.channel in ("", channel)
            if fits and fault.left != 0:
                fault.left = None if fault.left is None else fault.left - 1
                fault.hits += 1
                return fault
        return None

    def pace(self, method: str, channel: str, now: datetime) -> None:
        """Count messages per second and channel; refuse the second one where the limit is enforced."""
        if method != "chat.postMessage":
            return
        recent = [each for each in self._recent.get(channel, []) if now - each < timedelta(seconds=1)]
        if recent and self.paced:
            raise SlackError("ratelimited", retry_after=1)
        self._recent[channel] = [*recent, now]
        self.most_in_a_second[channel] = max(self.most_in_a_second[channel], len(recent) + 1)
