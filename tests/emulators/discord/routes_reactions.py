"""Reactions of the bot to messages, and who else reacted.

Found by `server` through `rest.ROUTES`. https://discord.com/developers/docs/resources/message#create-reaction
"""

from tests.emulators.discord import deeds
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, DiscordError, Json, Message
from tests.emulators.discord.rest import Api, Call, missing_permissions, route
from tests.emulators.discord.routes_messages import archived
from tests.emulators.discord.wire import user_json

_MOST = 20
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
# A character beyond Latin, or name:id; anything else is no emoji.
_LATIN = 0x2000


@route("PUT", f"{_MESSAGE}/reactions/{{emoji_name}}/@me", name="add_my_message_reaction")
def add(api: Api, call: Call) -> None:
    """React; the first of an emoji needs ADD_REACTIONS, joining in does not."""
    channel, message, emoji = _about(api, call)
    if channel.archived:
        raise archived()
    if emoji not in message.reactions:
        if Permission.ADD_REACTIONS not in api.world.may(api.world.bot.id, channel):
            raise missing_permissions()
        if len(message.reactions) >= _MOST:
            raise DiscordError(400, 30010, f"Maximum number of reactions reached ({_MOST})")
    deeds.react(api.world, message, api.world.bot.id, emoji)


@route("DELETE", f"{_MESSAGE}/reactions/{{emoji_name}}/@me", name="delete_my_message_reaction")
def remove(api: Api, call: Call) -> None:
    """Take one's own reaction back; there is nothing wrong with taking back none."""
    channel, message, emoji = _about(api, call)
    if channel.archived:
        raise archived()
    deeds.unreact(api.world, message, api.world.bot.id, emoji)


@route("GET", f"{_MESSAGE}/reactions/{{emoji_name}}", name="list_message_reactions_by_emoji")
def reacted(api: Api, call: Call) -> list[Json]:
    """Who reacted with an emoji."""
    _, message, emoji = _about(api, call)
    limit, after = int(call.query.get("limit", 25)), int(call.query.get("after", 0))
    users = sorted(message.reactions.get(emoji, []), key=int)
    return [user_json(api.world.users[each]) for each in users if int(each) > after][:limit]


def _about(api: Api, call: Call) -> tuple[Channel, Message, str]:
    channel = api.channel(call.path["channel_id"], Permission.READ_MESSAGE_HISTORY)
    emoji = call.path["emoji_name"]
    if ":" not in emoji and (not emoji or ord(emoji[0]) < _LATIN):
        raise DiscordError(400, 10014, "Unknown Emoji")
    return channel, api.message(channel, call.path["message_id"]), emoji
