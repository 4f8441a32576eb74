"""The emulator's own requests, answers and events held against what Slack publishes, where that is at hand.

Used by the emulator's tests. The published files are of 2021 and archived: what came later is taken out
before an answer is validated, and is listed here. Nothing is fetched.
"""

import json
from pathlib import Path

from jsonschema import Draft4Validator

from tests.emulators.slack.records import Json
from tests.emulators.slack.server import Call

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "contracts"

# Arguments, and fields of messages, that the files do not have: most of them are younger.
_LATER_ARGUMENTS = {"metadata", "include_all_metadata", "markdown_text", "reply_broadcast", "team_id"}
_LATER_IN_MESSAGES = {"metadata", "app_id", "edited"}
# Three schemas that contradict the documents beside them: replies nest an array within an array, an updated
# message's blocks are said to be an object, and a file is said to be shared in no channel.
_WRONG_IN_THE_FILE = {"conversations.replies": "messages", "chat.update": "message", "files.info": "file"}
# Replaced by `authorizations` in 2020: https://docs.slack.dev/changelog/2020-09-15-events-api-truncate-authed-users
_NO_LONGER_SENT = {"authed_users"}


class Contract:
    """What Slack publishes about its Web API and its events."""

    def __init__(self, folder: Path) -> None:
        self._web: Json = json.loads((folder / "slack-web-openapi.json").read_text(encoding="utf-8"))
        events: Json = json.loads((folder / "slack-events-asyncapi.json").read_text(encoding="utf-8"))
        wrapper: Json = events["components"]["schemas"]["GenericEventWrapper"]
        needed = [each for each in wrapper["required"] if each not in _NO_LONGER_SENT]
        self._event = Draft4Validator(wrapper | {"required": needed})

    def knows(self, method: str) -> bool:
        """Whether the method is older than the file."""
        return f"/{method}" in self._web["paths"]

    def request_problems(self, call: Call) -> list[str]:
        """Arguments that the method does not have, or that are missing."""
        operation = next(iter(self._web["paths"][f"/{call.method}"].values()))
        known = {each["name"]: bool(each.get("required")) for each in operation["parameters"]}
        needed = {name for name, required in known.items() if required and name != "token"}
        unknown = set(call.args) - set(known) - _LATER_ARGUMENTS
        return [f"{call.method} has no argument {each}" for each in sorted(unknown)] + [
            f"{call.method} needs {each}" for each in sorted(needed - set(call.args))
        ]

    def answer_problems(self, call: Call) -> list[str]:
        """Where the emulator's answer is not of the published shape."""
        operation = next(iter(self._web["paths"][f"/{call.method}"].values()))
        schema: Json = operation["responses"]["200" if call.answer["ok"] else "default"]["schema"]
        body = _as_of_2021(call.answer)
        if call.answer["ok"] and call.method in _WRONG_IN_THE_FILE:
            schema = schema | {"properties": schema["properties"] | {_WRONG_IN_THE_FILE[call.method]: {}}}
        validator = Draft4Validator(schema | {"definitions": self._web["definitions"]})
        return [f"{call.method}: {each.json_path}: {each.message}" for each in validator.iter_errors(body)]

    def event_problems(self, payload: Json) -> list[str]:
        """Where an event is not wrapped as published."""
        return [f"{each.json_path}: {each.message}" for each in self._event.iter_errors(payload)]


def _as_of_2021(node: object) -> object:
    if isinstance(node, list):
        return [_as_of_2021(each) for each in node]
    if isinstance(node, dict):
        later = _LATER_IN_MESSAGES if node.get("type") == "message" else ()
        return {name: _as_of_2021(each) for name, each in node.items() if name not in later}
    return node
