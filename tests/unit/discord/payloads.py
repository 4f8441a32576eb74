"""Messages and interactions as Discord sends them, taken in by the real library.

Used by the tests of what Discord's adapter hears. The library is never connected: it is only given what its
gateway would have brought.
"""

from typing import Any, cast

import discord

GUILD, ME, HANAKO, ROLE = 9, 1, 7, 5
CHANNEL, THREAD = 175928847299117008, 175928847299117081

Json = dict[str, Any]


def library() -> discord.Client:
    """A client that knows one guild with a channel, two threads of ours in it, and a role."""
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)
    state = client._connection  # noqa: SLF001 -- where its gateway hands in what it hears
    state.user = discord.ClientUser(state=state, data=cast("Any", user(ME, "henji")))
    state.parse_guild_create(guild())
    return client


def user(some_id: int, name: str, **changes: object) -> Json:
    """Somebody."""
    known = {"id": str(some_id), "username": name, "discriminator": "0", "avatar": None, "global_name": None}
    return known | changes


def guild() -> Json:
    """The guild."""
    role: Json = {"color": 0, "hoist": False, "position": 1, "permissions": "0", "managed": False}
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    roles = [
        role | {"id": str(some_id), "name": name, "mentionable": True, "flags": 0, "colors": colors}
        for some_id, name in ((GUILD, "@everyone"), (ROLE, "agents"))
    ]
    channel = {"id": str(CHANNEL), "type": 0, "name": "acme", "position": 0, "permission_overwrites": []}
    return {
        "id": str(GUILD),
        "name": "Tanuki",
        "owner_id": "2",
        "roles": roles,
        "channels": [channel],
        "threads": [thread(THREAD, 11), thread(THREAD + 1, 12), thread(THREAD + 2, 12, owner=HANAKO)],
        "members": [],
        "emojis": [],
        "stickers": [],
        "features": [],
        "preferred_locale": "ja",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
        "member_count": 1,
        "large": False,
    }


def thread(some_id: int, kind: int, *, owner: int = ME) -> Json:
    """A thread of the channel: 11 is public, 12 private."""
    about = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": "2026-04-01T12:00:00+00:00"}
    return {
        "id": str(some_id),
        "type": kind,
        "guild_id": str(GUILD),
        "parent_id": str(CHANNEL),
        "owner_id": str(owner),
        "name": "#1",
        "message_count": 1,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": about | {"locked": False},
    }


def message(
    client: discord.Client, text: str, *, channel: int = THREAD, **changes: object
) -> discord.Message:
    """A message of somebody's in a channel of the guild, or with `channel=0` in their DM."""
    state = client._connection  # noqa: SLF001 -- as above
    author = user(HANAKO, "hanako", global_name="花子")
    direct: Any = {"id": "70", "type": 1, "recipients": [author]}
    where: Any = state.get_channel(channel)
    if not channel:
        where = discord.DMChannel(me=cast("discord.ClientUser", client.user), state=state, data=direct)
    data: Json = {
        "id": "175928847299117063",
        "channel_id": str(channel or 70),
        "author": author,
        "content": text,
        "timestamp": "2016-04-30T11:18:25.796000+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
    }
    if channel:
        data |= {"guild_id": str(GUILD), "member": {"roles": [str(ROLE)], "nick": "はなこ", "flags": 0}}
    return discord.Message(state=state, channel=where, data=data | changes)  # type: ignore[arg-type] # as sent


def interaction(client: discord.Client, about: Json, *, channel: int = CHANNEL, **changes: object) -> Any:
    """An interaction of somebody's in a channel of the guild, or with `channel=0` in their DM."""
    author = user(HANAKO, "hanako", global_name="花子")
    data: Json = {
        "id": "175928847299117099",
        "application_id": str(ME),
        "type": 3,
        "token": "t",
        "version": 1,
        "locale": "ja",
        "attachment_size_limit": 1,
        "data": about,
    }
    if channel:
        kind = {CHANNEL: 0, THREAD: 11}.get(channel, 12)
        member = {"user": author, "roles": [str(ROLE)], "nick": "はなこ", "flags": 0, "permissions": "32"}
        data |= {
            "guild_id": str(GUILD),
            "member": member,
            "channel": {"id": str(channel), "type": kind},
        }
    else:
        data |= {"user": author, "channel": {"id": "70", "type": 1, "recipients": [author]}}
    return discord.Interaction(data=data | changes, state=client._connection)  # type: ignore[arg-type] # noqa: SLF001
