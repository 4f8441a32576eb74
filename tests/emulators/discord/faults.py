"""What can go wrong with calls of the REST API: refusals, failures before and after, lost replies.

Switched on by a story, asked by `server` at every call. Faults of connections and events are in `gateway`;
Discord's own limits are in `rate_limits`.
"""

from dataclasses import dataclass
from enum import Enum

from aiohttp import web

from tests.emulators.discord.records import Json
from tests.emulators.faults import LostConnectionError, Switched, Switches

# Discord's answers pass a proxy that says so; discord.py takes a 429 without it for Cloudflare's ban.
VIA = {"Via": "1.1 google"}


class Kind(Enum):
    """What happens to a call. The first five leave nothing done; after the others the work is done."""

    RATE_LIMITED = "429 with retry_after"
    EDITED_TOO_OFTEN = "429 with the code of an old message that was changed too often"
    BANNED = "Cloudflare's 429, an HTML page without Via"
    REFUSED = "a 5xx, and nothing done"
    RESET = "the connection cut before anything was done"
    FAILED_AFTER = "done, then a 5xx"
    LOST_REPLY = "done, then the connection cut without an answer"
    SLOW = "done, and the answer kept back until the fault is off"


@dataclass(eq=False, kw_only=True)
class Fault(Switched):
    """A fault of calls."""

    kind: Kind
    retry_after: float
    status: int

    def before(self) -> web.Response | None:
        """The answer instead of any work, if this is that kind of fault."""
        match self.kind:
            case Kind.RATE_LIMITED:
                return limited(self.retry_after, everywhere=not self.call)
            case Kind.EDITED_TOO_OFTEN:
                return limited(self.retry_after, code=30046)
            case Kind.BANNED:
                return web.Response(
                    status=429, text="<html>error code: 1015</html>", content_type="text/html"
                )
            case Kind.REFUSED:
                return self._upstream()
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
        return self._upstream() if self.kind is Kind.FAILED_AFTER else None

    def _upstream(self) -> web.Response:
        return web.Response(status=self.status, text="upstream connect error", headers=VIA)


class Faults(Switches[Fault]):
    """The faults of calls."""

    def switch_on(
        self,
        kind: Kind,
        route: str = "",
        *,
        channel: str = "",
        times: int | None = None,
        retry_after: float = 30,
        status: int = 503,
    ) -> Fault:
        """Let calls suffer (of one route, in one channel), so many times or until it is off.

        `status` is that of a 5xx: at 500, 502, 504 and 524 discord.py itself tries again, at a 503 it raises.
        A 429 that strikes all routes says that it is global.
        """
        fault = Fault(
            kind=kind, call=route, channel=channel, left=times, retry_after=retry_after, status=status
        )
        return self.on(fault)


def limited(
    retry_after: float, *, everywhere: bool = False, scope: str = "user", code: int = 0
) -> web.Response:
    """A 429 as Discord sends it: https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit."""
    body: Json = {
        "message": "You are being rate limited.", "code": code,
        "retry_after": retry_after, "global": everywhere,
    }  # fmt: skip
    headers = VIA | {"Retry-After": str(retry_after), "X-RateLimit-Scope": "global" if everywhere else scope}
    return as_json(body, 429, headers | ({"X-RateLimit-Global": "true"} if everywhere else {}))


def as_json(body: object, status: int, headers: dict[str, str]) -> web.Response:
    """JSON with exactly the content type that discord.py looks for."""
    response = web.json_response(body, status=status, headers=headers)
    response.headers["Content-Type"] = "application/json"
    return response
