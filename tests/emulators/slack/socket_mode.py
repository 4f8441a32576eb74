"""Socket Mode: the connections that an app holds open, what is sent down them, and how they fail.

`server` routes the WebSocket here; `delivery` sends through it. The SDK's own pings are answered by hand,
so that a frozen connection can stay silent as real ones do.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.emulators.slack.delivery import Ack, Envelope
from tests.emulators.slack.records import Json
from tests.emulators.slack.world import World


@dataclass(eq=False)
class Connection:
    """One WebSocket to the app, and the envelopes on it that wait for their acknowledgement."""

    socket: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)
    frozen: bool = False

    def give_up(self) -> None:
        """Nothing more will be acknowledged here."""
        for future in self.waiting.values():
            if not future.done():
                future.set_result(Ack("timeout"))


class Sockets:
    """The app's connections; Slack sends each envelope down one of them, in turn."""

    def __init__(self, world: World, patience: float) -> None:
        self.world = world
        self.open: list[Connection] = []
        self.acknowledged: list[Json] = []
        self.opened: Callable[[], None] = lambda: None
        self.patience = patience
        self._tickets: set[str] = set()
        self._turn = 0

    def new_ticket(self) -> str:
        """What apps.connections.open puts into the address; good for one connection."""
        ticket = self.world.new_id("ticket-")
        self._tickets.add(ticket)
        return ticket

    async def send(self, envelope: Envelope) -> Ack:
        """Send down one of the connections and wait for the acknowledgement."""
        if not self.open:
            return Ack("connection_failed")
        self._turn += 1
        connection = self.open[self._turn % len(self.open)]
        if connection.frozen:
            return Ack("timeout")
        future = asyncio.get_running_loop().create_future()
        connection.waiting[envelope.id] = future
        try:
            await connection.socket.send_str(json.dumps(_frame(envelope)))
            return await asyncio.wait_for(future, self.patience)
        except (TimeoutError, ConnectionError):
            return Ack("timeout")
        finally:
            connection.waiting.pop(envelope.id, None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self.open.append(connection)
        await socket.send_str(json.dumps(self._hello()))
        self.opened()
        try:
            await self._listen(connection)
        finally:
            self._forget(connection)
        return socket

    # what a connection can suffer

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Send a disconnect: "warning" (they will close soon) or "refresh_requested"."""
        for connection in list(self.open):
            await connection.socket.send_str(
                json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}})
            )

    def drop(self) -> None:
        """Cut all connections without a word."""
        for connection in list(self.open):
            self._forget(connection)
            if connection.request.transport is not None:
                connection.request.transport.abort()

    def freeze(self) -> None:
        """Let the present connections fall silent without closing: no frames, no answer to pings."""
        for connection in self.open:
            connection.frozen = True

    def _hello(self) -> Json:
        return {
            "type": "hello", "num_connections": len(self.open),
            "connection_info": {"app_id": self.world.app_id},
            "debug_info": {"host": "emulated", "build_number": 1, "approximate_connection_time": 18060},
        }  # fmt: skip

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if connection.frozen:
                continue
            if message.type is WSMsgType.PING:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledge(connection, json.loads(message.data))

    def _acknowledge(self, connection: Connection, frame: Json) -> None:
        self.acknowledged.append(frame)
        future = connection.waiting.get(frame.get("envelope_id", ""))
        if future is not None and not future.done():
            future.set_result(Ack(body=frame.get("payload") or {}))

    def _forget(self, connection: Connection) -> None:
        connection.give_up()
        if connection in self.open:
            self.open.remove(connection)


def _frame(envelope: Envelope) -> Json:
    frame: Json = {
        "envelope_id": envelope.id, "type": envelope.kind, "payload": envelope.payload,
        "accepts_response_payload": envelope.kind != "events_api",
    }  # fmt: skip
    if envelope.kind == "events_api":
        frame |= {"retry_attempt": envelope.retry, "retry_reason": envelope.retry_reason}
    return frame
