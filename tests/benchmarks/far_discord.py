"""A Discord that says yes to everything at once: a gateway for one shard, and the routes a desk needs.

Made by `far`, in whose process it runs. It notes when an interaction is answered; whether Henji speaks to
Discord as it should is for the tests to say, which have a strict one.
https://docs.discord.com/developers/events/gateway
"""

import asyncio
import json
import zlib
from itertools import count
from typing import Any, Final

from aiohttp import web

from adapters.discord.parse import FormId
from bots.clock import monotonic, now

Json = dict[str, Any]

BOT: Final = 900_000_000_000_000_001
GUILD: Final = 900_000_000_000_000_002
CHANNEL: Final = 900_000_000_000_000_003
_EPOCH: Final = 1_420_070_400_000
_CONTENT: Final = 1 << 19  # what people write in guilds may be read: an application's flag
_JOINED: Final = "2026-01-01T00:00:00+00:00"
_PERMISSIONS: Final = str((1 << 50) - 1)


class FarDiscord:
    """The running server; `url` is where its API is."""

    def __init__(self) -> None:
        self.url = ""
        self._socket: web.WebSocketResponse | None = None
        self._sequence = count(1)
        self._ids = count(1)
        self._zlib = zlib.compressobj()
        self._answered: dict[int, asyncio.Future[float]] = {}
        self._messages: dict[str, Json] = {}
        self._runner = web.AppRunner(self._routes(), access_log=None)

    async def start(self) -> None:
        """Listen."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0]
        self.url = f"http://{host}:{port}/api/v10"

    async def stop(self) -> None:
        """Listen no more."""
        await self._runner.cleanup()

    # what people do

    async def submits(self, n: int) -> float:
        """Somebody submits the form of a new inquiry; seconds until they are answered."""
        interaction = self._id()
        answered = self._answered[interaction] = asyncio.get_running_loop().create_future()
        begun = monotonic()
        await self._dispatch("INTERACTION_CREATE", _submission(interaction, n))
        at: float = await answered
        return at - begun

    async def write(self, people: list[int], many: int, rate: float) -> dict[str, float]:
        """People write to Henji, each in reply to their card, so many a second; when each was sent."""
        cards, begun = self.cards(), monotonic()
        sent: dict[str, float] = {}
        for n in range(many):
            await asyncio.sleep(max(0.0, begun + n / rate - monotonic()))  # noqa: TID251 -- as people do
            user = people[n % len(people)]
            word = f"word-{n:05d}"
            message = self._message(_dm(user), {"content": f"{word} まだ届きません。"}, _person(user))
            card = self._messages[cards[user]]
            message |= {"message_reference": {"message_id": card["id"], "channel_id": card["channel_id"]}}
            sent[word] = monotonic()
            await self._dispatch("MESSAGE_CREATE", message | {"referenced_message": card})
        return sent

    def cards(self) -> dict[int, str]:
        """The first message of Henji's in the direct messages of each person."""
        found: dict[int, str] = {}
        for each in self._messages.values():
            channel = int(each["channel_id"])
            if channel < BOT and channel - _DM in range(_DM):
                found.setdefault(channel - _DM, each["id"])
        return found

    # what Henji asks

    def _routes(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/", self._gateway)
        app.router.add_get("/api/v10/users/@me", self._me)
        app.router.add_get("/api/v10/applications/@me", self._application)
        app.router.add_get("/api/v10/oauth2/applications/@me", self._application)
        app.router.add_get("/api/v10/gateway/bot", self._where)
        app.router.add_post("/api/v10/users/@me/channels", self._opened)
        app.router.add_post("/api/v10/interactions/{id}/{token}/callback", self._callback)
        app.router.add_post("/api/v10/channels/{channel}/messages", self._posted)
        app.router.add_post("/api/v10/webhooks/{id}/{token}", self._followed)
        app.router.add_route("*", "/api/v10/applications/{id}/commands", self._commands)
        app.router.add_route("*", "/{rest:.*}", self._agreed)
        return app

    async def _me(self, request: web.Request) -> web.Response:
        del request
        return _json(_bot())

    async def _application(self, request: web.Request) -> web.Response:
        del request
        about = {"id": str(BOT), "name": "henji", "description": "", "flags": _CONTENT, "icon": None}
        rest = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "team": None}
        return _json(about | rest | {"owner": _person(1), "summary": ""})

    async def _where(self, request: web.Request) -> web.Response:
        limits = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        address = f"ws://{request.host}/"
        return _json({"url": address, "shards": 1, "session_start_limit": limits})

    async def _opened(self, request: web.Request) -> web.Response:
        user = int((await request.json())["recipient_id"])
        about = {"id": str(_dm(user)), "type": 1, "recipients": [_person(user)], "last_message_id": None}
        return _json(about)

    async def _callback(self, request: web.Request) -> web.Response:
        at, interaction = monotonic(), int(request.match_info["id"])
        body = await request.json()
        waiting = self._answered.pop(interaction, None)
        if waiting is not None:
            waiting.set_result(at)
        message = self._message(CHANNEL, body.get("data") or {}, _bot())
        about = {"id": str(interaction), "type": 5, "response_message_id": message["id"]}
        return _json({"interaction": about, "resource": {"type": 4, "message": message}})

    async def _posted(self, request: web.Request) -> web.Response:
        message = self._message(int(request.match_info["channel"]), await request.json(), _bot())
        self._messages[message["id"]] = message
        return _json(message)

    async def _followed(self, request: web.Request) -> web.Response:
        return _json(self._message(CHANNEL, await request.json(), _bot()))

    async def _commands(self, request: web.Request) -> web.Response:
        if request.method == "GET":
            return _json([])
        about = {"application_id": str(BOT), "version": "1", "type": 1}
        return _json([about | {"id": str(self._id())} | each for each in await request.json()])

    async def _agreed(self, request: web.Request) -> web.Response:
        del request
        return web.Response(status=204)

    # the gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        self._zlib = zlib.compressobj()
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._send({"op": 10, "d": {"heartbeat_interval": 41_250}})
        async for frame in socket:
            await self._heard(json.loads(frame.data))
        return socket

    async def _heard(self, said: Json) -> None:
        match said["op"]:
            case 1:
                await self._send({"op": 11, "d": None})
            case 2:
                await self._dispatch("READY", _ready(self.url))
                await self._dispatch("GUILD_CREATE", _guild())
            case 8:
                about = {"guild_id": str(GUILD), "members": [], "chunk_index": 0, "chunk_count": 1}
                await self._dispatch("GUILD_MEMBERS_CHUNK", about | {"nonce": said["d"].get("nonce")})
            case _:
                pass

    async def _dispatch(self, name: str, data: Json) -> None:
        await self._send({"op": 0, "s": next(self._sequence), "t": name, "d": data})

    async def _send(self, payload: Json) -> None:
        if self._socket is None:
            raise RuntimeError("nobody listens")
        packed = self._zlib.compress(json.dumps(payload).encode())
        await self._socket.send_bytes(packed + self._zlib.flush(zlib.Z_SYNC_FLUSH))

    def _id(self) -> int:
        milliseconds = int(now().timestamp() * 1_000) - _EPOCH
        return (milliseconds << 22) | (next(self._ids) & 0x3FFFFF)

    def _message(self, channel: int, body: Json, author: Json) -> Json:
        return {
            "id": str(self._id()), "channel_id": str(channel), "author": author, "type": 0, "flags": 0,
            "content": body.get("content") or "", "embeds": body.get("embeds") or [], "attachments": [],
            "timestamp": now().isoformat(), "edited_timestamp": None, "tts": False,
            "mention_everyone": False, "mentions": [], "mention_roles": [], "pinned": False,
            "components": [], "nonce": body.get("nonce"),
        }  # fmt: skip


_DM: Final = 10**12
"""The channel of somebody's direct messages has an id this much above their own."""


def _json(data: object) -> web.Response:
    """An answer with the one content type that discord.py takes for JSON."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json")


def _dm(user: int) -> int:
    return user + _DM


def _bot() -> Json:
    return _person(BOT) | {"bot": True}


def _person(user: int) -> Json:
    return {
        "id": str(user), "username": f"hanako{user}", "discriminator": "0", "avatar": None,
        "global_name": "山田 花子", "public_flags": 0,
    }  # fmt: skip


def _ready(url: str) -> Json:
    return {
        "v": 10, "user": _bot(), "guilds": [{"id": str(GUILD), "unavailable": True}], "session_id": "far",
        "resume_gateway_url": url.replace("http", "ws").removesuffix("/api/v10"), "shard": [0, 1],
        "application": {"id": str(BOT), "flags": _CONTENT}, "private_channels": [], "relationships": [],
    }  # fmt: skip


def _guild() -> Json:
    everyone = {
        "id": str(GUILD), "name": "@everyone", "permissions": _PERMISSIONS, "position": 0, "color": 0,
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }  # fmt: skip
    channel = {
        "id": str(CHANNEL), "type": 0, "guild_id": str(GUILD), "name": "general", "position": 0,
        "permission_overwrites": [], "rate_limit_per_user": 0, "nsfw": False, "topic": None,
        "parent_id": None, "last_message_id": None, "flags": 0,
    }  # fmt: skip
    return {
        "id": str(GUILD), "name": "tanuki", "owner_id": "1", "roles": [everyone], "emojis": [],
        "features": [], "channels": [channel], "threads": [], "members": [_member(_bot())],
        "member_count": 2, "large": False,
        "joined_at": _JOINED, "preferred_locale": "ja", "voice_states": [], "presences": [], "stickers": [],
        "stage_instances": [], "guild_scheduled_events": [], "afk_timeout": 300, "afk_channel_id": None,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
        "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "system_channel_id": None,
        "system_channel_flags": 0, "icon": None, "splash": None, "discovery_splash": None,
        "description": None, "banner": None, "vanity_url_code": None, "premium_progress_bar_enabled": False,
    }  # fmt: skip


def _member(user: Json) -> Json:
    return {
        "user": user, "roles": [], "joined_at": _JOINED, "deaf": False, "mute": False, "nick": None,
        "avatar": None, "flags": 0, "pending": False, "permissions": _PERMISSIONS, "premium_since": None,
        "communication_disabled_until": None,
    }  # fmt: skip


def _submission(interaction: int, n: int) -> Json:
    """The form of a new inquiry, filled in by the nth person for one of the desk's sellers."""
    entries: list[tuple[int, str, Json]] = [
        (4, "order_number", {"value": "503-1234567-1234567"}), (3, "topic", {"values": ["damaged"]}),
        (3, "wish", {"values": ["replace"]}), (4, "text", {"value": f"word-{n:05d} まだ届きません。" * 10}),
    ]  # fmt: skip
    form = FormId(name="new", about=f"slr{n % 20:03d}", opened=str(interaction))
    fields: list[Json] = [
        {"type": 18, "id": i, "component": {"type": kind, "custom_id": name, "id": i + 10} | value}
        for i, (kind, name, value) in enumerate(entries, 1)
    ]
    return {
        "id": str(interaction), "application_id": str(BOT), "type": 5, "token": f"far-{interaction}",
        "version": 1, "guild_id": str(GUILD), "channel_id": str(CHANNEL), "context": 0,
        "channel": {"id": str(CHANNEL), "type": 0, "name": "general", "permissions": _PERMISSIONS},
        "member": _member(_person(n % PEOPLE + 1)), "locale": "ja", "guild_locale": "ja",
        "entitlements": [], "authorizing_integration_owners": {}, "app_permissions": _PERMISSIONS,
        "attachment_size_limit": 10_485_760,
        "data": {"custom_id": form.custom_id, "components": fields},
    }  # fmt: skip


PEOPLE: Final = 2_000
"""Who submit forms in turns, so that nobody opens more than they may."""
