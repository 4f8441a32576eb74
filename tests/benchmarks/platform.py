"""A Slack that says yes to everything at once, and notes when each request came.

The platform's side of the benchmarks, on loopback: what Henji needs is to be measured, not what an emulator
needs to be right. Whether Henji speaks to Slack as it should is for the tests to say.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import NamedTuple

from aiohttp import web

from adapters.slack.mrkdwn import Json
from bots.clock import monotonic

TEAM = "T0000000000"
TOKEN = "xoxb-benchmark"
SECRET = "benchmark"


class Called(NamedTuple):
    """A request: its method and channel, the id of the notice it carries, and when it came."""

    method: str
    channel: str
    notice: str
    at: float
    text: str = ""


class Platform:
    """The running server; `calls` are those since they were last taken away."""

    def __init__(self) -> None:
        self.calls: list[Called] = []
        self.url = ""
        self._stamps = count(1)

    async def answer(self, request: web.Request) -> web.Response:
        """Take note, and agree."""
        came, method = monotonic(), request.match_info["method"]
        asked = await _asked(request)
        notice = asked.get("metadata") or {}
        channel = str(asked.get("channel") or asked.get("users") or "")
        self.calls.append(Called(method, channel, _notice(notice), came, str(asked.get("text") or "")))
        return web.json_response({"ok": True} | self._told(method, channel, asked))

    def _told(self, method: str, channel: str, asked: Json) -> Json:
        match method:
            case "auth.test":
                return {"team_id": TEAM, "user_id": "U0000000001", "bot_id": "B0000000001", "url": self.url}
            case "users.info":
                user = str(asked["user"])
                return {"user": {"id": user, "name": user, "locale": "ja-JP", "tz": "Asia/Tokyo"}}
            case "conversations.open":
                return {"channel": {"id": f"D{channel[1:]}"}}
            case "chat.postMessage" | "chat.update":
                return {"channel": channel, "ts": asked.get("ts") or f"1782874800.{next(self._stamps):06d}"}
            case "conversations.replies" | "conversations.history":
                return {"messages": [], "has_more": False}
            case _:
                return {}


@asynccontextmanager
async def platform() -> AsyncIterator[Platform]:
    """The server, from when it answers."""
    serving = Platform()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", serving.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    serving.url = f"http://{host}:{port}/api/"
    try:
        yield serving
    finally:
        await runner.cleanup()


async def _asked(request: web.Request) -> Json:
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    sent = request.query if request.method == "GET" else await request.post()
    return {name: str(value) for name, value in sent.items()}


def _notice(metadata: object) -> str:
    about = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str(about.get("event_payload", {}).get("id", "")) if isinstance(about, dict) else ""
