"""The web server: whether Henji lives, whether it is well, its numbers, and the routes that others mount.

Put together by bots, which hands in the checks, the metrics and the routes (Slack's events). Whoever answers
a route knows nothing of aiohttp. Never looks at Redis or a platform itself, and logs no body.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, NamedTuple

import structlog
from aiohttp import web

from adapters.web.metrics import CONTENT_TYPE
from core.errors import Misconfigured

BODY_LIMIT: Final = 1_048_576
"""Bytes of a request; Slack's are a few thousand."""

_PATIENCE: Final = 5.0  # seconds that running requests get when the server stops

Reply = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""

Handler = Callable[[str, Mapping[str, str], bytes], Awaitable[Reply]]
"""Answers a request: method, headers (found in any case), body."""

log = structlog.get_logger()


class Check(NamedTuple):
    """One of the things that have to be well, and what there is to say about it."""

    name: str
    ok: bool
    said: str


class WebServer:
    """Listens from `start` to `stop`. `ready` and `metrics` are asked at each request."""

    def __init__(
        self,
        bind: tuple[str, int],
        *,
        ready: Callable[[], Awaitable[Sequence[Check]]],
        metrics: Callable[[], Awaitable[bytes]],
        routes: Mapping[str, Handler],
    ) -> None:
        self._bind = bind
        self._ready = ready
        self._metrics = metrics
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_get("/healthz", _alive)
        app.router.add_get("/readyz", self._readiness)
        app.router.add_get("/metrics", self._numbers)
        for path, handler in routes.items():
            app.router.add_route("*", path, _mounted(handler))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)

    async def start(self) -> int:
        """Listen, and return the port (the one chosen, where 0 was asked for). Raises Misconfigured."""
        await self._runner.setup()
        host, port = self._bind
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise Misconfigured(
                "HENJI_BIND",
                f"({host}:{port}) can't be listened on: {error.strerror or error}.",
                "Choose another port, or end the program that has it.",
            ) from error
        bound: int = self._runner.addresses[0][1]
        log.info("listening", host=host, port=bound)
        return bound

    async def stop(self) -> None:
        """Answer what is being asked, then listen no more."""
        await self._runner.cleanup()

    async def _readiness(self, _request: web.Request) -> web.Response:
        checks = await self._ready()
        ready = all(check.ok for check in checks)
        body = {
            "ready": ready,
            "checks": {check.name: {"ok": check.ok, "said": check.said} for check in checks},
        }
        return web.json_response(body, status=200 if ready else 503)

    async def _numbers(self, _request: web.Request) -> web.Response:
        return web.Response(body=await self._metrics(), headers={"Content-Type": CONTENT_TYPE})


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive\n")


def _mounted(handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        body = await request.read()
        status, headers, reply = await handler(request.method, request.headers, body)
        return web.Response(status=status, headers=headers, body=reply)

    return answer
