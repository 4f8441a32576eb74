"""Who may do what in which channel: Discord's permission bits and how roles and overwrites add up.

Asked by the REST routes, by the gateway (what the bot is told of) and by people's acts. It decides nothing
else. https://discord.com/developers/docs/topics/permissions#permission-overwrites
"""

from enum import IntFlag

from tests.emulators.discord.records import Channel, ChannelKind, Guild, Overwrite


class Permission(IntFlag):
    """The bits that matter to an app that writes into channels and threads."""

    NONE = 0
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


ALL = ~Permission.NONE
# What @everyone has in a new server.
DEFAULT = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
_IN_A_DM = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
)


def in_guild(guild: Guild, user: str) -> Permission:
    """What somebody's roles give them everywhere in a guild; nothing if they are not in it."""
    member = guild.members.get(user)
    if member is None:
        return Permission.NONE
    given = Permission(guild.roles[guild.id].permissions)
    for role in member.roles:
        given |= guild.roles[role].permissions
    return ALL if user == guild.owner or Permission.ADMINISTRATOR in given else given


def in_channel(guild: Guild | None, channel: Channel, parent: Channel | None, user: str) -> Permission:
    """What somebody may do in a channel, a DM (no guild) or a thread, whose `parent` decides.

    In a thread, SEND_MESSAGES is there when SEND_MESSAGES_IN_THREADS is, so that one bit means writing.
    """
    if guild is None:
        return _IN_A_DM if user in channel.people else Permission.NONE
    given = _overwritten(guild, parent or channel, user, in_guild(guild, user))
    if Permission.VIEW_CHANNEL not in given:
        return Permission.NONE
    if not channel.is_thread:
        return given
    hidden = channel.kind is ChannelKind.PRIVATE_THREAD and user not in channel.people
    if hidden and Permission.MANAGE_THREADS not in given:
        return Permission.NONE
    writes = Permission.SEND_MESSAGES_IN_THREADS in given
    return given | Permission.SEND_MESSAGES if writes else given & ~Permission.SEND_MESSAGES


def _overwritten(guild: Guild, channel: Channel, user: str, given: Permission) -> Permission:
    if given == ALL or given is Permission.NONE:
        return given
    everyone = channel.overwrites.get(guild.id, Overwrite(guild.id, "role"))
    given = (given & ~Permission(everyone.deny)) | Permission(everyone.allow)
    roles = [channel.overwrites[each] for each in guild.members[user].roles if each in channel.overwrites]
    denied = allowed = Permission.NONE
    for role in roles:
        denied |= role.deny
        allowed |= role.allow
    own = channel.overwrites.get(user, Overwrite(user, "member"))
    return (((given & ~denied) | allowed) & ~Permission(own.deny)) | Permission(own.allow)
