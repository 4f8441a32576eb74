"""Discord's JSON for users, members, roles, channels, threads and guilds, as routes and events carry them.

Called by the routes, the events and the people; messages are in `wire_messages`. It only puts into shape;
what may be seen by whom is decided before.
"""

from datetime import datetime

from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, ChannelKind, Guild, Json, Member, Overwrite, Role, User
from tests.emulators.discord.snowflakes import instant
from tests.emulators.discord.world import World

_OVERWRITE_KINDS = {"role": 0, "member": 1}


def iso(at: datetime) -> str:
    """An instant as Discord writes it."""
    return at.isoformat(timespec="microseconds")


def user_json(user: User) -> Json:
    """A user as everybody sees them."""
    body: Json = {
        "id": user.id, "username": user.name, "global_name": None if user.bot else user.name,
        "discriminator": "0000" if user.bot else "0", "avatar": None, "public_flags": 0, "flags": 0,
        "primary_guild": None,
    }  # fmt: skip
    return body | {"bot": True} if user.bot else body


def member_json(world: World, member: Member, *, partial: bool = False) -> Json:
    """A member of a guild; `partial`, without the user, as it stands beside a message's author."""
    body: Json = {
        "avatar": None, "banner": None, "communication_disabled_until": None, "flags": 0,
        "joined_at": iso(member.joined_at), "nick": member.nick or None, "pending": False,
        "premium_since": None, "roles": list(member.roles), "mute": False, "deaf": False,
    }  # fmt: skip
    return body if partial else body | {"user": user_json(world.users[member.user])}


def role_json(role: Role) -> Json:
    """A role; the one of a bot says whose it is."""
    body: Json = {
        "id": role.id, "name": role.name, "permissions": str(role.permissions), "position": role.position,
        "color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False, "managed": bool(role.managed_by), "mentionable": role.mentionable, "icon": None,
        "unicode_emoji": None, "flags": 0,
    }  # fmt: skip
    return body | {"tags": {"bot_id": role.managed_by}} if role.managed_by else body


def channel_json(world: World, channel: Channel) -> Json:
    """A text channel, a thread or a DM, each in its own shape, as the bot gets it."""
    last = next(reversed(channel.messages), None)
    common: Json = {"id": channel.id, "type": int(channel.kind), "last_message_id": last, "flags": 0}
    if channel.is_dm:
        others = [world.users[each] for each in channel.people if each != world.bot.id]
        return common | {"recipients": [user_json(each) for each in others]}
    common |= {"guild_id": channel.guild, "name": channel.name, "rate_limit_per_user": 0}
    if channel.is_thread:
        return common | _thread(world, channel)
    return common | {
        "position": 0, "parent_id": None, "topic": None, "nsfw": False, "last_pin_timestamp": None,
        "permission_overwrites": [_overwrite(each) for each in channel.overwrites.values()],
    }  # fmt: skip


def partial_channel_json(world: World, channel: Channel, user: str) -> Json:
    """A channel as an interaction has it, with what `user` may do there."""
    body = channel_json(world, channel)
    return body if channel.is_dm else body | {"permissions": str(bits(world.may(user, channel)))}


def bits(permission: Permission) -> int:
    """The number of a set of permissions; all of them are those that the emulator knows."""
    return sum(each for each in Permission if each in permission)


def thread_member_json(world: World, thread: Channel, user: str, *, with_member: bool = False) -> Json:
    """Somebody in a thread."""
    body: Json = {"id": thread.id, "user_id": user, "join_timestamp": iso(thread.people[user]), "flags": 0}
    member = world.guilds[thread.guild].members.get(user)
    return body | {"member": member_json(world, member)} if with_member and member else body


def guild_json(guild: Guild) -> Json:
    """A guild as GET /guilds gives it."""
    return {
        "id": guild.id, "name": guild.name, "owner_id": guild.owner, "preferred_locale": guild.locale,
        "roles": [role_json(each) for each in guild.roles.values()],
        "icon": None, "description": None, "home_header": None, "splash": None, "discovery_splash": None,
        "features": [], "banner": None, "application_id": None, "region": "us-west", "afk_channel_id": None,
        "afk_timeout": 300, "system_channel_id": guild.system_channel or None, "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None, "verification_level": 1, "default_message_notifications": 1,
        "mfa_level": 0, "explicit_content_filter": 0, "max_presences": None, "max_members": 500_000,
        "max_stage_video_channel_users": 50, "max_video_channel_users": 25, "vanity_url_code": None,
        "premium_tier": 0, "premium_subscription_count": 0, "rules_channel_id": None,
        "safety_alerts_channel_id": None, "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False, "nsfw": False, "nsfw_level": 0, "emojis": [], "stickers": [],
        "incidents_data": None,
    }  # fmt: skip


def guild_create_json(world: World, guild: Guild) -> Json:
    """A guild as GUILD_CREATE brings it: the bot as its only member, all channels, threads that the bot sees.

    Bots are sent the channels that they cannot view, too.
    """
    own = guild.members[world.bot.id]
    there = [each for each in world.channels.values() if each.guild == guild.id]
    active = [
        each for each in there if each.is_thread and not each.archived and world.can_see(own.user, each)
    ]
    return guild_json(guild) | {
        "joined_at": iso(own.joined_at), "large": False,
        "member_count": len(guild.members), "members": [member_json(world, own)],
        "channels": [channel_json(world, each) for each in there if not each.is_thread],
        "threads": [channel_json(world, each) for each in active],
        "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }  # fmt: skip


def _overwrite(entry: Overwrite) -> Json:
    kind = _OVERWRITE_KINDS[entry.kind]
    return {"id": entry.target, "type": kind, "allow": str(entry.allow), "deny": str(entry.deny)}


def _thread(world: World, thread: Channel) -> Json:
    changed = thread.archive_changed_at or instant(thread.id)
    about: Json = {
        "archived": thread.archived, "locked": thread.locked, "archive_timestamp": iso(changed),
        "auto_archive_duration": thread.auto_archive_minutes, "create_timestamp": iso(instant(thread.id)),
    }  # fmt: skip
    if thread.kind is ChannelKind.PRIVATE_THREAD:
        about["invitable"] = thread.invitable
    body: Json = {
        "parent_id": thread.parent, "owner_id": thread.owner, "thread_metadata": about,
        "message_count": min(thread.sent, 50), "total_message_sent": thread.sent,
        "member_count": min(len(thread.people), 50),
    }  # fmt: skip
    own = world.bot.id
    return body | {"member": thread_member_json(world, thread, own)} if own in thread.people else body
