"""One port of 127.0.0.1, at which an emulator listens.

Used by the servers of everything that is emulated. It knows nothing of what is served.
"""

from aiohttp import web


class Loopback:
    """A port that stays the same from the first time it is opened."""

    def __init__(self) -> None:
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    async def open(self, app: web.Application) -> None:
        """Listen."""
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site.port

    async def close(self) -> None:
        """Cut what is open, and refuse connections from then on."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def cut(request: web.Request) -> web.Response:
    """Cut the connection without an answer; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
