"""The gateway's sessions and the sockets they run over: what is sent, and what is kept for a resume.

Made by `gateway`. A session outlives its socket; a socket that has fallen silent still looks open.
https://discord.com/developers/docs/events/gateway#resuming
"""

import asyncio
import importlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag

from aiohttp import web

from tests.emulators.discord.records import Event, Json


class Intent(IntFlag):
    """Which events an app asks for: https://discord.com/developers/docs/events/gateway#list-of-intents."""

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15


# The highest bit that there is: polls in DMs.
HIGHEST_INTENT = 1 << 25
_BY_NAME = {
    "GUILD_MEMBER_": Intent.GUILD_MEMBERS,
    "THREAD_MEMBERS_": Intent.GUILD_MEMBERS,
    "GUILD_": Intent.GUILDS,
    "CHANNEL_": Intent.GUILDS,
    "THREAD_": Intent.GUILDS,
}
_OF_MEMBERS = ("GUILD_MEMBER_UPDATE", "THREAD_MEMBERS_UPDATE")


def intent_for(event: Event, own: str) -> Intent:
    """The intent that an event needs: none for interactions, no privileged one about the bot itself."""
    if event.name in _OF_MEMBERS and own in _members(event.data):
        return Intent.GUILDS
    if event.name.startswith("MESSAGE_REACTION_"):
        return Intent.GUILD_MESSAGE_REACTIONS if event.guild else Intent.DIRECT_MESSAGE_REACTIONS
    if event.name.startswith("MESSAGE_"):
        return Intent.GUILD_MESSAGES if event.guild else Intent.DIRECT_MESSAGES
    return next((each for name, each in _BY_NAME.items() if event.name.startswith(name)), Intent.NONE)


def _members(data: Json) -> list[str]:
    added = [each["user_id"] for each in data.get("added_members", ())]
    return [*added, *data.get("removed_member_ids", ()), data.get("user", {}).get("id", "")]


Packer = Callable[[bytes], bytes]


def _zlib() -> Packer:
    stream = zlib.compressobj()
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Packer:
    # In the standard library from 3.14 on, where discord.py then asks for it.
    stream = importlib.import_module("compression.zstd").ZstdCompressor()
    return lambda data: bytes(stream.compress(data, stream.FLUSH_BLOCK))


# By the words of https://discord.com/developers/docs/events/gateway#transport-compression.
_PACKERS: dict[str, Callable[[], Packer | None]] = {
    "": lambda: None,
    "zlib-stream": _zlib,
    "zstd-stream": _zstd,
}


class Socket:
    """One WebSocket to the app. What is sent waits in a queue, so that sending never waits."""

    def __init__(self, response: web.WebSocketResponse, request: web.Request) -> None:
        self.response, self.request = response, request
        self.frozen = False
        self.session: Session | None = None
        self._beaten = asyncio.Event()
        self._queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pack = _PACKERS[request.query.get("compress", "")]()

    def send(self, payload: Json) -> None:
        """Send, unless the socket has fallen silent."""
        if not self.frozen:
            self._queue.put_nowait(payload)

    async def write(self) -> None:
        """Write what is to be sent until the socket is gone."""
        while True:
            payload = await self._queue.get()
            try:
                await self._write(json.dumps(payload))
            except ConnectionError:
                return
            finally:
                self._queue.task_done()

    async def written(self) -> None:
        """Wait until all that is to be sent is."""
        await self._queue.join()

    def beaten(self, sequence: int | None) -> None:
        """Acknowledge a heartbeat, which says how far the app has come in what it was told."""
        if self.session is not None:
            self.session.heard = sequence or 0
        self._beaten.set()
        self.send({"op": 11, "d": None})

    async def heard(self) -> None:
        """Ask for a heartbeat, unless all was heard, and wait until it has come or the socket is lost."""
        session = self.session
        told = session.sequence if session else 0
        if session is not None and session.heard < told:
            self.send({"op": 1, "d": None})
        while session is not None and session.heard < told and not self.frozen:
            self._beaten.clear()
            await self._beaten.wait()

    def freeze(self) -> None:
        """Fall silent."""
        self.frozen = True
        self._beaten.set()

    async def close(self, code: int) -> None:
        """Close it with a code, after what is to be sent."""
        await self.written()
        await self.response.close(code=code)

    def gone(self) -> None:
        """Forget what was not written."""
        self.freeze()
        while not self._queue.empty():
            self._queue.get_nowait()
            self._queue.task_done()
        if self.session is not None and self.session.socket is self:
            self.session.socket = None

    def abort(self) -> None:
        """Cut it without a word."""
        self.gone()
        if self.request.transport is not None:
            self.request.transport.abort()

    async def _write(self, text: str) -> None:
        if self._pack is None:
            await self.response.send_str(text)
        else:
            await self.response.send_bytes(self._pack(text.encode()))


@dataclass(eq=False)
class Session:
    """What one shard of the app is told of, in order; `kept` is what a resume may ask for again.

    `heard` is how far the app had come at its last heartbeat.
    """

    id: str
    shard: tuple[int, int]
    intents: Intent
    socket: Socket | None = None
    sequence: int = 0
    heard: int = 0
    kept: list[Json] = field(default_factory=list)

    def wants(self, event: Event, own: str) -> bool:
        """Whether an event belongs to this shard and was asked for; those of DMs belong to the first."""
        number, count = self.shard
        mine = (int(event.guild) >> 22) % count if event.guild else 0
        return mine == number and intent_for(event, own) in self.intents

    def dispatch(self, name: str, data: Json) -> None:
        """Send an event, and keep it."""
        self.sequence += 1
        payload = {"op": 0, "t": name, "s": self.sequence, "d": data}
        self.kept.append(payload)
        if self.socket is not None:
            self.socket.send(payload)
