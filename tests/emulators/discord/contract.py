"""The emulator's own requests and answers held against the API that Discord publishes, where that is at hand.

Used by the emulator's tests. Routes carry the operation ids of the published file, so each call is found
there by its name. Nothing is fetched.
"""

import json
from pathlib import Path
from urllib.parse import quote

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.emulators.discord.records import Event, Json
from tests.emulators.discord.server import Logged

FILE = Path(__file__).resolve().parents[4] / "shared" / "contracts" / "discord-openapi.json"

_ROOT = "urn:discord"
# Where discord.py sends ids as numbers, which Discord takes as well:
# https://discord.com/developers/docs/reference#snowflakes-snowflake-id-format-structure-left-to-right
_IDS = frozenset(("id", "users", "roles", "message_id", "channel_id", "guild_id", "recipient_id"))
_REFUSED = 400
# The file has numbers for the codes within `errors`; Discord's own example beside it has BASE_TYPE_CHOICES:
# https://discord.com/developers/docs/reference#error-messages
_WRONG_IN_THE_FILE = "errors"
# The gateway's events are not in the file; what they bring is.
_BROUGHT_BY = {
    "MESSAGE_CREATE": "MessageResponse",
    "MESSAGE_UPDATE": "MessageResponse",
    "THREAD_CREATE": "ThreadResponse",
    "THREAD_UPDATE": "ThreadResponse",
    "CHANNEL_CREATE": "GuildChannelResponse",
    "CHANNEL_UPDATE": "GuildChannelResponse",
    "CHANNEL_DELETE": "GuildChannelResponse",
    "GUILD_CREATE": "GuildWithCountsResponse",
    "GUILD_MEMBER_ADD": "GuildMemberResponse",
    "GUILD_MEMBER_UPDATE": "GuildMemberResponse",
}


class Contract:
    """What Discord publishes about its REST API."""

    def __init__(self, file: Path) -> None:
        document: Json = json.loads(file.read_text(encoding="utf-8"))
        resource = DRAFT202012.create_resource(document)
        self._document = document
        self._registry = Registry().with_resource(_ROOT, resource)
        self._places = {
            operation["operationId"]: (path, method)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
            if method != "parameters" and "operationId" in operation
        }

    def knows(self, route: str) -> bool:
        """Whether the operation is published."""
        return route in self._places

    def is_at(self, route: str, method: str, path: str) -> bool:
        """Whether the operation is called so."""
        return self._places[route] == (path, method.lower())

    def request_problems(self, logged: Logged) -> list[str]:
        """Where a request's query and body are not what the operation takes."""
        path, method = self._places[logged.route]
        operation: Json = self._document["paths"][path][method]
        known = {each["name"] for each in operation.get("parameters", ()) if each.get("in") == "query"}
        unknown = [f"{logged.route} takes no {each}" for each in sorted(set(logged.call.query) - known)]
        content: Json = operation.get("requestBody", {}).get("content", {})
        body = logged.call.items or logged.call.body
        if not content or not body:
            return unknown + ([f"{logged.route} takes no body"] if body and not content else [])
        place = ("paths", path, method, "requestBody", "content", "application/json", "schema")
        return unknown + self._problems(logged.route, place, _with_ids(body))

    def answer_problems(self, logged: Logged) -> list[str]:
        """Where the emulator's answer is not of the published status and shape."""
        path, method = self._places[logged.route]
        responses: Json = self._document["paths"][path][method]["responses"]
        status = str(logged.status)
        if status not in responses:
            status = f"{status[0]}XX"
        if status not in responses:
            return [f"{logged.route} does not answer with {logged.status}"]
        place: tuple[str, ...] = ("paths", path, method, "responses", status)
        if "$ref" in responses[status]:
            place = tuple(responses[status]["$ref"].removeprefix("#/").split("/"))
        body = logged.answer
        if body is None:
            return []
        if logged.status >= _REFUSED and isinstance(body, dict):
            body = {name: each for name, each in body.items() if name != _WRONG_IN_THE_FILE}
        return self._problems(logged.route, (*place, "content", "application/json", "schema"), body)

    def event_problems(self, event: Event) -> list[str]:
        """Where what an event brings is not of the shape that the same thing has over REST."""
        schema = _BROUGHT_BY.get(event.name)
        place = ("components", "schemas", schema or "")
        return self._problems(event.name, place, event.data) if schema else []

    def _problems(self, route: str, place: tuple[str, ...], body: object) -> list[str]:
        steps = (each.replace("~", "~0").replace("/", "~1") for each in place)
        schema = {"$ref": f"{_ROOT}#/{quote('/'.join(steps), safe='/~')}"}
        validator = Draft202012Validator(schema, registry=self._registry)
        return [f"{route}: {each.json_path}: {each.message[:200]}" for each in validator.iter_errors(body)]


def _with_ids(node: object, name: str = "") -> object:
    """The same with ids that came as numbers written as strings."""
    if isinstance(node, list):
        return [_with_ids(each, name) for each in node]
    if isinstance(node, dict):
        return {key: _with_ids(each, key) for key, each in node.items()}
    return str(node) if isinstance(node, int) and name in _IDS else node
