"""The gateway: HELLO, IDENTIFY, READY, heartbeats, events in order, RESUME, and how connections fail.

`server` routes the WebSocket here; the world's events come in through `dispatch`. It never waits for the app
and does not know what the app does with what it is told. https://discord.com/developers/docs/events/gateway
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.emulators.discord.records import Event, Json
from tests.emulators.discord.sessions import HIGHEST_INTENT, Intent, Session, Socket
from tests.emulators.discord.wire import guild_create_json, member_json, user_json
from tests.emulators.discord.wire_messages import without_content
from tests.emulators.discord.world import World

_HEARTBEAT, _RECONNECT, _INVALID_SESSION, _HELLO = 1, 7, 9, 10
# After these, Discord forgets the session: https://discord.com/developers/docs/events/gateway#disconnecting
_FORGETTING = (1000, 1001)


class Gateway:
    """The app's sessions. `shards` is how many Discord recommends; `heartbeat_interval` is in seconds."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.shards = 1
        self.heartbeat_interval = 41.25
        self.address = ""
        self.open: list[Socket] = []
        self.sessions: dict[str, Session] = {}
        self.received: list[Json] = []
        self.told: list[Event] = []
        self._token = token
        self._copies = 0
        self._losing = False
        self._handlers: dict[int, Callable[[Socket, Json], Awaitable[None]]] = {
            2: self._identify, 6: self._resume, 8: self._members,
        }  # fmt: skip

    def dispatch(self, event: Event) -> None:
        """Tell each session that asked for such events, now or when it has resumed."""
        if self._losing:
            return
        for session in self.sessions.values():
            if session.wants(event, self.world.bot.id):
                self.told.append(event)
                for _ in range(1 + self._copies):
                    session.dispatch(event.name, self._as_seen(session, event))

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its HELLO to its end."""
        response = web.WebSocketResponse()
        await response.prepare(request)
        socket = Socket(response, request)
        self.open.append(socket)
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(socket.write())
            socket.send({"op": _HELLO, "d": {"heartbeat_interval": int(self.heartbeat_interval * 1000)}})
            try:
                await self._listen(socket)
            finally:
                self._forget(socket)
                writing.cancel()
        return response

    async def settled(self) -> None:
        """Wait until all that the app is to be told has been written to its sockets."""
        for socket in list(self.open):
            await socket.written()

    async def heard(self) -> None:
        """Wait until the app has taken in all that was sent, on connections that have not fallen silent.

        It asks those that lag for a heartbeat; discord.py answers 110 of these a minute on a connection.
        """
        await self.settled()
        for socket in list(self.open):
            await socket.heard()

    # what connections can suffer

    def drop(self) -> None:
        """Cut all connections without a word; the sessions can be resumed."""
        for socket in list(self.open):
            self.open.remove(socket)
            socket.abort()

    def freeze(self) -> None:
        """Let the present connections fall silent without closing: no events, no acknowledged heartbeats."""
        for socket in self.open:
            socket.freeze()

    def ask_to_reconnect(self) -> None:
        """Send op 7 on all connections: reconnect and resume."""
        for socket in self.open:
            socket.send({"op": _RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Send op 9 on all connections; unless resumable, the sessions are gone with all they kept."""
        for socket in self.open:
            socket.send({"op": _INVALID_SESSION, "d": resumable})
        if not resumable:
            self.sessions.clear()

    def forget_sessions(self) -> None:
        """Let the next RESUME be refused: what happened since the connection was lost is lost."""
        self.sessions.clear()

    def duplicate(self, *, copies: int) -> None:
        """Send each event so many times more from now on; 0 ends it."""
        self._copies = copies

    def lose(self, *, on: bool = True) -> None:
        """Lose all events from now on, for good, as if they had never happened."""
        self._losing = on

    async def close(self, code: int) -> None:
        """Close all connections with a code."""
        for socket in list(self.open):
            await socket.close(code)

    # the protocol

    async def _listen(self, socket: Socket) -> None:
        while not socket.response.closed:
            message = await socket.response.receive()
            if message.type is WSMsgType.CLOSE and message.data in _FORGETTING and socket.session:
                self.sessions.pop(socket.session.id, None)
            if socket.frozen or message.type is not WSMsgType.TEXT:
                continue
            try:
                payload: Json = json.loads(message.data)
                self.received.append(payload)
                await self._handle(socket, payload["op"], payload["d"])
            except Exception as error:
                self.world.unexpected.append(f"the gateway failed at {message.data[:200]}: {error!r}")
                await socket.close(4002)
                raise

    async def _handle(self, socket: Socket, op: int, data: Any) -> None:
        if op == _HEARTBEAT:
            socket.beaten(data)
        elif op in self._handlers:
            await self._handlers[op](socket, data)
        elif op not in (3, 4):
            await socket.close(4001)

    async def _identify(self, socket: Socket, data: Json) -> None:
        number, count = data.get("shard") or (0, 1)
        intents = int(data["intents"])
        code = 4005 if socket.session else self._refusal(data, number, count, intents)
        if code:
            await socket.close(code)
            return
        session = Session(f"session{self.world.new_id()}", (number, count), Intent(intents), socket)
        self.sessions[session.id] = session
        socket.session = session
        guilds = [
            each
            for each in self.world.guilds.values()
            if self.world.bot.id in each.members and (int(each.id) >> 22) % count == number
        ]
        session.dispatch("READY", self._ready(session, [each.id for each in guilds]))
        for each in guilds if Intent.GUILDS in session.intents else ():
            available = guild_create_json(self.world, each) | {"unavailable": False}
            session.dispatch("GUILD_CREATE", available)

    def _refusal(self, data: Json, number: int, count: int, intents: int) -> int:
        off = {
            Intent.MESSAGE_CONTENT: self.world.message_content == "off",
            Intent.GUILD_MEMBERS: self.world.guild_members == "off",
            Intent.GUILD_PRESENCES: True,
        }
        if data["token"] != self._token:
            return 4004
        if not 0 <= number < count:
            return 4010
        if not 0 <= intents < HIGHEST_INTENT:
            return 4013
        return 4014 if any(refused and each & intents for each, refused in off.items()) else 0

    def _ready(self, session: Session, guilds: list[str]) -> Json:
        own = user_json(self.world.bot) | {"mfa_enabled": True, "verified": True, "email": None}
        return {
            "v": 10, "user": own, "user_settings": {}, "session_id": session.id, "session_type": "normal",
            "resume_gateway_url": self.address, "private_channels": [], "presences": [], "relationships": [],
            "guilds": [{"id": each, "unavailable": True} for each in guilds], "shard": list(session.shard),
            "application": {"id": self.world.application_id, "flags": self.world.application_flags()},
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "auth": {}, "_trace": [],
        }  # fmt: skip

    async def _resume(self, socket: Socket, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if data["token"] != self._token:
            await socket.close(4004)
        elif session is None or data["seq"] > session.sequence:
            socket.send({"op": _INVALID_SESSION, "d": False})
        else:
            session.socket, socket.session = socket, session
            session.kept = [each for each in session.kept if each["s"] > data["seq"]]
            for payload in session.kept:
                socket.send(payload)
            session.dispatch("RESUMED", {"_trace": []})

    async def _members(self, socket: Socket, data: Json) -> None:
        guild, wanted = self.world.guilds[str(data["guild_id"])], data.get("user_ids")
        ids = {str(each) for each in (wanted if isinstance(wanted, list) else [wanted])}
        found = [
            each
            for each in guild.members.values()
            if (each.user in ids)
            or (not wanted and self.world.display_name(each.user, guild.id).startswith(data["query"]))
        ][: data["limit"] or None]
        if socket.session is not None:
            body: Json = {"members": [member_json(self.world, each) for each in found], "not_found": []}
            about = {"guild_id": guild.id, "chunk_index": 0, "chunk_count": 1, "nonce": data.get("nonce")}
            socket.session.dispatch("GUILD_MEMBERS_CHUNK", body | about)

    def _as_seen(self, session: Session, event: Event) -> Json:
        if (
            event.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE")
            or Intent.MESSAGE_CONTENT in session.intents
        ):
            return event.data
        return without_content(self.world, self.world.channels[event.data["channel_id"]], event.data)

    def _forget(self, socket: Socket) -> None:
        socket.gone()
        if socket in self.open:
            self.open.remove(socket)
