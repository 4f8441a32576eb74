"""Discord's JSON for messages, as routes, events and interactions carry them.

Called by the routes, the events and the people. `without_content` is what is left of somebody's message for
an app that has not been granted the message content intent.
"""

from tests.emulators.discord.cdn import signed
from tests.emulators.discord.records import Channel, Json, Message, MessageKind
from tests.emulators.discord.snowflakes import instant
from tests.emulators.discord.wire import channel_json, iso, member_json, user_json
from tests.emulators.discord.world import World

_CONTENT: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
_ANSWERS = (MessageKind.REPLY, MessageKind.THREAD_STARTER_MESSAGE)


def message_json(world: World, message: Message) -> Json:
    """A message as GET gives it, with what it replies to and its thread."""
    body = _basic(world, message)
    if message.reactions:
        body["reactions"] = [_reaction(world, *each) for each in message.reactions.items()]
    if message.thread in world.channels:
        body["thread"] = channel_json(world, world.channels[message.thread])
    if message.kind in _ANSWERS and message.reference is not None:
        where = world.channels.get(message.reference.channel)
        answered = where.messages.get(message.reference.message) if where else None
        body["referenced_message"] = _basic(world, answered) if answered else None
    return body


def message_event(world: World, message: Message) -> Json:
    """A message as MESSAGE_CREATE and MESSAGE_UPDATE bring it: with its guild and its author as a member."""
    body = message_json(world, message)
    channel = world.channels[message.channel]
    body["channel_type"] = int(channel.kind)
    guild = world.guilds.get(channel.guild)
    if guild is None:
        return body
    for mentioned in body["mentions"]:
        if (member := guild.members.get(mentioned["id"])) is not None:
            mentioned["member"] = member_json(world, member, partial=True)
    author = guild.members.get(message.author)
    about = {"member": member_json(world, author, partial=True)} if author else {}
    return body | {"guild_id": guild.id} | about


def without_content(world: World, channel: Channel, body: Json) -> Json:
    """The same without content, embeds, files and components, unless it is the bot's, to the bot, or a DM.

    https://discord.com/developers/docs/events/gateway#message-content-intent
    """
    if channel.is_dm:
        return body
    answered = body.get("referenced_message")
    if answered:
        body = body | {"referenced_message": without_content(world, channel, answered)}
    own = body["author"]["id"] == world.bot.id
    if own or any(each["id"] == world.bot.id for each in body["mentions"]):
        return body
    return body | _CONTENT


def emoji_json(emoji: str) -> Json:
    """An emoji in a reaction: a character, or a custom one written name:id."""
    name, _, some_id = emoji.partition(":")
    return {"id": some_id or None, "name": name}


def _basic(world: World, message: Message) -> Json:
    edited = message.edited_at
    body: Json = {
        "id": message.id, "channel_id": message.channel, "type": int(message.kind),
        "content": message.content, "author": user_json(world.users[message.author]),
        "timestamp": iso(instant(message.id)), "edited_timestamp": iso(edited) if edited else None,
        "embeds": message.embeds, "components": message.components,
        "attachments": [signed(world, each) for each in message.attachments],
        "mentions": [user_json(world.users[each]) for each in message.mentions],
        "mention_roles": message.mention_roles, "mention_everyone": message.mention_everyone,
        "flags": int(message.flags), "pinned": False, "tts": False,
    }  # fmt: skip
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.reference is not None:
        guild = world.channels[message.channel].guild
        ids = {"message_id": message.reference.message, "guild_id": guild}
        given = {name: each for name, each in ids.items() if each}
        body["message_reference"] = {"type": 0, "channel_id": message.reference.channel} | given
    return body | message.interaction


def _reaction(world: World, emoji: str, users: list[str]) -> Json:
    return {
        "emoji": emoji_json(emoji), "count": len(users), "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [], "me_burst": False, "me": world.bot.id in users,
    }  # fmt: skip
