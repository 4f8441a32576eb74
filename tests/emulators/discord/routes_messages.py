"""Messages: sent, read, listed, changed and deleted by the bot.

Found by `server` through `rest.ROUTES`. Refusals follow
https://discord.com/developers/docs/resources/message#create-message and the codes of
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
"""

from datetime import timedelta

from tests.emulators.discord import deeds
from tests.emulators.discord.bodies import check_body, fill
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.problems import Problem, refuse
from tests.emulators.discord.records import Channel, DiscordError, Json, Message, MessageKind, Reference
from tests.emulators.discord.rest import Api, Call, missing_permissions, route
from tests.emulators.discord.wire_messages import message_json, without_content

# "the past few minutes"
NONCE_REMEMBERED = timedelta(minutes=5)
_MOST_LISTED = 100
_SYSTEM = (MessageKind.THREAD_CREATED, MessageKind.THREAD_STARTER_MESSAGE)


@route("POST", "/channels/{channel_id}/messages", name="create_message")
def create_message(api: Api, call: Call) -> Json:
    """Send a message; one with a nonce that is remembered is not sent twice."""
    channel = api.channel(call.path["channel_id"])
    check_body(call.body, call.files)
    _may_send(api, channel, call)
    if (sent := _sent_before(api, call.body)) is not None:
        return message_json(api.world, sent)
    world = api.world
    message = Message(world.new_id(), channel.id, world.bot.id, nonce=call.body.get("nonce"))
    _reply(api, channel, message, call.body.get("message_reference"))
    fill(world, message, call.body, call.files)
    deeds.say(world, message, call.body.get("allowed_mentions"))
    if message.nonce is not None:
        world.nonces[str(message.nonce)] = (message, world.now())
    return message_json(world, message)


@route("GET", "/channels/{channel_id}/messages/{message_id}", name="get_message")
def get_message(api: Api, call: Call) -> Json:
    """One message."""
    channel = api.channel(call.path["channel_id"], Permission.READ_MESSAGE_HISTORY)
    return _as_read(api, channel, api.message(channel, call.path["message_id"]))


@route("GET", "/channels/{channel_id}/messages", name="list_messages")
def list_messages(api: Api, call: Call) -> list[Json]:
    """The latest messages, or those before, after or around an id: the newest first."""
    channel = api.channel(call.path["channel_id"])
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= _MOST_LISTED:
        words = f"int value should be between 1 and {_MOST_LISTED}, both included."
        refuse([Problem("limit", "NUMBER_TYPE_MAX", words)])
    if Permission.READ_MESSAGE_HISTORY not in api.world.may(api.world.bot.id, channel):
        return []
    found = _asked_for(list(channel.messages.values()), call.query, limit)
    return [_as_read(api, channel, each) for each in reversed(found)]


@route("PATCH", "/channels/{channel_id}/messages/{message_id}", name="update_message")
def update_message(api: Api, call: Call) -> Json:
    """Change one of the bot's own messages; mentions are read again."""
    channel = api.channel(call.path["channel_id"])
    message = api.message(channel, call.path["message_id"])
    if message.author != api.world.bot.id:
        raise DiscordError(403, 50005, "Cannot edit a message authored by another user")
    check_body(call.body, call.files, before=message)
    if channel.archived:
        raise archived()
    fill(api.world, message, call.body, call.files)
    deeds.edit(api.world, message, call.body.get("allowed_mentions"))
    return message_json(api.world, message)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}", name="delete_message")
def delete_message(api: Api, call: Call) -> None:
    """Delete a message: one's own, or with MANAGE_MESSAGES anyone's in a guild."""
    channel = api.channel(call.path["channel_id"])
    message = api.message(channel, call.path["message_id"])
    if message.author != api.world.bot.id:
        if channel.is_dm:
            raise DiscordError(403, 50003, "Cannot execute action on a DM channel")
        api.channel(channel.id, Permission.MANAGE_MESSAGES)
    if message.kind is MessageKind.THREAD_STARTER_MESSAGE:
        raise DiscordError(403, 50021, "Cannot execute action on a system message")
    deeds.delete(api.world, message)


@route("POST", "/channels/{channel_id}/typing", name="trigger_typing_indicator")
def typing(api: Api, call: Call) -> None:
    """Show that the bot is writing; nothing remains of it."""
    api.channel(call.path["channel_id"], Permission.SEND_MESSAGES)


def archived() -> DiscordError:
    """The thread would have to be opened again first."""
    return DiscordError(400, 50083, "Thread is archived")


def _may_send(api: Api, channel: Channel, call: Call) -> None:
    world = api.world
    if channel.is_dm:
        person = next(world.users[each] for each in channel.people if each != world.bot.id)
        if not world.mutual_guilds(person.id):
            words = "Cannot send messages to this user due to having no mutual guilds"
            raise DiscordError(403, 50278, words)
        if person.dms_closed:
            raise DiscordError(403, 50007, "Cannot send messages to this user")
    needs = {
        Permission.SEND_MESSAGES: True,
        Permission.EMBED_LINKS: bool(call.body.get("embeds")),
        Permission.ATTACH_FILES: bool(call.files),
    }
    allowed = world.may(world.bot.id, channel)
    if any(needed and each not in allowed for each, needed in needs.items()):
        raise missing_permissions()
    if channel.archived and channel.locked:
        raise archived()
    if channel.locked and Permission.MANAGE_THREADS not in allowed:
        raise missing_permissions()


def _sent_before(api: Api, body: Json) -> Message | None:
    """The message that had this nonce a few minutes ago, in whichever channel, if it is still there."""
    message, at = api.world.nonces.get(str(body.get("nonce")), (None, api.world.now()))
    if message is None or not body.get("enforce_nonce") or api.world.now() - at > NONCE_REMEMBERED:
        return None
    return message if api.world.find(message.id) else None


def _reply(api: Api, channel: Channel, message: Message, reference: Json | None) -> None:
    if not reference:
        return
    if str(reference.get("channel_id") or channel.id) != channel.id:
        words = "Cannot reply to a message in a different channel"
        refuse([Problem("message_reference", "REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL", words)])
    if Permission.READ_MESSAGE_HISTORY not in api.world.may(api.world.bot.id, channel):
        words = "Cannot reply without permission to read message history"
        raise DiscordError(403, 160002, words)
    answered = channel.messages.get(str(reference["message_id"]))
    if answered is None:
        if reference.get("fail_if_not_exists", True):
            refuse([Problem("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")])
        return
    if answered.kind in _SYSTEM:
        words = "Cannot reply to a system message"
        refuse([Problem("message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", words)])
    message.kind, message.reference = MessageKind.REPLY, Reference(channel.id, answered.id)


def _asked_for(messages: list[Message], query: dict[str, str], limit: int) -> list[Message]:
    if "after" in query:
        return [each for each in messages if int(each.id) > int(query["after"])][:limit]
    if "before" in query:
        return [each for each in messages if int(each.id) < int(query["before"])][-limit:]
    if "around" in query:
        half, middle = limit // 2, int(query["around"])
        older = [each for each in messages if int(each.id) < middle][-half:] if half else []
        return older + [each for each in messages if int(each.id) >= middle][: limit - half]
    return messages[-limit:]


def _as_read(api: Api, channel: Channel, message: Message) -> Json:
    body = message_json(api.world, message)
    return without_content(api.world, channel, body) if api.world.message_content == "off" else body
