"""What can go wrong with calls of the Web API: refusals, failures before and after, lost replies.

Switched on by a story, asked by `server` at every call. Faults of Socket Mode are in `socket_mode`, those of
events in `delivery`.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from aiohttp import web

from tests.emulators.faults import LostConnectionError, Switched, Switches
from tests.emulators.slack.records import SlackError


class Kind(Enum):
    """What happens to a call. The first three leave nothing done; after the others the work is done."""

    RATE_LIMITED = "429 with Retry-After"
    REFUSED = "a 503, and nothing done"
    RESET = "the connection cut before anything was done"
    FAILED_AFTER = "done, then a 503"
    LOST_REPLY = "done, then the connection cut without an answer"
    SLOW = "done, and the answer kept back until the fault is off"


@dataclass(eq=False, kw_only=True)
class Fault(Switched):
    """A fault of calls."""

    kind: Kind
    retry_after: int

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
            await self.over()
        return (
            web.Response(status=503, text="upstream connect error")
            if self.kind is Kind.FAILED_AFTER
            else None
        )


class Faults(Switches[Fault]):
    """The faults of calls, and Slack's limit of one message a second in a channel, enforced on demand."""

    def __init__(self) -> None:
        super().__init__()
        self.paced = False
        self.most_in_a_second: Counter[str] = Counter()
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
        fault = Fault(kind=kind, call=method, channel=channel, left=times, retry_after=retry_after)
        return self.on(fault)

    def pace(self, method: str, channel: str, now: datetime) -> None:
        """Count messages per second and channel; refuse the second one where the limit is enforced."""
        if method != "chat.postMessage":
            return
        recent = [each for each in self._recent.get(channel, []) if now - each < timedelta(seconds=1)]
        if recent and self.paced:
            raise SlackError("ratelimited", retry_after=1)
        self._recent[channel] = [*recent, now]
        self.most_in_a_second[channel] = max(self.most_in_a_second[channel], len(recent) + 1)
