"""The emulator's HTTP side: the Web API, the response URLs and the door to Socket Mode, on one loopback port.

Started by `emulator`. Each call is written down in `calls` with its answer; faults that are switched on act
here, before or after the method has done its work. https://docs.slack.dev/apis/web-api
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from tests.emulators.faults import LostConnectionError
from tests.emulators.loopback import Loopback, cut
from tests.emulators.slack import (
    attachments,
    methods_chat,
    methods_conversations,
    methods_files,
    methods_users,
    methods_views,
)
from tests.emulators.slack.api import METHODS, Api, Args, Method
from tests.emulators.slack.faults import Fault, Faults
from tests.emulators.slack.records import Json, SlackError
from tests.emulators.slack.socket_mode import Sockets

# Bolt and the SDK add it to whatever they call.
_ADDED_BY_THE_SDK = {"team_id"}
_LARGEST = 1024**3
# Importing them is what fills METHODS.
METHOD_MODULES = (methods_chat, methods_conversations, methods_files, methods_users, methods_views)


@dataclass(frozen=True)
class Call:
    """One call of the Web API as it came and as it was answered (also where the answer was then lost)."""

    method: str
    args: Json
    answer: Json
    at: datetime
    headers: dict[str, str] = field(default_factory=dict, repr=False)


class Server:
    """Routes requests; knows the tokens."""

    def __init__(self, api: Api, sockets: Sockets, faults: Faults, tokens: dict[str, str]) -> None:
        self.calls: list[Call] = []
        self._api, self._sockets, self._faults, self._tokens = api, sockets, faults, tokens
        self._door = Loopback()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._door.port

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", "/api/{method}", self._web_api)
        app.router.add_post("/response/{token}", self._response)
        app.router.add_get("/link/", self._sockets.serve)
        app.router.add_get("/files-pri/{file}/{name}", self._file)
        app.router.add_post("/upload/v1/{file}", self._upload)
        await self._door.open(app)
        self._api.world.origin = self._door.address

    async def stop(self) -> None:
        """Stop listening; connections are refused from then on."""
        self._sockets.drop()
        await self._door.close()

    async def _web_api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        given, token = await _arguments(request)
        fault = self._faults.meets(name, str(given.get("channel", "")))
        try:
            if fault and (refusal := fault.before()):
                return self._logged(name, given, refusal)
            answer = self._logged(name, given, self._answer(name, given, token))
            return await self._after(fault, answer)
        except LostConnectionError:
            return cut(request)

    async def _after(self, fault: Fault | None, answer: web.Response) -> web.Response:
        if fault is None:
            return answer
        return await fault.after() or answer

    def _answer(self, name: str, given: Json, token: str) -> web.Response:
        found = METHODS.get(name)
        try:
            self._check(found, name, given, token)
            body: Json = {"ok": True, **(found.serve(self._api, Args(given)) if found else {})}
        except SlackError as error:
            body = {"ok": False, "error": error.code, **error.extra}
        except Exception as error:
            self._api.world.unexpected.append(f"the emulator failed in {name}: {error!r}")
            raise
        return self._as_response(body, found)

    def _as_response(self, body: Json, found: Method | None) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self._api.scopes))}
        if found and found.token == "xapp":
            headers = {"x-oauth-scopes": "connections:write"}
        if found and found.needs:
            headers["x-accepted-oauth-scopes"] = ",".join(found.needs)
        if body.get("error") == "ratelimited":
            return web.json_response(
                body, status=429, headers=headers | {"Retry-After": str(body.pop("retry_after"))}
            )
        return web.json_response(body, headers=headers)

    def _check(self, found: Method | None, name: str, given: Json, token: str) -> None:
        unexpected = self._api.world.unexpected
        if found is None:
            unexpected.append(f"{name} is no method that the emulator knows")
            raise SlackError("unknown_method", req_method=name)
        self._authorize(found, token)
        unknown = sorted(set(given) - found.takes - _ADDED_BY_THE_SDK)
        if unknown:
            unexpected.append(f"{name} was called with {unknown}, which it does not take")
        self._faults.pace(name, str(given.get("channel", "")), self._api.world.now())

    def _authorize(self, found: Method, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if token not in self._tokens:
            raise SlackError("invalid_auth")
        if self._tokens[token] != found.token:
            raise SlackError("not_allowed_token_type")
        if found.token == "xoxb":
            self._api.require(*found.needs)

    def _logged(self, name: str, given: Json, answer: web.Response) -> web.Response:
        body = json.loads(answer.text or "null") if answer.content_type == "application/json" else {}
        self.calls.append(Call(name, given, body, self._api.world.now(), dict(answer.headers)))
        return answer

    async def _file(self, request: web.Request) -> web.StreamResponse:
        token = next(token for token, kind in self._tokens.items() if kind == "xoxb")
        fault = self._faults.meets("GET /files-pri", "")
        if fault and (refusal := fault.before()):
            return refusal
        return await attachments.serve(request, self._api.world, token)

    async def _upload(self, request: web.Request) -> web.Response:
        fault = self._faults.meets("POST /upload", "")
        if fault and (refusal := fault.before()):
            return refusal
        return await attachments.receive(request, self._api.world)

    async def _response(self, request: web.Request) -> web.Response:
        try:
            happened = self._api.response_urls.answer(request.match_info["token"], await request.json())
        except SlackError as error:
            return web.json_response({"ok": False, "error": error.code, **error.extra}, status=404)
        self._api.announce(happened)
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> tuple[Json, str]:
    """A call's arguments and its token, from wherever they stand."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.method == "POST":
        given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    header = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return given, str(given.pop("token", "")) or header
