"""The emulator's HTTP side: the REST API and the door to the gateway, on one loopback port.

Started by `emulator`. Each call is written down in `calls` with its answer; faults that are switched on act
here, before or after the route has done its work. https://discord.com/developers/docs/reference
"""

import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import BodyPartReader, web

from tests.emulators.discord import (
    cdn,
    routes_commands,
    routes_guilds,
    routes_interactions,
    routes_messages,
    routes_reactions,
    routes_self,
    routes_threads,
)
from tests.emulators.discord.faults import VIA, Fault, Faults, as_json, limited
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.rate_limits import RateLimits
from tests.emulators.discord.records import DiscordError, Json
from tests.emulators.discord.rest import ROUTES, Answer, Api, Call, Reply, Route, Upload
from tests.emulators.faults import LostConnectionError
from tests.emulators.loopback import Loopback, cut

# Importing them is what fills ROUTES.
ROUTE_MODULES = (
    routes_commands,
    routes_guilds,
    routes_interactions,
    routes_messages,
    routes_reactions,
    routes_self,
    routes_threads,
)
_MAJOR = ("channel_id", "guild_id", "webhook_id", "interaction_id")
_MOST_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Logged:
    """One call as it came and as it was answered (also where the answer was then lost)."""

    route: str
    call: Call
    status: int
    text: str
    at: datetime
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def answer(self) -> object:
        """The JSON of the answer; None where it is none."""
        there = self.text and self.headers.get("Content-Type") == "application/json"
        return json.loads(self.text) if there else None


class Server:
    """Takes requests, knows the token, and hands over to the routes."""

    def __init__(self, api: Api, gateway: Gateway, faults: Faults, token: str) -> None:
        self.calls: list[Logged] = []
        self.rate_limits = RateLimits()
        self._api, self._gateway, self._faults, self._token = api, gateway, faults, token
        self._door = Loopback()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._door.port

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        app = web.Application(client_max_size=_MOST_BYTES)
        app.router.add_get("/", self._gateway.serve)
        for each in sorted(ROUTES.values(), key=_literal_first):
            app.router.add_route(each.method, f"/api/v10{each.path}", self._serving(each))
        app.router.add_get("/attachments/{channel}/{attachment}/{name}", self._attachment)
        app.router.add_route("*", "/{path:.*}", self._nowhere)
        await self._door.open(app)
        self._api.world.cdn = self._door.address

    async def stop(self) -> None:
        """Stop listening; connections are refused from then on."""
        self._gateway.drop()
        await self._door.close()

    def _serving(self, route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request)

        return serve

    async def _serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        path = dict(request.match_info)
        fault = self._faults.meets(route.name, path.get("channel_id", ""))
        try:
            call = await _read(request, path)
            if fault and (refusal := fault.before()):
                return self._logged(route, call, refusal)
            answer = self._logged(route, call, await self._answer(route, call, request))
            return await self._after(fault, answer)
        except LostConnectionError:
            return cut(request)

    async def _after(self, fault: Fault | None, answer: web.Response) -> web.Response:
        if fault is None:
            return answer
        return await fault.after() or answer

    async def _answer(self, route: Route, call: Call, request: web.Request) -> web.Response:
        if route.auth and request.headers.get("Authorization") != f"Bot {self._token}":
            return as_json({"message": "401: Unauthorized", "code": 0}, 401, VIA)
        major = "+".join(call.path[each] for each in _MAJOR if each in call.path)
        verdict = self.rate_limits.count(route.name, major, self._api.world.now())
        if verdict.retry_after is not None:
            refusal = limited(verdict.retry_after, everywhere=verdict.everywhere)
            refusal.headers.update(verdict.headers)
            return refusal
        try:
            served = route.serve(self._api, call)
            result = await served if inspect.isawaitable(served) else served
        except DiscordError as error:
            return as_json(error.body, error.status, VIA | verdict.headers)
        except Exception as error:
            self._api.world.unexpected.append(f"the emulator failed in {route.name}: {error!r}")
            raise
        return _as_response(result, VIA | verdict.headers)

    def _logged(self, route: Route, call: Call, answer: web.Response) -> web.Response:
        at = self._api.world.now()
        self.calls.append(Logged(route.name, call, answer.status, answer.text or "", at, answer.headers))
        return answer

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults.meets("GET /attachments", "")
        if fault and (refusal := fault.before()):
            return refusal
        return await cdn.serve(request, self._api.world)

    async def _nowhere(self, request: web.Request) -> web.Response:
        self._api.world.unexpected.append(
            f"{request.method} {request.path} is no route that the emulator knows"
        )
        return as_json({"message": "404: Not Found", "code": 0}, 404, VIA)


def _as_response(result: Answer, headers: dict[str, str]) -> web.Response:
    if result is None:
        return web.Response(status=204, headers=headers)
    status, body = (result.status, result.body) if isinstance(result, Reply) else (200, result)
    return as_json(body, status, headers)


def _literal_first(route: Route) -> str:
    """What to sort routes by, so that /members/search is found before /members/{user_id}."""
    return route.path.replace("{", "\x7f")


async def _read(request: web.Request, path: dict[str, str]) -> Call:
    query = dict(request.query)
    if request.content_type == "multipart/form-data":
        return await _read_parts(request, path, query)
    raw = await request.text()
    body: object = json.loads(raw) if raw and request.content_type == "application/json" else {}
    if isinstance(body, list):
        return Call(path, query, items=body)
    return Call(path, query, body if isinstance(body, dict) else {})


async def _read_parts(request: web.Request, path: dict[str, str], query: dict[str, str]) -> Call:
    body: Json = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files.append(Upload(part.name or "", part.filename or "", kind, content))
    return Call(path, query, body, files=files)
