"""What happens to guilds, their channels, members and roles: it is done, and the bot is told.

Called by the emulator's stories, the people and the routes; whether somebody may is asked before. Messages
and threads are in `deeds`.
"""

from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, Guild, Json, Member, Overwrite, Role
from tests.emulators.discord.wire import (
    bits,
    channel_json,
    guild_create_json,
    member_json,
    role_json,
    user_json,
)
from tests.emulators.discord.world import World


def join_guild(world: World, guild: Guild, user: str, roles: list[str] | None = None) -> None:
    """Let somebody into a guild; the bot gets to know all of it."""
    member = world.add_member(guild, user, roles)
    if user == world.bot.id:
        world.tell("GUILD_CREATE", guild_create_json(world, guild), guild=guild.id)
        return
    world.tell("GUILD_MEMBER_ADD", member_json(world, member) | {"guild_id": guild.id}, guild=guild.id)


def leave_guild(world: World, guild: Guild, user: str) -> None:
    """Take somebody out of a guild and of its threads; the bot is told that it left, and no more."""
    if user == world.bot.id:
        world.tell("GUILD_DELETE", {"id": guild.id}, guild=guild.id)
    del guild.members[user]
    for thread in [each for each in world.channels.values() if each.guild == guild.id]:
        thread.people.pop(user, None)
    body = {"guild_id": guild.id, "user": user_json(world.users[user])}
    world.tell("GUILD_MEMBER_REMOVE", body, guild=guild.id)


def set_roles(world: World, guild: Guild, user: str, roles: list[str]) -> None:
    """Give somebody these roles, and no others."""
    guild.members[user].roles = list(roles)
    _tell_member(world, guild, guild.members[user])


def rename(world: World, guild: Guild, user: str, nick: str) -> None:
    """Give somebody a nickname in a guild, or take it away."""
    guild.members[user].nick = nick
    _tell_member(world, guild, guild.members[user])


def made_role(world: World, role: Role) -> None:
    """Let a new role be known."""
    _tell_role(world, "GUILD_ROLE_CREATE", role)


def permit(world: World, role: Role, permissions: Permission) -> None:
    """Let a role permit this, and nothing else."""
    role.permissions = bits(permissions)
    _tell_role(world, "GUILD_ROLE_UPDATE", role)


def delete_role(world: World, role: Role) -> None:
    """Take a role away from everybody."""
    guild = world.guilds[role.guild]
    del guild.roles[role.id]
    for member in guild.members.values():
        member.roles = [each for each in member.roles if each != role.id]
    body = {"guild_id": guild.id, "role_id": role.id}
    world.tell("GUILD_ROLE_DELETE", body, guild=guild.id)


def made_channel(world: World, channel: Channel) -> None:
    """Let a new channel be known."""
    _tell_channel(world, "CHANNEL_CREATE", channel)


def overwrite(world: World, channel: Channel, entry: Overwrite) -> None:
    """Allow and deny a role or a member something in a channel, in place of what was set for them."""
    channel.overwrites[entry.target] = entry
    _tell_channel(world, "CHANNEL_UPDATE", channel)


def delete_channel(world: World, channel: Channel) -> None:
    """Delete a channel with its threads, or a thread."""
    if channel.is_thread:
        body: Json = {"id": channel.id, "guild_id": channel.guild, "parent_id": channel.parent}
        world.tell("THREAD_DELETE", body | {"type": int(channel.kind)}, channel=channel)
    else:
        _tell_channel(world, "CHANNEL_DELETE", channel)
    for each in [channel, *world.threads(channel)]:
        del world.channels[each.id]


def _tell_member(world: World, guild: Guild, member: Member) -> None:
    body = member_json(world, member) | {"guild_id": guild.id}
    world.tell("GUILD_MEMBER_UPDATE", body, guild=guild.id)


def _tell_role(world: World, name: str, role: Role) -> None:
    body = {"guild_id": role.guild, "role": role_json(role)}
    world.tell(name, body, guild=role.guild)


def _tell_channel(world: World, name: str, channel: Channel) -> None:
    # Also for channels that the bot cannot view: bots are sent all of a guild's channels.
    world.tell(name, channel_json(world, channel), guild=channel.guild)
