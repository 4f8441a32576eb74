"""Discord's JSON for interactions, as INTERACTION_CREATE and the answers to callbacks carry them.

Called by the hands of people and by `callbacks`. It only puts into shape.
"""

from collections.abc import Iterable

from tests.emulators.discord.commands import Context
from tests.emulators.discord.interactions import Callback, Interaction, Kind
from tests.emulators.discord.records import Flag, Json, Message
from tests.emulators.discord.wire import bits, member_json, partial_channel_json, role_json, user_json
from tests.emulators.discord.wire_messages import message_json
from tests.emulators.discord.world import World

_LARGEST_FILE = 10_485_760


def interaction_json(world: World, interaction: Interaction) -> Json:
    """What the app is told of an act."""
    channel, user = world.channels[interaction.channel], world.users[interaction.user]
    body: Json = {
        "version": 1, "id": interaction.id, "application_id": world.application_id,
        "type": int(interaction.kind), "token": interaction.token, "data": interaction.data,
        "locale": user.locale,
        "channel_id": channel.id, "channel": partial_channel_json(world, channel, user.id),
        "app_permissions": str(bits(world.may(world.bot.id, channel))), "entitlements": [],
        "entitlement_sku_ids": [], "attachment_size_limit": _LARGEST_FILE,
        "authorizing_integration_owners": _owners(world, interaction),
        "context": int(Context.BOT_DM if channel.is_dm else Context.GUILD),
    }  # fmt: skip
    if interaction.message is not None:
        body["message"] = message_json(world, interaction.message)
    if channel.is_dm:
        return body | {"user": user_json(user)}
    guild = world.guilds[channel.guild]
    body["guild"] = {"id": guild.id, "locale": guild.locale, "features": []}
    member = member_json(world, guild.members[user.id])
    member["permissions"] = str(bits(world.may(user.id, channel)))
    return body | {"guild_id": guild.id, "guild_locale": guild.locale, "member": member}


def answer_json(world: World, interaction: Interaction, message: Message | None) -> Json:
    """What a callback is answered with: the interaction, and the message that it made or changed."""
    channel = world.channels[interaction.channel]
    about: Json = {"id": interaction.id, "type": int(interaction.kind), "channel_id": channel.id}
    if channel.guild:
        about["guild_id"] = channel.guild
    if message is None or interaction.answer is None:
        return {"interaction": about}
    about["response_message_id"] = message.id
    about["response_message_loading"] = Flag.LOADING in message.flags
    about["response_message_ephemeral"] = Flag.EPHEMERAL in message.flags
    if interaction.answer is Callback.DEFERRED_UPDATE:
        return {"interaction": about}
    kind = Callback.UPDATE if interaction.answer is Callback.UPDATE else Callback.MESSAGE
    return {
        "interaction": about,
        "resource": {"type": int(kind), "message": message_json(world, message)},
    }


def metadata_json(world: World, interaction: Interaction) -> Json:
    """What a message tells of the interaction that it answers."""
    about: Json = {
        "id": interaction.id,
        "type": int(interaction.kind),
        "user": user_json(world.users[interaction.user]),
        "authorizing_integration_owners": _owners(world, interaction),
    }
    if interaction.kind is Kind.COMPONENT and interaction.message is not None:
        about["interacted_message_id"] = interaction.message.id
    if interaction.opened_by is not None:
        about["triggering_interaction_metadata"] = metadata_json(world, interaction.opened_by)
    return about


def resolved_json(world: World, interaction_channel: str, user: str, ids: Iterable[str]) -> Json:
    """The people, roles and channels that were chosen, by what they are."""
    guild = world.guilds.get(world.channels[interaction_channel].guild)
    found: dict[str, Json] = {}
    for each in ids:
        if each in world.users:
            found.setdefault("users", {})[each] = user_json(world.users[each])
            member = guild.members.get(each) if guild else None
            if member:
                about = member_json(world, member, partial=True)
                about["permissions"] = str(bits(world.may(each, world.channels[interaction_channel])))
                found.setdefault("members", {})[each] = about
        elif guild and each in guild.roles:
            found.setdefault("roles", {})[each] = role_json(guild.roles[each])
        elif each in world.channels:
            channel = partial_channel_json(world, world.channels[each], user)
            found.setdefault("channels", {})[each] = channel
    return found


def _owners(world: World, interaction: Interaction) -> Json:
    return {"0": world.channels[interaction.channel].guild or "0"}
