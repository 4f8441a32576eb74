"""The routes by which an app answers interactions; the token in the path is all they need.

Found by `server` in the table of `rest`. https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from tests.emulators.discord import deeds
from tests.emulators.discord.callbacks import ORIGINAL
from tests.emulators.discord.interactions import Interaction
from tests.emulators.discord.records import Json
from tests.emulators.discord.rest import Api, Call, route
from tests.emulators.discord.wire_messages import message_json

_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = f"{_WEBHOOK}/messages/{ORIGINAL}"
_MESSAGE = f"{_WEBHOOK}/messages/{{message_id}}"


@route("POST", _CALLBACK, name="create_interaction_response", auth=False)
def answer(api: Api, call: Call) -> Json | None:
    """The first answer to an interaction."""
    given = call.path
    body = api.callbacks.answer(given["interaction_id"], given["interaction_token"], call.body, call.files)
    return body if call.query.get("with_response") in ("1", "true") else None


@route("POST", _WEBHOOK, name="execute_webhook", auth=False)
def follow_up(api: Api, call: Call) -> Json | None:
    """One more message."""
    message = api.callbacks.follow_up(_interaction(api, call), call.body, call.files)
    # Interactions' tokens always wait: https://discord.com/developers/docs/interactions/receiving-and-responding
    return message_json(api.world, message)


@route("GET", _ORIGINAL, name="get_original_webhook_message", auth=False)
@route("GET", _MESSAGE, name="get_webhook_message", auth=False)
def get(api: Api, call: Call) -> Json:
    """A message of an interaction."""
    message = api.callbacks.message(_interaction(api, call), call.path.get("message_id", ORIGINAL))
    return message_json(api.world, message)


@route("PATCH", _ORIGINAL, name="update_original_webhook_message", auth=False)
@route("PATCH", _MESSAGE, name="update_webhook_message", auth=False)
def edit(api: Api, call: Call) -> Json:
    """Change a message of an interaction, or say what was put off."""
    interaction = _interaction(api, call)
    message = api.callbacks.message(interaction, call.path.get("message_id", ORIGINAL))
    return message_json(api.world, api.callbacks.edit(interaction, message, call.body, call.files))


@route("DELETE", _ORIGINAL, name="delete_original_webhook_message", auth=False)
@route("DELETE", _MESSAGE, name="delete_webhook_message", auth=False)
def delete(api: Api, call: Call) -> None:
    """Take a message of an interaction back."""
    message = api.callbacks.message(_interaction(api, call), call.path.get("message_id", ORIGINAL))
    deeds.delete(api.world, message)


def _interaction(api: Api, call: Call) -> Interaction:
    return api.callbacks.interactions.by_token(call.path["webhook_id"], call.path["webhook_token"])
